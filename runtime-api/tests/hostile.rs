//! Guests that mean no good, at random, on the in-memory host: any call with anything, from several threads that write
//! into the memory meanwhile. The native backend has the same at length, with wasm; here it is small, for tools that
//! watch every access.
//!
//! `RADDLE_HOSTILE_PROGRAMS` says how many, 200 by default, and a few in Miri.

use std::{
    env,
    sync::{
        Arc,
        atomic::{AtomicI64, Ordering::Relaxed},
    },
    time::Duration,
};

use raddle_runtime_api::{
    Call, GuestMemory, Host, Outcome, Thread, Threads, TrapKind,
    abi::{
        FOREVER, PointerWidth, Signature,
        Ty::{self, I32, I64, P},
        imports::{self, IMPORTS, Import},
        mutex::{OWNER_DIED, WAITERS},
    },
    call_import,
    memory_host::{MemoryHost, Program},
};

/// How long a process may take that must end by itself: longer than anything here takes, on any machine.
const PATIENCE: Duration = Duration::from_secs(60);

/// Words that the threads share; ids and keys are stored in the last ones.
const WORDS: u64 = 0x1000;
const WORD_COUNT: u64 = 12;
const OUT: u64 = WORDS + 4 * WORD_COUNT;
const OUT_COUNT: u64 = 4;

/// A small generator of numbers, the same every time.
struct Random(u64);

impl Random {
    fn number(&mut self) -> u64 {
        // Splitmix64.
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ self.0 >> 30).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ mixed >> 27).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ mixed >> 31
    }

    fn below(&mut self, end: u64) -> u64 {
        self.number() % end
    }

    fn one_of<T: Copy>(&mut self, values: &[T]) -> T {
        values[self.below(values.len() as u64) as usize]
    }
}

/// What the threads of a process share beside its memory.
struct Play {
    seed: u64,
    /// How many calls they may make together.
    fuel: AtomicI64,
}

/// A thread's part: calls until the fuel is gone, or it has had enough.
fn play(thread: &Thread<MemoryHost>, play: &Play, part: u64) -> Call<u64> {
    let mut random = Random(play.seed ^ part << 32);
    for _ in 0..random.below(60) {
        if play.fuel.fetch_sub(1, Relaxed) <= 0 {
            break;
        }
        let word = WORDS + 4 * random.below(WORD_COUNT + OUT_COUNT);
        match random.below(4) {
            0 => {
                let me = thread.thread_id().cast_unsigned();
                let value = random.one_of(&[0, 0, me, me | WAITERS, OWNER_DIED, WAITERS, 1, u32::MAX]);
                thread.store(word, value);
            }
            _ => {
                let import = random.one_of(IMPORTS);
                // What ends the process or the thread is done seldom.
                if !import.returns && random.below(10) > 0 {
                    continue;
                }
                let args = args(thread, &mut random, &import);
                let answer = call_import(thread, &import, PointerWidth::Bits64, &args)?;
                assert!(is_answer(&import, answer), "{}{args:x?} answered {answer}", import.name);
            }
        }
    }
    Ok(part)
}

