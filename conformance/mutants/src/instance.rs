//! A thread's instance, with a defect.

use std::sync::{Arc, atomic::Ordering::Relaxed};

use raddle_runtime_api::{Instance, InstanceEnd, ThreadStack, TrapKind, Value};
use raddle_toy_backend::instance::ToyInstance;

use crate::{list::Defect, shared::Shared};

pub(crate) struct Broken {
    defect: Defect,
    instance: ToyInstance,
    shared: Arc<Shared>,
}

impl Broken {
    pub(crate) fn new(defect: Defect, instance: ToyInstance, shared: Arc<Shared>) -> Broken {
        Broken { defect, instance, shared }
    }

    fn spoil<T>(&self, result: Result<T, InstanceEnd>) -> Result<T, InstanceEnd> {
        result.map_err(|mut end| {
            if let (Defect::TrapKindsLost, InstanceEnd::Trapped(trap)) = (self.defect, &mut end) {
                trap.kind = TrapKind::Other;
            }
            end
        })
    }
}

impl Instance for Broken {
    fn fill_hooks(&mut self) -> Result<(), InstanceEnd> {
        self.instance.fill_hooks()
    }

    fn init(&mut self, is_first: bool) -> Result<(), InstanceEnd> {
        self.instance.init(is_first || self.defect == Defect::SegmentsWrittenAgain)
    }

    fn enter(&mut self, mut stack: ThreadStack) -> Result<(), InstanceEnd> {
        let first = &self.shared.first;
        // The main thread is there before any other.
        let is_main = !first.has_entered.swap(true, Relaxed);
        match self.defect {
            // The linker may have given the main thread a stack of its own: the others share one all the same.
            Defect::StacksShared if !is_main => {
                (stack.top, stack.limit) = *first.stack.get_or_init(|| (stack.top, stack.limit));
            }
            Defect::StacksMisaligned if stack.top != 0 => stack.top -= 8,
            Defect::TlsShared => stack.tls = *first.tls.get_or_init(|| stack.tls),
            _ => {}
        }
        self.instance.enter(stack)
    }

    fn call_constructors(&mut self) -> Result<(), InstanceEnd> {
        self.instance.call_constructors()
    }

    fn call_entry(&mut self) -> Result<Vec<Value>, InstanceEnd> {
        let result = self.instance.call_entry();
        let results = self.spoil(result)?;
        Ok(if self.defect == Defect::ResultsLost { Vec::new() } else { results })
    }

    fn call(&mut self, function: u64, arg: u64) -> Result<u64, InstanceEnd> {
        match self.instance.call(function, arg) {
            Err(InstanceEnd::Trapped(_)) if self.defect == Defect::ChildTrapSwallowed => Ok(0),
            result => self.spoil(result),
        }
    }

    fn call_destructor(&mut self, function: u64, value: u64) -> Result<(), InstanceEnd> {
        if self.defect == Defect::DestructorsSkipped { Ok(()) } else { self.instance.call_destructor(function, value) }
    }
}
