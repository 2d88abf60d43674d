//! Items: targets, achievements, limitations, lessons and tasks as one report states them (content format, sections 2, 3.4–3.8).
//!
//! A [`Statement`] is what one report says of one item; several statements of the same item make its history. What a later
//! statement leaves out comes from the earlier ones: [`Statement::over`].

use crate::model::id::{FieldId, ItemId};
use crate::model::quantity::{Direction, Quantity};
use crate::model::reference::{ItemRef, TermRef};
use crate::model::text::Text;
use crate::model::word::{
    Basis, CauseKind, Inheritance, LimitationState, Outcome, Outlook, StepState, TaskState, Word,
};
use crate::source::{Span, Spanned};
use crate::vietnamese::date::PartialDate;

/// The five kinds of items.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ItemKind {
    /// A figure or standard the congress resolved to reach.
    Target,
    /// A result worth naming, with its evidence.
    Achievement,
    /// What fell short, why, how it is being mended.
    Limitation,
    /// What experience taught.
    Lesson,
    /// Work given out, with the five clears.
    Task,
}

impl Word for ItemKind {
    const ALL: &'static [(Self, &'static str, &'static str)] = &[
        (Self::Target, "target", "chi-tieu"),
        (Self::Achievement, "achievement", "ket-qua"),
        (Self::Limitation, "limitation", "han-che"),
        (Self::Lesson, "lesson", "bai-hoc"),
        (Self::Task, "task", "nhiem-vu"),
    ];

    fn parse(text: &str) -> Option<Self> {
        Self::ALL.iter().find(|(_, en, _)| *en == text).map(|(kind, ..)| *kind)
    }
}

/// What one report says of one item.
#[derive(Debug, Clone)]
pub struct Statement {
    /// The item's id.
    pub id: Spanned<ItemId>,
    /// The term it is stated for, where not the report's own.
    pub term: Option<Box<Spanned<TermRef>>>,
    /// Old ids of the item.
    pub aliases: Vec<Spanned<ItemId>>,
    /// Its name (of a target) or title.
    pub title: Option<Text>,
    /// Its field.
    pub field: Option<Spanned<FieldId>>,
    /// What is said of it at length.
    pub text: Option<Text>,
    /// What only its kind has.
    pub detail: Detail,
    /// Where the statement begins.
    pub span: Span,
    /// Whether it has keys that are unknown, one of which may have been meant for what it lacks.
    pub has_unknown_keys: bool,
}

/// What only one kind of item has.
#[derive(Debug, Clone)]
pub enum Detail {
    /// Of a target.
    Target(Box<Target>),
    /// Of an achievement.
    Achievement(Box<Achievement>),
    /// Of a limitation.
    Limitation(Box<Limitation>),
    /// Of a lesson.
    Lesson(Box<Lesson>),
    /// Of a task.
    Task(Box<Task>),
}

/// A target (content format 3.4).
#[derive(Debug, Clone, Default)]
pub struct Target {
    /// Unit of measure as printed.
    pub unit: Option<Text>,
    /// What was resolved.
    pub goal: Option<Spanned<Quantity>>,
    /// What was reached.
    pub actual: Option<Spanned<Quantity>>,
    /// The whole of which goal and actual are a part.
    pub of: Option<Box<Spanned<Quantity>>>,
    /// Which way is better.
    pub direction: Option<Spanned<Direction>>,
    /// What the figures mean.
    pub basis: Option<Spanned<Basis>>,
    /// What it is measured against.
    pub base: Option<Box<Base>>,
    /// Its parts.
    pub parts: Vec<Part>,
    /// Whether the parts must add up.
    pub parts_sum: Option<bool>,
    /// What came of it.
    pub result: Option<Spanned<Outcome>>,
    /// What is foreseen.
    pub outlook: Option<Spanned<Outlook>>,
    /// The report's own words of assessment.
    pub wording: Option<Text>,
    /// Targets of earlier terms it follows on.
    pub continues: Vec<ItemRef>,
    /// Words, document numbers or links.
    pub evidence: Vec<Text>,
}

/// The figure and year that a `versus-base` target is measured against.
#[derive(Debug, Clone)]
pub struct Base {
    /// The figure.
    pub value: Option<Spanned<Quantity>>,
    /// Its year, as written.
    pub year: Option<Text>,
}

/// A part of a target.
#[derive(Debug, Clone)]
pub struct Part {
    /// Its name.
    pub name: Text,
    /// Its goal.
    pub goal: Option<Spanned<Quantity>>,
    /// What was reached of it.
    pub actual: Option<Spanned<Quantity>>,
}

