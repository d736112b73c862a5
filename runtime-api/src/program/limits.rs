//! [`Limits`]: what an embedder may limit, and the defaults.
//!
//! `with_limits!` declares every limit, once. What knows them all is made by a macro that is handed the declaration:
//! [`Limits`], the [table](Limits::TABLE), and the methods of the backends' builders. What other languages need, the
//! command's options, JavaScript's, the conformance suite's fields, reads the table.

use super::limit_table::{LimitInfo, LimitKind, LimitType};

/// The size of a page of guest memory in bytes.
pub const PAGE: u64 = 65536;

/// How many threads a process may have by default, including the main one.
pub const DEFAULT_MAX_THREADS: u32 = 4096;

/// The most threads a process may have, including the main one.
pub const MAX_THREADS: u32 = 32768;

/// How many TLS keys can exist at once.
pub const MAX_TLS_KEYS: u32 = 1024;

/// The default size of a thread's stack in guest memory, in bytes.
///
/// A wasm program keeps on it only what needs an address; the engine keeps the rest. So a quarter of the 1 MiB that
/// linkers give the main thread is ample, and 2,000 such stacks fit in half of a 1 GiB memory.
pub const DEFAULT_STACK_SIZE: u64 = 256 * 1024;

/// The smallest stack a thread can have, in bytes. Smaller sizes are raised to this.
pub const MIN_STACK_SIZE: u64 = 4096;

/// How much the instances of a process may take in the host by default, in bytes.
///
/// An instance of a program with thousands of functions in its table takes some hundred kilobytes, so this is enough for
/// more than a thousand threads of a very large program.
pub const DEFAULT_MAX_INSTANCE_MEMORY: u64 = 1 << 30;

/// Hands the declaration of every limit to a macro: its documentation, of which the first paragraph says what it bounds
/// (in help texts and tables, too), its name, its kind, and the default.
#[doc(hidden)]
#[macro_export]
macro_rules! with_limits {
    ($($then:tt)+) => {
        $($then)+! {
            /// The most threads that are live or not yet joined, including the main one: 1 to 32768.
            ///
            /// A spawn beyond it gets `AGAIN`. A thread that has ended still counts until it is joined or detached.
            max_threads: Count = "4096";

            /// The most guest memory, rounded down to pages of 64 KiB; it can only lower what the module declares.
            ///
            /// Growing beyond fails in the guest, as `memory.grow` does.
            max_memory: Bytes = "what the module declares";

            /// The size of each thread's stack in guest memory, the main thread's too; less than 4096 is raised to
            /// that.
            ///
            /// A spawn may ask for another size by its attributes.
            stack_size: Bytes = "262144; the main thread has the linker's stack";

            /// The most that the instances of all live threads may take in the host: their globals, imports, tables and
            /// segments.
            ///
            /// It is counted by what the module has, which is about what an engine needs. A spawn beyond it gets
            /// `AGAIN`, and a process of which not even the main thread has room is not started.
            max_instance_memory: Bytes = "1073741824";

            /// The longest that one wait, join, lock, sleep or write may take, however often its thread is woken meanwhile.
            ///
            /// A thread that is blocked for longer ends the process as a trap of the kind
            /// [`WaitLimit`](crate::TrapKind::WaitLimit), whose backtrace says where: so a thread that hangs is found
            /// though others go on. A deadlock of all threads is found at once, whatever this says.
            max_wait: Time = "none";

            /// The most that the guest may write, to both streams together.
            ///
            /// A write that would exceed it is refused as a whole, with `AGAIN`.
            max_output: Bytes = "none";

            /// How long the process may run, from its start.
            ///
            /// When that is over, it ends as [`Outcome::TimedOut`](crate::Outcome::TimedOut).
            time_limit: Time = "none";
        }
    };
}

/// The type of a limit of a kind.
#[doc(hidden)]
#[macro_export]
macro_rules! limit_type {
    (Count) => {
        u32
    };
    (Bytes) => {
        u64
    };
    (Time) => {
        ::core::time::Duration
    };
}

/// Puts a method for each limit into the `impl` of a backend's builder, which has its limits in a field `limits`; and
/// one for all of them.
#[macro_export]
macro_rules! limit_setters {
    () => { $crate::with_limits! { $crate::limit_setters } };
    ($($(#[doc = $doc:literal])+ $name:ident: $kind:ident = $default:literal;)+) => {
        /// All limits at once, instead of those that were set before.
        #[must_use]
        pub fn limits(mut self, limits: &$crate::Limits) -> Self {
            self.limits = *limits;
            self
        }

        $(
            $(#[doc = $doc])+
            ///
            #[doc = concat!("Default: ", $default, ".")]
            #[must_use]
            pub fn $name(mut self, limit: $crate::limit_type!($kind)) -> Self {
                self.limits.$name = Some(limit);
                self
            }
        )+
    };
}

macro_rules! declare {
    ($($(#[doc = $doc:literal])+ $name:ident: $kind:ident = $default:literal;)+) => {
        /// What an embedder may limit. `None` is the default.
        ///
        /// ```
        /// let mut limits = raddle_runtime_api::Limits::default();
        /// limits.max_threads = Some(64);
        /// ```
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
        #[non_exhaustive]
        pub struct Limits {
            $(
                $(#[doc = $doc])+
                ///
                #[doc = concat!("Default: ", $default, ".")]
                pub $name: Option<limit_type!($kind)>,
            )+
        }

        impl Limits {
            /// Every limit, in the order of the declaration.
            pub const TABLE: &'static [LimitInfo] = &[$(
                LimitInfo {
                    name: stringify!($name),
                    kind: LimitKind::$kind,
                    default: $default,
                    doc: concat!($($doc, "\n"),+),
                    get: |limits| limits.$name.map(LimitType::to_number),
                    set: |limits, number| limits.$name = number.map(LimitType::from_number),
                },
            )+];
        }
    };
}
with_limits! { declare }
