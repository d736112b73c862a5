//! What the tests share: programs from text, and output that can be read back.

#![allow(dead_code, unreachable_pub, reason = "each test file uses a part of it")]

pub mod child;
pub mod guest;
pub mod held;

use std::{
    io::{self, Write},
    sync::{Arc, Mutex, OnceLock, mpsc},
    thread,
    time::{Duration, Instant},
};

use raddle_backend_native::{Outcome, Process, Program, ProgramOptions, Runtime, Value, threadify};
use raddle_runtime_api::abi::{MODULE, PointerWidth, Signature, Ty, imports::IMPORTS};

/// How long anything may take before it counts as hanging.
pub const PATIENCE: Duration = Duration::from_secs(60);

/// How often tests repeat what depends on who is faster: once, or as often as the environment variable `RADDLE_ROUNDS`
/// says.
pub fn rounds() -> u32 {
    std::env::var("RADDLE_ROUNDS").map_or(1, |rounds| rounds.parse().expect("RADDLE_ROUNDS is a number"))
}

/// Waits until something is so.
#[track_caller]
pub fn until(what: &str, mut is_so: impl FnMut() -> bool) {
    let begun = Instant::now();
    while !is_so() {
        assert!(begun.elapsed() < PATIENCE, "in vain: {what}");
        thread::yield_now();
    }
}

/// What another thread sends, which must come.
#[track_caller]
pub fn receive<T>(receiver: &mpsc::Receiver<T>) -> T {
    receiver.recv_timeout(PATIENCE).expect("it is sent")
}

/// A process's outcome, which must come.
#[track_caller]
pub fn outcome(process: &Process) -> Outcome {
    process.wait_timeout(PATIENCE).unwrap_or_else(|| panic!("it does not end: {:?}", process.stats()))
}

/// One runtime for all tests of a file, as an embedder would have.
pub fn runtime() -> &'static Runtime {
    static RUNTIME: OnceLock<Runtime> = OnceLock::new();
    RUNTIME.get_or_init(|| Runtime::new().expect("a runtime"))
}

/// A program from text.
pub fn program(wat: &str) -> Program {
    program_on(runtime(), wat)
}

/// A program from text, for a host that the test has made.
pub fn program_on(runtime: &Runtime, wat: &str) -> Program {
    Program::new(runtime, &wat::parse_str(wat).expect("valid text")).expect("a program")
}

/// A program from text, with checked stacks.
pub fn checked_program(wat: &str) -> Program {
    let mut options = ProgramOptions::default();
    options.threadify = threadify::Options::new().stack_check(true);
    let wasm = wat::parse_str(wat).expect("valid text");
    Program::with_options(runtime(), &wasm, &options).expect("a program")
}

/// A stream that the test reads.
#[derive(Debug, Clone, Default)]
pub struct Buffer(Arc<Mutex<Vec<u8>>>);

impl Buffer {
    pub fn text(&self) -> String {
        String::from_utf8(self.0.lock().expect("no panic").clone()).expect("UTF-8")
    }
}

impl Write for Buffer {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().expect("no panic").extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// A stream that tells the test that something was written.
pub struct Signal(pub mpsc::Sender<()>);

impl Write for Signal {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.send(()).map_err(io::Error::other)?;
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// How a process of this text ends.
pub fn run(wat: &str) -> Outcome {
    program(wat).process().run().expect("a process")
}

/// An outcome with these values.
pub fn returned(values: &[Value]) -> Outcome {
    Outcome::Returned(values.to_vec())
}

/// Spawns function 1 with 41 and returns what it returned.
pub const SPAWN_AND_JOIN: &str = r#"
    (func $child (param i32) (result i32) (i32.add (local.get 0) (i32.const 1)))
    (func (export "main") (result i32)
      (if (call $thread_spawn (i32.const 1) (i32.const 41) (i32.const 0) (i32.const 16)) (then unreachable))
      (if (call $thread_join (i32.load (i32.const 16)) (i64.const -1) (i32.const 20)) (then unreachable))
      (i32.load (i32.const 20)))"#;

/// Text of a module: a shared memory of 1 to 1024 pages, a table of the functions named, imports of the ABI that the
/// bodies use by their names, and the bodies.
pub fn module(functions: &[&str], body: &str) -> String {
    let imports: String = IMPORTS
        .iter()
        .filter(|of| body.contains(&format!("${}", of.name)))
        .map(|of| import(of.name, of.signature, PointerWidth::Bits32))
        .collect();
    let elements: String = functions.iter().map(|name| format!("${name} ")).collect();
    let count = functions.len() + 1;
    format!(
        "(module {imports} (memory 1 1024 shared) (table {count} funcref) (elem (i32.const 1) func {elements})\n{body})"
    )
}

/// The text of an import of the ABI.
pub fn import(name: &str, signature: Signature, width: PointerWidth) -> String {
    let types = |types: &[Ty]| types.iter().map(|&ty| format!(" {}", type_name(ty, width))).collect::<String>();
    let (params, results) = (types(signature.params), types(signature.results));
    format!("(import \"{MODULE}\" \"{name}\" (func ${name} (param{params}) (result{results})))\n")
}

/// The name of a type in WebAssembly text.
pub fn type_name(ty: Ty, width: PointerWidth) -> &'static str {
    match (ty, width) {
        (Ty::I32, _) | (Ty::P, PointerWidth::Bits32) => "i32",
        (Ty::I64, _) | (Ty::P, PointerWidth::Bits64) => "i64",
    }
}
