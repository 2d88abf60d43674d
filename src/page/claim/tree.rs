//! Addresses as a tree: a file cannot lie where another one needs a folder.
//!
//! Pages never do that to each other, because no folder of theirs has an ending; old addresses do (`a.html/` beside `a.html`), and
//! folders of attachments. Relies on the order of the claims alone, so that a site of 90,000 files is one pass.

/// A file that lies below another one, by their numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Nested {
    /// The one that would have to be a folder.
    pub file: usize,
    /// The one in that folder.
    pub inner: usize,
}

/// Every file that lies below another one, of distinct paths in the order of their bytes, as systems see them that do not tell
/// capitals apart.
pub fn nested<'a>(sorted: impl Iterator<Item = &'a str>) -> Vec<Nested> {
    let mut found = Vec::new();
    // What begins as `a.html` does follows it without a gap, but not all of it lies below: `a.html-b` stands before `a.html/b`.
    let mut beginnings: Vec<(usize, &str)> = Vec::new();
    for (inner, path) in sorted.enumerate() {
        while beginnings.last().is_some_and(|(_, before)| !path.starts_with(before)) {
            beginnings.pop();
        }
        let is_above = |before: &str| path.as_bytes().get(before.len()) == Some(&b'/');
        let file = beginnings.iter().find(|(_, before)| is_above(before));
        found.extend(file.map(|(file, _)| Nested { file: *file, inner }));
        beginnings.push((inner, path));
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_lies_below_a_file_is_found_and_nothing_else() {
        let mut paths = [
            "a.html",
            "a.html-b/c",
            "a.html.pdf",
            "a.html/b",
            "a.html/b.html/c",
            "a.htm",
            "a/b",
            "a.html/d",
            "b/a.html/c",
        ];
        paths.sort_unstable();
        let found = nested(paths.into_iter());
        let found: Vec<(&str, &str)> = found.iter().map(|n| (paths[n.file], paths[n.inner])).collect();
        let below = ["a.html/b", "a.html/b.html/c", "a.html/d"];
        assert_eq!(found, below.map(|path| ("a.html", path)));
    }
}
