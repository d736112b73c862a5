//! The primitives that the semantics are built on, for one process.
//!
//! This file has [`NativeHost`], which puts them together. `memory` is the guest's, `limits` bounds what instances take
//! of the host's own, `output` is where the guest's streams go, `events` who is told what happens.
//!
//! What runs guest code does not come in here.

pub(crate) mod events;
pub(crate) mod limits;
pub(crate) mod memory;
pub(crate) mod output;

use std::{
    fmt,
    sync::{Arc, Mutex, OnceLock, PoisonError, Weak, atomic::Ordering::SeqCst},
    time::{Duration, Instant},
};

use raddle_runtime_api::{
    AtomicWords, Capabilities, Config, Event, GuestBytes, Host, LaunchError, Outcome, Process, StartJob, Stream, Tried,
    abi::Status,
};

use self::{events::OnEvent, limits::Elements, memory::Memory, output::Output};
use crate::{
    machine::{
        holders::Holders,
        os_threads,
        outside::{self, Interests, Waiting},
        park,
        room::Reserved,
        signals::Mask,
        stack,
        wakers::Wakers,
        watchdog::Watch,
    },
    runtime::Runtime,
};

/// Runs one thread's job: it knows the module and the embedder's imports and data, whose type the host need not know.
pub(crate) type RunJob = Box<dyn Fn(NativeHost, StartJob) + Send + Sync>;

/// The host of one process. A clone is the same host.
#[derive(Clone)]
pub(crate) struct NativeHost(Arc<Shared>);

struct Shared {
    words: AtomicWords,
    memory: Memory,
    /// What that takes in the application's address space. It is given back after it.
    _room: Reserved,
    runtime: Runtime,
    /// What its threads block: as the thread does that starts it.
    signals: Mask,
    run_job: RunJob,
    stdout: Output,
    stderr: Output,
    on_event: Option<OnEvent>,
    origin: Instant,
    table_elements: Elements,
    /// Its threads that wait for the outside.
    waiting: Waiting,
    holders: Holders,
    /// The process's time limit, watched as long as anyone has a handle to the process.
    watch: OnceLock<Watch>,
    /// When its threads are told again to stop.
    reminder: Mutex<Option<Watch>>,
}

/// How long threads that were told to stop may take before they are told again. It doubles each time.
const PATIENCE: Duration = Duration::from_millis(5);

/// What an embedder gives a process besides the module.
pub(crate) struct Sinks {
    pub(crate) stdout: Output,
    pub(crate) stderr: Output,
    pub(crate) on_event: Option<OnEvent>,
}

impl NativeHost {
    pub(crate) fn new(
        runtime: Runtime,
        config: &Config,
        memory: Memory,
        room: Reserved,
        run_job: RunJob,
        sinks: Sinks,
    ) -> NativeHost {
        NativeHost(Arc::new(Shared {
            words: AtomicWords::zeroed(config.words()),
            memory,
            _room: room,
            runtime,
            signals: Mask::of_caller(),
            run_job,
            stdout: sinks.stdout,
            stderr: sinks.stderr,
            on_event: sinks.on_event,
            origin: Instant::now(),
            table_elements: Elements::default(),
            waiting: Waiting::default(),
            holders: Holders::default(),
            watch: OnceLock::new(),
            reminder: Mutex::new(None),
        }))
    }

    /// Ends the process for a reason other than what its guest does, unless it has already ended. Returns whether this
    /// was the end.
    pub(crate) fn end(&self, outcome: &Outcome) -> bool {
        let was_end = Process::attach(self.clone()).is_ok_and(|process| process.end(outcome));
        if was_end {
            self.remind(PATIENCE);
        }
        was_end
    }

    /// How many threads of the process have not ended.
    fn live(&self) -> u32 {
        Process::attach(self.clone()).map_or(0, |process| process.stats().live)
    }

    /// Makes sure that threads that still run are told again to stop.
    ///
    /// A tick may be lost: a thread that handles one (they are for all processes of the engine) sees that its own
    /// process goes on, and then asks to be called at the next tick from now on, which is no longer the one that came
    /// in between.
    fn remind(&self, after: Duration) {
        if self.live() == 0 {
            return;
        }
        let weak = self.downgrade();
        let again = Box::new(move || {
            weak.with(|host| {
                if host.live() > 0 {
                    host.0.runtime.engine().increment_epoch();
                    host.remind(after * 2);
                }
            });
        });
        // Without a thread for it the first tick is all there is, and almost always enough.
        let watch = self.0.runtime.watchdog().watch(Instant::now() + after, again).ok();
        let before = std::mem::replace(&mut *self.0.reminder.lock().unwrap_or_else(PoisonError::into_inner), watch);
        drop(before);
    }

    /// Lets what is being written be written, for a while, if the process is complete.
    fn finish_output(&self) {
        if self.live() == 0 {
            self.0.stdout.finish();
            self.0.stderr.finish();
        }
    }

    /// Keeps the watch on the process's time limit until the last handle on the process is gone.
    pub(crate) fn keep_watch(&self, watch: Watch) {
        // A process has one time limit at most.
        let _ = self.0.watch.set(watch);
    }

    /// A handle that does not keep the process.
    pub(crate) fn downgrade(&self) -> WeakHost {
        WeakHost { shared: Arc::downgrade(&self.0), holders: self.0.holders.clone() }
    }

