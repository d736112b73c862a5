//! The host's calls with Rust's types: a pointer is a reference, a time-out a duration, a status a `Result`.

use std::sync::atomic::AtomicU32;
use std::time::Duration;

use raddle_runtime_api::abi::{self, Status, attributes};

use crate::imports;

/// What a call answers: an error is any status but `OK`.
pub(crate) type Result<T = ()> = std::result::Result<T, Status>;

/// A status as a result. A code that this version of the ABI does not know is taken for `INVALID`.
fn result(code: i32) -> Result {
    match Status::from_code(code).unwrap_or(Status::Invalid) {
        Status::Ok => Ok(()),
        status => Err(status),
    }
}

/// A time-out in the ABI's nanoseconds. They reach 292 years; anything longer becomes that.
fn nanoseconds(timeout: Option<Duration>) -> i64 {
    timeout.map_or(abi::FOREVER, |timeout| i64::try_from(timeout.as_nanos()).unwrap_or(i64::MAX))
}

/// The address that the host knows a word by.
fn address(word: &AtomicU32) -> usize {
    word.as_ptr().expose_provenance()
}

/// The attributes of a thread, as the host reads them.
#[repr(C)]
struct Attributes {
    size: u32,
    flags: u32,
    stack_size: usize,
    name: usize,
    name_len: usize,
}

const _: () = {
    let width = if size_of::<usize>() == 8 { abi::PointerWidth::Bits64 } else { abi::PointerWidth::Bits32 };
    let layout = attributes::AttributeLayout::new(width);
    assert!(std::mem::offset_of!(Attributes, size) == layout.size as usize);
    assert!(std::mem::offset_of!(Attributes, flags) == layout.flags as usize);
    assert!(std::mem::offset_of!(Attributes, stack_size) == layout.stack_size as usize);
    assert!(std::mem::offset_of!(Attributes, name) == layout.name as usize);
    assert!(std::mem::offset_of!(Attributes, name_len) == layout.name_len as usize);
    assert!(size_of::<Attributes>() == layout.len as usize);
};

/// Starts a thread that runs `start(arg)` and gives its id.
///
/// # Safety
/// `start(arg)` must be sound to run once, on another thread, at any time from now on, unless this answers an error: then it
/// is never run.
pub(crate) unsafe fn spawn(
    start: extern "C" fn(usize) -> usize,
    arg: usize,
    name: Option<&str>,
    stack_size: usize,
) -> Result<u32> {
    let name = name.unwrap_or("");
    let attributes = Attributes {
        size: size_of::<Attributes>() as u32,
        flags: 0,
        stack_size,
        name: name.as_ptr().expose_provenance(),
        name_len: name.len(),
    };
    let mut tid = 0u32;
    // SAFETY: the attributes and the name outlive the call, `tid` is where the host may write a u32, and the caller vouches for
    // the start function. On this target a function's address is its index in table 0.
    let code = unsafe {
        imports::thread_spawn(
            start as usize,
            arg,
            (&raw const attributes).expose_provenance(),
            (&raw mut tid).expose_provenance(),
        )
    };
    result(code).map(|()| tid)
}

/// Waits for the thread's end. Its value is not asked for: Rust's threads hand theirs over in memory.
pub(crate) fn join(tid: u32) -> Result {
    // SAFETY: with `out` 0 the host writes nothing.
    result(unsafe { imports::thread_join(tid.cast_signed(), abi::FOREVER, 0) })
}

/// Gives up the right to join. An error says that the caller did not have it; nothing has changed then.
pub(crate) fn detach(tid: u32) -> Result {
    result(imports::thread_detach(tid.cast_signed()))
}

/// The calling thread's id, by a call of the host; [`thread::id`](super::thread::id) caches it.
pub(crate) fn thread_id() -> u32 {
    imports::thread_id().cast_unsigned()
}

/// Lets other threads run.
pub(crate) fn yield_now() {
    imports::thread_yield();
}

/// Sleeps for that long.
pub(crate) fn sleep(duration: Duration) -> Result {
    result(imports::thread_sleep(nanoseconds(Some(duration))))
}

