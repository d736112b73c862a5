//! `print!` and its like.

use std::fmt::Arguments;
use std::io::Write;

use super::{stderr, stdout};

/// Writes text to standard output, as [`std::print!`], in one write of the host.
///
/// # Panics
/// When the host does not take it.
#[macro_export]
macro_rules! print {
    ($($text:tt)*) => { $crate::io::_print(::core::format_args!($($text)*)) };
}

/// Writes text and a line's end to standard output, as [`std::println!`], in one write of the host.
///
/// # Panics
/// When the host does not take it.
#[macro_export]
macro_rules! println {
    () => { $crate::print!("\n") };
    ($($text:tt)*) => { $crate::print!("{}\n", ::core::format_args!($($text)*)) };
}

/// Writes text to standard error, as [`std::eprint!`], in one write of the host.
///
/// # Panics
/// When the host does not take it.
#[macro_export]
macro_rules! eprint {
    ($($text:tt)*) => { $crate::io::_eprint(::core::format_args!($($text)*)) };
}

/// Writes text and a line's end to standard error, as [`std::eprintln!`], in one write of the host.
///
/// # Panics
/// When the host does not take it.
#[macro_export]
macro_rules! eprintln {
    () => { $crate::eprint!("\n") };
    ($($text:tt)*) => { $crate::eprint!("{}\n", ::core::format_args!($($text)*)) };
}

#[doc(hidden)]
pub fn _print(text: Arguments<'_>) {
    stdout().write_fmt(text).expect("the host takes standard output");
}

#[doc(hidden)]
pub fn _eprint(text: Arguments<'_>) {
    stderr().write_fmt(text).expect("the host takes standard error");
}
