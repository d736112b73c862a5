//! Mutexes whose words are never twice the same: a guest can write faster than the host can look. No call waits for
//! such a word to stand still longer than it was asked to wait, and nobody else waits for it at all.
//!
//! The host of this test is the smallest that there can be: closures, threads that spin where others park, and a memory
//! that plays the guest's part.

use std::{
    convert::Infallible,
    rc::Rc,
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering::SeqCst},
    },
    thread,
    time::{Duration, Instant},
};

use raddle_runtime_api::{
    AtomicWords, Call, Capabilities, Config, Event, GuestBytes, GuestMemory, Host, Instance, InstanceEnd, LaunchError,
    Limits, MemoryFault, Outcome, Process, StartJob, Stream, Thread, ThreadStack, Threads, TrapKind, Tried, Value,
    abi::{FOREVER, Status, mutex::WAITERS},
    memory_host::Program,
};

/// A word that names another owner at each look, and none of them exists.
const RESTLESS: u64 = 0x1000;
/// A mutex of the main thread's that others wait for, however often it is written.
const OWN: u64 = 0x1004;
/// Words that nobody touches; so many that every bucket is some word's.
const OTHERS: std::ops::Range<u64> = 0x2000..0x3000;

/// Longer than anything here should take.
const PATIENCE: Duration = Duration::from_secs(60);

#[derive(Clone)]
struct Restless(Arc<Shared>);

struct Shared {
    words: AtomicWords,
    memory: RestlessMemory,
    main: fn(&Thread<Restless>) -> Call<()>,
    origin: Instant,
}

/// A memory whose first words change by themselves, between any two looks; the rest is always 0.
#[derive(Default)]
struct RestlessMemory(AtomicU64);

impl GuestMemory for RestlessMemory {
    fn byte_len(&self) -> u64 {
        1 << 20
    }

    fn load32(&self, addr: u64) -> Result<u32, MemoryFault> {
        Ok(match addr {
            RESTLESS => 0x1000 + (self.0.fetch_add(1, SeqCst) % 0x1000) as u32,
            OWN => 1 | WAITERS,
            _ => 0,
        })
    }

    fn load64(&self, _: u64) -> Result<u64, MemoryFault> {
        Ok(0)
    }

    fn store32(&self, _: u64, _: u32) -> Result<(), MemoryFault> {
        Ok(())
    }

    fn store64(&self, _: u64, _: u64) -> Result<(), MemoryFault> {
        Ok(())
    }

    fn compare_exchange32(&self, addr: u64, _: u32, _: u32) -> Result<Result<u32, u32>, MemoryFault> {
        self.load32(addr).map(Err)
    }

    fn read(&self, _: u64, into: &mut [u8]) -> Result<(), MemoryFault> {
        into.fill(0);
        Ok(())
    }

    fn write(&self, _: u64, _: &[u8]) -> Result<(), MemoryFault> {
        Ok(())
    }

    fn grow(&self, _: u64) -> Option<u64> {
        None
    }
}

impl Host for Restless {
    type Words = AtomicWords;
    type Memory = RestlessMemory;
    type Interests = Infallible;

    fn words(&self) -> &AtomicWords {
        &self.0.words
    }

    fn memory(&self) -> &RestlessMemory {
        &self.0.memory
    }

    fn park(&self, _: u32, _: u32, _: Option<u64>) {
        thread::yield_now();
    }

    fn park_outside(&self, _: u32, _: u32, _: Option<u64>, interests: &Infallible) {
        match *interests {}
    }

    fn unpark_one(&self, _: u32) {}

    fn unpark_all(&self, _: u32) {}

    fn launch(&self, job: StartJob, _name: &str) -> Result<(), LaunchError> {
        let (host, raw) = (self.clone(), job.into_raw());
        thread::spawn(move || {
            StartJob::from_raw(raw).run(host, |thread| Ok(Locker { thread }));
        });
        Ok(())
    }

    fn interrupt(&self, _live: u32) {}

    fn now(&self) -> u64 {
        self.0.origin.elapsed().as_nanos() as u64
    }

