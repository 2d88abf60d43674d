//! A web archive made by hand, good and broken in every way that an index, a record or a list of files can be.

use std::io::Write as _;

use flate2::Compression;
use flate2::write::GzEncoder;
use nhiemky::archive::verify::hash::Algorithm::{Sha1, Sha256};
use proptest::prelude::*;

use super::bag::{check_file, hex, told};
use super::zip::{Entry, Zip};

/// The parts of a web archive with two pages.
#[derive(Clone)]
struct Wacz {
    records: Vec<String>,
    /// Turns the good index into another.
    index: fn(String) -> String,
    pages: String,
    package: fn(String) -> String,
    more: Vec<(String, Vec<u8>)>,
    one_member: bool,
}

fn record(url: &str, body: &str) -> String {
    let block = format!("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n{body}");
    format!(
        "WARC/1.1\r\nWARC-Type: response\r\nWARC-Record-ID: <urn:uuid:00000000-0000-4000-8000-000000000000>\r\n\
         WARC-Date: 2025-06-05T00:00:00Z\r\nWARC-Target-URI: {url}\r\nContent-Type: application/http; msgtype=response\r\n\
         WARC-Block-Digest: sha256:{}\r\nWARC-Payload-Digest: sha256:{}\r\nContent-Length: {}\r\n\r\n{block}\r\n\r\n",
        hex(Sha256, block.as_bytes()),
        hex(Sha256, body.as_bytes()),
        block.len()
    )
}

fn good() -> Wacz {
    Wacz {
        records: vec![record("https://example.vn/a", "<p>một</p>"), record("https://example.vn/b", "<p>hai</p>")],
        index: |text| text,
        pages: "{\"format\":\"json-pages-1.0\",\"id\":\"pages\",\"title\":\"Trang\"}\n{\"url\":\"https://example.vn/a\",\"ts\":\"2025-06-05T00:00:00Z\"}\n".to_owned(),
        package: |text| text,
        more: Vec::new(),
        one_member: false,
    }
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
    encoder.write_all(bytes).and_then(|()| encoder.finish()).expect("memory can be written")
}

impl Wacz {
    fn files(&self) -> Vec<(String, Vec<u8>)> {
        let (mut warc, mut index) = (Vec::new(), String::new());
        for (number, record) in self.records.iter().enumerate() {
            let member = gzip(record.as_bytes());
            let key = if number == 0 { "a" } else { "b" };
            index.push_str(&format!(
                "vn,example)/{key} 20250605000000 {{\"url\":\"https://example.vn/{key}\",\"mime\":\"text/html\",\"status\":\"200\",\"filename\":\"data.warc.gz\",\"offset\":\"{}\",\"length\":\"{}\"}}\n",
                warc.len(),
                member.len()
            ));
            warc.extend(member);
        }
        if self.one_member {
            warc = gzip(self.records.concat().as_bytes());
        }
        let mut files = vec![
            ("archive/data.warc.gz".to_owned(), warc),
            ("indexes/index.cdxj".to_owned(), (self.index)(index).into_bytes()),
            ("pages/pages.jsonl".to_owned(), self.pages.clone().into_bytes()),
        ];
        let resource = |(path, bytes): &(String, Vec<u8>)| serde_json::json!({"name": path, "path": path, "hash": format!("sha256:{}", hex(Sha256, bytes)), "bytes": bytes.len()});
        let resources: Vec<serde_json::Value> = files.iter().map(resource).collect();
        let package =
            serde_json::json!({"profile": "data-package", "wacz_version": "1.1.1", "resources": resources});
        let package = (self.package)(package.to_string());
        let digest = serde_json::json!({"path": "datapackage.json", "hash": format!("sha256:{}", hex(Sha256, package.as_bytes()))});
        files.push(("datapackage.json".to_owned(), package.into_bytes()));
        files.push(("datapackage-digest.json".to_owned(), digest.to_string().into_bytes()));
        files.extend(self.more.clone());
        files
    }

