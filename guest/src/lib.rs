//! Threads, locks, thread-local storage and output for programs that run as WebAssembly under raddle.
//!
//! On the target `wasm32-unknown-unknown`, Rust's `std` has atomics and locks, but it cannot start a thread, read a clock or
//! write a byte. This crate can, through the calls of raddle's guest ABI. It has the shapes of `std`: the same names, the
//! same types, the same results.
//!
//! ```
//! use raddle_guest::{println, thread};
//!
//! let threads = (0..4).map(|number| thread::spawn(move || number * number)).collect::<Vec<_>>();
//! let squares = threads.into_iter().map(|thread| thread.join().unwrap());
//! println!("{}", squares.sum::<u32>());
//! # // Prints 14.
//! ```
//!
//! On every other target the same names *are* those of `std`, so a program also builds natively from the same source, to be
//! debugged there or compared.
//!
//! # What to take from where
//! | from `std`, as ever | from this crate |
//! |---|---|
//! | collections, `Arc`, atomics, `RwLock`, `Barrier`, `Once`, `OnceLock`, `mpsc` except `recv_timeout`, `thread_local!` without destructors | [`thread`], [`time::Instant`], [`process`], [`print!`], [`println!`], [`eprint!`], [`eprintln!`], [`dbg!`], [`io::stdout`], [`io::stderr`] |
//! | `Mutex`, `Condvar` except `wait_timeout_while` | [`sync::Mutex`], [`sync::Condvar`]: the host knows their owners, and can say who waits for whom in a deadlock |
//! | | [`thread_local!`] with destructors: those of `std` never run on this target |
//!
//! On this target everything that reads `std`'s clock panics: `Instant::now`, `SystemTime::now`, `recv_timeout`,
//! `Condvar::wait_timeout_while`. `std::process::exit` traps, and an `Err` that `main` returns is not printed.
//!
//! # What differs from `std`
//! The types and functions of this crate have the stable methods, the signatures and the traits of `std`'s, as of Rust 1.95.
//! What is missing or different:
//!
//! | of `std` | here |
//! |---|---|
//! | `io::stdin`, `time::SystemTime`, `process::id`, `process::Command` | missing: the ABI has no call for them |
//! | `io::IsTerminal` for `Stdout` and the others | missing: `std` lets nobody else implement it |
//! | `thread::sleep_ms`, `thread::park_timeout_ms`, `Condvar::wait_timeout_ms` | missing: they are deprecated |
//! | a global allocator may call `thread::current` and `park` | not here: a thread's handle is itself allocated. It may use [`thread_local!`], locks and [`eprintln!`] |
//! | a lock of standard output writes at the end of each line | it writes when 8 KiB have been gathered, when it is flushed or dropped, and when a panic or [`process::exit`] ends the process |
//! | a thread's panic is the `Err` of its join | a panic ends the process |
//! | a mutex stays locked for ever if its guard is leaked | the same, but a lock that would wait for the guard of an ended thread panics |
//!
//! # The entry
//! A program is a binary with a plain `fn main()`. A panic ends the process with its message: the hook that does so is
//! installed by the first spawn, or earlier by [`install_panic_hook`].
//!
//! # Where things are
//! `imports.rs` declares the host's calls, `guest/host.rs` makes them safe to use, and the rest of `guest/` is built on that;
//! `native.rs` is the list of the same names of `std`, and `parity/` holds the two against each other. `unsafe` is in
//! `imports.rs`, `guest/host.rs`, `guest/local/`, `guest/sync/mutex.rs`, `guest/io/stream.rs` and, of `guest/thread/`, in
//! `start.rs`, `builder.rs`, `join.rs` and `scope.rs`; for tests also in `test_host.rs`, the host that they run on.

#[cfg(any(all(target_family = "wasm", target_os = "unknown"), doc, doctest, test))]
mod imports;
#[cfg(test)]
mod parity;
#[cfg(test)]
mod test_host;

// One module with two paths, not two modules with a `cfg` each: doc tests are not run in a module whose `cfg` is not this
// target's. The documentation shows the guest's side on every target, because on the other side there is nothing to say.
// Unit tests use the guest's side, too, on a host of their own.
#[cfg_attr(any(all(target_family = "wasm", target_os = "unknown"), doc, doctest, test), path = "guest/mod.rs")]
#[cfg_attr(not(any(all(target_family = "wasm", target_os = "unknown"), doc, doctest, test)), path = "native.rs")]
mod sdk;

pub use sdk::*;
