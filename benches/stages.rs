//! How long each stage of a build takes, one at a time, on the same made-up site (`corpus`): `cargo bench`.
//!
//! Each benchmark gets what the stage before has made and measures the stage alone. Filling and rendering go through all pages
//! on one core, so that a change of the code is not lost in the noise of the threads; publishing runs on a temporary folder,
//! without waiting for the disk. What a whole build costs beside other generators is measured by `compare.sh`.

mod corpus;

use std::path::Path;
use std::sync::atomic::AtomicBool;

use divan::Bencher;
use divan::counter::{BytesCount, ItemsCount};

use nhiemky::config::Config;
use nhiemky::fs::site::read_site;
use nhiemky::graph::{self, Site};
use nhiemky::model::report::Report;
use nhiemky::output::{Options, Publication};
use nhiemky::page::artifact::{Artifact, Spec};
use nhiemky::page::plan::{self, Plan};
use nhiemky::page::{self, View, frame};
use nhiemky::path::OutputPath;
use nhiemky::render::{self, Engine};
use nhiemky::source::Sources;
use nhiemky::theme::{self, Theme};
use nhiemky::{audit, config, content};

/// Reports of the site: some 1,900 pages, so that a stage takes milliseconds and a run of all of them seconds.
const REPORTS: usize = 160;

fn main() {
    divan::main();
}

/// The site on the disk.
fn folder() -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a temporary folder");
    for (path, bytes) in corpus::corpus(REPORTS, "Trang") {
        let path = folder.path().join(path);
        std::fs::create_dir_all(path.parent().expect("below the folder")).expect("a folder");
        std::fs::write(path, bytes).expect("written");
    }
    folder
}

fn sources() -> Sources {
    read_site(folder().path()).expect("the site can be read")
}

fn configuration(sources: &Sources) -> Config {
    config::parse(sources).0.expect("the configuration is sound")
}

/// The site as the stages before the planning leave it.
fn site(sources: &Sources) -> Site {
    let config = configuration(sources);
    let library = content::parse(sources, &config, None).0;
    let graph = graph::link(&library, sources, Report::is_published).0;
    Site { config, library, graph }
}

/// A site that is planned, with the theme that shows it.
struct Planned {
    site: Site,
    plan: Plan,
    theme: Theme,
    engine: Engine,
}

impl Planned {
    fn new() -> Self {
        let sources = sources();
        let site = site(&sources);
        let theme = theme::load(&sources, &site.config).0;
        let plan = plan::plan(&site, &theme).0;
        let engine =
            render::engine(&theme, &frame::common(&site, &plan.names)).0.expect("the theme is sound");
        Self { site, plan, theme, engine }
    }

    fn pages(&self) -> Vec<(&OutputPath, Spec)> {
        let page = |(path, artifact)| match artifact {
            &Artifact::Page(spec) => Some((path, spec)),
            Artifact::Copy(_) | Artifact::Static(_) | Artifact::Made(_) => None,
        };
        self.plan.artifacts.iter().filter_map(page).collect()
    }

    fn views(&self) -> Vec<(&OutputPath, View<'_>)> {
        let fill = |(path, spec)| (path, page::fill(&self.site, &self.plan, path, spec));
        self.pages().into_iter().map(fill).collect()
    }

    fn rendered(&self) -> Vec<(&OutputPath, Vec<u8>)> {
        let render = |(path, view): (_, View)| (path, self.render(&view));
        self.views().into_iter().map(render).collect()
    }

    fn render(&self, view: &View) -> Vec<u8> {
        self.engine.render(&self.theme, view).expect("the template is sound")
    }
}

#[divan::bench]
fn a_read(bencher: Bencher) {
    let folder = folder();
    bencher.counter(ItemsCount::new(REPORTS)).bench(|| read_site(folder.path()));
}

#[divan::bench]
fn b_parse(bencher: Bencher) {
    let sources = sources();
    let config = configuration(&sources);
    bencher.counter(ItemsCount::new(REPORTS)).bench(|| content::parse(&sources, &config, None));
}

#[divan::bench]
fn c_link(bencher: Bencher) {
    let sources = sources();
    let library = content::parse(&sources, &configuration(&sources), None).0;
    let link = || graph::link(&library, &sources, Report::is_published);
    bencher.counter(ItemsCount::new(REPORTS)).bench(link);
}

#[divan::bench]
fn d_audit(bencher: Bencher) {
    let Site { config, library, graph } = site(&sources());
    bencher.counter(ItemsCount::new(REPORTS)).bench(|| audit::audit(&library, &graph, &config));
}

#[divan::bench]
fn e_plan(bencher: Bencher) {
    let sources = sources();
    let site = site(&sources);
    let theme = theme::load(&sources, &site.config).0;
    bencher.counter(ItemsCount::new(REPORTS)).bench(|| plan::plan(&site, &theme));
}

#[divan::bench]
fn f_fill(bencher: Bencher) {
    let planned = Planned::new();
    bencher.counter(ItemsCount::new(planned.pages().len())).bench(|| planned.views());
}

#[divan::bench]
fn g_render(bencher: Bencher) {
    let planned = Planned::new();
    let views = planned.views();
    let render = || views.iter().map(|(_, view)| planned.render(view).len()).sum::<usize>();
    bencher.counter(BytesCount::new(render())).counter(ItemsCount::new(views.len())).bench(render);
}

#[divan::bench]
fn h_publish_first(bencher: Bencher) {
    let planned = Planned::new();
    let pages = planned.rendered();
    bencher
        .counter(ItemsCount::new(pages.len()))
        .with_inputs(|| tempfile::tempdir().expect("a temporary folder"))
        .bench_refs(|folder| publish(folder.path(), &pages));
}

#[divan::bench]
fn i_publish_again(bencher: Bencher) {
    let planned = Planned::new();
    let pages = planned.rendered();
    let folder = tempfile::tempdir().expect("a temporary folder");
    publish(folder.path(), &pages);
    bencher.counter(ItemsCount::new(pages.len())).bench_local(|| publish(folder.path(), &pages));
}

/// Publishes pages into a folder, on one core.
fn publish(folder: &Path, pages: &[(&OutputPath, Vec<u8>)]) {
    let stop = AtomicBool::new(false);
    let options = Options { is_synced: false, is_clean: false, stop: &stop };
    let publication =
        Publication::begin(&folder.join("public"), &folder.join("state"), options).expect("a place");
    for (path, bytes) in pages {
        publication.put(path, bytes).expect("planned");
    }
    publication.finish(|_| Ok(())).expect("published");
}
