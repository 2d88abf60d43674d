//! Statements: what a report says of its items (content format, sections 2, 3.4–3.8).

use super::fields::{Fields, Reader};
use super::keys::{self, Table};
use crate::model::item::{
    Achievement, Base, Cause, Detail, Due, Inherited, ItemKind, Lesson, Limitation, Part, STEPS, Statement,
    Step, Target, Task,
};
use crate::model::quantity::{self, Quantity, QuantityError, Shape};
use crate::model::text::Text;
use crate::model::word::{Basis, Inheritance, StepState};
use crate::problem::Finding;
use crate::problem::say::Both;
use crate::source::Spanned;
use crate::yaml::{Kind, Node};

/// The name of a kind in messages.
pub fn kind_name(kind: ItemKind) -> Both {
    match kind {
        ItemKind::Target => Both { vi: "chỉ tiêu", en: "a target" },
        ItemKind::Achievement => Both { vi: "kết quả", en: "an achievement" },
        ItemKind::Limitation => Both { vi: "hạn chế", en: "a limitation" },
        ItemKind::Lesson => Both { vi: "bài học", en: "a lesson" },
        ItemKind::Task => Both { vi: "nhiệm vụ", en: "a task" },
    }
}

/// The key of a report and the table for each kind of item, in the order of the format.
pub const LISTS: [(&str, ItemKind, &Table); 5] = [
    ("targets", ItemKind::Target, &keys::TARGET),
    ("achievements", ItemKind::Achievement, &keys::ACHIEVEMENT),
    ("limitations", ItemKind::Limitation, &keys::LIMITATION),
    ("lessons", ItemKind::Lesson, &keys::LESSON),
    ("tasks", ItemKind::Task, &keys::TASK),
];

