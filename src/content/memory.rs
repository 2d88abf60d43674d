//! What the preview remembers of files: what each became, so that only changed files are read as YAML and Markdown again.
//!
//! It lives as long as the preview and never reaches the disk. A file counts as the same while it has the same number, which
//! all places in it name, and the same text; where a file comes or goes, those behind it are read anew.

use std::sync::Arc;

use super::Read;
use crate::config::{Config, Field};
use crate::problem::Problems;
use crate::source::{FileId, Source};
use crate::vietnamese::Language;

/// What files became, by their numbers.
#[derive(Debug, Default)]
pub struct Memory {
    read_by: Option<ReadBy>,
    files: Vec<Option<Remembered>>,
}

/// What of the configuration decides what files become.
type ReadBy = (Language, Option<Vec<Field>>);

/// What one file became.
#[derive(Debug)]
struct Remembered {
    source: Arc<Source>,
    read: Read,
    problems: Problems,
}

impl Memory {
    /// Makes it ready for what this configuration reads: of what another one read nothing counts.
    pub(super) fn begin(&mut self, config: &Config) {
        let read_by = Some((config.language, config.fields.clone()));
        if self.read_by != read_by {
            *self = Self { read_by, files: Vec::new() };
        }
    }

    /// What a file became, with its problems.
    pub(super) fn recall(&self, file: FileId, source: &Arc<Source>) -> Option<(Read, Problems)> {
        let known = self.files.get(file.number())?.as_ref()?;
        let is_same = Arc::ptr_eq(&known.source, source)
            || (known.source.path == source.path && known.source.digest == source.digest);
        is_same.then(|| (known.read.clone(), known.problems.clone()))
    }

    /// Remembers what these files became, and nothing else.
    pub(super) fn note<'a>(
        &mut self,
        files: impl Iterator<Item = (FileId, &'a Arc<Source>, &'a Read, &'a Problems)>,
    ) {
        self.files.clear();
        for (file, source, read, problems) in files {
            self.files.resize_with(file.number() + 1, || None);
            let (source, read, problems) = (Arc::clone(source), read.clone(), problems.clone());
            self.files[file.number()] = Some(Remembered { source, read, problems });
        }
    }
}
