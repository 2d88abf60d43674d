//! The items of the term as data: JSON with every statement, and one table for spreadsheets.
//!
//! Values are those of the pages: what holds now, and what each report said. Words of closed sets stay the names that the
//! content format gives them; the dictionary says what they mean.

use serde::Serialize;
use serde_json::{Map, Value, json};

use super::dictionary::{self, FIELDS};
use crate::graph::titles::Titles;
use crate::graph::{ItemIx, Node, Site};
use crate::markdown;
use crate::model::item::{Cause, Detail, Due, Limitation, STEPS, Statement, Target, Task};
use crate::model::text::Text;
use crate::model::word::Word;
use crate::page::frame;
use crate::graph::titles::Titles;
use crate::page::names::Names;
use crate::theme::label::Labels;
use crate::vietnamese::Language;

/// The files of the data, by name.
pub fn files(site: &Site, names: &Names, labels: &Labels, term: usize) -> [(&'static str, String); 4] {
    let node = &site.graph.terms[term];
    let rows: Vec<Row> = node.items.iter().map(|item| Reader { site, names, item: *item }.row()).collect();
    let whole = json!({
        "unit": node.unit.as_str(),
        "unit_name": names.unit_of(site, term),
        "term": node.id.as_str(),
        "from": node.from.iso(),
        "until": node.until.iso(),
        "language": site.config.language.code(),
        "items": rows.iter().map(Row::json).collect::<Vec<_>>(),
    });
    let header: Vec<&str> = FIELDS.iter().map(|field| field.name).collect();
    let table =
        super::csv::table(&header, rows.iter().map(|row| row.cells.iter().map(String::as_str).collect()));
    [
        ("README.txt", dictionary::README.to_owned()),
        ("dictionary.csv", dictionary::table(labels)),
        ("items.csv", table),
        ("items.json", format!("{whole:#}\n")),
    ]
}

/// An item: its cells in the order of [`FIELDS`], and its statements.
struct Row {
    cells: Vec<String>,
    history: Vec<Said>,
}

/// What one report says.
#[derive(Serialize)]
struct Said {
    report: String,
    as_of: String,
    values: Value,
}

/// Fields whose cells hold lists.
const LISTS: [&str; 9] =
    ["parts", "causes", "remedy", "figures", "evidence", "topics", "links", "old_ids", "reports"];

/// What parts the values of a list in a cell.
const BETWEEN: &str = "; ";

impl Row {
    fn json(&self) -> Value {
        let mut all = values(&self.cells);
        all.insert("history".to_owned(), json!(self.history));
        Value::Object(all)
    }
}

/// Cells as values by their names, empty ones left out.
fn values(cells: &[String]) -> Map<String, Value> {
    let named = FIELDS.iter().zip(cells).filter(|(_, cell)| !cell.is_empty());
    let value = |name: &str, cell: &str| match LISTS.contains(&name) {
        true => json!(cell.split(BETWEEN).collect::<Vec<_>>()),
        false => json!(cell),
    };
    named.map(|(field, cell)| (field.name.to_owned(), value(field.name, cell))).collect()
}

struct Reader<'a> {
    site: &'a Site,
    names: &'a Names,
    item: ItemIx,
}

