//! Whether the files of a frozen term are as they were when it was sealed (content format 3.2 and 7).
//!
//! The archive's own list, in the term's front matter, names every file with its digest; a report is compared without its
//! `errata`, the term's own file without `frozen`. Reports that are not published were never sealed and are none of it.

use rayon::prelude::*;

use crate::content::frozen;
use crate::graph::Graph;
use crate::model::library::Library;
use crate::model::term::{Frozen, FrozenFile, Term};
use crate::path::ContentPath;
use crate::problem::{Finding, Problem, Problems};
use crate::source::{Sources, Span};

/// Judges every frozen term.
pub(super) fn check(library: &Library, graph: &Graph, sources: &Sources) -> Problems {
    let mut problems = Problems::default();
    for term in library.terms.iter() {
        if let Some(frozen) = &term.frozen {
            Judge { term, frozen, sources }.judge(library, graph, &mut problems);
        }
    }
    problems
}

struct Judge<'a> {
    term: &'a Term,
    frozen: &'a Frozen,
    sources: &'a Sources,
}

impl Judge<'_> {
    fn judge(&self, library: &Library, graph: &Graph, problems: &mut Problems) {
        let Some(index) =
            ContentPath::new(["content", self.term.unit.as_str(), self.term.id.as_str(), "_index.md"])
        else {
            return;
        };
        let list = self.frozen.files.iter().map(|f| (f.name.value.as_str(), f.digest.as_str()));
        if frozen::of_list(list) != self.frozen.digest.value {
            let (name, term, date) = self.words("_index.md");
            problems.add(Finding::FrozenChanged { name, term, date }, self.frozen.digest.span);
            return;
        }
        let found: Vec<Option<Problem>> =
            self.frozen.files.par_iter().map(|file| self.file(&index, file)).collect();
        found.into_iter().flatten().for_each(|problem| problems.push(problem));
        let is_listed = |path: &ContentPath| {
            self.frozen.files.iter().any(|file| index.join(&file.name.value).as_ref() == Some(path))
        };
        let of_term = |at: &&usize| {
            let report = &library.reports[**at];
            (&report.unit, &report.term) == (&self.term.unit, &self.term.id)
        };
        for report in graph.stated.keys().filter(of_term).map(|at| &library.reports[*at]) {
            let path = &self.sources.get(report.file).path;
            if !is_listed(path) {
                let (name, term, date) = self.words(path.name());
                problems.add(Finding::FrozenAdded { name, term, date }, Span::start_of(report.file));
            }
        }
        let folder = index.as_str().trim_end_matches("_index.md");
        for path in graph.used.iter().filter(|p| p.as_str().starts_with(folder) && !is_listed(p)) {
            let (name, term, date) = self.words(path.name());
            problems.push(Problem::at_path(Finding::FrozenAdded { name, term, date }, path.to_string()));
        }
    }

    /// The name of a file, the term, the date of the seal.
    fn words(&self, name: &str) -> (String, String, String) {
        (name.to_owned(), format!("{}/{}", self.term.unit, self.term.id), self.frozen.date.iso())
    }

    fn file(&self, index: &ContentPath, file: &FrozenFile) -> Option<Problem> {
        let path = index.join(&file.name.value)?;
        let (name, term, date) = self.words(&file.name.value);
        if let Some(id) = self.sources.find(&path) {
            let text = &self.sources.get(id).text;
            let now = if path == *index { frozen::of_term(text) } else { frozen::of_report(text) };
            // What cannot be read is reported as such.
            let is_changed = now.is_some_and(|now| now != file.digest);
            return is_changed
                .then(|| Problem::new(Finding::FrozenChanged { name, term, date }, Span::start_of(id)));
        }
        if let Some(asset) = self.sources.assets.get(&path) {
            let is_changed = frozen::shown(&asset.digest) != file.digest;
            return is_changed
                .then(|| Problem::at_path(Finding::FrozenChanged { name, term, date }, path.to_string()));
        }
        let is_gone = !self.sources.refused.contains_key(path.as_str());
        is_gone.then(|| Problem::new(Finding::FrozenGone { name, term, date }, file.name.span))
    }
}