    fn parallelism(&self) -> u32 {
        2
    }

    fn yield_now(&self) {
        thread::yield_now();
    }

    fn write(&self, _: Stream, _: &mut GuestBytes<'_, RestlessMemory>) -> Tried<Status, Infallible> {
        Tried::Done(Status::Unsupported)
    }

    fn event(&self, _: &Event) {}

    fn capabilities(&self) -> Capabilities {
        Capabilities::all()
    }
}

struct Locker {
    thread: Rc<Thread<Restless>>,
}

impl Instance for Locker {
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
        (self.thread.host().0.main)(&self.thread).map(|()| Vec::new()).map_err(InstanceEnd::Unwound)
    }

    /// Every other thread locks the mutex that its argument names, for ever.
    fn call(&mut self, _: u64, mutex: u64) -> Result<u64, InstanceEnd> {
        let locked = self.thread.mutex_lock(mutex, FOREVER);
        locked.map(|status| status.code() as u64).map_err(InstanceEnd::Unwound)
    }

    fn call_destructor(&mut self, _: u64, _: u64) -> Result<(), InstanceEnd> {
        Ok(())
    }
}

fn start(main: fn(&Thread<Restless>) -> Call<()>) -> Process<Restless> {
    start_within(Limits::default(), main)
}

fn start_within(mut limits: Limits, main: fn(&Thread<Restless>) -> Call<()>) -> Process<Restless> {
    limits.max_threads = Some(4);
    let section = raddle_runtime_api::abi::section::ThreadsSection { stack: None, tls: None, ..Program::new().section };
    let config = Config::new(&section, &limits).expect("a plan");
    let words = AtomicWords::zeroed(config.words());
    let shared = Shared { words, memory: RestlessMemory::default(), main, origin: Instant::now() };
    let process = Process::create(Restless(Arc::new(shared)), &config);
    process.start().expect("a thread");
    process
}

#[track_caller]
fn wait(process: &Process<Restless>) -> Outcome {
    let deadline = process.host().now() + PATIENCE.as_nanos() as u64;
    process.wait(Some(deadline)).expect("an end")
}

#[test]
fn a_lock_ends_by_its_time_out() {
    let process = start(|thread| {
        assert_eq!(thread.mutex_lock(RESTLESS, 0)?, Status::Busy);
        assert_eq!(thread.mutex_lock(RESTLESS, 1_000_000)?, Status::TimedOut);
        Ok(())
    });
    assert_eq!(wait(&process), Outcome::Returned(vec![]));
}

#[test]
fn a_lock_ends_by_the_limit_on_waits() {
    let mut limits = Limits::default();
    limits.max_wait = Some(Duration::from_millis(1));
    let process = start_within(limits, |thread| {
        assert_eq!(thread.mutex_lock(RESTLESS, 0)?, Status::Busy);
        assert_eq!(thread.mutex_lock(RESTLESS, 500_000)?, Status::TimedOut, "its time-out comes first");
        thread.mutex_lock(RESTLESS, FOREVER).map(drop)
    });
    let Outcome::Trapped { trap, .. } = wait(&process) else { panic!("{:?}", process.outcome()) };
    assert_eq!(trap.kind, TrapKind::WaitLimit);
}

#[test]
fn others_use_the_bucket_meanwhile_and_the_process_can_be_killed() {
    let process = start(|thread| {
        assert_eq!(thread.thread_spawn(1, RESTLESS, 0, 0)?, Status::Ok);
        for _ in 0..100 {
            thread.thread_yield()?;
            for cond in OTHERS.step_by(4) {
                assert_eq!(thread.cond_notify(cond, -1)?, 0);
            }
        }
        thread.process().end(&Outcome::Killed);
        Ok(())
    });
    assert_eq!(wait(&process), Outcome::Killed);
}

#[test]
fn an_unlock_does_not_wait_for_the_word() {
    let process = start(|thread| {
        assert_eq!(thread.mutex_unlock(OWN)?, Status::Ok);
        Ok(())
    });
    assert_eq!(wait(&process), Outcome::Returned(vec![]));
}
