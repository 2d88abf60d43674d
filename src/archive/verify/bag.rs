//! A bag, checked both ways: all that is listed is there as listed, and all that is there is listed (RFC 8493, 3).
//!
//! Bags of others are judged as the RFC says; what it only advises against is a note. A bag that this program made is held
//! to what this program writes: there, every oddity is an error, because nobody but a forger or a fault can have made it.

use rayon::prelude::*;

use super::bag_rules::BagRules;
use super::declaration;
use super::finding::{Finding, Findings, kinds};
use super::hash::{self, Algorithm};
use super::limit;
use super::manifest::{self, Manifest};
use super::name;
use super::seal::{Given, Seal};
use super::tree::Tree;
use crate::fs::Failure;

/// What a bag of ours always has.
const OURS: [&str; 4] =
    ["manifest-sha256.txt", "manifest-sha512.txt", "tagmanifest-sha256.txt", "tagmanifest-sha512.txt"];

/// Whether the tree looks like a bag, good or broken: another folder is not to be reported file by file.
pub fn is_bag(tree: &Tree) -> bool {
    let is_manifest = || tree.entries.iter().any(|entry| manifest::role(&entry.path).is_some());
    tree.find("bagit.txt").is_some() || is_manifest()
}

/// Checks the bag; returns its seal.
pub fn check(tree: &Tree, given: Option<&Given>, findings: &mut Findings) -> Result<Option<Seal>, Failure> {
    let is_old = declaration::check_declaration(tree, findings)?;
    let info = declaration::read_info(tree, is_old, findings)?;
    let rules = BagRules { is_ours: info.is_ours, is_old };
    check_names(tree, rules, findings);
    if tree.find("fetch.txt").is_some() {
        findings.push(Finding::error("fetch.txt", &kinds::FETCH, &[]));
    }
    if !tree.has_folder("data") {
        findings.push(Finding::error("data", &kinds::ABSENT, &[]));
    }
    let manifests = read_manifests(tree, rules, findings)?;
    check_listed(tree, &manifests, rules, findings);
    check_digests(tree, &manifests, findings)?;
    check_oxum(tree, info.oxum, findings);
    let seal = Seal::of_bag(tree, findings)?;
    if let Some(given) = given {
        given.compare(seal.as_ref(), ["tagmanifest-sha256.txt", "tagmanifest-sha512.txt"], findings);
    }
    Ok(seal)
}

/// Names that make trouble elsewhere. In a zip, two names that some system takes for one cannot both be unpacked there.
fn check_names(tree: &Tree, rules: BagRules, findings: &mut Findings) {
    for (path, other) in tree.clashes() {
        findings.push(Finding::error_if(rules.is_ours || tree.is_zip(), path, &kinds::CLASH, &[other]));
    }
    for entry in tree.entries.iter().filter(|entry| name::is_unportable(&entry.path)) {
        findings.push(Finding::error_if(rules.is_ours, &entry.path, &kinds::UNPORTABLE, &[]));
    }
    findings.extend(tree.oddities.iter().cloned().map(|odd| odd.judged(rules.is_ours)));
}

fn read_manifests(tree: &Tree, rules: BagRules, findings: &mut Findings) -> Result<Vec<Manifest>, Failure> {
    let mut manifests = Vec::new();
    let mut payload = 0;
    for (at, entry) in tree.entries.iter().enumerate() {
        let Some((is_tag, algorithm)) = manifest::role(&entry.path) else { continue };
        payload += usize::from(!is_tag);
        match Algorithm::parse(algorithm) {
            Some(known) => manifests.push(Manifest::read(tree, at, (is_tag, known), rules, findings)?),
            None => {
                let finding = Finding::error_if(rules.is_ours, &entry.path, &kinds::UNCHECKED, &[algorithm]);
                findings.push(finding);
            }
        }
    }
    let expected = if rules.is_ours { &OURS[..] } else { &[] };
    for name in expected.iter().filter(|name| tree.find(name).is_none()) {
        findings.push(Finding::error(name, &kinds::ABSENT, &[]));
    }
    if payload == 0 && !rules.is_ours {
        findings.push(Finding::error("manifest-sha512.txt", &kinds::ABSENT, &[]));
    } else if !manifests.iter().any(|m| !m.is_tag) {
        findings.push(Finding::error("manifest-sha512.txt", &kinds::NONE_CHECKED, &[]));
    }
    Ok(manifests)
}

