//! `nhiemky build` and `nhiemky check`: the pipeline, with and without the writing.

use std::path::{Path, PathBuf};
use std::sync::atomic::Ordering;

use super::Outcome;
use super::args::{Asked, Explain, Format, Request};
use super::progress::Progress;
use super::say::Voice;
use super::shown::Shown;
use super::sink::{Nowhere, Publisher};
use super::words::{self, Words};
use super::{against, explain, interrupt};
use crate::digest::{self, Digest};
use crate::fs::{Action, Cause, Failure, file, read_site};
use crate::output::{self, How, Publication, Summary, place};
use crate::path::Url;
use crate::pipeline::{self, Made, Ready};
use crate::problem::locate::{Located, locate};
use crate::problem::{Problems, report};
use crate::record::Records;
use crate::source::Sources;
use crate::vietnamese::{Language, number};

/// The folder that a site is built into where none is named.
const OUTPUT: &str = "public";

/// Checks a site: everything but the writing.
pub fn check(
    request: &Request,
    sources: &Sources,
    (format, against): (Format, Option<&Path>),
    voice: &Voice,
) -> Outcome {
    let mut progress = Progress::begin();
    let (ready, mut problems) = pipeline::prepare(sources, request.with_drafts, None);
    let mut pages = 0;
    if let Some(ready) = ready.filter(|_| !problems.any_error(false)) {
        pages = ready.pages();
        progress.expect(pages, voice.language, request.is_quiet || format != Format::Human);
        let made = ready.make(sources, &Records::default(), &Nowhere(&progress));
        problems.extend(made.map(|m| m.problems).unwrap_or_default());
        match against.map(|sitemap| against::problems(sitemap, &ready)) {
            Some(Ok(found)) => problems.extend(found),
            Some(Err(failure)) => return super::failed(voice, &failure),
            None => {}
        }
    }
    let took = progress.end();
    let located = locate(&problems, sources);
    match format {
        Format::Human => {
            voice.problems(&located, request.is_strict);
            if !request.is_quiet {
                voice.out(&checked(voice, pages, &voice.tally(&located, request.is_strict), took));
            }
        }
        Format::Json => {
            voice.out(&Shown::json(&report::json(&located, voice.language, request.is_strict)));
        }
        Format::Github => voice.out(&Shown::github(&located, voice.language, request.is_strict)),
    }
    outcome(&problems, request.is_strict)
}

fn outcome(problems: &Problems, strict: bool) -> Outcome {
    if problems.any_error(strict) { Outcome::Problems } else { Outcome::Fine }
}

/// A build on its way: what was asked for, and where it goes.
struct Build<'a> {
    request: &'a Request,
    voice: &'a Voice,
    output: PathBuf,
    base_url: Option<String>,
    is_synced: bool,
    is_clean: bool,
    explain: Option<Explain>,
}

/// Builds a site.
pub fn build(request: &Request, voice: &Voice) -> Outcome {
    let Asked::Build { output, base_url, is_clean, with_sync, explain } = &request.command else {
        return Outcome::Failed;
    };
    let output = output.clone().unwrap_or_else(|| request.root.join(OUTPUT));
    if let Err(refusal) = place::check_place(&request.root, &output, &place::homes()) {
        voice.failure(&refusal.message(voice.language));
        return Outcome::Failed;
    }
    let whole = base_url.as_deref().map(whole_address);
    if matches!(whole, Some(None)) {
        voice.failure(words::BAD_BASE_URL.get(voice.language));
        return Outcome::Failed;
    }
    let build = Build {
        request,
        voice,
        output,
        base_url: whole.flatten(),
        is_synced: *with_sync,
        is_clean: *is_clean,
        explain: *explain,
    };
    build.run().unwrap_or_else(|failure| super::failed(voice, &failure))
}

