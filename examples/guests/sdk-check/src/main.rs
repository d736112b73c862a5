//! Everything that raddle's crate offers, checked. On other targets the same names are those of `std`, so that a native run
//! checks that the two agree. Prints a line for each, the same in every run; the exit status is the number of failures.

use std::cell::{Cell, RefCell};
use std::collections::HashSet;
use std::io::{ErrorKind, Write};
use std::process::ExitCode;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering::Relaxed};

use raddle_guest::sync::{Condvar, Mutex, TryLockError};
use raddle_guest::time::{Duration, Instant};
use raddle_guest::{io, println, thread};

const THREADS: usize = 4;
const ROUNDS: usize = 5_000;

/// What is checked, and whether it is as it should be.
type Case = (&'static str, fn() -> bool);

fn main() -> ExitCode {
    raddle_guest::install_panic_hook();
    let cases: &[Case] = &[
        ("thread::spawn and join", spawn_and_join),
        ("dropping a JoinHandle detaches", drop_detaches),
        ("JoinHandle::is_finished", is_finished),
        ("thread::Builder", builder),
        ("thread::Builder refuses what cannot be", builder_refuses),
        ("thread::scope", scope),
        ("thread::scope waits for all", scope_waits),
        ("thread::current and ThreadId", current),
        ("thread::park and unpark", park),
        ("thread::sleep and Instant", sleep),
        ("Instant long ago", long_ago),
        ("available_parallelism", parallelism),
        ("Mutex", mutex),
        ("Mutex::try_lock", mutex_try_lock),
        ("Mutex without a guard", mutex_owned),
        ("Mutex whose guard was leaked", mutex_leaked),
        ("Condvar", condvar),
        ("Condvar with time-outs", condvar_times_out),
        ("thread_local! values", locals),
        ("thread_local! values that are set first", locals_set_first),
        ("thread_local! destructors", local_destructors),
        ("thread_local! destructors that use threads", local_destructors_with_threads),
        ("standard output and error", output),
        ("dbg!", dbg),
    ];
    let mut failures = 0;
    for (name, case) in cases {
        let passed = case();
        println!("{} {name}", if passed { "ok    " } else { "FAILED" });
        failures += u8::from(!passed);
    }
    ExitCode::from(failures)
}

fn on_threads<T: Send>(f: impl Fn(usize) -> T + Sync) -> Vec<T> {
    let f = &f;
    thread::scope(|scope| {
        let threads = (0..THREADS).map(|number| scope.spawn(move || f(number))).collect::<Vec<_>>();
        threads.into_iter().map(|thread| thread.join().unwrap()).collect()
    })
}

fn spawn_and_join() -> bool {
    let text = String::from("moved");
    let thread = thread::spawn(move || vec![text.clone(), text]);
    thread.join().unwrap() == ["moved", "moved"] && thread::spawn(|| ()).join().is_ok()
}

fn drop_detaches() -> bool {
    let value = Arc::new(());
    let done = Arc::new((Mutex::new(false), Condvar::new()));
    drop(thread::spawn({
        let (value, done) = (Arc::clone(&value), Arc::clone(&done));
        move || {
            *done.0.lock().unwrap() = true;
            done.1.notify_all();
            value
        }
    }));
    drop(done.1.wait_while(done.0.lock().unwrap(), |done| !*done).unwrap());
    // Nobody takes the value, so the thread drops it.
    while Arc::strong_count(&value) > 1 {
        thread::yield_now();
    }
    true
}

fn is_finished() -> bool {
    let go = Arc::new(AtomicBool::new(false));
    let thread = thread::spawn({
        let go = Arc::clone(&go);
        move || {
            while !go.load(Relaxed) {
                thread::yield_now();
            }
        }
    });
    let before = thread.is_finished();
    go.store(true, Relaxed);
    while !thread.is_finished() {
        thread::yield_now();
    }
    !before && thread.join().is_ok()
}

fn builder() -> bool {
    // A frame of this size needs the stack that is asked for: the default is smaller.
    fn deep() -> usize {
        let frame = std::hint::black_box([1u8; 3 << 20]);
        frame.iter().map(|byte| usize::from(*byte)).sum()
    }
    let thread = thread::Builder::new().name("weft".into()).stack_size(4 << 20);
    let thread = thread.spawn(|| (thread::current().name().map(String::from), deep())).unwrap();
    thread.thread().name() == Some("weft") && thread.join().unwrap() == (Some("weft".into()), 3 << 20)
}

fn builder_refuses() -> bool {
    // No address space holds such a stack.
    let refused = thread::Builder::new().stack_size(usize::MAX / 2).spawn(|| ());
    refused
        .is_err_and(|error| matches!(error.kind(), ErrorKind::WouldBlock | ErrorKind::InvalidInput | ErrorKind::Other))
}

fn scope() -> bool {
    let numbers = [1, 2, 3];
    let mut sum = 0;
    let doubled = thread::scope(|scope| {
        scope.spawn(|| sum += numbers.iter().sum::<i32>());
        let nested = scope.spawn(|| scope.spawn(|| numbers.map(|number| number * 2)).join().unwrap());
        nested.join().unwrap()
    });
    sum == 6 && doubled == [2, 4, 6]
}

fn scope_waits() -> bool {
    let ended = AtomicUsize::new(0);
    thread::scope(|scope| {
        for _ in 0..THREADS {
            scope.spawn(|| {
                thread::sleep(Duration::from_millis(2));
                ended.fetch_add(1, Relaxed);
            });
        }
    });
    ended.into_inner() == THREADS
}

fn current() -> bool {
    let own = thread::current().id();
    let ids = on_threads(|_| (thread::current().id(), thread::current().id()));
    let distinct = ids.iter().map(|ids| ids.0).chain([own]).collect::<HashSet<_>>();
    let named = thread::spawn(|| thread::current().name().map(String::from)).join().unwrap();
    distinct.len() == THREADS + 1
        && ids.iter().all(|ids| ids.0 == ids.1)
        && thread::current().id() == own
        && thread::current().name() == Some("main")
        && named.is_none()
}

fn park() -> bool {
    // A token that is there is taken without a wait, and two are one.
    thread::current().unpark();
    thread::current().unpark();
    thread::park();
    let start = Instant::now();
    thread::park_timeout(Duration::from_millis(5));
    let waited = start.elapsed() >= Duration::from_millis(5);

    let turns = AtomicUsize::new(0);
    let main = thread::current();
    thread::scope(|scope| {
        let other = scope.spawn(|| {
            for turn in 0..ROUNDS {
                while turns.load(Relaxed) != 2 * turn + 1 {
                    thread::park();
                }
                turns.fetch_add(1, Relaxed);
                main.unpark();
            }
        });
        for turn in 0..ROUNDS {
            turns.fetch_add(1, Relaxed);
            other.thread().unpark();
            while turns.load(Relaxed) != 2 * turn + 2 {
                thread::park();
            }
        }
    });
    waited && turns.into_inner() == 2 * ROUNDS
}

fn sleep() -> bool {
    let start = Instant::now();
    thread::sleep(Duration::from_millis(10));
    let slept = start.elapsed();
    let later = start + Duration::from_secs(1);
    slept >= Duration::from_millis(10)
        && later - start == Duration::from_secs(1)
        && start.checked_duration_since(later).is_none()
        && start.saturating_duration_since(later).is_zero()
        && later > start
}

fn long_ago() -> bool {
    let (now, year) = (Instant::now(), Duration::from_secs(365 * 24 * 60 * 60));
    let then = now - year;
    then < now && now - then == year && then.elapsed() >= year && now.checked_add(Duration::MAX).is_none()
}

fn parallelism() -> bool {
    thread::available_parallelism().is_ok_and(|number| number.get() >= 1)
}

fn mutex() -> bool {
    let count = Mutex::new(0);
    on_threads(|_| (0..ROUNDS).for_each(|_| *count.lock().unwrap() += 1));
    !count.is_poisoned() && count.into_inner().unwrap() == THREADS * ROUNDS
}

fn mutex_try_lock() -> bool {
    let mutex = Mutex::new(1);
    let guard = mutex.lock().unwrap();
    let while_locked = on_threads(|_| matches!(mutex.try_lock(), Err(TryLockError::WouldBlock)));
    let own = mutex.try_lock().is_err();
    drop(guard);
    own && while_locked == [true; THREADS] && *mutex.try_lock().unwrap() == 1
}

fn mutex_owned() -> bool {
    let mut mutex = Mutex::new(String::from("a"));
    mutex.get_mut().unwrap().push('b');
    let shown = format!("{mutex:?}");
    mutex.clear_poison();
    shown.contains("\"ab\"") && mutex.into_inner().unwrap() == "ab"
}

fn mutex_leaked() -> bool {
    let mutex = Arc::new(Mutex::new(1));
    thread::spawn({
        let mutex = Arc::clone(&mutex);
        move || std::mem::forget(mutex.lock().unwrap())
    })
    .join()
    .unwrap();
    // The thread has ended, and the mutex is locked.
    let tries = on_threads(|_| matches!(mutex.try_lock(), Err(TryLockError::WouldBlock)));
    let own = matches!(mutex.try_lock(), Err(TryLockError::WouldBlock));
    own && tries == [true; THREADS] && !mutex.is_poisoned() && Arc::into_inner(mutex).unwrap().into_inner().unwrap() == 1
}

fn condvar() -> bool {
    let (turn, changed) = (Mutex::new(0), Condvar::new());
    on_threads(|number| {
        for round in 0..ROUNDS / 4 {
            let mine = round * THREADS + number;
            let mut turn = changed.wait_while(turn.lock().unwrap(), |turn| *turn != mine).unwrap();
            *turn += 1;
            changed.notify_all();
        }
    });
    // One waiter and one notification for each.
    let (ball, caught) = (Mutex::new(0), Condvar::new());
    thread::scope(|scope| {
        scope.spawn(|| {
            let mut ball = ball.lock().unwrap();
            while *ball < ROUNDS {
                if *ball % 2 == 0 {
                    *ball += 1;
                    caught.notify_one();
                } else {
                    ball = caught.wait(ball).unwrap();
                }
            }
        });
        let mut ball = ball.lock().unwrap();
        while *ball < ROUNDS {
            if *ball % 2 == 1 {
                *ball += 1;
                caught.notify_one();
            } else {
                ball = caught.wait(ball).unwrap();
            }
        }
    });
    turn.into_inner().unwrap() == ROUNDS / 4 * THREADS && ball.into_inner().unwrap() == ROUNDS
}

fn condvar_times_out() -> bool {
    let (mutex, never) = (Mutex::new(()), Condvar::new());
    let start = Instant::now();
    let timed_out = on_threads(|_| {
        let short = Duration::from_millis(5);
        let once = never.wait_timeout(mutex.lock().unwrap(), short).unwrap().1.timed_out();
        once && never.wait_timeout_while(mutex.lock().unwrap(), short, |()| true).unwrap().1.timed_out()
    });
    let at_once = never.wait_timeout_while(mutex.lock().unwrap(), Duration::MAX, |()| false).unwrap().1;
    timed_out == [true; THREADS] && start.elapsed() >= Duration::from_millis(10) && !at_once.timed_out()
}

fn locals() -> bool {
    raddle_guest::thread_local! {
        static COUNT: Cell<usize> = const { Cell::new(7) };
        static TEXT: RefCell<String> = RefCell::new("thread".into());
    }
    let own = on_threads(|number| {
        COUNT.set(COUNT.get() + number);
        TEXT.with_borrow_mut(|text| text.push_str(&number.to_string()));
        let text = TEXT.replace("other".into());
        COUNT.replace(0) == 7 + number && text == format!("thread{number}") && TEXT.take() == "other"
    });
    own == [true; THREADS] && COUNT.get() == 7 && TEXT.with(|text| text.borrow().len()) == 6
}

fn locals_set_first() -> bool {
    raddle_guest::thread_local! {
        static NUMBER: Cell<usize> = panic!("it is set before it is got");
        static TEXT: RefCell<String> = panic!("it is set before it is got");
        static TWICE: Cell<usize> = {
            TWICE.set(1);
            Cell::new(TWICE.get() + 1)
        };
    }
    let own = on_threads(|number| {
        NUMBER.set(number);
        TEXT.set(number.to_string());
        NUMBER.get() == number && TEXT.take() == number.to_string() && TWICE.get() == 2
    });
    own == [true; THREADS]
}

fn local_destructors_with_threads() -> bool {
    static ENDED: AtomicUsize = AtomicUsize::new(0);

    /// Uses threads when it is dropped, and makes the other value first.
    struct Uses(Option<&'static thread::LocalKey<Uses>>);

    impl Drop for Uses {
        fn drop(&mut self) {
            let is_made = self.0.is_none_or(|other| other.try_with(|_| ()).is_ok());
            let own = thread::current();
            let token = Arc::new(AtomicBool::new(false));
            let other = thread::spawn({
                let (own, token) = (own.clone(), Arc::clone(&token));
                move || {
                    token.store(true, Relaxed);
                    own.unpark();
                }
            });
            while !token.load(Relaxed) {
                thread::park();
            }
            other.join().unwrap();
            let id = thread::scope(|scope| scope.spawn(|| own.id()).join().unwrap());
            ENDED.fetch_add(usize::from(is_made && id == thread::current().id()), Relaxed);
        }
    }

    raddle_guest::thread_local! {
        static EARLY: Uses = const { Uses(Some(&LATE)) };
        static LATE: Uses = const { Uses(None) };
    }
    thread::spawn(|| EARLY.with(|_| ())).join().unwrap();
    ENDED.load(Relaxed) == 2
}

fn local_destructors() -> bool {
    static LOG: Mutex<Vec<&str>> = Mutex::new(Vec::new());

    struct Noted(&'static str);

    fn noted(name: &'static str) -> Noted {
        Noted(name)
    }

    impl Drop for Noted {
        fn drop(&mut self) {
            LOG.lock().unwrap().push(self.0);
            if self.0 == "first" {
                // Makes a value while destructors run: its own runs too.
                LATE.with(|_| ());
                assert!(FIRST.try_with(|_| ()).is_err());
            }
        }
    }

    raddle_guest::thread_local! {
        static FIRST: Noted = const { Noted("first") };
        static SECOND: Noted = noted("second");
        static LATE: Noted = noted("late");
        static NEVER: Noted = noted("never");
    }
    thread::spawn(|| {
        FIRST.with(|_| ());
        SECOND.with(|_| ());
    })
    .join()
    .unwrap();
    // A join returns after the destructors, so nothing is missing. In which order they run is not for programs to know.
    let mut log = LOG.lock().unwrap().clone();
    log.sort_unstable();
    log == ["first", "late", "second"]
}

fn output() -> bool {
    let mut lock = io::stdout().lock();
    let written = write!(lock, "a lock").is_ok();
    // The lock's own thread may print: what it wrote before comes first.
    println!(" and a line under it");
    drop(lock);
    let lines = on_threads(|_| writeln!(io::stdout(), "a line of a thread").is_ok());
    written && lines == [true; THREADS] && io::stderr().write_all(b"a line on standard error\n").is_ok()
}

fn dbg() -> bool {
    let text = raddle_guest::dbg!(String::from("moved"));
    raddle_guest::dbg!(text.len(), text) == (5, "moved".into())
}
