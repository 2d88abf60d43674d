//! Corrections (content format 3.3, `errata`): what each one corrects, decided once for pages, data and judgement.
//!
//! A correction of words is sought in every text of its report, of a figure in the figures that the report states. Where
//! it is about an item, because it says so or because that item alone states the figure, other items are left alone. A
//! figure that several items state is nobody's: rather than a guess, only the list of corrections shows it then.

use std::collections::{BTreeMap, BTreeSet};

use super::edge::{self, scope_of};
use super::resolve::ANY;
use super::{Graph, ItemIx, Node};
use crate::markdown::{self, Sought, Struck};
use crate::model::item::{Detail, ItemKind, StatedFigure, Statement};
use crate::model::library::Library;
use crate::model::quantity::{FigureValue, NamedFigure, Quantity};
use crate::model::reference::ItemRef;
use crate::model::report::{Erratum, Report};
use crate::problem::Problems;
use crate::source::{Span, Spanned};
use crate::vietnamese::fold;

/// What the corrections of all reports came to.
#[derive(Debug, Default)]
pub struct Corrections {
    /// Words that are struck, by the place of their text.
    struck: BTreeMap<Span, Vec<Struck>>,
    /// What became of each correction of a report.
    pub fates: BTreeMap<usize, Vec<Fate>>,
}

/// What became of a correction.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fate {
    /// It corrects words.
    Words {
        /// The item that it is about, if it is about one.
        about: Option<ItemIx>,
        /// Whether the words stand anywhere.
        is_found: bool,
    },
    /// It corrects a figure of an item, and the same words where they stand.
    Figure(ItemIx),
    /// Several items state the figure.
    OfMany(Vec<ItemIx>),
    /// The item states the figure more than once.
    Twice(ItemIx),
    /// What is right is no figure, or in another unit.
    NoFigure(ItemIx),
    /// The item that it is about does not exist, which is reported there.
    Unknown,
}

impl Fate {
    /// The item that a correction is about, if it is about one; `None` where only the list of corrections shows it.
    fn about(&self) -> Option<Option<ItemIx>> {
        match self {
            Self::Words { about, .. } => Some(*about),
            Self::Figure(item) => Some(Some(*item)),
            Self::OfMany(_) | Self::Twice(_) | Self::NoFigure(_) | Self::Unknown => None,
        }
    }
}

impl Corrections {
    /// The words of a text that are struck, with the numbers of their corrections in the report of that text.
    pub fn of(&self, text: Span) -> &[Struck] {
        self.struck.get(&text).map(Vec::as_slice).unwrap_or_default()
    }
}

/// The reports that are shown and have corrections.
fn corrected<'a>(library: &'a Library, shown: &'a [bool]) -> impl Iterator<Item = (usize, &'a Report)> {
    let reports = library.reports.iter().enumerate().map(|(at, report)| (at, &**report));
    reports.filter(|(at, report)| shown[*at] && !report.errata.is_empty())
}

/// Corrects the figures of all reports that are shown, and decides what each correction is about.
pub(super) fn figures(library: &Library, shown: &[bool], graph: &mut Graph, problems: &mut Problems) {
    for (at, report) in corrected(library, shown) {
        let mut figures = FiguresSaid::of(library, graph, at, report);
        let mut fates = Vec::with_capacity(report.errata.len());
        for (number, erratum) in report.errata.iter().enumerate() {
            let about =
                erratum.item.as_ref().map(|item| about(library, graph, report, (erratum, item), problems));
            fates.push(match about {
                Some(None) => Fate::Unknown,
                Some(item) => figures.correct(number, erratum, item),
                None => figures.correct(number, erratum, None),
            });
        }
        let corrected = figures.corrected;
        super::item::correct(graph, corrected.into_iter().map(|(item, s)| (item, at, s)).collect());
        graph.corrections.fates.insert(at, fates);
    }
}

/// The item that a correction says it is about. Of those that share an id a figure is the target's.
fn about(
    library: &Library,
    graph: &Graph,
    report: &Report,
    (erratum, item): (&Erratum, &ItemRef),
    problems: &mut Problems,
) -> Option<ItemIx> {
    let scope = scope_of(graph, report, None);
    let of_kinds = |kinds| graph.item_ref(library, scope, item, kinds);
    let target = (!erratum.was_figures.is_empty()).then(|| of_kinds(&[ItemKind::Target]));
    let meaning = target.filter(Result::is_ok).unwrap_or_else(|| of_kinds(&ANY));
    let found = meaning.as_ref().ok().map(|meaning| meaning.node());
    edge::note(graph, meaning, item.id.as_str(), item.span, problems);
    match found {
        Some(Node::Item(item)) => Some(item),
        _ => None,
    }
}

/// What a report says of a target.
struct TargetSaid<'a> {
    statement: &'a Statement,
    figures: Vec<StatedFigure<&'a Spanned<Quantity>>>,
    /// Whether they begin with a goal and a result.
    has_both: bool,
    /// The unit of measure, folded; an earlier report may have given it.
    unit: String,
}

