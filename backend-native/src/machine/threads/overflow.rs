//! What is said when one of our threads has used up its stack: the standard library tells of its own threads only.
//!
//! Guest code cannot: its stack is checked. It is the embedder's code, in an import, that needs more than it has.
#![expect(unsafe_code, reason = "handlers of signals know no types, and pass on what is not theirs")]

use std::{
    cell::Cell,
    ffi::{c_int, c_void},
    mem, ptr,
    sync::OnceLock,
};

const MESSAGE: &[u8] = b"\nraddle: the embedder's code has used up its stack on a thread of a guest \
(RuntimeBuilder::host_stack sets its size): aborting\n";

thread_local! {
    /// Where the guard of this thread's stack begins and ends.
    static GUARD: Cell<(usize, usize)> = const { Cell::new((0, 0)) };
}

/// The handler before ours.
static BEFORE: OnceLock<libc::sigaction> = OnceLock::new();

type Handler = extern "C" fn(c_int, *mut libc::siginfo_t, *mut c_void);
type PlainHandler = extern "C" fn(c_int);

/// Says where this thread's guard is.
pub(super) fn guard(range: (usize, usize)) {
    GUARD.set(range);
}

/// Takes the signal from now on. Handlers that are installed later, such as the engine's, pass on what is not theirs.
pub(super) fn install() {
    BEFORE.get_or_init(|| {
        // SAFETY: all zeros is an action. It is filled in by the first call; the handler of the second looks only at
        // what it is given, and at what is there by then or it does nothing.
        unsafe {
            let mut before: libc::sigaction = mem::zeroed();
            libc::sigaction(libc::SIGSEGV, ptr::null(), &raw mut before);
            before
        }
    });
    static INSTALLED: OnceLock<()> = OnceLock::new();
    INSTALLED.get_or_init(|| {
        // SAFETY: as above. The flags are those of the engine's: on a stack of its own, because the thread's is full.
        unsafe {
            let mut ours: libc::sigaction = mem::zeroed();
            ours.sa_flags = libc::SA_SIGINFO | libc::SA_NODEFER | libc::SA_ONSTACK;
            ours.sa_sigaction = (handle as Handler) as usize;
            libc::sigemptyset(&raw mut ours.sa_mask);
            libc::sigaction(libc::SIGSEGV, &raw const ours, ptr::null_mut());
        }
    });
}

extern "C" fn handle(signal: c_int, info: *mut libc::siginfo_t, context: *mut c_void) {
    // SAFETY: the system gives a handler with these flags what happened.
    let address = unsafe { (*info).si_addr() }.addr();
    let (begin, end) = GUARD.get();
    if (begin..end).contains(&address) {
        // SAFETY: both may be called by handlers.
        unsafe {
            libc::write(libc::STDERR_FILENO, MESSAGE.as_ptr().cast(), MESSAGE.len());
            libc::abort();
        }
    }
    let Some(before) = BEFORE.get() else { return };
    // SAFETY: a handler is called as it was declared. Without one, the instruction is run again, and fails without us.
    unsafe {
        match before.sa_sigaction {
            libc::SIG_DFL | libc::SIG_IGN => {
                libc::sigaction(signal, before, ptr::null_mut());
            }
            handler if before.sa_flags & libc::SA_SIGINFO != 0 => {
                mem::transmute::<usize, Handler>(handler)(signal, info, context);
            }
            handler => mem::transmute::<usize, PlainHandler>(handler)(signal),
        }
    }
}
