//! Reading and writing the mini sites of `tests/problems`: a site and the problems it must give, in one file.
//!
//! A fixture is files parted by `=== path`. Below a line stands what is wrong with it: carets under the exact columns, then the codes,
//! after any number of spaces and `#`:
//!
//! ```text
//! titel: Báo cáo
//! ^^^^^ NK211
//! ```
//!
//! These lines are taken out before the site is read, so that a line number is that of the file without them. A problem of a
//! file as a whole stands at the top: `!! content/x/_index.md NK102`. Other lines at the top say what a text cannot:
//!
//! - `!asset content/a/x.png 89504e47…` – a file that is no text, in hexadecimal digits;
//! - `!refused content/a/x.md Link` – the reader would not take it (`Link`, `Special`, `NotUtf8`, `TooLarge`, `Name`, `Twice`);
//! - `!against old.xml` – an older sitemap, among the files, that is held against the site;
//! - `!none site.toml` – leaves out a file that every fixture has unless it brings its own: [`CONFIG`] and [`UNIT`];
//! - `!dress nfd`, `!dress bom`, `!dress crlf` – how the texts come from the disk;
//! - `# …` – a remark.
//!
//! `␁` in a text stands for the control character that it pictures, `·` at the end of a line for nothing: it keeps spaces before it.

use std::fmt::Write as _;

use nhiemky::source::Refused;

use super::project::{Found, Project};

/// The configuration of a fixture that has none of its own.
const CONFIG: &str = "title = \"Trang\"\nbase_url = \"https://a.vn/\"\nlanguage = \"vi\"\nunit = \"a\"\ntheme = \"default\"\n\
    [fields]\neconomy = \"Kinh tế\"\nsociety = \"Xã hội\"\n";
/// Its unit.
const UNIT: &str = "---\nname: Đảng bộ A\nlevel: ward\n---\n";

/// A mini site with what is expected of it.
pub struct Fixture {
    /// The site.
    pub project: Project,
    /// Problems expected: path, line, column, code, carets (0 where there is no text).
    pub expected: Vec<Place>,
    top: Vec<String>,
    files: Vec<(String, Vec<String>)>,
}

/// Path, line, column, code, and how many carets; 0 where the problem has no text.
pub type Place = (String, usize, usize, String, usize);

/// Reads a fixture.
pub fn parse(text: &str) -> Fixture {
    let mut fixture =
        Fixture { project: Project::default(), expected: Vec::new(), top: Vec::new(), files: Vec::new() };
    for line in text.lines() {
        if let Some(path) = line.strip_prefix("=== ") {
            fixture.files.push((path.trim().to_owned(), Vec::new()));
            continue;
        }
        let Some((path, lines)) = fixture.files.last_mut() else {
            fixture.top.push(line.to_owned());
            continue;
        };
        match carets(line) {
            Some(found) => {
                let at = found
                    .into_iter()
                    .map(|(column, length, code)| (path.clone(), lines.len(), column, code, length));
                fixture.expected.extend(at);
            }
            None => lines.push(line.to_owned()),
        }
    }
    fixture.fill();
    fixture.expected.sort();
    fixture
}

/// What a line of carets says: column, length and code of each run; `None` for any other line.
fn carets(line: &str) -> Option<Vec<(usize, usize, String)>> {
    let start = line.find('^').filter(|at| line[..*at].bytes().all(|b| b == b' ' || b == b'#'))?;
    let (mut found, mut run, mut column) = (Vec::new(), (0, 0), start + 1);
    for word in line[start..].split(' ') {
        if !word.is_empty() && word.bytes().all(|b| b == b'^') {
            run = (column, word.len());
        } else if !word.is_empty() {
            let is_code = |code: &str| code.len() == 5 && code.starts_with("NK");
            if !word.split(',').all(is_code) {
                return None;
            }
            found.extend(word.split(',').map(|code| (run.0, run.1, code.to_owned())));
        }
        column += word.len() + 1;
    }
    (!found.is_empty()).then_some(found)
}