/// Targets with those of their figures, by number, that a correction may mean.
type Meant = Vec<(ItemIx, Vec<usize>)>;

/// The figures of a report.
struct FiguresSaid<'a> {
    targets: BTreeMap<ItemIx, TargetSaid<'a>>,
    /// The targets that have a figure of some value.
    by_value: BTreeSet<(FigureValue, ItemIx)>,
    /// What was found for the words of a correction and its item: equal ones are asked for once.
    meant: BTreeMap<(&'a str, Option<ItemIx>), Meant>,
    /// The statements of which a figure was corrected.
    corrected: BTreeMap<ItemIx, Statement>,
}

/// Targets that are named where several state one figure; who reads of four knows that it is too many.
const NAMED: usize = 4;

impl<'a> FiguresSaid<'a> {
    fn of(library: &'a Library, graph: &Graph, at: usize, report: &'a Report) -> Self {
        let (mut targets, mut by_value) = (BTreeMap::new(), BTreeSet::new());
        for (statement, item) in report.statements.iter().zip(&graph.stated[&at]) {
            let (Detail::Target(target), Some(item)) = (&statement.detail, *item) else { continue };
            let figures = target.figures();
            by_value.extend(figures.iter().filter_map(|said| Some((said.figure.value.value()?, item))));
            let has_both = target.goal.is_some() && target.actual.is_some();
            let unit = unit(library, graph, item, at).map(fold::key).unwrap_or_default();
            // Of a doubled statement, which is an error, the first counts.
            targets.entry(item).or_insert(TargetSaid { statement, figures, has_both, unit });
        }
        Self { targets, by_value, meant: BTreeMap::new(), corrected: BTreeMap::new() }
    }

    /// Corrects the figure that a correction means, if it means one.
    fn correct(&mut self, number: usize, erratum: &'a Erratum, about: Option<ItemIx>) -> Fate {
        let Self { targets, by_value, meant, corrected } = self;
        let find = || find(targets, by_value, erratum, about);
        let (item, figures) = match &meant.entry((&*erratum.was.raw, about)).or_insert_with(find)[..] {
            [] => return Fate::Words { about, is_found: false },
            [(item, figures)] => (*item, figures),
            several => return Fate::OfMany(several.iter().map(|(item, _)| *item).collect()),
        };
        if figures.len() != erratum.was_figures.len() {
            return Fate::Twice(item);
        }
        let TargetSaid { statement, figures: all, unit, .. } = &targets[&item];
        let named = erratum.was_figures.iter().zip(&erratum.now_figures);
        let right = figures.iter().zip(named).map(|(at, (was, now))| {
            let right = was.corrected(now, &all[*at].figure.value, unit, number);
            right.filter(|right| all[*at].is_result || !right.about).map(|right| (*at, right))
        });
        let right: Option<Vec<(usize, Quantity)>> = right.collect();
        let Some(right) = right.filter(|_| erratum.now_figures.len() == figures.len()) else {
            return Fate::NoFigure(item);
        };
        let corrected = corrected.entry(item).or_insert_with(|| (*statement).clone());
        match replace(corrected, right) {
            true => Fate::Figure(item),
            false => Fate::Words { about: Some(item), is_found: false },
        }
    }
}

/// The targets that state what a correction calls wrong.
fn find(
    targets: &BTreeMap<ItemIx, TargetSaid<'_>>,
    by_value: &BTreeSet<(FigureValue, ItemIx)>,
    erratum: &Erratum,
    about: Option<ItemIx>,
) -> Meant {
    let Some(value) = erratum.was_figures.first().and_then(NamedFigure::value) else {
        return Vec::new();
    };
    let (first, last) = about.map_or((0, ItemIx::MAX), |item| (item, item));
    let states = by_value.range((value, first)..=(value, last)).map(|(_, item)| *item);
    let meant = states.map(|item| (item, targets[&item].meant(&erratum.was_figures)));
    meant.filter(|(_, figures)| !figures.is_empty()).take(NAMED).collect()
}

impl TargetSaid<'_> {
    /// The numbers of the figures that may be meant: of each of a result and its goal one, else all that fit.
    fn meant(&self, was: &[NamedFigure]) -> Vec<usize> {
        let figure = |at: usize| &self.figures[at].figure.value;
        match was {
            [actual, goal] => {
                let means_both = || actual.means(figure(1), &self.unit) && goal.means(figure(0), &self.unit);
                if self.has_both && means_both() { vec![1, 0] } else { Vec::new() }
            }
            [was] => {
                let all = 0..self.figures.len();
                let fit: Vec<usize> = all.filter(|at| was.means(figure(*at), &self.unit)).collect();
                match fit.iter().filter(|at| was.is_as_written(figure(**at))).collect::<Vec<_>>()[..] {
                    [one] => vec![*one],
                    _ => fit,
                }
            }
            _ => Vec::new(),
        }
    }
}

