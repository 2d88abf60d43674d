//! A WACZ, checked both ways: its package lists every file with digest and size, its WARCs hold together, its indexes and
//! lists of pages name what is there (WACZ 1.1.1).

use std::collections::BTreeMap;
use std::io::{self, Read};

use flate2::read::MultiGzDecoder;
use serde::Deserialize;

use super::finding::{Finding, Findings, kinds};
use super::hash::{self, Algorithm};
use super::limit::{self, JSON_BYTES};
use super::name;
use super::seal::{Given, Seal};
use super::tree::Tree;
use super::warc::{self, Budget};
use super::web_index::{self, Indexed, Warc};
use crate::fs::Failure;

const PACKAGE: &str = "datapackage.json";
const PACKAGE_DIGEST: &str = "datapackage-digest.json";
const PAGES: &str = "pages/pages.jsonl";

/// The package, as far as it is compared.
#[derive(Debug, Default, Deserialize)]
struct Package {
    #[serde(default)]
    profile: String,
    #[serde(default)]
    wacz_version: String,
    #[serde(default)]
    software: String,
    resources: Vec<Resource>,
}

#[derive(Debug, Deserialize)]
struct Resource {
    path: String,
    hash: String,
    bytes: u64,
}

#[derive(Debug, Deserialize)]
struct PackageDigest {
    path: String,
    hash: String,
}

/// Checks the web archive; returns its seal.
pub fn check(tree: &Tree, given: Option<&Given>, findings: &mut Findings) -> Result<Option<Seal>, Failure> {
    let mut seal = None;
    let mut is_ours = false;
    if let Some(at) = found(tree, PACKAGE, findings) {
        match tree.bytes(at, JSON_BYTES)? {
            Err(finding) => findings.push(finding),
            Ok(bytes) => {
                let digest = sha256(&bytes);
                check_digest(tree, &digest, findings)?;
                seal = Some(Seal { sha256: Some(digest), sha512: None });
                match serde_json::from_slice::<Package>(&bytes) {
                    Ok(package) => {
                        is_ours = package.software.starts_with("nhiemky");
                        check_package(tree, &package, findings)?;
                    }
                    Err(error) => {
                        findings.push(Finding::error(PACKAGE, &kinds::JSON, &[&error.to_string()]));
                    }
                }
            }
        }
    }
    check_names(tree, is_ours, findings);
    check_pages(tree, is_ours, findings)?;
    if let Some(given) = given {
        given.compare(seal.as_ref(), [PACKAGE, PACKAGE], findings);
    }
    Ok(seal)
}

fn found(tree: &Tree, path: &str, findings: &mut Findings) -> Option<usize> {
    let at = tree.find(path);
    if at.is_none() {
        findings.push(Finding::error(path, &kinds::ABSENT, &[]));
    }
    at
}

fn sha256(bytes: &[u8]) -> String {
    let mut hasher = Algorithm::Sha256.begin();
    hasher.update(bytes);
    hash::to_hex(&hasher.finalize())
}

fn check_names(tree: &Tree, is_ours: bool, findings: &mut Findings) {
    for (path, other) in tree.clashes() {
        findings.push(Finding::error(path, &kinds::CLASH, &[other]));
    }
    for entry in tree.entries.iter().filter(|entry| name::is_unportable(&entry.path)) {
        findings.push(Finding::error_if(is_ours, &entry.path, &kinds::UNPORTABLE, &[]));
    }
    findings.extend(tree.oddities.iter().cloned().map(|odd| odd.judged(is_ours)));
    if tree.find(PACKAGE_DIGEST).is_none() {
        findings.push(Finding::error_if(is_ours, PACKAGE_DIGEST, &kinds::LACKING, &[]));
    }
}

/// Compares the digest of the package with what lies beside it.
fn check_digest(tree: &Tree, digest: &str, findings: &mut Findings) -> Result<(), Failure> {
    let Some(at) = tree.find(PACKAGE_DIGEST) else { return Ok(()) };
    let bytes = match tree.bytes(at, JSON_BYTES)? {
        Ok(bytes) => bytes,
        Err(finding) => {
            findings.push(finding);
            return Ok(());
        }
    };
    match serde_json::from_slice::<PackageDigest>(&bytes) {
        Ok(said) => {
            if said.path != PACKAGE {
                findings.push(Finding::error(PACKAGE_DIGEST, &kinds::FIELD, &["path", PACKAGE, &said.path]));
            }
            let found = format!("sha256:{digest}");
            if said.hash != found {
                findings.push(Finding::error(
                    PACKAGE,
                    &kinds::ALTERED,
                    &[PACKAGE_DIGEST, &said.hash, &found],
                ));
            }
        }
        Err(error) => findings.push(Finding::error(PACKAGE_DIGEST, &kinds::JSON, &[&error.to_string()])),
    }
    Ok(())
}

