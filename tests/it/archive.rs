//! Archives from outside: the same content gives the same bytes, everything in them leads somewhere, what was sealed may not
//! change in silence, and an archive is whole or absent.
//!
//! Judges that are not ours (`bagit.py`, `wacz`, `warcio`, `cdxj-indexer`) look at the archives in `tests/archive/run`.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::thread;
use std::time::Duration;

use nhiemky::archive::recheck::recheck;
use scraper::{Html, Selector};

use super::project::Project;

/// The term of the repository's own content that is over, with a draft and an internal report beside its two public ones.
const TERM: &str = "phuong-mau/2020-2025";
const INDEX: &str = "content/phuong-mau/2020-2025/_index.md";
const REPORT: &str = "content/phuong-mau/2020-2025/so-ket.md";
const BAG: &str = "luu-tru/phuong-mau-2020-2025";

/// A site on the disk.
struct Land(tempfile::TempDir);

impl Land {
    fn new() -> Self {
        Self::of(&Project::own())
    }

    fn of(project: &Project) -> Self {
        let land = tempfile::tempdir().expect("a temporary folder");
        project.write_to(land.path());
        Self(land)
    }

    fn at(&self, path: &str) -> PathBuf {
        self.0.path().join(path)
    }

    fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_nhiemky"));
        command.args(arguments).args(["--lang", "en"]).current_dir(self.0.path());
        command
    }

    /// Runs the program and expects an exit code; gives what it said.
    fn run(&self, code: i32, arguments: &[&str]) -> String {
        let output = self.command(arguments).output().expect("the program runs");
        let said = words(&output);
        assert_eq!(output.status.code(), Some(code), "{arguments:?}: {said}");
        said
    }

    fn archive(&self, options: &[&str]) -> String {
        self.run(0, &[&["archive", TERM], options].concat())
    }

    fn text(&self, path: &str) -> String {
        fs::read_to_string(self.at(path)).unwrap_or_else(|e| panic!("{path}: {e}"))
    }

    fn edit(&self, path: &str, was: &str, now: &str) {
        let text = self.text(path);
        assert!(text.contains(was), "{path} says {was}");
        fs::write(self.at(path), text.replacen(was, now, 1)).expect("written");
    }
}

fn words(output: &Output) -> String {
    String::from_utf8_lossy(&[&*output.stdout, &*output.stderr].concat()).into_owned()
}

/// Every file below a folder, by its path from there.
fn tree(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut found = BTreeMap::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(next) = folders.pop() {
        for entry in fs::read_dir(&next).expect("a folder") {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                folders.push(path);
            } else {
                let name = path.strip_prefix(folder).expect("below").to_string_lossy().replace('\\', "/");
                found.insert(name, fs::read(&path).expect("a file"));
            }
        }
    }
    found
}

#[test]
fn the_same_content_gives_the_same_bytes_elsewhere() {
    let (here, there) = (Land::new(), Land::new());
    let said = here.archive(&["--zip", "--wacz"]);
    let mut elsewhere = there.command(&["archive", TERM, "--zip", "--wacz"]);
    let surroundings = [("TZ", "Pacific/Kiritimati"), ("LC_ALL", "tr_TR.UTF-8"), ("RAYON_NUM_THREADS", "1")];
    assert!(elsewhere.envs(surroundings).output().expect("the program runs").status.success());
    assert_eq!(tree(&here.at("luu-tru")), tree(&there.at("luu-tru")));
    assert_eq!(here.text(INDEX), there.text(INDEX));

    let before = tree(&here.at("luu-tru"));
    let again = here.archive(&["--zip", "--wacz"]);
    assert!(again.contains("just the same"), "{again}");
    assert_eq!(tree(&here.at("luu-tru")), before);
    fs::remove_dir_all(here.at("luu-tru")).expect("removed");
    here.archive(&["--zip", "--wacz"]);
    assert_eq!(tree(&here.at("luu-tru")), before, "a sealed term gives its archive again");
    let seal = |said: &str| said.lines().last().expect("the seal is the last line").replace(' ', "");
    assert_eq!(seal(&said), format!("sha256{}", recheck(&here.at(BAG)).expect("the bag is whole")));
    assert_eq!(seal(&said), seal(&again));
    let digits = said.lines().last().and_then(|line| line.strip_prefix("sha256 ")).expect("a seal");
    for archive in [BAG.to_owned(), format!("{BAG}.zip")] {
        here.run(0, &["verify", &archive, "--seal", digits]);
        here.run(1, &["verify", &archive, "--seal", &digits.replace('0', "1")]);
    }
    here.run(0, &["verify", &format!("{BAG}.wacz")]);
}

