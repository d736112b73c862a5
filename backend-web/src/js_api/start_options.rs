//! What a process is started with.

use js_sys::Function;
use raddle_runtime_api::{LimitInfo, LimitKind, Limits};
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
    let limits: Vec<_> = Limits::TABLE.iter().map(LimitInfo::camel_case).collect();
    let mut names = vec!["entry", "entryArgs"];
    names.extend(limits.iter().map(String::as_str));
    names.extend(["stdout", "stderr", "onEvent", "imports", "poolSize", "signal"]);
    known.only(&names)?;
    let mut builder = program.process().limits(&read_limits(&known)?);
    if let Some(entry) = known.text("entry")? {
        builder = builder.entry(entry);
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
    match known.get("entryArgs") {
        Some(args) => {
            let args = arguments::read(program, &builder, &args)?;
            Ok(builder.entry_args(args))
        }
        None => Ok(builder),
    }
}

fn read_limits(known: &Known<'_>) -> Result<Limits, Error> {
    let mut limits = Limits::default();
    for limit in Limits::TABLE {
        let name = limit.camel_case();
        let number = match limit.kind {
            LimitKind::Count => known.count(&name)?.map(u64::from),
            LimitKind::Bytes => known.bytes(&name)?,
            _ => known.milliseconds(&name)?.map(|time| u64::try_from(time.as_nanos()).unwrap_or(u64::MAX)),
        };
        limit.set(&mut limits, number);
    }
    Ok(limits)
}

/// Calls a function of the embedder's. What it throws is its own, and told by the console: the process goes on.
fn call(function: &Function, argument: &JsValue) {
    if let Err(error) = function.call1(&JsValue::UNDEFINED, argument) {
        web_sys::console::error_1(&error);
    }
}
