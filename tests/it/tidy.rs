//! The house rules that no lint knows: the law of `src/lib.rs`, headers, file length, one home per crate, who may print.
//!
//! The rules are in `docs` of the design; each test says what is broken as `file:line`. Test code (`#[cfg(test)]`) is free of all
//! but headers and length.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use super::project::root;

/// A file of the program, without comments and without its tests.
struct Code {
    /// Below the root, with `/`.
    path: String,
    /// The top module it belongs to; `lib` and `main` for those two.
    room: String,
    /// Lines with their numbers from 1.
    lines: Vec<(usize, String)>,
}

/// Crates that one room alone may use, so that each can be replaced in a day; `*` where it is a tool for all.
const HOMES: &[(&str, &[&str])] = &[
    ("annotate_snippets", &["problem"]),
    ("anstream", &["cli"]),
    ("anstyle", &["cli"]),
    ("blake3", &["digest", "fs"]),
    ("clap", &["cli"]),
    ("flate2", &["archive"]),
    ("granit_parser", &["yaml"]),
    ("icu_collator", &["vietnamese"]),
    ("icu_locale_core", &["vietnamese"]),
    ("icu_normalizer", &["vietnamese"]),
    ("hyper", &["serve"]),
    ("hyper_util", &["serve"]),
    ("include_dir", &["theme"]),
    ("indicatif", &["cli"]),
    ("jiff", &["vietnamese"]),
    ("md5", &["archive"]),
    ("mimalloc", &["main"]),
    ("notify", &["serve"]),
    ("percent_encoding", &["path"]),
    ("pulldown_cmark", &["markdown"]),
    ("rayon", &["*"]),
    ("rust_decimal", &["vietnamese"]),
    ("rustix", &["output", "fs", "serve"]),
    ("serde", &["*"]),
    ("serde_json", &["*"]),
    ("ctrlc", &["cli"]),
    ("postcard", &["stored"]),
    ("xxhash_rust", &["digest"]),
    ("sha1", &["archive"]),
    ("sha2", &["archive"]),
    ("signal_hook", &["cli"]),
    ("serde_yaml", &["yaml"]),
    ("simdutf8", &["vietnamese"]),
    ("strsim", &["vietnamese"]),
    ("tera", &["render"]),
    ("tokio", &["serve"]),
    ("toml", &["config", "theme"]),
    ("walkdir", &["fs"]),
    ("zip", &["archive"]),
];

/// What only the command line may do.
const PRINTING: [&str; 5] = ["println!", "eprintln!", "print!", "eprint!", "dbg!"];

/// What a program does not owe its user.
const CRASHES: [&str; 5] = ["todo!", "unimplemented!", "unreachable!", "panic!", ".unwrap()"];

#[test]
fn a_room_uses_only_rooms_above_it() {
    let law = law();
    let place = |room: &str| law.iter().position(|r| r == room);
    let mut broken = Vec::new();
    for code in code().iter().filter(|c| c.room != "lib" && c.room != "main") {
        let Some(own) = place(&code.room) else {
            broken.push(format!("{}: src/lib.rs has no `mod {}`", code.path, code.room));
            continue;
        };
        for (line, used) in rooms_used(code) {
            match place(&used) {
                Some(other) if other <= own => {}
                Some(_) => broken.push(format!("{}:{line}: {} stands above {used}", code.path, code.room)),
                None => broken.push(format!("{}:{line}: no room is called {used}", code.path)),
            }
        }
    }
    assert!(broken.is_empty(), "{broken:#?}");
}

#[test]
fn each_crate_has_its_home() {
    let mut broken = Vec::new();
    for code in code() {
        for (number, line) in &code.lines {
            for (name, homes) in HOMES {
                if !homes.contains(&"*") && !homes.contains(&code.room.as_str()) && mentions(line, name) {
                    broken.push(format!("{}:{number}: {name} lives in {homes:?}", code.path));
                }
            }
        }
    }
    let dependencies = dependencies();
    for name in &dependencies {
        if !HOMES.iter().any(|(known, _)| known == name) {
            broken.push(format!("Cargo.toml: {name} has no home in this test"));
        }
    }
    for (at, (name, _)) in HOMES.iter().enumerate() {
        if !dependencies.iter().any(|known| known == name) {
            broken.push(format!("HOMES: {name} is no dependency"));
        }
        if HOMES[..at].iter().any(|(other, _)| other == name) {
            broken.push(format!("HOMES: {name} stands there twice"));
        }
    }
    assert!(broken.is_empty(), "{broken:#?}");
}

