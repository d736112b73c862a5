//! Names of functions as their authors wrote them.
//!
//! Names come from the guest, and may be made to keep a demangler busy: two hundred bytes can expand to gigabytes of
//! text, or cost minutes of backtracking. So whatever is not simple stays as it is. A trapping thread must not hang on
//! its own function's name.

use std::fmt::{self, Write};

use cpp_demangle::{DemangleOptions, ParseOptions, Symbol};

/// Symbols longer than this, in bytes, are left alone.
const MAX_SYMBOL: usize = 512;

/// So are names that would become longer than this.
const MAX_NAME: usize = 1024;

/// How deep a C++ symbol may be nested. The parser backtracks at each level, so the time that it may take grows
/// exponentially with this: here a few milliseconds. One in twenty of LLVM's own symbols is deeper.
const MAX_DEPTH: u32 = 32;

/// A function's name as its author wrote it, in Rust or C++; any other name stays as it is.
#[must_use]
pub fn demangle(name: &str) -> String {
    let demangled = if name.len() > MAX_SYMBOL { None } else { rust(name).or_else(|| cpp(name)) };
    demangled.unwrap_or_else(|| name.to_owned())
}

fn rust(name: &str) -> Option<String> {
    let demangled = rustc_demangle::try_demangle(name).ok()?;
    let mut short = Short(String::new());
    // Without the hash that keeps instances apart.
    write!(short, "{demangled:#}").ok()?;
    Some(short.0)
}

fn cpp(name: &str) -> Option<String> {
    // The parser takes types as well: a function `f` of C is no `float`.
    if !name.starts_with("_Z") {
        return None;
    }
    let symbol = Symbol::new_with_options(name, &ParseOptions::default().recursion_limit(MAX_DEPTH)).ok()?;
    let mut short = Short(String::new());
    symbol.structured_demangle(&mut short, &DemangleOptions::default()).ok()?;
    Some(short.0)
}

/// A text that refuses to become too long, and so stops its writer.
struct Short(String);

impl Write for Short {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        if self.0.len() + text.len() > MAX_NAME {
            return Err(fmt::Error);
        }
        self.0.push_str(text);
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_as_their_authors_wrote_them() {
        for (name, expected) in [
            ("main", "main"),
            ("f", "f"),
            ("i", "i"),
            ("_ZN5space3fooEibc", "space::foo(int, bool, char)"),
            ("_ZNSt6vectorIiSaIiEE9push_backEOi", "std::vector<int, std::allocator<int> >::push_back(int&&)"),
            ("_ZN4core3fmt5write17h0123456789abcdefE", "core::fmt::write"),
            ("_RNvNtCs1234_7mycrate3foo3bar", "mycrate::foo::bar"),
            ("_Z", "_Z"),
            ("", ""),
        ] {
            assert_eq!(demangle(name), expected);
        }
    }

    #[test]
    fn names_that_would_take_long_stay_as_they_are() {
        for name in [
            pairs_in_cpp(24),
            pairs_in_rust(24),
            // To be read in so many ways that it takes minutes to see that none is right.
            format!("_Z1f{}", "IquC1iA_quLSt".repeat(12)),
            format!("_Z1f{}", "P".repeat(100_000)),
            format!("_RNvC1a{}", "N".repeat(500)),
            "x".repeat(100_000),
        ] {
            assert_eq!(demangle(&name), name);
        }
    }

    #[test]
    fn the_same_names_are_read_while_they_are_short() {
        assert_eq!(demangle(&pairs_in_cpp(2)), "f(A<int, int>, A<A<int, int>, A<int, int> >)");
        assert_eq!(demangle(&pairs_in_rust(1)), "a::<((), ()), (((), ()), ((), ()))>");
    }

    /// A function of types each of which is a pair of the one before.
    fn pairs_in_cpp(count: u32) -> String {
        let pairs: String = (1..count).map(|last| format!("S_IS{0}S{0}E", number(last, 36))).collect();
        format!("_Z1f1AIiiE{pairs}")
    }

    /// The same in Rust, where a type is named by its place in the symbol.
    fn pairs_in_rust(count: u32) -> String {
        let mut symbol = "IC1aTuuE".to_owned();
        let mut last = 4;
        for _ in 0..count {
            let next = symbol.len() as u32;
            symbol += &format!("TB{0}B{0}E", number(last, 62));
            last = next;
        }
        format!("_R{symbol}E")
    }

    const RUST_DIGITS: &[u8] = b"0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";

    /// A number as symbols write it: nothing for 0, and else one less, and an underscore behind it.
    fn number(value: u32, base: u32) -> String {
        let mut text = String::from("_");
        let mut rest = value.checked_sub(1);
        while let Some(value) = rest {
            // C++ has capital letters for the digits from 10 on, Rust small ones and then capital ones.
            let digits = if base == 36 { b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ".as_slice() } else { RUST_DIGITS };
            text.insert(0, digits[(value % base) as usize].into());
            rest = Some(value / base).filter(|&rest| rest > 0);
        }
        text
    }
}
