//! Threads on stacks of ours.
#![expect(unsafe_code, reason = "the system's threads know no types")]

use std::{
    ffi::{CString, c_void},
    hint::black_box,
    io,
    mem::{self, MaybeUninit},
    panic::{AssertUnwindSafe, catch_unwind},
    process, ptr,
    sync::{
        Arc, LazyLock, Mutex, PoisonError,
        atomic::{
            AtomicPtr, AtomicU32,
            Ordering::{AcqRel, SeqCst},
        },
    },
};

use super::{
    StackEnd, overflow,
    stacks::{Stack, Stacks},
};

use crate::machine::{park, room};

/// Threads with stacks of one size.
#[derive(Debug)]
pub(crate) struct Threads {
    name: &'static str,
    stacks: Stacks,
}

/// What a thread runs.
type Run = Box<dyn FnOnce(StackEnd) + Send>;

/// What a new thread is given.
struct Start {
    name: &'static str,
    stack: Stack,
    run: Run,
    /// Whether somebody waits for it.
    is_joined: bool,
}

/// A thread that is gone when this is dropped.
#[derive(Debug)]
pub(crate) struct Joined(libc::pthread_t);

/// A thread that has left, and may still run its last instructions.
struct Left {
    thread: libc::pthread_t,
    stack: Stack,
    /// The process that it was in: a fork has no copy of it.
    process: u32,
}

/// The last that left, until the next one does.
static LAST: AtomicPtr<Left> = AtomicPtr::new(ptr::null_mut());

impl Threads {
    /// Threads of this name with stacks of so many bytes, besides what thread-local variables and the library take.
    pub(crate) fn new(name: &'static str, stack_size: usize) -> Threads {
        Threads { name, stacks: Stacks::new(stack_size.saturating_add(*TAKEN_BY_THE_LIBRARY)) }
    }

    /// Starts a thread.
    ///
    /// # Errors
    /// If there is no room for its stack, or the system has no thread.
    pub(crate) fn spawn(&self, run: impl FnOnce(StackEnd) + Send + 'static) -> io::Result<()> {
        self.start(Box::new(run), false).map(drop)
    }

    /// Starts a thread that is waited for.
    ///
    /// # Errors
    /// As [`spawn`](Threads::spawn).
    pub(crate) fn spawn_joined(&self, run: impl FnOnce() + Send + 'static) -> io::Result<Joined> {
        self.start(Box::new(|_| run()), true).map(Joined)
    }

    fn start(&self, run: Run, is_joined: bool) -> io::Result<libc::pthread_t> {
        if room::is_bounded() {
            return self.start_in_little_room(run, is_joined);
        }
        self.create(run, is_joined)
    }

    /// Starts a thread where address space is bounded. The allocator takes much of it for a thread when that first asks
    /// for memory. If it finds none, it maps each piece that the thread asks for, and that fails soon. So one thread at a
    /// time is started, while there is enough for it and others, and waited for until it has its part.
    fn start_in_little_room(&self, run: Run, is_joined: bool) -> io::Result<libc::pthread_t> {
        static ONE_AT_A_TIME: Mutex<()> = Mutex::new(());
        let _alone = ONE_AT_A_TIME.lock().unwrap_or_else(PoisonError::into_inner);
        room::check_spare()?;
        let has_its_part = Arc::new(AtomicU32::new(0));
        let run = {
            let has_its_part = has_its_part.clone();
            Box::new(move |end| {
                drop(black_box(Box::new(1_u8)));
                has_its_part.store(1, SeqCst);
                park::unpark_all(&has_its_part);
                drop(has_its_part);
                run(end);
            })
        };
        let thread = self.create(run, is_joined)?;
        while has_its_part.load(SeqCst) == 0 {
            park::park(&has_its_part, 0, None);
        }
        Ok(thread)
    }

    fn create(&self, run: Run, is_joined: bool) -> io::Result<libc::pthread_t> {
        let stack = self.stacks.take()?;
        let attributes = Attributes::new(&stack)?;
        let start = Box::into_raw(Box::new(Start { name: self.name, stack, run, is_joined }));
        let mut thread = MaybeUninit::uninit();
        // SAFETY: the attributes were made. The thread takes over the start; if there is none, it is ours again.
        let code = unsafe { libc::pthread_create(thread.as_mut_ptr(), &raw const attributes.0, main, start.cast()) };
        if code != 0 {
            // SAFETY: as above.
            drop(unsafe { Box::from_raw(start) });
            return Err(io::Error::from_raw_os_error(code));
        }
        // SAFETY: it was filled in.
        Ok(unsafe { thread.assume_init() })
    }
}

