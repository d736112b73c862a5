//! Closures as guests on the checker's host.

use alloc::{boxed::Box, collections::BTreeSet, rc::Rc, sync::Arc, vec::Vec};
use core::time::Duration;
use std::sync::{Mutex, PoisonError};

use super::{Defect, ModelHost};
use crate::{
    Call, Config, Event, GuestMemory, Host, Instance, InstanceEnd, Limits, MIN_STACK_SIZE, Outcome, Process, Thread,
    ThreadStack, Threads, Trap, TrapKind, Value, Words, abi::Status,
};

type Function = Arc<dyn Fn(&Thread<ModelHost>, u64) -> Call<u64> + Send + Sync>;
type Main = Box<dyn FnOnce(&Thread<ModelHost>) -> Call<()> + Send>;

#[derive(Default)]
pub(super) struct Functions {
    table: Vec<Function>,
    main: Mutex<Option<Main>>,
}

/// A process to be checked.
pub(super) struct Model {
    functions: Functions,
    defect: Defect,
    pub(super) max_threads: u32,
    /// How many threads can be launched, the main one included.
    pub(super) launches: u32,
    /// The limit on waits.
    pub(super) max_wait: Option<Duration>,
}

impl Model {
    pub(super) fn new(defect: Defect) -> Model {
        Model { functions: Functions::default(), defect, max_threads: 6, launches: u32::MAX, max_wait: None }
    }

    /// Adds a function; the number is what `thread_spawn` and `tls_create` take.
    pub(super) fn function(&mut self, f: impl Fn(&Thread<ModelHost>, u64) -> Call<u64> + Send + Sync + 'static) -> u64 {
        self.functions.table.push(Arc::new(f));
        self.functions.table.len() as u64
    }

    /// Makes the process, which is not started yet.
    pub(super) fn create(
        mut self,
        main: impl FnOnce(&Thread<ModelHost>) -> Call<()> + Send + 'static,
    ) -> Process<ModelHost> {
        self.functions.main = Mutex::new(Some(Box::new(main)));
        let mut section = crate::memory_host::Program::new().section;
        section.memory.maximum = 4;
        let limits = Limits {
            max_threads: Some(self.max_threads),
            stack_size: Some(MIN_STACK_SIZE),
            max_wait: self.max_wait,
            ..Limits::default()
        };
        let config = Config::new(&section, &limits).expect("a configuration");
        let process = Process::create(ModelHost::new(&config, self.functions, self.defect, self.launches), &config);
        process.host().words().created(process.kernel.layout);
        process
    }

    /// Starts the process.
    pub(super) fn start(
        self,
        main: impl FnOnce(&Thread<ModelHost>) -> Call<()> + Send + 'static,
    ) -> Process<ModelHost> {
        let process = self.create(main);
        process.start().expect("a main thread");
        process
    }

    /// Runs the process to its end, which must be this one.
    pub(super) fn ends(self, main: impl FnOnce(&Thread<ModelHost>) -> Call<()> + Send + 'static, expected: &Outcome) {
        let process = self.start(main);
        assert_eq!(process.wait(None).as_ref(), Some(expected));
        check_books(&process);
    }

    /// Runs the process until its main thread returns, which it must.
    pub(super) fn returns(self, main: impl FnOnce(&Thread<ModelHost>) -> Call<()> + Send + 'static) {
        self.ends(main, &Outcome::Returned(Vec::new()));
    }
}

/// Whether everything that a process had was given back.
pub(super) fn check_books(process: &Process<ModelHost>) {
    process.host().join_threads();
    let kernel = &process.kernel;
    let header = kernel.header();
    let stats = process.stats();
    assert_eq!((stats.live, stats.slots_in_use), (0, 0), "live threads and slots");
    for word in 0..header.units().load().div_ceil(32) {
        assert_eq!(kernel.words().load(kernel.layout.units + word), 0, "units in use");
    }
    let mut free = BTreeSet::new();
    let mut link = header.free_head().load();
    while let Some(index) = link.checked_sub(1) {
        assert!(free.insert(index), "record {index} is in the free list twice");
        let record = kernel.record(index);
        assert_eq!((record.id().load(), record.wait_kind().load(), record.slot().load()), (0, 0, 0), "a free record");
        link = record.next_free().load();
    }
    assert_eq!(free.len(), header.free_len().load() as usize);
    let (mut started, mut ended) = (Vec::new(), Vec::new());
    for event in process.host().events() {
        match event {
            Event::ThreadStarted { thread, .. } => started.push(thread),
            Event::ThreadEnded { thread } => ended.push(thread),
            _ => {}
        }
    }
    started.sort_unstable();
    ended.sort_unstable();
    assert_eq!(started, ended, "every thread that started has ended, once");
}

/// Spawns a thread and returns its id.
pub(super) fn spawn(thread: &Thread<ModelHost>, function: u64, arg: u64) -> Call<i32> {
    // Every thread has a word of its own to store the id in.
    let out = 0x8000 + 4 * u64::from(thread.index);
    assert_eq!(thread.thread_spawn(function, arg, 0, out)?, Status::Ok);
    Ok(thread.load(out) as i32)
}

/// What closures use in place of loads and stores.
impl Thread<ModelHost> {
    pub(super) fn load(&self, addr: u64) -> u32 {
        self.host().memory().load32(addr).expect("an address inside memory")
    }

    pub(super) fn store(&self, addr: u64, value: u32) {
        self.host().memory().store32(addr, value).expect("an address inside memory");
    }

    pub(super) fn exchange(&self, addr: u64, current: u32, new: u32) -> bool {
        self.host().memory().compare_exchange32(addr, current, new) == Ok(Ok(current))
    }

    pub(super) fn fetch_add(&self, addr: u64, value: u32) -> u32 {
        loop {
            let old = self.load(addr);
            if self.exchange(addr, old, old.wrapping_add(value)) {
                return old;
            }
        }
    }
}

pub(super) struct ClosureInstance {
    thread: Rc<Thread<ModelHost>>,
}

impl ClosureInstance {
    pub(super) fn new(thread: Rc<Thread<ModelHost>>) -> ClosureInstance {
        ClosureInstance { thread }
    }
}

impl Instance for ClosureInstance {
    fn fill_hooks(&mut self) -> Result<(), InstanceEnd> {
        Ok(())
    }

    fn init(&mut self, _is_first: bool) -> Result<(), InstanceEnd> {
        Ok(())
    }

    fn enter(&mut self, _stack: ThreadStack) -> Result<(), InstanceEnd> {
        Ok(())
    }

    fn call_constructors(&mut self) -> Result<(), InstanceEnd> {
        Ok(())
    }

    fn call_entry(&mut self) -> Result<Vec<Value>, InstanceEnd> {
        let main = self.thread.host().0.functions.main.lock().unwrap_or_else(PoisonError::into_inner).take();
        main.expect("one main thread")(&self.thread).map(|()| Vec::new()).map_err(InstanceEnd::Unwound)
    }

    fn call(&mut self, function: u64, arg: u64) -> Result<u64, InstanceEnd> {
        let function = self.thread.host().0.functions.table.get(function as usize - 1).cloned();
        let function = function.ok_or_else(|| InstanceEnd::Trapped(Trap::new(TrapKind::TableOutOfBounds, "")))?;
        function(&self.thread, arg).map_err(InstanceEnd::Unwound)
    }

    fn call_destructor(&mut self, function: u64, value: u64) -> Result<(), InstanceEnd> {
        self.call(function, value).map(drop)
    }
}
