//! `nhiemky verify`: what a check of an archive found, for people or machines.

use std::path::Path;

use super::args::Format;
use super::say::Voice;
use super::shown::Shown;
use super::words::{self, fill};
use super::{Outcome, failed};
use crate::archive::verify::finding::Finding;
use crate::archive::verify::seal::{Given, Seal};
use crate::archive::verify::{self, Kind, Verdict};
use crate::vietnamese::number;

/// Checks the archive at `path` and says what was found.
pub fn verify(path: &Path, seal: Option<&str>, format: Format, voice: &Voice) -> Outcome {
    if seal.is_some_and(|seal| Given::parse(seal).is_none()) {
        voice.failure(words::BAD_SEAL.get(voice.language));
        return Outcome::Failed;
    }
    let verdict = match verify::archive(path, seal) {
        Ok(verdict) => verdict,
        Err(failure) => return failed(voice, &failure),
    };
    match format {
        Format::Json => voice.out(&json(&verdict, voice)),
        _ => human(&verdict, voice),
    }
    if verdict.is_valid() { Outcome::Fine } else { Outcome::Problems }
}

fn human(verdict: &Verdict, voice: &Voice) {
    let mut text = Shown::default();
    for finding in &verdict.findings {
        let word = if finding.is_note { words::NOTE } else { words::ERROR }.get(voice.language);
        // A path can look like another one: it is always quoted.
        text += Shown::line("{}: “{}”: {}", &[word, &finding.path, &finding.message(voice.language)]);
    }
    let left = (verdict.errors + verdict.notes).saturating_sub(verdict.findings.len() as u64);
    if left > 0 {
        let count = number::group(left, voice.language);
        text += Shown::line(words::MORE_FINDINGS.get(voice.language), &[&count]);
    }
    voice.err(&text);
    let count = |number: u64| number::group(number, voice.language);
    let kind = match verdict.kind {
        Kind::Bag => words::KIND_BAG,
        Kind::ZipOfBag => words::KIND_ZIP,
        Kind::Wacz => words::KIND_WACZ,
        Kind::Unknown => words::KIND_UNKNOWN,
    };
    let word = if verdict.is_valid() { words::VALID } else { words::NOT_VALID };
    let [kind, word] = [kind, word].map(|w| w.get(voice.language));
    let (files, bytes) = (count(verdict.files), voice.bytes(verdict.bytes));
    let (errors, notes) = (count(verdict.errors), count(verdict.notes));
    let parts = [word, kind, &files, &bytes, &errors, &notes];
    let tally = fill(words::VERIFIED.get(voice.language), &parts);
    let seal = verdict.seal.as_ref().map_or(words::NO_SEAL.get(voice.language), Seal::as_str);
    let seal = fill(words::SEAL_IS.get(voice.language), &[seal]);
    voice.out(&Shown::line("{} · {}", &[&tally, &seal]));
}

fn json(verdict: &Verdict, voice: &Voice) -> Shown {
    let finding = |finding: &Finding| {
        serde_json::json!({
            "path": finding.path,
            "code": finding.code(),
            "severity": if finding.is_note { "note" } else { "error" },
            "message": finding.message(voice.language),
        })
    };
    let object = serde_json::json!({
        "valid": verdict.is_valid(),
        "kind": verdict.kind.code(),
        "seal": verdict.seal.as_ref().map(Seal::as_str),
        "findings": verdict.findings.iter().map(finding).collect::<Vec<_>>(),
        "errors": verdict.errors,
        "notes": verdict.notes,
        "files": verdict.files,
        "bytes": verdict.bytes,
    });
    Shown::json(&object)
}
