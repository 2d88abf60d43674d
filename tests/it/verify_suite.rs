//! The cases of the Library of Congress's conformance suite, rebuilt from RFC 8493, each with what the RFC says of it.
//!
//! What the suite calls a warning is valid here, with a note. Of the suite's valid bags two kinds are refused by name:
//! those with a `fetch.txt`, of which nothing is fetched, and those whose tag files are not in UTF-8.

use nhiemky::archive::verify::hash::Algorithm::{self, Md5, Sha1, Sha224, Sha256, Sha384, Sha512};

use super::bag::{Bag, hex};

/// A bag with one file, as most cases have it.
fn basic(version: &str, algorithm: Algorithm) -> Bag {
    Bag::new(version, &[algorithm], &[("data/a.txt", "một")])
}

/// Changes `bag` after its payload manifest was written, and has the tag manifest cover the change.
fn changed(mut bag: Bag, algorithm: Algorithm, change: impl FnOnce(&mut Bag)) -> Bag {
    change(&mut bag);
    bag.list_tags(&[algorithm]);
    bag
}

/// A basic 1.0 bag by SHA-512, changed so that the tag manifest agrees.
fn with(change: impl FnOnce(&mut Bag)) -> Bag {
    changed(basic("1.0", Sha512), Sha512, change)
}

/// What a 1.0 bag with another manifest finds.
fn manifest(edit: impl FnOnce(String) -> String) -> Vec<String> {
    with(|bag| {
        let text = edit(bag.text("manifest-sha512.txt"));
        bag.put("manifest-sha512.txt", text);
    })
    .check()
}

#[track_caller]
fn finds(bag: &Bag, expected: &[&str]) {
    assert_eq!(bag.check(), expected);
}

#[test]
fn basic_bags_of_both_versions_and_all_algorithms_are_valid() {
    for version in ["0.97", "1.0"] {
        for algorithm in [Md5, Sha1, Sha224, Sha256, Sha384, Sha512] {
            finds(&basic(version, algorithm), &[]);
        }
    }
    // 2.4: more than one algorithm may be used at once.
    finds(&Bag::new("1.0", &[Md5, Sha256, Sha512], &[("data/a", "b"), ("data/c/d", "")]), &[]);
}

#[test]
fn other_versions_are_not_supported() {
    // 2.1.1 knows 1.0; drafts before 0.97 had other rules.
    finds(&basic("0.93", Md5), &["error bagit.txt version"]);
    finds(&basic("2.0", Md5), &["error bagit.txt version"]);
}

#[test]
fn a_bag_in_a_bag_is_payload() {
    let inner = Bag::ours();
    let mut bag = basic("1.0", Sha512);
    for (path, bytes) in &inner.files {
        bag.put(&format!("data/inner/{path}"), bytes.clone());
    }
    bag.list(&[Sha512]);
    finds(&bag, &[]);
}

#[test]
fn names_in_utf8_are_valid() {
    finds(
        &Bag::new("1.0", &[Sha512], &[("data/Đại hội Đảng bộ – ngày 15.txt", "x"), ("data/日本", "y")]),
        &[],
    );
}

#[test]
fn other_normalisation_is_a_note() {
    // 5.2 (Unicode normalization): systems change it, so a name of another form is the same file; the suite warns.
    let bag = Bag::new("1.0", &[Sha512], &[("data/a\u{301}.txt", "x")]);
    let composed = changed(bag, Sha512, |bag| {
        bag.edit("manifest-sha512.txt", "a\u{301}", "á");
    });
    finds(&composed, &["note data/á.txt other-form"]);
    // The same file once in each form, with one digest: the suite warns; two digests cannot both hold.
    let twice = |digest: &str| {
        let line = format!("{digest}  data/á.txt\n");
        changed(Bag::new("1.0", &[Sha512], &[("data/a\u{301}.txt", "x")]), Sha512, |bag| {
            let text = bag.text("manifest-sha512.txt") + &line;
            bag.put("manifest-sha512.txt", text);
        })
    };
    finds(&twice(&hex(Sha512, b"x")), &["note data/á.txt other-form"]);
    finds(&twice(&hex(Sha512, b"y")), &["error data/á.txt twice", "note data/á.txt other-form"]);
}

#[test]
fn names_that_differ_in_case_are_a_note() {
    // 5.1 (case): legal, but some systems take them for one; the suite warns.
    let found = Bag::new("1.0", &[Sha512], &[("data/A", "x"), ("data/a", "y")]).check();
    assert_eq!(found, ["note data/a clash"]);
}

