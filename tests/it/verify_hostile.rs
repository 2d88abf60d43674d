//! Archives made to deceive or to exhaust: each is refused by name, and small ones at once.

use std::fs::File;
use std::io::Write as _;

use nhiemky::archive::verify::{self, limit};

use super::bag::{Bag, check_file, told};
use super::zip::{Entry, Zip};

/// What a zip of a bag with some change finds.
fn zipped(change: impl FnOnce(&mut Zip)) -> Vec<String> {
    let mut zip = Bag::ours().zip("b/");
    change(&mut zip);
    told(&check_file("b.zip", &zip.bytes()))
}

const PAGE: &str = "b/data/site/index.html";

#[track_caller]
fn names(found: &[String], expected: &str) {
    assert!(found.iter().any(|line| line == expected), "{expected}: {found:#?}");
}

#[test]
fn entries_written_without_knowing_their_size_are_read() {
    for is_signed in [true, false] {
        let found = zipped(|zip| {
            *zip.entry(PAGE) = Entry::streamed(PAGE, b"<p>trang</p>", is_signed);
        });
        assert_eq!(found, [""; 0]);
    }
    let wrong = zipped(|zip| {
        *zip.entry(PAGE) = Entry::streamed(PAGE, b"<p>trang</p>", true);
        zip.entry(PAGE).after[5] ^= 1;
    });
    names(&wrong, &format!("error {PAGE} headers"));
}

#[test]
fn names_that_leave_the_zip_are_refused() {
    let with = |name: &str| zipped(|zip| zip.entries.push(Entry::stored(name, b"x")));
    for name in ["../x", "b/../../x", "/etc/x", "C:/x", "b\\..\\..\\x", "b//x"] {
        names(&with(name), &format!("error {name} unsafe-path"));
    }
    names(&with("b/data/a\u{202e}b"), "error b/data/a\u{202e}b unsafe-name");
    names(&with("b/data/nul.txt"), "error b/data/nul.txt reserved-name");
    names(&with("x"), "error x stray");
    names(&with("b/data"), "error data extra");
    names(&with("b/data/site"), "error data/site/index.html clash");
    names(&with("b/DATA/site/index.html"), "error data/site/index.html clash");
    let found = zipped(|zip| {
        let entry = Entry { name: b"b/\xff".into(), local_name: b"b/\xff".into(), ..Entry::stored("", b"x") };
        zip.entries.push(entry);
    });
    names(&found, "error b/\\xff name-encoding");
}

#[test]
fn doubled_entries_are_refused() {
    let found = zipped(|zip| zip.entries.push(Entry::stored(PAGE, b"another page")));
    names(&found, &format!("error {PAGE} twice"));
    let found = zipped(|zip| zip.entries.push(Entry::stored(PAGE, b"<p>trang</p>")));
    names(&found, &format!("error {PAGE} twice"));
}

#[test]
fn overlapping_entries_are_refused() {
    // Two names for the same bytes, as the densest bombs have.
    let found = zipped(|zip| {
        let offset = 0;
        let first = zip.entries[0].clone();
        zip.entries.push(Entry {
            name: b"b/data/x".into(),
            offset: Some(offset),
            packed: Vec::new(),
            ..first
        });
    });
    assert!(found.iter().any(|line| line.ends_with(" overlap")), "{found:#?}");
}

#[test]
fn headers_that_lie_are_refused() {
    names(
        &zipped(|zip| zip.entry(PAGE).local_name = b"b/data/site/indey.html".into()),
        &format!("error {PAGE} headers"),
    );
    names(&zipped(|zip| zip.entry(PAGE).bytes -= 1), "error data/site/index.html data");
    names(&zipped(|zip| zip.entry(PAGE).bytes += 1), "error data/site/index.html data");
    names(&zipped(|zip| zip.entry(PAGE).crc ^= 1), "error data/site/index.html data");
    names(&zipped(|zip| zip.entry(PAGE).packed_bytes += 1), "error b/manifest-sha256.txt overlap");
    names(&zipped(|zip| zip.entry(PAGE).packed_bytes -= 1), "error data/site/index.html data");
    names(&zipped(|zip| zip.entry(PAGE).flags |= 1), &format!("error {PAGE} encrypted"));
    names(&zipped(|zip| zip.entry(PAGE).method = 14), &format!("error {PAGE} method"));
    names(&zipped(|zip| zip.entry(PAGE).mode = 0o120_777), &format!("error {PAGE} link"));
    names(&zipped(|zip| zip.entry(PAGE).mode = 0o020_666), &format!("error {PAGE} special"));
    names(&zipped(|zip| zip.disk = 1), "error b.zip disks");
    names(&zipped(|zip| zip.more = 1), "error b.zip zip");
    names(&zipped(|zip| zip.comment = b"hidden".into()), "error b.zip comment");
    names(
        &zipped(|zip| zip.comment = b"PK\x05\x06".iter().copied().chain([0; 18]).collect()),
        "error b.zip zip",
    );
    names(&zipped(|zip| zip.entry(PAGE).after = b"hidden".into()), "error b.zip gap");
    // Absurd sizes, in 32 bits and as a promise of 64.
    let found = zipped(|zip| {
        let entry = zip.entry(PAGE);
        (entry.bytes, entry.packed_bytes) = (0xffff_fff0, 0xffff_fff0);
    });
    assert!(found.iter().any(|line| line.ends_with("too-large")), "{found:#?}");
    names(&zipped(|zip| zip.entry(PAGE).bytes = 0xffff_ffff), &format!("error {PAGE} headers"));
}

