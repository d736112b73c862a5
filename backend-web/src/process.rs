//! [`ProcessBuilder`] and [`Process`]: one run of a program.

use std::{
    cell::{Cell, RefCell},
    fmt,
    pin::pin,
    rc::{Rc, Weak},
    time::Duration,
};

use futures_channel::oneshot;
use futures_util::future::{Either, select};
use raddle_runtime_api::{
    Event, FunctionType, Limits, MemoryFault, Outcome, Process as ApiProcess, ThreadLabel, Trap, TrapKind, Value,
    ValueType, Words,
};
use raddle_web_shared::{
    output::{self, Inbox},
    region::{PAGE_WORKERS, header},
};
use wasm_bindgen_futures::spawn_local;

use crate::{
    backtrace, error::Error, events, host::PageHost, memory::Memory, nursery::Message, program::Program, script, start,
};

/// How long a nursery stays after its workers, in milliseconds: Chromium never ends the thread of a worker, and never
/// lets go of its memory, when the worker that added it is gone first.
const LINGER: f64 = 500.0;

/// Who is given what a guest writes.
pub(crate) type Sink = Box<dyn Fn(&js_sys::Uint8Array)>;

/// Who is told what happens.
pub(crate) type OnEvent = Box<dyn Fn(&wasm_bindgen::JsValue)>;

/// A process before it is started.
#[must_use = "a process runs when it is started"]
pub struct ProcessBuilder {
    pub(crate) program: Program,
    entry: Option<String>,
    args: Vec<Value>,
    pub(crate) limits: Limits,
    pub(crate) time_limit: Option<Duration>,
    pub(crate) sinks: Sinks,
    pub(crate) imports: Option<String>,
    pub(crate) pool_size: Option<u32>,
}

/// What an embedder gives a process to tell it things.
pub(crate) struct Sinks {
    pub(crate) stdout: Sink,
    pub(crate) stderr: Sink,
    pub(crate) on_event: Option<OnEvent>,
}

impl ProcessBuilder {
    pub(crate) fn new(program: Program) -> ProcessBuilder {
        ProcessBuilder {
            program,
            entry: None,
            args: Vec::new(),
            limits: Limits::default(),
            time_limit: None,
            sinks: Sinks {
                stdout: Box::new(|bytes| web_sys::console::log_1(&text(bytes).into())),
                stderr: Box::new(|bytes| web_sys::console::error_1(&text(bytes).into())),
                on_event: None,
            },
            imports: None,
            pool_size: None,
        }
    }

    /// The exported function that the main thread calls. Without this it is `_start`, or else `main`.
    pub fn entry(mut self, name: impl Into<String>) -> Self {
        self.entry = Some(name.into());
        self
    }

    /// The entry's arguments. A `main` that was not named and takes C's argument count and vector is given zeros.
    pub fn args(mut self, args: impl Into<Vec<Value>>) -> Self {
        self.args = args.into();
        self
    }

    /// The most threads that live or were not joined, the main one included: 1 to 32768; 4096 unless it is set. One
    /// more is refused with `AGAIN`, as is one for which the page has no [worker](crate::RuntimeOptions::max_workers).
    pub fn max_threads(mut self, threads: u32) -> Self {
        self.limits.max_threads = Some(threads);
        self
    }

    /// The most guest memory in bytes, rounded down to pages of 64 KiB; what the module declares unless it is set.
    /// Growing beyond fails in the guest.
    pub fn max_memory(mut self, bytes: u64) -> Self {
        self.limits.max_memory = Some(bytes);
        self
    }

    /// The size in bytes of each thread's stack in guest memory, the main thread's too. Unless it is set, the main
    /// thread has the linker's stack and the others 256 KiB.
    pub fn stack_size(mut self, bytes: u64) -> Self {
        self.limits.stack_size = Some(bytes);
        self
    }

    /// How long the process may run. When that is over, it ends as [`Outcome::TimedOut`], whatever the page does
    /// meanwhile. Without this it may run for ever.
    pub fn time_limit(mut self, limit: Duration) -> Self {
        self.time_limit = Some(limit);
        self
    }

