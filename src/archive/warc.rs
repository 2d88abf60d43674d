//! Records of a WARC 1.1 file (ISO 28500), a gzip member each, as a recorder would have written them.
//!
//! The home of flate2. Ids are made from what a record holds, so that equal pages give equal bytes.

use std::io::{self, Read, Write};

use flate2::{Compression, GzBuilder};

use super::bag::sha256;

/// What a record says of itself.
#[derive(Debug)]
pub struct Response<'a> {
    /// The address.
    pub url: &'a str,
    /// When, as `2025-07-31T00:00:00Z`.
    pub date: &'a str,
    /// The media type, with its encoding.
    pub media: &'a str,
    /// Bytes of the payload.
    pub bytes: u64,
    /// SHA-256 of the payload, in hexadecimal digits.
    pub sha256: &'a str,
}

/// The record that opens the file.
///
/// # Errors
/// Where it cannot be written.
pub fn info(to: &mut impl Write, date: &str, software: &str) -> io::Result<()> {
    let fields = format!("software: {software}\r\nformat: WARC File Format 1.1\r\n");
    let head = format!(
        "WARC/1.1\r\nWARC-Type: warcinfo\r\nWARC-Record-ID: {}\r\nWARC-Date: {date}\r\nWARC-Filename: data.warc.gz\r\n\
         Content-Type: application/warc-fields\r\nContent-Length: {}\r\n\r\n",
        id(&[date, software]),
        fields.len()
    );
    member(to, &[&head, &fields], &mut io::empty())
}

/// A page or file as a server would have answered.
///
/// # Errors
/// Where it cannot be read or written.
pub fn response(to: &mut impl Write, response: &Response<'_>, payload: &mut impl Read) -> io::Result<()> {
    let http = format!(
        "HTTP/1.1 200 OK\r\nContent-Type: {}\r\nContent-Length: {}\r\n\r\n",
        response.media, response.bytes
    );
    let head = format!(
        "WARC/1.1\r\nWARC-Type: response\r\nWARC-Record-ID: {}\r\nWARC-Target-URI: {}\r\nWARC-Date: {}\r\n\
         WARC-Payload-Digest: sha256:{}\r\nContent-Type: application/http; msgtype=response\r\nContent-Length: {}\r\n\r\n",
        id(&[response.url, response.date, response.sha256]),
        response.url,
        response.date,
        response.sha256,
        http.len() as u64 + response.bytes
    );
    member(to, &[&head, &http], payload)
}

fn member(to: &mut impl Write, texts: &[&str], payload: &mut impl Read) -> io::Result<()> {
    let mut gzip = GzBuilder::new().write(to, Compression::new(6));
    for text in texts {
        gzip.write_all(text.as_bytes())?;
    }
    io::copy(payload, &mut gzip)?;
    gzip.write_all(b"\r\n\r\n")?;
    gzip.finish().map(|_| ())
}

/// A record's id: a UUID of version 8, which leaves its bits to the maker (RFC 9562).
fn id(of: &[&str]) -> String {
    let digest = sha256(of.join("\n").as_bytes());
    let part = |range: std::ops::Range<usize>| &digest[range];
    format!("<urn:uuid:{}-{}-8{}-a{}-{}>", part(0..8), part(8..12), part(13..16), part(17..20), part(20..32))
}
