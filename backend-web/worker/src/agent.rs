//! What this instance knows: there is one for each agent.

use std::cell::{Cell, RefCell};

use raddle_runtime_api::{Unwind, Value, Words};
use raddle_web_shared::{clock, region::Region};

use crate::words::SharedWords;

/// How many bytes of a text from the script are kept.
pub(crate) const TEXT: usize = 16 * 1024;

pub(crate) struct Agent {
    /// The process's region; before [`attach`](Agent::attach), nothing that may be used.
    pub(crate) region: Cell<Region>,
    /// The origin of its clock, in milliseconds.
    pub(crate) origin: Cell<f64>,
    /// Whether the embedder wants events.
    pub(crate) events: Cell<bool>,
    /// Why the guest is unwound, until somebody has caught the trap that does it.
    pub(crate) unwind: Cell<Option<Unwind>>,
    /// What the entry returned.
    pub(crate) results: RefCell<Vec<Value>>,
    /// What browsers call the guest's module in stacks.
    pub(crate) guest_name: RefCell<Option<String>>,
    /// Text from the script.
    pub(crate) text: RefCell<Box<[u8]>>,
}

thread_local! {
    /// A wasm module without threads has one thread: this is a static without a lock.
    pub(crate) static AGENT: Agent = Agent {
        region: Cell::new(Region { base: 0, capacity: 1 }),
        origin: Cell::new(0.0),
        events: Cell::new(false),
        unwind: Cell::new(None),
        results: RefCell::default(),
        guest_name: RefCell::default(),
        text: RefCell::new(vec![0; TEXT].into()),
    };
}

impl Agent {
    pub(crate) fn attach(&self, base: u32) {
        let region = Region::of(&SharedWords, base);
        self.region.set(region);
        self.origin.set(clock::origin(&SharedWords, region));
        self.events.set(SharedWords.load(region.word(raddle_web_shared::region::header::EVENTS)) != 0);
    }
}