    /// The longest that one wait, join, lock or sleep of a guest's thread may take; for ever unless it is set. A thread
    /// that is blocked for longer ends the process as a trap of the kind [`WaitLimit`](TrapKind::WaitLimit).
    pub fn max_wait(mut self, limit: Duration) -> Self {
        self.limits.max_wait = Some(limit);
        self
    }

    /// The most bytes that the guest may write, to both streams together; as many as it likes unless it is set. A write
    /// that would exceed them is refused whole, with `AGAIN`.
    pub fn max_output(mut self, bytes: u64) -> Self {
        self.limits.max_output = Some(bytes);
        self
    }

    /// Who is given what the guest writes to standard output; the console unless it is set. Each call has one piece of
    /// one write.
    pub fn stdout(mut self, sink: impl Fn(&[u8]) + 'static) -> Self {
        self.sinks.stdout = Box::new(move |bytes| sink(&bytes.to_vec()));
        self
    }

    /// Who is given what the guest writes to standard error; the console unless it is set.
    pub fn stderr(mut self, sink: impl Fn(&[u8]) + 'static) -> Self {
        self.sinks.stderr = Box::new(move |bytes| sink(&bytes.to_vec()));
        self
    }

    /// Who is told what happens in the process, on the page and some time after it happened.
    pub fn on_event(mut self, on_event: impl Fn(&Event) + 'static) -> Self {
        self.sinks.on_event = Some(Box::new(move |event| {
            if let Some(event) = events::from_js(event) {
                on_event(&event);
            }
        }));
        self
    }

    /// The URL of a JavaScript module with the embedder's own imports, which every worker imports. Its default export
    /// is an object of modules of functions, or a function that makes one for a worker; it is given `memory`,
    /// `threadId()`, `isStopped()`, `waitStopped(milliseconds)` and `notify(address, count)`.
    pub fn imports(mut self, url: impl Into<String>) -> Self {
        self.imports = Some(url.into());
        self
    }

    /// How many workers without a thread stay, to take the next ones; as many are started ahead of need where the
    /// module can spawn. Unless it is set, as many as can run at once, but at most 4.
    pub fn pool_size(mut self, workers: u32) -> Self {
        self.pool_size = Some(workers);
        self
    }

    /// Starts the process.
    ///
    /// # Errors
    /// [`Error`]: an import is missing (all are listed), the entry is not there or takes other arguments, the limits
    /// make no sense for the module, or there is no memory or worker for it. Nothing has run then.
    pub async fn start(self) -> Result<Process, Error> {
        start::start(self, |_| {}).await
    }

    /// Starts the process with a [`Notifier`], which is there before any thread runs: for a guest that waits for the
    /// embedder.
    ///
    /// # Errors
    /// As [`start`](ProcessBuilder::start).
    pub async fn start_with_notifier(self) -> Result<(Process, Notifier), Error> {
        let mut notifier = None;
        let process = start::start(self, |process| notifier = Some(process.notifier())).await?;
        let notifier = notifier.unwrap_or_else(|| process.notifier());
        Ok((process, notifier))
    }

    /// Starts the process and waits for its end.
    ///
    /// # Errors
    /// As [`start`](ProcessBuilder::start).
    pub async fn run(self) -> Result<Outcome, Error> {
        Ok(self.start().await?.wait().await)
    }

    /// The type of the entry, where there is one.
    #[cfg(feature = "js")]
    pub(crate) fn entry_type<'a>(&self, program: &'a Program) -> Option<&'a FunctionType> {
        let default = || program.default_entry().map(|(name, _)| name);
        program.export(self.entry.as_deref().or_else(default)?)
    }

    /// The entry with its type, and its arguments, checked against that.
    pub(crate) fn resolve_entry(&self) -> Result<(String, FunctionType, Vec<Value>), Error> {
        let program = &self.program;
        let exports = || program.exports().map(|(name, _)| name.to_owned()).collect();
        let (name, args) = match &self.entry {
            Some(name) if program.has_function(name) => (name.as_str(), Vec::new()),
            Some(name) => return Err(Error::NoEntry { name: name.clone(), exports: exports() }),
            None => program.default_entry().ok_or_else(|| Error::NoDefaultEntry { exports: exports() })?,
        };
        let ty = program.export(name).ok_or_else(|| Error::EntryType { name: name.into() })?;
        let args = if self.args.is_empty() { args } else { self.args.clone() };
        let found: Vec<ValueType> = args.iter().map(|&value| value.into()).collect();
        if found != ty.params {
            return Err(Error::Arguments { name: name.into(), expected: join(&ty.params), found: join(&found) });
        }
        Ok((name.into(), ty.clone(), args))
    }
}

