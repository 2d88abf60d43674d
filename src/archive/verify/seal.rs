//! The seal: one line that an office keeps on paper, by which it knows the whole archive again.
//!
//! Of a bag it is the SHA-512 of `tagmanifest-sha512.txt`: that file has the digests of all tag files, the manifests among
//! them, and those have the digests of all files. The SHA-256 of `tagmanifest-sha256.txt` is taken too. Of a WACZ it is the
//! SHA-256 of `datapackage.json`, which has the digests of all resources.

use super::finding::{Finding, Findings, kinds};
use super::hash::{self, Algorithm};
use super::tree::Tree;
use crate::fs::Failure;

/// The seal of an archive in lower-case hexadecimal digits, as it was found.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Seal {
    /// 64 digits.
    pub sha256: Option<String>,
    /// 128 digits; a WACZ has none.
    pub sha512: Option<String>,
}

/// A seal that an archive is to have.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Given(String);

impl Given {
    /// Reads a seal as people copy it from paper: in any case, in groups parted by spaces, dashes, colons or dots. `None`
    /// unless it has all of its 64 or 128 digits.
    pub fn parse(text: &str) -> Option<Self> {
        let is_gap = |c: &char| !(c.is_whitespace() || matches!(c, '-' | '–' | ':' | '.' | '_' | '\u{a0}'));
        let digits: String = text.chars().filter(is_gap).map(|c| c.to_ascii_lowercase()).collect();
        let is_whole = matches!(digits.len(), 64 | 128) && digits.bytes().all(|b| b.is_ascii_hexdigit());
        is_whole.then_some(Self(digits))
    }

    /// Compares with the seal that was found; `names` are the files of which the short and the long seal are digests.
    pub fn compare(&self, found: Option<&Seal>, names: [&str; 2], findings: &mut Findings) {
        let is_long = self.0.len() == 128;
        let name = names[usize::from(is_long)];
        let same_kind =
            found.and_then(|seal| if is_long { seal.sha512.as_ref() } else { seal.sha256.as_ref() });
        match same_kind {
            Some(seal) if *seal == self.0 => {}
            Some(seal) => findings.push(Finding::error(name, &kinds::SEAL, &[&self.0, seal])),
            None => findings.push(Finding::error(name, &kinds::NO_SEAL, &[])),
        }
    }
}

impl Seal {
    /// The seal of a bag; `None` where it has no tag manifest to take it from.
    pub fn of_bag(tree: &Tree, findings: &mut Findings) -> Result<Option<Self>, Failure> {
        let mut digest = |name: &str, algorithm: Algorithm| {
            let Some(at) = tree.find(name) else { return Ok(None) };
            Ok(match tree.digests(at, &[algorithm])? {
                Ok((_, digests)) => digests.first().map(|digest| hash::to_hex(digest)),
                Err(finding) => {
                    findings.push(finding);
                    None
                }
            })
        };
        let sha256 = digest("tagmanifest-sha256.txt", Algorithm::Sha256)?;
        let sha512 = digest("tagmanifest-sha512.txt", Algorithm::Sha512)?;
        Ok((sha256.is_some() || sha512.is_some()).then_some(Self { sha256, sha512 }))
    }

    /// The seal as it is printed: the long one where there is one.
    pub fn as_str(&self) -> &str {
        self.sha512.as_deref().or(self.sha256.as_deref()).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_seal_is_read_from_paper() {
        let digits = "0123456789abcdef".repeat(4);
        let groups = digits
            .to_uppercase()
            .as_bytes()
            .chunks(4)
            .map(|c| String::from_utf8_lossy(c).into_owned())
            .collect::<Vec<_>>();
        for text in [digits.clone(), groups.join(" "), groups.join("-"), format!(" {}\n", groups.join(":"))] {
            assert_eq!(Given::parse(&text), Some(Given(digits.clone())), "{text}");
        }
        for text in [&digits[..63], "", &"g".repeat(64), &digits.repeat(3)] {
            assert_eq!(Given::parse(text), None, "{text}");
        }
    }
}
