//! What each file of the content is, by its place in the tree (content format, section 1).

use std::collections::BTreeSet;

use super::report::Location;
use super::term;
use crate::model::id::{ReportId, TermId, UnitId};
use crate::model::library::{Gap, Library};
use crate::problem::{Finding, Problem, Problems};
use crate::source::{FileId, Refused, Sources, Span};
use crate::vietnamese::slug;

/// What a Markdown file of the content is.
#[derive(Debug, Clone)]
pub enum Role {
    /// The words of the home page.
    Home,
    /// A unit.
    Unit(UnitId),
    /// A term.
    Term(UnitId, TermId),
    /// A report.
    Report(Location),
}

impl Role {
    /// The unit that the file belongs to.
    fn unit(&self) -> Option<&UnitId> {
        match self {
            Self::Home => None,
            Self::Unit(unit) | Self::Term(unit, _) => Some(unit),
            Self::Report(at) => Some(&at.unit),
        }
    }

    /// The gap that is left where the file cannot be read.
    pub fn gap(&self) -> Option<Gap> {
        match self {
            Self::Home => None,
            Self::Unit(unit) => Some(Gap::Unit(unit.clone())),
            Self::Term(unit, term) => Some(Gap::Term(unit.clone(), term.clone())),
            Self::Report(at) => Some(Gap::Term(at.unit.clone(), at.term.clone())),
        }
    }
}

/// The roles of all Markdown files, in the order of their paths; what has no place or no right name is reported.
pub fn roles(sources: &Sources) -> (Vec<(FileId, Role)>, BTreeSet<Gap>, Problems) {
    let (mut roles, mut problems) = (Vec::new(), Problems::default());
    refusals(sources, &mut problems);
    let mut gaps = refused_gaps(sources);
    let mut bad_folders = BTreeSet::new();
    for (file, source) in sources.iter() {
        let parts: Vec<&str> = source.path.parts().collect();
        if parts[0] != "content" {
            continue;
        }
        match role(&parts[1..]) {
            Ok(role) => match role.unit().filter(|unit| unit.is_reserved()) {
                None => roles.push((file, role)),
                Some(unit) => {
                    let (id, folder) = (unit.to_string(), format!("content/{unit}"));
                    if bad_folders.insert(folder.clone()) {
                        problems.push(Problem::at_path(Finding::ReservedUnit { id }, folder));
                        gaps.insert(Gap::Unit(unit.clone()));
                    }
                }
            },
            Err(Misfit::Folder(depth)) => {
                let folder = parts[..depth + 2].join("/");
                if bad_folders.insert(folder.clone()) {
                    problems.push(bad_name(&folder, parts[depth + 1], ""));
                }
            }
            Err(Misfit::Name) => {
                problems.push(bad_name(source.path.as_str(), source.path.name(), ".md"));
                gaps.extend(gap_around(&parts[1..]));
            }
            Err(Misfit::Place) => {
                problems
                    .add(Finding::Misplaced { name: source.path.name().to_owned() }, Span::start_of(file));
            }
        }
    }
    (roles, gaps, problems)
}

/// The gaps that refused files leave.
fn refused_gaps(sources: &Sources) -> BTreeSet<Gap> {
    let parts = sources.refused.keys().map(|path| path.split('/').collect::<Vec<&str>>());
    let inside = parts.filter(|p| p[0] == "content" && p.last().is_some_and(|name| name.ends_with(".md")));
    let gap = |p: Vec<&str>| role(&p[1..]).ok().and_then(|role| role.gap()).or_else(|| gap_around(&p[1..]));
    inside.filter_map(gap).collect()
}

/// The gap that a report with a wrong name leaves in its term.
fn gap_around(parts: &[&str]) -> Option<Gap> {
    match parts {
        [unit, term, _] => Some(Gap::Term(UnitId::parse(unit)?, TermId::parse(term)?)),
        _ => None,
    }
}

/// Why a file has no role.
enum Misfit {
    /// The folder at this depth below `content` has no id for a name.
    Folder(usize),
    /// Its own name is no id.
    Name,
    /// Nothing belongs there.
    Place,
}