impl Drop for Joined {
    fn drop(&mut self) {
        let mut stack = ptr::null_mut();
        // SAFETY: nobody else joins it. What it returns is its stack, which nobody has any more.
        unsafe {
            if libc::pthread_join(self.0, &raw mut stack) == 0 {
                drop(Box::from_raw(stack.cast::<Stack>()));
            }
        }
    }
}

/// How much of a stack is the C library's: a thread's record, and the static thread-local variables of the application.
static TAKEN_BY_THE_LIBRARY: LazyLock<usize> = LazyLock::new(|| {
    // SAFETY: the name ends with a zero.
    let symbol = unsafe { libc::dlsym(libc::RTLD_DEFAULT, c"__pthread_get_minstack".as_ptr()) };
    if symbol.is_null() {
        return 0;
    }
    let attributes = Attributes::plain();
    // SAFETY: glibc, which alone has it, declares it so; the standard library asks it, too.
    unsafe {
        let least: extern "C" fn(*const libc::pthread_attr_t) -> libc::size_t = mem::transmute(symbol);
        least(&raw const attributes.0)
    }
});

/// How a thread is made.
struct Attributes(libc::pthread_attr_t);

impl Attributes {
    fn plain() -> Attributes {
        let mut attributes = MaybeUninit::uninit();
        // SAFETY: it fills them in. It fails nowhere on Linux.
        unsafe {
            libc::pthread_attr_init(attributes.as_mut_ptr());
            Attributes(attributes.assume_init())
        }
    }

    fn new(stack: &Stack) -> io::Result<Attributes> {
        let mut attributes = Attributes::plain();
        let (address, size) = stack.range();
        // SAFETY: the memory is the thread's alone, until it has been joined.
        let code =
            unsafe { libc::pthread_attr_setstack(&raw mut attributes.0, ptr::without_provenance_mut(address), size) };
        if code == 0 { Ok(attributes) } else { Err(io::Error::from_raw_os_error(code)) }
    }
}

impl Drop for Attributes {
    fn drop(&mut self) {
        // SAFETY: they were made.
        unsafe { libc::pthread_attr_destroy(&raw mut self.0) };
    }
}

/// A thread's life.
extern "C" fn main(start: *mut c_void) -> *mut c_void {
    // SAFETY: whoever made this thread has left it the start.
    let Start { name, stack, run, is_joined } = *unsafe { Box::from_raw(start.cast::<Start>()) };
    take_signals_on(&stack);
    overflow::guard(stack.guard());
    // Until now it has that of its creator.
    show_name(name);
    let (lowest, _) = stack.range();
    // The panic has been told of.
    let _ = catch_unwind(AssertUnwindSafe(|| run(Some(lowest))));
    if is_joined {
        return Box::into_raw(Box::new(stack)).cast();
    }
    leave(stack);
    ptr::null_mut()
}

/// Shows a name of this thread's in the system's tools: 15 bytes of it, and none behind a zero.
pub(crate) fn show_name(name: &str) {
    let bytes = name.bytes().take_while(|&byte| byte != 0).take(15).collect::<Vec<u8>>();
    if let Ok(name) = CString::new(bytes) {
        // A name is for people; without it everything works.
        let _ = rustix::thread::set_name(&name);
    }
}

/// Where this thread handles signals: the engine and the standard library have theirs handled there. The engine sees
/// that it is large enough, and makes no other.
fn take_signals_on(stack: &Stack) {
    let (address, size) = stack.for_signals();
    let stack = libc::stack_t { ss_sp: ptr::without_provenance_mut(address), ss_flags: 0, ss_size: size };
    // SAFETY: the memory is this thread's until it has been joined.
    let code = unsafe { libc::sigaltstack(&raw const stack, ptr::null_mut()) };
    debug_assert_eq!(code, 0);
}

/// A thread's last act. It needs its stack until after this, so each one that leaves sees its predecessor off, whose
/// stack is then free.
fn leave(stack: Stack) {
    // SAFETY: it reads a register.
    let thread = unsafe { libc::pthread_self() };
    let me = Box::into_raw(Box::new(Left { thread, stack, process: process::id() }));
    // Pairs with itself: what the one before wrote into its record is seen.
    let before = LAST.swap(me, AcqRel);
    if before.is_null() {
        return;
    }
    // SAFETY: it was made by `into_raw`, and the swap has given it to nobody else.
    let before = unsafe { Box::from_raw(before) };
    if before.process == process::id() {
        // SAFETY: a thread that can be joined, and nobody else joins it.
        unsafe { libc::pthread_join(before.thread, ptr::null_mut()) };
        drop(before.stack);
    } else {
        // In a fork there is no such thread. What it had stays.
        mem::forget(before);
    }
}
