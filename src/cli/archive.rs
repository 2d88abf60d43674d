//! `nhiemky archive`: what an archive came to, and the seal, in words.

use super::args::{Archive, Request};
use super::say::Voice;
use super::shown::Shown;
use super::words::{self, Words, fill};
use super::{Outcome, interrupt};
use crate::archive::{self, Done, Order, Trouble};
use crate::problem::locate::locate;
use crate::vietnamese::{date, number};

/// Hexadecimal digits of the seal in a group: a person copies eight without losing the place.
const GROUP: usize = 8;

/// Archives a term.
pub fn archive(request: &Request, asked: &Archive, voice: &Voice) -> Outcome {
    let day = asked.date.as_deref().map(date::parse);
    let Ok(day) = day.transpose() else {
        voice.failure(words::BAD_DATE.get(voice.language));
        return Outcome::Failed;
    };
    let order = Order {
        root: &request.root,
        term: &asked.term,
        output: asked.output.as_deref(),
        date: day,
        contact: asked.contact.as_deref(),
        is_again: asked.is_again,
        with_zip: asked.with_zip,
        with_wacz: asked.with_wacz,
        stop: &interrupt::STOP,
    };
    match archive::archive(&order) {
        Ok(done) => {
            voice.problems(&locate(&done.problems, &done.sources), false);
            if done.is_early {
                voice.note(&fill(words::ARCHIVED_EARLY.get(voice.language), &[&asked.term]));
            }
            voice.out(&said(voice, asked, &done, request.is_quiet));
            Outcome::Fine
        }
        Err(trouble) => refused(voice, asked, &trouble),
    }
}

/// What was written, and the seal.
fn said(voice: &Voice, asked: &Archive, done: &Done, is_quiet: bool) -> Shown {
    let w = |words: Words, parts: &[&str]| Shown::line(words.get(voice.language), parts);
    let seal = done.seal.as_bytes().chunks(GROUP).map(String::from_utf8_lossy).collect::<Vec<_>>().join(" ");
    if is_quiet {
        return Shown::line("sha256 {}", &[&seal]);
    }
    let files = number::group(done.files as u64, voice.language);
    let bytes = voice.bytes(done.bytes);
    let words = if done.is_same { words::ARCHIVED_SAME } else { words::ARCHIVED };
    let mut text = w(words, &[&asked.term, &done.folder.display().to_string(), &files, &bytes]);
    for path in &done.beside {
        text += w(words::ARCHIVED_BESIDE, &[&path.display().to_string()]);
    }
    if let Some(path) = &done.moved {
        text += w(words::ARCHIVED_MOVED, &[&path.display().to_string()]);
    }
    if let Some(path) = &done.noted {
        text += w(words::ARCHIVED_NOTED, &[path.as_str()]);
    }
    text += w(words::SEAL_LINE, &[]);
    text += Shown::line("sha256 {}", &[&seal]);
    text
}

/// Why there is no archive.
fn refused(voice: &Voice, asked: &Archive, trouble: &Trouble) -> Outcome {
    let w = |words: Words, parts: &[&str]| fill(words.get(voice.language), parts);
    let why = match trouble {
        Trouble::Content(found) => {
            let (problems, sources) = &**found;
            let located = locate(problems, sources);
            voice.problems(&located, false);
            let nothing = words::NOTHING_ARCHIVED.get(voice.language);
            voice.err(&Shown::line("{}. {}", &[&voice.tally(&located, false), nothing]));
            return Outcome::Problems;
        }
        Trouble::Disk(failure) => return super::failed(voice, failure),
        Trouble::Place(refusal) => refusal.message(voice.language),
        Trouble::NoTerm(terms) => w(words::NO_TERM, &[&asked.term, &terms.join(", ")]),
        Trouble::NoReport => w(words::NO_REPORT, &[&asked.term]),
        Trouble::Taken(path) => w(words::TAKEN, &[&path.display().to_string()]),
        Trouble::Sealed(date) => w(words::SEALED, &[&asked.term, &date.short(voice.language)]),
        Trouble::Braces(path) => w(words::BRACES, &[path.as_str()]),
    };
    voice.failure(&why);
    Outcome::Failed
}
