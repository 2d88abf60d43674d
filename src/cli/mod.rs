//! The command line: the only module that prints.
//!
//! [`run`] reads the arguments, calls one consumer of the pipeline and says what came of it. Exit codes: 0 clean or warnings
//! only, 1 errors in the content, 2 the machine or the command line, 128 and its number where a signal stopped the program.
//! Output goes through checked writes: a closed pipe ends
//! the printing and nothing else.

mod against;
mod archive;
mod args;
mod build;
mod command;
mod explain;
mod interrupt;
mod progress;
mod say;
mod serve;
mod shown;
mod sink;
mod verify;
mod words;

use std::ffi::OsString;
use std::process::ExitCode;

use args::{Asked, Request};
use say::Voice;

use crate::fs::{Cause, Failure, site};
use crate::source::Sources;
use crate::vietnamese::Language;

/// What a command came to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Outcome {
    /// Clean, or warnings only.
    Fine,
    /// Errors in the content.
    Problems,
    /// The machine failed, or the command line was wrong.
    Failed,
    /// The user stopped it.
    Stopped,
}

impl From<Outcome> for ExitCode {
    fn from(outcome: Outcome) -> Self {
        match outcome {
            Outcome::Fine => Self::SUCCESS,
            Outcome::Problems => Self::from(1),
            Outcome::Failed => Self::from(2),
            Outcome::Stopped => Self::from(interrupt::code()),
        }
    }
}

/// Runs the program with its arguments, the program's name first.
pub fn run(args: impl IntoIterator<Item = OsString>) -> ExitCode {
    let request = match args::parse(args) {
        Ok(request) => request,
        Err(answer) => {
            let voice = Voice::new(answer.color, Language::Vi);
            if answer.is_error {
                voice.err(&answer.text);
                return Outcome::Failed.into();
            }
            voice.out(&answer.text);
            return Outcome::Fine.into();
        }
    };
    interrupt::listen();
    execute(&request).into()
}

fn execute(request: &Request) -> Outcome {
    match &request.command {
        Asked::Check { format, against } => match site::read_site(&request.root) {
            Ok(sources) => {
                let outcome =
                    build::check(request, &sources, (*format, against.as_deref()), &voice(request, &sources));
                std::mem::forget(sources);
                outcome
            }
            Err(failure) => {
                failed(&Voice::new(request.color, request.language.unwrap_or(Language::Vi)), &failure)
            }
        },
        Asked::Archive(asked) => {
            archive::archive(request, asked, &voice(request, &site::read_config(&request.root)))
        }
        Asked::Serve(how) => serve::serve(request, how, &voice(request, &site::read_config(&request.root))),
        Asked::Verify { path, seal, format } => {
            let voice = Voice::new(request.color, request.language.unwrap_or(Language::Vi));
            verify::verify(path, seal.as_deref(), *format, &voice)
        }
        Asked::Build { .. } => {
            let voice = voice(request, &site::read_config(&request.root));
            match site::expect_root(&request.root) {
                Ok(()) => build::build(request, &voice),
                Err(failure) => failed(&voice, &failure),
            }
        }
    }
}

/// Speaks the language that was asked for, else the site's.
fn voice(request: &Request, sources: &Sources) -> Voice {
    Voice::new(request.color, request.language.unwrap_or_else(|| crate::config::language_of(sources)))
}

/// Says that the machine failed, or that the user stopped the program.
fn failed(voice: &Voice, failure: &Failure) -> Outcome {
    voice.failure(&failure.message(voice.language));
    match failure.cause {
        Cause::Interrupted => Outcome::Stopped,
        _ => Outcome::Failed,
    }
}
