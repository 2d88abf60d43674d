//! The one place where serde_yaml is used: a text becomes a tree of [`Node`]s.
//!
//! Bounds come before the parser: serde_yaml takes quadratic time on nested brackets and copies aliases without limit, so
//! what might nest deeply or hold an anchor is first walked by the event parser of [`super::place`].

use std::cell::Cell;
use std::fmt;

use serde::de::{DeserializeSeed, Deserializer, EnumAccess, MapAccess, SeqAccess, Visitor};

use super::{Kind, MAX_BYTES, Node, YamlError, place};

/// The tree of `text`, a YAML document; an empty document is an empty mapping.
pub fn parse(text: &str) -> Result<Node, YamlError> {
    check_bounds(text)?;
    let reader = TreeReader { next: &Cell::new(0), inexact: &Cell::new(false) };
    let tree = reader.deserialize(serde_yaml::Deserializer::from_str(text)).map_err(|e| syntax(&e, text))?;
    let mut tree = match tree.kind {
        Kind::Scalar(text) if text.is_empty() => Node { number: 0, kind: Kind::Map(Vec::new()) },
        kind => Node { number: tree.number, kind },
    };
    if reader.inexact.get() {
        place::restore_texts(text, &mut tree);
    }
    Ok(tree)
}

fn check_bounds(text: &str) -> Result<(), YamlError> {
    if text.len() > MAX_BYTES {
        return Err(YamlError::TooLong(text.len()));
    }
    if suspects(text)? { place::check_structure(text) } else { Ok(()) }
}

/// Whether the text could nest beyond the bound (many open brackets, a deep indent, a run of dashes) or hold an anchor,
/// alias or tag (its sign where a value may begin). Never misses; may suspect a harmless text. A control character is an
/// error.
fn suspects(text: &str) -> Result<bool, YamlError> {
    let (mut open, mut deepest, mut longest, mut is_anchored) = (0usize, 0usize, 0usize, false);
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        let bytes = line.as_bytes();
        let lead = bytes.iter().take_while(|byte| matches!(byte, b' ' | b'-' | b'?' | b':' | b'\t')).count();
        longest = longest.max(lead);
        // Most lines hold nothing of all this, which is seen many bytes at a time.
        if bytes.iter().fold(false, |is_any, byte| is_any | is_of_interest(*byte)) {
            let mut before = b'\n';
            for (at, &byte) in bytes.iter().enumerate() {
                match byte {
                    b'[' | b'{' => {
                        open += 1;
                        deepest = deepest.max(open);
                    }
                    b']' | b'}' => open = open.saturating_sub(1),
                    b'&' | b'*' | b'!' => is_anchored |= b" \t\n,[{:-?".contains(&before),
                    b'\n' | b'\t' | 0x20..0x7f => {}
                    0..0x20 | 0x7f => return Err(YamlError::Control(start + at)),
                    // U+0080 to U+009F but for the line end of mainframes, in UTF-8.
                    0x80..=0x9f if before == 0xc2 && byte != 0x85 => {
                        return Err(YamlError::Control(start + at - 1));
                    }
                    _ => {}
                }
                before = byte;
            }
        }
        start += bytes.len();
    }
    Ok(deepest > 12 || longest > 20 || is_anchored)
}

/// Whether a byte may be a bracket, the sign of an anchor, alias or tag, or begin a control character.
fn is_of_interest(byte: u8) -> bool {
    let is_bracket = (byte == b'[') | (byte == b']') | (byte == b'{') | (byte == b'}');
    let is_sign = (byte == b'&') | (byte == b'*') | (byte == b'!');
    let is_control = (byte < 0x20) & (byte != b'\n') & (byte != b'\t');
    is_bracket | is_sign | is_control | (byte == 0x7f) | (byte == 0xc2)
}

fn syntax(error: &serde_yaml::Error, text: &str) -> YamlError {
    let at = error.location().map_or(0, |l| l.index().min(text.len()));
    let words = error.to_string();
    let words = words.split(" at line ").next().unwrap_or(&words).to_owned();
    YamlError::Syntax(at, words)
}

/// Reads one node and hands out numbers in the order of the text.
#[derive(Clone, Copy)]
struct TreeReader<'a> {
    next: &'a Cell<u32>,
    /// Set when a scalar was no string for YAML, so that its text has to be looked up.
    inexact: &'a Cell<bool>,
}

