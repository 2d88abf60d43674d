//! Reports (content format 3.3).

use super::fields::Reader;
use super::keys;
use crate::markdown::{self, Unlinked};
use crate::model::id::{ReportId, TermId, UnitId};
use crate::model::quantity;
use crate::model::report::{Body, Erratum, Origin, Report, SharedCause};
use crate::model::text::Text;
use crate::model::word::{Access, Status};
use crate::yaml::Node;

/// Where a report lies: what its folders and its file's name say.
#[derive(Debug, Clone)]
pub struct Location {
    /// Its unit.
    pub unit: UnitId,
    /// Its term.
    pub term: TermId,
    /// Its id.
    pub id: ReportId,
}

impl Reader<'_> {
    /// The report with the front matter `node`.
    pub fn report(&mut self, at: Location, node: &Node, body: Body) -> Option<Report> {
        let fields = self.root(node, &keys::REPORT)?;
        self.keeps_all = fields.get("errata").is_some();
        let title = self.required(&fields, "title").and_then(|n| self.line(n, "title"));
        let kind = self.required(&fields, "kind").and_then(|n| self.word(n, "kind"));
        let date = self.required(&fields, "date").and_then(|n| self.date(n, "date"));
        let as_of = self.date_of(&fields, "as_of").or_else(|| date.clone());
        let (status, access) = (self.word_of(&fields, "status"), self.word_of(&fields, "access"));
        let (statements, has_gaps) = self.statements(&fields);
        let report = Report {
            presented_by: self.party_of(&fields, "presented_by"),
            presented_to: self.party_of(&fields, "presented_to"),
            // A word that is none of the list must never make a hidden report public; the build stops on it anyway.
            status: status.map_or(Status::Adopted, |s| s.value),
            access: access.map_or(Access::Public, |a| a.value),
            summary: self.prose_of(&fields, "summary"),
            source: fields.get("source").and_then(|n| self.origin(n)),
            retells: self
                .list(fields.get("retells"))
                .into_iter()
                .filter_map(|n| self.report_ref(n, "retells"))
                .collect(),
            tally: self.tally(&fields),
            statements,
            causes: self
                .list(fields.get("causes"))
                .into_iter()
                .filter_map(|n| self.shared_cause(n))
                .collect(),
            documents: self.documents(&fields),
            aliases: self.aliases(&fields),
            errata: self.list(fields.get("errata")).into_iter().filter_map(|n| self.erratum(n)).collect(),
            title: title?,
            kind: kind?.value,
            date: date?,
            as_of: as_of?,
            unit: at.unit,
            term: at.term,
            id: at.id,
            passages: Vec::new(),
            body,
            file: self.file,
            has_errors: false,
            has_gaps,
        };
        Some(Report { passages: std::mem::take(&mut self.passages), ..report })
    }

    fn origin(&mut self, node: &Node) -> Option<Origin> {
        let fields = self.mapping(node, &keys::SOURCE, "source")?;
        Some(Origin {
            title: self.line_of(&fields, "title"),
            publisher: self.line_of(&fields, "publisher"),
            date: self.partial_date_of(&fields, "date"),
            url: fields.get("url").and_then(|n| self.url(n, "url")),
        })
    }

    fn shared_cause(&mut self, node: &Node) -> Option<SharedCause> {
        let fields = self.mapping(node, &keys::SHARED_CAUSE, "causes")?;
        let cause = self.cause_fields(&fields)?;
        Some(SharedCause { cause, limitations: self.item_refs(&fields, "limitations") })
    }

    fn erratum(&mut self, node: &Node) -> Option<Erratum> {
        let fields = self.mapping(node, &keys::ERRATUM, "errata")?;
        let date = self.required(&fields, "date").and_then(|n| self.date(n, "date"));
        let was = self.required(&fields, "was").and_then(|n| self.prose(n, "was"));
        let now = self.required(&fields, "now").and_then(|n| self.prose(n, "now"));
        let why = self.prose_of(&fields, "why");
        // Without the item that was meant it would be about any.
        let item = match fields.get("item") {
            Some(node) => Some(self.item_ref(node, "item")?),
            None => None,
        };
        let (was, now) = (was?, now?);
        let figures = |text: &Text| {
            let plain = markdown::plain(&text.raw, text.flavour, &Unlinked);
            quantity::named(&plain, self.language)
        };
        let (was_figures, now_figures) = (figures(&was), figures(&now));
        Some(Erratum { date: date?, was, now, why, item, was_figures, now_figures })
    }
}