impl Build<'_> {
    /// The lock is taken first and the sources are read under it: of two builds that wait, the later one to publish has
    /// the later sources.
    fn run(&self) -> Result<Outcome, Failure> {
        let (request, progress) = (self.request, Progress::begin());
        let mut publication = self.begin()?;
        let sources = read_site(&request.root)?;
        self.go_on()?;
        let inputs = self.inputs(&sources);
        let records = if self.is_clean { Records::default() } else { self.records() };
        if records.inputs == Some(inputs)
            && records.manifest == publication.manifest_before()
            && let Some(summary) = publication.confirm()?
        {
            let outcome = self.say_unchanged(&summary, &records, progress.end());
            std::mem::forget((sources, records));
            return Ok(outcome);
        }
        let (drafts, base_url) = (request.with_drafts, self.base_url.as_deref());
        let (ready, problems) = pipeline::prepare(&sources, drafts, base_url);
        self.go_on()?;
        let Some(ready) = ready.filter(|_| !problems.any_error(request.is_strict)) else {
            return Ok(stopped(request, self.voice, &locate(&problems, &sources)));
        };
        publication.look();
        let making = Making { sources: &sources, ready: &ready, records: &records, inputs, problems };
        let outcome = self.write(publication, making, progress);
        // The program ends: giving a million strings back one by one would only take time.
        std::mem::forget((sources, ready, records));
        Ok(outcome)
    }

    /// Fails where the user wants the build to stop; asked between the stages.
    fn go_on(&self) -> Result<(), Failure> {
        match interrupt::STOP.load(Ordering::Relaxed) {
            true => Err(Failure::new(Action::Write, &self.output, Cause::Interrupted)),
            false => Ok(()),
        }
    }

    /// Everything that a build depends on: what was read, what was told, the program.
    fn inputs(&self, sources: &Sources) -> Digest {
        let told =
            format!("{} {:?} {}", self.request.with_drafts, self.base_url.as_deref(), env!("NHIEMKY_ENGINE"));
        digest::digest(&[sources.digest().as_slice(), told.as_bytes()].concat())
    }

    fn say_unchanged(&self, summary: &Summary, records: &Records, took_ms: u64) -> Outcome {
        let (voice, made) = (self.voice, Made::default());
        match self.explain {
            Some(Explain::Words) => voice.out(&explain::words(voice, &made, records.len())),
            Some(Explain::Json) => voice.out(&explain::json(&made, records.len())),
            None => {}
        }
        if !self.request.is_quiet && self.explain != Some(Explain::Json) {
            voice.out(&built(
                voice,
                records.pages(),
                summary.total_bytes,
                summary,
                &voice.tally(&[], false),
                took_ms,
            ));
        }
        Outcome::Fine
    }

    fn begin(&self) -> Result<Publication<'static>, Failure> {
        let options =
            output::Options { is_synced: self.is_synced, is_clean: self.is_clean, stop: &interrupt::STOP };
        Publication::begin(&self.output, &self.state(), options)
    }

    fn state(&self) -> PathBuf {
        self.request.root.join(place::STATE)
    }

    /// The records of the last build into this folder; read while the publication holds the lock.
    fn records(&self) -> Records {
        Records::from_bytes(&read_if_there(&place::memory(&self.state(), &self.output, RECORDS)))
    }

    /// Renders, publishes, and says what came of it.
    fn write(
        &self,
        publication: Publication<'static>,
        mut making: Making,
        mut progress: Progress,
    ) -> Outcome {
        let (request, voice, ready) = (self.request, self.voice, making.ready);
        progress.expect(ready.pages(), voice.language, request.is_quiet);
        let published = self.publish(publication, &mut making, &progress);
        let took = progress.end();
        let located = locate(&making.problems, making.sources);
        match published {
            Err(failure) => {
                voice.problems(&located, request.is_strict);
                super::failed(voice, &failure)
            }
            Ok(None) => stopped(request, voice, &located),
            Ok(Some((summary, made))) => {
                voice.problems(&located, request.is_strict);
                if let Some(note) = summary.how.note(voice.language) {
                    voice.note(note);
                }
                match self.explain {
                    Some(Explain::Words) => voice.out(&explain::words(voice, &made, made.files.len())),
                    Some(Explain::Json) => voice.out(&explain::json(&made, made.files.len())),
                    None => {}
                }
                if !request.is_quiet && self.explain != Some(Explain::Json) {
                    let tally = voice.tally(&located, request.is_strict);
                    voice.out(&built(voice, ready.pages(), summary.total_bytes, &summary, &tally, took));
                }
                std::mem::forget(made);
                Outcome::Fine
            }
        }
    }

    /// Renders and publishes; `None` where a template failed and nothing was written. The records are written last: what a
    /// killed build leaves makes pages again, never leaves a stale one.
    fn publish(
        &self,
        publication: Publication<'static>,
        making: &mut Making,
        progress: &Progress,
    ) -> Result<Option<(Summary, Made)>, Failure> {
        let sink = Publisher { publication, root: &self.request.root, progress };
        let mut made = making.ready.make(making.sources, making.records, &sink)?;
        let is_broken = made.problems.any_error(self.request.is_strict);
        making.problems.extend(std::mem::take(&mut made.problems));
        if is_broken {
            return Ok(None);
        }
        let is_sound = making.problems.iter().next().is_none();
        let records = place::memory(&self.state(), &self.output, RECORDS);
        let summary = sink.publication.finish(|summary| {
            let mut next = made.records();
            next.inputs = is_sound.then_some(making.inputs);
            next.manifest = summary.manifest;
            if next == *making.records {
                return Ok(());
            }
            file::replace(&records, &next.to_bytes(), self.is_synced)
        })?;
        Ok(Some((summary, made)))
    }
}

