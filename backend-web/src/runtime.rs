//! [`Runtime`]: what all programs of a page share.

use std::{
    cell::{Cell, RefCell},
    rc::{Rc, Weak},
};

use js_sys::{Array, Uint8Array, WebAssembly};
use raddle_runtime_api::Words;
use raddle_web_shared::region::{MAX_WORKERS, PAGE_MAX_WORKERS, PAGE_WORKERS};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{Blob, BlobPropertyBag, Url};

use crate::{
    assets,
    control::Control,
    environment,
    error::Error,
    nursery::Nursery,
    process::Running,
    program::{Program, ProgramOptions},
    script::{self, Listener},
};

/// How many workers a page may have if nothing else is said. Firefox starts no more than 512, without a word.
const DEFAULT_MAX_WORKERS: u32 = 480;

/// How a runtime is made.
#[derive(Debug, Clone, Default)]
#[non_exhaustive]
pub struct RuntimeOptions {
    /// Where the package's `worker.js` is, for pages whose Content-Security-Policy forbids `blob:` workers. `None`
    /// takes the script out of this module, with nothing to load.
    pub worker_url: Option<String>,
    /// How many workers this page may have at most, in all its processes: 2 to 2048. `None` is 480. A spawn beyond
    /// answers `AGAIN`.
    pub max_workers: Option<u32>,
    /// How many nurseries are started ahead of need, each with a worker for a main thread, so that a process starts at
    /// once. `None` is 1.
    pub spares: Option<u32>,
    /// What parallelism guests are told. `None` asks the browser.
    pub parallelism: Option<u32>,
}

/// What all programs of a page share: the modules that workers load, the control words, workers that are there ahead of
/// need. Cheap to clone; a clone is the same runtime.
#[derive(Debug, Clone)]
pub struct Runtime(pub(crate) Rc<Inner>);

#[derive(Debug)]
pub(crate) struct Inner {
    pub(crate) control: Control,
    pub(crate) host: WebAssembly::Module,
    pub(crate) words: WebAssembly::Module,
    memory32: WebAssembly::Module,
    /// `None` where the browser knows no such memories.
    memory64: Option<WebAssembly::Module>,
    pub(crate) parallelism: u32,
    script: Script,
    spares: u32,
    ready: RefCell<Vec<Nursery>>,
    /// How many nurseries are being started ahead.
    starting: Cell<u32>,
    /// The name that locks begin with, and how many there were.
    name: String,
    locks: Cell<u32>,
    processes: RefCell<Vec<Weak<Running>>>,
    is_closed: Cell<bool>,
    /// Told when the page goes.
    listener: RefCell<Option<Listener>>,
}

impl Runtime {
    /// A runtime with nothing set.
    ///
    /// # Errors
    /// [`Error::NotIsolated`], [`Error::Browser`], [`Error::Locks`], [`Error::Worker`], [`Error::Memory`].
    pub async fn new() -> Result<Runtime, Error> {
        Runtime::with_options(RuntimeOptions::default()).await
    }

    /// A runtime with options.
    ///
    /// # Errors
    /// As [`new`](Runtime::new); [`Error::WorkerVersion`] and [`Error::Option`], too.
    pub async fn with_options(options: RuntimeOptions) -> Result<Runtime, Error> {
        let name = format!("raddle-{}-{}", script::now(), js_sys::Math::random());
        environment::check(&name).await?;
        let max_workers = options.max_workers.unwrap_or(DEFAULT_MAX_WORKERS);
        if max_workers < 2 {
            let message = format!("maxWorkers is {max_workers}, and a process takes two workers: give 2 or more");
            return Err(Error::Option { message });
        }
        if max_workers > MAX_WORKERS {
            let message = format!("maxWorkers is {max_workers}: give {MAX_WORKERS} or less");
            return Err(Error::Option { message });
        }
        if options.parallelism == Some(0) {
            return Err(Error::Option { message: "parallelism is 0: give 1 or more".into() });
        }
        let script = match options.worker_url {
            Some(url) => Script::At(script::absolute(&url)),
            None => Script::blob().map_err(|error| Error::Worker { message: script::message(&error) })?,
        };
        let runtime = Runtime(Rc::new(Inner {
            control: Control::new(max_workers)?,
            host: compile(assets::HOST).await?,
            words: compile(assets::WORDS).await?,
            memory32: compile(assets::MEMORY32).await?,
            memory64: compile(assets::MEMORY64).await.ok(),
            parallelism: options.parallelism.unwrap_or_else(environment::parallelism),
            script,
            spares: options.spares.unwrap_or(1),
            ready: RefCell::default(),
            starting: Cell::new(0),
            name,
            locks: Cell::new(0),
            processes: RefCell::default(),
            is_closed: Cell::new(false),
            listener: RefCell::default(),
        }));
        // The first one shows whether workers can be started here at all.
        let first = runtime.start_nursery().await?;
        runtime.0.ready.borrow_mut().push(first);
        runtime.refill();
        runtime.end_with_page();
        Ok(runtime)
    }

    /// Compiles a module: a linker's output, which is threadified first, or one that was threadified before.
    ///
    /// # Errors
    /// [`Error::Threadify`] says what the module lacks, [`Error::Compile`] what the browser does not like.
    pub async fn compile(&self, wasm: &[u8]) -> Result<Program, Error> {
        Program::new(self, wasm, &ProgramOptions::default()).await
    }

    /// Compiles a module with options.
    ///
    /// # Errors
    /// As [`compile`](Runtime::compile).
    pub async fn compile_with(&self, wasm: &[u8], options: &ProgramOptions) -> Result<Program, Error> {
        Program::new(self, wasm, options).await
    }