#[test]
fn a_bag_is_checked_with_sha512sum_alone() {
    let land = Land::new();
    land.archive(&["--contact", "Văn phòng"]);
    for (tool, manifest) in [("sha512sum", "manifest-sha512.txt"), ("sha256sum", "tagmanifest-sha256.txt")] {
        let mut command = Command::new(tool);
        let checked =
            command.args(["-c", "--quiet", "--strict", manifest]).current_dir(land.at(BAG)).output();
        let checked = checked.expect("it runs");
        assert!(checked.status.success(), "{manifest}: {}", words(&checked));
    }
    let files = tree(&land.at(BAG));
    assert_eq!(files["bagit.txt"], b"BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n");
    let info = String::from_utf8(files["bag-info.txt"].clone()).expect("UTF-8");
    let payload: Vec<&Vec<u8>> =
        files.iter().filter(|(path, _)| path.starts_with("data/")).map(|(_, bytes)| bytes).collect();
    let bytes: usize = payload.iter().map(|bytes| bytes.len()).sum();
    for line in [
        "Contact-Name: Văn phòng",
        "Bagging-Date: 2025-06-20",
        "Internal-Sender-Identifier: phuong-mau/2020-2025",
        "Unit-History: 2017-06 đổi tên",
        "Fonds-Code: phuong-mau",
        "File-From: 2020-06-15",
        &format!("Payload-Oxum: {bytes}.{}", payload.len()),
    ] {
        assert!(info.contains(&format!("\n{line}")), "{line} is not in {info}");
    }
    assert!(files.keys().all(|path| path.chars().count() <= 200));
}

#[test]
fn every_link_of_the_archived_site_leads_to_a_file_of_it() {
    let land = Land::new();
    land.archive(&[]);
    let folder = land.at(BAG).join("data/site");
    let files = tree(&folder);
    let (links, ids) = (Selector::parse("[href], [src]"), Selector::parse("[id]"));
    let (links, ids) = (links.expect("a selector"), ids.expect("a selector"));
    let pages: BTreeMap<&str, Html> = files
        .iter()
        .filter(|(path, _)| path.ends_with(".html"))
        .map(|(path, bytes)| (path.as_str(), Html::parse_document(&String::from_utf8_lossy(bytes))))
        .collect();
    assert!(pages.contains_key("index.html") && pages.contains_key("phuong-mau/2020-2025/index.html"));
    let (mut followed, mut dead) = (0, Vec::new());
    for (path, page) in &pages {
        for link in page.select(&links).filter_map(|e| e.value().attr("href").or(e.value().attr("src"))) {
            if link.contains("://") || link.starts_with("mailto:") {
                continue;
            }
            followed += 1;
            let (file, anchor) = link.split_once('#').map_or((link, None), |(f, a)| (f, Some(a)));
            let mut parts: Vec<&str> = path.split('/').collect();
            if !file.is_empty() {
                parts.pop();
                for part in file.split('/') {
                    if part == ".." { _ = parts.pop().expect("it stays inside") } else { parts.push(part) }
                }
            }
            let to = parts.join("/");
            let has = |anchor: &str| pages[to.as_str()].select(&ids).any(|e| e.value().id() == Some(anchor));
            if !files.contains_key(&to) || anchor.is_some_and(|anchor| !has(anchor)) {
                dead.push(format!("{path}: {link}"));
            }
        }
    }
    assert!(followed > 1000 && dead.is_empty(), "{followed} followed, dead: {dead:#?}");
    let term = String::from_utf8_lossy(&files["phuong-mau/2020-2025/index.html"]);
    assert!(term.contains("<span class=\"outside\" title=\"https://"), "the unit's page is not in the bag");
}

#[test]
fn what_is_not_published_leaves_no_trace_in_an_archive() {
    let land = Land::new();
    land.archive(&[]);
    let own = land.text("content/phuong-mau/2020-2025/trao-doi-noi-bo.md");
    let draft = land.text("content/phuong-mau/2020-2025/du-thao-bo-sung.md");
    let title = |text: &str| {
        text.lines().nth(1).expect("a title").split_once(':').expect("a key").1.trim().to_owned()
    };
    for needle in [&*title(&own), &*title(&draft), "trao-doi-noi-bo", "du-thao-bo-sung"] {
        for (path, bytes) in tree(&land.at(BAG)) {
            assert!(!String::from_utf8_lossy(&bytes).contains(needle), "{path} says “{needle}”");
        }
        assert!(!land.text(INDEX).contains(needle));
    }
}

