//! What an older sitemap promised, held against what is planned: every address that no longer answers.
//!
//! An address stands in other people's papers for decades, so one that is gone is an error; it is mended by `aliases`. What
//! answers is a page, a page at an old address, or a file. Nothing is fetched; files are handed in by the caller.

pub mod read;

use std::collections::{BTreeMap, BTreeSet};

use crate::page::artifact::{Artifact, Spec};
use crate::page::plan::Plan;
use crate::page::sitemap::MOST_BYTES;
use crate::path::{OutputPath, Url};
use crate::problem::report::harmless;
use crate::problem::say::Both;
use crate::problem::{Finding, Problem, Problems};
use crate::vietnamese::nearest;
use read::Listed;

const TOO_LARGE: Both = Both { vi: "tệp lớn hơn 50 MB", en: "it is larger than 50 MB" };
const NOT_UTF8: Both = Both {
    vi: "không phải văn bản UTF-8 (tệp .gz phải giải nén trước)",
    en: "it is not UTF-8 (unpack a .gz first)",
};
const NOT_BESIDE: Both = Both {
    vi: "danh mục nêu tệp này nhưng tệp không nằm bên cạnh",
    en: "the index names it, but it does not lie beside the index",
};
const NESTED: Both = Both { vi: "danh mục lồng trong danh mục", en: "it is an index within an index" };

/// Gone addresses for which the nearest present ones are looked up; whoever has more has moved the whole site.
const HINTS: usize = 200;
/// Present addresses that one is compared with at most.
const CANDIDATES: usize = 2000;

/// Judges the sitemap called `name`; `beside` gives a file that lies beside it.
pub fn check(
    name: &str,
    bytes: &[u8],
    beside: &dyn Fn(&str) -> Option<Vec<u8>>,
    plan: &Plan,
    base_url: &str,
) -> Problems {
    let base = lowered(base_url);
    let mut judge = Judge { plan, base, gone: BTreeSet::new(), foreign: None, foreign_count: 0 };
    let mut problems = Problems::default();
    let mut broken = |name: &str, line: usize, why: Both| {
        problems.push(Problem::at_path(Finding::BadSitemap { line, why }, name));
    };
    match listed(bytes) {
        Err((line, why)) => broken(name, line, why),
        Ok(Listed::Pages(addresses)) => judge.take(&addresses),
        Ok(Listed::Sitemaps(parts)) => {
            let folder = name.rfind(['/', '\\']).map_or("", |at| &name[..=at]);
            for part in parts.iter().map(|address| file_name(address)).collect::<BTreeSet<_>>() {
                let path = format!("{folder}{}", harmless(part));
                let bytes = Some(part).filter(|part| is_plain(part)).and_then(beside);
                match bytes.as_deref().map(listed) {
                    None => broken(&path, 1, NOT_BESIDE),
                    Some(Err((line, why))) => broken(&path, line, why),
                    Some(Ok(Listed::Sitemaps(_))) => broken(&path, 1, NESTED),
                    Some(Ok(Listed::Pages(addresses))) => judge.take(&addresses),
                }
            }
        }
    }
    problems.extend(judge.findings(name, base_url));
    problems
}

fn listed(bytes: &[u8]) -> Result<Listed, (usize, Both)> {
    if bytes.len() > MOST_BYTES {
        return Err((1, TOO_LARGE));
    }
    let text = std::str::from_utf8(bytes).map_err(|_| (1, NOT_UTF8))?;
    read::read(text).map_err(|broken| (broken.line, broken.why))
}

/// The last part of an address: the name of the file that it leads to.
fn file_name(address: &str) -> &str {
    let path = address.split(['?', '#']).next().unwrap_or(address);
    path.rsplit('/').next().unwrap_or(path)
}

/// Whether a name can only be that of a file in the same folder, on every system.
fn is_plain(name: &str) -> bool {
    !name.is_empty()
        && !name.starts_with('.')
        && name.bytes().all(|b| b.is_ascii_alphanumeric() || b"-_.".contains(&b))
}

