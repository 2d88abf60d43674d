//! Names of files as disks spell them: what an author's machine wrote in NFD is found, published, shown and archived like what
//! another wrote in NFC.
//!
//! A disk of Linux keeps both forms apart, so that a file is opened there by its own spelling alone; a zip made on a Mac brings
//! NFD to any machine.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use icu_normalizer::DecomposingNormalizerBorrowed;

use nhiemky::fs::fresh::FreshReader;
use nhiemky::serve::builder::Builder;

use super::fixture;
use super::project::{Project, run, tree};

const REPORT: &str = "content/a/2020-2025/r.md";
const PDF: &[u8] = b"%PDF-1.4";

/// A site whose report links to a file beside it and to one in a folder.
fn site() -> Project {
    let mut project = fixture::parse("").project;
    let report = "---\ntitle: Báo cáo\nkind: annual\ndate: 2021-07-01\n---\n[x](đề-án.pdf), [y](Phụ%20lục/biểu.pdf), [z](%C4%91e%CC%82%CC%80-a%CC%81n.pdf)\n";
    project.put(REPORT, report);
    project.put("content/a/2020-2025/đề-án.pdf", PDF).put("content/a/2020-2025/Phụ lục/biểu.pdf", PDF);
    project.put("themes/default/static/phông/nền ảnh.woff2", "wOF2");
    project.put("themes/default/static/chữ.css", "a {}");
    project
}

/// The same with all names decomposed.
fn decomposed(project: &Project) -> Project {
    let mut other = Project::default();
    for path in project.paths() {
        other.put(&nfd(path), project.bytes(path));
    }
    assert!(other.paths().ne(project.paths()), "there are names to decompose");
    other
}

fn nfd(text: &str) -> String {
    DecomposingNormalizerBorrowed::new_nfd().normalize(text).into_owned()
}

fn on_disk(project: &Project) -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a temporary folder");
    project.write_to(folder.path());
    folder
}

fn says(folder: &Path, arguments: &[&str]) {
    let output = run(folder, arguments);
    let said = String::from_utf8_lossy(&[&*output.stdout, &*output.stderr].concat()).into_owned();
    assert!(output.status.success(), "{arguments:?}: {said}");
}

#[test]
fn a_file_in_nfd_is_published_shown_and_archived() {
    let (composed, decomposed) = (on_disk(&site()), on_disk(&decomposed(&site())));
    let made: Vec<BTreeMap<String, Vec<u8>>> = [&composed, &decomposed]
        .map(|folder| {
            let folder = folder.path();
            says(folder, &["check"]);
            says(folder, &["build"]);
            let public = tree(&folder.join("public"));
            assert_eq!(public["a/2020-2025/de-an.pdf"], PDF);
            assert_eq!(public["a/2020-2025/phu-luc/bieu.pdf"], PDF);
            assert_eq!(public["theme/phong/nen-anh.woff2"], b"wOF2");
            assert_eq!(public["theme/chu.css"], b"a {}");
            says(folder, &["build", "--clean"]);
            assert_eq!(tree(&folder.join("public")), public);

            let reading =
                FreshReader::new(folder).read(&Default::default()).expect("the project can be read");
            let mut builder = Builder::new(folder, false, None);
            let round = builder.round(&reading.sources, &[]).expect("every file can be read");
            let shown: BTreeMap<String, Vec<u8>> =
                round.snapshot.files.iter().map(|(path, f)| (path.to_string(), f.bytes.to_vec())).collect();
            assert!(public.iter().filter(|(path, _)| !path.starts_with('.')).eq(&shown));

            says(folder, &["archive", "a/2020-2025", "--zip"]);
            says(folder, &["verify", "luu-tru/a-2020-2025.zip"]);
            tree(&folder.join("luu-tru/a-2020-2025"))
        })
        .into();
    assert_eq!(made[0]["data/sources/content/a/2020-2025/đề-án.pdf"], PDF);
    assert_eq!(made[0], made[1], "the spelling of a disk shows nowhere");
}

#[test]
fn a_file_that_gets_its_name_in_nfd_is_still_shown() {
    let folder = on_disk(&site());
    let at = |name: &str| folder.path().join("content/a/2020-2025").join(name);
    let (mut reader, mut builder) =
        (FreshReader::new(folder.path()), Builder::new(folder.path(), false, None));
    let mut round = |bytes: &[u8]| {
        let reading = reader.read(&Default::default()).expect("the project can be read");
        let round = builder.round(&reading.sources, &[]).expect("every file can be read");
        assert_eq!(&*round.snapshot.files["a/2020-2025/de-an.pdf"].bytes, bytes);
    };
    round(PDF);
    fs::rename(at("đề-án.pdf"), at(&nfd("đề-án.pdf"))).expect("a file can be renamed");
    round(PDF);
    fs::write(at(&nfd("đề-án.pdf")), b"%PDF-1.7").expect("a file can be written");
    round(b"%PDF-1.7");
}

