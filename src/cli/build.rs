//! `nhiemky build` and `nhiemky check`: the pipeline, with and without the writing.

use std::path::{Path, PathBuf};

use super::Outcome;
use super::args::{Asked, Explain, Format, Request};
use super::progress::Progress;
use super::say::Voice;
use super::sink::{Nowhere, Publisher};
use super::words::{self, Words, fill};
use super::{explain, interrupt};
use crate::digest::{self, Digest};
use crate::fs::{Failure, file};
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
pub fn check(request: &Request, sources: &Sources, format: Format, voice: &Voice) -> Outcome {
    let mut progress = Progress::begin();
    let (ready, mut problems) = pipeline::prepare(sources, request.with_drafts, None);
    let mut pages = 0;
    if let Some(ready) = ready.filter(|_| !problems.any_error(false)) {
        pages = ready.pages();
        progress.expect(pages, voice.language, request.is_quiet || format != Format::Human);
        let made = ready.make(sources, &Records::default(), &Nowhere(&progress));
        problems.extend(made.map(|m| m.problems).unwrap_or_default());
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
        Format::Json => voice.out(&report::json(&located, voice.language, request.is_strict)),
        Format::Github => {
            let lines: Vec<String> =
                located.iter().map(|l| report::github(l, voice.language, request.is_strict) + "\n").collect();
            voice.out(&lines.concat());
        }
    }
    outcome(&problems, request.is_strict)
}

fn outcome(problems: &Problems, strict: bool) -> Outcome {
    if problems.any_error(strict) { Outcome::Problems } else { Outcome::Fine }
}

/// A build on its way: what was asked for, and where it goes.
struct Build<'a> {
    request: &'a Request,
    sources: &'a Sources,
    voice: &'a Voice,
    output: PathBuf,
    is_synced: bool,
    is_clean: bool,
    explain: Option<Explain>,
}

/// Builds a site.
pub fn build(request: &Request, sources: &Sources, voice: &Voice) -> Outcome {
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
        sources,
        voice,
        output,
        is_synced: *with_sync,
        is_clean: *is_clean,
        explain: *explain,
    };
    let progress = Progress::begin();
    let base_url = whole.flatten();
    let inputs = inputs(sources, request.with_drafts, base_url.as_deref());
    match build.unchanged(&inputs) {
        Ok(None) => {}
        Ok(Some((summary, pages))) => return build.say_unchanged(&summary, pages, progress.end()),
        Err(failure) => {
            voice.failure(&failure.message(voice.language));
            return Outcome::Failed;
        }
    }
    let (ready, problems) = pipeline::prepare(sources, request.with_drafts, base_url.as_deref());
    match ready.filter(|_| !problems.any_error(request.is_strict)) {
        Some(ready) => build.write(&ready, &inputs, problems, progress),
        None => stopped(request, voice, &locate(&problems, sources)),
    }
}

/// Everything that a build depends on: what was read, what was told, the program.
fn inputs(sources: &Sources, with_drafts: bool, base_url: Option<&str>) -> Digest {
    let told = format!("{with_drafts} {base_url:?} {}", env!("NHIEMKY_ENGINE"));
    digest::digest(&[sources.digest().as_slice(), told.as_bytes()].concat())
}