fn role(parts: &[&str]) -> Result<Role, Misfit> {
    let unit = |name: &str| UnitId::parse(name).ok_or(Misfit::Folder(0));
    let term = |name: &str| TermId::parse(name).ok_or(Misfit::Folder(1));
    match parts {
        ["_index.md"] => Ok(Role::Home),
        [u, "_index.md"] => Ok(Role::Unit(unit(u)?)),
        [u, t, "_index.md"] => Ok(Role::Term(unit(u)?, term(t)?)),
        [u, t, name] => {
            let id = name.strip_suffix(".md").and_then(ReportId::parse);
            Ok(Role::Report(Location { unit: unit(u)?, term: term(t)?, id: id.ok_or(Misfit::Name)? }))
        }
        _ => Err(Misfit::Place),
    }
}

fn bad_name(path: &str, name: &str, ending: &str) -> Problem {
    let stem = name.strip_suffix(ending).unwrap_or(name);
    let right = format!("{}{ending}", slug::slug(stem));
    Problem::at_path(Finding::BadName { name: name.to_owned(), right }, path)
}

/// What the reader would not take.
fn refusals(sources: &Sources, problems: &mut Problems) {
    for (path, refused) in &sources.refused {
        let name = path.rsplit('/').next().unwrap_or(path).to_owned();
        let finding = match refused {
            Refused::Link => Finding::LinkRefused { name },
            Refused::Special => Finding::SpecialRefused { name },
            Refused::NotUtf8(byte) => Finding::NotUtf8 { name, byte: *byte },
            Refused::TooLarge(bytes) => Finding::TooLarge { name, bytes: *bytes },
            Refused::Name => Finding::UnreadableName { name },
            Refused::Twice => Finding::NameTwice { name },
        };
        problems.push(Problem::at_path(finding, path.clone()));
    }
}

/// Terms that only their folder makes, and units' folders without `_index.md`.
pub fn bare_terms(
    sources: &Sources,
    roles: &[(FileId, Role)],
    library: &mut Library,
    problems: &mut Problems,
) {
    let (mut units, mut terms) = (BTreeSet::new(), BTreeSet::new());
    let (mut noted_units, mut noted_terms) = (BTreeSet::new(), BTreeSet::new());
    for (_, role) in roles {
        match role {
            Role::Home => {}
            Role::Unit(unit) => _ = units.insert(unit.clone()),
            Role::Term(unit, term) => {
                noted_units.insert(unit.clone());
                _ = terms.insert((unit.clone(), term.clone()));
            }
            Role::Report(at) => {
                noted_units.insert(at.unit.clone());
                _ = noted_terms.insert((at.unit.clone(), at.term.clone()));
            }
        }
    }
    let refused = |path: &str| sources.refused.contains_key(path);
    for unit in noted_units.difference(&units) {
        let path = format!("content/{unit}/_index.md");
        if !refused(&path) {
            problems.push(Problem::at_path(Finding::MissingIndex { unit: unit.to_string() }, path));
        }
        library.gaps.insert(Gap::Unit(unit.clone()));
    }
    for (unit, id) in noted_terms.difference(&terms) {
        match term::bare(unit, id) {
            Some(term) => library.terms.push(term),
            None => {
                library.gaps.insert(Gap::Term(unit.clone(), id.clone()));
                let path = format!("content/{unit}/{id}");
                if !refused(&format!("{path}/_index.md")) {
                    problems.push(Problem::at_path(term::date_finding(id), path));
                }
            }
        }
    }
    drop_orphans(library);
}

/// Leaves out the terms and reports of units and terms that could not be read: what they would refer to is not there.
fn drop_orphans(library: &mut Library) {
    let gaps = library.gaps.clone();
    library.terms.retain(|t| !gaps.contains(&Gap::Unit(t.unit.clone())));
    let terms: BTreeSet<_> = library.terms.iter().map(|t| (t.unit.clone(), t.id.clone())).collect();
    let (kept, lost): (Vec<_>, Vec<_>) = std::mem::take(&mut library.reports)
        .into_iter()
        .partition(|r| terms.contains(&(r.unit.clone(), r.term.clone())));
    library.reports = kept;
    library.gaps.extend(lost.into_iter().map(|r| Gap::Term(r.unit.clone(), r.term.clone())));
}