/// Looks for files that no manifest lists, or not every one that should.
fn check_listed(tree: &Tree, manifests: &[Manifest], rules: BagRules, findings: &mut Findings) {
    let has_tag_manifest = manifests.iter().any(|m| m.is_tag);
    for (at, entry) in tree.entries.iter().enumerate() {
        let is_payload = entry.path.starts_with("data/");
        if manifest::is_tag_manifest(&entry.path) {
            continue;
        }
        let relevant = || manifests.iter().filter(|m| m.is_tag != is_payload);
        let is_listed = relevant().any(|m| m.lists(at));
        // Before 1.0 it was enough that one manifest lists a file.
        let is_enough = is_listed && rules.is_old && is_payload;
        let silent: Vec<&str> =
            relevant().filter(|m| !m.lists(at) && !is_enough).map(|m| m.name.as_str()).collect();
        let is_error = is_payload || rules.is_ours;
        if !silent.is_empty() && (is_error || is_listed) {
            let names = silent.join(", ");
            findings.push(Finding::error_if(is_error, &entry.path, &kinds::EXTRA, &[&names]));
        }
        // Where nothing is said of tag files, the usual ones are nothing to speak of.
        let is_usual =
            matches!(&*entry.path, "bagit.txt" | "bag-info.txt") || manifest::role(&entry.path).is_some();
        if !is_payload && !rules.is_ours && !is_listed && (has_tag_manifest || !is_usual) {
            findings.push(Finding::note(&entry.path, &kinds::UNLISTED, &[]));
        }
    }
}

/// Reads all files that some manifest lists, unless that is more work than an honest bag of its size can be.
fn check_digests(tree: &Tree, manifests: &[Manifest], findings: &mut Findings) -> Result<(), Failure> {
    let times = |at: usize| manifests.iter().filter(|m| m.lists(at)).count() as u64;
    let entries = tree.entries.iter().enumerate();
    let work = entries.fold(0_u64, |sum, (at, e)| sum.saturating_add(e.bytes.saturating_mul(times(at))));
    let most = limit::work(tree.stored);
    if work > most {
        findings.push(Finding::error("data", &kinds::WORK, &[&work.to_string(), &most.to_string()]));
        return Ok(());
    }
    let all = (0..tree.entries.len()).into_par_iter();
    let altered: Vec<Vec<Finding>> = all.map(|at| altered(tree, at, manifests)).collect::<Result<_, _>>()?;
    findings.extend(altered.into_iter().flatten());
    Ok(())
}

/// What differs in the bytes of an entry from what manifests say of it.
fn altered(tree: &Tree, at: usize, manifests: &[Manifest]) -> Result<Vec<Finding>, Failure> {
    let listed: Vec<(&Manifest, &[u8])> = manifests.iter().filter_map(|m| Some((m, m.digest(at)?))).collect();
    if listed.is_empty() {
        return Ok(Vec::new());
    }
    let algorithms: Vec<Algorithm> = listed.iter().map(|(m, _)| m.algorithm).collect();
    let (bytes, found) = match tree.digests(at, &algorithms)? {
        Ok(found) => found,
        Err(finding) => return Ok(vec![finding]),
    };
    let entry = &tree.entries[at];
    let mut findings = Vec::new();
    if bytes != entry.bytes {
        let details = [entry.bytes.to_string(), bytes.to_string()];
        findings.push(Finding::error(&entry.path, &kinds::SIZE, &[&details[0], &details[1]]));
    }
    // One manifest says it all: the other digests differ too.
    let differs = listed.iter().zip(&found).rfind(|((_, said), found)| *said != &***found);
    if let Some(((manifest, said), found)) = differs {
        let details = [manifest.name.as_str(), &hash::to_hex(said), &hash::to_hex(found)];
        findings.push(Finding::error(&entry.path, &kinds::ALTERED, &details));
    }
    Ok(findings)
}

fn check_oxum(tree: &Tree, oxum: Option<(u64, u64)>, findings: &mut Findings) {
    let Some((bytes, count)) = oxum else { return };
    let payload = tree.entries.iter().filter(|entry| entry.path.starts_with("data/"));
    let found = payload.fold((0_u64, 0), |(sum, n), entry| (sum.saturating_add(entry.bytes), n + 1));
    if found != (bytes, count) {
        let details = [format!("{bytes}.{count}"), format!("{}.{}", found.0, found.1)];
        findings.push(Finding::error("bag-info.txt", &kinds::OXUM, &[&details[0], &details[1]]));
    }
}