/// A figure of a target.
#[derive(Debug)]
pub struct StatedFigure<Q> {
    /// The figure.
    pub figure: Q,
    /// Whether it is what was reached, of the target or of a part.
    pub is_result: bool,
}

impl Target {
    /// Its figures, in the order of the format: goal and result first.
    pub fn figures(&self) -> Vec<StatedFigure<&Spanned<Quantity>>> {
        let own = [(self.goal.as_ref(), false), (self.actual.as_ref(), true), (self.of.as_deref(), false)];
        let base = self.base.as_ref().and_then(|base| base.value.as_ref());
        let parts = self.parts.iter().flat_map(|p| [(p.goal.as_ref(), false), (p.actual.as_ref(), true)]);
        let all = own.into_iter().chain([(base, false)]).chain(parts);
        all.filter_map(|(figure, is_result)| Some(StatedFigure { figure: figure?, is_result })).collect()
    }

    /// The same, to be changed.
    pub fn figures_mut(&mut self) -> Vec<StatedFigure<&mut Spanned<Quantity>>> {
        let own =
            [(self.goal.as_mut(), false), (self.actual.as_mut(), true), (self.of.as_deref_mut(), false)];
        let base = self.base.as_mut().and_then(|base| base.value.as_mut());
        let parts = self.parts.iter_mut().flat_map(|p| [(p.goal.as_mut(), false), (p.actual.as_mut(), true)]);
        let all = own.into_iter().chain([(base, false)]).chain(parts);
        all.filter_map(|(figure, is_result)| Some(StatedFigure { figure: figure?, is_result })).collect()
    }
}

/// An achievement (content format 3.5).
#[derive(Debug, Clone, Default)]
pub struct Achievement {
    /// Figures, in words.
    pub figures: Vec<Text>,
    /// Targets it reached.
    pub targets: Vec<ItemRef>,
    /// Words, document numbers or links.
    pub evidence: Vec<Text>,
    /// Limitations it mends.
    pub mends: Vec<ItemRef>,
}

/// A limitation (content format 3.6).
#[derive(Debug, Clone, Default)]
pub struct Limitation {
    /// Why.
    pub causes: Vec<Cause>,
    /// Targets it held back.
    pub targets: Vec<ItemRef>,
    /// Limitations of earlier terms it comes from.
    pub carried_from: Vec<ItemRef>,
    /// What became of it.
    pub state: Option<Spanned<LimitationState>>,
    /// The five steps in their order; `None` where nothing is said of a step.
    pub remedy: Option<Box<[Option<Step>; 5]>>,
}

/// A cause.
#[derive(Debug, Clone)]
pub struct Cause {
    /// Whether it lay with the committee.
    pub kind: Option<Spanned<CauseKind>>,
    /// What it was.
    pub text: Text,
}

/// The English names of the five steps of a remedy, in their order.
pub const STEPS: [&str; 5] = ["assessed", "assigned", "planned", "integrated", "reviewed"];

/// One of the five steps of a remedy.
#[derive(Debug, Clone)]
pub struct Step {
    /// How far it is.
    pub state: Option<Spanned<StepState>>,
    /// When.
    pub date: Option<Spanned<PartialDate>>,
    /// The document that laid it down.
    pub document: Option<Text>,
    /// What was done.
    pub note: Option<Text>,
}

/// A lesson (content format 3.7).
#[derive(Debug, Clone, Default)]
pub struct Lesson {
    /// Achievements, limitations, targets that taught it.
    pub learned_from: Vec<ItemRef>,
    /// Earlier lessons it takes up.
    pub inherits: Vec<Inherited>,
    /// Tasks and targets that put it into practice.
    pub applied_in: Vec<ItemRef>,
    /// Documents that put it into practice.
    pub applied_documents: Vec<Text>,
    /// Words for the index.
    pub topics: Vec<Text>,
}

/// An earlier lesson and how it is taken up.
#[derive(Debug, Clone)]
pub struct Inherited {
    /// The earlier lesson.
    pub from: ItemRef,
    /// How.
    pub how: Inheritance,
}

/// A task (content format 3.8); its title is the clear work.
#[derive(Debug, Clone, Default)]
pub struct Task {
    /// Clear person or body.
    pub who: Option<Text>,
    /// Clear responsibility.
    pub responsible: Option<Text>,
    /// Clear progress.
    pub due: Option<Due>,
    /// Clear result.
    pub outcome: Option<Text>,
    /// Solution group.
    pub group: Option<Text>,
    /// How far it is.
    pub state: Option<Spanned<TaskState>>,
    /// Limitations it mends.
    pub mends: Vec<ItemRef>,
    /// Lessons it applies.
    pub applies: Vec<ItemRef>,
    /// Targets it serves.
    pub serves: Vec<ItemRef>,
}