impl TreeReader<'_> {
    fn number(self) -> u32 {
        self.next.replace(self.next.get() + 1)
    }

    fn scalar<E>(self, text: &str) -> Result<Node, E> {
        Ok(Node { number: self.number(), kind: Kind::Scalar(text.to_owned()) })
    }

    /// A scalar whose text YAML did not keep: `text` is a stand-in until it is restored.
    fn inexact<E>(self, text: &str) -> Result<Node, E> {
        self.inexact.set(true);
        self.scalar(text)
    }
}

impl<'de> DeserializeSeed<'de> for TreeReader<'_> {
    type Value = Node;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Node, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for TreeReader<'_> {
    type Value = Node;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("YAML")
    }

    fn visit_str<E>(self, v: &str) -> Result<Node, E> {
        self.scalar(v)
    }

    fn visit_string<E>(self, v: String) -> Result<Node, E> {
        Ok(Node { number: self.number(), kind: Kind::Scalar(v) })
    }

    fn visit_bool<E>(self, _: bool) -> Result<Node, E> {
        self.inexact("")
    }

    fn visit_i64<E>(self, _: i64) -> Result<Node, E> {
        self.inexact("")
    }

    fn visit_u64<E>(self, v: u64) -> Result<Node, E> {
        // A year or a count: the commonest bare number. `0x10`, `+5` and the like differ from what YAML made of them,
        // but so does nothing that is at most four digits and begins with none of their signs.
        self.inexact(&v.to_string())
    }

    fn visit_i128<E>(self, _: i128) -> Result<Node, E> {
        self.inexact("")
    }

    fn visit_u128<E>(self, _: u128) -> Result<Node, E> {
        self.inexact("")
    }

    fn visit_f64<E>(self, _: f64) -> Result<Node, E> {
        self.inexact("")
    }

    fn visit_none<E>(self) -> Result<Node, E> {
        self.inexact("")
    }

    fn visit_unit<E>(self) -> Result<Node, E> {
        self.inexact("")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Node, A::Error> {
        let number = self.number();
        let mut items = Vec::new();
        while let Some(item) = seq.next_element_seed(self)? {
            items.push(item);
        }
        Ok(Node { number, kind: Kind::List(items) })
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Node, A::Error> {
        let number = self.number();
        let mut pairs = Vec::new();
        while let Some(key) = map.next_key_seed(self)? {
            pairs.push((key, map.next_value_seed(self)?));
        }
        Ok(Node { number, kind: Kind::Map(pairs) })
    }

    fn visit_enum<A: EnumAccess<'de>>(self, _: A) -> Result<Node, A::Error> {
        Err(serde::de::Error::custom("tags are not allowed"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn scalars(text: &str) -> Vec<String> {
        fn walk(node: &Node, out: &mut Vec<String>) {
            match &node.kind {
                Kind::Scalar(s) => out.push(s.clone()),
                Kind::List(items) => items.iter().for_each(|n| walk(n, out)),
                Kind::Map(pairs) => pairs.iter().for_each(|(k, v)| {
                    walk(k, out);
                    walk(v, out);
                }),
            }
        }
        let mut out = Vec::new();
        walk(&parse(text).expect("the text is YAML"), &mut out);
        out
    }

    #[test]
    fn scalars_keep_their_text() {
        let text = "a: 1.500\nb: 03\nc: yes\nd: true\ne: 04-NQ/HU\nf:\ng: 2025-07-20\nh: 0x10\ni: +5\nj: ~\nk: \"1.5\"\n";
        let expected = "a 1.500 b 03 c yes d true e 04-NQ/HU f  g 2025-07-20 h 0x10 i +5 j  k 1.5"
            .split(' ')
            .collect::<Vec<_>>();
        assert_eq!(scalars(text), expected);
    }

    #[test]
    fn hostile_texts_are_refused_before_parsing() {
        assert!(matches!(parse(&"[".repeat(200_000)), Err(YamlError::TooDeep(_) | YamlError::Syntax(..))));
        assert!(matches!(parse("a: &x 1\nb: *x"), Err(YamlError::Anchor(3))));
        assert!(matches!(parse("a: !!str 1"), Err(YamlError::Anchor(_))));
        assert!(matches!(parse("a: \u{1}"), Err(YamlError::Control(3))));
        assert!(matches!(parse("a: [1"), Err(YamlError::Syntax(..))));
        assert_eq!(scalars("a: 5 & 6 * 7 !"), ["a", "5 & 6 * 7 !"]);
        let deep = (0..40).map(|i| format!("{}a:\n", " ".repeat(i))).collect::<String>();
        assert!(matches!(parse(&deep), Err(YamlError::TooDeep(_))));
    }
}