/// Puts right figures, by their numbers, in the place of wrong ones, and says whether it did: of equal corrections the first
/// counts, and of a result and its goal only what differs.
fn replace(statement: &mut Statement, right: Vec<(usize, Quantity)>) -> bool {
    let Detail::Target(target) = &mut statement.detail else { return false };
    let mut figures = target.figures_mut();
    let mut is_done = false;
    for (at, right) in right {
        let figure = &mut figures[at].figure.value;
        let is_other = (&figure.shape, figure.mark, figure.about) != (&right.shape, right.mark, right.about);
        if figure.corrected.is_none() && is_other {
            *figure = right;
            is_done = true;
        }
    }
    is_done
}

/// The unit of measure that holds for what a report states of a target.
fn unit<'a>(library: &'a Library, graph: &Graph, item: ItemIx, report: usize) -> Option<&'a str> {
    let history = &graph.items[item].history;
    let until = history.iter().position(|said| said.report == report)?;
    history[..=until].iter().rev().find_map(|said| {
        let statement = &library.reports[said.report].statements[said.statement];
        match &statement.detail {
            Detail::Target(target) => target.unit.as_ref().map(|unit| &*unit.raw),
            _ => None,
        }
    })
}

/// Finds the words that the corrections of all reports that are shown are of.
pub(super) fn words(library: &Library, shown: &[bool], graph: &mut Graph) {
    for (at, report) in corrected(library, shown) {
        let fates = &graph.corrections.fates[&at];
        let found = Wordings::of(report, fates).find(graph, at, report);
        let struck: BTreeSet<usize> = found.iter().flat_map(|(_, struck)| struck).map(|s| s.of).collect();
        graph.corrections.struck.extend(found);
        let fates = graph.corrections.fates.get_mut(&at).into_iter().flatten();
        for (number, fate) in fates.enumerate() {
            if let Fate::Words { is_found, .. } = fate {
                *is_found = struck.contains(&number);
            }
        }
    }
}

/// What the corrections of a report call wrong, by where it may stand.
struct Wordings {
    /// In what is said of no item.
    of_report: Sought,
    /// In what is said of any item.
    of_any: Sought,
    /// In what is said of one item alone.
    of_item: BTreeMap<ItemIx, Sought>,
    /// In the long text of one item.
    of_section: BTreeMap<ItemIx, Sought>,
}

impl Wordings {
    fn of(report: &Report, fates: &[Fate]) -> Self {
        let all = || {
            let numbered = report.errata.iter().zip(fates).enumerate();
            numbered.filter_map(|(number, (erratum, fate))| Some((number, erratum, fate.about()?)))
        };
        let of_item = |is_meant: fn(&Erratum) -> bool| {
            let mut own: BTreeMap<ItemIx, Vec<(usize, &str)>> = BTreeMap::new();
            for (number, erratum, about) in all() {
                if let Some(item) = about.filter(|_| is_meant(erratum)) {
                    own.entry(item).or_default().push((number, &erratum.was.raw));
                }
            }
            own.into_iter().map(|(item, wordings)| (item, Sought::new(wordings))).collect()
        };
        fn wording<T>((number, erratum, _): (usize, &Erratum, T)) -> (usize, &str) {
            (number, &erratum.was.raw)
        }
        let is_named = |erratum: &Erratum| erratum.item.is_some();
        Self {
            of_report: Sought::new(all().filter(|(_, erratum, _)| !is_named(erratum)).map(wording)),
            of_any: Sought::new(all().filter(|(.., about)| about.is_none()).map(wording)),
            of_item: of_item(|_| true),
            of_section: of_item(is_named),
        }
    }

    /// The texts of a report in which there is something wrong, with what it is.
    fn find(&self, graph: &Graph, at: usize, report: &Report) -> Vec<(Span, Vec<Struck>)> {
        let of_errata = |erratum: &Erratum| {
            let texts = [Some(&erratum.was), Some(&erratum.now), erratum.why.as_ref()];
            texts.into_iter().flatten().map(|text| text.span).collect::<Vec<_>>()
        };
        let of_errata: BTreeSet<Span> = report.errata.iter().flat_map(of_errata).collect();
        let mut found = Vec::new();
        for passage in report.passages.iter().filter(|p| !of_errata.contains(&p.text.span)) {
            let Ok(parsed) = markdown::parse(&passage.text.raw, passage.text.flavour) else { continue };
            let mut struck = Vec::new();
            match passage.statement.map(|statement| graph.stated[&at][statement]) {
                None => self.of_report.find(&parsed, None, &mut struck),
                Some(item) => {
                    let own = item.and_then(|item| self.of_item.get(&item));
                    own.into_iter().for_each(|own| own.find(&parsed, None, &mut struck));
                    self.of_any.find(&parsed, None, &mut struck);
                }
            }
            found.push((passage.text.span, struck));
        }
        if let Ok(parsed) = markdown::parsed(report.body.text(), report.body.scan()) {
            let mut struck = Vec::new();
            for (heading, item) in graph.headings.get(&at).into_iter().flatten() {
                let own = self.of_section.get(item).into_iter();
                own.for_each(|own| own.find(&parsed, Some(*heading), &mut struck));
            }
            self.of_report.find(&parsed, None, &mut struck);
            found.push((report.body.span, struck));
        }
        found.retain(|(_, struck)| !struck.is_empty());
        found
    }
}
