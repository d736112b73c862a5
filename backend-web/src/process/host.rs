//! [`PageHost`]: the primitives, as the page has them. It runs no guest code and never blocks.

use std::{convert::Infallible, rc::Rc};

use raddle_runtime_api::{Capabilities, GuestBytes, Host, LaunchError, StartJob, Stream, Tried, Words, abi::Status};
use raddle_web_shared::{
    capabilities, clock,
    names::order,
    pool::{Pool, Refused},
    region::{Part, Region, header},
};

use crate::{
    js,
    memory::{Control, Memory},
    runtime::Nursery,
};

/// The host of one process, on its page. A clone is the same host.
#[derive(Debug, Clone)]
pub(crate) struct PageHost(Rc<Inner>);

#[derive(Debug)]
struct Inner {
    words: Part<Control>,
    memory: Memory,
    region: Region,
    nursery: Rc<Nursery>,
    origin: f64,
}

impl PageHost {
    pub(crate) fn new(control: Control, region: Region, memory: Memory, nursery: Rc<Nursery>) -> PageHost {
        let origin = clock::origin(&control, region);
        PageHost(Rc::new(Inner { words: Part::new(control, region.runtime()), memory, region, nursery, origin }))
    }

    pub(crate) fn control(&self) -> &Control {
        self.0.words.whole()
    }

    pub(crate) fn region(&self) -> Region {
        self.0.region
    }

    pub(crate) fn nursery(&self) -> &Nursery {
        &self.0.nursery
    }

    pub(crate) fn pool(&self) -> Pool<Control> {
        Pool::new(self.control().clone(), self.0.region)
    }

    /// Where one of the process's own words is among all.
    pub(crate) fn place(&self, word: u32) -> u32 {
        self.0.words.index(word)
    }
}

impl Host for PageHost {
    type Words = Part<Control>;
    type Memory = Memory;
    type Interests = Infallible;

    fn words(&self) -> &Part<Control> {
        &self.0.words
    }

    fn memory(&self) -> &Memory {
        &self.0.memory
    }

    fn park(&self, _: u32, _: u32, _: Option<u64>) {
        // A page never blocks. It waits for locks alone, which are held for tens of instructions: it looks again.
    }

    fn park_outside(&self, _: u32, _: u32, _: Option<u64>, interests: &Infallible) {
        match *interests {}
    }

    fn unpark_one(&self, word: u32) {
        self.control().notify(self.place(word), 1);
    }

    fn unpark_all(&self, word: u32) {
        self.control().notify(self.place(word), u32::MAX);
    }

    fn launch(&self, job: StartJob, _name: &str) -> Result<(), LaunchError> {
        let raw = job.into_raw();
        // The page launches the main thread alone, whose worker the nursery adds when it is told to start.
        let reason = match self.pool().put(raw) {
            Ok(_) => return Ok(()),
            Err(Refused::TooManyWorkers | Refused::NoWorker) => "the page has as many workers as it may",
            Err(Refused::Closed) => "the process has ended",
        };
        Err(LaunchError { job: StartJob::from_raw(raw), reason: reason.into() })
    }

    fn interrupt(&self, _live: u32) {
        self.pool().close();
        self.nursery().post(order::ENDED);
    }

    fn now(&self) -> u64 {
        clock::nanoseconds(self.0.origin, js::now())
    }

    fn parallelism(&self) -> u32 {
        self.control().load(self.0.region.word(header::PARALLELISM))
    }

    fn yield_now(&self) {}

    fn write(&self, _: Stream, _: &mut GuestBytes<'_, Memory>) -> Tried<Status, Infallible> {
        // No guest's call gets here.
        Tried::Done(Status::Unsupported)
    }

    fn capabilities(&self) -> Capabilities {
        capabilities()
    }
}
