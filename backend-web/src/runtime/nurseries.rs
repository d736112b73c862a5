//! [`Nurseries`]: those that are there ahead of need, and how one is started.

use std::{
    cell::{Cell, RefCell},
    rc::Rc,
};

use raddle_runtime_api::Words;
use raddle_web_shared::region::{PAGE_MAX_WORKERS, PAGE_WORKERS};
use wasm_bindgen_futures::spawn_local;

use crate::{error::Error, memory::Control, platform::Script, runtime::nursery::Nursery};

/// The nurseries of a page that have no process. A clone is the same.
#[derive(Debug, Clone)]
pub(super) struct Nurseries(Rc<Inner>);

#[derive(Debug)]
struct Inner {
    control: Control,
    /// Where the script of workers is, until they are closed.
    script: RefCell<Option<Rc<dyn Script>>>,
    /// How many are to be there ahead of need.
    spares: u32,
    ready: RefCell<Vec<Nursery>>,
    /// How many are being started ahead.
    starting: Cell<u32>,
    /// The name that locks begin with, and how many there were.
    name: String,
    locks: Cell<u32>,
    is_closed: Cell<bool>,
}

impl Nurseries {
    /// Starts the first one, which shows whether workers can be started here at all.
    pub(super) async fn start(
        control: Control,
        script: Box<dyn Script>,
        spares: u32,
        name: String,
    ) -> Result<Nurseries, Error> {
        let nurseries = Nurseries(Rc::new(Inner {
            control,
            script: RefCell::new(Some(script.into())),
            spares,
            ready: RefCell::default(),
            starting: Cell::new(0),
            name,
            locks: Cell::new(0),
            is_closed: Cell::new(false),
        }));
        let first = nurseries.start_one().await?;
        nurseries.0.ready.borrow_mut().push(first);
        nurseries.refill();
        Ok(nurseries)
    }

    /// One for a process.
    pub(super) async fn take(&self) -> Result<Nursery, Error> {
        self.check_open()?;
        while let Some(nursery) = self.take_ready() {
            if !nursery.has_failed() {
                return Ok(nursery);
            }
            self.let_go(&nursery);
        }
        let nursery = self.start_one().await;
        // They may have been closed meanwhile.
        self.check_open().inspect_err(|_| {
            if let Ok(nursery) = &nursery {
                self.let_go(nursery);
            }
        })?;
        nursery
    }

    fn take_ready(&self) -> Option<Nursery> {
        self.0.ready.borrow_mut().pop()
    }

    fn check_open(&self) -> Result<(), Error> {
        if self.0.is_closed.get() {
            return Err(closed());
        }
        Ok(())
    }

    /// Starts some until there are as many as there are to be ahead of need.
    pub(super) fn refill(&self) {
        let inner = &self.0;
        while !inner.is_closed.get() && inner.ready.borrow().len() as u32 + inner.starting.get() < inner.spares {
            inner.starting.set(inner.starting.get() + 1);
            let nurseries = self.clone();
            spawn_local(async move {
                // Whoever needs one finds out why there is none.
                let nursery = nurseries.start_one().await;
                let inner = &nurseries.0;
                inner.starting.set(inner.starting.get() - 1);
                match nursery {
                    Ok(nursery) if inner.is_closed.get() => nurseries.let_go(&nursery),
                    Ok(nursery) => inner.ready.borrow_mut().push(nursery),
                    Err(_) => {}
                }
            });
        }
    }

    async fn start_one(&self) -> Result<Nursery, Error> {
        let inner = &self.0;
        let script = inner.script.borrow().clone().ok_or_else(closed)?;
        let limit = inner.control.load(PAGE_MAX_WORKERS);
        if inner.control.fetch_add(PAGE_WORKERS, 1) >= limit {
            inner.control.fetch_sub(PAGE_WORKERS, 1);
            return Err(Error::too_many_workers(limit));
        }
        inner.locks.set(inner.locks.get() + 1);
        let lock = format!("{}-{}", inner.name, inner.locks.get());
        Nursery::start(script, lock).await.inspect_err(|_| {
            inner.control.fetch_sub(PAGE_WORKERS, 1);
        })
    }

    /// Ends one that has no process.
    pub(super) fn let_go(&self, nursery: &Nursery) {
        nursery.terminate();
        self.0.control.fetch_sub(PAGE_WORKERS, 1);
    }

    /// Gives out no more. To be called before anything is ended that could ask for one.
    pub(super) fn close(&self) {
        self.0.is_closed.set(true);
    }

    /// Ends those that are there, once it is closed.
    pub(super) fn clear(&self) {
        for nursery in self.0.ready.take() {
            self.let_go(&nursery);
        }
        self.0.script.take();
    }
}

fn closed() -> Error {
    Error::Option { message: "the runtime is closed: make another one".into() }
}