impl Build<'_> {
    /// The summary of a build that has nothing to do, and its pages: the inputs are those of the last build, which had no
    /// problem to show, and every file it published is still there and right. `None` where there is something to do.
    fn unchanged(&self, inputs: &Digest) -> Result<Option<(Summary, usize)>, Failure> {
        if self.is_clean {
            return Ok(None);
        }
        let publication = self.begin()?;
        let records = self.records();
        let is_same = records.inputs == Some(*inputs) && records.manifest == publication.manifest_before();
        if !is_same || !publication.keep_all()? {
            return Ok(None);
        }
        publication.finish().map(|summary| Some((summary, records.pages())))
    }

    fn say_unchanged(&self, summary: &Summary, pages: usize, took_ms: u64) -> Outcome {
        let (voice, made) = (self.voice, Made::default());
        match self.explain {
            Some(Explain::Words) => voice.out(&explain::words(voice, &made, pages)),
            Some(Explain::Json) => voice.out(&explain::json(&made, pages)),
            None => {}
        }
        if !self.request.is_quiet && self.explain != Some(Explain::Json) {
            voice.out(&built(voice, pages, summary.total_bytes, summary, &voice.tally(&[], false), took_ms));
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
        Records::from_bytes(&read_if_there(&self.state().join(self.records_name())))
    }

    /// Renders, publishes, and says what came of it.
    fn write(
        &self,
        ready: &Ready,
        inputs: &Digest,
        mut problems: Problems,
        mut progress: Progress,
    ) -> Outcome {
        let (request, voice) = (self.request, self.voice);
        progress.expect(ready.pages(), voice.language, request.is_quiet);
        let published = self.publish(ready, inputs, &mut problems, &progress);
        let took = progress.end();
        let located = locate(&problems, self.sources);
        match published {
            Err(failure) => {
                voice.problems(&located, request.is_strict);
                voice.failure(&failure.message(voice.language));
                Outcome::Failed
            }
            Ok(None) => stopped(request, voice, &located),
            Ok(Some((summary, bytes, made))) => {
                voice.problems(&located, request.is_strict);
                if let Some(note) = summary.how.note(voice.language) {
                    voice.note(note);
                }
                match self.explain {
                    Some(Explain::Words) => voice.out(&explain::words(voice, &made, made.pages.len())),
                    Some(Explain::Json) => voice.out(&explain::json(&made, made.pages.len())),
                    None => {}
                }
                if !request.is_quiet && self.explain != Some(Explain::Json) {
                    let tally = voice.tally(&located, request.is_strict);
                    voice.out(&built(voice, ready.pages(), bytes, &summary, &tally, took));
                }
                Outcome::Fine
            }
        }
    }

    /// Renders and publishes; `None` where a template failed and nothing was written. The records are read under the lock of
    /// the publication and written last: what a killed build leaves makes pages again, never leaves a stale one.
    fn publish(
        &self,
        ready: &Ready,
        inputs: &Digest,
        problems: &mut Problems,
        progress: &Progress,
    ) -> Result<Option<(Summary, u64, Made)>, Failure> {
        let publication = self.begin()?;
        let records = if self.is_clean { Records::default() } else { self.records() };
        let sink = Publisher { publication, root: &self.request.root, progress };
        let mut made = ready.make(self.sources, &records, &sink)?;
        let is_broken = made.problems.any_error(self.request.is_strict);
        problems.extend(std::mem::take(&mut made.problems));
        if is_broken {
            return Ok(None);
        }
        let summary = sink.publication.finish()?;
        let inputs = problems.iter().next().is_none().then_some(*inputs);
        let mut next = made.records(ready.shared());
        (next.inputs, next.manifest) = (inputs, summary.manifest);
        if next != records {
            let file = self.state().join(self.records_name());
            file::replace(&file, &next.to_bytes(), self.is_synced)?;
        }
        Ok(Some((summary, summary.total_bytes, made)))
    }

    /// The file of the records: one for each output folder, by its path from the project's folder where it lies in it.
    fn records_name(&self) -> String {
        let plain = |path: &Path| place::plain(path).unwrap_or_else(|_| path.to_owned());
        let (output, root) = (plain(&self.output), plain(&self.request.root));
        let place = output.strip_prefix(&root).unwrap_or(&output);
        let digest = digest::to_hex(&digest::digest(place.to_string_lossy().as_bytes()));
        format!("build-{}", &digest[..16])
    }
}

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
    voice.err(&format!("{tally}. {}\n", words::NOTHING_WRITTEN.get(voice.language)));
    Outcome::Problems
}

const BUILT: Words = Words {
    vi: "Đã dựng {} trang ({}): {} tệp mới hoặc thay đổi, {} tệp giữ nguyên, {} tệp bỏ đi · {} · {} giây\n",
    en: "Built {} pages ({}): {} files new or changed, {} kept, {} removed · {} · {} s\n",
};
const UNCHANGED: Words = Words {
    vi: "Không có gì thay đổi: {} trang ({}) · {} · {} giây\n",
    en: "Nothing has changed: {} pages ({}) · {} · {} s\n",
};
const NOT_CHECKED: Words = Words {
    vi: "{}; các trang sẽ được kiểm tra khi hết lỗi · {} giây\n",
    en: "{}; the pages are checked once the errors are mended · {} s\n",
};
const CHECKED: Words =
    Words { vi: "Đã kiểm tra {} trang · {} · {} giây\n", en: "Checked {} pages · {} · {} s\n" };

/// The last line of a build: pages, bytes, problems, time.
fn built(voice: &Voice, pages: usize, bytes: u64, summary: &Summary, tally: &str, took_ms: u64) -> String {
    let count = |n: usize| group(n, voice.language);
    let (pages, bytes, seconds) = (count(pages), voice.bytes(bytes), voice.seconds(took_ms));
    if summary.how == How::Unchanged {
        return fill(UNCHANGED.get(voice.language), &[&pages, &bytes, tally, &seconds]);
    }
    let (written, kept, removed) = (count(summary.written), count(summary.kept), count(summary.removed));
    fill(BUILT.get(voice.language), &[&pages, &bytes, &written, &kept, &removed, tally, &seconds])
}

fn checked(voice: &Voice, pages: usize, tally: &str, took_ms: u64) -> String {
    if pages == 0 {
        return fill(NOT_CHECKED.get(voice.language), &[tally, &voice.seconds(took_ms)]);
    }
    fill(CHECKED.get(voice.language), &[&group(pages, voice.language), tally, &voice.seconds(took_ms)])
}

fn group(n: usize, language: Language) -> String {
    number::group(n as u64, language)
}
