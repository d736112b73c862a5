//! One thread's instance, which the script holds: its exports are called from there, because a trap can only be
//! caught there.

use std::rc::Rc;

use raddle_runtime_api::{Frame, Instance, InstanceEnd, Thread, ThreadStack, Trap, TrapKind, Unwind, Value};

use crate::{agent::AGENT, host::WebHost, imports, sys, text};

pub(crate) struct WebInstance {
    thread: Rc<Thread<WebHost>>,
}

impl WebInstance {
    pub(crate) fn new(thread: Rc<Thread<WebHost>>) -> Result<WebInstance, InstanceEnd> {
        imports::set_current(&thread);
        let instance = WebInstance { thread };
        match sys::instantiate() {
            0 => Ok(instance),
            _ => Err(instance.instantiation_end()),
        }
    }

    /// Whether guest code returned.
    fn check(&self, threw: u32) -> Result<(), InstanceEnd> {
        if threw == 0 { Ok(()) } else { Err(self.end()) }
    }

    /// How guest code ended that did not return.
    fn end(&self) -> InstanceEnd {
        match AGENT.with(|agent| agent.unwind.take()) {
            Some(Unwind::Trap(kind)) => {
                InstanceEnd::Trapped(Trap::new(kind, kind.explanation()).with_backtrace(backtrace()))
            }
            Some(unwind) => {
                if unwind == Unwind::Stopped {
                    self.thread.note_backtrace(backtrace);
                }
                InstanceEnd::Unwound(unwind)
            }
            None => {
                let mut trap = trap();
                if trap.kind == TrapKind::Unreachable && sys::stack_overflowed() != 0 {
                    trap.kind = TrapKind::StackOverflow;
                }
                InstanceEnd::Trapped(trap)
            }
        }
    }

    /// How a thread ends whose instance could not be made: its imports do not fit, the browser has no more room, or an
    /// element segment does not fit its table. Nothing else is written by instantiating, and nothing runs.
    fn instantiation_end(&self) -> InstanceEnd {
        match self.end() {
            InstanceEnd::Trapped(mut trap) => {
                trap.kind = match trap.kind {
                    TrapKind::Host | TrapKind::Other => TrapKind::Instantiation,
                    TrapKind::MemoryOutOfBounds => TrapKind::TableOutOfBounds,
                    kind => kind,
                };
                InstanceEnd::Trapped(trap)
            }
            end => end,
        }
    }
}

impl Drop for WebInstance {
    fn drop(&mut self) {
        sys::release();
        imports::clear_current();
    }
}

impl Instance for WebInstance {
    fn fill_hooks(&mut self) -> Result<(), InstanceEnd> {
        match sys::fill_hooks() {
            0 => Ok(()),
            _ => Err(self.instantiation_end()),
        }
    }

    fn init(&mut self, is_first: bool) -> Result<(), InstanceEnd> {
        self.check(sys::init(is_first.into()))
    }

    fn enter(&mut self, stack: ThreadStack) -> Result<(), InstanceEnd> {
        let ThreadStack { top, limit, tls } = stack;
        self.check(sys::enter(top as f64, limit as f64, tls as f64))
    }

    fn call_constructors(&mut self) -> Result<(), InstanceEnd> {
        self.check(sys::call_constructors())
    }

    fn call_entry(&mut self) -> Result<Vec<Value>, InstanceEnd> {
        self.check(sys::call_entry())?;
        Ok(AGENT.with(|agent| agent.results.take()))
    }

    fn call(&mut self, function: u64, arg: u64) -> Result<u64, InstanceEnd> {
        self.check(sys::call(function, arg))?;
        Ok(sys::called())
    }

    fn call_destructor(&mut self, function: u64, value: u64) -> Result<(), InstanceEnd> {
        self.check(sys::call_destructor(function, value))
    }
}

/// The trap that was caught.
fn trap() -> Trap {
    text::thrown().trap(&guest_name())
}

/// Where the guest was when it was caught.
fn backtrace() -> Vec<Frame> {
    text::thrown().backtrace(&guest_name())
}

/// What the browser calls the guest's module in stacks: its own trap says so, once.
fn guest_name() -> String {
    let known = AGENT.with(|agent| agent.guest_name.borrow().clone());
    known.unwrap_or_else(|| {
        sys::probe();
        let name = text::thrown().innermost_module().unwrap_or_default().to_owned();
        AGENT.with(|agent| *agent.guest_name.borrow_mut() = Some(name.clone()));
        name
    })
}
