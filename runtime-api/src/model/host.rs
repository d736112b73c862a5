//! The checker's host.

use alloc::{
    boxed::Box,
    collections::{BTreeMap, VecDeque},
    sync::Arc,
    vec::Vec,
};
use core::{
    fmt,
    sync::atomic::{AtomicU32, AtomicU64, Ordering::SeqCst},
};
use std::sync::{Mutex, OnceLock, PoisonError};

use shuttle::{
    current::{self, TaskId},
    rand::{Rng, thread_rng},
    sync::{Condvar, atomic::AtomicBool},
    thread::JoinHandle,
};

use super::{
    Defect,
    program::{ClosureInstance, Functions},
};
use crate::{
    AtomicWords, Capabilities, Config, Event, GuestBytes, GuestMemory, Host, LaunchError, MemoryFault, StartJob,
    Stream, Tried, Words,
    abi::Status,
    memory_host::PlainMemory,
    protocols::end::{CLAIMED, PUBLISHED},
    words::{Header, WordLayout},
};

/// How likely a timed park is to end by its time-out, each time that it is tried.
const TIME_OUT: f64 = 0.2;

/// How likely any other park is to end for no reason.
const SPURIOUS: f64 = 0.2;

/// How many choices there are where a defect leaves a gap.
const GAP: u32 = 8;

#[derive(Clone)]
pub(super) struct ModelHost(pub(super) Arc<Shared>);

pub(super) struct Shared {
    words: ModelWords,
    memory: ModelMemory,
    pub(super) functions: Functions,
    defect: Defect,
    /// Who is parked, by word. Its lock is what makes park and unpark atomic.
    parked: shuttle::sync::Mutex<BTreeMap<u32, Arc<Condvar>>>,
    clock: AtomicU64,
    /// How many launches succeed; after that they fail.
    launches: AtomicU32,
    threads: Mutex<Vec<JoinHandle<()>>>,
    events: Mutex<Vec<Event>>,
    /// Whose call has begun to write and is not done.
    writer: Mutex<Option<usize>>,
}

impl fmt::Debug for ModelHost {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("ModelHost")
    }
}

/// Gives the checker a choice: everything up to the thread's next choice happens at once.
struct Choice(AtomicBool);

impl Choice {
    fn point(&self) {
        self.0.load(SeqCst);
    }

    /// Time enough for the others to do much.
    fn gap(&self) {
        for _ in 0..GAP {
            self.point();
        }
    }
}

impl ModelHost {
    pub(super) fn new(config: &Config, functions: Functions, defect: Defect, launches: u32) -> ModelHost {
        ModelHost(Arc::new(Shared {
            words: ModelWords {
                choice: Choice(AtomicBool::new(false)),
                words: AtomicWords::zeroed(config.words()),
                layout: OnceLock::new(),
                defect,
                late: Mutex::default(),
            },
            memory: ModelMemory {
                choice: Choice(AtomicBool::new(false)),
                memory: PlainMemory::new(config.memory.initial, config.memory.maximum),
                torn: defect == Defect::TornMemory,
            },
            functions,
            defect,
            parked: shuttle::sync::Mutex::default(),
            clock: AtomicU64::new(0),
            launches: AtomicU32::new(launches),
            threads: Mutex::default(),
            events: Mutex::default(),
            writer: Mutex::default(),
        }))
    }

    pub(super) fn events(&self) -> Vec<Event> {
        self.0.events.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Waits until every thread that was launched has returned.
    pub(super) fn join_threads(&self) {
        loop {
            let thread = self.0.threads.lock().unwrap_or_else(PoisonError::into_inner).pop();
            let Some(thread) = thread else { return };
            thread.join().expect("a thread that does not panic");
        }
    }

    /// Blocks while the word holds what is expected and nothing else is there to wake up for.
    fn park_unless(&self, word: u32, expected: u32, deadline: Option<u64>, is_called: impl Fn() -> bool) {
        self.0.words.settle_all();
        if let Some(deadline) = deadline {
            // It may return for no reason, so it need not block: the caller looks again. Time passes here and nowhere
            // else.
            if self.0.words.load(word) == expected && thread_rng().gen_bool(TIME_OUT) {
                self.0.clock.fetch_max(deadline, SeqCst);
            }
            shuttle::thread::yield_now();
            return;
        }
        if thread_rng().gen_bool(SPURIOUS) {
            shuttle::thread::yield_now();
            return;
        }
        let holds = || self.0.words.words.load(word) == expected && !is_called();
        if self.0.defect == Defect::ParkMissesChanges && !holds() {
            return;
        }
        let mut parked = self.0.parked.lock().unwrap_or_else(PoisonError::into_inner);
        let condvar = parked.entry(word).or_default().clone();
        if self.0.defect == Defect::ParkMissesChanges || holds() {
            drop(condvar.wait(parked));
        }
    }

    fn unpark(&self, word: u32, wake: impl Fn(&Condvar)) {
        self.0.words.settle_all();
        let parked = self.0.parked.lock().unwrap_or_else(PoisonError::into_inner);
        if self.0.defect != Defect::UnparkLost
            && let Some(condvar) = parked.get(&word)
        {
            wake(condvar);
        }
    }
}

/// What a guest waits for from outside.
#[derive(Clone, Default)]
pub(super) struct Answer(Arc<AtomicBool>);

impl Answer {
    /// One that is there already.
    fn given() -> Answer {
        Answer(Arc::new(AtomicBool::new(true)))
    }

