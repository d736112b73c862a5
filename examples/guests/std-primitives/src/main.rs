//! Each primitive of `std`, and rayon and crossbeam, under several threads: what works on any target works unchanged beside
//! raddle's crate, which gives the threads alone. Prints a line for each; the exit status is the number of failures.

use std::cell::{Cell, RefCell};
use std::collections::BTreeSet;
use std::process::ExitCode;
use std::sync::atomic::Ordering::{AcqRel, Acquire, Relaxed, Release};
use std::sync::atomic::{AtomicBool, AtomicU64, AtomicUsize, fence};
use std::sync::{Barrier, Condvar, LazyLock, Mutex, Once, OnceLock, RwLock, mpsc};
use std::time::Duration;

use raddle_guest::{println, thread};
use rayon::prelude::*;

const THREADS: usize = 4;
const ROUNDS: usize = 2_000;

/// What is checked, and whether it is as it should be.
type Case = (&'static str, fn() -> bool);

fn main() -> ExitCode {
    let cases: &[Case] = &[
        ("atomics count", atomics_count),
        ("atomics publish", atomics_publish),
        ("Mutex", mutex),
        ("Mutex::try_lock", mutex_try_lock),
        ("Condvar", condvar),
        ("Condvar::wait_timeout", condvar_times_out),
        ("RwLock", rwlock),
        ("Barrier", barrier),
        ("Once, OnceLock, LazyLock", once),
        ("mpsc::channel", channel),
        ("mpsc::sync_channel", sync_channel),
        ("mpsc::try_recv", channel_ends),
        ("thread_local!", locals),
        ("crossbeam-channel", crossbeam),
        ("rayon", rayon),
    ];
    let mut failures = 0;
    for (name, case) in cases {
        let passed = case();
        println!("{} {name}", if passed { "ok    " } else { "FAILED" });
        failures += u8::from(!passed);
    }
    ExitCode::from(failures)
}

/// Runs the closure on several threads, with each one's number, and gives their results.
fn on_threads<T: Send>(f: impl Fn(usize) -> T + Sync) -> Vec<T> {
    let f = &f;
    thread::scope(|scope| {
        let threads = (0..THREADS).map(|number| scope.spawn(move || f(number))).collect::<Vec<_>>();
        threads.into_iter().map(|thread| thread.join().unwrap()).collect()
    })
}

fn atomics_count() -> bool {
    let (small, wide) = (AtomicUsize::new(0), AtomicU64::new(u64::MAX / 2));
    on_threads(|_| {
        for _ in 0..ROUNDS {
            small.fetch_add(1, Relaxed);
            wide.fetch_add(1, AcqRel);
        }
    });
    let all = THREADS * ROUNDS;
    small.into_inner() == all && wide.into_inner() == u64::MAX / 2 + all as u64
}

fn atomics_publish() -> bool {
    let (data, ready) = (AtomicU64::new(0), AtomicBool::new(false));
    let seen = on_threads(|number| {
        if number == 0 {
            data.store(42, Relaxed);
            fence(Release);
            ready.store(true, Relaxed);
        }
        while !ready.load(Relaxed) {
            thread::yield_now();
        }
        fence(Acquire);
        data.load(Relaxed)
    });
    seen == [42; THREADS]
}

fn mutex() -> bool {
    let count = Mutex::new(0);
    on_threads(|_| (0..ROUNDS).for_each(|_| *count.lock().unwrap() += 1));
    count.into_inner().unwrap() == THREADS * ROUNDS
}

fn mutex_try_lock() -> bool {
    let mutex = Mutex::new(());
    let guard = mutex.lock().unwrap();
    let while_locked = on_threads(|_| mutex.try_lock().is_ok());
    drop(guard);
    while_locked == [false; THREADS] && mutex.try_lock().is_ok()
}

fn condvar() -> bool {
    // Threads take turns by their numbers.
    let (turn, changed) = (Mutex::new(0), Condvar::new());
    on_threads(|number| {
        for round in 0..ROUNDS {
            let mine = round * THREADS + number;
            let mut turn = changed.wait_while(turn.lock().unwrap(), |turn| *turn != mine).unwrap();
            *turn += 1;
            changed.notify_all();
        }
    });
    turn.into_inner().unwrap() == THREADS * ROUNDS
}

fn condvar_times_out() -> bool {
    // `wait_timeout_while` and every other call that reads std's clock cannot work on this target: it has none.
    let (mutex, never) = (Mutex::new(()), Condvar::new());
    on_threads(|_| {
        let (_guard, result) = never.wait_timeout(mutex.lock().unwrap(), Duration::from_millis(5)).unwrap();
        result.timed_out()
    })
    .into_iter()
    .all(|timed_out| timed_out)
}

fn rwlock() -> bool {
    let pair = RwLock::new((0, 0));
    let consistent = on_threads(|number| {
        (0..ROUNDS).all(|_| {
            if number == 0 {
                let mut pair = pair.write().unwrap();
                pair.0 += 1;
                pair.1 += 1;
                return true;
            }
            let pair = pair.read().unwrap();
            pair.0 == pair.1
        })
    });
    consistent == [true; THREADS] && *pair.read().unwrap() == (ROUNDS, ROUNDS)
}

fn barrier() -> bool {
    let (barrier, arrived, leaders) = (Barrier::new(THREADS), AtomicUsize::new(0), AtomicUsize::new(0));
    let complete = on_threads(|_| {
        (1..=100).all(|round| {
            arrived.fetch_add(1, Relaxed);
            if barrier.wait().is_leader() {
                leaders.fetch_add(1, Relaxed);
            }
            let complete = arrived.load(Relaxed) == round * THREADS;
            barrier.wait();
            complete
        })
    });
    complete == [true; THREADS] && leaders.into_inner() == 100
}

fn once() -> bool {
    static RUNS: AtomicUsize = AtomicUsize::new(0);
    static LAZY: LazyLock<usize> = LazyLock::new(|| RUNS.fetch_add(1, Relaxed));
    let (once, cell) = (Once::new(), OnceLock::new());
    let values = on_threads(|number| {
        once.call_once(|| _ = RUNS.fetch_add(1, Relaxed));
        (*cell.get_or_init(|| number), *LAZY)
    });
    RUNS.load(Relaxed) == 2 && values.iter().all(|value| *value == values[0])
}

fn channel() -> bool {
    let (sender, receiver) = mpsc::channel();
    on_threads(|number| {
        let sender = sender.clone();
        (0..ROUNDS).for_each(|round| sender.send(number * ROUNDS + round).unwrap());
    });
    drop(sender);
    receiver.into_iter().collect::<BTreeSet<_>>() == (0..THREADS * ROUNDS).collect()
}

fn sync_channel() -> bool {
    // Without a buffer: every message is handed from one thread to the other while both wait.
    let (sender, receiver) = mpsc::sync_channel(0);
    let receiver = Mutex::new(receiver);
    let sums = on_threads(|number| {
        if number > 0 {
            return (0..ROUNDS).map(|round| sender.send(round)).filter(Result::is_err).count();
        }
        let receiver = receiver.lock().unwrap();
        receiver.iter().take(ROUNDS * (THREADS - 1)).sum()
    });
    sums[0] == ROUNDS * (ROUNDS - 1) / 2 * (THREADS - 1) && sums[1..].iter().all(|errors| *errors == 0)
}

fn channel_ends() -> bool {
    let (sender, receiver) = mpsc::channel();
    let empty = receiver.try_recv() == Err(mpsc::TryRecvError::Empty);
    thread::spawn(move || sender.send(1).unwrap()).join().unwrap();
    empty && receiver.recv() == Ok(1) && receiver.recv().is_err()
}

fn locals() -> bool {
    thread_local! {
        static COUNT: Cell<usize> = const { Cell::new(0) };
        static TEXT: RefCell<String> = RefCell::new("thread".into());
    }
    COUNT.set(1000);
    let own = on_threads(|number| {
        (0..number).for_each(|_| COUNT.set(COUNT.get() + 1));
        TEXT.with_borrow_mut(|text| text.push_str(&number.to_string()));
        COUNT.get() == number && TEXT.take() == format!("thread{number}")
    });
    own == [true; THREADS] && COUNT.get() == 1000 && TEXT.take() == "thread"
}

fn crossbeam() -> bool {
    let (work, tasks) = crossbeam_channel::bounded(8);
    let (results, answers) = crossbeam_channel::unbounded();
    on_threads(|number| {
        if number == 0 {
            (0..ROUNDS).for_each(|task| work.send(Some(task)).unwrap());
            (1..THREADS).for_each(|_| work.send(None).unwrap());
            return;
        }
        while let Some(task) = tasks.recv().unwrap() {
            results.send(task * task).unwrap();
        }
    });
    answers.try_iter().sum::<usize>() == (0..ROUNDS).map(|task| task * task).sum()
}

fn rayon() -> bool {
    let pool = rayon::ThreadPoolBuilder::new()
        .num_threads(THREADS)
        .spawn_handler(|thread| thread::Builder::new().spawn(|| thread.run()).map(drop));
    let pool = pool.build().unwrap();
    let numbers = pool.install(|| {
        let mut numbers = (0..100_000u64).into_par_iter().map(|number| number * 7919 % 100_003).collect::<Vec<_>>();
        numbers.par_sort_unstable();
        numbers
    });
    numbers.is_sorted() && numbers.len() == 100_000
}
