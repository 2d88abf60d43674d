//! Lines of a stranger's text file, one at a time, none longer than agreed.

use std::io::{self, BufRead, BufReader, Read};

use super::fault::Fault;
use super::finding::kinds;
use super::limit::PIECE_BYTES;

/// What ended a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum End {
    /// A line feed.
    Lf,
    /// A carriage return, alone or before a line feed.
    Cr,
    /// The end of the file.
    None,
}

/// Reads lines, which LF, CR or CRLF may end (RFC 8493, 2.1.3).
pub struct Lines<R> {
    from: BufReader<R>,
    most: usize,
    after_cr: bool,
    /// The number of the line read last, from 1.
    pub number: u64,
}

impl<R: Read> Lines<R> {
    /// Reads lines of at most `most` bytes.
    pub fn new(from: R, most: usize) -> Self {
        Self { from: BufReader::with_capacity(PIECE_BYTES, from), most, after_cr: false, number: 0 }
    }

    /// The next line in `line`, without what ended it; `None` at the end of the file.
    ///
    /// # Errors
    /// A [`Fault`] where the line is too long, otherwise the reader's.
    pub fn next(&mut self, line: &mut Vec<u8>) -> io::Result<Option<End>> {
        line.clear();
        loop {
            let piece = self.from.fill_buf()?;
            if piece.is_empty() {
                let is_over = line.is_empty();
                self.number += u64::from(!is_over);
                return Ok((!is_over).then_some(End::None));
            }
            if self.after_cr {
                self.after_cr = false;
                if piece[0] == b'\n' {
                    self.from.consume(1);
                    continue;
                }
            }
            let end = piece.iter().position(|byte| matches!(byte, b'\n' | b'\r'));
            let taken = end.unwrap_or(piece.len());
            if line.len() + taken > self.most {
                return Err(Fault::error(&kinds::LONG_LINE, &[&self.most.to_string()]));
            }
            line.extend_from_slice(&piece[..taken]);
            let sign = end.map(|at| piece[at]);
            self.from.consume(taken + usize::from(sign.is_some()));
            if let Some(sign) = sign {
                self.number += 1;
                self.after_cr = sign == b'\r';
                return Ok(Some(if self.after_cr { End::Cr } else { End::Lf }));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_of_line_end_is_taken_once() {
        let mut lines = Lines::new(&b"a\r\nb\rc\n\nd"[..], 9);
        let (mut line, mut found) = (Vec::new(), Vec::new());
        while let Some(end) = lines.next(&mut line).expect("the lines are short") {
            found.push((String::from_utf8_lossy(&line).into_owned(), end));
        }
        let ends = [("a", End::Cr), ("b", End::Cr), ("c", End::Lf), ("", End::Lf), ("d", End::None)];
        assert_eq!(found, ends.map(|(text, end)| (text.to_owned(), end)));
        assert_eq!(lines.number, 5);
    }

    #[test]
    fn an_endless_line_is_a_fault() {
        let error = Lines::new(io::repeat(b'x'), 100).next(&mut Vec::new()).expect_err("it has no end");
        assert!(error.get_ref().expect("a fault").is::<Fault>());
    }
}
