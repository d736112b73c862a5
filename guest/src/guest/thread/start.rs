//! From a closure to a thread of the host.

use std::io;
use std::mem::{ManuallyDrop, MaybeUninit};
use std::sync::Arc;

use raddle_runtime_api::abi::Status;

use super::current::{Thread, set_current};
use super::join::Joinable;
use crate::sdk::sync::Mutex;
use crate::sdk::{host, panic};

/// What a thread runs, boxed twice: the inner box is a fat pointer, the outer one is an address for the host to pass on.
type Job<'a> = Box<dyn FnOnce() + Send + 'a>;

/// What the program wants of a thread.
#[derive(Debug, Default)]
pub(super) struct Wishes {
    pub(super) name: Option<String>,
    /// In bytes, 0 for the host's default.
    pub(super) stack_size: usize,
}

/// A closure that the compiler does not see the borrows of.
///
/// The compiler may assume that what a function's arguments borrow lives until the function returns. A job is the argument of
/// its own call, and that call is not over when `at_end` lets go of what the closure borrowed. Of what is in a `MaybeUninit`
/// the compiler assumes nothing.
struct Opaque<F>(MaybeUninit<F>);

impl<F> Opaque<F> {
    fn new(f: F) -> Opaque<F> {
        Opaque(MaybeUninit::new(f))
    }

    fn into_inner(self) -> F {
        let this = ManuallyDrop::new(self);
        // SAFETY: the closure is there from `new` on, and is not dropped with `this`.
        unsafe { this.0.assume_init_read() }
    }
}

impl<F> Drop for Opaque<F> {
    fn drop(&mut self) {
        // SAFETY: the closure is there from `new` on, and `into_inner` does not come here.
        unsafe { self.0.assume_init_drop() };
    }
}

/// Starts a thread that runs `f`, keeps its value for whoever joins it, and runs `at_end` when nothing of `f` is left.
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
        let (thread, value, f) = (thread.clone(), Arc::clone(&value), Opaque::new(f));
        move || {
            set_current(thread);
            let result = f.into_inner()();
            *value.lock().expect("nothing panics under this lock") = Some(result);
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
            "the host's limit on threads or memory is reached; join threads first, or raise the limit where the program is run",
        ),
        Status::Unsupported => io::Error::new(io::ErrorKind::Unsupported, "this host has no threads"),
        status => io::Error::other(format!("the host refused to start a thread: {}", status.name())),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::test_host;

    /// A borrowed value's address, for whoever frees it.
    struct Address(*mut String);

    // SAFETY: a string may be freed by any thread.
    unsafe impl Send for Address {}

    /// For Miri, which finds anybody who still has a claim to what is freed at the end.
    #[test]
    fn what_a_thread_borrows_may_go_once_it_has_said_so() {
        test_host::run(|| {
            let borrowed = Box::into_raw(Box::new(String::from("borrowed")));
            let address = Address(borrowed);
            let at_end = move || {
                let Address(borrowed) = { address };
                // SAFETY: the box was given away for this.
                drop(unsafe { Box::from_raw(borrowed) });
            };
            // SAFETY: the string is freed in `at_end`.
            let joinable = unsafe {
                let borrowed = &*borrowed;
                start(Wishes::default(), move || borrowed.len(), at_end)
            };
            assert_eq!(joinable.expect("a thread").join().expect("a value"), 8);
        });
    }
}