/// Words that several rooms would take for a type of theirs: each is one thing, or the word of its room stands with it.
const ONE_THING: [&str; 4] = ["Note", "Place", "Reader", "Said"];

#[test]
fn one_name_is_one_thing() {
    let is_made = |line: &str, name: &str| {
        let kinds = ["struct", "enum", "trait", "type"];
        kinds.iter().any(|kind| {
            line.split(&format!("{kind} {name}"))
                .nth(1)
                .is_some_and(|rest| rest.starts_with([' ', '<', '(', ';']))
        })
    };
    for name in ONE_THING {
        let made = |code: &Code| {
            let lines = code.lines.iter().filter(|(_, line)| is_made(line, name));
            lines.map(|(number, _)| format!("{}:{number}", code.path)).collect::<Vec<_>>()
        };
        let places: Vec<String> = code().iter().flat_map(made).collect();
        assert!(places.len() <= 1, "{name} is made in {places:#?}");
    }
}

#[test]
fn only_the_command_line_prints() {
    let lines = code().into_iter().filter(|c| c.room != "cli");
    let broken: Vec<String> = lines.flat_map(|c| holding(&c, &PRINTING)).collect();
    assert!(broken.is_empty(), "{broken:#?}");
}

#[test]
fn nothing_panics_without_a_reason() {
    let broken: Vec<String> = code().iter().flat_map(|c| holding(c, &CRASHES)).collect();
    assert!(broken.is_empty(), "{broken:#?}");
}

#[test]
fn every_file_opens_with_its_purpose_and_is_short() {
    let mut broken = Vec::new();
    for (path, text) in rust_files("src").into_iter().chain(rust_files("tests/it")) {
        if !text.starts_with("//! ") {
            broken.push(format!("{path}:1: it does not open with `//!`"));
        }
        if text.lines().count() > 400 {
            broken.push(format!("{path}: {} lines, at most 400", text.lines().count()));
        }
    }
    assert!(broken.is_empty(), "{broken:#?}");
}

#[test]
fn both_languages_have_the_same_labels() {
    let keys = |language: &str| -> Vec<String> {
        let labels = nhiemky::theme::built_in_labels(language);
        labels
            .iter()
            .flat_map(|(table, words)| words.keys().map(move |key| format!("{table}.{key}")))
            .collect()
    };
    let (vi, en) = (keys("vi"), keys("en"));
    assert!(!vi.is_empty(), "there are labels");
    let only = |a: &[String], b: &[String]| a.iter().filter(|k| !b.contains(k)).cloned().collect::<Vec<_>>();
    assert_eq!((only(&vi, &en), only(&en, &vi)), (Vec::new(), Vec::new()), "only in vi, only in en");
    for language in ["vi", "en"] {
        for (table, words) in nhiemky::theme::built_in_labels(language) {
            let empty: Vec<&String> =
                words.iter().filter(|(_, w)| w.trim().is_empty()).map(|(k, _)| k).collect();
            assert!(empty.is_empty(), "{language}: [{table}] says nothing for {empty:?}");
        }
    }
}

#[test]
fn the_architecture_is_read_in_one_sitting() {
    let text = fs::read_to_string(root().join("ARCHITECTURE.md")).expect("there is ARCHITECTURE.md");
    assert!(text.lines().count() <= 220, "{} lines, at most 220", text.lines().count());
    // Tables and drawings are no paragraphs; each entry of a list is one.
    let mut is_code = false;
    let mut prose: Vec<&str> = Vec::new();
    for line in text.lines() {
        is_code ^= line.starts_with("```");
        if !is_code && !line.starts_with(['|', '#', '`']) {
            prose.push(line);
        }
    }
    let mut paragraphs: Vec<String> = Vec::new();
    for line in prose {
        let is_entry =
            line.starts_with("- ") || line.split_once(". ").is_some_and(|(n, _)| n.parse::<u8>().is_ok());
        match paragraphs.last_mut() {
            Some(last) if !is_entry && !line.is_empty() && !last.is_empty() => *last += &format!(" {line}"),
            _ => paragraphs.push(line.to_owned()),
        }
    }
    let long = paragraphs.iter().filter(|p| p.split_whitespace().count() > 60).collect::<Vec<_>>();
    assert!(long.is_empty(), "at most 60 words in a paragraph: {long:#?}");
}