#[test]
fn a_sealed_report_changes_by_errata_alone() {
    let land = Land::new();
    let report = land.text(REPORT);
    let was = "dữ liệu minh hoạ";
    land.archive(&[]);
    land.run(0, &["build"]);

    land.edit(REPORT, was, "dữ liệu giả định");
    for command in ["build", "check"] {
        let said = land.run(1, &[command]);
        assert!(said.contains("NK412") && said.contains("so-ket.md"), "{said}");
    }
    land.run(1, &["archive", TERM, "--again"]);

    let errata = format!(
        "errata:\n  - {{date: 2026-01-02, was: {was}, now: dữ liệu giả định, why: Gọi cho đúng}}\n---\n"
    );
    let at = report.match_indices("\n---\n").next().expect("front matter ends").0 + 1;
    fs::write(land.at(REPORT), format!("{}{errata}{}", &report[..at], &report[at + 4..])).expect("written");
    land.run(0, &["build"]);
    let page = land.text("public/phuong-mau/2020-2025/so-ket.html");
    let place = "<del>dữ liệu minh hoạ</del> <ins>dữ liệu giả định</ins> <a class=\"erratum\" href=\"#_erratum1\">Đính chính 1</a>";
    assert!(
        page.contains(place) && page.contains("<li id=\"_erratum1\">"),
        "the correction stands on the page"
    );
    fs::remove_file(land.at(REPORT)).expect("removed");
    assert!(land.run(1, &["check"]).contains("NK414"));
}

#[test]
fn sealing_anew_keeps_the_seals_before() {
    let land = Land::new();
    let seal = |land: &Land| recheck(&land.at(BAG)).expect("the bag is whole");
    land.archive(&["--zip"]);
    let first = seal(&land);
    let report = land.text(REPORT).replacen(
        "\n---\n",
        "\nerrata:\n  - {date: 2026-01-02, was: dữ liệu minh hoạ, now: dữ liệu giả định}\n---\n",
        1,
    );
    fs::write(land.at(REPORT), report).expect("written");
    let said = land.run(2, &["archive", TERM]);
    assert!(said.contains("was sealed on") && said.contains("--again"), "{said}");
    let said = land.archive(&["--again", "--zip"]);
    let second = seal(&land);
    assert!(said.contains("phuong-mau-2020-2025-1"), "{said}");
    assert_eq!(recheck(&land.at(&format!("{BAG}-1"))).ok(), Some(first.clone()));
    assert!(land.at(&format!("{BAG}-1.zip")).is_file());
    let note = land.text(INDEX);
    assert!(note.contains(&format!("seal: \"sha256:{second}\"")), "{note}");
    assert!(note.contains(&format!("  earlier:\n    - {{date: 2025-06-20, seal: \"sha256:{first}\"}}\n")));
    let info = land.text(&format!("{BAG}/bag-info.txt"));
    assert!(info.contains(&format!("Earlier-Seal: 2025-06-20 sha256:{first}\n")), "{info}");
    assert!(info.contains("Bagging-Date: 2026-01-02\n"), "{info}");
    land.run(0, &["check", "--strict"]);
    assert!(land.archive(&["--zip"]).contains("just the same"));
}

#[test]
fn the_authors_formatting_is_kept() {
    let text = "---\nfrom: 2020-06-15   # ngày đại hội\n\n# chưa rõ\nuntil:  \"2025-07-31\"\n---\nLời.\n";
    for (text, is_vietnamese) in [
        (format!("\u{feff}{}", text.replace('\n', "\r\n")), false),
        (text.replace("from:", "Từ:").replace("until:", "đến:"), true),
        (text.trim_end().to_owned(), false),
    ] {
        let mut project = Project::own();
        project.put(INDEX, text.clone());
        let land = Land::of(&project);
        land.archive(&[]);
        let sealed = land.text(INDEX);
        let (start, end) = (sealed.find("frozen:").or(sealed.find("dong_bang:")), sealed.rfind("---"));
        let (start, end) = (start.expect("it is noted"), end.expect("front matter ends"));
        assert_eq!(format!("{}{}", &sealed[..start], &sealed[end..]), text);
        assert_eq!(sealed.contains("dong_bang:"), is_vietnamese);
        assert_eq!(sealed.matches('\n').count() == sealed.matches("\r\n").count(), text.contains('\r'));
        let bag = tree(&land.at(BAG));
        assert_eq!(
            bag[&format!("data/sources/{INDEX}")],
            text.as_bytes(),
            "the bag has what the author wrote"
        );
        land.run(0, &["check"]);
    }
}

