//! Names that some system does not take, or takes for another one.
//!
//! A site is built on one machine, copied to a second and served by a third, so that a name has to be one for all of them.
//! What this program names itself is made of slugs; old addresses and attachments bring names of others.

/// Characters a name may have. File systems take 255, of which programs that write beside a file use some for an ending.
pub const MOST_CHARS: usize = 200;

/// What is wrong with a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fault {
    /// Windows keeps it for a device, in every folder and with any ending.
    Device,
    /// It ends with a dot or a space, which Windows drops.
    End,
    /// It holds one of `< > : " | ? *`, which Windows does not allow, or a control character.
    Sign,
    /// It begins with a dot: such names are hidden; ours and those of servers (`.well-known`) are.
    Hidden,
    /// It is longer than [`MOST_CHARS`].
    Long,
}

/// What is wrong with a name of a file or folder, if anything is.
pub fn fault(name: &str) -> Option<Fault> {
    let is_sign = |c: char| matches!(c, '<' | '>' | ':' | '"' | '|' | '?' | '*') || c.is_control();
    match name {
        _ if is_device(name) => Some(Fault::Device),
        _ if name.ends_with(['.', ' ']) => Some(Fault::End),
        _ if name.contains(is_sign) => Some(Fault::Sign),
        _ if name.starts_with('.') => Some(Fault::Hidden),
        _ if name.chars().count() > MOST_CHARS => Some(Fault::Long),
        _ => None,
    }
}

/// Whether Windows keeps the name for a device, in every folder, whatever stands behind a dot, spaces before that aside
/// (Microsoft, "Naming Files, Paths, and Namespaces"). Digits of ports may be superscripts: Latin-1 has three.
pub fn is_device(name: &str) -> bool {
    let stem = name.as_bytes().split(|byte| *byte == b'.').next().unwrap_or_default().trim_ascii_end();
    let is_among =
        |stem: &[u8], all: &[&str]| all.iter().any(|own| own.as_bytes().eq_ignore_ascii_case(stem));
    match stem {
        [_, _, _] => is_among(stem, &["con", "prn", "aux", "nul"]),
        [stem @ .., b'0'..=b'9'] | [stem @ .., 0xc2, 0xb9 | 0xb2 | 0xb3] => is_among(stem, &["com", "lpt"]),
        [.., b'$'] => is_among(stem, &["conin$", "conout$"]),
        _ => false,
    }
}

/// Whether a byte can stand in the path of a published file. Slugs need a few of these; old addresses may have the others, all
/// of which every system takes and no address gives another meaning.
pub fn is_published(byte: u8) -> bool {
    let means_more = matches!(byte, b'\\' | b':' | b'*' | b'?' | b'"' | b'<' | b'>' | b'|' | b'%' | b'#');
    byte.is_ascii_graphic() & !means_more
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_devices_are_known_in_every_dress() {
        for name in [
            "con",
            "Aux.html",
            "nul.",
            "com1.txt",
            "LPT9.tar.gz",
            "COM¹",
            "lpt².html",
            "nul .x",
            "CONIN$",
            "com0",
        ] {
            assert_eq!(fault(name), Some(Fault::Device), "{name}");
        }
        for name in ["console", "com10", "com", "co-n", "cơm1", "aux-x", "lpt", "a.con", "$", "¹"] {
            assert_eq!(fault(name), None, "{name}");
        }
    }

    #[test]
    fn names_that_some_system_changes_are_known() {
        let long = "ô".repeat(MOST_CHARS + 1);
        for (name, expected) in [
            ("a.", Fault::End),
            ("a ", Fault::End),
            ("a:b", Fault::Sign),
            ("a\u{1b}b", Fault::Sign),
            (".nhiemky-manifest", Fault::Hidden),
            (&*long, Fault::Long),
        ] {
            assert_eq!(fault(name), Some(expected), "{name}");
        }
        assert_eq!(fault(&long['ô'.len_utf8()..]), None);
    }
}