impl fmt::Debug for ProcessBuilder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ProcessBuilder")
            .field("entry", &self.entry)
            .field("args", &self.args)
            .field("limits", &self.limits)
            .field("time_limit", &self.time_limit)
            .field("imports", &self.imports)
            .finish_non_exhaustive()
    }
}

/// A running process: all its threads, and its end. Cheap to clone; a clone is the same process. Dropping it does not
/// end the process.
#[derive(Debug, Clone)]
pub struct Process(pub(crate) Rc<Running>);

/// Lets an embedder wake threads that wait in a process's memory. While there is one, the process is not deadlocked,
/// though all its threads wait: what they wait for may come from here. A clone is another one.
///
/// It may be kept when the process has ended. It wakes nobody then.
#[derive(Debug, Clone)]
#[must_use = "it is worth something as long as it is kept"]
pub struct Notifier(Rc<Hold>);

/// What all notifiers of a process have together; `None` once it has ended, as its control words are another process's
/// soon.
type Hold = RefCell<Option<raddle_runtime_api::Notifier<PageHost>>>;

impl Notifier {
    /// Wakes at most `count` threads that wait at an address, the longest waiting first, and says how many: as the
    /// guest's own `notify` does. Change the word before, by an atomic store.
    ///
    /// # Errors
    /// [`MemoryFault`] where the guest's notify would trap.
    pub fn notify(&self, addr: u64, count: u32) -> Result<u32, MemoryFault> {
        self.0.borrow().as_ref().map_or(Ok(0), |notifier| notifier.notify(addr, count))
    }
}

/// Counts of a process.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct Stats {
    /// Threads, slots and memory.
    pub threads: raddle_runtime_api::Stats,
    /// Workers that run its threads or are ready to.
    pub workers: u32,
}

pub(crate) struct Running {
    pub(crate) process: ApiProcess<PageHost>,
    pub(crate) program: Program,
    pub(crate) sinks: Sinks,
    /// How many words its region has.
    pub(crate) words: u32,
    pub(crate) inbox: RefCell<Inbox<Message>>,
    /// Its workers were ended by force: what they had not sent yet never comes.
    was_terminated: Cell<bool>,
    /// Its nursery has failed, and answers no more.
    nursery_is_lost: Cell<bool>,
    is_done: Cell<bool>,
    /// The counts at the end: the words are somebody else's later.
    end: RefCell<Option<(Outcome, Stats)>>,
    waiters: RefCell<Vec<oneshot::Sender<()>>>,
    /// What its notifiers have, as long as there is one.
    hold: RefCell<Weak<Hold>>,
    closed: RefCell<Option<oneshot::Sender<()>>>,
    /// Who waits for a worker that has the embedder's own imports.
    linked: RefCell<Option<oneshot::Sender<()>>>,
}

impl fmt::Debug for Running {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Running").field("process", &self.process).field("end", &self.end).finish_non_exhaustive()
    }
}

impl Process {
    /// Waits for the end, and says how it was. Every thread has stopped then, and everything that the guest wrote was
    /// handed on.
    pub async fn wait(&self) -> Outcome {
        loop {
            if let Some((outcome, _)) = &*self.0.end.borrow() {
                return outcome.clone();
            }
            let ended = self.0.ended();
            let _ = ended.await;
        }
    }

    /// Waits for the end, but at most for so long; `None` when the process has not ended by then. It goes on.
    pub async fn wait_timeout(&self, timeout: Duration) -> Option<Outcome> {
        let sleep = pin!(script::sleep(timeout.as_secs_f64() * 1000.0));
        match select(pin!(self.wait()), sleep).await {
            Either::Left((outcome, _)) => Some(outcome),
            Either::Right(((), _)) => self.outcome(),
        }
    }

