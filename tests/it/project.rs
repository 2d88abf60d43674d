//! A site that a test can make, change, check, render and hand to the program.
//!
//! It is a map from paths to bytes. Most tests stay in memory, where nothing but the texts decides what comes out; [`Project::write_to`]
//! puts one on the disk for those that run the program itself.

use std::collections::BTreeMap;
use std::convert::Infallible;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::sync::Mutex;

use nhiemky::against;
use nhiemky::digest::Digest;
use nhiemky::path::{ContentPath, OutputPath, RealPath};
use nhiemky::pipeline::{self, Kept, Sink};
use nhiemky::problem::{Problems, Severity, locate};
use nhiemky::record::Records;
use nhiemky::source::{Asset, Refused, Sources};
use nhiemky::vietnamese::Language;

/// The root of the repository.
pub fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// The files of a site.
#[derive(Debug, Clone, Default)]
pub struct Project {
    files: BTreeMap<String, Vec<u8>>,
    refused: BTreeMap<String, Refused>,
    /// An older sitemap to hold against the site; it and its parts lie among the files.
    pub against: Option<String>,
}

/// A problem as people see it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Found {
    pub path: String,
    pub line: usize,
    pub column: usize,
    pub code: &'static str,
    /// Characters underlined, at least one; `None` where more than one line or no text is meant.
    pub length: Option<usize>,
    /// Whether there is a text to point into.
    pub has_text: bool,
    pub is_error: bool,
    /// The words in Vietnamese, and the nearest right ones.
    pub message: String,
}

impl Project {
    /// A site in one string: files parted by lines `=== path`.
    pub fn new(text: &str) -> Self {
        let mut project = Self::default();
        for part in format!("\n{text}").split("\n=== ").skip(1) {
            let (path, text) = part.split_once('\n').unwrap_or((part, ""));
            project.put(path.trim(), format!("{text}\n"));
        }
        project
    }

    /// The site that lies in a folder: `site.toml`, `content/**`, `themes/**`.
    pub fn from_folder(folder: &Path) -> Self {
        let mut project = Self::default();
        for name in ["site.toml", "content", "themes"] {
            project.take(folder, &folder.join(name));
        }
        project
    }

    /// Every file below a folder.
    pub fn from_tree(folder: &Path) -> Self {
        Self { files: tree(folder), ..Self::default() }
    }

    /// The repository's own site.
    pub fn own() -> Self {
        Self::from_folder(&root())
    }

    fn take(&mut self, root: &Path, path: &Path) {
        if path.is_dir() {
            let entries = fs::read_dir(path).expect("the folder of the site can be listed");
            entries.for_each(|e| self.take(root, &e.expect("the folder of the site can be listed").path()));
        } else if path.is_file() {
            let name = path.strip_prefix(root).expect("below its root").to_str().expect("its name is UTF-8");
            self.put(&name.replace('\\', "/"), fs::read(path).expect("a file of the site can be read"));
        }
    }

    /// Adds a file, or replaces it.
    pub fn put(&mut self, path: &str, bytes: impl Into<Vec<u8>>) -> &mut Self {
        self.files.insert(path.to_owned(), bytes.into());
        self
    }

    /// Replaces the one place of a file where `was` stands.
    pub fn edit(&mut self, path: &str, was: &str, now: &str) -> &mut Self {
        let text = self.text(path);
        assert_eq!(text.matches(was).count(), 1, "“{was}” stands once in {path}");
        let text = text.replace(was, now);
        self.put(path, text)
    }

    /// Takes a file away.
    pub fn remove(&mut self, path: &str) -> &mut Self {
        assert!(self.files.remove(path).is_some(), "there is {path}");
        self
    }

    /// Says of a path that the reader would not take it.
    pub fn refuse(&mut self, path: &str, why: Refused) -> &mut Self {
        self.refused.insert(path.to_owned(), why);
        self
    }

    /// All paths, in order.
    pub fn paths(&self) -> impl Iterator<Item = &str> {
        self.files.keys().map(String::as_str)
    }

    /// The text of a file.
    pub fn text(&self, path: &str) -> String {
        String::from_utf8(self.bytes(path)).expect("it is a text")
    }

    /// The bytes of a file.
    pub fn bytes(&self, path: &str) -> Vec<u8> {
        self.files.get(path).unwrap_or_else(|| panic!("there is {path}")).clone()
    }

    /// What the reader would make of the files.
    pub fn sources(&self) -> Sources {
        self.sources_in_order(self.files.keys())
    }

