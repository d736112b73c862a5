//! Plays made at random, from a seed: the same seed makes the same play.

use std::{fmt, time::Duration};

use fastrand::Rng;
use raddle_runtime_api::abi::{
    FOREVER, PointerWidth, STDERR, STDOUT,
    Ty::{self, I32, I64, P},
    imports, mutex,
};

use crate::{
    driver::table,
    operations::{CALL_INDIRECT, LOAD, OPERATIONS, Operation, SPIN, STORE},
    script::{
        Arg::{self, FromEnd, Literal, Me, Register},
        Play, REGISTERS, SCRIPTS, Script, Step,
    },
    values,
    world::{ATTRIBUTES, DETACHED_ATTRIBUTES, NO_TEXT, OUT, TEXT, TEXT_LEN, WORD_COUNT, WORDS},
};

/// The most threads that a play may have.
pub(crate) const MOST_THREADS: u32 = 24;

/// A play, and what the embedder does meanwhile.
#[derive(Debug)]
pub(crate) struct Case {
    pub(crate) seed: u64,
    pub(crate) play: Play,
    pub(crate) embedder: Embedder,
    /// Whether the embedder writes into the guest's memory all the while.
    pub(crate) meddles: bool,
}

/// Who ends a process.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Embedder {
    /// The guest: it neither spins nor waits long, and has so many steps. So it ends, if only in a deadlock that must
    /// be found.
    LeavesAlone,
    /// The embedder, after so long.
    Kills(Duration),
    /// Its time limit.
    Limits(Duration),
}

impl fmt::Display for Case {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Case { seed, play, embedder, meddles } = self;
        write!(f, "seed {seed}; the embedder {embedder:?}")?;
        f.write_str(if *meddles { " and writes into the memory; " } else { "; " })?;
        play.fmt(f)
    }
}

impl Case {
    pub(crate) fn new(seed: u64) -> Case {
        let mut random = Rng::with_seed(seed);
        let embedder = match random.u8(..4) {
            0 => Embedder::Kills(Duration::from_micros(random.u64(..5_000))),
            1 => Embedder::Limits(Duration::from_micros(random.u64(..10_000))),
            _ => Embedder::LeavesAlone,
        };
        let ends = matches!(embedder, Embedder::LeavesAlone);
        let width = if random.bool() { PointerWidth::Bits32 } else { PointerWidth::Bits64 };
        let count = random.usize(1..7);
        let mut author = Author { random, width, scripts: count as i64, ends };
        let mut scripts: Vec<_> = (0..count).map(|_| author.script()).collect();
        let others = author.spawns();
        scripts[0].splice(..0, others);
        let random = &mut author.random;
        let play = Play {
            width,
            growable: random.bool(),
            scripts,
            fuel: random.i64(20..4_000),
            max_threads: random.u32(1..=MOST_THREADS),
        };
        Case { seed, play, embedder, meddles: random.u8(..4) == 0 }
    }
}

/// The first register of those that hold keys; those before hold ids.
const KEYS: u8 = 5;

/// Makes scripts.
struct Author {
    random: Rng,
    width: PointerWidth,
    /// How many scripts there will be.
    scripts: i64,
    /// Whether every step must end by itself, or wait for ever and be found to.
    ends: bool,
}

impl Author {
    /// Threads that play the other scripts, or some of them.
    fn spawns(&mut self) -> Script {
        let mut steps = Vec::new();
        for script in 1..self.scripts {
            if self.random.u8(..4) > 0 {
                let spawn = [table::RUN, SCRIPTS + script, 0, OUT].map(Literal);
                steps.push(Step::new(imports::THREAD_SPAWN, &spawn));
                steps.push(Step::new(LOAD, &[Literal(OUT)]).keep(self.thread()));
            }
        }
        steps
    }

