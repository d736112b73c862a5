//! The control words of all processes of a page: one shared memory, in which every process has a region as long as it
//! runs.
//!
//! One memory for all, because browsers reserve gigabytes of address space for each and so allow few. For the same
//! reason the host module's instances have no memories of their own: each has a slab of another one for all.

use std::{
    cell::{Cell, RefCell},
    rc::Rc,
};

use js_sys::{Atomics, Int32Array, WebAssembly};
use raddle_runtime_api::{StartError, Words};
use raddle_web_shared::{
    pool::Park,
    region::{MAX_WORKERS, PAGE_HEADER, PAGE_MAX_WORKERS, PAGE_SLABS, PAGE_WORKERS},
};
use wasm_bindgen::JsValue;

use crate::{error::Error, js};

/// How many words a page of wasm memory has.
const WORDS_PER_PAGE: u32 = 65536 / 4;

/// The most pages: 1 GiB, for a thousand processes of a default size.
const MAX_PAGES: u32 = 16384;

/// How many slabs there are beyond one for each worker: those of workers that are gone are given back somewhat later.
const SPARE_SLABS: u32 = 64;

/// How many pages a slab has: the build, which makes the host module for it, says so.
const SLAB_PAGES: u32 = match u32::from_str_radix(env!("RADDLE_SLAB_PAGES"), 10) {
    Ok(pages) => pages,
    Err(_) => panic!("the build says a number"),
};

/// The words of all processes. A clone is the same.
#[derive(Debug, Clone)]
pub(crate) struct Control(Rc<Inner>);

#[derive(Debug)]
struct Inner {
    memory: WebAssembly::Memory,
    slabs: WebAssembly::Memory,
    /// How many slabs there are.
    slab_count: u32,
    /// The memory as words; a new one whenever it has grown.
    view: RefCell<Int32Array>,
    /// The end of what was ever given out.
    used: Cell<u32>,
    /// Regions that were given back: the first word and the length.
    free: RefCell<Vec<(u32, u32)>>,
}

impl Control {
    pub(crate) fn new(max_workers: u32) -> Result<Control, Error> {
        let memory = make(1, MAX_PAGES, false).map_err(|message| StartError::memory(1 << 30, message))?;
        let slab_count = (max_workers + SPARE_SLABS).min(MAX_WORKERS);
        let pages = slab_count * SLAB_PAGES;
        let slabs = make(0, pages, false).map_err(|message| StartError::memory(u64::from(pages) << 16, message))?;
        let view = RefCell::new(Int32Array::new(&memory.buffer()));
        let control = Control(Rc::new(Inner {
            memory,
            slabs,
            slab_count,
            view,
            used: Cell::new(PAGE_HEADER),
            free: RefCell::default(),
        }));
        control.store(PAGE_MAX_WORKERS, max_workers);
        Ok(control)
    }

    /// The memory, for workers.
    pub(crate) fn memory(&self) -> &WebAssembly::Memory {
        &self.0.memory
    }

    /// The slabs of the host module's instances, for workers: they grow it as far as they need.
    pub(crate) fn slabs(&self) -> &WebAssembly::Memory {
        &self.0.slabs
    }

    /// How many slabs there are.
    pub(crate) fn slab_count(&self) -> u32 {
        self.0.slab_count
    }

    /// Gives back the slabs that somebody has who is gone: a process's workers by its region's base, its nursery by the
    /// complement.
    pub(crate) fn give_back_slabs(&self, owner: u32) {
        for word in PAGE_SLABS..PAGE_SLABS + self.0.slab_count {
            // Nobody else changes a word that has an owner.
            if self.load(word) == owner {
                self.store(word, 0);
            }
        }
    }

    /// How many workers this page has.
    pub(crate) fn workers(&self) -> u32 {
        self.load(PAGE_WORKERS)
    }

    /// The word to wait on.
    pub(crate) async fn wait_while(&self, at: u32, value: u32) {
        let view = self.0.view.borrow().clone();
        js::wait_while(&view, at, value.cast_signed()).await;
    }

    /// A region of so many words, all zero.
    pub(crate) fn take(&self, len: u32) -> Result<u32, Error> {
        let Some(base) = self.take_free(len) else { return self.append(len) };
        self.0.view.borrow().fill(0, base, base + len);
        Ok(base)
    }

