//! Scripts of the threads that are there while every call is tried: what they set up, and how they tamper.

use raddle_runtime_api::abi::{FOREVER, imports, mutex};

use crate::{
    driver::table,
    operations::{LOAD, STORE},
    script::{
        Arg::{self, Literal, Me, Register},
        SCRIPTS, Script, Step,
    },
    values::register,
    world::{ATTRIBUTES, DETACHED_ATTRIBUTES, OUT, WORD_COUNT, WORDS},
};

/// A word that is written when somebody has begun to tamper.
pub(crate) const TAMPERING: i64 = OUT + 0x100;

/// A word that nobody writes: to wait here is to wait for ever.
pub(crate) const NEVER: i64 = OUT + 0x104;

/// How many words are rewritten. Two are not.
const TAMPERED: i64 = WORD_COUNT - 2;

/// A mutex that a thread holds for ever.
pub(crate) const HELD: i64 = WORDS + 4 * TAMPERED;

/// A mutex of the main thread's.
const OWN: i64 = HELD + 4;

/// A script that waits for ever.
pub(crate) const WAIT: i64 = SCRIPTS + 1;
/// One that does nothing.
pub(crate) const EMPTY: i64 = SCRIPTS + 2;
/// One that tampers.
pub(crate) const TAMPER: i64 = SCRIPTS + 3;

/// A main script, with these three.
pub(crate) fn with_others(main: Script) -> Vec<Script> {
    vec![main, vec![wait_for(NEVER)], vec![], tamper()]
}

pub(crate) const AT_OUT: Arg = Literal(OUT);
pub(crate) const DESTROY: Arg = Literal(table::DESTROY);

/// Makes what the registers are to hold.
pub(crate) fn first_steps() -> Script {
    use register::{DELETED, DETACHED, JOINED, LIVE};

    vec![
        spawn(WAIT, 0, OUT),
        load_out(LIVE),
        spawn(WAIT, DETACHED_ATTRIBUTES, OUT),
        load_out(DETACHED),
        spawn(EMPTY, ATTRIBUTES, OUT),
        load_out(JOINED),
        Step::new(imports::THREAD_JOIN, &[Register(JOINED), Literal(FOREVER), Literal(0)]),
        Step::new(imports::TLS_CREATE, &[DESTROY, AT_OUT]),
        load_out(DELETED),
        Step::new(imports::TLS_DELETE, &[Register(DELETED)]),
        store(HELD, Register(LIVE)),
        store(OWN, Me(0)),
    ]
}

/// Rewrites every word again and again, with whatever a mutex might hold, and wakes who waits there.
fn tamper() -> Script {
    let all = |word: i64| {
        let at = Literal(WORDS + 4 * word);
        let dead = Literal(i64::from(mutex::OWNER_DIED));
        [
            store(WORDS + 4 * word, Register(register::LIVE)),
            Step::new("i32.atomic.rmw.cmpxchg", &[at, Register(register::LIVE), Register(register::JOINED)]),
            store(WORDS + 4 * word, Literal(1)),
            store(WORDS + 4 * word, Literal(0)),
            Step::new(imports::NOTIFY, &[at, Literal(-1)]),
            Step::new(imports::COND_NOTIFY, &[at, Literal(-1)]),
            store(WORDS + 4 * word, dead),
            store(WORDS + 4 * word, Literal(-1)),
            // With this an unlock wakes a waiter.
            store(WORDS + 4 * word, Me(mutex::WAITERS)),
            Step::new(imports::MUTEX_UNLOCK, &[at]),
            Step::new(imports::THREAD_YIELD, &[]),
        ]
    };
    let begin = [store(TAMPERING, Literal(1)), Step::new(imports::NOTIFY, &[TAMPERING, -1].map(Literal))];
    begin.into_iter().chain((0..TAMPERED).flat_map(all)).chain([Step::Again(begin.len() as u16)]).collect()
}

pub(crate) fn spawn(script: i64, attributes: i64, out: i64) -> Step {
    Step::new(imports::THREAD_SPAWN, &[table::RUN, script, attributes, out].map(Literal))
}

pub(crate) fn load_out(register: u8) -> Step {
    Step::new(LOAD, &[AT_OUT]).keep(register)
}

fn store(at: i64, value: Arg) -> Step {
    Step::new(STORE, &[Literal(at), value])
}

/// Waits until the word at the address is not 0.
pub(crate) fn wait_for(at: i64) -> Step {
    Step::new(imports::WAIT32, &[at, 0, FOREVER].map(Literal))
}
