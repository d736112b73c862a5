//! Every way to end × every state that threads may be in × whoever ends it: the right outcome, every thread stopped,
//! and the same host runs the next program.

use std::{
    io,
    sync::{
        Arc,
        atomic::{AtomicU32, Ordering::SeqCst},
        mpsc,
    },
    time::Duration,
};

use raddle_backend_native::{
    Interests, Outcome, Program, Runtime, ThreadLabel, ThreadState, Trap, TrapKind, Tried, TryWrite, Value, WakeHandle,
    wasmtime::{self, Caller},
};

use crate::common::{
    Signal,
    guest::guest_importing,
    held::{Held, Hold},
    outcome, program_on, receive, rounds,
};

const IMPORTS: &str = r#"
    (import "embedder" "wait" (func $host_wait)) (import "embedder" "fail" (func $host_fail))
    (import "embedder" "ends" (func $ends)) (import "embedder" "outside" (func $outside_wait))"#;

const FUNCTIONS: &[&str] = &["keeper", "sleeper", "brief", "victim", "ender"];

#[derive(Debug, Clone, Copy)]
enum State {
    Computing,
    Waiting,
    Joining,
    Locking,
    OnACondvar,
    Sleeping,
    Spawning,
    InAHostImport,
    Writing,
    Outside,
}

const STATES: [State; 10] = [
    State::Computing,
    State::Waiting,
    State::Joining,
    State::Locking,
    State::OnACondvar,
    State::Sleeping,
    State::Spawning,
    State::InAHostImport,
    State::Writing,
    State::Outside,
];

#[derive(Debug, Clone, Copy)]
enum End {
    Trap,
    /// An import of the embedder's fails.
    Fail,
    Abort,
    Exit,
    Return,
    Kill,
    TimeOut,
}

#[derive(Debug, Clone, Copy)]
enum Ender {
    Main,
    Thread,
    Embedder,
}

/// Every way to end with everybody who can end so.
const ENDS: [(End, Ender); 11] = [
    (End::Trap, Ender::Main),
    (End::Trap, Ender::Thread),
    (End::Fail, Ender::Main),
    (End::Fail, Ender::Thread),
    (End::Abort, Ender::Main),
    (End::Abort, Ender::Thread),
    (End::Exit, Ender::Main),
    (End::Exit, Ender::Thread),
    (End::Return, Ender::Main),
    (End::Kill, Ender::Embedder),
    (End::TimeOut, Ender::Embedder),
];

/// A host, the program of the matrix, and one that is run between its processes.
struct Bench {
    matrix: Program,
    simple: Program,
    held: Held,
}

impl Bench {
    fn new() -> Bench {
        let runtime = Runtime::new().expect("a runtime");
        Bench {
            matrix: program_on(&runtime, &guest_importing(IMPORTS, FUNCTIONS, include_str!("matrix.wat"))),
            simple: program_on(
                &runtime,
                r#"(module (memory 1 1 shared) (func (export "main") (result i32) (i32.const 1)))"#,
            ),
            held: Held::default(),
        }
    }

    /// Ends one process in one way, and checks all that there is to see.
    fn check(&self, end: End, state: State, victims: i32, ender: Ender) {
        let what = format!("{end:?} by {ender:?}, {victims} threads {state:?}");
        let mut linker = self.matrix.linker();
        let ended_by = Arc::new(AtomicU32::new(0));
        define_imports(&mut linker, &ended_by).expect("new names");
        let (sender, receiver) = mpsc::channel();
        let held = self.held.clone();
        let args = [end as i32, state as i32, victims, ender as i32].map(Value::I32);
        let mut process = self.matrix.process_with(linker, move |_| held.hold()).entry("main").entry_args(args);
        // Each victim may join or spawn another thread, and there are main, keeper and ender.
        process = process
            .stdout(Signal(sender))
            .try_stderr(Full)
            .stack_size(4096)
            .max_threads(2 * victims.unsigned_abs() + 8);
        if let End::TimeOut = end {
            // With luck every thread has reached its state by then, which must make no difference.
            process =
                process.time_limit(Duration::from_millis(2) + Duration::from_micros(300) * victims.unsigned_abs());
        }
        let process = process.start().expect("a process");
        if let End::Kill = end {
            receive(&receiver);
            assert!(process.kill());
        }
        let outcome = outcome(&process);
        let ended_by = ended_by.load(SeqCst);
        match ender {
            Ender::Main => assert_eq!(ended_by, 1, "{what}"),
            Ender::Thread => assert!(ended_by > 1, "{what}"),
            Ender::Embedder => assert_eq!(ended_by, 0, "{what}"),
        }
        check_outcome(&outcome, end, ended_by, &what);
        let stats = process.stats();
        assert_eq!((stats.live, stats.slots_in_use, self.held.stores()), (0, 0, 0), "{what}");
        assert_eq!(self.simple.process().run().expect("a process"), Outcome::Returned(vec![Value::I32(1)]), "{what}");
    }
}