    /// Waits until nobody but the embedder has the process. Its outcome is there then.
    pub(crate) fn wait_over(&self, deadline: Option<Instant>) -> bool {
        self.0.holders.wait_over(deadline)
    }

    /// Whether nobody but the embedder has the process. Its outcome is there then.
    pub(crate) fn is_over(&self) -> bool {
        self.0.holders.is_over()
    }

    /// The tasks that are woken when that may be so.
    pub(crate) fn wakers(&self) -> &Wakers {
        self.0.holders.wakers()
    }

    /// How long it is until a deadline.
    fn left(&self, deadline: Option<u64>) -> Option<Duration> {
        deadline.map(|deadline| Duration::from_nanos(deadline.saturating_sub(self.now())))
    }

    pub(crate) fn table_elements(&self) -> &Elements {
        &self.0.table_elements
    }
}

/// Makes a wait, whose answer is whether there is no need to wait on. If it becomes a long one, the thread gives back
/// what it does not use of its stack.
// In the frame of whoever parks: a blocked thread's stack holds it all the time.
#[inline(always)]
fn wait_in_two(mut timeout: Option<Duration>, wait: impl Fn(Option<Duration>) -> bool) {
    if timeout == Some(Duration::ZERO) {
        return;
    }
    if stack::is_due() && timeout.is_none_or(|timeout| timeout > stack::LONG) {
        if wait(Some(stack::LONG)) {
            return;
        }
        stack::give_back();
        timeout = timeout.map(|timeout| timeout - stack::LONG);
    }
    wait(timeout);
}

/// See [`NativeHost::downgrade`].
pub(crate) struct WeakHost {
    shared: Weak<Shared>,
    holders: Holders,
}

impl WeakHost {
    /// Does something with the host, unless the process is over.
    pub(crate) fn with(&self, act: impl FnOnce(&NativeHost)) {
        let Some(_holder) = self.holders.add() else { return };
        if let Some(shared) = self.shared.upgrade() {
            act(&NativeHost(shared));
        }
    }
}

impl fmt::Debug for NativeHost {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("NativeHost").field("memory", &self.0.memory).finish_non_exhaustive()
    }
}

impl Host for NativeHost {
    type Words = AtomicWords;
    type Memory = Memory;
    type Interests = Interests;

    fn words(&self) -> &AtomicWords {
        &self.0.words
    }

    fn memory(&self) -> &Memory {
        &self.0.memory
    }

    fn park(&self, word: u32, expected: u32, deadline: Option<u64>) {
        let word = self.0.words.word(word);
        wait_in_two(self.left(deadline), |timeout| {
            park::park(word, expected, timeout);
            word.load(SeqCst) != expected
        });
    }

    fn park_outside(&self, word: u32, expected: u32, deadline: Option<u64>, interests: &Interests) {
        let timeout = self.left(deadline).into_iter().chain(interests.left()).min();
        let has_changed = || self.0.words.word(word).load(SeqCst) != expected;
        wait_in_two(timeout, |timeout| outside::wait(interests, timeout, &self.0.waiting, word, has_changed));
    }

    fn unpark_one(&self, word: u32) {
        self.0.waiting.call(word);
        park::unpark_one(self.0.words.word(word));
    }

    fn unpark_all(&self, word: u32) {
        self.0.waiting.call(word);
        park::unpark_all(self.0.words.word(word));
    }

    fn launch(&self, job: StartJob, _name: &str) -> Result<(), LaunchError> {
        let raw = job.into_raw();
        let refused = |reason: String| LaunchError { job: StartJob::from_raw(raw), reason };
        let holder = self.0.holders.add().ok_or_else(|| refused("the process is over".into()))?;
        let host = self.clone();
        let run = Box::new(move || {
            host.0.signals.adopt();
            (host.0.run_job)(host.clone(), StartJob::from_raw(raw));
            host.finish_output();
        });
        self.0.runtime.os_threads().run(run, holder).map_err(|error| refused(error.to_string()))
    }

    fn interrupt(&self, live: u32) {
        // The epoch is the engine's: threads of other processes notice, too, see that they are not meant, and go on.
        self.0.runtime.engine().increment_epoch();
        // One of them is the caller, unless it is `end` above.
        if live > 1 {
            self.remind(PATIENCE);
        }
    }

    fn now(&self) -> u64 {
        u64::try_from(self.0.origin.elapsed().as_nanos()).unwrap_or(u64::MAX)
    }

    fn parallelism(&self) -> u32 {
        self.0.runtime.parallelism()
    }

    fn yield_now(&self) {
        std::thread::yield_now();
    }

    fn write(&self, stream: Stream, bytes: &mut GuestBytes<'_, Memory>) -> Tried<Status, Interests> {
        match stream {
            Stream::Stdout => self.0.stdout.write(bytes),
            Stream::Stderr => self.0.stderr.write(bytes),
        }
    }

    fn event(&self, event: &Event) {
        // Each of these is told on the thread that it is about.
        match event {
            Event::ThreadStarted { name, .. } | Event::ThreadNamed { name, .. } => os_threads::name_current(name),
            _ => {}
        }
        if let Some(on_event) = &self.0.on_event
            && let Err(end) = events::tell(on_event, event)
        {
            self.end(&end);
        }
    }

    fn capabilities(&self) -> Capabilities {
        Capabilities::all()
    }
}
