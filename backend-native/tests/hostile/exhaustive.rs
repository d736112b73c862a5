//! Every call of the ABI × every combination of values that are worth passing, or some thousands of them where there
//! are too many.
//!
//! Calls that return are made by the main thread, one after another; those that may block for ever by a thread each,
//! and then the process is killed; those that end something in a process each. All the while other threads rewrite the
//! words that the arguments point at, and wake whoever waits there.

use std::{
    collections::HashSet,
    iter,
    time::{Duration, Instant},
};

use fastrand::Rng;
use raddle_backend_native::{Outcome, TrapKind};
use raddle_runtime_api::abi::{PointerWidth, Status, Ty::I64, imports};

use crate::{
    answers::{Answer, Answers},
    driver::table,
    machine::Tally,
    operations::{OPERATIONS, Operation, STORE},
    run::{PATIENCE, Running, check_host},
    scenes::{self, AT_OUT, DESTROY, EMPTY, HELD, NEVER, TAMPER, TAMPERING, load_out, spawn, wait_for},
    script::{
        Arg::{self, FromEnd, Literal, Me, Register},
        Play, SCRIPTS, Script, Step,
    },
    values::{self, register},
    world::{OUT, WORDS},
};

/// More combinations than this are drawn from.
const MOST: usize = 20_000;

/// A call that returns is made at least so often.
const LEAST: usize = 5_000;

/// Calls that end a process are made at most so often.
const MOST_ENDS: usize = 1_000;

/// So many more are made of numbers that nobody thought of.
const MORE: usize = 500;

/// How many calls that may block are made in one process, each by a thread.
const BLOCKED_AT_ONCE: usize = 512;

/// How many calls the main thread makes before it makes a new thread and a new key for them.
const CHUNK: usize = 64;

#[test]
fn every_call_of_a_32_bit_guest_is_answered() {
    every_call(PointerWidth::Bits32);
}

#[test]
fn every_call_of_a_64_bit_guest_is_answered() {
    every_call(PointerWidth::Bits64);
}

fn every_call(width: PointerWidth) {
    let memory = memory_size(width);
    for (place, operation) in OPERATIONS.iter().enumerate().filter(|(_, operation)| operation.is_import) {
        let mut cases = Cases { width, memory, place, operation, returning: vec![], blocking: vec![], ending: vec![] };
        cases.collect();
        let tally = cases.run();
        check_answers(place, operation, &tally);
        check_host();
    }
}

/// The memory of a process that is not to grow: as large as it is from the start.
fn memory_size(width: PointerWidth) -> u64 {
    let running = Running::start(&play(width, vec![vec![]]), |process| process);
    let memory = running.process.stats().memory;
    running.end().unwrap_or_else(|failure| panic!("{failure}"));
    memory
}

fn play(width: PointerWidth, scripts: Vec<Script>) -> Play {
    let max_threads = BLOCKED_AT_ONCE as u32 + 16;
    Play { width, growable: false, scripts, fuel: i64::MAX, max_threads }
}

/// A call with arguments.
type Args = Vec<Arg>;

/// All the calls of one import.
struct Cases {
    width: PointerWidth,
    memory: u64,
    place: usize,
    operation: &'static Operation,
    returning: Vec<Args>,
    blocking: Vec<Args>,
    ending: Vec<Args>,
}

impl Cases {
    /// Makes all combinations of values, and puts each where it belongs.
    fn collect(&mut self) {
        let params = self.operation.signature.params;
        let mut values: Vec<Vec<Arg>> = params.iter().map(|&ty| values::of(ty, self.width)).collect();
        if self.operation.name == imports::THREAD_SPAWN {
            // Any other function of the table ends the process, or does nothing.
            let functions = std::mem::replace(&mut values[0], vec![Literal(table::RUN)]);
            self.ending.extend(functions.into_iter().map(|function| vec![function, Literal(0), Literal(0), AT_OUT]));
        }
        let count = values.iter().try_fold(1_usize, |count, values| count.checked_mul(values.len()));
        let mut random = Rng::with_seed(self.place as u64);
        let all: Vec<Args> = match count.filter(|&count| count <= MOST) {
            Some(count) => (0..count).map(|number| combination(&values, number)).collect(),
            None => iter::repeat_with(|| values.iter().map(|values| random.choice(values).copied().unwrap()).collect())
                .take(MOST)
                .collect(),
        };
        let any = iter::repeat_with(|| params.iter().map(|_| Literal(random.i64(..))).collect());
        let any = any.take(if params.is_empty() { 0 } else { MORE });
        for args in all.into_iter().chain(any.collect::<Vec<_>>()) {
            match self.fate(&args) {
                Fate::Returns => self.returning.push(args),
                Fate::MayBlock => self.blocking.push(args),
                Fate::Ends => self.ending.push(args),
            }
        }
        random.shuffle(&mut self.ending);
        self.ending.truncate(MOST_ENDS);
    }

