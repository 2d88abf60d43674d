//! Where front matter ends and the body begins (content format, section 8).

use std::ops::Range;

/// The parts of a file with front matter, as ranges of bytes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Split {
    /// The YAML between the two lines `---`.
    pub yaml: Range<usize>,
    /// Everything after the second.
    pub body: Range<usize>,
}

/// Why a file has no front matter.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SplitError {
    /// It does not begin with a line `---`.
    Absent,
    /// No second line `---`.
    Unclosed,
}

/// Parts `text` at the lines `---`; spaces at their ends do not count.
pub fn split(text: &str) -> Result<Split, SplitError> {
    let first = text.find('\n').unwrap_or(text.len());
    if text[..first].trim_end() != "---" {
        return Err(SplitError::Absent);
    }
    let start = (first + 1).min(text.len());
    for (end, _) in text[first..].match_indices("\n---") {
        let at = first + end + 1;
        let line = text[at..].split_inclusive('\n').next().unwrap_or_default();
        if line.trim_end() == "---" {
            return Ok(Split { yaml: start..at, body: at + line.len()..text.len() });
        }
    }
    Err(SplitError::Unclosed)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_parts_are_told_apart() {
        let text = "---\na: 1\n---\nbody";
        let split = split(text).expect("it has front matter");
        assert_eq!((&text[split.yaml], &text[split.body]), ("a: 1\n", "body"));
        assert_eq!(super::split("x"), Err(SplitError::Absent));
        assert_eq!(super::split("---\na: 1"), Err(SplitError::Unclosed));
        assert_eq!(super::split("---\n---").map(|s| s.yaml.len()), Ok(0));
        for long in 0..200 {
            let yaml = format!("a: {}\n---- x\n- ---\n", "b".repeat(long));
            let text = format!("---  \n{yaml}--- \nbody\n---\n");
            let split = super::split(&text).expect("it has front matter");
            assert_eq!((&text[split.yaml], &text[split.body]), (&*yaml, "body\n---\n"));
        }
    }
}
