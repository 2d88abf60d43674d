//! `bag-info.txt`: what is in the bag, whose it is, and the descriptions that an archive's register asks for.
//!
//! Labels that RFC 8493 reserves come first; then the term, the creating unit with its history, and the three levels of the
//! register – fonds, file, document – in the scheme of Circular 05/2025/TT-BNV (`docs/archive.md` explains which field is
//! which). Repeated labels stand for lists. Nothing here comes from the clock or the machine.

use std::collections::BTreeSet;

use crate::graph::{Node, Site};
use crate::markdown::{self, Flavour, Unlinked};
use crate::model::report::Report;
use crate::model::term::Seal;
use crate::model::text::{Party, Text};
use crate::model::unit::{EventParty, Unit};
use crate::model::word::{Extent, Word};
use crate::page::link;
use crate::page::names::Names;
use crate::path::ContentPath;
use crate::theme::label::Labels;
use crate::vietnamese::Language;
use crate::vietnamese::date::Date;

/// What the description is made of.
pub struct About<'a> {
    /// The site.
    pub site: &'a Site,
    /// What pages call things.
    pub names: &'a Names,
    /// Its words.
    pub labels: &'a Labels,
    /// The term, by its number in the graph.
    pub term: usize,
    /// The date of the archive.
    pub date: Date,
    /// Whom to ask.
    pub contact: Option<&'a str>,
    /// Attachments in the bag.
    pub attachments: &'a BTreeSet<ContentPath>,
    /// Earlier seals.
    pub earlier: &'a [Seal],
}

/// The program, as bags and records name it.
pub const SOFTWARE: &str = concat!("nhiemky ", env!("CARGO_PKG_VERSION"));

type Lines = Vec<(String, String)>;

/// The lines of `bag-info.txt`.
pub fn lines(about: &About<'_>) -> Lines {
    let mut lines = Lines::new();
    about.reserved(&mut lines);
    about.term(&mut lines);
    about.unit(&mut lines);
    about.register(&mut lines);
    for seal in about.earlier {
        put(&mut lines, "Earlier-Seal", format!("{} {}", seal.date.iso(), seal.seal));
    }
    lines
}

fn put(lines: &mut Lines, label: &str, value: impl Into<String>) {
    let value = value.into();
    if !value.trim().is_empty() {
        lines.push((label.to_owned(), value));
    }
}

