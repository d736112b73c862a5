//! The header of a case: TOML in the comments at the top of its file.

use super::Language;

/// Takes the header out of a source: the lines from the top that begin with the language's marker, without it.
///
/// Line `n` of the header is line `n` of the file, so that an error in one is an error in the other.
pub(crate) fn extract(text: &str, language: Language) -> String {
    let marker = language.marker();
    let lines = text.lines().map_while(|line| line.strip_prefix(marker));
    lines.map(|line| format!("{}\n", line.strip_prefix(' ').unwrap_or(line))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_ends_at_the_first_line_without_the_marker() {
        let text = ";;! a = 1\n;;!b = 2\n;;!\n;; c = 3\n;;! d = 4\n(module)";
        assert_eq!(extract(text, Language::Wat), "a = 1\nb = 2\n\n");
        assert_eq!(extract("//! a = 1\r\nint x;", Language::C), "a = 1\n");
        assert_eq!(extract("(module)", Language::Wat), "");
    }
}