    fn script(&mut self) -> Script {
        let len = self.random.usize(1..24);
        let mut script = Vec::new();
        while script.len() < len {
            self.some_steps(&mut script);
        }
        if self.random.u8(..3) == 0 {
            // To a step before: the first is one that does something, so that going back always comes to one.
            script.push(Step::Again(self.random.u16(..len as u16)));
        }
        script
    }

    /// One step, or some that belong together.
    fn some_steps(&mut self, script: &mut Script) {
        let operation = self.operation();
        let place = OPERATIONS.iter().position(|other| other.name == operation.name).unwrap_or_default();
        let args: Vec<_> = (0..operation.signature.params.len()).map(|place| self.arg(operation, place)).collect();
        script.push(Step::of(place, &args));
        match operation.name {
            imports::THREAD_SPAWN | imports::TLS_CREATE => {
                // Read the id or the key, where it may have been stored.
                if let Some(&Literal(out)) = args.last()
                    && (OUT..OUT + 64).contains(&out)
                {
                    let register = if operation.name == imports::TLS_CREATE { self.key() } else { self.thread() };
                    script.push(Step::new(LOAD, &[Literal(out & !3)]).keep(register));
                }
            }
            imports::MUTEX_LOCK if self.random.u8(..3) > 0 => {
                if self.random.bool() {
                    let cond = self.word();
                    script.push(Step::new(imports::COND_WAIT, &[cond, args[0], self.timeout()]));
                }
                script.push(Step::new(imports::MUTEX_UNLOCK, &args[..1]));
            }
            _ => {}
        }
    }