impl Reader<'_> {
    /// All statements of a report's front matter, and whether one had to be left out.
    pub fn statements(&mut self, report: &Fields<'_>) -> (Vec<Statement>, bool) {
        let (mut statements, mut has_gaps) = (Vec::new(), false);
        for (key, kind, table) in LISTS {
            for node in self.list(report.get(key)) {
                self.statement = Some(statements.len());
                match self.statement(node, key, kind, table) {
                    Some(statement) => statements.push(statement),
                    None => has_gaps = true,
                }
            }
        }
        self.statement = None;
        (statements, has_gaps)
    }

    fn statement(
        &mut self,
        node: &Node,
        key: &str,
        kind: ItemKind,
        table: &'static Table,
    ) -> Option<Statement> {
        let before = self.passages.len();
        let fields = self.mapping(node, table, key)?;
        let title = match kind {
            ItemKind::Target => "name",
            _ => "title",
        };
        let id = self.required(&fields, "id").and_then(|n| self.item_id(n, "id"));
        let term = fields.get("term").map(|n| self.term_ref(n, "term"));
        let has_bad_term = matches!(term, Some(None));
        let statement = Statement {
            term: term.flatten().map(Box::new),
            aliases: self
                .list(fields.get("aliases"))
                .into_iter()
                .filter_map(|n| self.item_id(n, "aliases"))
                .collect(),
            title: self.line_of(&fields, title),
            field: self.optional(&fields, "field").and_then(|n| self.field(n, "field")),
            text: self.optional(&fields, "text").and_then(|n| self.prose(n, "text")),
            detail: self.detail(kind, &fields),
            span: fields.span,
            has_unknown_keys: fields.has_unknown,
            id: match id {
                Some(id) if !has_bad_term => id,
                _ => {
                    // Without a name of its own it is no item; its texts must not hang on the next statement.
                    self.passages.truncate(before);
                    return None;
                }
            },
        };
        Some(statement)
    }

    /// The value of a key that not every kind has.
    fn optional<'n>(&mut self, fields: &Fields<'n>, key: &str) -> Option<&'n Node> {
        fields.has(key).then(|| fields.get(key)).flatten()
    }

    fn detail(&mut self, kind: ItemKind, fields: &Fields<'_>) -> Detail {
        match kind {
            ItemKind::Target => Detail::Target(Box::new(self.target(fields))),
            ItemKind::Achievement => Detail::Achievement(Box::new(self.achievement(fields))),
            ItemKind::Limitation => Detail::Limitation(Box::new(self.limitation(fields))),
            ItemKind::Lesson => Detail::Lesson(Box::new(self.lesson(fields))),
            ItemKind::Task => Detail::Task(Box::new(self.task(fields))),
        }
    }

    fn target(&mut self, fields: &Fields<'_>) -> Target {
        let basis: Option<Spanned<Basis>> = self.word_of(fields, "basis");
        // A basis that cannot be read may well be a title: one mistake shall not be two.
        let is_title = basis.as_ref().map_or(fields.get("basis").is_some(), |b| b.value == Basis::Title);
        let (mut actual, mut goal) = self.figures(fields, is_title);
        if basis.is_none() && is_title {
            (actual, goal) = (actual.filter(is_figure), goal.filter(is_figure));
        }
        Target {
            unit: self.line_of(fields, "unit"),
            goal,
            actual,
            of: self.quantity_of(fields, "of", false).map(Box::new),
            direction: self.word_of(fields, "direction"),
            basis,
            base: fields.get("base").and_then(|n| self.base(n)).map(Box::new),
            parts: self.list(fields.get("parts")).into_iter().filter_map(|n| self.part(n)).collect(),
            parts_sum: fields.get("parts_sum").and_then(|n| self.flag(n, "parts_sum")),
            result: self.word_of(fields, "result"),
            outlook: self.word_of(fields, "outlook"),
            wording: self.line_of(fields, "wording"),
            continues: self.item_refs(fields, "continues"),
            evidence: self.lines_of(fields, "evidence"),
        }
    }

    /// Actual and goal of a target, given apart or together as `value`.
    fn figures(
        &mut self,
        fields: &Fields<'_>,
        is_title: bool,
    ) -> (Option<Spanned<Quantity>>, Option<Spanned<Quantity>>) {
        let Some(both) = fields.get("value") else {
            let actual = fields.get("actual").and_then(|n| self.goal_or_result(n, "actual", is_title));
            return (actual, fields.get("goal").and_then(|n| self.goal_or_result(n, "goal", is_title)));
        };
        for key in ["goal", "actual"] {
            if let Some(twice) = fields.key(key).filter(|_| fields.get(key).is_some()) {
                self.add(Finding::ValueTwice { key: key.to_owned() }, twice);
            }
        }
        let Some(text) = self.scalar(both, "value") else {
            return (None, None);
        };
        match quantity::parse_value(text, self.language) {
            Ok((actual, goal)) => {
                let span = self.span(both);
                (Some(Spanned::new(actual, span)), Some(Spanned::new(goal, span)))
            }
            Err(error) => {
                self.bad_quantity(text, &error, both);
                (None, None)
            }
        }
    }

    /// A goal or result. A sentence is taken as words here; whether the target is a title to be earned may stand in an
    /// earlier report, so the audit judges that.
    fn goal_or_result(&mut self, node: &Node, key: &str, is_title: bool) -> Option<Spanned<Quantity>> {
        let text = self.scalar(node, key)?;
        let parse = if key == "actual" { quantity::parse_actual } else { quantity::parse_goal };
        match parse(text, self.language) {
            Ok(figure) => Some(Spanned::new(figure, self.span(node))),
            Err(error) if is_title || error == QuantityError::Words => {
                let words = self.line(node, key)?;
                Some(Spanned::new(Quantity::words(&words.raw), words.span))
            }
            Err(error) => {
                self.bad_quantity(text, &error, node);
                None
            }
        }
    }

    fn base(&mut self, node: &Node) -> Option<Base> {
        let fields = self.mapping(node, &keys::BASE, "base")?;
        let value = self.required(&fields, "value").and_then(|n| self.quantity(n, "value", true));
        Some(Base { value, year: self.line_of(&fields, "year") })
    }

    fn part(&mut self, node: &Node) -> Option<Part> {
        let fields = self.mapping(node, &keys::PART, "parts")?;
        let name = self.required(&fields, "name").and_then(|n| self.line(n, "name"));
        let (goal, actual) =
            (self.quantity_of(&fields, "goal", false), self.quantity_of(&fields, "actual", true));
        Some(Part { name: name?, goal, actual })
    }

    fn achievement(&mut self, fields: &Fields<'_>) -> Achievement {
        Achievement {
            figures: self.lines_of(fields, "figures"),
            targets: self.item_refs(fields, "targets"),
            evidence: self.lines_of(fields, "evidence"),
            mends: self.item_refs(fields, "mends"),
        }
    }

    fn limitation(&mut self, fields: &Fields<'_>) -> Limitation {
        Limitation {
            causes: self.list(fields.get("causes")).into_iter().filter_map(|n| self.cause(n)).collect(),
            targets: self.item_refs(fields, "targets"),
            carried_from: self.item_refs(fields, "carried_from"),
            state: self.word_of(fields, "state"),
            remedy: fields.get("remedy").and_then(|n| self.remedy(n)).map(Box::new),
        }
    }

    fn cause(&mut self, node: &Node) -> Option<Cause> {
        let fields = self.mapping(node, &keys::CAUSE, "causes")?;
        self.cause_fields(&fields)
    }

    /// Kind and text of a cause, of one limitation or of several.
    pub fn cause_fields(&mut self, fields: &Fields<'_>) -> Option<Cause> {
        let kind = self.word_of(fields, "kind");
        let text = self.required(fields, "text").and_then(|n| self.prose(n, "text"))?;
        Some(Cause { kind, text })
    }

    fn remedy(&mut self, node: &Node) -> Option<[Option<Step>; 5]> {
        let fields = self.mapping(node, &keys::REMEDY, "remedy")?;
        Some(STEPS.map(|step| fields.get(step).and_then(|n| self.step(n, step))))
    }

    fn step(&mut self, node: &Node, key: &str) -> Option<Step> {
        if matches!(node.kind, Kind::Scalar(_)) {
            let state = self.word::<StepState>(node, key)?;
            return Some(Step { state: Some(state), date: None, document: None, note: None });
        }
        let fields = self.mapping(node, &keys::STEP, key)?;
        Some(Step {
            state: self.word_of(&fields, "state"),
            date: self.partial_date_of(&fields, "date"),
            document: self.line_of(&fields, "document"),
            note: self.prose_of(&fields, "note"),
        })
    }

    fn lesson(&mut self, fields: &Fields<'_>) -> Lesson {
        let mut lesson = Lesson {
            learned_from: self.item_refs(fields, "learned_from"),
            inherits: self
                .list(fields.get("inherits"))
                .into_iter()
                .filter_map(|n| self.inherited(n))
                .collect(),
            topics: self.lines_of(fields, "topics"),
            ..Lesson::default()
        };
        for node in self.list(fields.get("applied_in")) {
            match self.scalar(node, "applied_in").map(is_document_number) {
                Some(true) => lesson.applied_documents.extend(self.line(node, "applied_in")),
                Some(false) => lesson.applied_in.extend(self.item_ref(node, "applied_in")),
                None => {}
            }
        }
        lesson
    }

    fn inherited(&mut self, node: &Node) -> Option<Inherited> {
        if matches!(node.kind, Kind::Scalar(_)) {
            return self.item_ref(node, "inherits").map(|from| Inherited { from, how: Inheritance::Kept });
        }
        let fields = self.mapping(node, &keys::INHERITED, "inherits")?;
        let how: Option<Spanned<Inheritance>> = self.word_of(&fields, "how");
        let from = self.required(&fields, "from").and_then(|n| self.item_ref(n, "from"))?;
        Some(Inherited { from, how: how.map_or(Inheritance::Kept, |h| h.value) })
    }

    fn task(&mut self, fields: &Fields<'_>) -> Task {
        Task {
            who: self.joined(fields, "who"),
            responsible: self.joined(fields, "responsible"),
            due: fields.get("due").and_then(|n| self.due(n)),
            outcome: self.joined(fields, "outcome"),
            group: self.line_of(fields, "group"),
            state: self.word_of(fields, "state"),
            mends: self.item_refs(fields, "mends"),
            applies: self.item_refs(fields, "applies"),
            serves: self.item_refs(fields, "serves"),
        }
    }

    fn joined(&mut self, fields: &Fields<'_>, key: &str) -> Option<Text> {
        fields.get(key).and_then(|n| self.prose(n, key))
    }

    fn due(&mut self, node: &Node) -> Option<Due> {
        if matches!(node.kind, Kind::Scalar(_)) {
            return self.partial_date(node, "due").map(|date| Due { from: None, until: Some(date.value) });
        }
        let fields = self.mapping(node, &keys::DUE, "due")?;
        let (from, until) = (self.partial_date_of(&fields, "from"), self.partial_date_of(&fields, "until"));
        if let (Some(from), Some(until)) = (&from, &until)
            && until.value.end() < from.value.start()
        {
            let language = self.language;
            let (first, second) = (from.value.short(language), until.value.short(language));
            self.problems.add(Finding::DatesReversed { first, second }, until.span);
        }
        Some(Due { from: from.map(|d| d.value), until: until.map(|d| d.value) })
    }
}

/// Whether a quantity is no sentence.
fn is_figure(quantity: &Spanned<Quantity>) -> bool {
    quantity.value.shape != Shape::Words
}

/// Whether a text is a document's number rather than a reference: ids have neither capitals nor, without `#`, a slash.
fn is_document_number(text: &str) -> bool {
    text.contains('/') && !text.contains('#') || text.chars().any(char::is_uppercase)
}