    /// How many workers there are now, or are about to be: threads' and nurseries.
    #[must_use]
    pub fn workers(&self) -> u32 {
        self.0.control.workers()
    }

    /// Kills every process, and lets go of the workers that were started ahead. Processes that are started later fail,
    /// and those that wait to start.
    pub fn close(&self) {
        self.0.is_closed.set(true);
        self.0.end_all();
        for nursery in self.0.ready.take() {
            self.0.count_out(&nursery);
        }
        self.0.script.revoke();
        self.0.listener.take();
    }

    /// The module through which the host module reaches a guest's memory.
    pub(crate) fn memory_module(&self, is_64: bool) -> Result<&WebAssembly::Module, Error> {
        let inner = &self.0;
        if is_64 {
            inner.memory64.as_ref().ok_or(Error::Browser { missing: "64-bit memories" })
        } else {
            Ok(&inner.memory32)
        }
    }

    /// A nursery for a process.
    pub(crate) async fn nursery(&self) -> Result<Nursery, Error> {
        self.check_open()?;
        while let Some(nursery) = self.0.take_ready() {
            if !nursery.has_failed() {
                return Ok(nursery);
            }
            self.0.count_out(&nursery);
        }
        let nursery = self.start_nursery().await;
        // It may have been closed meanwhile.
        self.check_open().inspect_err(|_| {
            if let Ok(nursery) = &nursery {
                self.0.count_out(nursery);
            }
        })?;
        nursery
    }

    fn check_open(&self) -> Result<(), Error> {
        if self.0.is_closed.get() {
            return Err(Error::Option { message: "the runtime is closed: make another one".into() });
        }
        Ok(())
    }

    /// Starts nurseries until there are as many as there are to be ahead of need.
    pub(crate) fn refill(&self) {
        let inner = &self.0;
        while !inner.is_closed.get() && inner.ready.borrow().len() as u32 + inner.starting.get() < inner.spares {
            inner.starting.set(inner.starting.get() + 1);
            let runtime = self.clone();
            spawn_local(async move {
                // Whoever needs one finds out why there is none.
                let nursery = runtime.start_nursery().await;
                runtime.0.starting.set(runtime.0.starting.get() - 1);
                match nursery {
                    Ok(nursery) if runtime.0.is_closed.get() => runtime.0.count_out(&nursery),
                    Ok(nursery) => runtime.0.ready.borrow_mut().push(nursery),
                    Err(_) => {}
                }
            });
        }
    }

    async fn start_nursery(&self) -> Result<Nursery, Error> {
        let inner = &self.0;
        let limit = inner.control.load(PAGE_MAX_WORKERS);
        if inner.control.fetch_add(PAGE_WORKERS, 1) >= limit {
            inner.control.fetch_sub(PAGE_WORKERS, 1);
            return Err(Error::TooManyWorkers { limit });
        }
        inner.locks.set(inner.locks.get() + 1);
        let lock = format!("{}-{}", inner.name, inner.locks.get());
        Nursery::start(inner.script.url(), lock).await.inspect_err(|_| {
            inner.control.fetch_sub(PAGE_WORKERS, 1);
        })
    }

    pub(crate) fn add(&self, running: &Rc<Running>) {
        let mut processes = self.0.processes.borrow_mut();
        processes.retain(|process| process.strong_count() > 0);
        processes.push(Rc::downgrade(running));
    }

    /// Has all processes end with the page, so that their workers need not be ended by force.
    fn end_with_page(&self) {
        let weak = Rc::downgrade(&self.0);
        let listener = Listener::new(js_sys::global().unchecked_into(), "pagehide", move |event| {
            // A page that may come back keeps its processes.
            let may_return = script::get(&event, "persisted").as_bool() == Some(true);
            if let Some(inner) = weak.upgrade().filter(|_| !may_return) {
                inner.end_all();
            }
        });
        *self.0.listener.borrow_mut() = Some(listener);
    }
}

impl Inner {
    fn end_all(&self) {
        let processes: Vec<_> = self.processes.borrow().iter().filter_map(Weak::upgrade).collect();
        for process in processes {
            process.kill();
        }
    }

    fn take_ready(&self) -> Option<Nursery> {
        self.ready.borrow_mut().pop()
    }

    /// Ends a nursery that has no process.
    pub(crate) fn count_out(&self, nursery: &Nursery) {
        nursery.terminate();
        self.control.fetch_sub(PAGE_WORKERS, 1);
    }
}

/// Where the script of workers is.
#[derive(Debug)]
enum Script {
    At(String),
    /// Out of this module, as long as it is not revoked.
    Blob(String),
}

impl Script {
    fn blob() -> Result<Script, JsValue> {
        let properties = BlobPropertyBag::new();
        properties.set_type("text/javascript");
        let parts = Array::of1(&assets::SCRIPT.into());
        let blob = Blob::new_with_str_sequence_and_options(&parts, &properties)?;
        Url::create_object_url_with_blob(&blob).map(Script::Blob)
    }

    fn url(&self) -> &str {
        let (Script::At(url) | Script::Blob(url)) = self;
        url
    }

    fn revoke(&self) {
        if let Script::Blob(url) = self {
            // A URL that is none any more is one that was revoked.
            let _ = Url::revoke_object_url(url);
        }
    }
}

impl Drop for Script {
    fn drop(&mut self) {
        self.revoke();
    }
}

/// Compiles a module, off this thread.
pub(crate) async fn compile(wasm: &[u8]) -> Result<WebAssembly::Module, Error> {
    let bytes = Uint8Array::from(wasm);
    match JsFuture::from(WebAssembly::compile(&bytes)).await {
        Ok(module) => Ok(module.unchecked_into()),
        Err(error) => Err(Error::Compile { message: script::message(&error) }),
    }
}
