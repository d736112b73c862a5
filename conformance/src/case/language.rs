//! The languages that cases are written in.

use std::path::Path;

/// What a case is written in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Language {
    /// The text of a module.
    Wat,
    /// A program in Rust.
    Rust,
    /// A program in C.
    C,
    /// A program in Zig.
    Zig,
}

impl Language {
    /// The language of a file, by its extension; `None` for one that is no case.
    #[must_use]
    pub fn of(path: &Path) -> Option<Language> {
        match path.extension()?.to_str()? {
            "wat" => Some(Language::Wat),
            "rs" => Some(Language::Rust),
            "c" => Some(Language::C),
            "zig" => Some(Language::Zig),
            _ => None,
        }
    }

    /// What each line of a header begins with.
    #[must_use]
    pub const fn marker(self) -> &'static str {
        match self {
            Language::Wat => ";;!",
            Language::Rust | Language::C | Language::Zig => "//!",
        }
    }

    /// Whether a module has to be built from it beforehand. A module's text is assembled when it is wanted.
    #[must_use]
    pub const fn is_built(self) -> bool {
        !matches!(self, Language::Wat)
    }
}