#[test]
fn zips_cut_off_or_with_something_before_or_after_are_refused() {
    let good = Bag::ours().zip("b/").bytes();
    let code = |bytes: &[u8]| {
        let found = told(&check_file("b.zip", bytes));
        assert_eq!(found.len(), 1, "{found:?}");
        found[0].clone()
    };
    for length in [4, 100, good.len() - 1, good.len() - 22, good.len() - 60] {
        assert_eq!(code(&good[..length]), "error b.zip zip", "{length}");
    }
    assert_eq!(code(&[&good[..], b"x"].concat()), "error b.zip zip");
    let before = [b"PK\x03\x04 a script".as_slice(), &good].concat();
    assert_eq!(code(&before), "error b.zip zip");
}

#[test]
fn a_bomb_is_refused_before_it_is_unpacked() {
    // Ten entries of 1 GB zeros each, as the headers say: nobody unpacks them to see.
    let zeros = vec![0; 1 << 20];
    let bomb = zipped(|zip| {
        for number in 0..10 {
            let mut entry = Entry::deflated(&format!("b/data/{number}"), &zeros);
            entry.bytes = 1 << 30;
            zip.entries.push(entry);
        }
    });
    assert_eq!(bomb.len(), 1, "{bomb:?}");
    assert!(bomb[0].ends_with(" too-large"), "{bomb:?}");
    // One that lies about its size is cut where the promise ends.
    let found = zipped(|zip| {
        let mut entry = Entry::deflated("b/data/lie", &zeros);
        entry.bytes = 10;
        zip.entries.push(entry);
    });
    names(&found, "error data/lie extra");
}

#[test]
fn a_zip_in_a_bag_is_not_opened() {
    let mut bag = Bag::ours();
    let inner = Zip::of(vec![Entry::stored("../x", b"x")]).bytes();
    bag.put("data/inner.zip", inner);
    bag.remove("bag-info.txt").list(&[verify::hash::Algorithm::Sha512]);
    bag.remove("manifest-sha256.txt").remove("tagmanifest-sha256.txt");
    bag.list_tags(&[verify::hash::Algorithm::Sha512]);
    assert_eq!(bag.check(), [""; 0]);
}

#[test]
fn too_many_entries_are_not_even_listed() {
    let mut bytes = Vec::new();
    let mut directory = Vec::new();
    let count = limit::ENTRIES as u32 + 1;
    for _ in 0..count {
        directory.extend(b"PK\x01\x02");
        directory.extend([0; 42]);
    }
    bytes.extend(b"PK\x03\x04");
    let start = bytes.len() as u32;
    bytes.extend(&directory);
    let end = bytes.len() as u64;
    // Only the 64-bit record can promise so many.
    bytes.extend(b"PK\x06\x06");
    bytes.extend(44_u64.to_le_bytes());
    bytes.extend([0; 12]);
    for value in [u64::from(count), u64::from(count), directory.len() as u64, u64::from(start)] {
        bytes.extend(value.to_le_bytes());
    }
    bytes.extend(b"PK\x06\x07\0\0\0\0");
    bytes.extend(end.to_le_bytes());
    bytes.extend([1, 0, 0, 0]);
    bytes.extend(b"PK\x05\x06");
    bytes.extend([0; 4]);
    bytes.extend([0xff; 4]);
    bytes.extend((directory.len() as u32).to_le_bytes());
    bytes.extend(start.to_le_bytes());
    bytes.extend([0; 2]);
    assert_eq!(told(&check_file("b.zip", &bytes)), ["error b.zip too-many"]);
}

#[test]
fn endless_lines_and_bad_encodings_are_refused() {
    let with = |path: &str, bytes: Vec<u8>| {
        let mut bag = Bag::new("1.0", &[verify::hash::Algorithm::Sha512], &[("data/a", "x")]);
        bag.put(path, bytes).list_tags(&[verify::hash::Algorithm::Sha512]);
        bag.check()
    };
    names(&with("manifest-sha256.txt", vec![b'a'; 1 << 20]), "error manifest-sha256.txt long-line");
    names(&with("bag-info.txt", vec![b'a'; 1 << 19]), "error bag-info.txt long-line");
    names(&with("bag-info.txt", b"A: \xff\n".into()), "error bag-info.txt encoding");
    names(&with("bag-info.txt", vec![b'\n'; 2 << 20]), "error bag-info.txt too-long");
    names(
        &with("manifest-sha256.txt", vec![b'\n'; limit::ENTRIES + 1]),
        "error manifest-sha256.txt many-lines",
    );
    let line = [&b"0".repeat(64)[..], b"  data/\xff\n"].concat();
    names(&with("manifest-sha256.txt", line), "error manifest-sha256.txt encoding");
    names(&with("bagit.txt", vec![b'x'; 2_000]), "error bagit.txt too-long");
    names(&with("bagit.txt", b"\xff\xfeB\0a\0g\0".into()), "error bagit.txt bom");
}

#[cfg(unix)]
#[test]
fn a_file_of_holes_is_refused() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    Bag::ours().write_to(folder.path());
    let mut file = File::create(folder.path().join("data/holes")).expect("a file");
    file.write_all(b"x").expect("written");
    file.set_len(1 << 40).expect("a file of holes");
    let found = told(&verify::folder(folder.path(), None).expect("there is a bag"));
    assert_eq!(found, ["error data/holes too-large"]);
}

#[cfg(unix)]
#[test]
fn folders_without_end_are_refused() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    Bag::ours().write_to(folder.path());
    let deep = folder.path().join("data").join("d/".repeat(80));
    std::fs::create_dir_all(&deep).expect("folders");
    std::fs::write(deep.join("x"), "").expect("a file");
    let found = told(&verify::folder(folder.path(), None).expect("there is a bag"));
    assert_eq!(found.len(), 1, "{found:?}");
    assert!(found[0].ends_with("d long-name"), "{found:?}");
}