    /// Whether it is there.
    pub(super) fn is_there(&self) -> bool {
        self.0.load(SeqCst)
    }

    /// Gives it, and wakes whoever waits for it.
    pub(super) fn give(&self, host: &ModelHost) {
        self.0.store(true, SeqCst);
        let parked = host.0.parked.lock().unwrap_or_else(PoisonError::into_inner);
        if host.0.defect != Defect::UnparkLost {
            parked.values().for_each(|condvar| condvar.notify_all());
        }
    }
}

impl Host for ModelHost {
    type Words = ModelWords;
    type Memory = ModelMemory;
    type Interests = Answer;

    fn words(&self) -> &ModelWords {
        &self.0.words
    }

    fn memory(&self) -> &ModelMemory {
        &self.0.memory
    }

    fn park(&self, word: u32, expected: u32, deadline: Option<u64>) {
        self.park_unless(word, expected, deadline, || false);
    }

    fn park_outside(&self, word: u32, expected: u32, deadline: Option<u64>, answer: &Answer) {
        self.park_unless(word, expected, deadline, || answer.is_there());
    }

    fn unpark_one(&self, word: u32) {
        self.unpark(word, Condvar::notify_one);
    }

    fn unpark_all(&self, word: u32) {
        self.unpark(word, Condvar::notify_all);
    }

    fn launch(&self, job: StartJob, _name: &str) -> Result<(), LaunchError> {
        if self.0.launches.load(SeqCst) == 0 {
            return Err(LaunchError { job, reason: "no more threads in this model".into() });
        }
        self.0.launches.fetch_sub(1, SeqCst);
        let host = self.clone();
        let raw = job.into_raw();
        let thread = shuttle::thread::spawn(move || {
            StartJob::from_raw(raw).run(host.clone(), |thread| Ok(ClosureInstance::new(thread)));
            host.0.words.settle_all();
        });
        self.0.threads.lock().unwrap_or_else(PoisonError::into_inner).push(thread);
        Ok(())
    }

    fn interrupt(&self, _live: u32) {}

    fn now(&self) -> u64 {
        self.0.clock.load(SeqCst)
    }

    fn parallelism(&self) -> u32 {
        2
    }

    fn yield_now(&self) {
        shuttle::thread::yield_now();
    }

    /// Takes one byte at a time, each in its own time. No two calls get here at once.
    fn write(&self, _: Stream, bytes: &mut GuestBytes<'_, ModelMemory>) -> Tried<Status, Answer> {
        let mut writer = self.0.writer.lock().unwrap_or_else(PoisonError::into_inner);
        assert!(writer.is_none_or(|writer| writer == me()), "two threads write");
        bytes.consume(1);
        let is_done = bytes.peek().is_none();
        *writer = (!is_done).then(me);
        if is_done { Tried::Done(Status::Ok) } else { Tried::NotYet(Answer::given()) }
    }

    fn event(&self, event: &Event) {
        self.0.events.lock().unwrap_or_else(PoisonError::into_inner).push(event.clone());
    }

    fn capabilities(&self) -> Capabilities {
        Capabilities::all()
    }
}

/// Control words with a choice before every access, and perhaps a defect.
pub(super) struct ModelWords {
    choice: Choice,
    words: AtomicWords,
    layout: OnceLock<WordLayout>,
    defect: Defect,
    /// Writes that have not taken effect yet, of each thread.
    late: Mutex<BTreeMap<usize, VecDeque<LateWrite>>>,
}

/// A write, and how many accesses are to come before it.
type LateWrite = (u32, Box<dyn FnOnce(&AtomicWords) + Send>);

/// How many accesses of its thread a late write lets pass.
const LATENESS: u32 = 8;

fn me() -> usize {
    let task: TaskId = current::me();
    task.into()
}

impl ModelWords {
    /// The word of the process's end.
    fn end(&self) -> u32 {
        Header::new(self, 0).end().index()
    }

    /// From here on the defect is active.
    pub(super) fn created(&self, layout: WordLayout) {
        let _ = self.layout.set(layout);
    }

    /// One access of the calling thread is over: those of its late writes take effect whose time has come.
    fn settle(&self) {
        self.settle_within(1);
    }

    /// All of the calling thread's late writes take effect.
    fn settle_all(&self) {
        self.settle_within(LATENESS);
    }

