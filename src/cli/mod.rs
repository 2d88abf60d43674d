//! The command line: the only module that prints.
//!
//! [`run`] reads the arguments, calls one consumer of the pipeline and says what came of it. Exit codes: 0 clean or warnings
//! only, 1 errors in the content, 2 the machine or the command line. Output goes through checked writes: a closed pipe ends
//! the printing and nothing else.

mod args;
mod build;
mod explain;
mod interrupt;
mod progress;
mod say;
mod sink;
mod words;

use std::ffi::OsString;
use std::process::ExitCode;

use args::{Asked, Request};
use say::Voice;

use crate::fs::Failure;
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
}

impl From<Outcome> for ExitCode {
    fn from(outcome: Outcome) -> Self {
        match outcome {
            Outcome::Fine => Self::SUCCESS,
            Outcome::Problems => Self::from(1),
            Outcome::Failed => Self::from(2),
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
                voice.err(&answer.text.ansi().to_string());
                return Outcome::Failed.into();
            }
            voice.out(&answer.text.ansi().to_string());
            return Outcome::Fine.into();
        }
    };
    interrupt::listen();
    execute(&request).into()
}

fn execute(request: &Request) -> Outcome {
    let sources = match crate::fs::site::read_site(&request.root) {
        Ok(sources) => sources,
        Err(failure) => return failed(request, &failure),
    };
    let language = request.language.unwrap_or_else(|| crate::config::language_of(&sources));
    let voice = Voice::new(request.color, language);
    match &request.command {
        Asked::Check { format } => build::check(request, &sources, *format, &voice),
        Asked::Build { .. } => build::build(request, &sources, &voice),
    }
}

/// A failure of the machine, before the site's language is known.
fn failed(request: &Request, failure: &Failure) -> Outcome {
    let voice = Voice::new(request.color, request.language.unwrap_or(Language::Vi));
    voice.failure(&failure.message(voice.language));
    Outcome::Failed
}
