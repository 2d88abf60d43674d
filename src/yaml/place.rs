//! Where the nodes of a YAML text stand, and what only the event parser knows: depth, anchors, the text of a number.
//!
//! The one place where granit-parser is used. Nodes are numbered as [`super::tree`] numbers them: every scalar,
//! sequence and mapping in the order of the text.

use std::ops::Range;

use granit_parser::{Event, Parser, ScalarStyle};

use super::{Kind, MAX_DEPTH, Node, YamlError};

/// A node's place in the text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Placed {
    /// Its bytes: of a scalar with its quotes, without the head of a block; of a mapping or sequence those of its first
    /// node or bracket.
    pub range: Range<usize>,
    /// The value of a scalar; empty for others.
    pub value: String,
}

/// The place of every node, by its number. Shorter than the tree where the text cannot be read to its end.
pub fn places(text: &str) -> Vec<Placed> {
    let mut found: Vec<Placed> = Vec::new();
    for next in Parser::new_from_str(text) {
        let Ok((event, span)) = next else { break };
        let range = span.byte_range().unwrap_or(0..0);
        match event {
            Event::Scalar(value, ..) => {
                found.push(Placed { range: trimmed(text, range), value: value.into_owned() });
            }
            Event::SequenceStart(..) | Event::MappingStart(..) => {
                found.push(Placed { range: range.start..range.start, value: String::new() });
            }
            _ => {}
        }
    }
    // A block mapping begins where its first key does; give it that key, so that there is something to underline.
    for i in (0..found.len()).rev() {
        if found[i].range.is_empty()
            && i + 1 < found.len()
            && found[i].range.start == found[i + 1].range.start
        {
            found[i].range = found[i + 1].range.clone();
        }
    }
    found
}

/// Where scalars in double quotes stand, in which alone escapes are something else than what is typed.
pub fn double_quoted(text: &str) -> Vec<Range<usize>> {
    let events = Parser::new_from_str(text).map_while(Result::ok);
    let quoted = events.filter(|(event, _)| matches!(event, Event::Scalar(_, ScalarStyle::DoubleQuoted, ..)));
    quoted.filter_map(|(_, span)| span.byte_range()).collect()
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
            let unknown_alias = undefined_alias(text);
            return unknown_alias.map_or_else(|| depth_of_broken(text), |at| Err(YamlError::Anchor(at)));
        };
        let at = span.byte_range().map_or(0, |r| r.start);
        if event.anchor_id().is_some_and(|id| id > 0) && !event.is_alias() {
            return Err(YamlError::Anchor(text[..at].rfind('&').unwrap_or(at)));
        }
        if event.is_alias() || event.tag().is_some() {
            let sign = if event.is_alias() {
                at
            } else {
                span.tag_start().and_then(|m| m.byte_offset()).unwrap_or(at)
            };
            return Err(YamlError::Anchor(sign));
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

/// Where an alias without an anchor stands, which is all that this parser cannot read and is no syntax.
fn undefined_alias(text: &str) -> Option<usize> {
    let options = granit_parser::options! { emit_unresolved_aliases: true };
    let mut events = Parser::new_from_str_with_options(text, options).map_while(Result::ok);
    events.find_map(|(event, span)| match event {
        Event::UnresolvedAlias(_) => span.byte_range().map(|r| r.start),
        _ => None,
    })
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
        let shown: Vec<&str> = places(text).into_iter().map(|p| &text[p.range]).collect();
        assert_eq!(shown, ["tên", "tên", "\"Ba\"", "ds", "", "a b", "", "x", "1", "v", "dài"]);
    }
}
