//! Terms (content format 3.2).

use super::fields::{Fields, Reader};
use super::keys;
use crate::model::id::{TermId, UnitId};
use crate::model::report::Body;
use crate::model::term::{Congress, Heading, Term};
use crate::model::word::TermKind;
use crate::problem::{Finding, Problems};
use crate::source::Span;
use crate::vietnamese::date::Date;
use crate::yaml::{Kind, Node};

/// The term that a folder makes without an `_index.md`; `None` where its id gives no dates.
pub fn bare(unit: &UnitId, id: &TermId) -> Option<Term> {
    let (from, until) = default_dates(id)?;
    Some(Term {
        unit: unit.clone(),
        id: id.clone(),
        from,
        until,
        kind: TermKind::Elected,
        congress: None,
        breakthroughs: Vec::new(),
        key_tasks: Vec::new(),
        documents: Vec::new(),
        aliases: Vec::new(),
        passages: Vec::new(),
        body: None,
        file: None,
        frozen: None,
    })
}

/// 1 January of the first year to 31 December of the second; `None` for another id, or where they are reversed.
pub fn default_dates(id: &TermId) -> Option<(Date, Date)> {
    let (from, until) = id.years().filter(|(from, until)| from <= until)?;
    let year = |y: i16| u16::try_from(y).ok();
    Some((Date::new(year(from)?, 1, 1).ok()?, Date::new(year(until)?, 12, 31).ok()?))
}

/// What is wrong with a term's dates when nothing says them.
pub fn date_finding(id: &TermId) -> Finding {
    let term = id.to_string();
    match id.years() {
        Some((from, until)) if until < from => Finding::TermReversed { term },
        _ => Finding::TermWithoutDates { term },
    }
}

impl Reader<'_> {
    /// The term whose `_index.md` has the front matter `node`.
    pub fn term(&mut self, unit: &UnitId, id: &TermId, node: &Node, body: Option<Body>) -> Option<Term> {
        let fields = self.root(node, &keys::TERM)?;
        let (from, until) = (self.date_of(&fields, "from"), self.date_of(&fields, "until"));
        let defaults = default_dates(id);
        let first = from.as_ref().map(|d| d.value).or(defaults.map(|d| d.0));
        let last = until.as_ref().map(|d| d.value).or(defaults.map(|d| d.1));
        let dates = first.zip(last);
        let own = until.as_ref().or(from.as_ref()).map_or(fields.span, |d| d.span);
        // A date that is given and cannot be read is noted already.
        let is_read = |key, date: bool| date || fields.get(key).is_none();
        if is_read("from", from.is_some()) && is_read("until", until.is_some()) {
            check_dates(id, dates, own, &mut self.problems);
        }
        let kind = self.word_of(&fields, "kind").map_or(TermKind::Elected, |k| k.value);
        let term = Term {
            unit: unit.clone(),
            id: id.clone(),
            from: dates?.0,
            until: dates?.1,
            kind,
            congress: fields.get("congress").and_then(|n| self.congress(n)),
            breakthroughs: self.headings(&fields, "breakthroughs"),
            key_tasks: self.headings(&fields, "key_tasks"),
            documents: self.documents(&fields),
            aliases: self.aliases(&fields),
            passages: Vec::new(),
            // A file that only says that the term is frozen says nothing of the term.
            file: (!fields.is_only("frozen") || body.is_some()).then_some(self.file),
            body,
            frozen: fields.get("frozen").and_then(|n| self.frozen(n)),
        };
        Some(Term { passages: std::mem::take(&mut self.passages), ..term }).filter(|t| t.from <= t.until)
    }

    fn congress(&mut self, node: &Node) -> Option<Congress> {
        let fields = self.mapping(node, &keys::CONGRESS, "congress")?;
        let (opened, closed) = (self.date_of(&fields, "opened"), self.date_of(&fields, "closed"));
        if let (Some(opened), Some(closed)) = (&opened, &closed)
            && closed.value < opened.value
        {
            let (first, second) = (opened.value.short(self.language), closed.value.short(self.language));
            self.problems.add(Finding::DatesReversed { first, second }, closed.span);
        }
        Some(Congress {
            ordinal: fields.get("ordinal").and_then(|n| self.ordinal(n, "ordinal")),
            form: self.word_of(&fields, "form").map(|f| f.value),
            opened,
            closed,
            delegates: fields.get("delegates").and_then(|n| self.count(n, "delegates")).map(|c| c.value),
            theme: self.line_of(&fields, "theme"),
            motto: self.line_of(&fields, "motto"),
        })
    }

    fn headings(&mut self, fields: &Fields<'_>, key: &str) -> Vec<Heading> {
        self.list(fields.get(key)).into_iter().filter_map(|n| self.heading(n, key)).collect()
    }

    fn heading(&mut self, node: &Node, key: &str) -> Option<Heading> {
        if matches!(node.kind, Kind::Scalar(_)) {
            return self.line(node, key).map(|title| Heading { title, text: None });
        }
        let fields = self.mapping(node, &keys::HEADING, key)?;
        let title = self.required(&fields, "title").and_then(|n| self.line(n, "title"));
        let text = self.prose_of(&fields, "text");
        Some(Heading { title: title?, text })
    }
}

fn check_dates(id: &TermId, dates: Option<(Date, Date)>, span: Span, problems: &mut Problems) {
    match dates {
        None => problems.add(date_finding(id), span),
        Some((from, until)) if until < from => {
            problems.add(Finding::TermReversed { term: id.to_string() }, span)
        }
        Some(_) => {}
    }
}
