//! Edits as by chance, the same in every run: of words, keys, files, attachments and themes, and of what was published.

use std::fs;
use std::path::Path;

use super::project::{Project, tree};
use super::sites::site;

/// Files of a theme that sites bring.
pub const LABELS: &str = "themes/default/labels/vi.toml";
pub const STYLE: &str = "themes/default/static/style.css";
pub const TEMPLATE: &str = "themes/default/templates/404.html";

/// Numbers that look random and are the same in every run (Knuth's MMIX generator).
pub struct Dice(pub u64);

impl Dice {
    /// A number below `bound`.
    pub fn below(&mut self, bound: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).expect("31 bits fit") % bound.max(1)
    }

    /// One of some.
    fn of<'a, T: ?Sized>(&mut self, all: &[&'a T]) -> &'a T {
        all[self.below(all.len())]
    }
}

/// A site of `tests/sites` with an attachment to each of its reports.
pub fn with_attachments(name: &str) -> Project {
    let mut project = site(name);
    let reports = project.paths().filter(|path| path.ends_with(".md") && !path.ends_with("_index.md"));
    for report in reports.map(str::to_owned).collect::<Vec<_>>() {
        let (path, name) = attachment(&report);
        project.put(&report, format!("{}\n[Phụ lục]({name})\n", project.text(&report).trim_end()));
        project.put(&path, format!("%PDF-1.4 {name}"));
    }
    project
}

/// The path of the attachment to a report, and its name.
fn attachment(report: &str) -> (String, String) {
    let (folder, name) = report.rsplit_once('/').expect("reports lie in folders");
    let name = format!("phu-luc-{}", name.replace(".md", ".pdf"));
    (format!("{folder}/{name}"), name)
}

/// Changes the project somehow: a word, a key of an item, a line, a file, an attachment, the theme, the site's title.
pub fn edit_at_random(project: &mut Project, original: &Project, dice: &mut Dice) {
    let path = dice.of(&original.paths().filter(|path| path.ends_with(".md")).collect::<Vec<_>>());
    let is_there = project.paths().any(|p| p == path);
    match dice.below(14) {
        0 if is_there && !path.ends_with("_index.md") => _ = project.remove(path),
        1 => _ = project.put(path, original.text(path)),
        2 => _ = project.put(LABELS, format!("[nav]\nhome = \"Đầu {}\"\n", dice.below(3))),
        3 => {
            let title = format!("title = \"Trang {}\"", dice.below(3));
            let text = project.text("site.toml");
            let old = text.lines().find(|l| l.starts_with("title")).expect("it has a title").to_owned();
            project.put("site.toml", text.replace(&old, &title));
        }
        4 => edit_the_theme(project, dice),
        5 | 6 => edit_an_attachment(project, original, dice),
        7..=9 if is_there => edit_an_item(project, path, dice),
        _ if is_there => edit_a_line(project, path, dice),
        _ => {}
    }
}

/// Puts a word at the end of some plain line.
fn edit_a_line(project: &mut Project, path: &str, dice: &mut Dice) {
    let text = project.text(path);
    let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
    let (at, word) = (dice.below(lines.len()), dice.below(5));
    if lines[at].len() > 20 && !lines[at].contains(['{', '[', '"']) {
        lines[at] += &format!(" thêm{word}");
    }
    project.put(path, lines.join("\n") + "\n");
}

/// Changes an item that stands on one line, `- {…}`: a value, a key more, or it goes.
fn edit_an_item(project: &mut Project, path: &str, dice: &mut Dice) {
    let text = project.text(path);
    let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
    let items: Vec<usize> = (0..lines.len()).filter(|at| lines[*at].starts_with("  - {")).collect();
    if items.is_empty() {
        return;
    }
    let (at, number) = (items[dice.below(items.len())], dice.below(5));
    let line = lines.remove(at);
    let changed = match dice.below(6) {
        0 => line.replace(", title: ", &format!(", title: Nay {number} ")),
        1 => line.replace(", name: ", &format!(", name: Nay {number} ")),
        2 => line.replacen(", actual: \"", &format!(", actual: \"{number}"), 1),
        3 if !line.contains("text: ") => line.replacen("{id: ", &format!("{{text: Lời {number}, id: "), 1),
        4 if !line.contains("aliases: ") => {
            line.replacen("{id: ", &format!("{{id: moi-{number}, aliases: "), 1)
        }
        5 => String::new(),
        _ => line,
    };
    if !changed.is_empty() {
        lines.insert(at, changed);
    }
    project.put(path, lines.join("\n") + "\n");
}

