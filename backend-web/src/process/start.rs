//! How a process is started: it is laid out in the control words, and its nursery is given the job of its workers.

use std::rc::Rc;

use raddle_runtime_api::{Config, Outcome, PAGE, Process as ApiProcess, StartError, Words, abi::PointerWidth};
use raddle_web_shared::{
    clock,
    names::order,
    pool::Pool,
    region::{PAGE_MAX_WORKERS, Region, header},
};
use wasm_bindgen_futures::spawn_local;

use crate::{
    error::Error,
    js,
    memory::{self, Memory},
    platform,
    process::{
        builder::ProcessBuilder,
        handle::Process,
        host::PageHost,
        job::{self, Parts},
        notifier::Notifier,
        page_process::PageProcess,
    },
};

/// The most workers that are started ahead of need, and that stay, if nothing else is said.
const DEFAULT_POOL: u32 = 4;

impl ProcessBuilder {
    /// Starts the process.
    ///
    /// # Errors
    /// [`Error`]: an import is missing (all are listed), the entry does not exist or takes other arguments, the limits
    /// do not fit the module, or there is no memory or worker for it. Nothing has run then.
    pub async fn start(self) -> Result<Process, Error> {
        start(self, |_| {}).await
    }

    /// Starts the process with a [`Notifier`], which is there before any thread runs: for a guest that waits for the
    /// embedder.
    ///
    /// # Errors
    /// As [`start`](ProcessBuilder::start).
    pub async fn start_with_notifier(self) -> Result<(Process, Notifier), Error> {
        let mut notifier = None;
        let process = start(self, |process| notifier = Some(process.notifier())).await?;
        let notifier = notifier.unwrap_or_else(|| process.notifier());
        Ok((process, notifier))
    }

    /// Starts the process and waits for its end.
    ///
    /// # Errors
    /// As [`start`](ProcessBuilder::start).
    pub async fn run(self) -> Result<Outcome, Error> {
        Ok(self.start().await?.wait().await)
    }
}

/// See [`ProcessBuilder::start`]. `before` sees the process before any of it runs.
pub(crate) async fn start(builder: ProcessBuilder, before: impl FnOnce(&Process)) -> Result<Process, Error> {
    let entry = builder.program.exports().entry(builder.entry.as_deref())?.with_args(&builder.entry_args)?;
    let ProcessBuilder { program, limits, sinks, imports, pool_size, .. } = builder;
    let imports = imports.as_deref().map(|url| platform::here().absolute(url));
    if let Some(import) = program.0.own_imports.iter().find(|import| !import.kind.starts_with("function")) {
        return Err(StartError::ImportKind { import: import.name.clone(), kind: format!("a {}", import.kind) }.into());
    }
    if imports.is_none() && !program.0.own_imports.is_empty() {
        let imports = program.0.own_imports.iter().map(|import| import.name.clone()).collect();
        return Err(StartError::MissingImports { imports }.into());
    }
    let section = &program.0.section;
    let runtime = &program.0.runtime;
    let config = Config::new(section, &limits)?;
    let is_64 = section.pointer_width == PointerWidth::Bits64;
    let memory_module = runtime.modules().memory(is_64)?;
    let plan = config.memory;
    let memory = memory::make(plan.initial as f64, plan.maximum as f64, is_64)
        .map_err(|message| StartError::memory(plan.maximum.saturating_mul(PAGE), message))?;

    let control = runtime.control();
    let nursery = Rc::new(runtime.nursery().await?);
    let words = Region::words(config.max_threads(), config.words());
    let base = control.take(words).inspect_err(|_| runtime.let_go(&nursery))?;
    let region = Region::new(base, config.max_threads());
    let keep = pool_size.unwrap_or(runtime.parallelism().min(DEFAULT_POOL));
    let pool = Pool::create(control.clone(), region, keep);
    clock::set_origin(control, region, js::now());
    control.store(region.word(header::PARALLELISM), runtime.parallelism());
    control.store(region.word(header::EVENTS), sinks.on_event.is_some().into());

    let host = PageHost::new(control.clone(), region, Memory::new(memory.clone(), is_64), nursery.clone());
    let process = ApiProcess::create(host, &config);
    if process.start().is_err() {
        runtime.let_go(&nursery);
        control.give_back(base, words);
        return Err(Error::too_many_workers(control.load(PAGE_MAX_WORKERS)));
    }
    let others = config.max_threads() - 1;
    let ahead = if program.0.can_spawn { pool.start_ahead(keep.min(others)) } else { 0 };
    let imports_url = imports.as_deref();
    let job =
        job::make(&Parts { program: &program, entry, nursery: &nursery, base, memory, memory_module, imports_url });
    let order = js::object(&[("type", &order::START.into()), ("job", &job), ("workers", &(1 + ahead).into())]);
    if let Some(limit) = limits.time_limit {
        js::set(&order, "timeLimit", &(limit.as_secs_f64() * 1000.0).into());
    }
    let on_page = Rc::new(PageProcess::new(process, program.clone(), sinks, words));
    before(&Process(on_page.clone()));
    let for_messages = Rc::downgrade(&on_page);
    nursery.set_handler(move |message| {
        if let Some(process) = for_messages.upgrade() {
            process.receive(message);
        }
    });
    runtime.add(&on_page);
    nursery.post_object(&order);
    spawn_local(on_page.clone().watch());
    runtime.refill();
    if let Some(url) = imports {
        on_page.wait_linked(url).await?;
    }
    Ok(Process(on_page))
}