impl About<'_> {
    /// The name of the whole, in words.
    pub fn title(&self) -> String {
        let (years, unit) = (self.names.term_words(self.term), self.names.unit_of(self.site, self.term));
        match self.site.config.language {
            Language::Vi => format!("Báo cáo nhiệm kỳ {years} của {unit}"),
            Language::En => format!("Reports of {unit} for the term {years}"),
        }
    }

    fn label(&self, table: &str, key: &str) -> String {
        self.labels.get(table).and_then(|t| t.get(key)).map_or(key, |words| words).to_owned()
    }

    fn reserved(&self, lines: &mut Lines) {
        let node = &self.site.graph.terms[self.term];
        put(lines, "Source-Organization", self.names.unit_of(self.site, self.term));
        put(lines, "Contact-Name", self.contact.unwrap_or_default());
        let mut parts = vec![format!("{} {}", node.reports.len(), self.label("counted", "reports"))];
        parts.extend(self.counts());
        put(lines, "External-Description", format!("{}: {}", self.title(), parts.join(", ")));
        put(lines, "Bagging-Date", self.date.iso());
        let address = self.names.addresses.get(Node::Term(self.term));
        put(lines, "External-Identifier", format!("{}{address}", self.site.config.base_url));
        put(lines, "Bag-Group-Identifier", format!("{}{}/", self.site.config.base_url, node.unit));
        put(lines, "Internal-Sender-Identifier", format!("{}/{}", node.unit, node.id));
        put(lines, "Internal-Sender-Description", &*self.site.config.title);
        put(lines, "Bag-Software-Agent", SOFTWARE);
    }

    fn term(&self, lines: &mut Lines) {
        let node = &self.site.graph.terms[self.term];
        put(lines, "Unit", node.unit.as_str());
        put(lines, "Unit-Name", self.names.unit_of(self.site, self.term));
        put(lines, "Term", node.id.as_str());
        put(lines, "Term-From", node.from.iso());
        put(lines, "Term-Until", node.until.iso());
        let Some(own) = node.library.map(|t| &self.site.library.terms[t]).filter(|t| t.file.is_some()) else {
            return;
        };
        put(lines, "Term-Kind", self.label("term_kind", own.kind.name()));
        if let Some(congress) = &own.congress {
            let ordinal = congress.ordinal.map(|n| n.to_string()).unwrap_or_default();
            let days = [&congress.opened, &congress.closed].map(|d| d.as_ref().map(|d| d.value.iso()));
            let days = days.into_iter().flatten().collect::<Vec<_>>().join("/");
            put(lines, "Congress", format!("{} {ordinal} {days}", self.label("term", "congress")));
        }
    }

    /// The creating unit and its history.
    fn unit(&self, lines: &mut Lines) {
        let id = &self.site.graph.terms[self.term].unit;
        let Some(unit) = self.site.library.unit(id) else {
            return;
        };
        put(lines, "Unit-Level", self.label("level", unit.level.name()));
        put(lines, "Unit-Parent", unit.parent.as_ref().map(|p| self.party(p)).unwrap_or_default());
        self.names(unit, lines);
        let lineage = self.site.graph.lineage();
        for event in lineage.of_unit.get(id).into_iter().flatten().map(|at| &lineage.events[*at]) {
            let side = |label: &str, parties: &[EventParty]| match parties {
                [] => String::new(),
                some => format!("; {}: {}", self.label("unit", label), self.parties(some)),
            };
            let mut words = format!("{} {}", event.date.iso(), self.label("event", event.kind.name()));
            words += &(side("from", &event.from) + &side("to", &event.to));
            for (_, basis, note) in &event.noted {
                basis
                    .iter()
                    .for_each(|b| words += &format!("; {}: {}", self.label("unit", "basis"), plain(b)));
                note.iter().for_each(|n| words += &format!("; {}", plain(n)));
            }
            put(lines, "Unit-History", words);
        }
        if let Some((date, at)) = lineage.ended.get(id) {
            put(lines, "Unit-Ended", date.iso());
            put(lines, "Unit-Successors", self.parties(&lineage.events[*at].to));
        }
    }

    fn names(&self, unit: &Unit, lines: &mut Lines) {
        for former in &unit.names {
            let day = |date: &Option<crate::source::Spanned<crate::vietnamese::date::PartialDate>>| {
                date.as_ref().map(|d| d.value.iso()).unwrap_or_default()
            };
            let (from, until) = (day(&former.from), day(&former.until));
            put(lines, "Unit-Former-Name", format!("{} ({from}/{until})", plain(&former.name)));
        }
    }

    fn party(&self, party: &Party) -> String {
        match party {
            Party::Unit(id) => match self.site.library.units.binary_search_by(|u| u.id.cmp(&id.value)) {
                Ok(at) => format!("{} ({})", self.names.unit_name(at), id.value),
                Err(_) => id.value.to_string(),
            },
            Party::Words(words) => plain(words),
        }
    }

    fn parties(&self, parties: &[EventParty]) -> String {
        let one = |p: &EventParty| match p.extent {
            Extent::Whole => self.party(&p.party),
            Extent::Partial => format!("{} ({})", self.party(&p.party), self.label("extent", "partial")),
        };
        parties.iter().map(one).collect::<Vec<_>>().join(", ")
    }

    /// Fonds, file and documents.
    fn register(&self, lines: &mut Lines) {
        let node = &self.site.graph.terms[self.term];
        let unit = self.names.unit_of(self.site, self.term);
        let (vi, language) = (self.site.config.language == Language::Vi, self.site.config.language);
        put(lines, "Fonds-Code", node.unit.as_str());
        put(lines, "Fonds-Title", if vi { format!("Phông {unit}") } else { format!("Fonds of {unit}") });
        let is_past = self.site.graph.lineage().ended.contains_key(&node.unit);
        let status = match (is_past, vi) {
            (true, true) => "Đóng",
            (false, true) => "Mở",
            (true, false) => "Closed",
            (false, false) => "Open",
        };
        put(lines, "Fonds-Status", status);
        put(lines, "Fonds-Groups", self.groups());
        put(lines, "Fonds-Language", language_name(language));
        put(lines, "File-Code", format!("{}/{}", node.unit, node.id));
        put(lines, "File-Title", self.title());
        put(lines, "File-From", node.from.iso());
        put(lines, "File-Until", node.until.iso());
        put(lines, "File-Keywords", self.keywords());
        let documents = node.reports.len() + self.attachments.len();
        put(lines, "File-Document-Count", documents.to_string());
        put(lines, "File-Language", language_name(language));
        put(lines, "File-Access", if vi { "Công khai" } else { "Public" });
        put(lines, "File-Medium", if vi { "Tài liệu số" } else { "Digital" });
        for (number, report) in node.reports.iter().enumerate() {
            put(lines, "Document", self.document(number + 1, &self.site.library.reports[*report], *report));
        }
        for (number, path) in self.attachments.iter().enumerate() {
            let number = node.reports.len() + number + 1;
            put(lines, "Document", format!("{number}; {path}"));
        }
    }

    /// The plural names of kinds with their counts: `18 chỉ tiêu`.
    fn counts(&self) -> Vec<String> {
        let graph = &self.site.graph;
        let items = &graph.terms[self.term].items;
        let count = |kind| items.iter().filter(|item| graph.items[**item].key.kind == kind).count();
        let counted = link::KINDS.into_iter().map(|(kind, name)| (count(kind), name));
        counted
            .filter(|(n, _)| *n > 0)
            .map(|(n, name)| format!("{n} {}", self.label("counted", name)))
            .collect()
    }

    /// The main groups of what is in the fonds: reports and kinds of items.
    fn groups(&self) -> String {
        let kinds = link::KINDS.into_iter().map(|(_, name)| self.label("counted", name));
        [self.label("counted", "reports")].into_iter().chain(kinds).collect::<Vec<_>>().join(", ")
    }

    /// The fields of the term's items, in the order of the site.
    fn keywords(&self) -> String {
        let (library, graph) = (&self.site.library, &self.site.graph);
        let items = graph.terms[self.term].items.iter().map(|item| graph.items[*item].heading(library));
        let used: BTreeSet<&str> =
            items.filter_map(|heading| heading.field.as_ref().map(|field| field.value.as_str())).collect();
        let fields = self.site.config.fields.iter().flatten().filter(|f| used.contains(f.id.as_str()));
        fields.map(|field| field.label.as_str()).collect::<Vec<_>>().join("; ")
    }

    fn document(&self, number: usize, report: &Report, at: usize) -> String {
        let author = report
            .presented_by
            .as_ref()
            .map_or_else(|| self.names.unit_of(self.site, self.term).to_owned(), |p| self.party(p));
        let parts = [
            number.to_string(),
            format!("{}/{}/{}", report.unit, report.term, report.id),
            self.label("report_kind", report.kind.name()),
            report.date.value.iso(),
            author,
            self.names.report_title(at).to_owned(),
            language_name(self.site.config.language).to_owned(),
        ];
        // Author and title stand as they are called, whatever signs they hold: the id says which report it is.
        parts.join("; ")
    }
}

/// A language in words of its own.
fn language_name(language: Language) -> &'static str {
    match language {
        Language::Vi => "Tiếng Việt (vi)",
        Language::En => "English (en)",
    }
}

fn plain(text: &Text) -> String {
    markdown::plain(&text.raw, Flavour::Line, &Unlinked)
}