#[test]
fn a_term_without_a_file_of_its_own_gets_one_that_says_no_more() {
    let land = Land::new();
    let before = |land: &Land| {
        land.run(0, &["build"]);
        tree(&land.at("public"))
    };
    let site = before(&land);
    land.run(0, &["archive", "nong-ha/2020-2025"]);
    let note = land.text("content/nong-ha/2020-2025/_index.md");
    assert!(note.starts_with("---\ndong_bang: # nhiemky archive\n") && note.ends_with("\"\n---\n"), "{note}");
    let now = before(&land);
    let changed: Vec<&String> = now.keys().filter(|path| site.get(*path) != now.get(*path)).collect();
    let with_seal = [".nhiemky-manifest", "nong-ha/2020-2025/index.html"];
    assert_eq!(changed, with_seal, "its page shows the seal; no later term or report says that it is over");
    assert_eq!(now.len(), site.len());
    let bag = tree(&land.at("luu-tru/nong-ha-2020-2025"));
    assert!(!bag.contains_key("data/sources/content/nong-ha/2020-2025/_index.md"));
    assert!(land.run(0, &["archive", "nong-ha/2020-2025"]).contains("just the same"));
}

#[test]
fn nothing_is_archived_over_others_or_with_errors() {
    let land = Land::new();
    let index = land.text(INDEX);
    for (output, why) in [(".", "project"), ("content/x", "sources"), ("/", "root")] {
        assert!(land.run(2, &["archive", TERM, "--output", output]).contains(why), "{output}");
    }
    assert!(land.run(2, &["archive", "phuong-mau/1990-1995"]).contains("phuong-mau/2015-2020"));
    assert!(land.run(2, &["archive", TERM, "--date", "32/1/2025"]).contains("--date"));
    fs::create_dir_all(land.at("other")).expect("a folder");
    fs::write(land.at("other/mine.txt"), "mine").expect("written");
    for again in [&[][..], &["--again"]] {
        let said = land.run(2, &[&["archive", TERM, "--output", "other"], again].concat());
        assert!(said.contains("was left alone"), "{said}");
    }
    fs::write(land.at("free.zip"), "mine").expect("written");
    land.run(2, &["archive", TERM, "--output", "free", "--zip"]);
    assert!(!land.at("free").exists(), "the bag and its zip stand together or not at all");
    land.edit(REPORT, "kind:", "kinds:");
    land.run(1, &["archive", TERM]);
    assert!(!land.at("luu-tru").exists());
    assert_eq!(land.text(INDEX), index);
    assert_eq!(tree(&land.at("other")).len(), 1);
}

#[test]
fn a_killed_run_leaves_an_archive_that_is_whole_or_absent() {
    let land = Land::new();
    let mut whole = 0;
    for round in 0..24 {
        let mut child = land.command(&["archive", TERM, "--zip", "--again"]).spawn().expect("it starts");
        thread::sleep(Duration::from_millis(40 * (round % 12)));
        _ = child.kill();
        child.wait().expect("it has ended");
        if land.at(BAG).exists() {
            recheck(&land.at(BAG)).expect("a bag that has its name is whole");
            whole += 1;
        }
    }
    land.archive(&["--zip", "--again"]);
    recheck(&land.at(BAG)).expect("the bag is whole");
    let litter =
        fs::read_dir(land.at("luu-tru")).expect("a folder").map(|e| e.expect("an entry").file_name());
    let litter: Vec<_> = litter.filter(|name| name.to_string_lossy().starts_with('.')).collect();
    assert!(litter.is_empty(), "{litter:?} ({whole} rounds found a bag)");
    land.run(0, &["check"]);
}

#[cfg(unix)]
#[test]
fn a_disk_that_fails_leaves_nothing() {
    let land = Land::new();
    let index = land.text(INDEX);
    // No file may grow beyond some ten kilobytes, and who tries is told so instead of being killed.
    let mut shell = Command::new("sh");
    let script = "trap '' XFSZ; ulimit -f 40; exec \"$0\" archive \"$1\" --zip --wacz --lang en";
    shell.args(["-c", script, env!("CARGO_BIN_EXE_nhiemky"), TERM]).current_dir(land.0.path());
    let output = shell.output().expect("the shell runs");
    let said = words(&output);
    assert_eq!(output.status.code(), Some(2), "{said}");
    assert!(said.contains("larger than a file may be"), "{said}");
    assert_eq!(fs::read_dir(land.at("luu-tru")).expect("a folder").count(), 0);
    assert_eq!(land.text(INDEX), index);
    land.archive(&["--zip", "--wacz"]);
}
