//! What a build changes: what is planned, held against what the published folder has by its manifest.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicBool, Ordering};

use super::manifest::{Imprint, Manifest};
use super::seen::Stamps;
use crate::fs::stamp::Stamp;
use crate::path::OutputPath;

/// A planned file.
#[derive(Debug, Clone, Copy)]
pub(super) struct Planned {
    pub(super) imprint: Imprint,
    pub(super) is_written: bool,
    /// The file's stamp when its bytes were known.
    pub(super) stamp: Option<Stamp>,
}

/// How a site differs from the published one; paths are sorted.
#[derive(Debug)]
pub(super) struct Change<'a> {
    /// Files that are new or differ.
    pub(super) written: Vec<&'a str>,
    /// Files that stay.
    pub(super) kept: Vec<&'a str>,
    /// Files of ours that are no longer planned.
    pub(super) removed: Vec<&'a str>,
    /// What is published then.
    pub(super) after: Manifest,
    /// The stamps of its files as far as they are known.
    pub(super) stamps: Stamps,
}

impl<'a> Change<'a> {
    /// The change from the manifest `before`, of whose files those `kept` stay and have the stamps `intact`, to these and what
    /// else is `planned`.
    ///
    /// # Errors
    /// A path that is planned in both ways.
    pub(super) fn of(
        before: &'a Manifest,
        kept: &[AtomicBool],
        intact: &Stamps,
        planned: &'a BTreeMap<OutputPath, Planned>,
    ) -> Result<Self, &'a OutputPath> {
        let count = before.len() + planned.len();
        let mut change = Self {
            written: Vec::new(),
            kept: Vec::with_capacity(count),
            removed: Vec::new(),
            after: Manifest::begin(before),
            stamps: Vec::with_capacity(count),
        };
        let mut others = planned.iter().peekable();
        for ((at, path), (is_kept, stamp)) in before.paths().enumerate().zip(kept.iter().zip(intact)) {
            while let Some((other, planned)) = others.next_if(|(other, _)| other.as_str() < path) {
                change.add(other, planned);
            }
            let other = others.next_if(|(other, _)| other.as_str() == path);
            match (is_kept.load(Ordering::Relaxed), other) {
                (true, None) => {
                    change.after.carry(before, at);
                    change.kept.push(path);
                    change.stamps.push(*stamp);
                }
                (false, Some((other, planned))) => change.add(other, planned),
                (true, Some((other, _))) => return Err(other),
                (false, None) => change.removed.push(path),
            }
        }
        others.for_each(|(other, planned)| change.add(other, planned));
        change.after.end();
        Ok(change)
    }

    /// Whether a file stays.
    pub(super) fn is_kept(&self, path: &str) -> bool {
        self.kept.binary_search(&path).is_ok()
    }

    fn add(&mut self, path: &'a OutputPath, planned: &Planned) {
        self.after.add(path.as_str(), &planned.imprint);
        let list = if planned.is_written { &mut self.written } else { &mut self.kept };
        list.push(path.as_str());
        self.stamps.push(planned.stamp);
    }
}
