//! The short way from one state of a site to the next while an author types: only bodies have changed.
//!
//! Front matter makes everything but prose: items, links, lists, judgement. Where all of it is the same, bodies are put in
//! place, prose is linked anew, and the rest of the site stays as it stands. Whatever looks like more takes the whole way.

use super::Ready;
use crate::content;
use crate::graph::{self, Node};
use crate::model::report::{Body, Report};
use crate::problem::{Problem, Problems};
use crate::source::{FileId, Sources};

/// A site with the problems that were found in it.
pub type State = (Ready, Problems);

impl Ready {
    /// The site of `now`, if that differs from `before`, whose site this is, in nothing but bodies.
    ///
    /// # Errors
    /// Gives everything back as it was where more has changed.
    pub fn with_bodies(
        self,
        problems: Problems,
        before: &Sources,
        now: &Sources,
    ) -> Result<State, Box<State>> {
        match changed_bodies(before, now) {
            Some(changed) if !changed.iter().any(|file| self.is_judged_whole(*file)) => {
                self.put(problems, before, now, &changed)
            }
            _ => Err(Box::new((self, problems))),
        }
    }

    /// Whether the whole text of a file is judged: it is sealed, or its corrections must fit.
    fn is_judged_whole(&self, file: FileId) -> bool {
        let (library, graph) = (&self.site.library, &self.site.graph);
        let is_frozen = |unit, term| library.term(unit, term).is_some_and(|term| term.frozen.is_some());
        match graph.by_file.get(&file) {
            Some(Node::Report(at)) => {
                let report = library.reports.key_of(*at);
                !report.errata.is_empty() || is_frozen(&report.unit, &report.term)
            }
            Some(Node::Term(at)) => {
                let term = graph.terms.key_of(*at);
                is_frozen(&term.unit, &term.id)
            }
            _ => false,
        }
    }

    fn put(
        mut self,
        mut problems: Problems,
        before: &Sources,
        now: &Sources,
        changed: &[FileId],
    ) -> Result<State, Box<State>> {
        let read = |sources| changed.iter().map(|file| content::read_body(sources, *file)).collect();
        let (old, new): (Vec<_>, Vec<(Body, Problems)>) = (read(before), read(now));
        let has_error = |all: &[(Body, Problems)]| all.iter().any(|(_, found)| found.any_error(false));
        let places: Option<Vec<Node>> =
            changed.iter().map(|file| self.site.graph.by_file.get(file).copied()).collect();
        let Some(places) = places.filter(|_| !has_error(&old) && !has_error(&new)) else {
            return Err(Box::new((self, problems)));
        };
        let used = self.site.graph.used.clone();
        let prose_before = graph::relink_prose(&self.site.library, &mut self.site.graph);
        for (node, (body, _)) in places.iter().zip(&new) {
            self.replace(*node, body.clone());
        }
        let prose_now = graph::relink_prose(&self.site.library, &mut self.site.graph);
        // Hidden reports are judged in a graph of their own. What a published body can do to them is to lose a heading that
        // one of them links to; and whose problems are whose is clear only while there are the same.
        let is_judged_apart = self.site.library.reports.keys(Report::is_published).any(|is| !is);
        let is_alike = || {
            old.iter().zip(&new).all(|(a, b)| heading_ids(&a.0) == heading_ids(&b.0) && is_same(&a.1, &b.1))
                && is_same(&prose_before, &prose_now)
        };
        if self.site.graph.used != used || (is_judged_apart && !is_alike()) {
            for (node, (body, _)) in places.iter().zip(old) {
                self.replace(*node, body);
            }
            graph::relink_prose(&self.site.library, &mut self.site.graph);
            return Err(Box::new((self, problems)));
        }
        if is_judged_apart {
            return Ok((self, problems));
        }
        let gone = old.into_iter().map(|(_, found)| found).chain([prose_before]);
        gone.for_each(|found| subtract(&mut problems, &found));
        problems.extend(new.into_iter().map(|(_, found)| found).chain([prose_now]).collect());
        Ok((self, problems))
    }

    fn replace(&mut self, node: Node, body: Body) {
        let library = &mut self.site.library;
        match node {
            Node::Home => library.home.iter_mut().for_each(|home| home.body = body.clone()),
            Node::Unit(at) => library.units[at].body = Some(body),
            Node::Term(at) => {
                if let Some(term) = self.site.graph.terms.key_of(at).library {
                    library.terms[term].body = Some(body);
                }
            }
            Node::Report(at) => library.reports[at].body = body,
            Node::Item(_) | Node::Document(_) => {}
        }
    }
}

/// The files of which only the body has changed; `None` where anything else has.
fn changed_bodies(before: &Sources, now: &Sources) -> Option<Vec<FileId>> {
    let is_same = before.len() == now.len() && before.assets == now.assets && before.refused == now.refused;
    let mut changed = Vec::new();
    for ((file, old), (_, new)) in before.iter().zip(now.iter()).filter(|_| is_same) {
        if old.path != new.path {
            return None;
        }
        if !before.is_same_text(now, file) {
            let is_body = old.path.parts().next() == Some("content")
                && content::front_of(&old.text)
                    .is_some_and(|front| content::front_of(&new.text) == Some(front));
            changed.push(is_body.then_some(file)?);
        }
    }
    is_same.then_some(changed)
}

/// The ids of a body's headings, which links may name.
fn heading_ids(body: &Body) -> Vec<&str> {
    body.scan().headings.iter().filter_map(|h| h.id.as_ref().map(|(id, _)| id.as_str())).collect()
}

fn is_same(a: &Problems, b: &Problems) -> bool {
    a.iter().eq(b.iter())
}

/// Takes away problems that are there, each once.
fn subtract(problems: &mut Problems, gone: &Problems) {
    let mut gone: Vec<&Problem> = gone.iter().collect();
    problems.retain(|problem| match gone.iter().position(|other| *other == problem) {
        Some(at) => {
            gone.swap_remove(at);
            false
        }
        None => true,
    });
}
