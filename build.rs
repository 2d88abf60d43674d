//! What the program must know of its own sources: that a new file of the built-in theme changes it, and a digest of all of
//! them, by which a page made by another build of the program is known to be stale.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

fn main() {
    let mut files = BTreeSet::new();
    for place in ["Cargo.lock", "Cargo.toml", "src", "themes/default"] {
        println!("cargo::rerun-if-changed={place}");
        collect(Path::new(place), &mut files);
    }
    let mut digest = FNV_OFFSET;
    for file in files {
        mix(&mut digest, file.to_string_lossy().replace('\\', "/").as_bytes());
        mix(&mut digest, &fs::read(&file).unwrap_or_default());
    }
    println!("cargo::rustc-env=NHIEMKY_ENGINE={digest:032x}");
}

fn collect(place: &Path, files: &mut BTreeSet<PathBuf>) {
    match fs::read_dir(place) {
        Ok(entries) => entries.flatten().for_each(|entry| collect(&entry.path(), files)),
        Err(_) => _ = files.insert(place.to_owned()),
    }
}

/// FNV-1a of 128 bits: enough to tell two sources apart, and no crate to build first.
const FNV_OFFSET: u128 = 0x6c62_272e_07bb_0142_62b8_2175_6295_c58d;
const FNV_PRIME: u128 = 0x0000_0000_0100_0000_0000_0000_0000_013b;

fn mix(digest: &mut u128, bytes: &[u8]) {
    for byte in bytes.iter().chain(&[0xff]) {
        *digest = (*digest ^ u128::from(*byte)).wrapping_mul(FNV_PRIME);
    }
}
