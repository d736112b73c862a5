//! A thread's instance, whose functions are closures.

use alloc::{
    boxed::Box,
    rc::Rc,
    string::{String, ToString},
    sync::Arc,
    vec::Vec,
};
use core::fmt;
use std::{
    panic::{AssertUnwindSafe, catch_unwind},
    sync::{Mutex, PoisonError},
};

use super::MemoryHost;
use crate::{Call, Event, Instance, InstanceEnd, Thread, ThreadStack, Trap, TrapKind, Value};

type Function = Arc<dyn Fn(&Thread<MemoryHost>, u64) -> Call<u64> + Send + Sync>;
type WasiThread = Box<dyn Fn(&Thread<MemoryHost>, u32) -> Call<()> + Send + Sync>;
type OnEvent = Box<dyn Fn(&Event) + Send + Sync>;
type Main = Box<dyn FnOnce(&Thread<MemoryHost>) -> Call<Vec<Value>> + Send>;

/// The process's code: its "table 0", and the entry, which is called once; and what the embedder does with its events.
#[derive(Default)]
pub(super) struct Functions {
    pub(super) table: Vec<Function>,
    pub(super) main: Mutex<Option<Main>>,
    pub(super) wasi_thread: Option<WasiThread>,
    pub(super) on_event: Option<OnEvent>,
}

impl fmt::Debug for Functions {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Functions").field("table", &self.table.len()).finish_non_exhaustive()
    }
}

pub(super) struct ClosureInstance {
    thread: Rc<Thread<MemoryHost>>,
}

impl ClosureInstance {
    pub(super) fn new(thread: Rc<Thread<MemoryHost>>) -> ClosureInstance {
        ClosureInstance { thread }
    }

    fn functions(&self) -> &Functions {
        &self.thread.host().0.functions
    }

    fn function(&self, index: u64) -> Result<&Function, InstanceEnd> {
        // Functions are numbered from 1: 0 is no destructor.
        let position = usize::try_from(index).ok().and_then(|index| index.checked_sub(1));
        position
            .and_then(|position| self.functions().table.get(position))
            .ok_or_else(|| InstanceEnd::Trapped(Trap::new(TrapKind::TableOutOfBounds, "")))
    }
}

/// Runs guest code; on this host, a panic in a closure (most likely a test's failed assertion) is a trap.
fn run<T>(code: impl FnOnce() -> Call<T>) -> Result<T, InstanceEnd> {
    match catch_unwind(AssertUnwindSafe(code)) {
        Ok(answer) => answer.map_err(InstanceEnd::Unwound),
        Err(panic) => {
            let text = panic.downcast_ref::<String>().cloned();
            let text = text.or_else(|| panic.downcast_ref::<&str>().map(ToString::to_string)).unwrap_or_default();
            Err(InstanceEnd::Trapped(Trap::new(TrapKind::Unreachable, text)))
        }
    }
}

impl Instance for ClosureInstance {
    fn fill_hooks(&mut self) -> Result<(), InstanceEnd> {
        Ok(())
    }

    fn init(&mut self, _is_first: bool) -> Result<(), InstanceEnd> {
        Ok(())
    }

    fn enter(&mut self, _stack: ThreadStack) -> Result<(), InstanceEnd> {
        Ok(())
    }

    fn call_constructors(&mut self) -> Result<(), InstanceEnd> {
        Ok(())
    }

    fn call_entry(&mut self) -> Result<Vec<Value>, InstanceEnd> {
        let main = self.functions().main.lock().unwrap_or_else(PoisonError::into_inner).take();
        main.map_or_else(|| Ok(Vec::new()), |main| run(|| main(&self.thread)))
    }

    fn call(&mut self, function: u64, arg: u64) -> Result<u64, InstanceEnd> {
        let function = self.function(function)?;
        run(|| function(&self.thread, arg))
    }

    fn call_wasi_thread(&mut self, _id: u32, arg: u32) -> Result<(), InstanceEnd> {
        match &self.functions().wasi_thread {
            Some(function) => run(|| function(&self.thread, arg)),
            None => Err(InstanceEnd::Trapped(Trap::new(TrapKind::Instantiation, "no `wasi_thread_start`"))),
        }
    }

    fn call_destructor(&mut self, function: u64, value: u64) -> Result<(), InstanceEnd> {
        self.call(function, value).map(drop)
    }
}
