//! `nhiemky verify` on archives of this program: each thing that can go wrong is named, and nothing wrong is called valid.

use std::collections::BTreeMap;
use std::io::Read as _;

use nhiemky::archive::verify::hash::Algorithm::{Sha256, Sha512};
use nhiemky::archive::verify::unzip::Unzip;
use nhiemky::archive::verify::zip_member::ZipMember;
use nhiemky::archive::verify::{self, zip};
use proptest::prelude::*;

use super::bag::{Bag, check_file, told};
use super::project::run;

const BOTH: [verify::hash::Algorithm; 2] = [Sha256, Sha512];

/// A bag of ours with a change that no manifest knows of.
fn broken(change: impl FnOnce(&mut Bag)) -> Vec<String> {
    let mut bag = Bag::ours();
    change(&mut bag);
    let found = bag.check();
    let zipped = told(&check_file("bag.zip", &bag.zip("bag/").bytes()));
    assert_eq!(found, zipped, "a zip of the bag is judged like the bag");
    found
}

#[test]
fn a_bag_of_ours_is_valid_in_a_folder_and_in_a_zip() {
    assert_eq!(Bag::ours().check(), [""; 0]);
    for top in ["bag/", ""] {
        let verdict = check_file("bag.zip", &Bag::ours().zip(top).bytes());
        assert_eq!(told(&verdict), [""; 0]);
        assert_eq!(verdict.seal.expect("it has one").as_str(), Bag::ours().seal());
        assert_eq!((verdict.kind.code(), verdict.files), ("zip", 9));
    }
}

#[test]
fn every_change_is_named() {
    assert_eq!(
        broken(|bag| _ = bag.edit("data/báo cáo.md", "hội", "hộI")),
        ["error data/báo cáo.md altered"]
    );
    assert_eq!(
        broken(|bag| _ = bag.remove("data/100%.txt")),
        ["error bag-info.txt oxum", "error data/100%.txt missing", "error data/100%.txt missing",]
    );
    assert_eq!(
        broken(|bag| _ = bag.put("data/site/x.html", "")),
        ["error bag-info.txt oxum", "error data/site/x.html extra",]
    );
    assert_eq!(broken(|bag| _ = bag.put("notes.txt", "")), ["error notes.txt extra"]);
    assert_eq!(broken(|bag| _ = bag.edit("bag-info.txt", "0.1.0", "0.1.1")), ["error bag-info.txt altered"]);
    assert_eq!(
        broken(|bag| _ = bag.put("fetch.txt", "")),
        ["error fetch.txt extra", "error fetch.txt fetch"]
    );
    for name in ["manifest-sha256.txt", "tagmanifest-sha256.txt", "tagmanifest-sha512.txt"] {
        let found = broken(|bag| _ = bag.remove(name));
        assert!(found.contains(&format!("error {name} absent")), "{found:?}");
    }
}

#[test]
fn lines_of_manifests_may_be_neither_removed_nor_doubled_nor_rewritten() {
    let line =
        |bag: &Bag| bag.text("manifest-sha512.txt").lines().next().expect("it has lines").to_owned() + "\n";
    let found = broken(|bag| _ = bag.edit("manifest-sha512.txt", &line(bag), ""));
    assert_eq!(found, ["error data/100%.txt extra", "error manifest-sha512.txt altered"]);
    let found = broken(|bag| _ = bag.edit("manifest-sha512.txt", &line(bag), &line(bag).repeat(2)));
    assert_eq!(found, ["error data/100%.txt twice", "error manifest-sha512.txt altered"]);
    // What nothing covers but the seal: the tag manifest itself, rewritten without changing what it means.
    let tags = "tagmanifest-sha512.txt";
    for (was, now) in
        [("  bag-info", " *bag-info"), ("  bag-info", "   bag-info"), ("  bag-info", "  ./bag-info")]
    {
        let found = broken(|bag| _ = bag.edit(tags, was, now));
        assert!(found[0].ends_with(" line") || found[0].ends_with(" dot-slash"), "{found:?}");
    }
    let found = broken(|bag| _ = bag.put(tags, bag.text(tags).replace('\n', "\r\n")));
    assert!(found.contains(&format!("error {tags} line")), "{found:?}");
    let found = broken(|bag| _ = bag.put(tags, bag.text(tags).to_uppercase().replace("TXT", "txt")));
    assert!(found.contains(&format!("error {tags} line")), "{found:?}");
}

