//! Checking an archive that anybody may have made: a bag (RFC 8493) in a folder or zip, or a WACZ.
//!
//! Nothing that is read is trusted. [`tree`] gives the files of a folder ([`crate::fs::inside`]) or a zip ([`zip`],
//! [`zip_directory`], [`zip_header`], [`unzip`]) and lets no path out; [`bag`] and [`wacz`] compare them with what the
//! archive says of itself; [`limit`] bounds what it may cost. Nothing is fetched, nothing is unpacked to the disk, and
//! nothing outside the path is read. What is wrong becomes a [`finding`], all of them at once; only a machine that fails
//! stops the check.

pub mod bag;
pub mod bag_rules;
pub mod declaration;
pub mod fault;
pub mod finding;
pub mod hash;
pub mod limit;
pub mod line;
pub mod manifest;
pub mod name;
pub mod seal;
pub mod tree;
pub mod unzip;
pub mod wacz;
pub mod warc;
pub mod warc_record;
pub mod web_index;
pub mod zip;
pub mod zip_directory;
pub mod zip_header;
pub mod zip_member;
pub mod zip_source;

use std::path::Path;

use finding::{Finding, Findings, kinds};
use seal::{Given, Seal};
use tree::Tree;

use crate::fs::{Action, Cause, Failure};

/// What was checked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// A bag in a folder.
    Bag,
    /// A zip of a bag.
    ZipOfBag,
    /// A web archive.
    Wacz,
    /// A zip that could not be looked into.
    Unknown,
}

impl Kind {
    /// The word for machines.
    pub fn code(self) -> &'static str {
        match self {
            Self::Bag => "bag",
            Self::ZipOfBag => "zip",
            Self::Wacz => "wacz",
            Self::Unknown => "unknown",
        }
    }
}

/// What a check came to.
#[derive(Debug, Clone)]
pub struct Verdict {
    /// What was checked.
    pub kind: Kind,
    /// The seal of the archive as it is, where it has one.
    pub seal: Option<Seal>,
    /// What was found, by path; the first thousand, errors first.
    pub findings: Vec<Finding>,
    /// How many errors there are.
    pub errors: u64,
    /// How many notes there are.
    pub notes: u64,
    /// Files that were looked at.
    pub files: u64,
    /// Their bytes.
    pub bytes: u64,
}

impl Verdict {
    /// Whether the archive is complete, valid, and the one of the seal that was given.
    pub fn is_valid(&self) -> bool {
        self.errors == 0
    }
}

/// Checks the bag in the folder at `path`, which must have the seal `seal` if one is given. For those who just wrote it.
///
/// # Errors
/// Where the machine fails, or there is no bag.
pub fn folder(path: &Path, seal: Option<&str>) -> Result<Verdict, Failure> {
    check(path, seal, true)
}

/// Checks whatever archive lies at `path`: a folder, a zip, a WACZ.
///
/// # Errors
/// Where the machine fails, or there is no archive.
pub fn archive(path: &Path, seal: Option<&str>) -> Result<Verdict, Failure> {
    check(path, seal, false)
}

fn check(path: &Path, seal: Option<&str>, folder_only: bool) -> Result<Verdict, Failure> {
    let mut findings = Findings::default();
    let shown = path.file_name().unwrap_or(path.as_os_str()).to_string_lossy().into_owned();
    let given = seal.map(Given::parse);
    if given == Some(None) {
        findings.push(Finding::error(&shown, &kinds::SEAL_FORM, &[]));
    }
    let given = given.flatten();
    let no_archive = || Failure::new(Action::Verify, path, Cause::NoArchive);
    let Some(mut tree) = tree::open(path, &shown, &mut findings)? else {
        return Ok(verdict(Kind::Unknown, None, findings, None));
    };
    let is_zip = tree.is_zip();
    if is_zip && folder_only {
        return Err(no_archive());
    }
    if is_zip && !bag::is_bag(&tree) && is_wacz(&tree, path) {
        let seal = wacz::check(&tree, given.as_ref(), &mut findings)?;
        return Ok(verdict(Kind::Wacz, seal, findings, Some(&tree)));
    }
    // A zip has its bag in one folder (RFC 8493, 4) or, from careless tools, at its root.
    if is_zip && !bag::is_bag(&tree) {
        match top(&tree) {
            Some(top) => tree.enter(&top, &mut findings),
            None if findings.errors() == 0 => return Err(no_archive()),
            None => return Ok(verdict(Kind::Unknown, None, findings, Some(&tree))),
        }
    }
    if !bag::is_bag(&tree) && (findings.errors() == 0 || !is_zip) {
        return Err(no_archive());
    }
    let seal = bag::check(&tree, given.as_ref(), &mut findings)?;
    let kind = if is_zip { Kind::ZipOfBag } else { Kind::Bag };
    Ok(verdict(kind, seal, findings, Some(&tree)))
}

fn is_wacz(tree: &Tree, path: &Path) -> bool {
    let is_named = path.extension().is_some_and(|e| e.eq_ignore_ascii_case("wacz"));
    is_named || tree.find("datapackage.json").is_some()
}

/// The one folder at the top that holds a bag.
fn top(tree: &Tree) -> Option<String> {
    let inner = |path: &str| path.split_once('/').map(|(top, rest)| (top.to_owned(), rest.to_owned()));
    let is_root = |rest: &str| rest == "bagit.txt" || manifest::role(rest).is_some();
    let tops = tree.entries.iter().filter_map(|entry| inner(&entry.path));
    let mut tops: Vec<String> = tops.filter(|(_, rest)| is_root(rest)).map(|(top, _)| top).collect();
    tops.dedup();
    (tops.len() == 1).then(|| tops.pop()).flatten()
}

fn verdict(kind: Kind, seal: Option<Seal>, findings: Findings, tree: Option<&Tree>) -> Verdict {
    let entries = tree.map_or(&[][..], |tree| &tree.entries);
    Verdict {
        kind,
        seal,
        errors: findings.errors(),
        notes: findings.notes(),
        files: entries.len() as u64,
        bytes: entries.iter().fold(0_u64, |sum, entry| sum.saturating_add(entry.bytes)),
        findings: findings.into_list(),
    }
}