    fn take_free(&self, len: u32) -> Option<u32> {
        let mut free = self.0.free.borrow_mut();
        let found = free.iter().position(|&(_, room)| room == len)?;
        Some(free.swap_remove(found).0)
    }

    /// Gives a region back, which nobody looks at any more.
    pub(crate) fn give_back(&self, base: u32, len: u32) {
        self.0.free.borrow_mut().push((base, len));
    }

    fn append(&self, len: u32) -> Result<u32, Error> {
        let inner = &self.0;
        // Regions begin at a cache line of their own.
        let base = inner.used.get().next_multiple_of(16);
        let end = base.checked_add(len).ok_or_else(|| too_large("its control words need more than 4 GiB"))?;
        let room = inner.view.borrow().length();
        if end > room {
            let pages = (end - room).div_ceil(WORDS_PER_PAGE);
            let no_room = |_| too_large("there is no room for its control words");
            js::grow(&inner.memory, &pages.into()).map_err(no_room)?;
            *inner.view.borrow_mut() = Int32Array::new(&inner.memory.buffer());
        }
        inner.used.set(end);
        Ok(base)
    }
}

fn too_large(message: &str) -> Error {
    StartError::memory(u64::from(MAX_PAGES) << 16, message).into()
}

/// A shared memory of so many pages.
pub(crate) fn make(
    initial: impl Into<f64>,
    maximum: impl Into<f64>,
    is_64: bool,
) -> Result<WebAssembly::Memory, String> {
    let size = |pages: f64| if is_64 { js_sys::BigInt::from(pages as u64).into() } else { JsValue::from(pages) };
    let descriptor = js::object(&[
        ("initial", &size(initial.into())),
        ("maximum", &size(maximum.into())),
        ("shared", &JsValue::TRUE),
        ("address", &if is_64 { "i64" } else { "i32" }.into()),
    ]);
    WebAssembly::Memory::new(&descriptor).map_err(|error| js::message(&error))
}

impl Words for Control {
    fn load(&self, at: u32) -> u32 {
        self.with(|view| Atomics::load(view, at))
    }

    fn store(&self, at: u32, value: u32) {
        self.with(|view| Atomics::store(view, at, value.cast_signed()));
    }

    fn swap(&self, at: u32, value: u32) -> u32 {
        self.with(|view| Atomics::exchange(view, at, value.cast_signed()))
    }

    fn compare_exchange(&self, at: u32, current: u32, new: u32) -> Result<u32, u32> {
        let found = self.with(|view| Atomics::compare_exchange(view, at, current.cast_signed(), new.cast_signed()));
        if found == current { Ok(found) } else { Err(found) }
    }

    fn fetch_add(&self, at: u32, value: u32) -> u32 {
        self.with(|view| Atomics::add(view, at, value.cast_signed()))
    }

    fn fetch_sub(&self, at: u32, value: u32) -> u32 {
        self.with(|view| Atomics::sub(view, at, value.cast_signed()))
    }

    fn fetch_or(&self, at: u32, bits: u32) -> u32 {
        self.with(|view| Atomics::or(view, at, bits.cast_signed()))
    }

    fn fence(&self) {
        // JavaScript's atomics are sequentially consistent among themselves, and the page writes guests' memories by
        // them alone.
        self.load(PAGE_WORKERS);
    }
}

impl Control {
    fn with(&self, operation: impl FnOnce(&Int32Array) -> Result<i32, JsValue>) -> u32 {
        // Every index is in range: the region was given out.
        operation(&self.0.view.borrow()).unwrap_or(0).cast_unsigned()
    }

    pub(crate) fn notify(&self, at: u32, count: u32) {
        let _ = Atomics::notify_with_count(&self.0.view.borrow(), at, count);
    }
}

impl Park for Control {
    type Words = Control;

    fn words(&self) -> &Control {
        self
    }

    fn park(&self, _: u32, _: u32) {
        // A page never blocks: it looks again. What it waits for here is a lock that is held for tens of instructions.
    }

    fn unpark(&self, word: u32, count: u32) {
        self.notify(word, count);
    }
}