/// The rooms in the order of the `mod` lines of `src/lib.rs`.
fn law() -> Vec<String> {
    let text = fs::read_to_string(root().join("src/lib.rs")).expect("there is src/lib.rs");
    let name = |line: &str| {
        let line = line.strip_prefix("pub ").unwrap_or(line);
        line.strip_prefix("mod ").and_then(|rest| rest.strip_suffix(';')).map(str::to_owned)
    };
    text.lines().filter_map(name).collect()
}

/// All Rust files below a folder, with their texts.
fn rust_files(folder: &str) -> BTreeMap<String, String> {
    let mut found = BTreeMap::new();
    walk(&root().join(folder), &mut |path| {
        if path.extension().is_some_and(|e| e == "rs") {
            let name =
                path.strip_prefix(root()).expect("below the root").to_string_lossy().replace('\\', "/");
            found.insert(name, fs::read_to_string(path).expect("a source is a text"));
        }
    });
    found
}

fn walk(folder: &Path, take: &mut impl FnMut(&Path)) {
    for entry in fs::read_dir(folder).expect("the folder can be listed") {
        let path = entry.expect("the folder can be listed").path();
        if path.is_dir() { walk(&path, take) } else { take(&path) }
    }
}

/// The program's code: all files of `src` but those that are tests.
fn code() -> Vec<Code> {
    let files = rust_files("src");
    let tests: Vec<String> = files.iter().flat_map(|(path, text)| test_modules(path, text)).collect();
    let is_test =
        |path: &str| tests.iter().any(|t| path == format!("{t}.rs") || path.starts_with(&format!("{t}/")));
    let kept = files.into_iter().filter(|(path, _)| !is_test(path));
    kept.map(|(path, text)| Code { room: room(&path), lines: own_lines(&text), path }).collect()
}

/// The modules that a file declares under `#[cfg(test)]`, as paths without `.rs`.
fn test_modules(path: &str, text: &str) -> Vec<String> {
    let stem = path.trim_end_matches(".rs");
    let folder = stem.strip_suffix("/mod").or_else(|| stem.strip_suffix("/lib")).unwrap_or(stem);
    let lines: Vec<&str> = text.lines().map(str::trim).collect();
    let after = lines.windows(2).filter(|pair| pair[0] == "#[cfg(test)]").map(|pair| pair[1]);
    let names =
        after.filter_map(|line| line.trim_start_matches("pub ").strip_prefix("mod ")?.strip_suffix(';'));
    names.map(|name| format!("{folder}/{name}")).collect()
}

fn room(path: &str) -> String {
    let below = path.trim_start_matches("src/");
    below.split('/').next().unwrap_or(below).trim_end_matches(".rs").to_owned()
}

/// The lines that are neither comments nor under `#[cfg(test)]`; rustfmt ends an item at the indent where it began.
fn own_lines(text: &str) -> Vec<(usize, String)> {
    let (mut kept, mut until): (Vec<(usize, String)>, Option<String>) = (Vec::new(), None);
    let mut lines = text.lines().enumerate().peekable();
    while let Some((at, line)) = lines.next() {
        let (trimmed, indent) = (line.trim_start(), line.len() - line.trim_start().len());
        if let Some(end) = &until {
            if line.starts_with(end.as_str()) {
                until = None;
            }
        } else if trimmed == "#[cfg(test)]" {
            let item = lines.next().map_or("", |(_, line)| line);
            if item.ends_with(['{', '[', '(']) {
                until =
                    Some(format!("{}{}", " ".repeat(indent), if item.ends_with('{') { '}' } else { ']' }));
            }
        } else if !trimmed.starts_with("//") {
            kept.push((at + 1, line.split(" // ").next().unwrap_or(line).to_owned()));
        }
    }
    kept
}

/// Rooms that a file names by `crate::`, or by `super::` where that is the root, with the lines.
fn rooms_used(code: &Code) -> Vec<(usize, String)> {
    let text: String = code.lines.iter().map(|(_, line)| format!("{line}\n")).collect();
    let depth = code.path.trim_start_matches("src/").trim_end_matches("/mod.rs").split('/').count();
    let mut found = Vec::new();
    for root in ["crate::".to_owned(), "super::".repeat(depth)] {
        for (at, _) in text.match_indices(&root) {
            let goes_on =
                text[..at].ends_with(|c: char| c.is_alphanumeric() || c == '_' || c == ':' || c == '$');
            let line = code.lines[text[..at].matches('\n').count()].0;
            let names = if goes_on { Vec::new() } else { names_after(&text[at + root.len()..]) };
            found.extend(names.into_iter().filter(|name| name != "super").map(|name| (line, name)));
        }
    }
    found
}