/// Compares the resources of the package with the files, both ways.
fn check_package(tree: &Tree, package: &Package, findings: &mut Findings) -> Result<(), Failure> {
    if package.profile != "data-package" {
        let details = ["profile", "data-package", &package.profile];
        findings.push(Finding::error(PACKAGE, &kinds::FIELD, &details));
    }
    if !package.wacz_version.starts_with("1.") {
        let details = ["wacz_version", "1.1.1", &package.wacz_version];
        findings.push(Finding::error(PACKAGE, &kinds::FIELD, &details));
    }
    let mut listed: BTreeMap<usize, &Resource> = BTreeMap::new();
    for resource in &package.resources {
        let path = &resource.path;
        if let Some(kind) = name::fault(path) {
            findings.push(Finding::error(path, kind, &[PACKAGE]));
        } else if path == PACKAGE || path == PACKAGE_DIGEST {
            findings.push(Finding::error(path, &kinds::SCOPE, &[PACKAGE]));
        } else if let Some(at) = tree.find(path) {
            if listed.insert(at, resource).is_some() {
                findings.push(Finding::error(path, &kinds::TWICE, &[PACKAGE]));
            }
        } else {
            findings.push(Finding::error(path, &kinds::MISSING, &[PACKAGE]));
        }
    }
    for (at, entry) in tree.entries.iter().enumerate() {
        let is_listed = matches!(&*entry.path, PACKAGE | PACKAGE_DIGEST) || listed.contains_key(&at);
        if !is_listed {
            findings.push(Finding::error(&entry.path, &kinds::EXTRA, &[PACKAGE]));
        }
    }
    for (at, resource) in listed {
        findings.extend(check_resource(tree, at, resource)?);
    }
    Ok(())
}

fn check_resource(tree: &Tree, at: usize, resource: &Resource) -> Result<Option<Finding>, Failure> {
    let path = &tree.entries[at].path;
    let said = resource.hash.split_once(':').and_then(|(name, digits)| {
        let algorithm = Algorithm::parse(&name.replace('-', ""))?;
        Some((algorithm, digits))
    });
    let Some((algorithm, digits)) = said else {
        return Ok(Some(Finding::error(path, &kinds::FIELD, &["hash", "sha256:…", &resource.hash])));
    };
    let (bytes, digests) = match tree.digests(at, &[algorithm])? {
        Ok(found) => found,
        Err(finding) => return Ok(Some(finding)),
    };
    let found = digests.first().map(|digest| hash::to_hex(digest)).unwrap_or_default();
    if found != digits {
        return Ok(Some(Finding::error(path, &kinds::ALTERED, &[PACKAGE, digits, &found])));
    }
    let details = [resource.bytes.to_string(), bytes.to_string()];
    Ok((bytes != resource.bytes).then(|| Finding::error(path, &kinds::SIZE, &[&details[0], &details[1]])))
}

/// Reads WARCs, then the indexes and lists that speak of their records.
fn check_pages(tree: &Tree, is_ours: bool, findings: &mut Findings) -> Result<(), Failure> {
    let stored = tree.entries.iter().fold(0_u64, |sum, entry| sum.saturating_add(entry.bytes));
    let mut budget = Budget::new(limit::allowance(stored));
    let below = |folder: &'static str, endings: &'static [&'static str]| {
        let entries = tree.entries.iter().enumerate().map(|(at, entry)| (at, &*entry.path));
        let found = entries
            .filter(move |(_, path)| path.starts_with(folder) && endings.iter().any(|e| path.ends_with(e)));
        found.collect::<Vec<_>>()
    };
    let mut warcs = Vec::new();
    for (at, path) in below("archive/", &[".warc.gz", ".warc"]) {
        let read = tree.read(at).and_then(|from| warc::read(from, path, &mut budget, findings));
        match read {
            Ok(records) => warcs.push(Warc { path: path.to_owned(), records }),
            Err(error) => findings.push(tree.blame(error, at)?),
        }
    }
    let mut indexed = Indexed::new();
    for (at, path) in below("indexes/", &[".cdxj", ".cdx", ".cdx.gz"]) {
        let read = unpacked(tree, at, &mut budget)
            .and_then(|from| web_index::read(from, path, &warcs, &mut indexed, findings));
        if let Err(error) = read {
            findings.push(tree.blame(error, at)?);
        }
    }
    for (at, path) in below("pages/", &[".jsonl"]) {
        if let Err(error) = tree.read(at).and_then(|from| web_index::read_pages(from, path, findings)) {
            findings.push(tree.blame(error, at)?);
        }
    }
    for (file, warc) in warcs.iter().enumerate() {
        let pages = warc.records.iter().enumerate().filter(|(_, record)| record.is_page);
        let mut missed = pages.filter(|(at, _)| !indexed.contains(&(file, *at))).peekable();
        if let Some(first) = missed.peek().map(|(_, record)| record.offset.to_string()) {
            let details = [missed.count().to_string(), first];
            let details = [details[0].as_str(), &details[1]];
            findings.push(Finding::error_if(is_ours, &warc.path, &kinds::UNINDEXED, &details));
        }
    }
    for (folder, needed) in [("archive", "archive/data.warc.gz"), ("indexes", "indexes/index.cdxj")] {
        if !tree.has_folder(folder) {
            findings.push(Finding::error(needed, &kinds::ABSENT, &[]));
        }
    }
    // py-wacz writes archives without it and calls them valid.
    if tree.find(PAGES).is_none() {
        findings.push(Finding::error_if(is_ours, PAGES, &kinds::LACKING, &[]));
    }
    Ok(())
}

/// A reader of an index, packed or not.
fn unpacked<'a>(tree: &'a Tree, at: usize, budget: &'a mut Budget) -> io::Result<Box<dyn Read + 'a>> {
    let from = tree.read(at)?;
    Ok(if tree.entries[at].path.ends_with(".gz") {
        Box::new(budget.limit(MultiGzDecoder::new(from)))
    } else {
        from
    })
}
