//! `--explain`: why each page, and each other file made of the site, was made, and that the others were left.

use super::say::Voice;
use super::shown::Shown;
use super::words::{self, fill};
use crate::pipeline::{Made, MadeFile};
use crate::record::Reason;
use crate::vietnamese::number;

/// The reasons for people, a line for each file that was made; `files` is how many there are in all.
pub fn words(voice: &Voice, made: &Made, files: usize) -> Shown {
    let w = |words: words::Words| words.get(voice.language);
    let count = |n: usize| number::group(n as u64, voice.language);
    let again: Vec<&MadeFile> = made.files.iter().filter(|p| p.reason.is_some()).collect();
    let mut text = Shown::line(w(words::MADE_AGAIN), &[&count(again.len())]);
    for file in &again {
        let why = file.reason.as_ref().map(|r| reason(voice, r)).unwrap_or_default();
        text += Shown::line("  {} – {}", &[file.path.as_str(), &why]);
    }
    text += Shown::line(w(words::LEFT), &[&count(files - again.len())]);
    text
}

fn reason(voice: &Voice, reason: &Reason) -> String {
    let w = |words: words::Words| words.get(voice.language).to_owned();
    match reason {
        Reason::New => w(words::WHY_NEW),
        Reason::Fields(fields) => fill(&w(words::WHY_FIELDS), &[&fields.join(", ")]),
        Reason::Theme => w(words::WHY_THEME),
        Reason::Site => w(words::WHY_SITE),
        Reason::Engine => w(words::WHY_ENGINE),
        Reason::Missing => w(words::WHY_MISSING),
        Reason::Altered => w(words::WHY_ALTERED),
    }
}

/// The same as a JSON object: `rendered`, an array of `path`, `reason` and for changed views `fields`; `kept`, a count.
pub fn json(made: &Made, files: usize) -> Shown {
    let rendered: Vec<serde_json::Value> = made
        .files
        .iter()
        .filter_map(|file| {
            let (name, fields) = name(file.reason.as_ref()?);
            Some(serde_json::json!({ "path": file.path.as_str(), "reason": name, "fields": fields }))
        })
        .collect();
    let kept = files - rendered.len();
    Shown::json_line(&serde_json::json!({ "rendered": rendered, "kept": kept }))
}

/// The name of a reason for machines, and the fields it is about.
fn name(reason: &Reason) -> (&'static str, &[String]) {
    match reason {
        Reason::New => ("new", &[]),
        Reason::Fields(fields) => ("fields", fields),
        Reason::Theme => ("theme", &[]),
        Reason::Site => ("site", &[]),
        Reason::Engine => ("engine", &[]),
        Reason::Missing => ("missing", &[]),
        Reason::Altered => ("altered", &[]),
    }
}
