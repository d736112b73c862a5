//! `print!` and its like.

use std::fmt::Arguments;
use std::io::{self, Write};

use super::{stderr, stdout};
use crate::sdk::install_panic_hook;

/// Writes text to standard output, as [`std::print!`] does, in one write of the host.
///
/// # Panics
/// When the host does not take the text.
#[macro_export]
macro_rules! print {
    ($($text:tt)*) => { $crate::io::_print(::core::format_args!($($text)*)) };
}

/// Writes text and a newline to standard output, as [`std::println!`] does, in one write of the host.
///
/// # Panics
/// When the host does not take the text.
#[macro_export]
macro_rules! println {
    () => { $crate::print!("\n") };
    ($($text:tt)*) => { $crate::print!("{}\n", ::core::format_args!($($text)*)) };
}

/// Writes text to standard error, as [`std::eprint!`] does, in one write of the host.
///
/// # Panics
/// When the host does not take the text.
#[macro_export]
macro_rules! eprint {
    ($($text:tt)*) => { $crate::io::_eprint(::core::format_args!($($text)*)) };
}

/// Writes text and a newline to standard error, as [`std::eprintln!`] does, in one write of the host.
///
/// # Panics
/// When the host does not take the text.
#[macro_export]
macro_rules! eprintln {
    () => { $crate::eprint!("\n") };
    ($($text:tt)*) => { $crate::eprint!("{}\n", ::core::format_args!($($text)*)) };
}

/// Writes an expression's place in the source, its text and its value to standard error, and returns the value, as
/// [`std::dbg!`] does.
///
/// ```
/// let half = raddle_guest::dbg!(7 * 6) / 2;
/// assert_eq!(half, 21);
/// ```
///
/// # Panics
/// When the host does not take the text.
#[macro_export]
macro_rules! dbg {
    () => { $crate::eprintln!("[{}:{}:{}]", ::core::file!(), ::core::line!(), ::core::column!()) };
    ($value:expr $(,)?) => {
        // A `match` keeps what the expression borrows from its temporaries alive until the value has been used.
        match $value {
            value => {
                $crate::eprintln!(
                    "[{}:{}:{}] {} = {:#?}",
                    ::core::file!(),
                    ::core::line!(),
                    ::core::column!(),
                    ::core::stringify!($value),
                    &&value as &dyn ::core::fmt::Debug,
                );
                value
            }
        }
    };
    ($($value:expr),+ $(,)?) => { ($($crate::dbg!($value)),+,) };
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

/// Panics with `std`'s words. A program that has not spawned yet has no hook that would show them.
#[track_caller]
fn failed(stream: &str, error: &io::Error) -> ! {
    install_panic_hook();
    panic!("failed printing to {stream}: {error}")
}