    fn fate(&self, args: &Args) -> Fate {
        let name = self.operation.name;
        match name {
            imports::THREAD_EXIT | imports::PROCESS_EXIT | imports::PROCESS_ABORT => return Fate::Ends,
            // Another function than the interpreter is called on the new thread, and traps or not.
            imports::THREAD_SPAWN if !matches!(args[0], Literal(table::RUN)) => return Fate::Ends,
            _ if !self.faults(args).is_empty() => return Fate::Ends,
            // It takes the mutex again, however long that takes.
            imports::COND_WAIT => return Fate::MayBlock,
            _ => {}
        }
        // How long a call may block is its last number of that type.
        let timeout = self.operation.signature.params.iter().rposition(|&ty| ty == I64);
        match timeout.map(|place| args[place]) {
            Some(Literal(timeout)) if !(0..1_000_000).contains(&timeout) => Fate::MayBlock,
            _ => Fate::Returns,
        }
    }

    /// How a wait or a notify traps, if it does; whichever of two reasons an engine finds first.
    fn faults(&self, args: &Args) -> Vec<TrapKind> {
        let size = match self.operation.name {
            imports::WAIT32 | imports::NOTIFY => 4,
            imports::WAIT64 => 8,
            _ => return vec![],
        };
        let address = self.address(args[0]);
        let outside = address.checked_add(size).is_none_or(|end| end > self.memory);
        let unaligned = !address.is_multiple_of(size);
        let faults = [(outside, TrapKind::MemoryOutOfBounds), (unaligned, TrapKind::UnalignedAtomic)];
        faults.into_iter().filter_map(|(is, kind)| is.then_some(kind)).collect()
    }

    fn address(&self, arg: Arg) -> u64 {
        let value = match arg {
            Literal(value) => value,
            FromEnd(offset) => self.memory as i64 + offset,
            Register(_) | Me(_) => unreachable!("no address is made of these"),
        };
        match self.width {
            PointerWidth::Bits32 => u64::from(value as u32),
            PointerWidth::Bits64 => value as u64,
        }
    }

    fn step(&self, args: &Args) -> Step {
        Step::of(self.place, args)
    }

    fn run(&self) -> Tally {
        let mut tally = Tally::new();
        let mut add = |more: Tally| more.into_iter().for_each(|(what, count)| *tally.entry(what).or_default() += count);
        if !self.returning.is_empty() {
            add(self.run_returning());
        }
        for batch in self.blocking.chunks(BLOCKED_AT_ONCE) {
            add(self.run_blocking(batch));
        }
        for (number, args) in self.ending.iter().enumerate() {
            self.run_ending(args, number % 2 == 1);
        }
        tally
    }

    /// The main thread makes the calls, and returns.
    fn run_returning(&self) -> Tally {
        let mut main = scenes::first_steps();
        main.extend([spawn(TAMPER, 0, 0), spawn(TAMPER, 0, 0), wait_for(TAMPERING)]);
        // Again and again where there are few: what they find in memory is another thing each time.
        let count = self.returning.len().max(LEAST);
        let calls: Vec<_> = self.returning.iter().cycle().take(count).collect();
        for chunk in calls.chunks(CHUNK) {
            main.extend([spawn(EMPTY, 0, OUT), load_out(register::ENDED)]);
            main.extend([Step::new(imports::TLS_CREATE, &[DESTROY, AT_OUT]), load_out(register::KEY)]);
            main.extend(chunk.iter().map(|args| self.step(args)));
            main.push(Step::new(imports::THREAD_DETACH, &[Register(register::ENDED)]));
            main.push(Step::new(imports::TLS_DELETE, &[Register(register::KEY)]));
        }
        let running = Running::start(&self.play(main), |process| process);
        let (outcome, tally) = running.end().unwrap_or_else(|failure| self.fail(&failure));
        if outcome != Outcome::Returned(vec![]) {
            self.fail(&outcome);
        }
        tally
    }

