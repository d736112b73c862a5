//! Random plays for as long as one likes. `cargo xtask fuzz` sets how long, and from which seed.

use std::{
    env, fs,
    sync::{
        Arc, Mutex, OnceLock,
        atomic::{AtomicU32, AtomicU64, Ordering::Relaxed},
    },
    thread,
    time::{Duration, Instant},
};

use fastrand::Rng;
use raddle_backend_native::{Event, GuestMemory, Outcome, Process, cycles};

use crate::{
    machine::Tally,
    random::{Case, Embedder, MOST_THREADS},
    run::{Failure, Running, check_host},
    seen::Seen,
    world::{WORD_COUNT, WORDS},
};

/// How long it runs; two seconds unless it is set.
const SECONDS: &str = "RADDLE_FUZZ_SECONDS";
/// The seed of the first play. The next ones have the next numbers. 0 unless it is set.
const SEED: &str = "RADDLE_FUZZ_SEED";
/// Set: the first play is run again and again.
const REPEAT: &str = "RADDLE_FUZZ_REPEAT";

/// How many processes there are at once. They share a runtime, so that each is run among the ends of others.
const AT_ONCE: usize = 3;

/// After so many plays, memory has taken the size that it keeps.
const WARM: u64 = 500;

/// What the memory of the host may grow by after that, in bytes.
const MAY_GROW: u64 = 64 << 20;

/// What the operating system may have of threads: one for each that ran at once, and some for the tests, the watchdog
/// and the engine.
const MOST_OS_THREADS: usize = AT_ONCE * MOST_THREADS as usize + 16;

fn number(variable: &str) -> Option<u64> {
    env::var(variable).ok().map(|text| text.parse().unwrap_or_else(|_| panic!("{variable} is a number, not {text}")))
}

#[test]
fn random_plays_end_and_leave_nothing() {
    let seconds = number(SECONDS);
    let until = Instant::now() + Duration::from_secs(seconds.unwrap_or(2));
    let first = number(SEED).unwrap_or(0);
    let step = if env::var_os(REPEAT).is_some() { 0 } else { 1 };
    let count = AtomicU64::new(0);
    let failure = OnceLock::new();
    let seen = Mutex::new(Seen::default());
    let warm = OnceLock::new();
    let play = || {
        while failure.get().is_none() {
            let number = count.fetch_add(1, Relaxed);
            if number > 0 && Instant::now() >= until {
                break;
            }
            if number == WARM {
                let _ = warm.set(resident());
            }
            let case = Case::new(first.wrapping_add(number.wrapping_mul(step)));
            match run(&case) {
                Ok((outcome, answers)) => seen.lock().expect("no panic").add(&outcome, answers),
                Err(what) => drop(failure.set((what, case))),
            }
        }
    };
    thread::scope(|scope| (0..AT_ONCE).for_each(|_| drop(scope.spawn(play))));
    if let Some((what, case)) = failure.get() {
        let seed = case.seed;
        panic!("{what}\n`cargo xtask fuzz --repeat --seed {seed}` runs this again and again:\n{case}");
    }
    check_host();
    println!("{}", seen.into_inner().expect("no panic"));
    // Without a time there are other tests beside this one, which hold what they hold.
    if seconds.is_some() {
        check_what_is_held(warm.into_inner().flatten());
    }
}

/// Looks at what this test's process holds after all, compared with what it held when it was warm.
fn check_what_is_held(warm: Option<u64>) {
    if let (Some(before), Some(after)) = (warm, resident()) {
        assert!(after < before + MAY_GROW, "{before} bytes resident after {WARM} plays, {after} after all");
    }
    let threads = fs::read_dir("/proc/self/task").map_or(0, Iterator::count);
    assert!(threads <= MOST_OS_THREADS, "{threads} threads of the operating system after all");
}

/// The memory that this process holds, in bytes, where the system tells.
fn resident() -> Option<u64> {
    let status = fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"))?;
    line.trim().strip_suffix(" kB")?.parse::<u64>().ok().map(|kilobytes| kilobytes * 1024)
}

/// Plays a case, and judges how it ended.
fn run(case: &Case) -> Result<(Outcome, Tally), Failure> {
    let begun = Arc::new(AtomicU32::new(0));
    let alive = begun.clone();
    let running = Running::start(&case.play, |process| {
        let process = process.on_event(move |event| match event {
            Event::ThreadStarted { .. } => drop(alive.fetch_add(1, Relaxed)),
            Event::ThreadEnded { .. } => drop(alive.fetch_sub(1, Relaxed)),
            _ => {}
        });
        match case.embedder {
            Embedder::Limits(limit) => process.time_limit(limit),
            _ => process,
        }
    });
    let process = running.process.clone();
    if case.meddles {
        meddle(case, &process);
    } else if let Embedder::Kills(after) = case.embedder {
        let _ = process.wait_timeout(after);
    }
    if let Embedder::Kills(_) = case.embedder {
        process.kill();
    }
    let (outcome, tally) = running.end()?;
    if let Outcome::Deadlocked { threads } = &outcome {
        let circles = cycles(threads).len();
        if threads.is_empty() || circles > threads.len() {
            return Err(Failure(format!("a strange deadlock: {outcome:?}")));
        }
    }
    match begun.load(Relaxed) {
        0 => Ok((outcome, tally)),
        more => Err(Failure(format!("{more} threads were told of that did not end; the outcome is {outcome:?}"))),
    }
}

/// Reads and writes the guest's memory until the process ends, or is to be killed.
fn meddle(case: &Case, process: &Process) {
    let mut random = Rng::with_seed(case.seed);
    let since = Instant::now();
    let memory = process.memory();
    while process.wait_timeout(Duration::from_micros(20)).is_none() {
        if matches!(case.embedder, Embedder::Kills(after) if since.elapsed() >= after) {
            return;
        }
        for _ in 0..WORD_COUNT {
            let word = (WORDS + 4 * random.i64(0..WORD_COUNT)).cast_unsigned();
            let value = [0, 1, u32::MAX, random.u32(..)][random.usize(..4)];
            memory.store32(word, value).expect("the words lie in memory");
        }
        if random.u8(..64) == 0 {
            let _ = memory.grow(1);
        }
    }
}
