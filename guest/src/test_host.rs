//! A host for this crate's own tests: the calls of the ABI that the crate makes, on threads of `std`.
//!
//! It needs nothing that Miri lacks, so Miri can check the guest's side. A guest's address is an address of this process: the
//! guest exposes what it passes to the host, and the host makes a pointer of it again. One lock and one condition variable
//! serve every wait, because a test has few threads.

use std::cell::{Cell, RefCell};
use std::collections::HashMap;
use std::io::Write;
use std::mem::transmute;
use std::ptr::with_exposed_provenance;
use std::sync::atomic::AtomicU32;
use std::sync::atomic::Ordering::{Acquire, Relaxed, Release};
use std::sync::{Arc, Condvar, LazyLock, Mutex, MutexGuard, PoisonError};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

use raddle_runtime_api::abi::mutex::{OWNER_DIED, OWNER_MASK, WAITERS};
use raddle_runtime_api::abi::{PointerWidth, Status, attributes};

/// The threads of a process that nobody has joined.
type Process = Arc<Mutex<HashMap<u32, JoinHandle<()>>>>;

/// Who waits where: an address, and a number that no other wait has.
#[derive(Default)]
struct Waiters {
    queue: Vec<(usize, u64)>,
    last: u64,
}

static WAITERS_OF_ALL: Mutex<Waiters> = Mutex::new(Waiters { queue: Vec::new(), last: 0 });
static CHANGED: Condvar = Condvar::new();
static DESTRUCTORS: Mutex<Vec<usize>> = Mutex::new(Vec::new());
static ORIGIN: LazyLock<Instant> = LazyLock::new(Instant::now);

thread_local! {
    static ID: Cell<u32> = Cell::new(new_id());
    static VALUES: RefCell<HashMap<i32, usize>> = RefCell::default();
    static PROCESS: RefCell<Process> = RefCell::default();
}

/// Runs a process with that main thread, until all its threads have ended.
pub(crate) fn run(main: impl FnOnce() + Send + 'static) {
    let process = Process::default();
    let main = thread::spawn({
        let process = Arc::clone(&process);
        move || {
            PROCESS.replace(process);
            main();
            run_destructors();
        }
    });
    main.join().expect("no panic in main");
    loop {
        let next = lock(&process).drain().next();
        let Some((_, thread)) = next else { break };
        thread.join().expect("no panic in a thread");
    }
}

fn new_id() -> u32 {
    static LAST: AtomicU32 = AtomicU32::new(0);
    // Relaxed: only that the numbers differ matters.
    LAST.fetch_add(1, Relaxed) + 1
}

/// Nothing panics under these locks.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// When a time-out of the ABI is over, `None` if never.
fn deadline(timeout: i64) -> Option<Instant> {
    u64::try_from(timeout).ok().map(|nanoseconds| Instant::now() + Duration::from_nanos(nanoseconds))
}

/// # Safety
/// The guest must have passed the address of a word that is alive.
unsafe fn word<'a>(address: usize) -> &'a AtomicU32 {
    // SAFETY: by this function's contract; the guest exposed the address.
    unsafe { &*with_exposed_provenance::<AtomicU32>(address) }
}

/// # Safety
/// The guest must have passed an address where the host may write, or 0.
unsafe fn store(address: usize, value: u32) {
    if address != 0 {
        // SAFETY: by this function's contract; the guest exposed the address.
        unsafe { std::ptr::with_exposed_provenance_mut::<u32>(address).write(value) };
    }
}

/// # Safety
/// The guest must have passed that many bytes, which are alive.
unsafe fn bytes<'a>(address: usize, len: usize) -> &'a [u8] {
    if len == 0 {
        return &[];
    }
    // SAFETY: by this function's contract; the guest exposed the address.
    unsafe { std::slice::from_raw_parts(with_exposed_provenance(address), len) }
}

