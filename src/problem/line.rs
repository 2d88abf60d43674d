//! Lines and columns of a text, told again and again: the text is walked once, however many places are asked for.
//!
//! A text of 4 MB may have a million problems, in as many lines or in one.

/// A text whose lines and characters are counted.
#[derive(Debug)]
pub struct Lines<'a> {
    text: &'a str,
    /// Where each line begins.
    starts: Vec<u32>,
    /// How many characters begin before each block of [`BLOCK`] bytes.
    before: Vec<u32>,
}

/// Bytes whose characters are counted anew for each place.
const BLOCK: usize = 256;

impl<'a> Lines<'a> {
    /// Counts the lines and characters of a text, which has less than 4 GB.
    pub fn new(text: &'a str) -> Self {
        let (mut starts, mut before, mut characters) = (vec![0], Vec::new(), 0);
        for (number, block) in text.as_bytes().chunks(BLOCK).enumerate() {
            before.push(characters);
            characters += count(block);
            let ends = block.iter().enumerate().filter(|(_, byte)| **byte == b'\n');
            starts.extend(ends.map(|(at, _)| narrow(number * BLOCK + at + 1)));
        }
        before.push(characters);
        Self { text, starts, before }
    }

    /// The line and the column, in characters, of a byte at which a character begins; both count from 1.
    pub fn place(&self, at: usize) -> (usize, usize) {
        let line = self.starts.partition_point(|start| *start as usize <= at);
        let start = self.starts[line - 1] as usize;
        (line, (self.characters(at) - self.characters(start)) as usize + 1)
    }

    /// How many characters begin before a byte.
    fn characters(&self, at: usize) -> u32 {
        let block = at / BLOCK;
        self.before[block] + count(&self.text.as_bytes()[block * BLOCK..at])
    }
}

/// How many characters begin in some bytes of a text.
fn count(bytes: &[u8]) -> u32 {
    bytes.iter().fold(0, |sum, byte| sum + u32::from(byte & 0xc0 != 0x80))
}

/// Texts are bounded far below 4 GB where they are read.
fn narrow(offset: usize) -> u32 {
    u32::try_from(offset).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_are_those_of_a_walk_from_the_beginning() {
        let texts =
            ["", "\n", "a", "Đảng bộ\n\nphường 😀", &"ờ\n".repeat(300), &"Ả".repeat(300), &"a".repeat(BLOCK)];
        for text in texts {
            let lines = Lines::new(text);
            for at in (0..=text.len()).filter(|at| text.is_char_boundary(*at)) {
                let (line, start) =
                    (text[..at].matches('\n').count() + 1, text[..at].rfind('\n').map_or(0, |at| at + 1));
                assert_eq!(lines.place(at), (line, text[start..at].chars().count() + 1), "{at} of {text}");
            }
        }
    }
}
