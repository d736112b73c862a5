//! A running program, from its first thread to its end: what backends and guests call, over the protocols.
//!
//! This file has [`Process`], all threads together. `start` is a thread's life, `instance` the part of it in which
//! guest code runs: the steps that a backend supplies, and their order. `threads` has the calls that a guest may make,
//! `dispatch` makes one by its name, and `thread` is their one implementation, with its `attributes` and the limit on
//! `output`. `wasi_threads` is the one call of another ABI that starts threads.
//!
//! How threads block, and what a record's words mean, belongs to `protocols`.

mod attributes;
mod dispatch;
mod instance;
mod output;
mod start;
mod thread;
mod threads;
mod wasi_threads;

pub use self::{
    dispatch::call_import,
    instance::{Instance, InstanceEnd},
    thread::Thread,
    threads::Threads,
};
use crate::{
    host::{GuestMemory, Host, LaunchError, StartJob},
    outcome::{Outcome, Trap, TrapKind},
    program::Config,
    protocols::{Notifier, kernel::Kernel},
    words::Stage,
};

/// A running program: all its threads, and its end. Cheap to clone; a clone is the same process.
#[derive(Debug, Clone)]
pub struct Process<H> {
    pub(crate) kernel: Kernel<H>,
}

/// Counts of a process.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[non_exhaustive]
pub struct Stats {
    /// Threads spawned so far, not counting the main one. Wraps at 2^32.
    pub spawned: u32,
    /// Threads that are alive now.
    pub live: u32,
    /// The most threads that were alive at once.
    pub peak_live: u32,
    /// Thread slots in use now.
    pub slots_in_use: u32,
    /// The guest's memory in bytes.
    pub memory: u64,
}

/// The host's words hold no process, or one with another layout.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the control words hold no process: create one over them first, with the same version of raddle")]
pub struct NoProcess;

impl<H: Host> Process<H> {
    /// Makes a process on a host whose control words are zero, and as many as the config says. Nothing runs yet.
    pub fn create(host: H, config: &Config) -> Process<H> {
        Process { kernel: Kernel::create(host, config) }
    }

    /// The process that was created over the host's control words, for another agent that can reach them.
    ///
    /// # Errors
    /// [`NoProcess`]
    pub fn attach(host: H) -> Result<Process<H>, NoProcess> {
        Kernel::attach(host).map(|kernel| Process { kernel }).ok_or(NoProcess)
    }

    /// Launches the main thread. Must be called once, by the creator of the process.
    ///
    /// # Errors
    /// [`LaunchError`] if the host has no thread for it. The process has then ended, with a trap of the kind
    /// [`Instantiation`](TrapKind::Instantiation) as its outcome.
    pub fn start(&self) -> Result<(), LaunchError> {
        let kernel = &self.kernel;
        // The table and the slots are new and empty: the first record is the main thread's, and the config made sure of
        // a slot.
        let index = kernel.take_record(Stage::MAIN).unwrap_or(0);
        kernel.take_slot(index, 0);
        kernel.note_peak(kernel.header().census().add_live().live());
        kernel.host.launch(StartJob::new(index), "").inspect_err(|error| {
            let trap = Trap::new(TrapKind::Instantiation, error.reason.as_str());
            kernel.end(&Outcome::Trapped { thread: kernel.label(index), trap });
            kernel.release_slot(index);
            kernel.header().census().sub_live();
            kernel.complete();
        })
    }

    /// The host.
    pub fn host(&self) -> &H {
        &self.kernel.host
    }

    /// Ends the process from outside, as `Killed` or `TimedOut`, unless it has ended already. Returns whether this was
    /// the end.
    ///
    /// # Blocking
    /// Does not wait for the threads to stop.
    pub fn end(&self, outcome: &Outcome) -> bool {
        self.kernel.end(outcome)
    }

    /// Lets the embedder notify the process's threads, for as long as the notifier is kept. If it is made before
    /// [`start`](Process::start), no deadlock can be found before it exists.
    pub fn notifier(&self) -> Notifier<H> {
        Notifier::new(&self.kernel)
    }

    /// Whether the process has ended. Its threads stop, but may not all have yet.
    pub fn has_ended(&self) -> bool {
        self.kernel.has_ended()
    }

    /// Waits until every thread has stopped and returns how the process ended; `None` if the deadline, in the host's
    /// [clock](Host::now), passed first.
    ///
    /// # Blocking
    /// Until then.
    pub fn wait(&self, deadline: Option<u64>) -> Option<Outcome> {
        if self.kernel.wait_done(deadline) { self.kernel.outcome() } else { None }
    }

    /// The control word that is 0 until every thread has stopped. It is unparked when that changes: for an embedder
    /// that may not block, and so waits for it by other means than [`wait`](Process::wait).
    pub fn end_signal(&self) -> u32 {
        self.kernel.header().done().index()
    }

    /// Counts out all threads that are left, so that the process is complete: the host has terminated them, and none of
    /// them runs any more. For hosts that cannot interrupt a thread that computes. Does nothing unless the process has
    /// ended.
    pub fn abandon(&self) {
        if self.has_ended() {
            self.kernel.abandon();
        }
    }

    /// The outcome, if every thread has stopped.
    pub fn outcome(&self) -> Option<Outcome> {
        self.wait(Some(0))
    }

    /// Counts. Each is right for some moment during the call.
    pub fn stats(&self) -> Stats {
        let header = self.kernel.header();
        Stats {
            spawned: header.spawned().load(),
            live: header.census().counts().live(),
            peak_live: header.peak_live().load(),
            slots_in_use: header.slots_used().load(),
            memory: self.kernel.memory().byte_len(),
        }
    }
}

impl<H: Host> Kernel<H> {
    /// Records how many threads were alive at once.
    pub(crate) fn note_peak(&self, live: u32) {
        let peak = self.header().peak_live();
        let mut known = peak.load();
        while live > known && !peak.exchange(known, live) {
            known = peak.load();
        }
    }
}