    /// Lets the embedder wake threads of the guest, and so keeps a process whose threads all wait from being
    /// deadlocked, as long as it is kept. For a guest that may wait for the embedder from its first instruction on, see
    /// [`start_with_notifier`](ProcessBuilder::start_with_notifier).
    pub fn notifier(&self) -> Notifier {
        Notifier(self.0.hold())
    }

    /// How the process ended; `None` while it runs.
    #[must_use]
    pub fn outcome(&self) -> Option<Outcome> {
        self.0.end.borrow().as_ref().map(|(outcome, _)| outcome.clone())
    }

    /// Ends the process as [`Outcome::Killed`], unless it has ended already. Returns whether this was its end.
    ///
    /// It does not wait until the threads have stopped; [`wait`](Process::wait) does. A thread that computes and calls
    /// nothing is ended by force, which takes Chromium about two seconds.
    pub fn kill(&self) -> bool {
        self.0.kill()
    }

    /// The guest's memory, which the threads change at any time.
    #[must_use]
    pub fn memory(&self) -> &Memory {
        raddle_runtime_api::Host::memory(self.0.process.host())
    }

    /// Counts of threads, slots, memory and workers, now or at the end.
    #[must_use]
    pub fn stats(&self) -> Stats {
        match &*self.0.end.borrow() {
            Some((_, stats)) => *stats,
            None => self.0.stats(),
        }
    }
}

impl Running {
    pub(crate) fn new(process: ApiProcess<PageHost>, program: Program, sinks: Sinks, words: u32) -> Running {
        Running {
            process,
            program,
            sinks,
            words,
            inbox: RefCell::default(),
            was_terminated: Cell::new(false),
            nursery_is_lost: Cell::new(false),
            is_done: Cell::new(false),
            end: RefCell::default(),
            waiters: RefCell::default(),
            hold: RefCell::default(),
            closed: RefCell::default(),
            linked: RefCell::default(),
        }
    }

    fn host(&self) -> &PageHost {
        self.process.host()
    }

    fn stats(&self) -> Stats {
        Stats { threads: self.process.stats(), workers: self.host().pool().workers() }
    }

    pub(crate) fn kill(&self) -> bool {
        self.end.borrow().is_none() && self.process.end(&Outcome::Killed)
    }

    /// What is told once the process has ended.
    fn ended(&self) -> oneshot::Receiver<()> {
        let (sender, ended) = oneshot::channel();
        let mut waiters = self.waiters.borrow_mut();
        // Some have waited for long enough.
        waiters.retain(|waiter| !waiter.is_canceled());
        waiters.push(sender);
        ended
    }

    /// What its notifiers have, for one more.
    fn hold(&self) -> Rc<Hold> {
        if let Some(hold) = self.hold.borrow().upgrade() {
            return hold;
        }
        let notifier = self.end.borrow().is_none().then(|| self.process.notifier());
        let hold = Rc::new(RefCell::new(notifier));
        *self.hold.borrow_mut() = Rc::downgrade(&hold);
        hold
    }

    /// Its notifiers touch its control words no more.
    fn let_go_of_notifiers(&self) {
        if let Some(hold) = self.hold.borrow().upgrade() {
            hold.take();
        }
    }

    /// A message of the nursery's.
    pub(crate) fn receive(self: &Rc<Self>, message: Message) {
        match message {
            Message::Output { number, .. } | Message::Event { number, .. } => {
                self.inbox.borrow_mut().put(number, message);
                self.hand_on();
                self.finish_if_all_is_there();
            }
            Message::Linked => {
                if let Some(linked) = self.linked.take() {
                    let _ = linked.send(());
                }
            }
            Message::Terminated => self.abandon(),
            Message::Closed => {
                if let Some(closed) = self.closed.take() {
                    let _ = closed.send(());
                }
            }
            Message::Failed(message) => self.lose_nursery(message),
        }
    }

    /// The nursery has failed, and the workers end with it.
    fn lose_nursery(self: &Rc<Self>, message: String) {
        if self.nursery_is_lost.replace(true) {
            return;
        }
        // What has ended already may have no words any more.
        if self.end.borrow().is_none() {
            let trap = Trap::new(TrapKind::Instantiation, message);
            self.process.end(&Outcome::Trapped { thread: ThreadLabel::unnamed(0), trap });
            self.abandon();
        }
        self.host().nursery().terminate();
        self.receive(Message::Closed);
    }

