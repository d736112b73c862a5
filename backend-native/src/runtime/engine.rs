//! What raddle needs of wasmtime's engine: the usual settings, those that it makes over an embedder's, and whether an
//! engine that is there already has them.

use wasmtime::{Config, Engine, Result, WasmBacktraceDetails, bail};

/// The wasm stack of a thread unless another size is asked for, in bytes.
const WASM_STACK: usize = 512 * 1024;

/// The settings of a runtime whose embedder has none of its own.
pub(crate) fn usual() -> Config {
    let mut config = Config::new();
    config
        .max_wasm_stack(WASM_STACK)
        .wasm_memory64(true)
        // Exceptions lie on a heap of the thread's store. It begins as nothing and is bounded, so it needs no address
        // space in advance, of which thousands of threads would take too much.
        .wasm_exceptions(true)
        .gc_heap_reservation(0)
        .gc_heap_reservation_for_growth(0)
        .gc_heap_guard_size(0)
        .wasm_backtrace_details(WasmBacktraceDetails::Enable);
    config
}

/// An engine with these settings, and over them those without which no process could run. [`check`] looks for the same.
pub(crate) fn create(config: &mut Config) -> Result<Engine> {
    config
        .wasm_threads(true)
        .shared_memory(true)
        // A kill must reach threads that compute.
        .epoch_interruption(true)
        // Nobody gives the threads' stores any fuel.
        .consume_fuel(false);
    Engine::new(config)
}

/// An engine that compiles without threads for one with these settings.
pub(crate) fn serial(config: &Config) -> Result<Engine> {
    Engine::new(config.clone().parallel_compilation(false))
}

/// Whether processes can run on an engine that somebody else has made.
pub(crate) fn check(engine: &Engine) -> Result<()> {
    let needs = [
        (engine.get_wasm_features().threads(), "wasm_threads(true): every program has a shared memory"),
        (engine.get_shared_memory(), "shared_memory(true): every program has one"),
        (engine.get_epoch_interruption(), "epoch_interruption(true): nothing else ends a thread that computes"),
        (!engine.get_consume_fuel(), "consume_fuel(false): threads are given no fuel"),
    ];
    let missing: Vec<&str> = needs.into_iter().filter(|(is_met, _)| !is_met).map(|(_, setting)| setting).collect();
    if missing.is_empty() {
        return Ok(());
    }
    bail!("threads cannot run on this engine; its Config needs {}", missing.join("; "))
}