#[test]
fn duplicate_elements_of_bag_info_are_valid() {
    // 2.2.2: elements may be repeated and lines folded; Payload-Oxum may not be repeated.
    let info = |text: &str| with(|bag| _ = bag.put("bag-info.txt", text)).check();
    assert_eq!(info("Contact-Name: A\nContact-Name: B\nX: one\n two\n\tthree\n"), [""; 0]);
    assert_eq!(info("Payload-Oxum: 5.1\nPayload-Oxum: 5.1\n"), ["error bag-info.txt repeated"]);
    assert_eq!(info("no colon\n"), ["error bag-info.txt line"]);
    assert_eq!(info(" folded from nothing\n"), ["error bag-info.txt line"]);
    assert_eq!(info("\u{feff}A: b\n"), ["error bag-info.txt bom"]);
    // 2.2.2: the sum is there to be compared.
    assert_eq!(info("Payload-Oxum: 6.1\n"), ["error bag-info.txt oxum"]);
    assert_eq!(info("Payload-Oxum: many\n"), ["error bag-info.txt oxum"]);
}

#[test]
fn tag_files_may_be_missing_or_unlisted() {
    // 2.2: bag-info.txt and tag manifests are optional, other tag files are allowed.
    let mut bag = basic("1.0", Sha512);
    bag.remove("tagmanifest-sha512.txt");
    finds(&bag, &[]);
    bag.put("notes/read me.txt", "x");
    finds(&bag, &["note notes/read me.txt unlisted"]);
    let mut bag = basic("1.0", Sha512);
    bag.put("notes.txt", "x");
    finds(&bag, &["note notes.txt unlisted"]);
}

#[test]
fn a_bag_needs_its_declaration_payload_and_manifest() {
    // 2.1: bagit.txt, data/ and a payload manifest are required.
    finds(&with(|bag| _ = bag.remove("bagit.txt")), &["error bagit.txt absent"]);
    let bare = with(|bag| _ = bag.remove("manifest-sha512.txt"));
    finds(&bare, &["error manifest-sha512.txt absent"]);
    let mut empty = Bag::default();
    empty.put("bagit.txt", "BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n");
    empty.put("manifest-sha512.txt", "");
    finds(&empty, &["error data absent"]);
}

#[test]
fn the_declaration_is_exact() {
    // 2.1.1: two lines, a byte order mark must not stand before them. The suite: bom-in-bagit.txt, invalid whitespace.
    let declared = |text: &str| with(|bag| _ = bag.put("bagit.txt", text)).check();
    let good = "BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n";
    assert_eq!(declared(&format!("\u{feff}{good}")), ["error bagit.txt bom"]);
    assert_eq!(declared(&good.replace(": ", " : ")), ["error bagit.txt declaration"]);
    assert_eq!(declared(&good.replace(": ", ":")), ["error bagit.txt declaration"]);
    assert_eq!(declared(&format!("{good}Extra: line\n")), ["error bagit.txt declaration"]);
    assert_eq!(declared(""), ["error bagit.txt declaration"]);
    assert_eq!(declared(&good.replace("UTF-8", "UTF-16")), ["error bagit.txt charset"]);
    assert_eq!(declared(&good.replace('\n', "\r\n")), [""; 0]);
}

#[test]
fn lines_of_manifests_are_read_as_tools_write_them() {
    // 2.1.3: blanks between, an asterisk before the path; the suite: made-with-md5sum-tools.
    assert_eq!(manifest(|text| text.replace("  ", " *")), [""; 0]);
    assert_eq!(manifest(|text| text.replace("  ", " \t  ")), [""; 0]);
    assert_eq!(manifest(|text| text.replace('\n', "\r\n")), [""; 0]);
    assert_eq!(
        manifest(|text| text
            .replace(&hex(Sha512, "một".as_bytes()), &hex(Sha512, "một".as_bytes()).to_uppercase())),
        [""; 0]
    );
    // The suite warns of a leading “./”.
    assert_eq!(manifest(|text| text.replace("data/", "./data/")), ["note data/a.txt dot-slash"]);
}

