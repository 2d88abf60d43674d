//! Paths that are too long for some systems: a warning that names the unit, the old address or the attachment.
//!
//! Ids have at most 80 characters, but a page's path is made of up to three of them.

use std::collections::BTreeMap;

use super::{Claim, Claimants};
use crate::page::artifact::{Artifact, Spec};
use crate::page::redirect;
use crate::problem::{Finding, Problem, Problems};

/// Characters that a path may have without a word: Windows takes 260 together with the folders above it.
const MOST_CHARS: usize = 200;

/// Characters that a path may have at all: macOS takes 1,024 together with the folders above it, where the site is laid too.
const LIMIT_CHARS: usize = 800;

/// Folders that may lie in each other: `verify` takes 64 levels of anybody's bag, and a bag puts some around the site.
const LEVELS: usize = 48;

impl Claimants<'_> {
    /// What is to be said of the lengths of all paths; of a unit's pages once, with the longest.
    pub(super) fn judge_lengths(&self, claims: &[Claim], problems: &mut Problems) {
        for claim in claims {
            let count = claim.path.as_str().bytes().filter(|b| *b == b'/').count();
            if count > LEVELS {
                self.tell(&claim.artifact, Finding::TooManyLevels { count }, problems);
            }
        }
        let mut longest: BTreeMap<String, &str> = BTreeMap::new();
        for claim in claims.iter().filter(|claim| claim.path.as_str().len() > MOST_CHARS) {
            // Paths of the output are ASCII.
            let (address, count) = (claim.path.as_str(), claim.path.as_str().len());
            match self.folder_of(&claim.artifact) {
                _ if count > LIMIT_CHARS => {
                    self.tell(&claim.artifact, Finding::PathTooLong { count }, problems);
                }
                Some(folder) => {
                    let before = longest.entry(folder).or_insert(address);
                    *before = if before.len() < count { address } else { before };
                }
                None => self.tell(&claim.artifact, long(address), problems),
            }
        }
        for (folder, address) in longest {
            problems.push(Problem::at_path(long(address), folder));
        }
    }

    /// The folder of the unit whose page it is, or the first one that an attachment lies in.
    fn folder_of(&self, artifact: &Artifact) -> Option<String> {
        match artifact {
            Artifact::Page(Spec::Node(node)) => {
                redirect::unit_of(self.site, *node).map(|unit| format!("content/{unit}"))
            }
            Artifact::Copy(path) => Some(path.parts().take(2).collect::<Vec<_>>().join("/")),
            Artifact::Page(_) | Artifact::Static(_) | Artifact::Made(_) => None,
        }
    }
}

fn long(address: &str) -> Finding {
    Finding::LongPath { address: address.to_owned(), count: address.len() }
}