/// An address with scheme and host in lower case, in which they are compared.
fn lowered(address: &str) -> String {
    let host = address.find("://").map_or(0, |at| at + 3);
    let end = address[host..].find('/').map_or(address.len(), |at| host + at);
    address[..end].to_lowercase() + &address[end..]
}

struct Judge<'a> {
    plan: &'a Plan,
    base: String,
    /// Addresses below the base, decoded, that nothing answers.
    gone: BTreeSet<String>,
    /// The first address elsewhere.
    foreign: Option<String>,
    foreign_count: usize,
}

impl Judge<'_> {
    fn take(&mut self, addresses: &[String]) {
        for address in addresses {
            let whole = lowered(address);
            let below =
                if format!("{whole}/") == self.base { Some("") } else { whole.strip_prefix(&self.base) };
            let Some(below) = below else {
                self.foreign_count += 1;
                self.foreign.get_or_insert_with(|| address.clone());
                continue;
            };
            let path = decoded(below.split(['?', '#']).next().unwrap_or(below));
            if !self.answers(&path) {
                self.gone.insert(path);
            }
        }
    }

    /// Whether a server that shows `index.html` for a folder answers.
    fn answers(&self, path: &str) -> bool {
        let is_there = |path: String| self.plan.artifacts.contains_key(&OutputPath::verbatim(&path));
        match path {
            "" => true,
            folder if folder.ends_with('/') => is_there(format!("{folder}index.html")),
            path => is_there(path.to_owned()) || is_there(format!("{path}/index.html")),
        }
    }

    fn findings(&self, name: &str, base_url: &str) -> Problems {
        let mut problems = Problems::default();
        let present = Present::of(self.plan);
        for (number, address) in self.gone.iter().enumerate() {
            let near = if number < HINTS { present.nearest(address) } else { Vec::new() };
            let finding = Finding::AddressGone { address: address.clone() };
            problems.push(Problem::at_path(finding, name).with_nearest(near));
        }
        if let Some(example) = self.foreign.clone() {
            let (count, base) = (self.foreign_count, base_url.to_owned());
            problems.push(Problem::at_path(Finding::OtherBase { count, example, base }, name));
        }
        problems
    }
}

fn decoded(path: &str) -> String {
    match Url::parse(path) {
        Ok(Url::Relative { path, .. }) => path,
        _ => path.to_owned(),
    }
}

/// The pages that are there, by name and by folder.
struct Present<'a> {
    by_name: BTreeMap<&'a str, Vec<&'a str>>,
    by_folder: BTreeMap<&'a str, Vec<&'a str>>,
}

impl<'a> Present<'a> {
    fn of(plan: &'a Plan) -> Self {
        let mut present = Self { by_name: BTreeMap::new(), by_folder: BTreeMap::new() };
        let is_page = |artifact: &Artifact| match artifact {
            Artifact::Page(spec) => !matches!(spec, Spec::Redirect(_) | Spec::NotFound),
            _ => false,
        };
        for path in
            plan.artifacts.iter().filter(|(_, artifact)| is_page(artifact)).map(|(path, _)| path.as_str())
        {
            let (folder, name) = path.rsplit_once('/').unwrap_or(("", path));
            for (map, key) in [(&mut present.by_name, name), (&mut present.by_folder, folder)] {
                let all = map.entry(key).or_default();
                if all.len() < CANDIDATES {
                    all.push(path);
                }
            }
        }
        present
    }

    /// Present addresses that may have taken the place of one: near in their letters, else of the same file name.
    fn nearest(&self, gone: &str) -> Vec<&'a str> {
        let gone = if gone.ends_with('/') { format!("{gone}index.html") } else { gone.to_owned() };
        let (folder, name) = gone.rsplit_once('/').unwrap_or(("", &gone));
        let named = self.by_name.get(name).map(Vec::as_slice).unwrap_or_default();
        let beside = self.by_folder.get(folder).map(Vec::as_slice).unwrap_or_default();
        let near = nearest::nearest(&gone, named.iter().chain(beside).copied());
        match near.is_empty() && name != "index.html" {
            true => named.iter().take(3).copied().collect(),
            false => near,
        }
    }
}
