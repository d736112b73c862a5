//! The test's side of the driver: hands out steps, and checks what comes of them.

use std::{
    collections::HashMap,
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicI64, AtomicU64, Ordering::Relaxed},
    },
};

use raddle_backend_native::{
    ThreadState,
    wasmtime::{self, Caller, Linker},
};

use crate::{
    answers::{Answer, Answers},
    operations::OPERATIONS,
    script::{Arg, Play, REGISTERS, SCRIPTS, Step},
};

/// How often each operation, by its place, gave each answer.
pub(crate) type Tally = HashMap<(usize, Answer), u64>;

/// What all threads of one process share.
#[derive(Debug)]
pub(crate) struct Machine {
    play: Play,
    registers: [AtomicI64; REGISTERS as usize],
    fuel: AtomicI64,
    /// By operation.
    begun: Vec<AtomicU64>,
    tally: Mutex<Tally>,
}

impl Machine {
    pub(crate) fn new(play: &Play) -> Machine {
        Machine {
            play: play.clone(),
            registers: Default::default(),
            fuel: AtomicI64::new(play.fuel),
            begun: OPERATIONS.iter().map(|_| AtomicU64::new(0)).collect(),
            tally: Mutex::default(),
        }
    }

    /// How often an operation, by its place, was begun so far.
    pub(crate) fn begun(&self, operation: usize) -> u64 {
        self.begun[operation].load(Relaxed)
    }

    /// The answers of all threads that have ended.
    pub(crate) fn tally(&self) -> Tally {
        self.tally.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

/// What one thread does.
#[derive(Debug)]
pub(crate) struct Player {
    machine: Arc<Machine>,
    /// The scripts that it is in, the innermost last: a step may call the driver again.
    scripts: Vec<Playing>,
    clock: i64,
    tally: Tally,
}

/// A script that is being played.
#[derive(Debug, Default)]
struct Playing {
    script: usize,
    /// Its next step.
    place: usize,
    /// What the step that is being done does, and with what.
    operation: usize,
    args: Vec<Arg>,
    values: Vec<i64>,
    to: Option<u8>,
}

impl Player {
    pub(crate) fn new(machine: &Arc<Machine>) -> Player {
        Player { machine: machine.clone(), scripts: Vec::new(), clock: 0, tally: Tally::new() }
    }

    fn begin(&mut self, script: i64) {
        let script = usize::try_from(script.wrapping_sub(SCRIPTS)).unwrap_or(usize::MAX);
        self.scripts.push(Playing { script, ..Playing::default() });
    }

    /// The operation of the next step, or one more than there are at the end of the script.
    fn next(&mut self) -> usize {
        while let Some(playing) = self.scripts.last_mut()
            && self.machine.fuel.fetch_sub(1, Relaxed) > 0
        {
            match self.machine.play.scripts.get(playing.script).and_then(|steps| steps.get(playing.place)) {
                None => break,
                Some(&Step::Again(to)) => playing.place = to.into(),
                Some(&Step::Do { operation, args, to }) => {
                    playing.place += 1;
                    (playing.operation, playing.to) = (operation, to);
                    playing.args = args.to_vec();
                    playing.values.clear();
                    self.machine.begun[operation].fetch_add(1, Relaxed);
                    return operation;
                }
            }
        }
        self.scripts.pop();
        OPERATIONS.len()
    }

    /// The step's next argument.
    fn arg(&mut self, me: u32, memory: usize) -> i64 {
        let Some(playing) = self.scripts.last_mut() else { return 0 };
        let value = match playing.args[playing.values.len()] {
            Arg::Literal(value) => value,
            Arg::Register(register) => self.machine.registers[usize::from(register)].load(Relaxed),
            Arg::FromEnd(offset) => (memory as i64).wrapping_add(offset),
            Arg::Me(bits) => i64::from(me | bits),
        };
        playing.values.push(value);
        value
    }

    /// What came of the step.
    fn result(&mut self, value: i64, me: u32) -> wasmtime::Result<()> {
        let Some(playing) = self.scripts.last() else { return Ok(()) };
        let operation = &OPERATIONS[playing.operation];
        if let Some(register) = playing.to {
            self.machine.registers[usize::from(register)].store(value, Relaxed);
        }
        match Answers::of(operation).check(value, me, &mut self.clock) {
            Ok(answer) => *self.tally.entry((playing.operation, answer)).or_default() += 1,
            Err(why) => {
                let message = format!("thread {me}: {}{:x?} answered {why}", operation.name, playing.values);
                return Err(wasmtime::Error::msg(message));
            }
        }
        Ok(())
    }
}

impl Drop for Player {
    fn drop(&mut self) {
        let mut all = self.machine.tally.lock().unwrap_or_else(PoisonError::into_inner);
        for (what, count) in self.tally.drain() {
            *all.entry(what).or_default() += count;
        }
    }
}

/// Defines what the driver asks and tells.
pub(crate) fn define(linker: &mut Linker<ThreadState<Player>>) -> wasmtime::Result<()> {
    type C<'a> = Caller<'a, ThreadState<Player>>;
    const MODULE: &str = "machine";

    linker.func_wrap(MODULE, "begin", |mut c: C<'_>, script: i64| c.data_mut().data_mut().begin(script))?;
    linker.func_wrap(MODULE, "next", |mut c: C<'_>| c.data_mut().data_mut().next() as i32)?;
    linker.func_wrap(MODULE, "arg", |mut c: C<'_>| {
        let (me, memory) = (c.data().thread_id(), c.data().memory().as_wasmtime().data_size());
        c.data_mut().data_mut().arg(me, memory)
    })?;
    linker.func_wrap(MODULE, "result", |mut c: C<'_>, value: i64| {
        let me = c.data().thread_id();
        c.data_mut().data_mut().result(value, me)
    })?;
    Ok(())
}
