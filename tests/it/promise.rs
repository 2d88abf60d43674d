//! The promise: what `check` passes, `build` and `serve` accept, and `archive` but for its question whether a term is over.
//!
//! Sites are put together at random from whatever names and addresses have ever stood in each other's way: both normal forms,
//! attachments in folders that are called like pages, old addresses that are folders, ids of all lengths, cases, dots, drafts.
//! Two of them follow each other in one project, so that the second finds what the first has left. Linux alone takes all names.
#![cfg(target_os = "linux")]

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::Output;
use std::sync::atomic::AtomicBool;

use proptest::prelude::*;
use proptest::test_runner::FileFailurePersistence;

use nhiemky::archive::{self, Order, verify};
use nhiemky::fs::fresh::FreshReader;
use nhiemky::fs::site::read_site;
use nhiemky::pipeline;
use nhiemky::problem::{Problems, locate};
use nhiemky::record::Records;
use nhiemky::serve::builder::Builder;
use nhiemky::source::Sources;
use nhiemky::vietnamese::Language;

use super::project::{Project, Shelf, run, tree};

mod site;

use site::site;

/// Pairs of sites, few enough for every run of the tests; `NHIEMKY_PROMISES=3000 cargo test` compiles more in.
const PAIRS: Option<&str> = option_env!("NHIEMKY_PROMISES");
const FEW_PAIRS: u32 = 20;

/// A project whose sites follow each other.
struct Land {
    folder: tempfile::TempDir,
    reader: FreshReader,
    builder: Builder,
    with_drafts: bool,
}

impl Land {
    fn new(with_drafts: bool) -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let (reader, builder) =
            (FreshReader::new(folder.path()), Builder::new(folder.path(), with_drafts, None));
        Self { folder, reader, builder, with_drafts }
    }

    /// Runs a command on the project.
    fn run(&self, command: &str) -> Output {
        let options: &[&str] = if self.with_drafts { &["--drafts"] } else { &[] };
        run(self.folder.path(), &[&[command], options].concat())
    }

    /// Puts a site in the place of the one before and holds everybody to what `check` says of it.
    fn hold(&mut self, project: &Project) {
        let folder = self.folder.path().to_owned();
        for name in ["content", "themes"] {
            let _ = fs::remove_dir_all(folder.join(name));
        }
        project.write_to(&folder);
        let sources = read_site(&folder).expect("the project can be read");
        let (terms, problems) = check(&sources, self.with_drafts);
        let said = words(&problems, &sources);
        let is_passed = !problems.any_error(false);
        assert_eq!(self.run("check").status.success(), is_passed, "{said}");
        let public = self.build(is_passed, &said);

        let reading = self.reader.read(&Default::default()).expect("the project can be read");
        let round = self.builder.round(&reading.sources, &[]).expect("the preview does not fail");
        assert_eq!(round.made.is_some(), is_passed, "what `check` says of {said} holds for the preview");
        if !is_passed {
            return;
        }
        let shown: BTreeMap<String, Vec<u8>> =
            round.snapshot.files.iter().map(|(path, file)| (path.to_string(), file.bytes.to_vec())).collect();
        let published = public.iter().filter(|(path, _)| !path.starts_with('.'));
        assert!(published.eq(&shown), "the preview shows what is published");
        terms.iter().for_each(|term| seal(&folder, term));
        let sources = read_site(&folder).expect("the project can be read");
        let (_, problems) = check(&sources, self.with_drafts);
        assert!(!problems.any_error(false), "sealed, it is still sound: {}", words(&problems, &sources));
    }

    /// Builds, twice; gives what is published then.
    fn build(&self, is_passed: bool, said: &str) -> BTreeMap<String, Vec<u8>> {
        let code = if is_passed { 0 } else { 1 };
        let mut public = BTreeMap::new();
        for again in [false, true].into_iter().take(if is_passed { 2 } else { 1 }) {
            let output = self.run("build");
            let told = String::from_utf8_lossy(&[&*output.stdout, &*output.stderr].concat()).into_owned();
            assert_eq!(
                output.status.code(),
                Some(code),
                "`check` says “{said}”, `build` (again: {again}): {told}"
            );
            public = tree(&self.folder.path().join("public"));
        }
        public
    }
}

/// What `check` finds, and the terms that have something to archive.
fn check(sources: &Sources, with_drafts: bool) -> (Vec<String>, Problems) {
    let (ready, mut problems) = pipeline::prepare(sources, with_drafts, None);
    let Some(ready) = ready.filter(|_| !problems.any_error(false)) else { return (Vec::new(), problems) };
    let Ok(made) = ready.make(sources, &Records::default(), &Shelf::default());
    problems.extend(made.problems);
    let is_public = |at: &usize| ready.site.library.reports[*at].is_published();
    let terms = ready.site.graph.terms.iter().filter(|term| term.reports.iter().any(is_public));
    (terms.map(|term| format!("{}/{}", term.unit, term.id)).collect(), problems)
}

fn words(problems: &Problems, sources: &Sources) -> String {
    let one = |l: &locate::Located<'_>| format!("{} {}", l.path, l.problem.finding.message(Language::En));
    locate::locate(problems, sources).iter().map(one).collect::<Vec<_>>().join("\n")
}

/// Archives a term and has the archive verified.
fn seal(folder: &Path, term: &str) {
    let output = folder.join("luu-tru").join(term.replace('/', "-"));
    let _ = fs::remove_dir_all(folder.join("luu-tru"));
    let stop = AtomicBool::new(false);
    let order = Order {
        root: folder,
        term,
        output: Some(&output),
        date: None,
        contact: None,
        is_again: false,
        with_zip: true,
        with_wacz: true,
        stop: &stop,
    };
    let done =
        archive::archive(&order).unwrap_or_else(|trouble| panic!("{term} can be archived: {trouble:?}"));
    for path in [output].iter().chain(&done.beside) {
        let is_wacz = path.extension().is_some_and(|e| e == "wacz");
        let verdict = verify::archive(path, Some(&*done.seal).filter(|_| !is_wacz)).expect("it can be read");
        let findings: Vec<String> = verdict.findings.iter().map(|f| f.message(Language::En)).collect();
        assert!(verdict.is_valid() && findings.is_empty(), "{}: {findings:#?}", path.display());
    }
}

proptest! {
    #![proptest_config(ProptestConfig {
        cases: PAIRS.and_then(|pairs| pairs.parse().ok()).unwrap_or(FEW_PAIRS),
        failure_persistence: Some(Box::new(FileFailurePersistence::Off)),
        max_shrink_iters: 300,
        ..ProptestConfig::default()
    })]

    #[test]
    fn what_check_passes_is_built_shown_and_archived(
        first in site(),
        second in site(),
        with_drafts in any::<bool>(),
    ) {
        let mut land = Land::new(with_drafts);
        land.hold(&first.project());
        land.hold(&second.project());
    }
}
