//! The command line: what may stand on it, and what it comes to.
//!
//! The one home of clap. Its own words are English only, so help and mistakes are said in words of ours; the language is
//! looked for in the raw arguments first, because even a wrong command line is answered in it.

use std::ffi::OsString;
use std::net::IpAddr;
use std::path::PathBuf;

use clap::error::{ContextKind, ContextValue, ErrorKind};
use clap::{ArgMatches, ColorChoice};

use super::command::command;
use super::shown::Shown;
use super::words::{self, Words, fill};
use crate::vietnamese::Language;

/// What was asked for.
#[derive(Debug, Clone)]
pub struct Request {
    /// The command.
    pub command: Asked,
    /// Where the site lies.
    pub root: PathBuf,
    /// The language of messages, where it was given.
    pub language: Option<Language>,
    /// When to use colours.
    pub color: ColorChoice,
    /// Whether warnings are errors.
    pub is_strict: bool,
    /// Whether drafts are shown.
    pub with_drafts: bool,
    /// Whether only problems and errors are printed.
    pub is_quiet: bool,
}

/// A command with what only it may be told.
#[derive(Debug, Clone)]
pub enum Asked {
    /// `nhiemky build`
    Build {
        /// The output folder, where it was given.
        output: Option<PathBuf>,
        /// Another base address.
        base_url: Option<String>,
        /// Whether everything is written anew.
        is_clean: bool,
        /// Whether to wait for the disk.
        with_sync: bool,
        /// Whether to say why each page was made, and how.
        explain: Option<Explain>,
    },
    /// `nhiemky check`
    Check {
        /// How problems are printed.
        format: Format,
        /// An older sitemap whose addresses must still answer.
        against: Option<PathBuf>,
    },
    /// `nhiemky serve`
    Serve(Serve),
    /// `nhiemky verify`
    Verify {
        /// What to check.
        path: PathBuf,
        /// The seal that it must have.
        seal: Option<String>,
        /// How findings are printed.
        format: Format,
    },
    /// `nhiemky archive`
    Archive(Archive),
}

/// What to archive, and how.
#[derive(Debug, Clone)]
pub struct Archive {
    /// `unit/term`
    pub term: String,
    /// The folder of the bag, where it was given.
    pub output: Option<PathBuf>,
    /// The date of the archive, as given.
    pub date: Option<String>,
    /// Whom to ask.
    pub contact: Option<String>,
    /// Whether to seal anew.
    pub is_again: bool,
    /// Whether to make a zip.
    pub with_zip: bool,
    /// Whether to make a WACZ.
    pub with_wacz: bool,
}

/// How to serve the preview.
#[derive(Debug, Clone)]
pub struct Serve {
    /// The first port to try.
    pub port: u16,
    /// The address to listen on, where it is not the machine's own.
    pub host: Option<IpAddr>,
    /// Whether to open the browser.
    pub opens: bool,
    /// Whether to look for changes instead of being told of them.
    pub polls: bool,
    /// Whether browsers go to the page that was edited.
    pub follows: bool,
}

/// How reasons are printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Explain {
    /// For people.
    Words,
    /// A JSON object.
    Json,
}

/// How problems are printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// For people.
    Human,
    /// A JSON array.
    Json,
    /// Annotations of GitHub.
    Github,
}

/// What a command line came to, if not a request: text to print and the code to exit with.
#[derive(Debug)]
pub struct Answer {
    /// Help or version, or what is wrong.
    pub text: Shown,
    /// Whether it belongs on the error stream.
    pub is_error: bool,
    /// When to use colours.
    pub color: ColorChoice,
}

/// Reads the arguments, the program's name first.
///
/// # Errors
/// An [`Answer`] where help or the version was asked for, or where the command line is wrong.
pub fn parse(args: impl IntoIterator<Item = OsString>) -> Result<Request, Box<Answer>> {
    let args: Vec<OsString> = args.into_iter().collect();
    let language = sniff(&args, "--lang").and_then(|l| Language::parse(&l));
    let words = language.unwrap_or(Language::Vi);
    let color = sniff(&args, "--color").map_or(ColorChoice::Auto, |c| color_of(&c));
    match command(words).color(color).try_get_matches_from(&args) {
        Ok(matches) => Ok(request(&matches, color)),
        Err(error) => Err(Box::new(answer(&error, words, color))),
    }
}

/// The value of an option in the raw arguments.
fn sniff(args: &[OsString], name: &str) -> Option<String> {
    let args: Vec<&str> = args.iter().filter_map(|a| a.to_str()).collect();
    let apart = args.iter().position(|a| *a == name).and_then(|i| args.get(i + 1)).copied();
    let joined = args.iter().find_map(|a| a.strip_prefix(name).and_then(|rest| rest.strip_prefix('=')));
    apart.or(joined).map(str::to_owned)
}