    /// A thread makes each call, and when all have begun, the process is killed.
    fn run_blocking(&self, batch: &[Args]) -> Tally {
        let mut main = scenes::first_steps();
        main.extend([spawn(TAMPER, 0, 0), wait_for(TAMPERING)]);
        let first = SCRIPTS + scenes::with_others(vec![]).len() as i64;
        main.extend((0..batch.len()).map(|number| spawn(first + number as i64, 0, 0)));
        main.push(wait_for(NEVER));
        let mut play = self.play(main);
        play.scripts.extend(batch.iter().map(|args| {
            // Its own mutex, for a condition variable.
            let own = args.get(1).filter(|arg| matches!(arg, Literal(at) if (WORDS..HELD).contains(at) && at % 4 == 0));
            own.map(|&at| Step::new(STORE, &[at, Me(0)])).into_iter().chain([self.step(args)]).collect()
        }));
        let running = Running::start(&play, |process| process);
        let since = Instant::now();
        while running.machine.begun(self.place) < batch.len() as u64
            && running.process.wait_timeout(Duration::from_micros(100)).is_none()
            && since.elapsed() < PATIENCE
        {}
        let begun = running.machine.begun(self.place);
        running.process.kill();
        let (outcome, tally) = running.end().unwrap_or_else(|failure| self.fail(&failure));
        if outcome != Outcome::Killed || begun < batch.len() as u64 {
            self.fail(&(outcome, begun));
        }
        tally
    }

    /// The call is made in a process of its own, and ends it, or the thread.
    fn run_ending(&self, args: &Args, by_child: bool) {
        let call = vec![self.step(args), wait_for(NEVER)];
        let scripts = if by_child { vec![vec![spawn(SCRIPTS + 1, 0, 0), wait_for(NEVER)], call] } else { vec![call] };
        let running = Running::start(&play(self.width, scripts), |process| process);
        let (outcome, _) = running.end().unwrap_or_else(|failure| self.fail(&(args, failure)));
        let thread = if by_child { 2 } else { 1 };
        let is_right = match (&outcome, self.operation.name) {
            // The other thread waits for ever.
            (Outcome::Deadlocked { threads }, imports::THREAD_EXIT) => by_child && threads.len() == 1,
            (Outcome::Returned(values), imports::THREAD_EXIT) => !by_child && values.is_empty(),
            (Outcome::Exited(code), imports::PROCESS_EXIT) => match args[0] {
                Literal(value) => *code == value as i32,
                Me(_) => *code == thread,
                _ => true,
            },
            (Outcome::Aborted { thread: by, .. }, imports::PROCESS_ABORT) => by.id == thread as u32,
            (Outcome::Trapped { trap, .. }, imports::THREAD_SPAWN) => matches!(
                trap.kind,
                // The last for a function's number that fits no table.
                TrapKind::TableOutOfBounds
                    | TrapKind::IndirectCallToNull
                    | TrapKind::BadSignature
                    | TrapKind::Unreachable
            ),
            // Refused, or some function that could be called.
            (Outcome::Deadlocked { .. }, imports::THREAD_SPAWN) => true,
            (Outcome::Trapped { thread: by, trap }, _) => {
                by.id == thread as u32 && self.faults(args).contains(&trap.kind)
            }
            _ => false,
        };
        if !is_right {
            self.fail(&(args, outcome));
        }
    }

    /// A play whose main thread does this, with the scripts that others do meanwhile.
    fn play(&self, main: Script) -> Play {
        play(self.width, scenes::with_others(main))
    }

    fn fail(&self, what: &dyn std::fmt::Debug) -> ! {
        panic!("{} in a {:?} memory: {what:?}", self.operation.name, self.width)
    }
}

/// What comes of a call.
enum Fate {
    Returns,
    MayBlock,
    Ends,
}

/// The combination of that number.
fn combination(values: &[Vec<Arg>], mut number: usize) -> Args {
    let pick = |values: &Vec<Arg>| {
        let value = values[number % values.len()];
        number /= values.len();
        value
    };
    values.iter().map(pick).collect()
}

/// The statuses of a call were all seen, or the test does not try what it should.
fn check_answers(place: usize, operation: &Operation, tally: &Tally) {
    let Answers::Statuses(statuses) = Answers::of(operation) else { return };
    let seen: HashSet<_> = tally.keys().filter(|(of, _)| *of == place).map(|(_, answer)| *answer).collect();
    let missing: Vec<Status> =
        statuses.iter().copied().filter(|&status| !seen.contains(&Answer::Status(status))).collect();
    assert!(missing.is_empty(), "{} never answered {missing:?}", operation.name);
}
