//! Compiles a module, on threads that are there for as long as that takes.
//!
//! The engine would use a pool for the whole application, which panics if the system does not have as many threads as
//! processors, and from then on always. Here it is given as many as there are to be had, and without any the caller's
//! thread does it.
#![expect(unsafe_code, reason = "code that another engine has made is machine code from somewhere")]

use raddle_symbols::without_costly_dwarf;
use rayon_core::{ThreadPool, ThreadPoolBuilder};
use wasmtime::Module;

use crate::{
    error::Error,
    machine::{
        room::{self, Reserved},
        signals::Mask,
        threads::{Joined, Threads},
    },
    runtime::Runtime,
};

/// How many mappings a module's machine code is, at most: what can be run, what can be read, and the rest.
const MAPPINGS: usize = 4;

/// How many bytes compiling takes for each byte of a module, roughly.
const BYTES_PER_BYTE: usize = 16;

/// How many bytes of a module are worth a thread.
const BYTES_PER_THREAD: usize = 16 * 1024;

/// A compiling thread's stack, in bytes: what threads usually have.
const STACK_SIZE: usize = 2 * 1024 * 1024;

/// A module's code, and the room that it takes.
pub(super) fn compile(runtime: &Runtime, wasm: &[u8]) -> Result<(Module, Reserved), Error> {
    let engine = runtime.engine();
    let room = reserve(wasm.len().saturating_mul(BYTES_PER_BYTE))?;
    // The engine reads debug information when a thread traps, however long that takes.
    let wasm = without_costly_dwarf(wasm);
    if !engine.get_parallel_compilation() {
        return Ok((Module::from_binary(engine, &wasm).map_err(refused)?, room));
    }
    let most = (1 + wasm.len() / BYTES_PER_THREAD).min(runtime.parallelism() as usize);
    let module = match Team::gather(most) {
        Some(team) => team.pool.install(|| Module::from_binary(engine, &wasm)),
        None => {
            let alone = runtime.serial_engine().ok_or_else(no_thread)?.map_err(Error::Engine)?;
            let code = alone.precompile_module(&wasm).map_err(refused)?;
            // SAFETY: the bytes are from an engine of this very version with the same settings, just now.
            unsafe { Module::deserialize(engine, code) }
        }
    };
    Ok((module.map_err(refused)?, room))
}

/// Room for a module's code, if so many bytes are left besides.
///
/// # Errors
/// [`Error::Engine`]
pub(super) fn reserve(bytes: usize) -> Result<Reserved, Error> {
    let room = room::reserve(MAPPINGS).and_then(|room| room::check_spare_of(bytes).map(|()| room));
    room.map_err(|full| Error::Engine(full.into()))
}

/// Why there is no module: what the system refuses is not the module's fault.
pub(super) fn refused(error: wasmtime::Error) -> Error {
    if is_the_systems(&error) { Error::Engine(error) } else { Error::Compile(error) }
}

/// Whether the system is what failed.
pub(super) fn is_the_systems(error: &wasmtime::Error) -> bool {
    error.chain().any(|cause| {
        #[cfg(target_os = "linux")]
        if cause.is::<rustix::io::Errno>() {
            return true;
        }
        cause.is::<std::io::Error>()
    })
}

fn no_thread() -> Error {
    Error::Engine(wasmtime::Error::msg(
        "the system has no thread for compiling; give the engine that was passed parallel_compilation(false)",
    ))
}

/// Threads that compile. They are gone when it is dropped, so that the guest can have them.
struct Team {
    // Dropped first: it tells the threads to go.
    pool: ThreadPool,
    _threads: Vec<Joined>,
}

impl Team {
    /// As many as that, or as there are. `None` if there are none.
    fn gather(most: usize) -> Option<Team> {
        let threads = Threads::new("raddle-compile", STACK_SIZE);
        let counts = std::iter::successors(Some(most), |count| Some(count / 2)).take_while(|&count| count > 0);
        counts.filter_map(|count| Team::of(&threads, count)).next()
    }

    fn of(threads: &Threads, count: usize) -> Option<Team> {
        let mut joined = Vec::new();
        let spawn = |thread: rayon_core::ThreadBuilder| {
            let run = move || {
                Mask::all().adopt();
                thread.run();
            };
            joined.push(threads.spawn_joined(run)?);
            Ok(())
        };
        // If some are missing, it has told the others to go.
        let pool = ThreadPoolBuilder::new().num_threads(count).spawn_handler(spawn).build().ok()?;
        Some(Team { pool, _threads: joined })
    }
}