fn color_of(text: &str) -> ColorChoice {
    match text {
        "always" => ColorChoice::Always,
        "never" => ColorChoice::Never,
        _ => ColorChoice::Auto,
    }
}

/// The port of the preview where none is named.
pub const DEFAULT_PORT: u16 = 1111;

fn request(matches: &ArgMatches, color: ColorChoice) -> Request {
    let (name, own) = matches.subcommand().unwrap_or(("check", matches));
    let text = |name: &str| own.get_one::<String>(name).cloned();
    let path = |name: &str| own.try_get_one::<PathBuf>(name).ok().flatten().cloned();
    let format = match own.try_get_one::<String>("format").ok().flatten().map(String::as_str) {
        Some("json") => Format::Json,
        Some("github") => Format::Github,
        _ => Format::Human,
    };
    let command = match name {
        "build" => Asked::Build {
            output: path("output"),
            base_url: text("base-url"),
            is_clean: own.get_flag("clean"),
            with_sync: !own.get_flag("no-sync"),
            explain: text("explain").map(|how| if how == "json" { Explain::Json } else { Explain::Words }),
        },
        "serve" => Asked::Serve(Serve {
            port: own.get_one::<u16>("port").copied().unwrap_or(DEFAULT_PORT),
            host: own.get_one::<IpAddr>("host").copied(),
            opens: own.get_flag("open"),
            polls: own.get_flag("poll"),
            follows: own.get_flag("follow"),
        }),
        "archive" => Asked::Archive(Archive {
            term: text("term").unwrap_or_default(),
            output: path("output"),
            date: text("date"),
            contact: text("contact"),
            is_again: own.get_flag("again"),
            with_zip: own.get_flag("zip"),
            with_wacz: own.get_flag("wacz"),
        }),
        "verify" => Asked::Verify { path: path("path").unwrap_or_default(), seal: text("seal"), format },
        _ => Asked::Check { format, against: path("against") },
    };
    let flag = |name: &str| own.try_get_one::<bool>(name).ok().flatten().copied().unwrap_or_default();
    Request {
        command,
        root: path("root").unwrap_or_else(|| PathBuf::from(".")),
        language: text("lang").and_then(|l| Language::parse(&l)),
        color,
        is_strict: flag("strict"),
        with_drafts: flag("drafts"),
        is_quiet: flag("quiet"),
    }
}

/// Help and version as clap writes them; mistakes in words of ours.
fn answer(error: &clap::Error, language: Language, color: ColorChoice) -> Answer {
    let is_error = error.use_stderr();
    let shown = matches!(error.kind(), ErrorKind::DisplayHelp | ErrorKind::DisplayVersion)
        || error.kind() == ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand;
    if shown {
        return Answer { text: Shown::help(&error.render()), is_error, color };
    }
    let text = |kind| match error.get(kind) {
        Some(ContextValue::String(s)) => s.clone(),
        Some(ContextValue::Strings(all)) => all.join(", "),
        _ => String::new(),
    };
    let name = |kind| text(kind).split(' ').next().unwrap_or_default().to_owned();
    let argument = name(ContextKind::InvalidArg);
    let w = |words: Words| words.get(language);
    let what = match error.kind() {
        ErrorKind::UnknownArgument => fill(w(words::UNKNOWN_ARGUMENT), &[&argument]),
        ErrorKind::InvalidSubcommand => {
            fill(w(words::UNKNOWN_ARGUMENT), &[&text(ContextKind::InvalidSubcommand)])
        }
        ErrorKind::InvalidValue if text(ContextKind::InvalidValue).is_empty() => {
            fill(w(words::MISSING_VALUE), &[&argument])
        }
        ErrorKind::InvalidValue => {
            fill(w(words::INVALID_VALUE), &[&text(ContextKind::InvalidValue), &argument])
        }
        ErrorKind::MissingRequiredArgument => {
            fill(w(words::MISSING_ARGUMENT), &[&text(ContextKind::InvalidArg)])
        }
        ErrorKind::ArgumentConflict => fill(w(words::TWICE), &[&argument]),
        ErrorKind::MissingSubcommand => w(words::MISSING_COMMAND).to_owned(),
        _ => w(words::BAD_USAGE).to_owned(),
    };
    let mut said = Shown::line("{}: {}", &[w(words::ERROR), &what]);
    let near = [ContextKind::SuggestedArg, ContextKind::SuggestedSubcommand, ContextKind::SuggestedValue];
    let hints = [(words::CLOSEST, near.map(text).concat()), (words::ALLOWED, text(ContextKind::ValidValue))];
    for (label, hint) in hints.into_iter().filter(|(_, hint)| !hint.is_empty()) {
        said += Shown::line("  {}: {}", &[w(label), &hint]);
    }
    said += Shown::line(w(words::TRY_HELP), &[]);
    Answer { text: said, is_error, color }
}
