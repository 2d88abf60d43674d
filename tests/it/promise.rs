//! The promise: what `check` passes, `build` and `serve` accept, and `archive` but for its question whether a term is over.
//!
//! Sites are put together at random from whatever names and addresses have ever stood in each other's way: both normal forms,
//! attachments in folders that are called like pages, old addresses that are folders, ids of all lengths, cases, dots, drafts.
//! Two of them follow each other in one project, so that the second finds what the first has left. Linux alone takes all names.
#![cfg(target_os = "linux")]

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
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
}

impl Land {
    fn new() -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let (reader, builder) = (FreshReader::new(folder.path()), Builder::new(folder.path(), false, None));
        Self { folder, reader, builder }
    }

    /// Puts a site in the place of the one before and holds everybody to what `check` says of it.
    fn hold(&mut self, project: &Project) {
        let folder = self.folder.path().to_owned();
        for name in ["content", "themes"] {
            let _ = fs::remove_dir_all(folder.join(name));
        }
        project.write_to(&folder);
        let sources = read_site(&folder).expect("the project can be read");
        let (terms, problems) = check(&sources);
        let said = words(&problems, &sources);
        let is_passed = !problems.any_error(false);
        assert_eq!(run(&folder, &["check"]).status.success(), is_passed, "{said}");
        let public = build(&folder, is_passed, &said);

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
        let (_, problems) = check(&sources);
        assert!(!problems.any_error(false), "sealed, it is still sound: {}", words(&problems, &sources));
    }
}

/// What `check` finds, and the terms that have something to archive.
fn check(sources: &Sources) -> (Vec<String>, Problems) {
    let (ready, mut problems) = pipeline::prepare(sources, false, None);
    let Some(ready) = ready.filter(|_| !problems.any_error(false)) else { return (Vec::new(), problems) };
    let Ok(made) = ready.make(sources, &Records::default(), &Shelf::default());
    problems.extend(made.problems);
    let terms = ready.site.graph.terms.iter().filter(|term| !term.reports.is_empty());
    (terms.map(|term| format!("{}/{}", term.unit, term.id)).collect(), problems)
}

fn words(problems: &Problems, sources: &Sources) -> String {
    let one = |l: &locate::Located<'_>| format!("{} {}", l.path, l.problem.finding.message(Language::En));
    locate::locate(problems, sources).iter().map(one).collect::<Vec<_>>().join("\n")
}

/// Builds, twice; gives what is published then.
fn build(folder: &Path, is_passed: bool, said: &str) -> BTreeMap<String, Vec<u8>> {
    let code = if is_passed { 0 } else { 1 };
    let mut public = BTreeMap::new();
    for again in [false, true].into_iter().take(if is_passed { 2 } else { 1 }) {
        let output = run(folder, &["build"]);
        let told = String::from_utf8_lossy(&[&*output.stdout, &*output.stderr].concat()).into_owned();
        assert_eq!(
            output.status.code(),
            Some(code),
            "`check` says “{said}”, `build` (again: {again}): {told}"
        );
        public = tree(&folder.join("public"));
    }
    public
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
        with_zip: false,
        with_wacz: false,
        stop: &stop,
    };
    let done =
        archive::archive(&order).unwrap_or_else(|trouble| panic!("{term} can be archived: {trouble:?}"));
    let verdict = verify::archive(&output, Some(&done.seal)).expect("the bag can be read");
    let findings: Vec<String> = verdict.findings.iter().map(|f| f.message(Language::En)).collect();
    assert!(verdict.is_valid() && findings.is_empty(), "{term}: {findings:#?}");
}

proptest! {
    #![proptest_config(ProptestConfig {
        cases: PAIRS.and_then(|pairs| pairs.parse().ok()).unwrap_or(FEW_PAIRS),
        failure_persistence: Some(Box::new(FileFailurePersistence::Off)),
        max_shrink_iters: 300,
        ..ProptestConfig::default()
    })]

    #[test]
    fn what_check_passes_is_built_shown_and_archived(first in site(), second in site()) {
        let mut land = Land::new();
        land.hold(&first.project());
        land.hold(&second.project());
    }
}
