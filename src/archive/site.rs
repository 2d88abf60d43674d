//! The pages of the archive: the excerpt of a term, made by the same pipeline as the site, with no link that leads nowhere.
//!
//! Attachments are taken where a page of the excerpt links to them or shows them; those of the term's own pages are also
//! sources of the term.

use std::collections::{BTreeMap, BTreeSet};
use std::convert::Infallible;
use std::path::Path;
use std::sync::{Mutex, PoisonError};

use super::bag::Content;
use super::link;
use crate::digest::Digest;
use crate::graph::Node;
use crate::page::artifact::Spec;
use crate::path::{ContentPath, OutputPath};
use crate::pipeline::{Kept, Ready, Sink};
use crate::problem::Problems;
use crate::record::Records;
use crate::source::{Asset, Sources};

/// The site of an archive.
#[derive(Debug)]
pub struct Pages {
    /// Every file by its address.
    pub files: BTreeMap<OutputPath, Content>,
    /// The titles of the pages.
    pub titles: BTreeMap<OutputPath, String>,
    /// The attachments that are sources of the term.
    pub attachments: BTreeSet<ContentPath>,
}

/// Makes the pages of an excerpt; `folder` is where the term's own files lie.
///
/// # Errors
/// What is wrong with templates.
pub fn make(ready: &Ready, sources: &Sources, root: &Path, folder: &str) -> Result<Pages, Problems> {
    let shelf = Shelf::default();
    let Ok(made) = ready.make(sources, &Records::default(), &shelf);
    if made.problems.any_error(false) {
        return Err(made.problems);
    }
    let shelf = shelf.0.into_inner().unwrap_or_else(PoisonError::into_inner);
    let there: BTreeSet<&str> = ready.plan.artifacts.keys().map(OutputPath::as_str).collect();
    let mut pages = Pages { files: BTreeMap::new(), titles: BTreeMap::new(), attachments: BTreeSet::new() };
    let (mut used, mut own) = (BTreeSet::new(), BTreeSet::new());
    for (path, bytes) in shelf.written {
        let Some(spec) = ready.plan.page_at(&path) else {
            pages.files.insert(path, Content::Bytes(bytes));
            continue;
        };
        let html = String::from_utf8_lossy(&bytes);
        let kept = link::keep(&html, &path, &ready.site.config.base_url, &|to| there.contains(to));
        if matches!(spec, Spec::Node(Node::Term(_) | Node::Report(_) | Node::Document(_))) {
            own.extend(kept.used.iter().cloned());
        }
        used.extend(kept.used);
        pages.titles.insert(path.clone(), link::title_of(&kept.html));
        pages.files.insert(path, Content::Bytes(kept.html.into_bytes()));
    }
    for (path, (from, asset)) in shelf.copied {
        let is_theme = from.parts().next() == Some("themes");
        if !is_theme && !used.contains(path.as_str()) {
            continue;
        }
        if !is_theme && (own.contains(path.as_str()) || from.as_str().starts_with(folder)) {
            pages.attachments.insert(from.clone());
        }
        pages.files.insert(path, Content::File(asset.real.in_root(root), asset.digest));
    }
    Ok(pages)
}

/// What the pipeline hands over.
#[derive(Default)]
struct Shelf(Mutex<Files>);

#[derive(Default)]
struct Files {
    written: BTreeMap<OutputPath, Vec<u8>>,
    copied: BTreeMap<OutputPath, (ContentPath, Asset)>,
}

impl Sink for Shelf {
    type Error = Infallible;

    fn keep(&self, _: &OutputPath, _: &Digest) -> Result<Kept, Infallible> {
        Ok(Kept::Missing)
    }

    fn put(&self, path: &OutputPath, bytes: &[u8]) -> Result<Digest, Infallible> {
        let mut files = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        files.written.insert(path.clone(), bytes.to_vec());
        Ok(Digest::default())
    }

    fn copy(&self, path: &OutputPath, from: &ContentPath, asset: &Asset) -> Result<(), Infallible> {
        let mut files = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        files.copied.insert(path.clone(), (from.clone(), asset.clone()));
        Ok(())
    }
}