impl Fixture {
    fn fill(&mut self) {
        self.project.put("site.toml", CONFIG).put("content/a/_index.md", UNIT);
        let dress: Vec<&str> = self.top.iter().filter_map(|l| l.strip_prefix("!dress ")).collect();
        for (path, lines) in &self.files {
            let kept = |line: &String| line.strip_suffix('·').unwrap_or(line).replace('␁', "\u{1}") + "\n";
            let text: String = lines.iter().map(kept).collect();
            self.project.put(path, dress.iter().fold(text, |text, dress| put_on(dress, &text)));
        }
        for line in &self.top.clone() {
            self.directive(line);
        }
    }

    fn directive(&mut self, line: &str) {
        // The path in the middle may hold spaces.
        let (word, rest) = line.split_once(' ').unwrap_or((line, ""));
        let (path, last) = rest.rsplit_once(' ').unwrap_or((rest, ""));
        match word {
            "!!" => self.expected.push((path.to_owned(), 1, 1, last.to_owned(), 0)),
            "!asset" => _ = self.project.put(path, bytes(last)),
            "!refused" => _ = self.project.refuse(path, refused(last)),
            "!against" => self.project.against = Some(rest.to_owned()),
            "!none" => _ = self.project.remove(rest),
            "!dress" | "#" | "" => {}
            _ => panic!("what does “{line}” mean?"),
        }
    }

    /// The fixture with the lines of carets that `found` asks for.
    pub fn with(&self, found: &[Found]) -> String {
        let mut text = String::new();
        let top = self.top.iter().filter(|line| !line.starts_with("!! "));
        top.for_each(|line| text.push_str(&format!("{line}\n")));
        let whole: Vec<_> = found.iter().filter(|p| !p.has_text).collect();
        whole.iter().for_each(|p| text.push_str(&format!("!! {} {}\n", p.path, p.code)));
        for (path, lines) in &self.files {
            writeln!(text, "=== {path}").expect("a string takes all");
            for (at, line) in lines.iter().enumerate() {
                writeln!(text, "{line}").expect("a string takes all");
                let here: Vec<_> =
                    found.iter().filter(|p| p.has_text && p.path == *path && p.line == at + 1).collect();
                here.chunk_by(|a, b| (a.column, a.length) == (b.column, b.length))
                    .for_each(|same| text.push_str(&underline(same)));
            }
        }
        text
    }
}

fn underline(same: &[&Found]) -> String {
    let codes: Vec<&str> = same.iter().map(|p| p.code).collect();
    let (before, carets) = (same[0].column - 1, same[0].length.unwrap_or(1));
    let lead = if before == 0 { String::new() } else { format!("#{}", " ".repeat(before - 1)) };
    format!("{lead}{} {}\n", "^".repeat(carets), codes.join(","))
}

fn put_on(dress: &str, text: &str) -> String {
    match dress {
        "bom" => format!("\u{feff}{text}"),
        "crlf" => text.replace('\n', "\r\n"),
        "nfd" => icu_normalizer::DecomposingNormalizerBorrowed::new_nfd().normalize(text).into_owned(),
        other => panic!("there is no dress “{other}”"),
    }
}

fn bytes(digits: &str) -> Vec<u8> {
    let byte =
        |pair: &[u8]| u8::from_str_radix(std::str::from_utf8(pair).expect("ASCII"), 16).expect("hexadecimal");
    digits.as_bytes().chunks(2).map(byte).collect()
}

fn refused(why: &str) -> Refused {
    match why {
        "Link" => Refused::Link,
        "Special" => Refused::Special,
        "NotUtf8" => Refused::NotUtf8(7),
        "TooLarge" => Refused::TooLarge(5_000_000),
        "Name" => Refused::Name,
        "Twice" => Refused::Twice,
        other => panic!("there is no refusal “{other}”"),
    }
}
