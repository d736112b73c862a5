//! What a process is started with.

use js_sys::Function;
use wasm_bindgen::JsValue;
use web_sys::AbortSignal;

use crate::{
    error::Error,
    js_api::{arguments, event, options::Known},
    process::ProcessBuilder,
    program::Program,
};

/// The signal that kills it.
pub(super) fn signal(options: &JsValue) -> Result<Option<AbortSignal>, Error> {
    Known { what: "start", options }.signal("signal")
}

/// A process with all else that is set.
pub(super) fn builder(program: &Program, options: &JsValue) -> Result<ProcessBuilder, Error> {
    let known = Known { what: "start", options };
    known.only(&[
        "entry",
        "args",
        "maxThreads",
        "maxMemory",
        "stackSize",
        "maxWait",
        "maxOutput",
        "timeLimit",
        "stdout",
        "stderr",
        "onEvent",
        "imports",
        "poolSize",
        "signal",
    ])?;
    let mut builder = program.process();
    if let Some(entry) = known.text("entry")? {
        builder = builder.entry(entry);
    }
    if let Some(threads) = known.count("maxThreads")? {
        builder = builder.max_threads(threads);
    }
    if let Some(bytes) = known.bytes("maxMemory")? {
        builder = builder.max_memory(bytes);
    }
    if let Some(bytes) = known.bytes("stackSize")? {
        builder = builder.stack_size(bytes);
    }
    if let Some(bytes) = known.bytes("maxOutput")? {
        builder = builder.max_output(bytes);
    }
    if let Some(limit) = known.milliseconds("maxWait")? {
        builder = builder.max_wait(limit);
    }
    if let Some(limit) = known.milliseconds("timeLimit")? {
        builder = builder.time_limit(limit);
    }
    if let Some(url) = known.text("imports")? {
        builder = builder.imports(url);
    }
    if let Some(workers) = known.count("poolSize")? {
        builder = builder.pool_size(workers);
    }
    if let Some(sink) = known.function("stdout")? {
        builder.sinks.stdout = Box::new(move |bytes| call(&sink, bytes));
    }
    if let Some(sink) = known.function("stderr")? {
        builder.sinks.stderr = Box::new(move |bytes| call(&sink, bytes));
    }
    if let Some(on_event) = known.function("onEvent")? {
        builder.sinks.on_event = Some(Box::new(move |event| call(&on_event, &event::to_js(event))));
    }
    match known.get("args") {
        Some(args) => {
            let args = arguments::read(program, &builder, &args)?;
            Ok(builder.args(args))
        }
        None => Ok(builder),
    }
}

/// Calls a function of the embedder's. What it throws is its own, and told by the console: the process goes on.
fn call(function: &Function, argument: &JsValue) {
    if let Err(error) = function.call1(&JsValue::UNDEFINED, argument) {
        web_sys::console::error_1(&error);
    }
}
