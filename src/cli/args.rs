//! The command line: what may stand on it, and what it comes to.
//!
//! The one home of clap. Its own words are English only, so help and mistakes are said in words of ours; the language is
//! looked for in the raw arguments first, because even a wrong command line is answered in it.

use std::ffi::OsString;
use std::path::PathBuf;

use clap::builder::{PossibleValuesParser, StyledStr};
use clap::error::{ContextKind, ContextValue, ErrorKind};
use clap::{Arg, ArgAction, ArgMatches, ColorChoice, Command, value_parser};

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
    },
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
    pub text: StyledStr,
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

fn template(language: Language, with_commands: bool, examples: Words) -> String {
    let w = |words: Words| words.get(language);
    let commands =
        if with_commands { format!("{}:\n{{subcommands}}\n\n", w(words::COMMANDS)) } else { String::new() };
    let (usage, options, title, examples) =
        (w(words::USAGE), w(words::OPTIONS), w(words::EXAMPLES), w(examples));
    format!("{{about}}\n\n{usage}: {{usage}}\n\n{commands}{options}:\n{{options}}\n\n{title}:\n{examples}\n")
}

fn command(language: Language) -> Command {
    let w = |words: Words| words.get(language);
    Command::new("nhiemky")
        .version(env!("CARGO_PKG_VERSION"))
        .about(w(words::ABOUT))
        .override_usage(w(words::USAGE_ALL))
        .help_template(template(language, true, words::EXAMPLES_ALL))
        .subcommand_required(true)
        .arg_required_else_help(true)
        .disable_help_flag(true)
        .disable_version_flag(true)
        .disable_help_subcommand(true)
        .arg(help(language))
        .arg(
            Arg::new("version")
                .short('V')
                .long("version")
                .display_order(94)
                .action(ArgAction::Version)
                .help(w(words::VERSION)),
        )
        .args(shared(language).map(|arg| arg.global(true)))
        .subcommand(build(language))
        .subcommand(check(language))
}

fn help(language: Language) -> Arg {
    Arg::new("help")
        .short('h')
        .long("help")
        .action(ArgAction::Help)
        .help(words::HELP.get(language))
        .global(true)
}

/// Options that every command has.
fn shared(language: Language) -> [Arg; 2] {
    [
        Arg::new("lang")
            .long("lang")
            .display_order(91)
            .value_name("vi|en")
            .hide_possible_values(true)
            .value_parser(PossibleValuesParser::new(["vi", "en"]))
            .help(words::LANG.get(language)),
        Arg::new("color")
            .long("color")
            .display_order(92)
            .value_name("auto|always|never")
            .hide_possible_values(true)
            .value_parser(PossibleValuesParser::new(["auto", "always", "never"]))
            .help(words::COLOR.get(language)),
    ]
}

fn flag(name: &'static str, help: &'static str) -> Arg {
    Arg::new(name).long(name).action(ArgAction::SetTrue).help(help)
}

fn root(language: Language) -> Arg {
    Arg::new("root")
        .long("root")
        .value_name("DIR")
        .value_parser(value_parser!(PathBuf))
        .default_value(".")
        .hide_default_value(true)
        .help(words::ROOT.get(language))
}

fn build(language: Language) -> Command {
    let w = |words: Words| words.get(language);
    Command::new("build")
        .about(w(words::BUILD))
        .override_usage(w(words::USAGE_BUILD))
        .help_template(template(language, false, words::EXAMPLES_BUILD))
        .arg(root(language))
        .arg(
            Arg::new("output")
                .long("output")
                .value_name("DIR")
                .value_parser(value_parser!(PathBuf))
                .help(w(words::OUTPUT)),
        )
        .arg(Arg::new("base-url").long("base-url").value_name("URL").help(w(words::BASE_URL)))
        .arg(flag("drafts", w(words::DRAFTS)))
        .arg(flag("clean", w(words::CLEAN)))
        .arg(flag("strict", w(words::STRICT)))
        .arg(flag("quiet", w(words::QUIET)))
        .arg(
            Arg::new("explain")
                .long("explain")
                .value_name("words|json")
                .hide_possible_values(true)
                .num_args(0..=1)
                .require_equals(true)
                .default_missing_value("words")
                .value_parser(PossibleValuesParser::new(["words", "json"]))
                .help(w(words::EXPLAIN)),
        )
        .arg(flag("no-sync", w(words::NO_SYNC)))
}

fn check(language: Language) -> Command {
    let w = |words: Words| words.get(language);
    Command::new("check")
        .about(w(words::CHECK))
        .override_usage(w(words::USAGE_CHECK))
        .help_template(template(language, false, words::EXAMPLES_CHECK))
        .arg(root(language))
        .arg(
            Arg::new("format")
                .long("format")
                .value_name("human|json|github")
                .hide_possible_values(true)
                .value_parser(PossibleValuesParser::new(["human", "json", "github"]))
                .help(w(words::FORMAT)),
        )
        .arg(flag("drafts", w(words::DRAFTS)))
        .arg(flag("strict", w(words::STRICT)))
        .arg(flag("quiet", w(words::QUIET)))
}

fn request(matches: &ArgMatches, color: ColorChoice) -> Request {
    let (name, own) = matches.subcommand().unwrap_or(("check", matches));
    let text = |name: &str| own.get_one::<String>(name).cloned();
    let path = |name: &str| own.get_one::<PathBuf>(name).cloned();
    let command = if name == "build" {
        Asked::Build {
            output: path("output"),
            base_url: text("base-url"),
            is_clean: own.get_flag("clean"),
            with_sync: !own.get_flag("no-sync"),
            explain: text("explain").map(|how| if how == "json" { Explain::Json } else { Explain::Words }),
        }
    } else {
        let format = match text("format").as_deref() {
            Some("json") => Format::Json,
            Some("github") => Format::Github,
            _ => Format::Human,
        };
        Asked::Check { format }
    };
    Request {
        command,
        root: path("root").unwrap_or_else(|| PathBuf::from(".")),
        language: text("lang").and_then(|l| Language::parse(&l)),
        color,
        is_strict: own.get_flag("strict"),
        with_drafts: own.get_flag("drafts"),
        is_quiet: own.get_flag("quiet"),
    }
}

/// Help and version as clap writes them; mistakes in words of ours.
fn answer(error: &clap::Error, language: Language, color: ColorChoice) -> Answer {
    let is_error = error.use_stderr();
    let shown = matches!(error.kind(), ErrorKind::DisplayHelp | ErrorKind::DisplayVersion)
        || error.kind() == ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand;
    if shown {
        return Answer { text: error.render(), is_error, color };
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
        ErrorKind::ArgumentConflict => fill(w(words::TWICE), &[&argument]),
        ErrorKind::MissingSubcommand => w(words::MISSING_COMMAND).to_owned(),
        _ => w(words::BAD_USAGE).to_owned(),
    };
    let mut lines = format!("{}: {what}\n", w(words::ERROR));
    let near = [ContextKind::SuggestedArg, ContextKind::SuggestedSubcommand, ContextKind::SuggestedValue];
    let hints = [(words::CLOSEST, near.map(text).concat()), (words::ALLOWED, text(ContextKind::ValidValue))];
    for (label, hint) in hints.into_iter().filter(|(_, hint)| !hint.is_empty()) {
        lines.push_str(&format!("  {}: {hint}\n", w(label)));
    }
    lines.push_str(&format!("{}\n", w(words::TRY_HELP)));
    Answer { text: StyledStr::from(crate::problem::report::harmless_lines(&lines)), is_error, color }
}