    fn settle_within(&self, accesses: u32) {
        loop {
            let write = {
                let mut late = self.late.lock().unwrap_or_else(PoisonError::into_inner);
                let Some(late) = late.get_mut(&me()) else { return };
                late.pop_front_if(|(left, _)| *left <= accesses)
            };
            let Some((_, write)) = write else { break };
            self.choice.gap();
            write(&self.words);
        }
        let mut late = self.late.lock().unwrap_or_else(PoisonError::into_inner);
        for (left, _) in late.get_mut(&me()).into_iter().flatten() {
            *left -= accesses;
        }
    }

    fn is(&self, defect: impl Fn(super::Field) -> Defect, at: u32) -> bool {
        let (Defect::Torn(field) | Defect::Late(field)) = self.defect else { return false };
        self.defect == defect(field) && self.layout.get().is_some_and(|layout| field.is_at(self, layout, at))
    }

    /// A change of a word: `change` says what is written, if anything. Answers what the word held.
    fn change(&self, at: u32, change: impl Fn(u32) -> Option<u32> + Send + 'static) -> u32 {
        self.choice.point();
        let old = self.words.load(at);
        if self.is(Defect::Late, at) {
            // What others write in between is changed in its turn.
            let write = move |words: &AtomicWords| {
                if let Some(new) = change(words.load(at)) {
                    words.store(at, new);
                }
            };
            let mut late = self.late.lock().unwrap_or_else(PoisonError::into_inner);
            late.entry(me()).or_default().push_back((LATENESS, Box::new(write)));
            return old;
        }
        if self.is(Defect::Torn, at) {
            self.choice.gap();
        }
        if let Some(new) = change(old) {
            self.words.store(at, new);
        }
        self.settle();
        old
    }
}

impl Words for ModelWords {
    fn load(&self, at: u32) -> u32 {
        self.choice.point();
        let value = self.words.load(at);
        self.settle();
        let is_claimed = self.defect == Defect::ClaimIsEnough && at == self.end() && value == CLAIMED;
        if is_claimed { PUBLISHED } else { value }
    }

    fn store(&self, at: u32, value: u32) {
        self.change(at, move |_| Some(value));
    }

    fn swap(&self, at: u32, value: u32) -> u32 {
        self.change(at, move |_| Some(value))
    }

    fn compare_exchange(&self, at: u32, current: u32, new: u32) -> Result<u32, u32> {
        let old = self.change(at, move |old| (old == current).then_some(new));
        if old == current {
            Ok(old)
        } else {
            // Whoever tries again waits for others: they should come to it. Nobody tries twice to end the process.
            if at != self.end() {
                shuttle::thread::yield_now();
            }
            Err(old)
        }
    }

    fn fetch_add(&self, at: u32, value: u32) -> u32 {
        self.change(at, move |old| Some(old.wrapping_add(value)))
    }

    fn fetch_sub(&self, at: u32, value: u32) -> u32 {
        self.change(at, move |old| Some(old.wrapping_sub(value)))
    }

    fn fetch_or(&self, at: u32, bits: u32) -> u32 {
        self.change(at, move |old| Some(old | bits))
    }

    fn fence(&self) {}
}

/// Guest memory with a choice before every access.
pub(super) struct ModelMemory {
    choice: Choice,
    memory: PlainMemory,
    torn: bool,
}

impl GuestMemory for ModelMemory {
    fn byte_len(&self) -> u64 {
        self.memory.byte_len()
    }

    fn load32(&self, addr: u64) -> Result<u32, MemoryFault> {
        self.choice.point();
        self.memory.load32(addr)
    }

    fn load64(&self, addr: u64) -> Result<u64, MemoryFault> {
        self.choice.point();
        self.memory.load64(addr)
    }

    fn store32(&self, addr: u64, value: u32) -> Result<(), MemoryFault> {
        self.choice.point();
        self.memory.store32(addr, value)
    }

    fn store64(&self, addr: u64, value: u64) -> Result<(), MemoryFault> {
        self.choice.point();
        self.memory.store64(addr, value)
    }

    fn compare_exchange32(&self, addr: u64, current: u32, new: u32) -> Result<Result<u32, u32>, MemoryFault> {
        self.choice.point();
        if !self.torn {
            return self.memory.compare_exchange32(addr, current, new);
        }
        let old = self.memory.load32(addr)?;
        self.choice.gap();
        if old != current {
            return Ok(Err(old));
        }
        self.memory.store32(addr, new).map(|()| Ok(old))
    }

    fn read(&self, addr: u64, into: &mut [u8]) -> Result<(), MemoryFault> {
        self.choice.point();
        self.memory.read(addr, into)
    }

    fn write(&self, addr: u64, bytes: &[u8]) -> Result<(), MemoryFault> {
        self.choice.point();
        self.memory.write(addr, bytes)
    }

    fn grow(&self, pages: u64) -> Option<u64> {
        self.choice.point();
        self.memory.grow(pages)
    }
}
