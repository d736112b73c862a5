//! [`Runtime`]: what all programs of a page share.

use std::{
    cell::RefCell,
    rc::{Rc, Weak},
};

use raddle_web_shared::region::MAX_WORKERS;
use wasm_bindgen::JsValue;

use crate::{
    error::Error,
    js::{self, Listener},
    memory::Control,
    platform::{self, Script},
    runtime::{assets, modules::Modules, nurseries::Nurseries, nursery::Nursery},
};

/// How many workers a page may have if nothing else is said. Firefox starts no more than 512, without a word.
const DEFAULT_MAX_WORKERS: u32 = 480;

/// How a runtime is made.
#[derive(Debug, Clone, Default)]
#[non_exhaustive]
pub struct RuntimeOptions {
    /// Where the package's `worker.js` is, for pages whose Content-Security-Policy forbids `blob:` workers: a string of
    /// JavaScript's, or a `TrustedScriptURL`. `None` takes the script out of this module, with nothing to load.
    pub worker_url: Option<JsValue>,
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
pub struct Runtime(Rc<Inner>);

#[derive(Debug)]
struct Inner {
    control: Control,
    modules: Modules,
    parallelism: u32,
    nurseries: Nurseries,
    processes: RefCell<Vec<Weak<dyn Kill>>>,
    /// Told when the page goes.
    listener: RefCell<Option<Listener>>,
}

/// What a runtime does to its processes. It knows nothing else about them.
pub(crate) trait Kill {
    /// Ends it as killed, unless it has ended already. Returns whether this was its end.
    fn kill(&self) -> bool;
}

impl Runtime {
    /// A runtime with nothing set.
    ///
    /// # Errors
    /// [`Error::NotIsolated`], [`Error::Browser`], [`Error::Locks`], [`Error::Worker`], [`Error::Start`]: there is no memory.
    pub async fn new() -> Result<Runtime, Error> {
        Runtime::with_options(RuntimeOptions::default()).await
    }

    /// A runtime with options.
    ///
    /// # Errors
    /// As [`new`](Runtime::new); [`Error::WorkerVersion`] and [`Error::Option`], too.
    pub async fn with_options(options: RuntimeOptions) -> Result<Runtime, Error> {
        let platform = platform::here();
        let name = format!("raddle-{}-{}", js::now(), js_sys::Math::random());
        platform.check(&name).await?;
        let max_workers = options.max_workers()?;
        if options.parallelism == Some(0) {
            return Err(Error::Option { message: "parallelism is 0: give 1 or more".into() });
        }
        let script: Box<dyn Script> = match options.worker_url {
            Some(url) => platform.script_at(url),
            None => {
                let script = platform.script_of_text(assets::SCRIPT);
                script.map_err(|error| Error::Worker { message: js::message(&error) })?
            }
        };
        let control = Control::new(max_workers)?;
        let modules = Modules::new().await?;
        let nurseries = Nurseries::start(control.clone(), script, options.spares.unwrap_or(1), name).await?;
        let runtime = Runtime(Rc::new(Inner {
            control,
            modules,
            parallelism: options.parallelism.unwrap_or_else(|| platform.parallelism()),
            nurseries,
            processes: RefCell::default(),
            listener: RefCell::default(),
        }));
        runtime.end_with_page();
        Ok(runtime)
    }

    /// How many workers there are now, or are about to be: threads' and nurseries.
    #[must_use]
    pub fn workers(&self) -> u32 {
        self.0.control.workers()
    }

    /// Kills every process, and lets go of the workers that were started ahead. Processes that are started later fail,
    /// and those that wait to start.
    pub fn close(&self) {
        self.0.nurseries.close();
        self.0.kill_all();
        self.0.nurseries.clear();
        self.0.listener.take();
    }

    pub(crate) fn control(&self) -> &Control {
        &self.0.control
    }

    pub(crate) fn modules(&self) -> &Modules {
        &self.0.modules
    }

    /// What parallelism guests are told.
    pub(crate) fn parallelism(&self) -> u32 {
        self.0.parallelism
    }

    /// A nursery for a process.
    pub(crate) async fn nursery(&self) -> Result<Nursery, Error> {
        self.0.nurseries.take().await
    }

    /// Ends a nursery whose process did not come about.
    pub(crate) fn let_go(&self, nursery: &Nursery) {
        self.0.nurseries.let_go(nursery);
    }

    /// Starts nurseries until there are as many as there are to be ahead of need.
    pub(crate) fn refill(&self) {
        self.0.nurseries.refill();
    }

    /// Notes a process, which ends with the runtime from now on.
    pub(crate) fn add<P: Kill + 'static>(&self, process: &Rc<P>) {
        let process: Weak<P> = Rc::downgrade(process);
        let mut processes = self.0.processes.borrow_mut();
        processes.retain(|process| process.strong_count() > 0);
        processes.push(process);
    }

    /// Has all processes end with the page, so that their workers need not be ended by force.
    fn end_with_page(&self) {
        let weak = Rc::downgrade(&self.0);
        let listener = platform::here().on_leave(Box::new(move || {
            if let Some(inner) = weak.upgrade() {
                inner.kill_all();
            }
        }));
        *self.0.listener.borrow_mut() = Some(listener);
    }
}

impl Inner {
    fn kill_all(&self) {
        let processes: Vec<_> = self.processes.borrow().iter().filter_map(Weak::upgrade).collect();
        for process in processes {
            process.kill();
        }
    }
}

impl RuntimeOptions {
    fn max_workers(&self) -> Result<u32, Error> {
        let max_workers = self.max_workers.unwrap_or(DEFAULT_MAX_WORKERS);
        let wrong = |message| Err(Error::Option { message });
        if max_workers < 2 {
            return wrong(format!("maxWorkers is {max_workers}, and a process takes two workers: give 2 or more"));
        }
        if max_workers > MAX_WORKERS {
            return wrong(format!("maxWorkers is {max_workers}: give {MAX_WORKERS} or less"));
        }
        Ok(max_workers)
    }
}
