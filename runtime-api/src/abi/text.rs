//! How text that a guest or a module chose is shown to people.
//!
//! A name or a message may hold anything: sequences that a terminal obeys, line breaks that make up lines of a log,
//! marks that turn the direction of what follows. Whoever prints such text wraps it in [`Shown`] or [`Lines`].

use core::fmt::{self, Write};

/// A text on one line: what is not visible in it is written as an escape, such as `\n` or `\u{1b}`.
///
/// ```
/// use raddle_runtime_api::abi::text::Shown;
///
/// assert_eq!(Shown("worker\n\x1b[2J").to_string(), r"worker\n\u{1b}[2J");
/// ```
#[derive(Debug, Clone, Copy)]
pub struct Shown<'a>(pub &'a str);

/// A message that may have several lines: as [`Shown`], but its line breaks stay, and the lines after the first are
/// indented, so that none can be taken for a line of somebody else's.
#[derive(Debug, Clone, Copy)]
pub struct Lines<'a>(pub &'a str);

impl fmt::Display for Shown<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut rest = self.0;
        while let Some(at) = rest.find(is_hidden) {
            let (before, from) = rest.split_at(at);
            f.write_str(before)?;
            let mut characters = from.chars();
            if let Some(hidden) = characters.next() {
                write!(f, "{}", hidden.escape_default())?;
            }
            rest = characters.as_str();
        }
        f.write_str(rest)
    }
}

impl fmt::Display for Lines<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (number, line) in self.0.split('\n').enumerate() {
            if number > 0 {
                f.write_char('\n')?;
                f.write_str(if line.is_empty() { "" } else { "    " })?;
            }
            // A carriage return is a part of the break here; elsewhere it would hide what stands before it.
            Shown(line.strip_suffix('\r').unwrap_or(line)).fmt(f)?;
        }
        Ok(())
    }
}

/// Whether a character is not seen for what it is: a control, a separator of lines, or one of the marks that reorder text
/// or have no width.
fn is_hidden(character: char) -> bool {
    character.is_control()
        || matches!(character, '\u{61c}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}')
}

#[cfg(test)]
mod tests {
    use alloc::string::ToString;

    use super::*;

    #[test]
    fn what_can_be_seen_is_as_it_is() {
        for text in ["", "worker 7", "wörker ✓ 線", r"a\b 'c' {d}"] {
            assert_eq!((Shown(text).to_string().as_str(), Lines(text).to_string().as_str()), (text, text));
        }
    }

    #[test]
    fn what_a_terminal_or_a_reader_would_take_otherwise_is_escaped() {
        assert_eq!(Shown("a\x1b[31mb\x07\x7f\u{9b}").to_string(), r"a\u{1b}[31mb\u{7}\u{7f}\u{9b}");
        assert_eq!(Shown("one\r\ntwo\tthree").to_string(), r"one\r\ntwo\tthree");
        assert_eq!(Shown("\u{202e}gpj.exe\u{2028}\u{feff}").to_string(), r"\u{202e}gpj.exe\u{2028}\u{feff}");
    }

    #[test]
    fn a_message_keeps_its_lines_and_makes_up_none_of_others() {
        assert_eq!(Lines("one\ntwo\r\n\nraddle: error\x1b").to_string(), "one\n    two\n\n    raddle: error\\u{1b}");
        assert_eq!(Lines("hidden\rshown").to_string(), r"hidden\rshown");
    }
}