    fn check(&self) -> Vec<String> {
        check(&self.files())
    }
}

fn check(files: &[(String, Vec<u8>)]) -> Vec<String> {
    let entries = files.iter().map(|(path, bytes)| Entry::stored(path, bytes)).collect();
    told(&check_file("a.wacz", &Zip::of(entries).bytes()))
}

/// The good archive with other bytes in one of its files.
fn with(path: &str, change: impl FnOnce(&mut Vec<u8>)) -> Vec<String> {
    let mut files = good().files();
    change(&mut files.iter_mut().find(|(name, _)| name == path).expect("there is such a file").1);
    check(&files)
}

#[test]
fn a_good_web_archive_is_valid_and_sealed_by_its_package() {
    let files = good().files();
    let entries = files.iter().map(|(path, bytes)| Entry::stored(path, bytes)).collect();
    let verdict = check_file("a.wacz", &Zip::of(entries).bytes());
    assert_eq!(told(&verdict), [""; 0]);
    let package = &files.iter().find(|(path, _)| path == "datapackage.json").expect("it is there").1;
    assert_eq!(verdict.seal.expect("it has one").as_str(), hex(Sha256, package));
    assert_eq!(verdict.kind.code(), "wacz");
}

#[test]
fn what_the_package_says_must_be_so() {
    let found = with("archive/data.warc.gz", |bytes| bytes[30] ^= 1);
    assert!(found.contains(&"error archive/data.warc.gz altered".to_owned()), "{found:?}");
    assert_eq!(with("datapackage.json", |bytes| bytes.push(b' ')), ["error datapackage.json altered"]);
    assert_eq!(
        with("datapackage-digest.json", |bytes| bytes.truncate(9)),
        ["error datapackage-digest.json json"]
    );
    let more = Wacz { more: vec![("extra.txt".to_owned(), Vec::new())], ..good() };
    assert_eq!(more.check(), ["error extra.txt extra"]);
    let package = |package| Wacz { package, ..good() }.check();
    assert_eq!(package(|text| text.replace("data-package", "package")), ["error datapackage.json field"]);
    assert_eq!(package(|text| text.replace("1.1.1", "2.0")), ["error datapackage.json field"]);
    assert_eq!(package(|text| text.replace("\"path\"", "\"place\"")), ["error datapackage.json json"]);
    assert_eq!(
        package(|text| text.replace("pages/pages.jsonl", "../pages.jsonl")),
        ["error ../pages.jsonl unsafe-path", "error pages/pages.jsonl extra",]
    );
    assert_eq!(package(|text| text.replace("\"sha256:", "\"crc32:")).len(), 3);
}

#[test]
fn records_must_be_as_long_and_as_digested_as_they_say() {
    let records = |change: &dyn Fn(&str) -> String| {
        let mut wacz = good();
        wacz.records[1] = change(&wacz.records[1]);
        wacz.check()
    };
    for (was, now) in [
        ("Content-Length: 5", "Content-Length: 6"),
        ("Content-Length: 5", "Content-Length: 4"),
        ("Content-Length: ", "Content-Length: -"),
        ("WARC/1.1", "WARC/2.0"),
        ("<p>hai</p>", "<p>hai!</p>"),
        ("<p>hai</p>", "<p>hAi</p>"),
        ("\r\n\r\nHTTP", "\r\nWARC-Type: response\r\n\r\nHTTP"),
        ("WARC-Record-ID", "X-Record-ID"),
        ("WARC-Payload-Digest: sha256:", "WARC-Payload-Digest: sha256:0"),
    ] {
        let found = records(&|record| record.replace(was, now));
        assert!(found.contains(&"error archive/data.warc.gz record".to_owned()), "{was}: {found:?}");
    }
    let sha1 = format!("sha1:{}", hex(Sha1, "<p>hai</p>".as_bytes()));
    let payload = format!("sha256:{}", hex(Sha256, "<p>hai</p>".as_bytes()));
    assert_eq!(records(&|record| record.replace(&payload, &sha1)), [""; 0]);
    let one = Wacz { one_member: true, ..good() }.check();
    assert!(one.contains(&"error archive/data.warc.gz record".to_owned()), "{one:?}");
}

