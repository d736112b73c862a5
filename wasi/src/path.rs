//! What a guest may name: paths, as every call takes them.

use crate::abi::{Errno, Result};

/// The longest path, in bytes, as on the systems that guests know.
const MAX_PATH: usize = 4095;

/// A path below a directory: not empty, not absolute, without a NUL, and without slashes and dots that change nothing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct GuestPath {
    pub(crate) bytes: Vec<u8>,
    /// Whether it ended with a slash or, where something is looked up, with a dot: then it must name a directory, and a
    /// link at its end is followed.
    pub(crate) is_directory: bool,
}

/// What a path is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Use {
    /// To look something up: `a/.` is `a/`.
    Lookup,
    /// To give a name or take one away, which cannot be done with `.`: the platform says why.
    Name,
}

impl GuestPath {
    /// What the guest gave as a path.
    ///
    /// # Errors
    /// `NAMETOOLONG`, `NOENT` if it is empty, `INVAL` if it has a NUL, `PERM` if it is absolute.
    pub(crate) fn parse(path: &[u8], to: Use) -> Result<GuestPath> {
        check(path)?;
        let mut names: Vec<&[u8]> = path.split(|&byte| byte == b'/').filter(|name| !name.is_empty()).collect();
        let last = names.pop().ok_or(Errno::NotFound)?;
        names.retain(|&name| name != b".");
        let is_dot = last == b"." && to == Use::Lookup;
        if !is_dot || names.is_empty() {
            names.push(last);
        }
        Ok(GuestPath { bytes: names.join(&b'/'), is_directory: path.ends_with(b"/") || is_dot })
    }
}

/// What a symbolic link is to say.
///
/// # Errors
/// Those of [`GuestPath::parse`]: a link that is absolute could lead other programs astray, and no guest follows it.
pub(crate) fn check(bytes: &[u8]) -> Result<()> {
    if bytes.len() > MAX_PATH {
        Err(Errno::NameTooLong)
    } else if bytes.is_empty() {
        Err(Errno::NotFound)
    } else if bytes.contains(&0) {
        Err(Errno::Invalid)
    } else if bytes.starts_with(b"/") {
        Err(Errno::NotPermitted)
    } else {
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slashes_at_the_end_ask_for_a_directory() {
        let parse = |text: &str| GuestPath::parse(text.as_bytes(), Use::Lookup);
        assert_eq!(parse("./a/.//b/././."), Ok(GuestPath { bytes: b"a/b".into(), is_directory: true }));
        let name = GuestPath::parse(b"./a/.//b/././.", Use::Name);
        assert_eq!(name, Ok(GuestPath { bytes: b"a/b/.".into(), is_directory: false }));
        assert_eq!(parse("a/../.."), Ok(GuestPath { bytes: b"a/../..".into(), is_directory: false }));
        assert_eq!(parse("a/b///"), Ok(GuestPath { bytes: b"a/b".into(), is_directory: true }));
        assert_eq!(parse("."), Ok(GuestPath { bytes: b".".into(), is_directory: true }));
        assert_eq!(parse("./"), Ok(GuestPath { bytes: b".".into(), is_directory: true }));
    }

    #[test]
    fn what_no_directory_has_is_refused() {
        let parse = |bytes: Vec<u8>| GuestPath::parse(&bytes, Use::Name).unwrap_err();
        assert_eq!(parse(vec![]), Errno::NotFound);
        assert_eq!(parse(b"/a".into()), Errno::NotPermitted);
        assert_eq!(parse(b"/".into()), Errno::NotPermitted);
        assert_eq!(parse(b"a\0".into()), Errno::Invalid);
        assert_eq!(parse(vec![b'a'; MAX_PATH + 1]), Errno::NameTooLong);
        assert!(GuestPath::parse(&[b'a'; MAX_PATH], Use::Name).is_ok());
    }
}
