//! `nhiemky check --against`: an older sitemap from the disk, held against the site.

use std::path::Path;

use crate::against;
use crate::fs::walk::{self, Kind};
use crate::fs::{Failure, file};
use crate::page::sitemap::MOST_BYTES;
use crate::pipeline::Ready;
use crate::problem::Problems;

/// One byte more than may be read shows that there is more.
const BOUND: u64 = MOST_BYTES as u64 + 1;

/// What the sitemap in a file lists and the site no longer has.
pub fn problems(path: &Path, ready: &Ready) -> Result<Problems, Failure> {
    let bytes = file::read_bounded(path, BOUND)?;
    let beside = |name: &str| {
        let path = path.with_file_name(name);
        let is_file = matches!(walk::kind(&path), Ok(Some(Kind::File)));
        is_file.then(|| file::read_bounded(&path, BOUND).ok()).flatten()
    };
    let name = path.to_string_lossy();
    Ok(against::check(&name, &bytes, &beside, &ready.plan, &ready.site.config.base_url))
}