/// How many threads can run at the same time.
pub(crate) fn parallelism() -> i32 {
    imports::thread_parallelism()
}

/// Ends the process with that exit code.
pub(crate) fn exit(code: i32) -> ! {
    imports::process_exit(code)
}

/// Ends the process as aborted, with that message.
pub(crate) fn abort(message: &str) -> ! {
    // SAFETY: the host reads the bytes of a live `str`.
    unsafe { imports::process_abort(message.as_ptr().expose_provenance(), message.len()) }
}

/// Writes all the bytes, without any of another call's between them.
pub(crate) fn write(fd: i32, bytes: &[u8]) -> Result {
    // SAFETY: the host reads the bytes of a live slice.
    result(unsafe { imports::write(fd, bytes.as_ptr().expose_provenance(), bytes.len()) })
}

/// Monotonic time since an origin that is the whole process's.
pub(crate) fn clock_now() -> Duration {
    Duration::from_nanos(imports::clock_now().cast_unsigned())
}

/// Sleeps while the word holds `expected`, until a [`notify`] or the end of the time.
pub(crate) fn wait(word: &AtomicU32, expected: u32, timeout: Option<Duration>) {
    // SAFETY: the host reads one aligned word that is alive while `word` is borrowed. Its answer is not needed: whether woken, not
    // equal or timed out, the callers look at the word again.
    unsafe { imports::wait32(address(word), expected.cast_signed(), nanoseconds(timeout)) };
}

/// Wakes at most `count` of the threads that [`wait`] on the word.
pub(crate) fn notify(word: &AtomicU32, count: i32) {
    // SAFETY: an aligned address in memory; the host takes it for a name and does not look there.
    unsafe { imports::notify(address(word), count) };
}

/// Locks a mutex that an inline compare-exchange did not lock. `Some(Duration::ZERO)` tries once.
pub(crate) fn mutex_lock(word: &AtomicU32, timeout: Option<Duration>) -> Result {
    // SAFETY: the host changes one aligned word atomically, as the `AtomicU32` allows.
    result(unsafe { imports::mutex_lock(address(word), nanoseconds(timeout)) })
}

/// Unlocks a mutex that an inline compare-exchange did not unlock.
pub(crate) fn mutex_unlock(word: &AtomicU32) -> Result {
    // SAFETY: as for `mutex_lock`.
    result(unsafe { imports::mutex_unlock(address(word)) })
}

/// Releases the mutex, waits on the condition variable and locks the mutex again.
pub(crate) fn cond_wait(cond: &AtomicU32, mutex: &AtomicU32, timeout: Option<Duration>) -> Result {
    // SAFETY: as for `mutex_lock`, with two words.
    result(unsafe { imports::cond_wait(address(cond), address(mutex), nanoseconds(timeout)) })
}

/// Wakes at most `count` waiters of the condition variable, all of them if it is negative.
pub(crate) fn cond_notify(cond: &AtomicU32, count: i32) {
    // SAFETY: as for `mutex_lock`. How many were woken is of no use to `std`'s shapes.
    unsafe { imports::cond_notify(address(cond), count) };
}

/// Makes a TLS key whose non-zero values are given to `destructor` when their thread ends.
///
/// # Safety
/// `destructor` must be sound to call, on the thread concerned, with any value that is set for the key.
pub(crate) unsafe fn tls_create(destructor: extern "C" fn(usize)) -> Result<u32> {
    let mut key = 0u32;
    // SAFETY: `key` is where the host may write a u32, and the caller vouches for the destructor.
    result(unsafe { imports::tls_create(destructor as usize, (&raw mut key).expose_provenance()) }).map(|()| key)
}

/// Sets the calling thread's value.
///
/// # Safety
/// The key's destructor must be sound to call with the value.
pub(crate) unsafe fn tls_set(key: u32, value: usize) -> Result {
    // SAFETY: vouched for by the caller.
    result(unsafe { imports::tls_set(key.cast_signed(), value) })
}