/// The first name after `crate::`, or every first name in the braces after it.
fn names_after(text: &str) -> Vec<String> {
    let word = |text: &str| {
        text.trim_start().chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect::<String>()
    };
    let Some(group) = text.strip_prefix('{') else {
        return vec![word(text)];
    };
    let (mut names, mut depth, mut start) = (Vec::new(), 0, 0);
    for (at, c) in group.char_indices() {
        match c {
            '{' => depth += 1,
            '}' if depth > 0 => depth -= 1,
            ',' | '}' if depth == 0 => {
                names.push(word(&group[start..at]));
                start = at + 1;
                if c == '}' {
                    break;
                }
            }
            _ => {}
        }
    }
    names.retain(|name| !name.is_empty());
    names
}

/// Whether a line names an external crate: `name::` or `use name`, not a path that ends so.
fn mentions(line: &str, name: &str) -> bool {
    line.match_indices(name).any(|(at, _)| {
        let (before, after) = (&line[..at], &line[at + name.len()..]);
        let is_path = after.starts_with("::") || before.ends_with("use ") && after.starts_with([';', ' ']);
        is_path && !before.ends_with(|c: char| c.is_alphanumeric() || "_:\"".contains(c))
    })
}

fn holding(code: &Code, words: &[&str]) -> Vec<String> {
    let is_word = |line: &str, word: &str| {
        let begins = |at: usize| !line[..at].ends_with(|c: char| c.is_alphanumeric() || c == '_');
        line.match_indices(word).any(|(at, _)| word.starts_with('.') || begins(at))
    };
    let found = code.lines.iter().flat_map(|(number, line)| {
        words
            .iter()
            .filter(|word| is_word(line, word))
            .map(move |word| format!("{}:{number}: {word}", code.path))
    });
    found.collect()
}

/// The names of `[dependencies]` as Rust spells them.
fn dependencies() -> Vec<String> {
    let text = fs::read_to_string(root().join("Cargo.toml")).expect("there is Cargo.toml");
    let of_program = |section: &&str| {
        let name = section.split(']').next().unwrap_or_default();
        name == "dependencies" || (name.starts_with("target.") && name.ends_with(".dependencies"))
    };
    let lines = text.split("\n[").filter(of_program).flat_map(|section| section.lines().skip(1));
    let names =
        lines.filter_map(|line| line.split_once(" = ")).map(|(name, _)| name.trim().replace('-', "_"));
    let mut names: Vec<String> = names.collect();
    names.sort();
    names.dedup();
    assert!(names.len() > 20, "Cargo.toml is read");
    names
}

#[test]
fn the_rules_of_this_file_can_fail() {
    let text = "//! x\nuse crate::{a, b::{c, d}, e};\n#[cfg(test)]\nmod tests {\n    use crate::f;\n}\nlet x = y.unwrap(); // crate::g\n";
    let code = Code { path: "src/h/i.rs".to_owned(), room: room("src/h/i.rs"), lines: own_lines(text) };
    assert_eq!(code.room, "h");
    let rooms: Vec<String> = rooms_used(&code).into_iter().map(|(_, room)| room).collect();
    assert_eq!(rooms, ["a", "b", "e"]);
    assert_eq!(holding(&code, &CRASHES), ["src/h/i.rs:7: .unwrap()"]);
    let outside = Code {
        path: "src/h/mod.rs".to_owned(),
        room: "h".to_owned(),
        lines: own_lines("use super::z::y;\nuse tera::Tera;\n"),
    };
    assert_eq!(rooms_used(&outside), [(1, "z".to_owned())]);
    assert!(mentions("use tera::Tera;", "tera") && mentions("    serde_yaml::from_str(x)", "serde_yaml"));
    assert!(!mentions("use crate::tera::Tera;", "tera") && !mentions("let tera = 1;", "tera"));
    assert_eq!(test_modules("src/h/mod.rs", "#[cfg(test)]\nmod tests;\nmod code;\n"), ["src/h/tests"]);
}
