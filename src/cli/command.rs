//! What may stand on the command line, with its help; read by [`super::args`].

use std::net::IpAddr;
use std::path::PathBuf;

use clap::builder::PossibleValuesParser;
use clap::{Arg, ArgAction, Command, value_parser};

use super::words::{self, Words};
use crate::vietnamese::Language;

fn template(language: Language, with_commands: bool, examples: Words) -> String {
    let w = |words: Words| words.get(language);
    let commands =
        if with_commands { format!("{}:\n{{subcommands}}\n\n", w(words::COMMANDS)) } else { String::new() };
    let (usage, options, title, examples) =
        (w(words::USAGE), w(words::OPTIONS), w(words::EXAMPLES), w(examples));
    format!("{{about}}\n\n{usage}: {{usage}}\n\n{commands}{options}:\n{{options}}\n\n{title}:\n{examples}\n")
}

/// The program with its commands, in the words of a language.
pub fn command(language: Language) -> Command {
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
        .subcommand(serve(language))
        .subcommand(archive(language))
        .subcommand(verify(language))
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
        .arg(
            Arg::new("against")
                .long("against")
                .value_name("SITEMAP")
                .value_parser(value_parser!(PathBuf))
                .help(w(words::AGAINST)),
        )
        .arg(flag("drafts", w(words::DRAFTS)))
        .arg(flag("strict", w(words::STRICT)))
        .arg(flag("quiet", w(words::QUIET)))
}

fn serve(language: Language) -> Command {
    let w = |words: Words| words.get(language);
    Command::new("serve")
        .about(w(words::SERVE))
        .override_usage(w(words::USAGE_SERVE))
        .help_template(template(language, false, words::EXAMPLES_SERVE))
        .arg(root(language))
        .arg(
            Arg::new("port")
                .long("port")
                .value_name("1111")
                .value_parser(value_parser!(u16).range(1..))
                .help(w(words::PORT)),
        )
        .arg(
            Arg::new("host")
                .long("host")
                .value_name("IP")
                .value_parser(value_parser!(IpAddr))
                .help(w(words::HOST)),
        )
        .arg(flag("open", w(words::OPEN)))
        .arg(flag("follow", w(words::FOLLOW)))
        .arg(flag("drafts", w(words::DRAFTS)))
        .arg(flag("poll", w(words::POLL)))
}

fn archive(language: Language) -> Command {
    let w = |words: Words| words.get(language);
    let value = |name: &'static str, value: &'static str, help: Words| {
        Arg::new(name).long(name).value_name(value).help(w(help))
    };
    Command::new("archive")
        .about(w(words::ARCHIVE))
        .override_usage(w(words::USAGE_ARCHIVE))
        .help_template(template(language, false, words::EXAMPLES_ARCHIVE))
        .arg(Arg::new("term").value_name("UNIT/TERM").required(true).help(w(words::ARCHIVE_TERM)))
        .arg(root(language))
        .arg(value("output", "DIR", words::ARCHIVE_OUTPUT).value_parser(value_parser!(PathBuf)))
        .arg(flag("zip", w(words::ZIP)))
        .arg(flag("wacz", w(words::WACZ)))
        .arg(value("date", "DATE", words::ARCHIVE_DATE))
        .arg(value("contact", "WORDS", words::CONTACT))
        .arg(flag("again", w(words::AGAIN)))
        .arg(flag("quiet", w(words::QUIET)))
}

fn verify(language: Language) -> Command {
    let w = |words: Words| words.get(language);
    Command::new("verify")
        .about(w(words::VERIFY))
        .override_usage(w(words::USAGE_VERIFY))
        .help_template(template(language, false, words::EXAMPLES_VERIFY))
        .arg(Arg::new("path").value_name("PATH").required(true).value_parser(value_parser!(PathBuf)))
        .arg(
            Arg::new("seal").long("seal").value_name("DIGEST").allow_hyphen_values(true).help(w(words::SEAL)),
        )
        .arg(
            Arg::new("format")
                .long("format")
                .value_name("human|json")
                .hide_possible_values(true)
                .value_parser(PossibleValuesParser::new(["human", "json"]))
                .help(w(words::FORMAT_VERIFY)),
        )
}
