//! Threads, locks, thread-local storage and output for programs that run as WebAssembly under raddle.
//!
//! On the target `wasm32-unknown-unknown`, Rust's `std` has atomics and locks, but it can neither start a thread, nor read a
//! clock, nor write a byte. This crate can, by the calls of raddle's guest ABI, and it does so in the shapes of `std`: the
//! same names, the same types, the same results.
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
//! On every other target the same names *are* those of `std`, so that a program builds natively from the same source, to be
//! debugged there or compared.
//!
//! # What to take from where
//! | from `std`, as ever | from this crate |
//! |---|---|
//! | collections, `Arc`, atomics, `mpsc` but for `recv_timeout`, `RwLock`, `Barrier`, `Once`, `OnceLock`, `thread_local!` without destructors | [`thread`], [`time::Instant`], [`process`], [`print!`] and its like, [`io::stdout`] |
//! | `Mutex`, `Condvar` | [`sync::Mutex`], [`sync::Condvar`]: the host knows their owners, and can say who waits for whom in a deadlock |
//! | | [`thread_local!`] with destructors: those of `std` never run on this target |
//!
//! On this target whatever reads `std`'s clock panics: `Instant::now`, `SystemTime::now`, `recv_timeout`,
//! `Condvar::wait_timeout_while`. `std::process::exit` traps, and an `Err` that `main` returns is not printed.
//!
//! # The entry
//! A program is a binary with a plain `fn main()`. A panic ends the process with its message: the hook that does so is
//! installed by the first spawn, or earlier by [`install_panic_hook`].
//!
//! # Where things are
//! `imports.rs` declares the host's calls, `guest/host.rs` makes them safe to use, and the rest of `guest/` is built on that;
//! `native.rs` is the list of the same names of `std`. `unsafe` is in `imports.rs`, `guest/host.rs`, `guest/local.rs`,
//! `guest/sync/mutex.rs`, `guest/io/stream.rs` and, of `guest/thread/`, in `start.rs`, `builder.rs` and `scope.rs`;
//! for tests also in `test_host.rs`, which is the host that they run on.

#[cfg(any(all(target_family = "wasm", target_os = "unknown"), doc, doctest, test))]
mod imports;
#[cfg(test)]
mod test_host;

// A path and not two modules with a `cfg`, because the doc tests of a module whose `cfg` is not the host's are not run. The
// documentation shows the guest's side on every target, as that is where this crate has something to say. So do unit tests, on
// a host of their own.
#[cfg_attr(any(all(target_family = "wasm", target_os = "unknown"), doc, doctest, test), path = "guest/mod.rs")]
#[cfg_attr(not(any(all(target_family = "wasm", target_os = "unknown"), doc, doctest, test)), path = "native.rs")]
mod sdk;

pub use sdk::*;