/// Gives an attachment other bytes, of the same length or not; or it goes or comes back.
fn edit_an_attachment(project: &mut Project, original: &Project, dice: &mut Dice) {
    let all: Vec<&str> = original.paths().filter(|path| path.ends_with(".pdf")).collect();
    if all.is_empty() {
        return;
    }
    let path = dice.of(&all);
    match dice.below(6) {
        0 if project.paths().any(|p| p == path) => _ = project.remove(path),
        1 => _ = project.put(path, original.text(path)),
        number => _ = project.put(path, format!("%PDF-1.4 {}", "x".repeat(number / 2))),
    }
}

/// Gives the theme a style sheet or a template, or takes them away.
fn edit_the_theme(project: &mut Project, dice: &mut Dice) {
    let number = dice.below(3);
    let template = format!(
        "{{% extends \"base.html\" %}}\n{{% block main %}}<h1>Không có {number}</h1>{{% endblock main %}}\n"
    );
    match dice.below(4) {
        0 => _ = project.put(STYLE, format!("body {{ margin: {number}px }}\n")),
        1 => _ = project.put(TEMPLATE, template),
        _ => {
            for path in [STYLE, TEMPLATE, LABELS] {
                if project.paths().any(|p| p == path) {
                    project.remove(path);
                }
            }
        }
    }
}

/// Does something to a published page, or mostly nothing.
pub fn meddle_at_random(published: &Path, dice: &mut Dice) {
    let files: Vec<String> = tree(published).into_keys().filter(|path| !path.starts_with('.')).collect();
    let path = published.join(&files[dice.below(files.len())]);
    match dice.below(8) {
        0 => fs::write(path, "tay").expect("a file can be written"),
        1 => fs::remove_file(path).expect("it was there"),
        2 => {
            let text = fs::read(&path).expect("it was there");
            fs::remove_file(&path).expect("it was there");
            fs::write(&path, text).expect("another file with its bytes");
        }
        _ => {}
    }
}

/// A site with a draft that links to a heading, and an internal report.
pub fn with_hidden_reports() -> Project {
    let mut project = site("two-terms-chain");
    let path = project.paths().find(|p| p.ends_with("so-ket.md")).expect("a midterm report").to_owned();
    let text = project.text(&path);
    project.put(&path, format!("{text}\n## Riêng {{#rieng}}\n"));
    let hidden = |key: &str| {
        let head = "---\ntitle: Chưa công bố\nkind: annual\ndate: 2023-01-02\n";
        format!("{head}{key}\n---\nXem [phần riêng](so-ket.md#rieng).\n")
    };
    project.put(&path.replace("so-ket.md", "nhap.md"), hidden("status: draft"));
    project.put(&path.replace("so-ket.md", "noi-bo.md"), hidden("access: internal"));
    project
}

/// Puts a word, a reference, a broken reference, a heading or raw HTML at the end of some report's body.
pub fn edit_a_body(project: &mut Project, dice: &mut Dice) {
    let paths: Vec<String> = project.paths().filter(|p| p.ends_with(".md")).map(str::to_owned).collect();
    let path = &paths[dice.below(paths.len())];
    let text = project.text(path);
    let words = ["thêm", "[[a/]]", "[[khong-co-gi]]", "\n## Mục {#muc}\n", "<b>x</b>", "\n---\n", ""];
    let word = words[dice.below(words.len())];
    let shorter = text.rsplit_once(' ').map_or("", |(head, _)| head).to_owned();
    let is_cut = word.is_empty() && shorter.len() + 40 > text.len() && !shorter.trim_end().ends_with("---");
    project.put(path, if is_cut { shorter } else { format!("{text} {word}") });
}
