//! The stages in order: from sources to a site that is ready to be written, with all problems found on the way.
//!
//! No branch per command: `check` runs the same and writes nothing. Everything here is a function of its arguments.

mod excerpt;

use rayon::prelude::*;

use crate::content::memory::Memory;
use crate::digest::Digest;
use crate::graph::{self, Site};
use crate::model::report::Report;
use crate::page::artifact::{Artifact, Maker, Spec};
use crate::page::plan::Plan;
use crate::page::{self, Material, frame, plan};
use crate::path::{ContentPath, OutputPath};
use crate::problem::{At, Finding, Problem, Problems};
use crate::record::{Fingerprint, Reason, Records, Shared, TEMPLATE};
use crate::render::fingerprint;
use crate::render::{self, Engine};
use crate::source::{Asset, Sources};
use crate::theme::{self, Static, Theme};
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
    prepare_with(sources, with_drafts, base_url, None)
}

/// As [`prepare`]; what the memory knows of files that are the same is taken from there, and it learns what they are now.
pub fn prepare_with(
    sources: &Sources,
    with_drafts: bool,
    base_url: Option<&str>,
    memory: Option<&mut Memory>,
) -> (Option<Ready>, Problems) {
    let (config, mut problems) = config::parse(sources);
    let Some(mut config) = config else {
        return (None, problems);
    };
    if let Some(url) = base_url {
        url.clone_into(&mut config.base_url);
    }
    let (library, found) = content::parse(sources, &config, memory);
    problems.extend(found);
    let (published, found) = graph::link(&library, sources, Report::is_published);
    problems.extend(found);
    problems.extend(audit::audit(&library, &published, &config));
    problems.extend(audit::sealed(&library, &published, sources));
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
    let (plan, found) = plan::plan(&site, &theme);
    problems.extend(found);
    let (engine, found) = render::engine(&theme, &frame::common(&site, &plan.names));
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

/// Where the files of a site go. What `keep` refuses is made and put.
pub trait Sink: Sync {
    /// What can go wrong there.
    type Error: Send;

    /// Keeps the file that is there, if its bytes have this digest.
    ///
    /// # Errors
    /// The sink's own.
    fn keep(&self, path: &OutputPath, digest: &Digest) -> Result<Kept, Self::Error>;

    /// Takes a file's bytes; they live only as long as the call.
    ///
    /// # Errors
    /// The sink's own.
    fn put(&self, path: &OutputPath, bytes: &[u8]) -> Result<Digest, Self::Error>;

    /// Takes a copy of a file of the project as it was when it was read.
    ///
    /// # Errors
    /// The sink's own.
    fn copy(&self, path: &OutputPath, from: &ContentPath, asset: &Asset) -> Result<(), Self::Error>;
}

/// What came of keeping a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kept {
    /// It is right and stays.
    Intact,
    /// It is not there.
    Missing,
    /// It is not what was written.
    Altered,
}

impl Kept {
    /// Why the file must be made after all, if it must.
    fn reason(self) -> Option<Reason> {
        match self {
            Self::Intact => None,
            Self::Missing => Some(Reason::Missing),
            Self::Altered => Some(Reason::Altered),
        }
    }
}

/// A page, or another file made of the site, that was made or kept.
#[derive(Debug)]
pub struct MadeFile {
    /// Its address.
    pub path: OutputPath,
    /// Why it was made; `None` where it was kept.
    pub reason: Option<Reason>,
    /// What it is made of.
    fingerprint: Fingerprint,
    /// The digest of its bytes.
    output: Digest,
}

impl MadeFile {
    /// Whether it is a page.
    pub fn is_page(&self) -> bool {
        self.fingerprint.first().is_some_and(|(name, _)| *name == TEMPLATE)
    }
}

/// What came of making a site.
#[derive(Debug, Default)]
pub struct Made {
    /// Every page and what else is made of the site, by address.
    pub files: Vec<MadeFile>,
    /// What was wrong with templates.
    pub problems: Problems,
    shared: Shared,
}

/// What pages are held against.
struct Before<'a> {
    records: &'a Records,
    shared: &'a Shared,
}

/// Files of the site that a core takes at once. Parts of lists lie together and take eight times as long as other pages: halves
/// of halves let one core wait for the other, 140 of 1,200 ms at 1,000 reports.
const AT_ONCE: usize = 64;

/// What one file came to.
enum One {
    Made(Box<MadeFile>),
    File,
    Failed(Box<Problem>),
}

