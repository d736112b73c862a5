//! The same code calls `std` and this crate: each function has the type, and the parameters of its type, that `std`'s has.

use std::cell::{Cell, RefCell};
use std::io::{self, Write};
use std::num::NonZero;
use std::time::Duration;

/// Names every function of that module tree. It is compiled, and never called.
macro_rules! signatures {
    ($name:ident: $($root:ident)::+) => {
        #[allow(dead_code, reason = "that it compiles is the test")]
        fn $name(cells: &'static $($root)::+::thread::LocalKey<Cell<u8>>, texts: &'static $($root)::+::thread::LocalKey<RefCell<u8>>) {
            use $($root)::+::io::{Stderr, StderrLock, Stdout, StdoutLock, stderr, stdout};
            use $($root)::+::sync::{
                Condvar, LockResult, Mutex, MutexGuard, PoisonError, TryLockError, TryLockResult, WaitTimeoutResult,
            };
            use $($root)::+::thread::{
                self, AccessError, Builder, JoinHandle, LocalKey, Scope, ScopedJoinHandle, Thread, ThreadId,
            };
            use $($root)::+::time::Instant;

            type F = fn() -> u8;
            type Test = fn(&mut u8) -> bool;

            // io
            let _: [fn() -> Stdout; 1] = [stdout];
            let _: [fn() -> Stderr; 1] = [stderr];
            let _: fn(&Stdout) -> StdoutLock<'static> = Stdout::lock;
            let _: fn(&Stderr) -> StderrLock<'static> = Stderr::lock;

            // process
            let _: fn(i32) -> ! = $($root)::+::process::exit;
            let _: fn() -> ! = $($root)::+::process::abort;

            // sync
            const _: Mutex<u8> = Mutex::new(1);
            const _: Condvar = Condvar::new();
            let _: fn(&Mutex<u8>) -> LockResult<MutexGuard<'_, u8>> = Mutex::lock;
            let _: fn(&Mutex<u8>) -> TryLockResult<MutexGuard<'_, u8>> = Mutex::try_lock;
            let _: fn(&Mutex<[u8]>) -> LockResult<MutexGuard<'_, [u8]>> = Mutex::lock;
            let _: fn(&Mutex<u8>) -> bool = Mutex::is_poisoned;
            let _: fn(&Mutex<u8>) = Mutex::clear_poison;
            let _: fn(Mutex<u8>) -> LockResult<u8> = Mutex::into_inner;
            let _: fn(&mut Mutex<u8>) -> LockResult<&mut u8> = Mutex::get_mut;
            let _: fn(u8) -> Mutex<u8> = From::from;
            let _: for<'a> fn(&Condvar, MutexGuard<'a, u8>) -> LockResult<MutexGuard<'a, u8>> = Condvar::wait;
            let _: for<'a> fn(&Condvar, MutexGuard<'a, u8>, Test) -> LockResult<MutexGuard<'a, u8>> =
                Condvar::wait_while::<u8, Test>;
            let _: for<'a> fn(&Condvar, MutexGuard<'a, u8>, Duration) -> LockResult<(MutexGuard<'a, u8>, WaitTimeoutResult)> =
                Condvar::wait_timeout;
            let _: for<'a> fn(
                &Condvar,
                MutexGuard<'a, u8>,
                Duration,
                Test,
            ) -> LockResult<(MutexGuard<'a, u8>, WaitTimeoutResult)> = Condvar::wait_timeout_while::<u8, Test>;
            let _: [fn(&Condvar); 2] = [Condvar::notify_one, Condvar::notify_all];
            let _: fn(&WaitTimeoutResult) -> bool = WaitTimeoutResult::timed_out;
            let _: fn(u8) -> PoisonError<u8> = PoisonError::new;
            let _: fn(PoisonError<u8>) -> u8 = PoisonError::into_inner;
            let _: fn(&PoisonError<u8>) -> &u8 = PoisonError::get_ref;
            let _: fn(&mut PoisonError<u8>) -> &mut u8 = PoisonError::get_mut;
            let _: fn(PoisonError<u8>) -> TryLockError<u8> = From::from;

            // thread
            let _: fn(F) -> JoinHandle<u8> = thread::spawn::<F, u8>;
            let _: fn() -> Thread = thread::current;
            let _: [fn(); 2] = [thread::park, thread::yield_now];
            let _: [fn(Duration); 2] = [thread::park_timeout, thread::sleep];
            let _: fn() -> bool = thread::panicking;
            let _: fn() -> io::Result<NonZero<usize>> = thread::available_parallelism;
            let _: u8 = thread::scope::<_, u8>(|scope| {
                fn of<'scope, 'env>(scope: &'scope Scope<'scope, 'env>) -> thread::Result<u8> {
                    let handle: ScopedJoinHandle<'scope, u8> = scope.spawn::<F, u8>(|| 1);
                    let _: io::Result<ScopedJoinHandle<'scope, u8>> = Builder::new().spawn_scoped::<F, u8>(scope, || 1);
                    let _: (&Thread, bool) = (handle.thread(), handle.is_finished());
                    handle.join()
                }
                of(scope).unwrap_or(1)
            });
            let _: fn() -> Builder = Builder::new;
            let _: fn(Builder, String) -> Builder = Builder::name;
            let _: fn(Builder, usize) -> Builder = Builder::stack_size;
            let _: fn(Builder, F) -> io::Result<JoinHandle<u8>> = Builder::spawn::<F, u8>;
            let _: fn(JoinHandle<u8>) -> thread::Result<u8> = JoinHandle::join;
            let _: fn(&JoinHandle<u8>) -> &Thread = JoinHandle::thread;
            let _: fn(&JoinHandle<u8>) -> bool = JoinHandle::is_finished;
            let _: fn(&Thread) -> ThreadId = Thread::id;
            let _: fn(&Thread) -> Option<&str> = Thread::name;
            let _: fn(&Thread) = Thread::unpark;
            let _: u8 = LocalKey::with::<fn(&Cell<u8>) -> u8, u8>(cells, |cell| cell.get());
            let _: Result<u8, AccessError> = LocalKey::try_with::<fn(&Cell<u8>) -> u8, u8>(cells, |cell| cell.get());
            let _: (u8, u8, u8, ()) = (cells.get(), cells.take(), cells.replace(1), cells.set(1));
            let _: (u8, u8, ()) = (texts.take(), texts.replace(1), texts.set(1));
            let _: u8 = LocalKey::with_borrow::<fn(&u8) -> u8, u8>(texts, |text| *text);
            let _: u8 = LocalKey::with_borrow_mut::<fn(&mut u8) -> u8, u8>(texts, |text| *text);

            // time
            let _: fn() -> Instant = Instant::now;
            let _: [fn(&Instant, Instant) -> Duration; 2] =
                [Instant::duration_since, Instant::saturating_duration_since];
            let _: fn(&Instant, Instant) -> Option<Duration> = Instant::checked_duration_since;
            let _: fn(&Instant) -> Duration = Instant::elapsed;
            let _: [fn(&Instant, Duration) -> Option<Instant>; 2] = [Instant::checked_add, Instant::checked_sub];
            let mut moment: Instant = Instant::now() + Duration::ZERO - Duration::ZERO;
            let _: Duration = moment - moment;
            moment += Duration::ZERO;
            moment -= Duration::ZERO;

            // The macros.
            $($root)::+::thread_local! {
                static LAZY: Cell<u8> = Cell::new(1);
                pub(crate) static CONSTANT: RefCell<u8> = const { RefCell::new(1) }
            }
            let _: (&LocalKey<Cell<u8>>, &LocalKey<RefCell<u8>>) = (&LAZY, &CONSTANT);
        }
    };
}

signatures!(of_std: std);
signatures!(of_this_crate: crate);

/// The text that a macro writes, and what it gives.
macro_rules! written {
    ($($root:ident)::+) => {{
        let moved = String::from("moved");
        let one = $($root)::+::dbg!(moved);
        let many = $($root)::+::dbg!(one.len(), &one,);
        $($root)::+::dbg!();
        assert_eq!(many, (5, &one));
        (one.clone(), many.0)
    }};
}

#[test]
fn dbg_gives_what_std_s_gives() {
    #![allow(clippy::dbg_macro, reason = "it is what is tested")]
    assert_eq!(written!(std), written!(crate));
}

#[test]
fn outputs_are_written_to_by_reference_too() {
    fn is_writer<W: Write>(_: W) {}
    is_writer(&crate::io::stdout());
    is_writer(&mut crate::io::stderr().lock());
}
