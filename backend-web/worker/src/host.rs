//! [`WebHost`]: the primitives, for the process that this agent is of.

use std::convert::Infallible;

use raddle_runtime_api::{
    Capabilities, Event, GuestBytes, Host, LaunchError, Process, StartJob, Stream, Tried, Words, abi::Status,
};
use raddle_web_shared::{
    capabilities, clock, event,
    output::{self, MOST},
    pool::{Park, Pool, Put, Refused},
    region::{Part, Region, header},
};

use crate::{agent::AGENT, memory::WebMemory, sys, words::SharedWords};

/// How long a sender waits for the page before it looks whether the process has ended, in nanoseconds.
const LOOK_AGAIN: i64 = 20_000_000;

#[derive(Debug, Clone, Copy)]
pub(crate) struct WebHost;

impl WebHost {
    /// The process, once this agent is attached to it.
    pub(crate) fn process(self) -> Option<Process<WebHost>> {
        Process::attach(self).ok()
    }

    pub(crate) fn pool(self) -> Pool<WebHost> {
        Pool::new(self, region())
    }

    /// Sends a message that carries so many bytes. The output lock is held.
    fn send(self, send: impl FnOnce(u32), bytes: usize) {
        send(output::count(&SharedWords, region(), output::weight(bytes)));
        self.wait_for_room();
    }

    /// Waits until so little is under way to the page that more may be sent, or the process has ended.
    fn wait_for_room(self) {
        loop {
            let (under_way, handed_on) = output::under_way(&SharedWords, region());
            if under_way <= MOST || self.process().is_none_or(|process| process.has_ended()) {
                return;
            }
            sys::words::wait(region().word(header::HANDED_ON) * 4, handed_on, LOOK_AGAIN);
        }
    }
}

fn region() -> Region {
    AGENT.with(|agent| agent.region.get())
}

impl Park for WebHost {
    type Words = SharedWords;

    fn words(&self) -> &SharedWords {
        &SharedWords
    }

    fn park(&self, word: u32, expected: u32) {
        sys::words::wait(word * 4, expected, -1);
    }

    fn unpark(&self, word: u32, count: u32) {
        sys::words::notify(word * 4, count);
    }
}

/// The words of `raddle-runtime-api`, in this agent's region.
pub(crate) struct RuntimeWords;

impl RuntimeWords {
    fn part() -> Part<SharedWords> {
        Part::new(SharedWords, region().runtime())
    }
}

impl Words for RuntimeWords {
    fn load(&self, at: u32) -> u32 {
        Self::part().load(at)
    }
    fn store(&self, at: u32, value: u32) {
        Self::part().store(at, value);
    }
    fn swap(&self, at: u32, value: u32) -> u32 {
        Self::part().swap(at, value)
    }
    fn compare_exchange(&self, at: u32, current: u32, new: u32) -> Result<u32, u32> {
        Self::part().compare_exchange(at, current, new)
    }
    fn fetch_add(&self, at: u32, value: u32) -> u32 {
        Self::part().fetch_add(at, value)
    }
    fn fetch_sub(&self, at: u32, value: u32) -> u32 {
        Self::part().fetch_sub(at, value)
    }
    fn fetch_or(&self, at: u32, bits: u32) -> u32 {
        Self::part().fetch_or(at, bits)
    }
    fn fence(&self) {
        SharedWords.fence();
    }
}

impl Host for WebHost {
    type Words = RuntimeWords;
    type Memory = WebMemory;
    type Interests = Infallible;

    fn words(&self) -> &RuntimeWords {
        &RuntimeWords
    }

    fn memory(&self) -> &WebMemory {
        &WebMemory
    }

    fn park(&self, word: u32, expected: u32, deadline: Option<u64>) {
        let timeout = match deadline.map(|deadline| deadline.saturating_sub(self.now())) {
            Some(0) => return,
            Some(timeout) => i64::try_from(timeout).unwrap_or(i64::MAX),
            None => -1,
        };
        sys::words::wait(RuntimeWords::part().index(word) * 4, expected, timeout);
    }

    fn park_outside(&self, _: u32, _: u32, _: Option<u64>, interests: &Infallible) {
        match *interests {}
    }

    fn unpark_one(&self, word: u32) {
        sys::words::notify(RuntimeWords::part().index(word) * 4, 1);
    }

    fn unpark_all(&self, word: u32) {
        sys::words::notify(RuntimeWords::part().index(word) * 4, u32::MAX);
    }

    fn launch(&self, job: StartJob, name: &str) -> Result<(), LaunchError> {
        let raw = job.into_raw();
        let pool = self.pool();
        let put = pool.put(raw);
        if put == Ok(Put::WorkerNeeded) {
            sys::ask_for_worker(name);
        }
        let sure = put.and_then(|put| if put == Put::Taken { Ok(()) } else { pool.settle(raw) });
        let reason = match sure {
            Ok(()) => return Ok(()),
            Err(Refused::TooManyWorkers) => "the page has as many workers as it may: see maxWorkers",
            Err(Refused::NoWorker) => "the browser starts no more workers for this site",
            Err(Refused::Closed) => "the process has ended",
        };
        Err(LaunchError { job: StartJob::from_raw(raw), reason: reason.into() })
    }

    fn interrupt(&self, _live: u32) {
        self.pool().close();
        // The nursery ends those that compute.
        sys::ended();
    }

    fn now(&self) -> u64 {
        let now = clock::nanoseconds(AGENT.with(|agent| agent.origin.get()), sys::now());
        sys::words::raise64(region().word(header::LATEST) * 4, now)
    }

    fn parallelism(&self) -> u32 {
        SharedWords.load(region().word(header::PARALLELISM)).max(1)
    }

    fn yield_now(&self) {
        // Workers have no such call, and each has a thread of the system's.
    }

    fn write(&self, stream: Stream, bytes: &mut GuestBytes<'_, WebMemory>) -> Tried<Status, Infallible> {
        output::in_order(&self.pool(), || {
            while let Some(chunk) = bytes.next_chunk() {
                self.send(|number| sys::output(number, output::stream_number(stream), chunk), chunk.len());
            }
        });
        Tried::Done(Status::Ok)
    }

    fn event(&self, event: &Event) {
        let is_wanted = AGENT.with(|agent| agent.events.get());
        if let Some(bytes) = is_wanted.then(|| event::encode(event)).flatten() {
            output::in_order(&self.pool(), || self.send(|number| sys::event(number, &bytes), bytes.len()));
        }
        // After what may take a while: others count on this worker from here on.
        if let Event::ThreadEnded { .. } = event {
            self.pool().finish();
        }
    }

    fn capabilities(&self) -> Capabilities {
        capabilities()
    }
}