/// Blocks until a wake-up at the address or the deadline, and says whether it was the former.
fn block(mut waiters: MutexGuard<'_, Waiters>, address: usize, deadline: Option<Instant>) -> bool {
    waiters.last += 1;
    let own = (address, waiters.last);
    waiters.queue.push(own);
    while waiters.queue.contains(&own) {
        let left = deadline.map(|deadline| deadline.saturating_duration_since(Instant::now()));
        waiters = match left {
            None => CHANGED.wait(waiters).unwrap_or_else(PoisonError::into_inner),
            Some(Duration::ZERO) => {
                waiters.queue.retain(|waiter| *waiter != own);
                return false;
            }
            Some(left) => CHANGED.wait_timeout(waiters, left).unwrap_or_else(PoisonError::into_inner).0,
        };
    }
    true
}

/// Wakes at most `count` who are blocked at the address, all if it is negative, and says how many.
fn wake(waiters: &mut Waiters, address: usize, count: i32) -> i32 {
    let (before, mut left) = (waiters.queue.len(), u32::try_from(count).unwrap_or(u32::MAX));
    waiters.queue.retain(|waiter| {
        let is_woken = waiter.0 == address && left > 0;
        left -= u32::from(is_woken);
        !is_woken
    });
    CHANGED.notify_all();
    i32::try_from(before - waiters.queue.len()).expect("few threads")
}

fn run_destructors() {
    for _round in 0..4 {
        for (key, value) in VALUES.take() {
            let destructor = lock(&DESTRUCTORS)[key as usize];
            if destructor != 0 && value != 0 {
                // SAFETY: the guest made the key with a function of this type, which may be called with the values that are
                // set for it.
                unsafe { transmute::<*const (), extern "C" fn(usize)>(with_exposed_provenance(destructor))(value) };
            }
        }
    }
}

pub(crate) unsafe fn thread_spawn(start: usize, arg: usize, attr: usize, out: usize) -> i32 {
    let layout = attributes::AttributeLayout::new(if size_of::<usize>() == 8 {
        PointerWidth::Bits64
    } else {
        PointerWidth::Bits32
    });
    // SAFETY: the guest's attributes are alive during the call, with a name that is.
    let name = unsafe {
        let field = |offset: u32| with_exposed_provenance::<usize>(attr + offset as usize).read();
        bytes(field(layout.name), field(layout.name_len))
    };
    let (id, process) = (new_id(), PROCESS.with_borrow(Arc::clone));
    // SAFETY: `out` is where the host may write a u32.
    unsafe { store(out, id) };
    let thread = thread::Builder::new().name(String::from_utf8_lossy(name).into_owned()).spawn({
        let process = Arc::clone(&process);
        move || {
            ID.set(id);
            PROCESS.replace(process);
            // SAFETY: the guest passed a start function of this type, which may be called once with the argument.
            unsafe { transmute::<*const (), extern "C" fn(usize) -> usize>(with_exposed_provenance(start))(arg) };
            run_destructors();
        }
    });
    match thread {
        Ok(thread) => {
            lock(&process).insert(id, thread);
            Status::Ok.code()
        }
        Err(_) => Status::Again.code(),
    }
}

pub(crate) unsafe fn thread_join(tid: i32, _timeout: i64, _out: usize) -> i32 {
    let process = PROCESS.with_borrow(Arc::clone);
    let thread = lock(&process).remove(&tid.cast_unsigned());
    let Some(thread) = thread else { return Status::NoThread.code() };
    thread.join().expect("no panic in a thread");
    Status::Ok.code()
}

/// Leaves the thread to [`run`], which waits for all.
pub(crate) fn thread_detach(_tid: i32) -> i32 {
    Status::Ok.code()
}

pub(crate) fn thread_id() -> i32 {
    ID.get().cast_signed()
}

pub(crate) fn thread_yield() {
    thread::yield_now();
}

pub(crate) fn thread_sleep(duration: i64) -> i32 {
    thread::sleep(Duration::from_nanos(duration.cast_unsigned()));
    Status::Ok.code()
}

pub(crate) fn thread_parallelism() -> i32 {
    thread::available_parallelism().map_or(0, |number| i32::try_from(number.get()).unwrap_or(i32::MAX))
}

pub(crate) fn process_exit(code: i32) -> ! {
    std::process::exit(code)
}

pub(crate) unsafe fn process_abort(message: usize, len: usize) -> ! {
    // SAFETY: the guest's message is alive. What cannot be written is lost.
    let _ = std::io::stderr().write_all(unsafe { bytes(message, len) });
    std::process::abort()
}

