//! What a process tells its embedder while it runs.

use alloc::string::String;

/// Something that happened in a process.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Event {
    /// A thread begins to run. Reported on that thread.
    ThreadStarted {
        /// The thread.
        thread: u32,
        /// Its initial name, empty if it has none.
        name: String,
    },
    /// A thread changed its name. Reported on that thread.
    ThreadNamed {
        /// The thread.
        thread: u32,
        /// The new name.
        name: String,
    },
    /// A thread has run its last instruction. Reported on that thread.
    ThreadEnded {
        /// The thread.
        thread: u32,
    },
    /// A limit was reached. The guest got `AGAIN`, or the process ends because of it, as [`Limit`] says.
    LimitReached {
        /// Which limit.
        limit: Limit,
        /// Its value, in the limit's own unit.
        value: u64,
    },
}

impl Event {
    /// The name, as events in JavaScript have it.
    #[must_use]
    pub const fn name(&self) -> &'static str {
        match self {
            Event::ThreadStarted { .. } => "thread-started",
            Event::ThreadNamed { .. } => "thread-named",
            Event::ThreadEnded { .. } => "thread-ended",
            Event::LimitReached { .. } => "limit-reached",
        }
    }
}

/// A limit of a process.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Limit {
    /// Threads that are live or not yet joined.
    Threads,
    /// Stacks: no room for another thread slot in the guest's memory. The value is the number of slots.
    Slots,
    /// TLS keys.
    TlsKeys,
    /// Threads of the host itself: the launch failed. The value is the number of live threads.
    HostThreads,
    /// What the instances of all live threads take in the host, in bytes.
    InstanceMemory,
    /// Bytes of output. The value is the limit; the write was refused as a whole.
    Output,
    /// The time that one wait may take, in nanoseconds. The thread traps, with the kind
    /// [`WaitLimit`](crate::TrapKind::WaitLimit).
    WaitTime,
}

impl Limit {
    /// Every limit.
    pub const ALL: &'static [Limit] = &[
        Limit::Threads,
        Limit::Slots,
        Limit::TlsKeys,
        Limit::HostThreads,
        Limit::InstanceMemory,
        Limit::Output,
        Limit::WaitTime,
    ];

    /// The name, as events in JavaScript have it.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Limit::Threads => "threads",
            Limit::Slots => "slots",
            Limit::TlsKeys => "tls-keys",
            Limit::HostThreads => "host-threads",
            Limit::InstanceMemory => "instance-memory",
            Limit::Output => "output",
            Limit::WaitTime => "wait-time",
        }
    }

    /// What an embedder can do to raise it.
    #[must_use]
    pub const fn hint(self) -> &'static str {
        match self {
            Limit::Threads => "raise the limit on threads, or join or detach threads that have ended",
            Limit::Slots => {
                "raise the limits on threads and memory, make stacks smaller, or link with a larger --max-memory"
            }
            Limit::TlsKeys => "delete keys that are no longer used",
            Limit::HostThreads => "allow this process more operating-system threads or memory",
            Limit::InstanceMemory => {
                "raise the limit on the memory of instances, or build the module with fewer globals, imports, table elements \
                and segments"
            }
            Limit::Output => "raise the limit on output, or have the program write less",
            Limit::WaitTime => "raise the limit on waits, or find out why nobody ends this one",
        }
    }
}
