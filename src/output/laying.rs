//! Laying new files where nobody sees them yet: in the new generation, and under a second name in its twin, if it has one.
//!
//! Files come in the order of their paths, some ten to a folder. So the folders of the last file stay open for the next, a pair
//! for each core that lays files, and its whole path, looked up once more for each name, is not asked for again.

use std::io::{self, Write};
use std::path::Path;
use std::sync::{Mutex, PoisonError};

use super::twin::Twin;
use crate::fs::folder::{self, Folder};
use crate::fs::stamp::Stamp;

/// The folders that are open.
#[derive(Debug, Default)]
pub(super) struct Laying(Mutex<Vec<Open>>);

/// A folder of the new generation and that of its twin.
#[derive(Debug)]
struct Open {
    below: String,
    new: Folder,
    twin: Option<Folder>,
}

impl Laying {
    /// Writes a file that must not exist yet below `root`, and gives it its second name; returns its stamp.
    pub(super) fn lay(
        &self,
        root: &Path,
        twin: Option<&Twin>,
        (path, bytes): (&str, &[u8]),
        is_synced: bool,
    ) -> io::Result<Option<Stamp>> {
        let (below, name) = folder::split(path);
        let open = self.take(below).map_or_else(|| Open::new(root, twin, below), Ok)?;
        let laid = open.lay(name, bytes, twin, is_synced);
        self.0.lock().unwrap_or_else(PoisonError::into_inner).push(open);
        laid
    }

    /// The folder of that name, if it is open and nobody has it; else one that has been used up is closed.
    fn take(&self, below: &str) -> Option<Open> {
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        match all.iter().position(|open| open.below == below) {
            Some(at) => Some(all.swap_remove(at)),
            None => {
                let oldest =
                    if all.len() >= rayon::current_num_threads() { Some(all.remove(0)) } else { None };
                drop(all);
                drop(oldest);
                None
            }
        }
    }
}

impl Open {
    fn new(root: &Path, twin: Option<&Twin>, below: &str) -> io::Result<Self> {
        let new = Folder::made(folder::below(root, below))?;
        let twin = twin.and_then(|twin| twin.folder(below));
        Ok(Self { below: below.to_owned(), new, twin })
    }

    fn lay(
        &self,
        name: &str,
        bytes: &[u8],
        twin: Option<&Twin>,
        is_synced: bool,
    ) -> io::Result<Option<Stamp>> {
        let mut file = self.new.create_new(name)?;
        file.write_all(bytes)?;
        if is_synced {
            file.sync_all()?;
        }
        if let Some((twin, folder)) = twin.zip(self.twin.as_ref()) {
            twin.note(self.new.link(name, folder));
        }
        Ok(Stamp::of(&file.metadata()?))
    }
}