#[test]
fn bad_lines_of_manifests_are_invalid() {
    let with_line = |line: &str| manifest(|text| text + line);
    let digest = hex(Sha512, b"");
    for line in
        ["nonsense\n", "abc  data/b\n", "# comment\n", &format!("{digest}data/b\n"), &format!("{digest}  \n")]
    {
        assert_eq!(with_line(line), ["error manifest-sha512.txt line"], "{line}");
    }
    assert_eq!(manifest(|text| format!("\u{feff}{text}")), ["error manifest-sha512.txt bom"]);
    // Twice in one manifest, though with the same digest: each file is listed exactly once (2.1.3).
    assert_eq!(manifest(|text| format!("{text}{text}")), ["error data/a.txt twice"]);
    assert_eq!(with_line(&format!("{digest}  data/b\n")), ["error data/b missing"]);
}

#[test]
fn paths_out_of_scope_are_invalid() {
    let digest = hex(Sha512, b"");
    let with_path = |path: &str| manifest(|text| format!("{text}{digest}  {path}\n"));
    // The suite: out-of-scope file paths, by dots, as absolute paths, by the home of a user.
    for path in
        ["../../etc/passwd", "/etc/passwd", "~/x", "~root/x", "data/../../x", "C:\\x", "data/./x", "data//x"]
    {
        let expected = format!("error {path} unsafe-path");
        assert_eq!(with_path(path), [expected], "{path}");
    }
    // 2.1.3: a payload manifest lists payload only; 2.2.1: a tag manifest no payload and no tag manifest.
    assert_eq!(with_path("bagit.txt"), ["error bagit.txt out-of-scope"]);
    let mut bag = basic("1.0", Sha512);
    let text = bag.text("tagmanifest-sha512.txt");
    bag.put(
        "tagmanifest-sha512.txt",
        format!("{text}{digest}  data/a.txt\n{digest}  tagmanifest-sha512.txt\n"),
    );
    finds(&bag, &["error data/a.txt out-of-scope", "error tagmanifest-sha512.txt out-of-scope"]);
}

#[test]
fn altered_missing_and_extra_files_are_invalid() {
    // 3: valid means complete, and every digest right.
    finds(basic("1.0", Md5).put("data/a.txt", "hai"), &["error data/a.txt altered"]);
    finds(basic("1.0", Md5).put("data/b.txt", "hai"), &["error data/b.txt extra"]);
    finds(
        basic("1.0", Md5).remove("data/a.txt").put("data/b.txt", ""),
        &["error data/a.txt missing", "error data/b.txt extra"],
    );
    let mut bag = with(|bag| _ = bag.put("bag-info.txt", "A: b\n"));
    finds(bag.put("bag-info.txt", "A: c\n"), &["error bag-info.txt altered"]);
    finds(bag.remove("bag-info.txt"), &["error bag-info.txt missing"]);
}

#[test]
fn every_payload_manifest_lists_everything_since_1_0() {
    // 2.1.3 of 1.0; before, one manifest was enough.
    let made = |version: &str| {
        let mut bag = Bag::new(version, &[Md5, Sha512], &[("data/a", "x"), ("data/b", "y")]);
        let line = format!("{}  data/a\n", hex(Md5, b"x"));
        bag.edit("manifest-md5.txt", &line, "").list_tags(&[Md5, Sha512]);
        bag.check()
    };
    assert_eq!(made("1.0"), ["error data/a extra"]);
    assert_eq!(made("0.97"), [""; 0]);
}

#[test]
fn a_holey_bag_is_refused_by_name() {
    // 3: a bag with files that are still to be fetched is not complete; here nothing is ever fetched.
    let bag = with(|bag| _ = bag.put("fetch.txt", "http://localhost/a 3 data/b.txt\n"));
    finds(&bag, &["error fetch.txt fetch"]);
}

#[test]
fn unknown_algorithms_are_not_checked_and_said_to_be() {
    // 2.4: an implementation must say which manifests it cannot check; a bag of none but those cannot be called valid.
    let mut bag = with(|bag| _ = bag.put("manifest-sha3512.txt", "0  data/a.txt\n"));
    finds(&bag, &["note manifest-sha3512.txt unchecked"]);
    bag.remove("manifest-sha512.txt").list_tags(&[Sha512]);
    finds(&bag, &["note manifest-sha3512.txt unchecked", "error manifest-sha512.txt none-checked"]);
}

#[cfg(unix)]
#[test]
fn escaped_line_breaks_in_names_are_valid() {
    // 2.1.3: CR, LF and % are escaped; the names themselves are legal, though not everywhere.
    let mut bag = Bag::new("1.0", &[Sha512], &[("data/a\nb%0A", "x")]);
    bag.edit("manifest-sha512.txt", "data/a\nb%250A", "data/a%0Ab%250A").list_tags(&[Sha512]);
    finds(&bag, &["note data/a\nb%0A unportable-name"]);
}
