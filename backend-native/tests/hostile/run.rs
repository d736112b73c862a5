//! Runs a play to its end, and sees what is left.

use std::{
    cell::Cell,
    fmt,
    io::{self, Write},
    panic,
    sync::{Arc, LazyLock, Mutex, Once, PoisonError},
    time::Duration,
};

use raddle_backend_native::{Outcome, Process, ProcessBuilder, Program, TrapKind, Value};
use raddle_runtime_api::MIN_STACK_SIZE;

use crate::{
    common::{SPAWN_AND_JOIN, module, program, returned},
    driver::Driver,
    machine::{self, Machine, Player, Tally},
    script::Play,
};

/// How long a process may take to end when it must. Generous: it is there to find hangs.
pub(crate) const PATIENCE: Duration = Duration::from_secs(60);

/// A process that plays a play.
pub(crate) struct Running {
    pub(crate) process: Process,
    pub(crate) machine: Arc<Machine>,
}

/// A pipe that nobody reads any more.
struct Closed;

impl Write for Closed {
    fn write(&mut self, _: &[u8]) -> io::Result<usize> {
        Err(io::ErrorKind::BrokenPipe.into())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl Running {
    /// Starts a process, with what else the caller wants to set.
    pub(crate) fn start(play: &Play, set: impl FnOnce(ProcessBuilder<Player>) -> ProcessBuilder<Player>) -> Running {
        watch_for_panics();
        let program = &Driver::get(play.width, play.growable).program;
        let machine = Arc::new(Machine::new(play));
        let mut linker = program.linker();
        machine::define(&mut linker).expect("new names");
        let player = machine.clone();
        let process = program
            .process_with(linker, move |_| Player::new(&player))
            .entry("main")
            .max_threads(play.max_threads)
            .stack_size(MIN_STACK_SIZE)
            .stdout(io::sink())
            .stderr(Closed);
        Running { process: set(process).start().expect("a process"), machine }
    }

    /// The end of a process that must end by now, and nothing of raddle's own went wrong in it.
    pub(crate) fn end(self) -> Result<(Outcome, Tally), Failure> {
        let Some(outcome) = self.process.wait_timeout(PATIENCE) else {
            let what = format!("it does not end: {:?}", self.process.stats());
            return Err(Failure(what));
        };
        let fail = |what: String| Err(Failure(format!("{what}; the outcome is {outcome:?}")));
        if let Outcome::Trapped { trap, .. } = &outcome
            && matches!(trap.kind, TrapKind::Host | TrapKind::Other | TrapKind::Instantiation)
        {
            return fail("a trap that is not the guest's".into());
        }
        let stats = self.process.stats();
        if (stats.live, stats.slots_in_use) != (0, 0) {
            return fail(format!("something is left: {stats:?}"));
        }
        if let Some(panic) = take_panic() {
            return fail(format!("the host has panicked: {panic}"));
        }
        Ok((outcome, self.machine.tally()))
    }
}

/// What went wrong with a process.
#[derive(Debug)]
pub(crate) struct Failure(pub(crate) String);

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// What was said in the first panic of any thread of the host's since the last look.
static PANIC: Mutex<Option<String>> = Mutex::new(None);

thread_local! {
    /// Whether a thread is a test's own: when that panics it is no fault of the host's.
    static IS_TEST: Cell<bool> = const { Cell::new(false) };
}

/// Notes every panic of the host's, wherever it is caught.
fn watch_for_panics() {
    static WATCHING: Once = Once::new();
    IS_TEST.set(true);
    WATCHING.call_once(|| {
        let hook = panic::take_hook();
        panic::set_hook(Box::new(move |info| {
            if !IS_TEST.get() {
                PANIC.lock().unwrap_or_else(PoisonError::into_inner).get_or_insert_with(|| info.to_string());
            }
            hook(info);
        }));
    });
}

fn take_panic() -> Option<String> {
    PANIC.lock().unwrap_or_else(PoisonError::into_inner).take()
}

/// Whether a good guest's process still does what it should, on the same runtime.
pub(crate) fn check_host() {
    static GOOD: LazyLock<Program> = LazyLock::new(|| program(&module(&["child"], SPAWN_AND_JOIN)));
    assert_eq!(GOOD.process().run().expect("a process"), returned(&[Value::I32(42)]));
}