#[test]
fn a_forged_bag_is_known_by_its_seal() {
    let mut bag = Bag::ours();
    let seal = bag.seal();
    bag.put("data/báo cáo.md", "Đại hội lần thứ hai!").list(&BOTH);
    assert_ne!(bag.seal(), seal);
    let folder = tempfile::tempdir().expect("a temporary folder");
    bag.write_to(folder.path());
    let check = |seal: &str| told(&verify::folder(folder.path(), Some(seal)).expect("there is a bag"));
    let found = check(&seal);
    assert!(found.contains(&"error tagmanifest-sha256.txt seal".to_owned()), "{found:?}");
    assert!(!check(&bag.seal()).iter().any(|line| line.ends_with(" seal")));
    let short = super::bag::hex(Sha256, &bag.files["tagmanifest-sha256.txt"]);
    assert!(!check(&short).iter().any(|line| line.ends_with(" seal")));
    assert!(check("12").iter().any(|line| line.ends_with(" seal-form")));
}

#[cfg(unix)]
#[test]
fn links_and_pipes_are_named_and_not_opened() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let at = |name: &str| folder.path().join(name);
    Bag::ours().write_to(folder.path());
    std::os::unix::fs::symlink("/etc/passwd", at("data/passwd")).expect("a link");
    std::os::unix::fs::symlink("/", at("data/root")).expect("a link");
    std::fs::rename(at("data/site"), at("elsewhere")).expect("moved");
    std::os::unix::fs::symlink(at("elsewhere"), at("data/site")).expect("a link");
    let status = std::process::Command::new("mkfifo").arg(at("data/pipe")).status();
    assert!(status.is_ok_and(|status| status.success()), "there is mkfifo");
    let found = told(&verify::folder(folder.path(), None).expect("there is a bag"));
    for line in [
        "data/passwd link",
        "data/root link",
        "data/site link",
        "data/pipe special",
        "data/site/index.html missing",
    ] {
        assert!(found.contains(&format!("error {line}")), "{line}: {found:?}");
    }
    assert!(!found.iter().any(|line| line.contains("root/")), "{found:?}");
}

#[cfg(target_os = "linux")]
#[test]
fn strange_names_are_named_and_shown_harmless() {
    use std::os::unix::ffi::OsStrExt as _;
    let folder = tempfile::tempdir().expect("a temporary folder");
    let mut bag = Bag::ours();
    for name in ["data/\u{1b}]0;x\u{7}", "data/\u{202e}fdp.exe", "data/con.txt", "data/end.", "data/a\\b"] {
        bag.put(name, "x");
    }
    bag.write_to(folder.path());
    std::fs::write(folder.path().join(std::ffi::OsStr::from_bytes(b"data/\xff")), "x").expect("a file");
    let output = run(folder.path(), &["verify", ".", "--lang", "en"]);
    let text = String::from_utf8(output.stderr).expect("it is a text");
    assert_eq!(output.status.code(), Some(1));
    for line in [
        "“data/\\u{1b}]0;x\\u{7}”: unsafe name",
        "“data/\\u{202e}fdp.exe”: unsafe name",
        "“data/con.txt”: a name that",
        "“data/end.”: a name",
        "“data/a\\b”: unsafe name",
        "“data/\\xff”: the name is no UTF-8",
    ] {
        assert!(text.contains(line), "{line}: {text}");
    }
    assert!(!text.contains(['\u{1b}', '\u{202e}', '\u{7}']), "{text:?}");
    let output = run(folder.path(), &["verify", ".", "--format", "json"]);
    let text = String::from_utf8(output.stdout).expect("it is a text");
    assert!(!text.contains(['\u{1b}', '\u{202e}', '\u{7}']), "{text:?}");
    let object: serde_json::Value = serde_json::from_str(&text).expect("it is JSON");
    let paths: Vec<&str> =
        object["findings"].as_array().expect("a list").iter().filter_map(|f| f["path"].as_str()).collect();
    assert!(paths.contains(&"data/\u{202e}fdp.exe") && paths.contains(&"data/\u{1b}]0;x\u{7}"), "{paths:?}");
}

