//! What the tests of the semantics share: closures as guests, on the in-memory host.

use std::time::{Duration, Instant};

pub(crate) use raddle_runtime_api::{
    Call, GuestMemory, Host, Outcome, Process, Thread, Threads,
    abi::{
        FOREVER,
        Status::{self, Again, Busy, Deadlock, Fault, Invalid, NoThread, NotOwner, OwnerDied, TimedOut, Unsupported},
    },
    memory_host::{MemoryHost, Program},
};

pub(crate) type Guest = Thread<MemoryHost>;

/// The status 0; `Ok` is a result's.
pub(crate) const OK: Status = Status::Ok;

/// A millisecond in the guest's unit.
pub(crate) const MS: i64 = 1_000_000;

/// Where each thread's spawns store ids and its joins store values, 16 bytes a thread. Tests use addresses below.
const SCRATCH: u64 = 0x8000;

/// The address of a word or a pointer that is the calling thread's own.
pub(crate) fn scratch(thread: &Guest) -> u64 {
    SCRATCH + 16 * (thread.thread_id() as u64 % 1024)
}

/// How often to do something, or to how many. Miri is a thousand times slower, and finds by other schedules, one for
/// each seed, what many rounds find natively.
pub(crate) const fn rounds(natively: usize) -> usize {
    match natively.div_ceil(100) {
        _ if !cfg!(miri) => natively,
        few if few < 100 => few,
        _ => 100,
    }
}

/// Spawns a thread and returns its id.
pub(crate) fn spawn(thread: &Guest, function: u64, arg: u64) -> Call<i32> {
    let out = scratch(thread);
    assert_eq!(thread.thread_spawn(function, arg, 0, out)?, OK);
    Ok(thread.load(out) as i32)
}

/// Joins a thread and returns its value.
pub(crate) fn join(thread: &Guest, id: i32) -> Call<u32> {
    let out = scratch(thread) + 8;
    assert_eq!(thread.thread_join(id, FOREVER, out)?, OK, "joining {id}");
    Ok(thread.load(out))
}

/// Waits, as a guest does, until a word of memory is not zero any more.
pub(crate) fn wait_for(thread: &Guest, addr: u64) -> Call<u32> {
    loop {
        match thread.load(addr) {
            0 => drop(thread.wait32(addr, 0, FOREVER)?),
            word => return Ok(word),
        }
    }
}

/// Sets a word of memory and wakes everybody who waits for that.
pub(crate) fn set(thread: &Guest, addr: u64, value: u32) -> Call<()> {
    thread.store(addr, value);
    thread.notify(addr, -1).map(drop)
}

/// Calls the host again and again until this is so; it must come true soon.
pub(crate) fn until(thread: &Guest, what: &str, mut is_so: impl FnMut() -> Call<bool>) -> Call<()> {
    let start = Instant::now();
    while !is_so()? {
        assert!(start.elapsed() < Duration::from_secs(60), "in vain: {what}");
        thread.thread_yield()?;
    }
    Ok(())
}

/// Runs a program whose main thread must return.
#[track_caller]
pub(crate) fn returns(program: Program, main: impl FnOnce(&Guest) -> Call<()> + Send + 'static) {
    let process = program.start(|thread| main(thread).map(|()| Vec::new())).expect("a process that starts");
    assert_eq!(process.wait(None), Some(Outcome::Returned(Vec::new())));
    assert_given_back(&process);
}

/// Everything that a process had was given back.
#[track_caller]
pub(crate) fn assert_given_back(process: &Process<MemoryHost>) {
    let stats = process.stats();
    assert_eq!((stats.live, stats.slots_in_use), (0, 0), "threads and slots left");
}