/// When a task is due.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Due {
    /// When it begins, for a stretch of time.
    pub from: Option<PartialDate>,
    /// When it is due.
    pub until: Option<PartialDate>,
}

impl Detail {
    /// The kind of item it belongs to.
    pub fn kind(&self) -> ItemKind {
        match self {
            Self::Target(_) => ItemKind::Target,
            Self::Achievement(_) => ItemKind::Achievement,
            Self::Limitation(_) => ItemKind::Limitation,
            Self::Lesson(_) => ItemKind::Lesson,
            Self::Task(_) => ItemKind::Task,
        }
    }
}

/// Whether `$new` leaves out what `$old` has, field by field: options that are none, lists that are empty.
macro_rules! lacks {
    ($new:expr, $old:expr, $type:ident; options $($option:ident)*; lists $($list:ident)*; own $($own:ident)*) => {{
        let $type { $($option,)* $($list,)* $($own: _),* }: &$type = $new;
        $( ($option.is_none() && $old.$option.is_some()) || )*
        $( ($list.is_empty() && !$old.$list.is_empty()) || )*
        false
    }};
}

/// Fills what `$new` leaves out from `$old`.
macro_rules! fill {
    ($new:expr, $old:expr, $type:ident; options $($option:ident)*; lists $($list:ident)*; own $($own:ident)*) => {{
        let $type { $($option,)* $($list,)* $($own: _),* }: &mut $type = $new;
        $( if $option.is_none() { $option.clone_from(&$old.$option); } )*
        $( if $list.is_empty() { $list.clone_from(&$old.$list); } )*
    }};
}

/// What a later statement takes over from an earlier one whatever its kind, handed to `$take!`. Here and below each field of a
/// type must be named, if only among its own: one that is forgotten would not be inherited, and nobody would hear of it.
/// The graph gathers old ids from all statements.
macro_rules! of_any_kind {
    ($take:ident, $new:expr, $old:expr) => {
        $take!($new, $old, Statement; options title field text; lists;
            own id term aliases detail span has_unknown_keys)
    };
}

/// What a later statement of each kind takes over from an earlier one, handed to `$take!`; for the outlook see
/// [`Detail::foreseen`].
macro_rules! by_kind {
    ($take:ident, $new:expr, $old:expr) => {
        match ($new, $old) {
            (Detail::Target(new), Detail::Target(old)) => {
                $take!(new, old, Target; options unit goal actual of direction basis base parts_sum result wording;
                    lists parts continues evidence; own outlook)
            }
            (Detail::Achievement(new), Detail::Achievement(old)) => {
                $take!(new, old, Achievement; options; lists figures targets evidence mends; own)
            }
            (Detail::Limitation(new), Detail::Limitation(old)) => {
                $take!(new, old, Limitation; options state remedy; lists causes targets carried_from; own)
            }
            (Detail::Lesson(new), Detail::Lesson(old)) => {
                $take!(new, old, Lesson; options;
                    lists learned_from inherits applied_in applied_documents topics; own)
            }
            (Detail::Task(new), Detail::Task(old)) => {
                $take!(new, old, Task; options who responsible due outcome group state;
                    lists mends applies serves; own)
            }
            _ => Default::default(),
        }
    };
}

impl Statement {
    /// The kind of item it speaks of.
    pub fn kind(&self) -> ItemKind {
        self.detail.kind()
    }

    /// This statement with everything it leaves out taken from `earlier`, a statement of the same item (content format,
    /// section 2: "what it leaves out comes from the latest earlier one"); `None` where it leaves out nothing that is there.
    pub fn over(&self, earlier: &Self) -> Option<Self> {
        let foreseen = self.detail.foreseen(&earlier.detail);
        let lacks = of_any_kind!(lacks, self, earlier)
            || by_kind!(lacks, &self.detail, &earlier.detail)
            || foreseen.is_some();
        lacks.then(|| {
            let mut merged = self.clone();
            of_any_kind!(fill, &mut merged, earlier);
            by_kind!(fill, &mut merged.detail, &earlier.detail);
            if let (Detail::Target(new), Some(outlook)) = (&mut merged.detail, foreseen) {
                new.outlook = Some(outlook.clone());
            }
            merged
        })
    }
}

impl Detail {
    /// The outlook of a target that an earlier statement gives and this one takes over. A result overtakes what was foreseen:
    /// `missed` and `likely` do not hold together.
    fn foreseen<'a>(&self, earlier: &'a Self) -> Option<&'a Spanned<Outlook>> {
        match (self, earlier) {
            (Self::Target(new), Self::Target(old)) if new.result.is_none() && new.outlook.is_none() => {
                old.outlook.as_ref()
            }
            _ => None,
        }
    }
}