    /// The same, handed over in some other order.
    pub fn sources_in_order<'a>(&self, order: impl Iterator<Item = &'a String>) -> Sources {
        let (mut texts, mut assets) = (Vec::new(), BTreeMap::new());
        // What lies at the root beside `site.toml` is not read.
        for name in order.filter(|name| name.contains('/') || *name == "site.toml") {
            let (bytes, path) = (&self.files[name], content_path(name));
            if is_text(name) {
                texts.push((path, String::from_utf8(bytes.clone()).expect("it is a text")));
            } else {
                let head = bytes[..bytes.len().min(64)].to_vec();
                let real = RealPath::from(&path);
                assets.insert(path, Asset { real, bytes: bytes.len() as u64, digest: [0; 32], head });
            }
        }
        let mut sources = Sources::new(texts);
        (sources.assets, sources.refused) = (assets, self.refused.clone());
        sources
    }

    /// All problems, in the order in which they are shown.
    pub fn problems(&self) -> Vec<Found> {
        let sources = self.sources();
        locate::locate(&self.raw_problems(&sources), &sources).iter().map(found).collect()
    }

    /// All problems as the program holds them.
    pub fn raw_problems(&self, sources: &Sources) -> Problems {
        let (ready, mut problems) = pipeline::prepare(sources, false, None);
        if let (Some(sitemap), Some(ready)) = (&self.against, ready) {
            let beside = |name: &str| self.files.get(name).cloned();
            let base_url = &ready.site.config.base_url;
            let found = against::check(sitemap, &self.files[sitemap], &beside, &ready.plan, base_url);
            problems.extend(found);
        }
        problems
    }

    /// Every file of the finished site by its address.
    pub fn render(&self, with_drafts: bool) -> BTreeMap<String, Vec<u8>> {
        self.render_sources(&self.sources(), with_drafts)
    }

    /// The same for sources made by [`Self::sources_in_order`].
    pub fn render_sources(&self, sources: &Sources, with_drafts: bool) -> BTreeMap<String, Vec<u8>> {
        let (ready, problems) = pipeline::prepare(sources, with_drafts, None);
        let words =
            || locate::locate(&problems, sources).iter().map(|p| found(p).to_string()).collect::<Vec<_>>();
        assert!(!problems.any_error(false), "a site to render has no errors: {:#?}", words());
        let shelf = Shelf { project: Some(self), files: Mutex::default() };
        let ready = ready.expect("there are no errors");
        let Ok(made) = ready.make(sources, &Records::default(), &shelf);
        let failed: Vec<String> = made
            .problems
            .iter()
            .map(|p| format!("{:?}: {}", p.at, p.finding.message(Language::En)))
            .collect();
        assert!(failed.is_empty(), "templates failed: {failed:#?}");
        shelf.files.into_inner().expect("no test thread panicked here")
    }

    /// Makes the sources below a folder those of the site.
    pub fn mirror_to(&self, folder: &Path) {
        for name in ["content", "themes"].map(|name| folder.join(name)) {
            if name.exists() {
                fs::remove_dir_all(name).expect("a folder of the site can be removed");
            }
        }
        self.write_to(folder);
    }

    /// Puts all files below a folder.
    pub fn write_to(&self, folder: &Path) {
        for (path, bytes) in &self.files {
            let path = folder.join(path);
            fs::create_dir_all(path.parent().expect("below the folder")).expect("a folder can be made");
            fs::write(path, bytes).expect("a file can be written");
        }
    }
}

/// A sink that keeps all files in memory.
#[derive(Default)]
pub struct Shelf<'a> {
    project: Option<&'a Project>,
    /// The files by address.
    pub files: Mutex<BTreeMap<String, Vec<u8>>>,
}

impl Sink for Shelf<'_> {
    type Error = Infallible;

    fn keep(&self, _: &OutputPath, _: &Digest) -> Result<Kept, Infallible> {
        Ok(Kept::Missing)
    }

    fn put(&self, path: &OutputPath, bytes: &[u8]) -> Result<Digest, Infallible> {
        self.files.lock().expect("no test thread panicked here").insert(path.to_string(), bytes.to_vec());
        Ok(nhiemky::digest::digest(bytes))
    }

    fn copy(&self, path: &OutputPath, from: &ContentPath, _: &Asset) -> Result<(), Infallible> {
        let bytes = self.project.map(|p| p.files[from.as_str()].clone()).unwrap_or_default();
        self.put(path, &bytes).map(|_| ())
    }
}

/// Runs the program in a folder.
pub fn run(folder: &Path, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_nhiemky"))
        .args(arguments)
        .current_dir(folder)
        .output()
        .expect("the program can be started")
}

/// All files below a folder by their paths in it; none where it is missing.
pub fn tree(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut project = Project::default();
    project.take(folder, folder);
    project.files
}

fn content_path(path: &str) -> ContentPath {
    ContentPath::new(path.split('/')).unwrap_or_else(|| panic!("{path} is a path"))
}

/// As the reader tells texts: Markdown of the content, texts of themes, `site.toml`.
fn is_text(path: &str) -> bool {
    match path.split('/').next() {
        Some("content") => path.ends_with(".md"),
        Some("themes") => {
            ["html", "css", "toml", "js", "svg", "txt", "xml"].iter().any(|e| path.ends_with(e))
        }
        _ => true,
    }
}

fn found(located: &locate::Located<'_>) -> Found {
    let finding = &located.problem.finding;
    let slice = located.excerpt.as_ref().map(|(text, range)| &text[range.clone()]);
    Found {
        path: located.path.clone(),
        line: located.line,
        column: located.column,
        code: finding.code(),
        length: slice.filter(|s| !s.contains('\n')).map(|s| s.chars().count().max(1)),
        has_text: slice.is_some(),
        is_error: located.problem.severity() == Severity::Error,
        message: format!("{} {:?}", finding.message(Language::Vi), located.problem.nearest),
    }
}

impl std::fmt::Display for Found {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}:{}:{} {} {}", self.path, self.line, self.column, self.code, self.message)
    }
}
