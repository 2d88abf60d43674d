//! The term's sources, as the author wrote them: byte for byte, but for what earlier archives noted of themselves.
//!
//! Only what is published has a place in a bag: no draft, no internal report, no file that only such reports use.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use super::bag::{Content, path_in};
use super::frozen;
use crate::content::frozen as sealed;
use crate::fs::{Action, Cause, Failure, file, site};
use crate::graph::Site;
use crate::path::{ContentPath, RealPath};
use crate::source::Sources;

/// The sources of a term.
#[derive(Debug, Default)]
pub struct Own {
    /// Their content, by paths below `data/`.
    pub files: BTreeMap<String, Content>,
    /// The files that may not change from now on, by their paths from the term's folder, with their digests.
    pub sealed: BTreeMap<String, String>,
}

/// Gathers the sources of a term, by its number in the graph.
///
/// # Errors
/// Where a file cannot be read, or has changed since it was.
pub fn gather(
    site: &Site,
    sources: &Sources,
    root: &Path,
    term: usize,
    attachments: &BTreeSet<ContentPath>,
) -> Result<Own, Failure> {
    let node = &site.graph.terms[term];
    let (unit, id) = (node.unit.as_str(), node.id.as_str());
    let mut own = Own::default();
    let index = ContentPath::new(["content", unit, id, "_index.md"]);
    let around = [ContentPath::new([site::CONFIG]), ContentPath::new(["content", unit, "_index.md"])];
    for path in around.into_iter().flatten() {
        own.put(&path, raw(sources, root, &path)?);
    }
    for path in index.iter().filter(|path| sources.find(path).is_some()) {
        let text = raw(sources, root, path)?;
        let clean = sources.find(path).map(|file| &*sources.get(file).text).unwrap_or_default();
        if sealed::says_more(clean) {
            own.put(path, frozen::without(&text).into_bytes());
            own.seal(path, path, sealed::of_term(clean));
        }
    }
    let Some(index) = index else { return Ok(own) };
    for report in node.reports.iter().map(|at| &site.library.reports[*at]) {
        let source = sources.get(report.file);
        own.put(&source.path, raw(sources, root, &source.path)?);
        own.seal(&index, &source.path, sealed::of_report(&source.text));
    }
    for path in attachments {
        let Some(asset) = sources.assets.get(path) else { continue };
        let content = Content::File(asset.real.in_root(root), asset.digest);
        own.files.insert(path_in("sources", path.as_str()), content);
        own.seal(&index, path, Some(sealed::shown(&asset.digest)));
    }
    Ok(own)
}

impl Own {
    fn put(&mut self, path: &ContentPath, bytes: impl Into<Vec<u8>>) {
        self.files.insert(path_in("sources", path.as_str()), Content::Bytes(bytes.into()));
    }

    fn seal(&mut self, index: &ContentPath, path: &ContentPath, digest: Option<String>) {
        if let Some(digest) = digest {
            self.sealed.insert(from_folder(index, path), digest);
        }
    }
}

/// A path as seen from the folder of `index`.
fn from_folder(index: &ContentPath, path: &ContentPath) -> String {
    let above: Vec<&str> = index.parts().collect();
    let folder = &above[..above.len() - 1];
    let parts: Vec<&str> = path.parts().collect();
    let shared = folder.iter().zip(&parts).take_while(|(a, b)| a == b).count();
    let up = vec![".."; folder.len() - shared];
    up.into_iter().chain(parts[shared..].iter().copied()).collect::<Vec<_>>().join("/")
}

/// A text as it lies on the disk, which must be the one that was read before.
///
/// # Errors
/// Where it cannot be read, or is another one now.
pub fn raw(sources: &Sources, root: &Path, path: &ContentPath) -> Result<String, Failure> {
    let before = sources.find(path).map(|file| sources.get(file));
    let from = before.map_or_else(|| RealPath::from(path), |source| source.real.clone()).in_root(root);
    let altered = || Failure::new(Action::Read, &from, Cause::Altered);
    let text = String::from_utf8(file::read_bounded(&from, site::TEXT_BYTES)?).map_err(|_| altered())?;
    let now = Sources::new([(path.clone(), text.clone())]);
    let now = now.iter().next().map(|(_, source)| source.text.clone());
    if now == before.map(|source| source.text.clone()) { Ok(text) } else { Err(altered()) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_are_seen_from_the_term() {
        let path = |s: &str| ContentPath::new(s.split('/')).expect("the parts are sound");
        let index = path("content/a/2020-2025/_index.md");
        assert_eq!(from_folder(&index, &path("content/a/2020-2025/x/y.pdf")), "x/y.pdf");
        assert_eq!(from_folder(&index, &path("content/b/y.pdf")), "../../b/y.pdf");
        assert_eq!(index.join("../../b/y.pdf"), Some(path("content/b/y.pdf")));
    }
}
