//! Units and the home page (content format 3.1).

use super::fields::{Fields, Reader};
use super::keys;
use super::why::why_no_name;
use crate::model::id::UnitId;
use crate::model::library::Home;
use crate::model::report::Body;
use crate::model::text::Party;
use crate::model::unit::{Event, EventParty, Figure, FormerName, Unit};
use crate::model::word::Extent;
use crate::path::{ContentPath, name};
use crate::problem::Finding;
use crate::source::Spanned;
use crate::yaml::{Kind, Node};

impl Reader<'_> {
    /// The unit whose `_index.md` has the front matter `node`.
    pub fn unit(&mut self, id: &UnitId, node: &Node, body: Option<Body>) -> Option<Unit> {
        let fields = self.root(node, &keys::UNIT)?;
        let name = self.required(&fields, "name").and_then(|n| self.line(n, "name"));
        let level = self.required(&fields, "level").and_then(|n| self.word(n, "level"));
        let unit = Unit {
            id: id.clone(),
            short_name: self.line_of(&fields, "short_name"),
            parent: self.party_of(&fields, "parent"),
            names: self.list(fields.get("names")).into_iter().filter_map(|n| self.former_name(n)).collect(),
            events: self.list(fields.get("events")).into_iter().filter_map(|n| self.event(n, id)).collect(),
            figures: self.list(fields.get("figures")).into_iter().filter_map(|n| self.figure(n)).collect(),
            documents: self.documents(&fields),
            aliases: self.aliases(&fields),
            name: name?,
            level: level?.value,
            passages: Vec::new(),
            body,
            file: self.file,
        };
        Some(Unit { passages: std::mem::take(&mut self.passages), ..unit })
    }

    /// The home page's words.
    pub fn home(&mut self, node: Option<&Node>, body: Body) -> Home {
        let fields = node.and_then(|n| self.root(n, &keys::HOME));
        let title = fields.and_then(|f| self.line_of(&f, "title"));
        Home { title, body, passages: std::mem::take(&mut self.passages), file: self.file }
    }

    fn former_name(&mut self, node: &Node) -> Option<FormerName> {
        let fields = self.mapping(node, &keys::FORMER_NAME, "names")?;
        let name = self.required(&fields, "name").and_then(|n| self.line(n, "name"));
        let (from, until) = (self.partial_date_of(&fields, "from"), self.partial_date_of(&fields, "until"));
        if let (Some(from), Some(until)) = (&from, &until)
            && until.value.end() < from.value.start()
        {
            let (first, second) = (from.value.short(self.language), until.value.short(self.language));
            self.problems.add(Finding::DatesReversed { first, second }, until.span);
        }
        Some(FormerName { name: name?, from, until })
    }

    fn event(&mut self, node: &Node, unit: &UnitId) -> Option<Event> {
        let fields = self.mapping(node, &keys::EVENT, "events")?;
        let date = self.required(&fields, "date").and_then(|n| self.partial_date(n, "date"));
        let kind = self.required(&fields, "kind").and_then(|n| self.word(n, "kind"));
        // `part` beside `from` speaks of the units it takes from that say nothing themselves.
        let part = self.word_of::<Extent>(&fields, "part").map_or(Extent::Whole, |p| p.value);
        let from = self.event_parties(&fields, "from", part);
        let mut to = self.event_parties(&fields, "to", Extent::Whole);
        if to.is_empty() && kind.as_ref().is_some_and(|k| k.value != crate::model::word::EventKind::Dissolved)
        {
            let party = Party::Unit(Spanned::new(unit.clone(), fields.span));
            to.push(EventParty { party, extent: Extent::Whole });
        }
        let (basis, note) = (self.line_of(&fields, "basis"), self.prose_of(&fields, "note"));
        let (date, kind) = (date?, kind?.value);
        Some(Event { date, kind, from, to, basis, note, span: fields.span })
    }

    fn event_parties(&mut self, fields: &Fields<'_>, key: &str, extent: Extent) -> Vec<EventParty> {
        self.list(fields.get(key)).into_iter().filter_map(|n| self.event_party(n, key, extent)).collect()
    }

    fn event_party(&mut self, node: &Node, key: &str, extent: Extent) -> Option<EventParty> {
        if matches!(node.kind, Kind::Scalar(_)) {
            return self.party(node, key).map(|party| EventParty { party, extent });
        }
        let fields = self.mapping(node, &keys::EVENT_PARTY, key)?;
        let party = self.required(&fields, "unit").and_then(|n| self.party(n, "unit"));
        let extent = self.word_of(&fields, "part").map_or(extent, |p: Spanned<Extent>| p.value);
        Some(EventParty { party: party?, extent })
    }

    fn figure(&mut self, node: &Node) -> Option<Figure> {
        let fields = self.mapping(node, &keys::FIGURE, "figures")?;
        let name = self.required(&fields, "name").and_then(|n| self.line(n, "name"));
        let value = self.required(&fields, "value").and_then(|n| self.line(n, "value"));
        let (unit, as_of) = (self.line_of(&fields, "unit"), self.partial_date_of(&fields, "as_of"));
        Some(Figure { name: name?, value: value?, unit, as_of })
    }

    /// Old addresses: paths from the site's root; `x/` is `x/index.html`.
    pub fn aliases(&mut self, fields: &Fields<'_>) -> Vec<Spanned<String>> {
        let mut found = Vec::new();
        for node in self.list(fields.get("aliases")) {
            let Some(text) = self.scalar(node, "aliases") else {
                continue;
            };
            let full = if text.ends_with('/') { format!("{text}index.html") } else { text.to_owned() };
            match alias_fault(text, &full) {
                None => found.push(Spanned::new(full, self.span(node))),
                Some(finding) => self.add(finding, node),
            }
        }
        found
    }
}

/// Why an alias, in full the path of a file, cannot be an old address.
fn alias_fault(alias: &str, full: &str) -> Option<Finding> {
    let (alias, is_page) = (alias.to_owned(), full.ends_with(".html") || full.ends_with(".htm"));
    let Some(path) = ContentPath::new(full.split('/')).filter(|_| is_page) else {
        return Some(Finding::BadAlias { alias });
    };
    let fault = path.parts().find_map(|part| name::fault(part).map(|fault| (part, fault)));
    match fault {
        Some((part, fault)) => {
            Some(Finding::AliasName { alias, part: part.to_owned(), why: why_no_name(fault) })
        }
        None if full.bytes().all(name::is_published) => None,
        None => Some(Finding::BadAlias { alias }),
    }
}