/// Arguments of the types that a call takes, and mostly such that it does something.
fn args(thread: &Thread<MemoryHost>, random: &mut Random, import: &Import) -> Vec<i64> {
    let Signature { params, .. } = import.signature;
    let memory = thread.host().memory().byte_len();
    let arg = |(place, &ty): (usize, &Ty)| {
        let word = WORDS + 4 * random.below(WORD_COUNT);
        let out = OUT + 8 * random.below(OUT_COUNT / 2);
        // What traps ends the process, so seldom.
        let is_wild = random.below(if import.name.starts_with("wait") { 100 } else { 8 }) == 0;
        let arg = match (import.name, place) {
            _ if ty == I64 && import.name != imports::WAIT64 => timeout(random),
            (imports::WAIT64, 2) => timeout(random),
            _ if is_wild => {
                let near_end = memory.wrapping_sub(8).wrapping_add(random.below(16));
                let any = random.number();
                random.one_of(&[0, 2, any, near_end, u64::MAX, u64::MAX - 7, u32::MAX.into()])
            }
            (imports::THREAD_SPAWN | imports::TLS_CREATE, 0) => random.one_of(&[1, 1, 1, 2, 0]),
            (imports::THREAD_SPAWN, 1) => random.below(5),
            (imports::THREAD_SPAWN, 2) => 0,
            (imports::THREAD_SPAWN, 3) | (imports::TLS_CREATE, 1) | (imports::THREAD_JOIN, 2) => out,
            (imports::WRITE, 0) => 1 + random.below(2),
            (imports::WRITE | imports::THREAD_SET_NAME | imports::PROCESS_ABORT, _) if place + 1 == params.len() => {
                random.below(40)
            }
            // Ids and keys are read from where they are stored.
            _ if ty == I32 && place == 0 => thread.load(out).into(),
            (imports::WAIT32, 1) => thread.load(word).into(),
            _ if ty == P => word & !u64::from(import.name == imports::WAIT64) << 2,
            _ => random.below(5).wrapping_sub(1),
        };
        arg.cast_signed()
    };
    params.iter().enumerate().map(arg).collect()
}

/// A time-out that is over soon, or never.
fn timeout(random: &mut Random) -> u64 {
    let soon = random.below(100_000);
    random.one_of(&[0, soon, soon, FOREVER as u64, i64::MIN as u64])
}

fn is_answer(import: &Import, answer: i64) -> bool {
    match import.name {
        imports::WAIT32 | imports::WAIT64 => (0..=2).contains(&answer),
        imports::TLS_GET => true,
        _ => import.returns && answer >= 0,
    }
}

/// One process. Its threads cannot go on for ever, so it ends by itself, if only in a deadlock that is found.
fn run(seed: u64) -> Outcome {
    let mut random = Random(seed);
    let mut program = Program::new();
    program.section.pointer_width = if random.below(2) == 0 { PointerWidth::Bits32 } else { PointerWidth::Bits64 };
    program.section.memory.maximum = 6;
    program.limits.max_threads = Some(1 + random.below(8) as u32);
    let shared = Arc::new(Play { seed, fuel: AtomicI64::new(300) });
    for _ in 0..2 {
        let shared = shared.clone();
        program.function(move |thread, part| play(thread, &shared, part));
    }
    let process =
        program.start(move |thread| play(thread, &shared, 0).map(|_| Vec::new())).expect("a process that starts");
    if random.below(4) == 0 {
        let _ = process.wait(Some(process.host().now() + random.below(2_000_000)));
        process.end(&Outcome::Killed);
    }
    let outcome = process.wait(Some(process.host().now() + PATIENCE.as_nanos() as u64));
    let outcome = outcome.unwrap_or_else(|| panic!("seed {seed}: it does not end"));
    let stats = process.stats();
    assert_eq!((stats.live, stats.slots_in_use), (0, 0), "seed {seed}: something is left");
    outcome
}

#[test]
fn any_program_ends_and_leaves_nothing() {
    let usual = if cfg!(miri) { 5 } else { 200 };
    let count = env::var("RADDLE_HOSTILE_PROGRAMS").map_or(usual, |count| count.parse().expect("a number"));
    for seed in 0..count {
        match run(seed) {
            Outcome::Trapped { trap, .. } => match trap.kind {
                TrapKind::MemoryOutOfBounds | TrapKind::UnalignedAtomic | TrapKind::TableOutOfBounds => {}
                // Over the canaries of its stacks.
                TrapKind::StackOverflow => {}
                kind => panic!("seed {seed}: {kind}: {}", trap.message),
            },
            Outcome::TimedOut => panic!("seed {seed}: nobody said so"),
            _ => {}
        }
    }
}
