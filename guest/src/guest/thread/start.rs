//! From a closure to a thread of the host.

use std::io;
use std::sync::Arc;

use raddle_runtime_api::abi::Status;

use super::current::{Thread, set_current};
use super::join::Joinable;
use crate::sdk::sync::Mutex;
use crate::sdk::{host, panic};

/// What a thread runs, boxed twice: the inner box is a fat pointer, the outer one is an address for the host to pass on.
type Job<'a> = Box<dyn FnOnce() + Send + 'a>;

/// What a thread is asked to have.
#[derive(Debug, Default)]
pub(super) struct Wishes {
    pub(super) name: Option<String>,
    /// In bytes, 0 for the host's default.
    pub(super) stack_size: usize,
}

/// Starts a thread that runs `f`, keeps its value for the joiner, and runs `at_end` when nothing of `f` is left.
///
/// # Safety
/// Whatever `f` and its value borrow must live until `at_end` has been called.
pub(super) unsafe fn start<'a, F, T, E>(wishes: Wishes, f: F, at_end: E) -> io::Result<Joinable<T>>
where
    F: FnOnce() -> T + Send + 'a,
    T: Send + 'a,
    E: FnOnce() + Send + 'a,
{
    panic::install_panic_hook();
    let name = wishes.name.clone();
    let thread = Thread::new(wishes.name);
    let value = Arc::new(Mutex::new(None));

    let job: Job<'a> = Box::new({
        let (thread, value) = (thread.clone(), Arc::clone(&value));
        move || {
            set_current(thread);
            let result = f();
            *value.lock().expect("a lock whose owners do not end inside") = Some(result);
            // If nobody will join, this drops the value.
            drop(value);
            at_end();
        }
    });
    let job = Box::into_raw(Box::new(job));
    // SAFETY: `run` is given a job once, and that the job may outlive 'a as far as types go is this function's contract.
    match unsafe { host::spawn(run, job.expose_provenance(), name.as_deref(), wishes.stack_size) } {
        Ok(tid) => Ok(Joinable::new(tid, thread, value)),
        Err(status) => {
            // SAFETY: the host refused, so `run` is never called with the job.
            drop(unsafe { Box::from_raw(job) });
            Err(refused(status))
        }
    }
}

/// The start function of every thread.
extern "C" fn run(job: usize) -> usize {
    // SAFETY: `start` made the address from a box and gave it away to be used here, once.
    let job = unsafe { Box::from_raw(std::ptr::with_exposed_provenance_mut::<Job<'static>>(job)) };
    job();
    0
}

fn refused(status: Status) -> io::Error {
    match status {
        Status::Again => io::Error::new(
            io::ErrorKind::WouldBlock,
            "the host's limit of threads or memory is reached; join threads first, or raise the limit where the program is run",
        ),
        Status::Unsupported => io::Error::new(io::ErrorKind::Unsupported, "this host has no threads"),
        status => io::Error::other(format!("the host refused to start a thread: {}", status.name())),
    }
}
