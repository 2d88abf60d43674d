//! Reading a bag back: every file that is there and every file that is listed, against both manifests.
//!
//! This looks only at bags that this program laid, right after it laid them; what comes from elsewhere is for `verify`.

use std::collections::BTreeMap;
use std::path::Path;

use super::bag::{self, ALGORITHMS};
use crate::fs::walk::{self, Kind};
use crate::fs::{Action, Cause, Failure, file};

/// Longest manifest that is read: a million files.
const MANIFEST_BYTES: u64 = 256 << 20;

/// Reads a bag back and gives its seal.
///
/// # Errors
/// Names the first file that differs.
pub fn recheck(folder: &Path) -> Result<String, Failure> {
    let differs = |path: &str| Failure::new(Action::Examine, folder.join(path), Cause::NotAsRecorded);
    let (mut payload, mut tags) = (BTreeMap::new(), BTreeMap::new());
    for entry in walk::walk(folder, |_| false)? {
        let path = entry.path.to_string_lossy().replace('\\', "/");
        match entry.kind {
            Kind::Folder => {}
            Kind::File => {
                let place = if path.starts_with("data/") { &mut payload } else { &mut tags };
                place.insert(path.clone(), bag::sums(&folder.join(&path))?);
            }
            Kind::Link | Kind::Special => return Err(differs(&path)),
        }
    }
    let seal = tags.get(bag::SEALED).map(|sums| sums.sha256.clone()).ok_or_else(|| differs(bag::SEALED))?;
    tags.retain(|path, _| !path.starts_with("tagmanifest-"));
    for algorithm in ALGORITHMS {
        for (name, found) in [("manifest", &payload), ("tagmanifest", &tags)] {
            let name = format!("{name}-{algorithm}.txt");
            let bytes = file::read_bounded(&folder.join(&name), MANIFEST_BYTES)?;
            let text = String::from_utf8(bytes).map_err(|_| differs(&name))?;
            let mut listed = BTreeMap::new();
            for line in text.lines() {
                let (digest, path) = line.split_once("  ").ok_or_else(|| differs(&name))?;
                listed.insert(bag::decoded(path), digest);
            }
            let is_right = |(path, sums): (&String, &bag::Sums)| {
                listed.get(path).is_some_and(|digest| *digest == sums.get(algorithm))
            };
            if let Some((path, _)) = found.iter().find(|pair| !is_right(*pair)) {
                return Err(differs(path));
            }
            if let Some(path) = listed.keys().find(|path| !found.contains_key(*path)) {
                return Err(differs(path));
            }
        }
    }
    Ok(seal)
}
