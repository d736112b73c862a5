//! The host module of raddle's web backend. Every worker has an instance of it beside the guest's, and so has a
//! process's nursery. The guest imports its exports directly, so that a call of the ABI is a call from wasm to wasm.
//!
//! Each instance has its data in a slab of a memory that all of them share: the build of `raddle-backend-web` rewrites
//! this module so. What is static here is the instance's own, and no instance sees another one's.
//!
//! # Reading order
//! Each uses only those before it.
//!
//! * `sys`: what this module imports itself. It reaches the control words and the guest's memory through tiny modules
//!   that have those memories, and some functions are the worker's script's.
//! * `words` and `memory`: the control words of all processes, and the guest's memory.
//! * `agent`: what this instance knows; `text`: text from the script.
//! * `host`: the primitives that `raddle-runtime-api` stands on.
//! * `imports`: what guests call.
//! * `instance`: one thread's instance.
//! * Here is what the script calls.
//!
//! # What does not belong here
//! What threads mean: that is in `raddle-runtime-api`. What can be tested without a browser: that is in
//! `raddle-web-shared`. `unsafe` is in `sys`, for the imports, and in `imports`, for the thread that runs.
#![cfg(target_arch = "wasm32")]
#![deny(unsafe_code)]

mod agent;
mod host;
mod imports;
mod instance;
mod memory;
mod sys;
mod text;
mod words;

use raddle_runtime_api::{Host, Outcome, StartJob, ThreadLabel, Trap, TrapKind};
use raddle_web_shared::{names, pool::Next, value};

use crate::{agent::AGENT, host::WebHost, instance::WebInstance};

/// Makes this instance an agent of the process whose region starts at `base`.
#[unsafe(no_mangle)]
#[allow(unsafe_code, reason = "the script calls it by this name")]
extern "C" fn attach(base: u32) {
    std::panic::set_hook(Box::new(|panic| text::show(&panic.to_string())));
    AGENT.with(|agent| agent.attach(base));
}

/// How long threads that were told to stop may take, in milliseconds, before one that makes no progress is ended by
/// force. So long a worker stays for the others.
const PATIENCE: u32 = 100;

/// [`PATIENCE`], for the nursery.
#[unsafe(no_mangle)]
#[allow(unsafe_code, reason = "the script calls it by this name")]
extern "C" fn patience() -> u32 {
    PATIENCE
}

/// Says that this worker, which was expected, has begun.
#[unsafe(no_mangle)]
#[allow(unsafe_code, reason = "the script calls it by this name")]
extern "C" fn begin() {
    WebHost.pool().begin();
}

/// Says that a worker that was expected will not come: for the nursery.
#[unsafe(no_mangle)]
#[allow(unsafe_code, reason = "the script calls it by this name")]
extern "C" fn give_up_worker() {
    WebHost.pool().give_up();
}

/// A worker is gone that has not left: for the nursery.
#[unsafe(no_mangle)]
#[allow(unsafe_code, reason = "the script calls it by this name")]
extern "C" fn end_by_loss() {
    if let Some(process) = WebHost.process() {
        let trap = Trap::new(TrapKind::Host, names::LOST);
        process.end(&Outcome::Trapped { thread: ThreadLabel::unnamed(0), trap });
    }
}

/// Runs threads until this worker is not needed any more.
#[unsafe(no_mangle)]
#[allow(unsafe_code, reason = "the script calls it by this name")]
extern "C" fn run() {
    let host = WebHost;
    let Some(process) = host.process() else { return };
    let pool = host.pool();
    let mut waiting = None;
    loop {
        let job = match waiting {
            Some(job) => job,
            None => {
                if !process.has_ended() {
                    sys::prepare();
                }
                let Next::Job(job) = pool.next() else { break };
                job
            }
        };
        StartJob::from_raw(job).run_in(&process, WebInstance::new);
        waiting = pool.next_at_once();
    }
    if process.has_ended() {
        // A browser takes long to take a worker down, and would do so instead of running the threads that have not
        // stopped yet.
        let _ = process.wait(Some(host.now() + u64::from(PATIENCE) * 1_000_000));
    }
}

/// A result of the entry: the number of its type, and its bits.
#[unsafe(no_mangle)]
#[allow(unsafe_code, reason = "the script calls it by this name")]
extern "C" fn push_result(type_number: u32, bits: u64) {
    if let Some(value) = value::value(type_number, bits) {
        AGENT.with(|agent| agent.results.borrow_mut().push(value));
    }
}

/// The id of the thread that runs in this worker, 0 when none does: for the embedder's imports.
#[unsafe(no_mangle)]
#[allow(unsafe_code, reason = "the script calls it by this name")]
extern "C" fn current_thread() -> i32 {
    imports::current().map_or(0, raddle_runtime_api::Threads::thread_id)
}

/// Whether the process has ended.
#[unsafe(no_mangle)]
#[allow(unsafe_code, reason = "the script calls it by this name")]
extern "C" fn has_ended() -> i32 {
    WebHost.process().is_none_or(|process| process.has_ended()).into()
}

/// Waits until the process has ended, but at most for so many milliseconds, and says whether it has: for the embedder's
/// imports.
#[unsafe(no_mangle)]
#[allow(unsafe_code, reason = "the script calls it by this name")]
extern "C" fn wait_ended(milliseconds: f64) -> i32 {
    imports::current().is_none_or(|thread| thread.wait_ended((milliseconds * 1e6) as u64)).into()
}

/// Wakes threads that wait at an address, all of them where the count is infinite, and says how many; -1 where the
/// guest's notify would trap: for the embedder's imports.
#[unsafe(no_mangle)]
#[allow(unsafe_code, reason = "the script calls it by this name")]
extern "C" fn notify_waiters(addr: u64, count: f64) -> i64 {
    // A float's conversion saturates.
    let woken = imports::current().map(|thread| thread.notify_waiters(addr, count as u32));
    woken.unwrap_or(Ok(0)).map_or(-1, i64::from)
}

/// How many threads have not ended: for the nursery.
#[unsafe(no_mangle)]
#[allow(unsafe_code, reason = "the script calls it by this name")]
extern "C" fn live() -> u32 {
    WebHost.process().map_or(0, |process| process.stats().live)
}

/// The process's time is over: for the nursery.
#[unsafe(no_mangle)]
#[allow(unsafe_code, reason = "the script calls it by this name")]
extern "C" fn end_by_time() {
    if let Some(process) = WebHost.process() {
        process.end(&Outcome::TimedOut);
    }
}

/// A worker could not be had, or has failed; the script has put what it said where [`text_buffer`] says: for the
/// nursery.
#[unsafe(no_mangle)]
#[allow(unsafe_code, reason = "the script calls it by this name")]
extern "C" fn end_by_crash(len: u32) {
    if let Some(process) = WebHost.process() {
        let trap = Trap::new(TrapKind::Instantiation, text::take(len));
        process.end(&Outcome::Trapped { thread: ThreadLabel::unnamed(0), trap });
    }
}

/// Where the script puts text for this module: [`text_capacity`] bytes.
#[unsafe(no_mangle)]
#[allow(unsafe_code, reason = "the script calls it by this name")]
extern "C" fn text_buffer() -> *mut u8 {
    AGENT.with(|agent| agent.text.borrow_mut().as_mut_ptr())
}

/// How much text fits there, in bytes.
#[unsafe(no_mangle)]
#[allow(unsafe_code, reason = "the script calls it by this name")]
extern "C" fn text_capacity() -> u32 {
    agent::TEXT as u32
}