impl Ready {
    /// What all pages share: another program, theme or navigation makes every page stale.
    fn shared(&self) -> Shared {
        let theme = (
            self.theme.templates.iter().map(|(name, t)| (name, &t.text)).collect::<Vec<_>>(),
            &self.theme.labels,
        );
        Shared {
            engine: u128::from_str_radix(env!("NHIEMKY_ENGINE"), 16).unwrap_or_default(),
            theme: fingerprint::of_value(&theme),
            site: fingerprint::of_value(&frame::common(&self.site, &self.plan.names)),
        }
    }

    /// Makes every file that the records of the last build do not show to be right, on all cores.
    ///
    /// # Errors
    /// The first error of the sink.
    pub fn make<S: Sink>(&self, sources: &Sources, records: &Records, sink: &S) -> Result<Made, S::Error> {
        let shared = self.shared();
        let before = Before { records, shared: &shared };
        let all: Vec<(&OutputPath, &Artifact)> = self.plan.artifacts.iter().collect();
        let one =
            |(path, artifact): &(&OutputPath, &Artifact)| self.one(sources, &before, path, artifact, sink);
        let ones = all.par_iter().with_max_len(AT_ONCE).map(one).collect::<Result<Vec<One>, S::Error>>()?;
        let mut made = Made { shared, ..Made::default() };
        for one in ones {
            match one {
                One::Made(file) => made.files.push(*file),
                One::Failed(problem) => made.problems.push(*problem),
                One::File => {}
            }
        }
        Ok(made)
    }

    fn one<S: Sink>(
        &self,
        sources: &Sources,
        before: &Before<'_>,
        path: &OutputPath,
        artifact: &Artifact,
        sink: &S,
    ) -> Result<One, S::Error> {
        let copy = |from: &ContentPath| match sources.assets.get(from) {
            Some(asset) => sink.copy(path, from, asset).map(|()| One::File),
            None => Ok(One::File),
        };
        match artifact {
            Artifact::Page(spec) => self.page(before, path, *spec, sink),
            Artifact::Made(maker) => self.no_page(before, path, *maker, sink),
            Artifact::Copy(from) => copy(from),
            Artifact::Static(name) => match &self.theme.statics[name] {
                Static::Bytes(bytes) => sink.put(path, bytes).map(|_| One::File),
                Static::Asset(from) => copy(from),
            },
        }
    }

    /// One page: kept where its fingerprint is that of the last build and its file too; else rendered.
    fn page<S: Sink>(
        &self,
        before: &Before<'_>,
        path: &OutputPath,
        spec: Spec,
        sink: &S,
    ) -> Result<One, S::Error> {
        let view = page::fill(&self.site, &self.plan, path, spec);
        let fingerprint = fingerprint::of(&view);
        let judged = before.records.judge(before.shared, path, &fingerprint);
        let (reason, output) = match kept(judged, path, sink)? {
            Ok(output) => (None, output),
            Err(reason) => match self.engine.render(&self.theme, &view) {
                Ok(bytes) => (Some(reason), sink.put(path, &bytes)?),
                Err(problem) => return Ok(One::Failed(problem)),
            },
        };
        Ok(One::Made(Box::new(MadeFile { path: path.clone(), reason, fingerprint, output })))
    }

    /// One file that is no page, likewise; it has nothing of the theme.
    fn no_page<S: Sink>(
        &self,
        before: &Before<'_>,
        path: &OutputPath,
        maker: Maker,
        sink: &S,
    ) -> Result<One, S::Error> {
        let Material { fingerprint, bytes } = page::material(&self.plan, maker);
        let judged = before.records.judge_made(before.shared, path, &fingerprint);
        let (reason, output) = match kept(judged, path, sink)? {
            Ok(output) => (None, output),
            Err(reason) => (Some(reason), sink.put(path, &bytes())?),
        };
        Ok(One::Made(Box::new(MadeFile { path: path.clone(), reason, fingerprint, output })))
    }

    /// The addresses of the pages that files of the content became.
    pub fn addresses_of(&self, files: &[ContentPath]) -> Vec<String> {
        let nodes = files.iter().filter_map(|path| self.site.graph.files.get(path));
        nodes.map(|node| self.plan.names.addresses.get(*node).to_string()).collect()
    }

    /// How many pages there are.
    pub fn pages(&self) -> usize {
        self.plan.pages()
    }
}

/// What the records judged, held against the file itself.
fn kept<S: Sink>(
    judged: Result<Digest, Reason>,
    path: &OutputPath,
    sink: &S,
) -> Result<Result<Digest, Reason>, S::Error> {
    match judged {
        Ok(output) => Ok(sink.keep(path, &output)?.reason().map_or(Ok(output), Err)),
        Err(reason) => Ok(Err(reason)),
    }
}

impl Made {
    /// The records of this build, for the next.
    pub fn records(&self) -> Records {
        Records::new(self.shared, self.files.iter().map(|file| (&file.path, &file.fingerprint, file.output)))
    }
}
