//! The stages in order: from sources to a site that is ready to be written, with all problems found on the way.
//!
//! No branch per command: `check` runs the same and writes nothing. Everything here is a function of its arguments.

use rayon::prelude::*;

use crate::graph::{self, Site};
use crate::model::report::Report;
use crate::page::plan::{Artifact, Plan, Spec};
use crate::page::{self, frame, plan};
use crate::path::OutputPath;
use crate::problem::{At, Finding, Problem, Problems};
use crate::render::theme::{self, Static, Theme};
use crate::render::{self, Engine};
use crate::source::Sources;
use crate::vietnamese::nearest;
use crate::{audit, config, content};

/// A site ready to be rendered.
#[derive(Debug)]
pub struct Ready {
    /// The site.
    pub site: Site,
    /// Every file of it.
    pub plan: Plan,
    /// The theme.
    pub theme: Theme,
    engine: Engine,
}

/// Takes sources through all stages up to the rendering. The site is there where no error makes it impossible; whether it may
/// be written is for the problems to say.
pub fn prepare(sources: &Sources, with_drafts: bool, base_url: Option<&str>) -> (Option<Ready>, Problems) {
    let (config, mut problems) = config::parse(sources);
    let Some(mut config) = config else {
        return (None, problems);
    };
    if let Some(url) = base_url {
        url.clone_into(&mut config.base_url);
    }
    let (library, found) = content::parse(sources, &config);
    problems.extend(found);
    let (published, found) = graph::link(&library, sources, Report::is_published);
    problems.extend(found);
    problems.extend(audit::audit(&library, &published, &config));
    let mut graph = published;
    if library.reports.iter().any(|r| !r.is_published()) {
        problems.extend(judge_hidden(&library, sources, &config));
        if with_drafts {
            graph = graph::link(&library, sources, Report::is_showable).0;
        }
    }
    let site = Site { config, library, graph };
    problems.extend(check_home(&site));
    let (theme, found) = theme::load(sources, &site.config);
    problems.extend(found);
    let statics: Vec<String> = theme.statics.keys().cloned().collect();
    let (plan, found) = plan::plan(&site, &statics);
    problems.extend(found);
    let (engine, found) = render::engine(&theme, &frame::common(&site, &plan));
    problems.extend(found);
    (engine.map(|engine| Ready { site, plan, theme, engine }), problems)
}

/// Drafts and internal reports are checked like others, against everything there is; their problems are those of their own
/// files alone.
fn judge_hidden(
    library: &crate::model::library::Library,
    sources: &Sources,
    config: &config::Config,
) -> Problems {
    let (whole, mut problems) = graph::link(library, sources, |_| true);
    problems.extend(audit::audit(library, &whole, config));
    let is_hidden = |at: &At| match at {
        At::Text(span) => library.reports.iter().any(|r| r.file == span.file && !r.is_published()),
        At::Path(_) => false,
    };
    problems.retain(|p| is_hidden(&p.at));
    problems
}

/// The unit whose site this is must exist.
fn check_home(site: &Site) -> Problems {
    let mut problems = Problems::default();
    let Some(unit) = &site.config.unit else {
        return problems;
    };
    let gap = crate::model::library::Gap::Unit(unit.value.clone());
    if site.library.unit(&unit.value).is_none() && !site.library.gaps.contains(&gap) {
        let near = nearest::nearest(unit.value.as_str(), site.library.units.iter().map(|u| u.id.as_str()));
        let finding = Finding::NoSuchUnit { id: unit.value.to_string() };
        problems.push(Problem::new(finding, unit.span).with_nearest(near));
    }
    problems
}

/// What becomes of a file of the site.
pub enum Made<'a> {
    /// Its bytes.
    Bytes(&'a [u8]),
    /// A copy of a file of the project, with the digest it had when it was read.
    Copy(&'a crate::path::ContentPath, [u8; 32]),
}

impl Ready {
    /// Makes every file and hands it to `take`, on all cores; bytes live only as long as the call.
    ///
    /// # Errors
    /// The first error of `take`; problems of templates are returned beside it.
    pub fn make<E: Send>(
        &self,
        sources: &Sources,
        take: impl Fn(&OutputPath, Made<'_>) -> Result<(), E> + Sync,
    ) -> Result<Problems, E> {
        let all: Vec<(&OutputPath, &Artifact)> = self.plan.artifacts.iter().collect();
        let failed: Vec<Option<Box<Problem>>> = all
            .par_iter()
            .map(|(path, artifact)| self.one(sources, path, artifact, &take))
            .collect::<Result<_, E>>()?;
        let mut problems = Problems::default();
        failed.into_iter().flatten().for_each(|p| problems.push(*p));
        Ok(problems)
    }

    fn one<E>(
        &self,
        sources: &Sources,
        path: &OutputPath,
        artifact: &Artifact,
        take: &impl Fn(&OutputPath, Made<'_>) -> Result<(), E>,
    ) -> Result<Option<Box<Problem>>, E> {
        let copy = |from: &crate::path::ContentPath| match sources.assets.get(from) {
            Some(asset) => take(path, Made::Copy(from, asset.digest)),
            None => Ok(()),
        };
        match artifact {
            Artifact::Page(spec) => match self.render(path, *spec) {
                Ok(bytes) => take(path, Made::Bytes(&bytes)).map(|()| None),
                Err(problem) => Ok(Some(problem)),
            },
            Artifact::Copy(from) => copy(from).map(|()| None),
            Artifact::Static(name) => match &self.theme.statics[name] {
                Static::Bytes(bytes) => take(path, Made::Bytes(bytes)).map(|()| None),
                Static::Asset(from) => copy(from).map(|()| None),
            },
        }
    }

    /// One page as bytes.
    fn render(&self, path: &OutputPath, spec: Spec) -> Result<Vec<u8>, Box<Problem>> {
        let view = page::fill(&self.site, &self.plan, path, spec);
        self.engine.render(&self.theme, &view)
    }

    /// How many pages there are.
    pub fn pages(&self) -> usize {
        self.plan.artifacts.values().filter(|a| matches!(a, Artifact::Page(_))).count()
    }
}
