//! Where the files of a site go: nowhere for `check`, into the published folder for `build`.

use std::convert::Infallible;
use std::path::Path;

use super::progress::Progress;
use crate::digest::Digest;
use crate::fs::Failure;
use crate::output::Publication;
use crate::path::{ContentPath, OutputPath};
use crate::pipeline::{Kept, Sink};
use crate::source::Asset;

/// A sink for what is only checked.
pub struct Nowhere<'a>(pub &'a Progress);

impl Sink for Nowhere<'_> {
    type Error = Infallible;

    fn keep(&self, _: &OutputPath, _: &Digest) -> Result<Kept, Infallible> {
        Ok(Kept::Missing)
    }

    fn put(&self, _: &OutputPath, _: &[u8]) -> Result<Digest, Infallible> {
        self.0.step();
        Ok(Digest::default())
    }

    fn copy(&self, _: &OutputPath, _: &ContentPath, _: &Asset) -> Result<(), Infallible> {
        Ok(())
    }
}

/// A sink that publishes.
pub struct Publisher<'a> {
    /// The publication.
    pub publication: Publication<'a>,
    /// The project's folder.
    pub root: &'a Path,
    /// Told of every page.
    pub progress: &'a Progress,
}

impl Sink for Publisher<'_> {
    type Error = Failure;

    fn keep(&self, path: &OutputPath, digest: &Digest) -> Result<Kept, Failure> {
        if self.publication.keep(path, digest)? {
            self.progress.step();
            return Ok(Kept::Intact);
        }
        Ok(if self.publication.is_missing(path) { Kept::Missing } else { Kept::Altered })
    }

    fn put(&self, path: &OutputPath, bytes: &[u8]) -> Result<Digest, Failure> {
        self.progress.step();
        self.publication.put(path, bytes)
    }

    fn copy(&self, path: &OutputPath, _: &ContentPath, asset: &Asset) -> Result<(), Failure> {
        self.publication.copy(path, &asset.real.in_root(self.root), &asset.digest)
    }
}