    fn operation(&mut self) -> &'static Operation {
        let weight = |operation: &Operation| match operation.name {
            SPIN if self.ends => 0,
            SPIN | "unreachable" | imports::PROCESS_EXIT | imports::PROCESS_ABORT => 1,
            imports::THREAD_EXIT | "memory.grow" | "memory.fill" | "memory.copy" | CALL_INDIRECT => 3,
            imports::THREAD_SPAWN | STORE => 40,
            imports::MUTEX_LOCK | imports::THREAD_JOIN | imports::NOTIFY | imports::COND_NOTIFY => 30,
            _ => 10,
        };
        let sum: u32 = OPERATIONS.iter().map(weight).sum();
        let mut pick = self.random.u32(..sum);
        let picked = OPERATIONS.iter().find(|operation| {
            let weight = weight(operation);
            let is_it = pick < weight;
            pick = pick.saturating_sub(weight);
            is_it
        });
        picked.unwrap_or(&OPERATIONS[0])
    }

    fn arg(&mut self, operation: &Operation, place: usize) -> Arg {
        let ty = operation.signature.params[place];
        let is_timeout = ty == I64 && operation.signature.params[place + 1..].iter().all(|&ty| ty != I64);
        let may_trap =
            !operation.is_import || [imports::WAIT32, imports::WAIT64, imports::NOTIFY].contains(&operation.name);
        match self.random.u8(..100) {
            _ if is_timeout => self.timeout(),
            // What traps ends the process, so seldom.
            0..=1 => self.any(ty),
            2..=15 if !may_trap => self.any(ty),
            _ => self.good(operation.name, place, ty),
        }
    }

    /// Anything, or what is worth trying.
    fn any(&mut self, ty: Ty) -> Arg {
        if self.random.bool() {
            return Literal(self.random.i64(..));
        }
        let values = values::of(ty, self.width);
        self.random.choice(values).unwrap_or(Literal(0))
    }

    /// What a call means something with.
    fn good(&mut self, name: &str, place: usize, ty: Ty) -> Arg {
        let script = SCRIPTS + self.random.i64(0..self.scripts);
        let small = self.random.i64(0..8);
        match (name, place) {
            (imports::THREAD_SPAWN, 0) => self.one_of(&[table::RUN; 40], &[table::NULL, table::STRANGE, table::len()]),
            (CALL_INDIRECT, 1) => Literal(table::RUN),
            (imports::TLS_CREATE, 0) => self.one_of(&[0, table::DESTROY, table::DESTROY], &[table::RUN]),
            (imports::THREAD_SPAWN, 1) | (CALL_INDIRECT | imports::TLS_SET | imports::THREAD_EXIT, _) if ty == P => {
                Literal(script)
            }
            (imports::THREAD_SPAWN, 2) => self.one_of(&[0, 0, ATTRIBUTES, DETACHED_ATTRIBUTES], &[OUT, TEXT]),
            (imports::THREAD_SPAWN, 3) | (imports::TLS_CREATE, 1) | (imports::THREAD_JOIN, 2) => {
                Literal(OUT + 8 * small)
            }
            (imports::THREAD_SET_NAME | imports::PROCESS_ABORT, 0) | (imports::WRITE, 1) => {
                self.one_of(&[TEXT], &[NO_TEXT])
            }
            (imports::THREAD_SET_NAME | imports::PROCESS_ABORT, 1) | (imports::WRITE, 2) => {
                self.one_of(&[TEXT_LEN, 0], &[0x1000, 0x1_0001])
            }
            (imports::WRITE, 0) => self.one_of(&[STDOUT.into(), STDERR.into()], &[0]),
            (imports::THREAD_JOIN | imports::THREAD_DETACH, 0) => Register(self.thread()),
            (imports::TLS_DELETE | imports::TLS_SET | imports::TLS_GET, 0) => Register(self.key()),
            (imports::NOTIFY | imports::COND_NOTIFY | "memory.atomic.notify", 1) => Literal(small - 1),
            ("memory.grow", _) => Literal(small),
            ("memory.fill" | "memory.copy", 0 | 1) if ty == P => self.one_of_args(&[FromEnd(-0x8000 * small)]),
            ("memory.fill" | "memory.copy", 2) => self.one_of(&[16, 64], &[0x1000]),
            (imports::WAIT64 | "memory.atomic.wait64" | "i64.atomic.store", 0) => {
                Literal(WORDS + 8 * self.random.i64(0..WORD_COUNT / 2))
            }
            (_, _) if ty == P => self.word(),
            (_, _) if ty == I32 => self.word_value(),
            _ => Literal(small),
        }
    }

    /// What a word may hold that is a mutex, a flag or a count.
    fn word_value(&mut self) -> Arg {
        let register = Register(self.thread());
        self.one_of_args(&[
            Literal(0),
            Literal(0),
            Literal(1),
            Literal(-1),
            Me(0),
            Me(mutex::WAITERS),
            Me(mutex::OWNER_DIED),
            Literal(mutex::WAITERS.into()),
            register,
        ])
    }

    fn word(&mut self) -> Arg {
        // Few, so that threads meet; aligned for 64 bits half the time.
        Literal(WORDS + 4 * (self.random.i64(0..WORD_COUNT) & !i64::from(self.random.bool())))
    }

    fn timeout(&mut self) -> Arg {
        let soon = self.random.i64(0..1_000_000);
        let endless = [FOREVER, FOREVER, FOREVER, i64::MIN];
        if self.ends {
            self.one_of(&[0, 1, soon, endless[0]], &endless)
        } else {
            self.one_of(&[0, soon, FOREVER], &[i64::MAX, i64::MIN, values::HOUR])
        }
    }

    /// A register that holds a thread's id, if that was kept.
    fn thread(&mut self) -> u8 {
        self.random.u8(..KEYS)
    }

    /// A register that holds a TLS key.
    fn key(&mut self) -> u8 {
        self.random.u8(KEYS..REGISTERS)
    }

    /// One of the first most of the time, else one of the others.
    fn one_of(&mut self, mostly: &[i64], seldom: &[i64]) -> Arg {
        let from = if self.random.u8(..8) == 0 { seldom } else { mostly };
        Literal(self.random.choice(from).copied().unwrap_or(0))
    }

    fn one_of_args(&mut self, args: &[Arg]) -> Arg {
        self.random.choice(args).copied().unwrap_or(Literal(0))
    }
}
