//! Where the nodes of a YAML text stand, and what only the event parser knows: depth, anchors, the text of a number.
//!
//! The one place where granit-parser is used. Nodes are numbered as [`super::tree`] numbers them: every scalar,
//! sequence and mapping in the order of the text.

use std::ops::Range;

use granit_parser::{Event, Parser, ScalarStyle};

use super::{Kind, MAX_DEPTH, Node, YamlError};

/// The range of bytes of every node, by its number; of a mapping or sequence the range of its first node or bracket.
/// Shorter than the tree where the text cannot be read to its end.
pub fn ranges(text: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    for next in Parser::new_from_str(text) {
        let Ok((event, span)) = next else { break };
        let range = span.byte_range().unwrap_or(0..0);
        match event {
            Event::Scalar(..) => found.push(trimmed(text, range)),
            Event::SequenceStart(..) | Event::MappingStart(..) => found.push(range.start..range.start),
            _ => {}
        }
    }
    // A block mapping begins where its first key does; give it that key, so that there is something to underline.
    for i in (0..found.len()).rev() {
        if found[i].is_empty() && i + 1 < found.len() && found[i].start == found[i + 1].start {
            found[i] = found[i + 1].clone();
        }
    }
    found
}

/// The value of a scalar given as it stands in the text, quotes, block header and all.
pub fn value_of(raw: &str) -> Option<String> {
    Parser::new_from_str(raw).map_while(Result::ok).find_map(|(event, _)| match event {
        Event::Scalar(value, ..) => Some(value.into_owned()),
        _ => None,
    })
}

/// A scalar's range without the line ends that block and plain scalars may drag along.
fn trimmed(text: &str, range: Range<usize>) -> Range<usize> {
    let slice = text.get(range.clone()).unwrap_or_default();
    range.start..range.start + slice.trim_end().len()
}

/// Refuses what nests deeper than [`MAX_DEPTH`] and what holds anchors, aliases or tags.
pub(super) fn check_structure(text: &str) -> Result<(), YamlError> {
    let mut depth = 0usize;
    for next in Parser::new_from_str(text) {
        // What this parser cannot read the other reports.
        let Ok((event, span)) = next else {
            return depth_of_broken(text);
        };
        let at = span.byte_range().map_or(0, |r| r.start);
        if event.is_alias() || event.anchor_id().is_some_and(|id| id > 0) || event.tag().is_some() {
            return Err(YamlError::Anchor(at));
        }
        match event {
            Event::SequenceStart(..) | Event::MappingStart(..) => depth += 1,
            Event::SequenceEnd | Event::MappingEnd => depth -= 1,
            _ => {}
        }
        if depth > MAX_DEPTH {
            return Err(YamlError::TooDeep(at));
        }
    }
    Ok(())
}

/// A text that the event parser gave up on is only passed on where it cannot be deep: brackets would cost the other
/// parser quadratic time.
fn depth_of_broken(text: &str) -> Result<(), YamlError> {
    let open = text.bytes().filter(|b| b"[{".contains(b)).count();
    let indent = text.lines().map(|l| l.bytes().take_while(|b| b" -".contains(b)).count()).max().unwrap_or(0);
    if open > 1000 || indent > 1000 { Err(YamlError::TooDeep(0)) } else { Ok(()) }
}

/// Puts the text of every scalar as typed into `tree`: YAML keeps only the value of `1.500` or `0x10`. An absent value
/// (`~`, `null`, nothing) becomes the empty text.
pub(super) fn restore_texts(text: &str, tree: &mut Node) {
    let mut texts = Parser::new_from_str(text).map_while(Result::ok).filter_map(|(event, _)| match event {
        Event::Scalar(value, ScalarStyle::Plain, ..) if is_null(&value) => Some(Some(String::new())),
        Event::Scalar(value, ..) => Some(Some(value.into_owned())),
        Event::SequenceStart(..) | Event::MappingStart(..) => Some(None),
        _ => None,
    });
    fill(tree, &mut texts);
}

fn is_null(text: &str) -> bool {
    matches!(text, "" | "~" | "null" | "Null" | "NULL")
}

fn fill(node: &mut Node, texts: &mut impl Iterator<Item = Option<String>>) {
    let next = texts.next().flatten();
    match (&mut node.kind, next) {
        (Kind::Scalar(text), Some(typed)) => *text = typed,
        (Kind::Scalar(_), None) => {}
        (Kind::List(items), _) => items.iter_mut().for_each(|n| fill(n, texts)),
        (Kind::Map(pairs), _) => pairs.iter_mut().for_each(|(key, value)| {
            fill(key, texts);
            fill(value, texts);
        }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_node_has_its_range() {
        let text = "tên: \"Ba\"\nds:\n  - a b\n  - {x: 1}\nv: |\n  dài\n";
        let shown: Vec<&str> = ranges(text).into_iter().map(|r| &text[r]).collect();
        assert_eq!(shown, ["tên", "tên", "\"Ba\"", "ds", "", "a b", "", "x", "1", "v", "|\n  dài"]);
    }
}