    /// Waits until a worker has the embedder's own imports.
    ///
    /// # Errors
    /// [`Error::ImportsModule`] when the process ends before, because there are none. Nothing of it has run then.
    pub(crate) async fn wait_linked(self: &Rc<Self>, url: String) -> Result<(), Error> {
        let (sender, linked) = oneshot::channel();
        *self.linked.borrow_mut() = Some(sender);
        let process = Process(self.clone());
        match select(linked, pin!(process.wait())).await {
            // A worker that cannot begin is no thread.
            Either::Right((Outcome::Trapped { thread: ThreadLabel { id: 0, .. }, trap }, _)) => {
                Err(Error::ImportsModule { url, message: trap.message })
            }
            _ => Ok(()),
        }
    }

    /// Hands on the messages whose turn it is.
    fn hand_on(&self) {
        loop {
            let Some(message) = self.inbox.borrow_mut().take() else { return };
            match message {
                Message::Output { stream, bytes, .. } => {
                    let length = bytes.length();
                    let sink = if stream == 0 { &self.sinks.stdout } else { &self.sinks.stderr };
                    sink(&bytes);
                    output::handed_on(self.host().control(), self.host().region(), length);
                }
                Message::Event { event, .. } => {
                    if let Some(on_event) = &self.sinks.on_event {
                        on_event(&event);
                    }
                }
                _ => {}
            }
        }
    }

    /// The workers that are left were told to end: waits until they are gone, and counts their threads out.
    fn abandon(self: &Rc<Self>) {
        let running = self.clone();
        spawn_local(async move {
            running.host().nursery().gone().await;
            running.was_terminated.set(true);
            running.process.abandon();
            running.host().pool().abandon();
            running.host().control().give_back_slabs(running.host().region().base);
            // Its threads may have stopped before, and messages of theirs are missing.
            running.finish_if_all_is_there();
        });
    }

    /// Waits for the end of all threads.
    pub(crate) async fn watch(self: Rc<Self>) {
        let signal = self.process.end_signal();
        let place = self.host().place(signal);
        let control = self.host().control();
        while control.load(place) == 0 {
            control.wait_while(place, 0).await;
        }
        self.is_done.set(true);
        self.finish_if_all_is_there();
    }

    /// Tells those who wait, once every thread has stopped and every message is there.
    fn finish_if_all_is_there(self: &Rc<Self>) {
        if !self.is_done.get() || self.end.borrow().is_some() {
            return;
        }
        let host = self.host();
        let sent = host.control().load(host.region().word(header::SENT));
        if self.inbox.borrow().taken() != sent && !self.was_terminated.get() {
            return;
        }
        let Some(outcome) = self.process.outcome() else { return };
        let program = &self.program.0;
        let outcome = backtrace::explain(outcome, &program.wasm, program.section.functions);
        *self.end.borrow_mut() = Some((outcome, self.stats()));
        self.let_go_of_notifiers();
        for waiter in self.waiters.take() {
            let _ = waiter.send(());
        }
        spawn_local(self.clone().clean());
    }

    /// Gives everything back, once nobody looks at it any more.
    async fn clean(self: Rc<Self>) {
        let host = self.host();
        if !self.nursery_is_lost.get() {
            let (sender, closed) = oneshot::channel();
            *self.closed.borrow_mut() = Some(sender);
            host.nursery().post("close");
            let _ = closed.await;
        }
        host.nursery().gone().await;
        host.pool().abandon();
        host.control().give_back_slabs(host.region().base);
        host.control().give_back_slabs(!host.region().base);
        host.control().fetch_sub(PAGE_WORKERS, 1);
        host.control().give_back(host.region().base, self.words);
        self.program.0.runtime.refill();
        // The workers' scripts have ended; no event tells when their threads have.
        script::sleep(LINGER).await;
        host.nursery().terminate();
    }
}

fn text(bytes: &js_sys::Uint8Array) -> String {
    let text = String::from_utf8_lossy(&bytes.to_vec()).into_owned();
    text.strip_suffix('\n').map(Into::into).unwrap_or(text)
}

fn join(types: &[ValueType]) -> String {
    types.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ")
}
