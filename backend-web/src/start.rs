//! How a process is started: everything that its workers need is put together here and given to its nursery.

use std::rc::Rc;

use js_sys::{Array, Object};
use raddle_runtime_api::{
    Config, FunctionType, PAGE, Process as ApiProcess, Value, Words,
    abi::{self, PointerWidth, entry, exports, imports},
};
use raddle_web_shared::{
    clock,
    pool::Pool,
    region::{PAGE_MAX_WORKERS, PAGE_SLABS, Region, header},
};
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::spawn_local;

use crate::{
    control,
    error::Error,
    host::PageHost,
    memory::Memory,
    process::{Process, ProcessBuilder, Running},
    program::Program,
    script,
};

/// The most workers that are started ahead of need, and that stay, if nothing else is said.
const DEFAULT_POOL: u32 = 4;

/// See [`ProcessBuilder::start`]. `before` sees the process before any of it runs.
pub(crate) async fn start(builder: ProcessBuilder, before: impl FnOnce(&Process)) -> Result<Process, Error> {
    let entry = Entry::new(&builder)?;
    let ProcessBuilder { program, limits, time_limit, sinks, imports, pool_size, .. } = builder;
    let imports = imports.as_deref().map(script::absolute);
    if imports.is_none() && !program.0.own_imports.is_empty() {
        return Err(Error::Imports { imports: program.0.own_imports.clone() });
    }
    let section = &program.0.section;
    let runtime = &program.0.runtime;
    let config = Config::new(section, &limits)?;
    let is_64 = section.pointer_width == PointerWidth::Bits64;
    let memory_module = runtime.memory_module(is_64)?;
    let plan = config.memory;
    let memory = control::make(plan.initial as f64, plan.maximum as f64, is_64)
        .map_err(|message| Error::Memory { maximum: plan.maximum.saturating_mul(PAGE), message })?;

    let control = &runtime.0.control;
    let nursery = Rc::new(runtime.nursery().await?);
    let words = Region::words(config.max_threads(), config.words());
    let base = control.take(words).inspect_err(|_| runtime.0.count_out(&nursery))?;
    let region = Region::new(base, config.max_threads());
    let keep = pool_size.unwrap_or(runtime.0.parallelism.min(DEFAULT_POOL));
    let pool = Pool::create(control.clone(), region, keep);
    clock::set_origin(control, region, script::now());
    control.store(region.word(header::PARALLELISM), runtime.0.parallelism);
    control.store(region.word(header::EVENTS), sinks.on_event.is_some().into());

    let host = PageHost::new(control.clone(), region, Memory::new(memory.clone(), is_64), nursery.clone());
    let process = ApiProcess::create(host, &config);
    let give_back = || {
        runtime.0.count_out(&nursery);
        control.give_back(base, words);
    };
    if process.start().is_err() {
        give_back();
        return Err(Error::TooManyWorkers { limit: control.load(PAGE_MAX_WORKERS) });
    }
    let others = config.max_threads() - 1;
    let ahead = if program.0.can_spawn { pool.start_ahead(keep.min(others)) } else { 0 };
    let job = script::object(&[
        ("lock", &nursery.lock().into()),
        ("over", nursery.over()),
        ("hostModule", &runtime.0.host),
        ("wordsModule", &runtime.0.words),
        ("memoryModule", memory_module),
        ("module", &program.0.module),
        ("control", control.memory()),
        ("slabs", &slabs(control)),
        ("memory", &memory),
        ("base", &base.into()),
        ("is64", &is_64.into()),
        ("reusable", &program.0.section.reusable.into()),
        ("abi", &abi_names()),
        ("memoryImport", &memory_import(&program)),
        ("imports", &imports.as_deref().into()),
    ]);
    entry.describe(&job);
    let order = script::object(&[("type", &"start".into()), ("job", &job), ("workers", &(1 + ahead).into())]);
    if let Some(limit) = time_limit {
        script::set(&order, "timeLimit", &(limit.as_secs_f64() * 1000.0).into());
    }
    let running = Rc::new(Running::new(process, program.clone(), sinks, words));
    before(&Process(running.clone()));
    let for_messages = Rc::downgrade(&running);
    nursery.set_handler(move |message| {
        if let Some(running) = for_messages.upgrade() {
            running.receive(message);
        }
    });
    runtime.add(&running);
    nursery.post_object(&order);
    spawn_local(running.clone().watch());
    runtime.refill();
    if let Some(url) = imports {
        running.wait_linked(url).await?;
    }
    Ok(Process(running))
}

/// Where workers find a slab for the host module.
fn slabs(control: &control::Control) -> Object {
    let (first, count) = (PAGE_SLABS.into(), control.slab_count().into());
    script::object(&[("memory", control.slabs()), ("first", &first), ("count", &count)])
}

/// What the main thread calls.
struct Entry {
    name: String,
    ty: FunctionType,
    args: Vec<Value>,
    constructors: Option<&'static str>,
}

impl Entry {
    fn new(builder: &ProcessBuilder) -> Result<Entry, Error> {
        let (name, ty, args) = builder.resolve_entry()?;
        let program: &Program = &builder.program;
        let constructors = entry::CONSTRUCTORS.into_iter().find(|name| program.has_function(name));
        let constructors = constructors.filter(|_| entry::needs_constructors(&name));
        Ok(Entry { name, ty, args, constructors })
    }

    fn describe(&self, job: &Object) {
        let args = self.args.iter().map(|&value| to_js(value)).collect::<Array>();
        let results = self.ty.results.iter().map(|ty| JsValue::from(ty.name())).collect::<Array>();
        script::set(job, "entry", &self.name.as_str().into());
        script::set(job, "args", &args);
        script::set(job, "results", &results);
        script::set(job, "constructors", &self.constructors.into());
    }
}

/// A number as JavaScript has it: a 64-bit integer is a `BigInt`.
pub(crate) fn to_js(value: Value) -> JsValue {
    match value {
        Value::I32(value) => value.into(),
        Value::I64(value) => js_sys::BigInt::from(value).into(),
        Value::F32(value) => value.into(),
        Value::F64(value) => value.into(),
    }
}

/// The names that the script must know of the guest ABI: they are written in one place.
fn abi_names() -> Object {
    let names = imports::IMPORTS.iter().map(|import| JsValue::from(import.name)).collect::<Array>();
    let hooks = exports::HOOK_IMPORTS.iter().map(|&name| JsValue::from(name)).collect::<Array>();
    script::object(&[("module", &abi::MODULE.into()), ("names", &names), ("hooks", &hooks)])
}

fn memory_import(program: &Program) -> Object {
    let memory = &program.0.section.memory;
    script::object(&[("module", &memory.module.as_str().into()), ("name", &memory.name.as_str().into())])
}