#[test]
fn the_command_says_what_it_found() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let bag = Bag::ours();
    bag.write_to(&folder.path().join("bag"));
    std::fs::write(folder.path().join("not.zip"), "text").expect("a file");
    let said = |arguments: &[&str]| {
        let output = run(folder.path(), arguments);
        let text =
            String::from_utf8(output.stdout).expect("a text") + &String::from_utf8_lossy(&output.stderr);
        (output.status.code(), text)
    };
    let (code, text) = said(&["verify", "bag"]);
    assert_eq!(code, Some(0));
    assert!(text.starts_with("Hợp lệ: gói BagIt · 9 tệp, "), "{text}");
    assert!(text.ends_with(&format!("0 lỗi, 0 lưu ý · niêm phong: {}\n", bag.seal())), "{text}");
    let grouped: Vec<String> = bag
        .seal()
        .to_uppercase()
        .as_bytes()
        .chunks(8)
        .map(|c| String::from_utf8_lossy(c).into_owned())
        .collect();
    assert_eq!(said(&["verify", "bag", "--seal", &grouped.join(" "), "--lang", "en"]).0, Some(0));
    let wrong = "0".repeat(64);
    let (code, text) = said(&["verify", "bag", "--seal", &wrong, "--lang", "en"]);
    assert!(
        code == Some(1) && text.contains(&wrong) && text.contains(&bag.seal()) && text.contains("NOT valid"),
        "{text}"
    );
    let (code, text) = said(&["verify", "bag", "--format", "json"]);
    let object: serde_json::Value = serde_json::from_str(&text).expect("it is JSON");
    assert_eq!(
        (code, &object["valid"], object["seal"].as_str()),
        (Some(0), &true.into(), Some(&*bag.seal()))
    );
    for arguments in [
        &["verify", "bag", "--seal", "12"][..],
        &["verify", "not.zip"],
        &["verify", "."],
        &["verify", "absent"],
        &["verify"],
    ] {
        assert_eq!(said(arguments).0, Some(2), "{arguments:?}");
    }
    assert_eq!(super::project::tree(&folder.path().join("bag")), bag.files, "nothing was written");
}

/// What lies in a zip by name, read without any check but the reader's own.
fn contents(bytes: &[u8]) -> BTreeMap<String, Vec<u8>> {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let path = folder.path().join("x.zip");
    std::fs::write(&path, bytes).expect("a file");
    let file = std::fs::File::open(&path).expect("the file");
    let zip = zip::open(file, &path, "x.zip", &mut Default::default()).expect("readable").expect("a zip");
    let read = |member: &ZipMember| {
        let mut bytes = Vec::new();
        let from = Unzip::new(&zip.source, member);
        from.and_then(|mut from| from.read_to_end(&mut bytes)).expect("it was called valid");
        (member.name.to_string(), bytes)
    };
    zip.members.iter().map(read).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    /// Whatever is done to a zip of a bag, the check comes to an end, and what it calls valid has the same files.
    #[test]
    fn a_mutated_zip_is_never_taken_for_another(
        changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>(), 0_u8..4), 1..4)
    ) {
        let good = Bag::ours().zip("bag/").bytes();
        let mut bytes = good.clone();
        for (place, value, how) in changes {
            let at = place.index(bytes.len().max(1));
            match how {
                0 if at < bytes.len() => bytes[at] = value,
                1 if at < bytes.len() => _ = bytes.remove(at),
                2 => bytes.insert(at, value),
                _ => bytes[at..].iter_mut().take(1).for_each(|byte| *byte ^= 1 << (value % 8)),
            }
        }
        let folder = tempfile::tempdir().expect("a temporary folder");
        let path = folder.path().join("bag.zip");
        std::fs::write(&path, &bytes).expect("a file");
        if verify::archive(&path, None).is_ok_and(|verdict| verdict.is_valid()) {
            prop_assert_eq!(contents(&bytes), contents(&good));
        }
    }
}