pub(crate) unsafe fn write(fd: i32, ptr: usize, len: usize) -> i32 {
    // SAFETY: the guest's bytes are alive.
    let bytes = unsafe { bytes(ptr, len) };
    let written = if fd == 1 { std::io::stdout().write_all(bytes) } else { std::io::stderr().write_all(bytes) };
    written.map_or(Status::Invalid, |()| Status::Ok).code()
}

pub(crate) fn clock_now() -> i64 {
    i64::try_from(ORIGIN.elapsed().as_nanos()).expect("less than 292 years")
}

pub(crate) unsafe fn wait32(addr: usize, expected: i32, timeout: i64) -> i32 {
    let waiters = lock(&WAITERS_OF_ALL);
    // SAFETY: the guest's word is alive.
    if unsafe { word(addr) }.load(Relaxed) != expected.cast_unsigned() {
        return 1;
    }
    if block(waiters, addr, deadline(timeout)) { 0 } else { 2 }
}

pub(crate) unsafe fn notify(addr: usize, count: i32) -> i32 {
    wake(&mut lock(&WAITERS_OF_ALL), addr, count)
}

pub(crate) unsafe fn mutex_lock(mutex: usize, timeout: i64) -> i32 {
    // SAFETY: the guest's word is alive.
    let (word, id) = (unsafe { word(mutex) }, ID.get());
    loop {
        let waiters = lock(&WAITERS_OF_ALL);
        let now = word.load(Relaxed);
        let owner = now & OWNER_MASK;
        let waited_for = waiters.queue.iter().any(|waiter| waiter.0 == mutex);
        let next = match owner {
            0 => id | if waited_for { WAITERS } else { 0 },
            owner if owner == id => return Status::Deadlock.code(),
            _ if timeout == 0 => return Status::Busy.code(),
            owner => owner | WAITERS,
        };
        // Acquire pairs with the Release of the last unlock, here or in the guest.
        let is_changed = word.compare_exchange(now, next, Acquire, Relaxed).is_ok();
        if is_changed && owner == 0 {
            return if now & OWNER_DIED == 0 { Status::Ok } else { Status::OwnerDied }.code();
        }
        if is_changed {
            block(waiters, mutex, None);
        }
    }
}

pub(crate) unsafe fn mutex_unlock(mutex: usize) -> i32 {
    let mut waiters = lock(&WAITERS_OF_ALL);
    // SAFETY: the guest's word is alive.
    let word = unsafe { word(mutex) };
    if word.load(Relaxed) & OWNER_MASK != ID.get() {
        return Status::NotOwner.code();
    }
    // Release pairs with the Acquire of the next lock. A word with waiters is not changed by guests.
    word.store(0, Release);
    wake(&mut waiters, mutex, 1);
    Status::Ok.code()
}

pub(crate) unsafe fn cond_wait(cond: usize, mutex: usize, timeout: i64) -> i32 {
    let mut waiters = lock(&WAITERS_OF_ALL);
    // SAFETY: the guest's word is alive.
    unsafe { word(mutex) }.store(0, Release);
    wake(&mut waiters, mutex, 1);
    let is_woken = block(waiters, cond, deadline(timeout));
    // SAFETY: as for the caller.
    match unsafe { mutex_lock(mutex, -1) } {
        0 if !is_woken => Status::TimedOut.code(),
        status => status,
    }
}

pub(crate) unsafe fn cond_notify(cond: usize, count: i32) -> i32 {
    wake(&mut lock(&WAITERS_OF_ALL), cond, count)
}

pub(crate) unsafe fn tls_create(destructor: usize, out: usize) -> i32 {
    let mut destructors = lock(&DESTRUCTORS);
    // SAFETY: `out` is where the host may write a u32.
    unsafe { store(out, u32::try_from(destructors.len()).expect("few keys")) };
    destructors.push(destructor);
    Status::Ok.code()
}

pub(crate) unsafe fn tls_set(key: i32, value: usize) -> i32 {
    VALUES.with_borrow_mut(|values| values.insert(key, value));
    Status::Ok.code()
}