#[test]
fn an_index_must_lead_to_its_records() {
    let index = |index| Wacz { index, ..good() }.check();
    let wrong = [
        index(|text| text.replace("\"offset\":\"0\"", "\"offset\":\"1\"")),
        index(|text| text.replace("\"length\":\"", "\"length\":\"1")),
        index(|text| text.replace("data.warc.gz", "other.warc.gz")),
        index(|text| text.replace("example.vn/a", "example.vn/c")),
        index(|text| text.replace("20250605", "20250606")),
        index(|text| text.replace('{', "")),
    ];
    for found in wrong {
        assert!(found.contains(&"error indexes/index.cdxj index".to_owned()), "{found:?}");
    }
    let turned = index(|text| text.lines().rev().map(|line| format!("{line}\n")).collect());
    assert_eq!(turned, ["error indexes/index.cdxj unsorted"]);
    assert_eq!(index(|_| String::new()), ["note archive/data.warc.gz unindexed"]);
    let pages = |text: &str| Wacz { pages: text.to_owned(), ..good() }.check();
    assert_eq!(pages("{\"url\":\"x\"}\n"), ["error pages/pages.jsonl line"]);
    assert_eq!(pages("{\"format\":\"json-pages-1.0\"}\n{\n"), ["error pages/pages.jsonl line"]);
}

#[test]
fn a_web_archive_has_all_its_parts() {
    let mut files = good().files();
    files.retain(|(path, _)| path != "pages/pages.jsonl");
    assert_eq!(check(&files), ["error pages/pages.jsonl missing", "note pages/pages.jsonl lacking"]);
    files.retain(|(path, _)| !path.starts_with("datapackage"));
    assert!(check(&files).contains(&"error datapackage.json absent".to_owned()));
}

#[test]
fn a_bomb_in_a_warc_is_cut() {
    // Over the bound of 1 GB and twenty times the file: 1.2 GB of zeros in one member.
    let mut encoder = GzEncoder::new(Vec::new(), Compression::fast());
    let zeros = vec![0; 1 << 20];
    let head = "WARC/1.1\r\nWARC-Type: resource\r\nWARC-Record-ID: <x>\r\nWARC-Date: 2025-06-05T00:00:00Z\r\nContent-Length: 99999999999\r\n\r\n";
    encoder.write_all(head.as_bytes()).expect("memory can be written");
    let rounds = if cfg!(debug_assertions) { 4 } else { 1_400 };
    (0..rounds).for_each(|_| encoder.write_all(&zeros).expect("memory can be written"));
    let mut files = good().files();
    files[0].1 = encoder.finish().expect("memory can be written");
    let found = check(&files);
    let code = if cfg!(debug_assertions) { "record" } else { "too-large" };
    assert!(found.contains(&format!("error archive/data.warc.gz {code}")), "{found:?}");
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    /// Whatever stands in a WARC, an index or a package, the check comes to an end, and calls no other bytes valid.
    #[test]
    fn a_mutated_web_archive_is_never_valid(
        file in 0_usize..5,
        place in any::<prop::sample::Index>(),
        with in prop::collection::vec(any::<u8>(), 0..4),
        taken in 0_usize..4,
    ) {
        let mut files = good().files();
        let bytes = &mut files[file].1;
        let at = place.index(bytes.len());
        let end = (at + taken).min(bytes.len());
        let before = bytes.clone();
        bytes.splice(at..end, with);
        let (is_same, is_package_digest) = (*bytes == before, file == 4);
        let found = check(&files);
        // Blanks between words of the package's digest, which nothing covers, mean nothing.
        if !is_same && !is_package_digest {
            prop_assert!(found.iter().any(|line| line.starts_with("error ")), "{:?}", found);
        }
    }
}