/// What a site is made from.
struct Making<'a> {
    sources: &'a Sources,
    ready: &'a Ready,
    /// Those of the last build.
    records: &'a Records,
    inputs: Digest,
    /// What was found so far.
    problems: Problems,
}

/// The name of the records in the program's memory.
const RECORDS: &str = "build";

/// Bytes of records that are read at most: a million pages stay far below it.
const RECORD_BYTES: u64 = 1 << 30;

/// The bytes of a file; none where it cannot be read, which for records means a full build.
fn read_if_there(path: &Path) -> Vec<u8> {
    file::read_bounded(path, RECORD_BYTES).unwrap_or_default()
}

/// An address that a site may stand at, with a slash at its end.
fn whole_address(text: &str) -> Option<String> {
    match Url::parse(text) {
        Ok(Url::Absolute(url)) if url.starts_with("http") && !url.contains(['?', '#']) => {
            Some(if url.ends_with('/') { url } else { url + "/" })
        }
        _ => None,
    }
}

/// Says what stopped a build.
fn stopped(request: &Request, voice: &Voice, located: &[Located<'_>]) -> Outcome {
    voice.problems(located, request.is_strict);
    let tally = voice.tally(located, request.is_strict);
    voice.err(&Shown::line("{}. {}", &[&tally, words::NOTHING_WRITTEN.get(voice.language)]));
    Outcome::Problems
}

const BUILT: Words = Words {
    vi: "Đã dựng {} trang ({}): {} tệp mới hoặc thay đổi, {} tệp giữ nguyên, {} tệp bỏ đi · {} · {} giây",
    en: "Built {} pages ({}): {} files new or changed, {} kept, {} removed · {} · {} s",
};
const UNCHANGED: Words = Words {
    vi: "Không có gì thay đổi: {} trang ({}) · {} · {} giây",
    en: "Nothing has changed: {} pages ({}) · {} · {} s",
};
const NOT_CHECKED: Words = Words {
    vi: "{}; các trang sẽ được kiểm tra khi hết lỗi · {} giây",
    en: "{}; the pages are checked once the errors are mended · {} s",
};
const CHECKED: Words =
    Words { vi: "Đã kiểm tra {} trang · {} · {} giây", en: "Checked {} pages · {} · {} s" };

/// The last line of a build: pages, bytes, problems, time.
fn built(voice: &Voice, pages: usize, bytes: u64, summary: &Summary, tally: &str, took_ms: u64) -> Shown {
    let count = |n: usize| group(n, voice.language);
    let (pages, bytes, seconds) = (count(pages), voice.bytes(bytes), voice.seconds(took_ms));
    if summary.how == How::Unchanged {
        return Shown::line(UNCHANGED.get(voice.language), &[&pages, &bytes, tally, &seconds]);
    }
    let (written, kept, removed) = (count(summary.written), count(summary.kept), count(summary.removed));
    Shown::line(BUILT.get(voice.language), &[&pages, &bytes, &written, &kept, &removed, tally, &seconds])
}

fn checked(voice: &Voice, pages: usize, tally: &str, took_ms: u64) -> Shown {
    if pages == 0 {
        return Shown::line(NOT_CHECKED.get(voice.language), &[tally, &voice.seconds(took_ms)]);
    }
    Shown::line(CHECKED.get(voice.language), &[&group(pages, voice.language), tally, &voice.seconds(took_ms)])
}

fn group(n: usize, language: Language) -> String {
    number::group(n as u64, language)
}