impl Reader<'_> {
    fn row(&self) -> Row {
        let (library, item) = (&self.site.library, &self.site.graph.items[self.item]);
        let history = item.history.iter().map(|said| {
            let report = &library.reports[said.report];
            let cells: Vec<String> = FIELDS.iter().map(|f| self.stated(f.name, said.own(library))).collect();
            Said {
                report: format!("{}/{}/{}", report.unit, report.term, report.id),
                as_of: report.as_of.value.iso(),
                values: Value::Object(values(&cells)),
            }
        });
        let history: Vec<Said> = history.collect();
        let heading = item.heading(library);
        let whole = |name: &'static str| match name {
            "kind" => item.key.kind.name().to_owned(),
            "id" => item.key.id.to_string(),
            "title" => self.names.item_title(self.item).to_owned(),
            "links" => self.links(),
            "as_of" => history.last().map(|said| said.as_of.clone()).unwrap_or_default(),
            "reports" => joined(history.iter().map(|said| said.report.clone())),
            "page" => self.names.addresses.get(Node::Item(self.item)).to_string(),
            name => self.stated(name, heading),
        };
        Row { cells: FIELDS.iter().map(|field| whole(field.name)).collect(), history }
    }

    /// What a statement says in a field.
    fn stated(&self, name: &str, said: &Statement) -> String {
        let text = |text: Option<&Text>| text.map(|t| self.plain(t)).unwrap_or_default();
        match (name, &said.detail) {
            ("title", _) => text(said.title.as_ref()),
            ("field", _) => said.field.as_ref().map(|f| f.value.to_string()).unwrap_or_default(),
            ("field_label", _) => said
                .field
                .as_ref()
                .map(|f| self.site.config.field_label(&f.value).to_owned())
                .unwrap_or_default(),
            ("text", _) => text(said.text.as_ref()),
            ("old_ids", _) => joined(said.aliases.iter().map(|a| a.value.to_string())),
            (name, Detail::Target(target)) => self.target(name, target),
            (name, Detail::Limitation(limitation)) => self.limitation(name, limitation),
            (name, Detail::Task(task)) => self.task(name, task),
            ("figures", Detail::Achievement(a)) => joined(a.figures.iter().map(|t| self.plain(t))),
            ("evidence", Detail::Achievement(a)) => joined(a.evidence.iter().map(|t| self.plain(t))),
            ("topics", Detail::Lesson(l)) => joined(l.topics.iter().map(|t| self.plain(t))),
            _ => String::new(),
        }
    }

    fn target(&self, name: &str, target: &Target) -> String {
        let language = self.site.config.language;
        let shown = |q: &crate::source::Spanned<crate::model::quantity::Quantity>| q.value.display(language);
        let figure = |q: &Option<_>| q.as_ref().map(shown).unwrap_or_default();
        match name {
            "unit" => target.unit.as_ref().map(|t| self.plain(t)).unwrap_or_default(),
            "goal" => figure(&target.goal),
            "actual" => figure(&target.actual),
            "of" => target.of.as_ref().map(|q| q.value.display(language)).unwrap_or_default(),
            "direction" => named(target.direction.as_ref().map(|d| d.value)),
            "basis" => named(target.basis.as_ref().map(|b| b.value)),
            "base" => target.base.as_ref().map_or_else(String::new, |base| {
                let year = base.year.as_ref().map(|y| format!(" ({})", self.plain(y))).unwrap_or_default();
                figure(&base.value) + &year
            }),
            "parts" => joined(target.parts.iter().map(|part| {
                format!("{}: {} / {}", self.plain(&part.name), figure(&part.goal), figure(&part.actual))
            })),
            "result" => named(target.result.as_ref().map(|r| r.value)),
            "outlook" => named(target.outlook.as_ref().map(|o| o.value)),
            "wording" => target.wording.as_ref().map(|t| self.plain(t)).unwrap_or_default(),
            "evidence" => joined(target.evidence.iter().map(|t| self.plain(t))),
            _ => String::new(),
        }
    }

    fn limitation(&self, name: &str, limitation: &Limitation) -> String {
        let cause = |cause: &Cause| match &cause.kind {
            Some(kind) => format!("{}: {}", kind.value.name(), self.plain(&cause.text)),
            None => self.plain(&cause.text),
        };
        match name {
            "state" => named(limitation.state.as_ref().map(|s| s.value)),
            "causes" => joined(limitation.causes.iter().map(cause)),
            "remedy" => {
                let steps = STEPS.iter().zip(limitation.remedy.iter().flat_map(|steps| steps.iter()));
                let said = steps.filter_map(|(name, step)| {
                    let state = step.as_ref()?.state.as_ref().map(|s| s.value.name()).unwrap_or_default();
                    Some(format!("{name}: {state}"))
                });
                joined(said)
            }
            _ => String::new(),
        }
    }

    fn task(&self, name: &str, task: &Task) -> String {
        let text = |text: &Option<Text>| text.as_ref().map(|t| self.plain(t)).unwrap_or_default();
        match name {
            "state" => named(task.state.as_ref().map(|s| s.value)),
            "who" => text(&task.who),
            "responsible" => text(&task.responsible),
            "due" => task.due.as_ref().map(when).unwrap_or_default(),
            "outcome" => text(&task.outcome),
            "group" => text(&task.group),
            _ => String::new(),
        }
    }

    /// What the item leads to, as the graph has drawn it.
    fn links(&self) -> String {
        let graph = &self.site.graph;
        joined(graph.out[self.item].iter().map(|edge| {
            let key = &graph.items[edge.to].key;
            format!("{}: {}/{}#{}:{}", edge.role.name(), key.unit, key.term, key.kind.name(), key.id)
        }))
    }

    fn plain(&self, text: &Text) -> String {
        let names = Titles::new(self.site, Node::Item(self.item));
        markdown::plain(&text.raw, text.flavour, &names)
    }
}

fn when(due: &Due) -> String {
    let ends = [due.from, due.until].into_iter().flatten().map(|date| date.iso());
    ends.collect::<Vec<_>>().join("/")
}

fn named<T: Word>(word: Option<T>) -> String {
    word.map(|w| w.name().to_owned()).unwrap_or_default()
}

/// The values of a list in one cell; a sign that parts them is not left within one.
fn joined(values: impl Iterator<Item = String>) -> String {
    values.map(|v| v.replace(BETWEEN, ", ")).collect::<Vec<_>>().join(BETWEEN)
}

/// The plural names of kinds with their counts, for descriptions: `18 chỉ tiêu`.
pub fn counts(site: &Site, term: usize, word: impl Fn(&str) -> String) -> Vec<String> {
    let items = &site.graph.terms[term].items;
    let count = |kind| items.iter().filter(|i| site.graph.items[**i].key.kind == kind).count();
    let counted = frame::KINDS.into_iter().map(|(kind, name)| (count(kind), name));
    counted.filter(|(n, _)| *n > 0).map(|(n, name)| format!("{n} {}", word(name))).collect()
}

/// A language in words of its own.
pub fn language_name(language: Language) -> &'static str {
    match language {
        Language::Vi => "Tiếng Việt (vi)",
        Language::En => "English (en)",
    }
}
