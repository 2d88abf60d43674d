//! Bytes as text; the home of simdutf8.
//!
//! Half of the letters of Vietnamese are no ASCII, on which the check of the standard library is slow: it goes byte by byte.

/// The text that bytes are, or the byte where it breaks.
pub fn utf8(bytes: &[u8]) -> Result<&str, usize> {
    simdutf8::compat::from_utf8(bytes).map_err(|error| error.valid_up_to())
}

#[cfg(test)]
mod tests {
    use super::utf8;

    #[test]
    fn agrees_with_the_standard_library() {
        let long = "Đảng bộ phường ".repeat(20);
        for text in ["", "a", "Tiếng Việt", &long] {
            assert_eq!(utf8(text.as_bytes()), Ok(text));
            let broken = [text.as_bytes(), b"\xff"].concat();
            assert_eq!(utf8(&broken), Err(text.len()));
        }
    }
}