#[test]
fn a_bag_whose_names_a_disk_has_decomposed_is_whole() {
    let folder = on_disk(&site());
    says(folder.path(), &["archive", "a/2020-2025"]);
    let bag = folder.path().join("luu-tru/a-2020-2025");
    let other = on_disk(&decomposed(&Project::from_tree(&bag)));
    says(other.path(), &["verify", "."]);
}

/// A report that links to one file beside it, archived.
fn archived(attachment: &str, link: &str, term: &str) -> tempfile::TempDir {
    let mut project = fixture::parse("").project;
    let report = format!("---\ntitle: Báo cáo\nkind: annual\ndate: 2021-07-01\n---\n[x]({link})\n");
    project.put(&format!("content/a/{term}/r.md"), report);
    project.put(&format!("content/a/{term}/_index.md"), "---\nfrom: 2020-01-01\nuntil: 2025-01-01\n---\n");
    project.put(&format!("content/a/{term}/{attachment}"), PDF);
    let folder = on_disk(&project);
    says(folder.path(), &["archive", &format!("a/{term}")]);
    folder
}

#[test]
fn a_name_that_begins_with_a_space_is_still_sealed_after_it_was() {
    let folder = archived(" đầu.pdf", "%20đầu.pdf", "2020-2025");
    says(folder.path(), &["check"]);
}

#[cfg(target_os = "linux")]
#[test]
fn a_bag_has_no_name_that_windows_does_not_take() {
    let folder = archived("Số 1./a: b?.pdf", "Số%201./a:%20b%3F.pdf", "2020-2025");
    says(folder.path(), &["verify", "luu-tru/a-2020-2025"]);
}

#[test]
fn a_page_of_a_bag_keeps_its_address_however_long() {
    let (term, attachment) = ("t".repeat(80), format!("{0}/{0}/{0}.pdf", "x".repeat(79)));
    let folder = archived(&attachment, &attachment, &term);
    let bag = tree(&folder.path().join(format!("luu-tru/a-{term}")));
    let page = String::from_utf8_lossy(&bag[&format!("data/site/a/{term}/r.html")]).into_owned();
    assert!(page.contains(&attachment) && bag.contains_key(&format!("data/site/a/{term}/{attachment}")));
}

#[test]
fn an_old_address_of_other_signs_is_still_ours_at_the_next_build() {
    let alias = "~cu/bao-cao(1),a+b=c&d;e'f!g$h@i[j]k{l}m^n`o.html";
    let mut project = fixture::parse("").project;
    let report = format!("---\ntitle: Báo cáo\nkind: annual\ndate: 2021-07-01\naliases: \"{alias}\"\n---\n");
    project.put(REPORT, report);
    let folder = on_disk(&project);
    says(folder.path(), &["build"]);
    project.edit(REPORT, "Báo cáo", "Báo cáo năm").write_to(folder.path());
    says(folder.path(), &["build"]);
    let page = tree(&folder.path().join("public")).remove(alias).expect("it redirects");
    assert!(String::from_utf8_lossy(&page).contains("Báo cáo năm"));
}

#[test]
fn whatever_the_site_has_in_its_root_is_no_units_id() {
    for language in ["vi", "en"] {
        let mut project = fixture::parse("").project;
        let config = project.text("site.toml").replace("\"vi\"", &format!("\"{language}\""));
        project.put("site.toml", config);
        let roots: BTreeSet<String> = project.render(false).into_keys().map(|path| root_of(&path)).collect();
        assert!(roots.len() > 10, "{roots:?}");
        for root in roots.iter().filter(|root| *root != "a") {
            let mut with_unit = project.clone();
            with_unit.put(&format!("content/{root}/_index.md"), "---\nname: B\nlevel: ward\n---\n");
            let codes: Vec<&str> = with_unit.problems().iter().map(|p| p.code).collect();
            assert_eq!(codes, ["NK116"], "{root}");
        }
    }
}

/// The first folder of an address, or its file without ending.
fn root_of(path: &str) -> String {
    let first = path.split('/').next().unwrap_or(path);
    first.split('.').next().unwrap_or(first).to_owned()
}
