//! `print!` and its like.

use std::fmt::Arguments;
use std::io::{self, Write};

use super::{stderr, stdout};
use crate::sdk::install_panic_hook;

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
#[track_caller]
pub fn _print(text: Arguments<'_>) {
    if let Err(error) = stdout().write_fmt(text) {
        failed("stdout", &error);
    }
}

#[doc(hidden)]
#[track_caller]
pub fn _eprint(text: Arguments<'_>) {
    if let Err(error) = stderr().write_fmt(text) {
        failed("stderr", &error);
    }
}

/// Says what `std` says. A program that has not spawned yet has no hook that would.
#[track_caller]
fn failed(stream: &str, error: &io::Error) -> ! {
    install_panic_hook();
    panic!("failed printing to {stream}: {error}")
}