/// A stream that never takes anything.
struct Full;

impl TryWrite for Full {
    fn try_write(&mut self, _: &[u8]) -> io::Result<Tried<usize, Interests>> {
        Ok(Tried::NotYet(Interests::new()))
    }
}

fn define_imports(linker: &mut wasmtime::Linker<ThreadState<Hold>>, ended_by: &Arc<AtomicU32>) -> wasmtime::Result<()> {
    linker.func_wrap("embedder", "wait", |caller: Caller<'_, ThreadState<Hold>>| {
        assert!(caller.data().wait_ended(Duration::from_secs(3600)), "nothing else ends it");
    })?;
    linker.func_wrap("embedder", "fail", || -> wasmtime::Result<()> { Err(wasmtime::Error::msg("no such file")) })?;
    linker.func_wrap("embedder", "outside", |caller: Caller<'_, ThreadState<Hold>>| {
        let handle = WakeHandle::new();
        caller.data().wait_outside(|| Tried::<(), _>::NotYet(Interests::new().woken(&handle)))
    })?;
    let ended_by = ended_by.clone();
    linker.func_wrap("embedder", "ends", move |caller: Caller<'_, ThreadState<Hold>>| {
        assert_eq!(ended_by.swap(caller.data().thread_id(), SeqCst), 0, "one thread ends it");
    })?;
    Ok(())
}

/// Whether the outcome says all that there is to say of an end by this thread.
#[track_caller]
fn check_outcome(outcome: &Outcome, end: End, ended_by: u32, what: &str) {
    let name = if ended_by == 1 { "main" } else { "ender" };
    let label = ThreadLabel::new(ended_by, name);
    let expected = match end {
        End::Trap | End::Fail => {
            let Outcome::Trapped { trap: Trap { backtrace, .. }, .. } = outcome else { panic!("{what}: {outcome:?}") };
            let functions: Vec<_> = backtrace.iter().filter_map(|frame| frame.function.as_deref()).collect();
            assert_eq!(functions[..2], ["do_end", name], "{what}");
            let (kind, message) =
                if let End::Trap = end { (TrapKind::Unreachable, "") } else { (TrapKind::Host, "no such file") };
            Outcome::Trapped { thread: label, trap: Trap::new(kind, message).with_backtrace(backtrace.clone()) }
        }
        End::Abort => Outcome::Aborted { message: "enough".into(), thread: label },
        End::Exit => Outcome::Exited(7),
        End::Return => Outcome::Returned(vec![]),
        End::Kill => Outcome::Killed,
        End::TimeOut => Outcome::TimedOut,
    };
    assert_eq!(*outcome, expected, "{what}");
}

fn check_all(victims: i32) {
    let bench = Bench::new();
    for _ in 0..rounds() {
        for state in STATES {
            for (end, ender) in ENDS {
                bench.check(end, state, victims, ender);
            }
        }
    }
    let held = bench.held.clone();
    drop(bench);
    held.await_os_threads_gone();
}

#[test]
fn every_end_ends_one_other_thread() {
    check_all(1);
}

#[test]
fn every_end_ends_ten_threads() {
    check_all(10);
}

#[test]
fn every_end_ends_a_hundred_threads() {
    check_all(100);
}
