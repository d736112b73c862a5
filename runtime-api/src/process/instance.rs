//! [`Instance`]: the steps that a backend supplies, and the order in which a thread takes them.

use alloc::vec::Vec;

use super::Thread;
use crate::{
    abi::TLS_DESTRUCTOR_ROUNDS,
    host::{Host, Unwind},
    outcome::{Trap, TrapKind, Value},
    protocols::{ThreadStack, kernel::flags},
};

/// How guest code ended if it did not return.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum InstanceEnd {
    /// A call of the ABI unwound it.
    Unwound(Unwind),
    /// It trapped, or its instance could not be made.
    Trapped(Trap),
}

/// One thread's instance of the module: what a backend implements for [`StartJob::run`](crate::StartJob::run), which
/// decides what is called and when.
///
/// All but the first run guest code, which calls [`Threads`](crate::Threads) on the [`Thread`] that the instance was
/// made for.
///
/// # Errors
/// Each returns [`InstanceEnd`] if the guest code did not return. A backend that unwound because of an [`Unwind`] hands
/// that back; for [`Unwind::Trap`] it returns [`InstanceEnd::Trapped`], with the trap's backtrace.
pub trait Instance {
    /// Puts the host's functions [`HOOK_IMPORTS`](crate::abi::exports::HOOK_IMPORTS) into the table `raddle_hooks`.
    /// Called when the section says that there is one, also on an instance that another thread had before.
    fn fill_hooks(&mut self) -> Result<(), InstanceEnd>;

    /// Calls `raddle_init`, with 1 on the process's first thread. Called when the section says that there is one.
    fn init(&mut self, is_first: bool) -> Result<(), InstanceEnd>;

    /// Calls `raddle_enter`.
    fn enter(&mut self, stack: ThreadStack) -> Result<(), InstanceEnd>;

    /// Calls the [constructors](crate::abi::entry::constructors), if the module has some and the entry does not. Called
    /// on the main thread.
    fn call_constructors(&mut self) -> Result<(), InstanceEnd>;

    /// Calls the process's entry. Called on the main thread.
    fn call_entry(&mut self) -> Result<Vec<Value>, InstanceEnd>;

    /// Calls a start function (`raddle_call`). Called on every other thread.
    fn call(&mut self, function: u64, arg: u64) -> Result<u64, InstanceEnd>;

    /// Calls `wasi_thread_start` with the thread's id and an argument of the guest's. Called on every thread that the
    /// import `thread-spawn` of wasi-threads [starts](Thread::spawn_wasi_thread); by default it says that there are none
    /// here.
    fn call_wasi_thread(&mut self, id: u32, arg: u32) -> Result<(), InstanceEnd> {
        let _ = (id, arg);
        let message = "the host does not run threads of wasi-threads";
        Err(InstanceEnd::Trapped(Trap::new(TrapKind::Instantiation, message)))
    }

    /// Calls a TLS destructor (`raddle_call_destructor`).
    fn call_destructor(&mut self, function: u64, value: u64) -> Result<(), InstanceEnd>;
}

/// How a thread ended that did not fail.
pub(super) enum Ended {
    /// With a value.
    Thread(u64),
    /// It was the main thread, and the entry returned this.
    Main(Vec<Value>),
}

// What does not call the guest is kept out of the frame that does: a blocked thread's stack holds that one all the
// time, and each page of it is memory that every thread takes.

/// Runs a thread's guest code in a new instance, destructors included, and drops the instance.
pub(super) fn run<H: Host, I: Instance>(thread: &Thread<H>, mut instance: I) -> Result<Ended, InstanceEnd> {
    let ended = match run_to_end(thread, &mut instance) {
        Err(InstanceEnd::Unwound(Unwind::ThreadExit)) => Ended::Thread(thread.exit_value.get()),
        other => other?,
    };
    run_destructors(thread, &mut instance)?;
    Ok(ended)
}

fn run_to_end<H: Host, I: Instance>(thread: &Thread<H>, instance: &mut I) -> Result<Ended, InstanceEnd> {
    prepare(thread, instance)?;
    let kernel = &thread.kernel;
    if kernel.is_main(thread.index) {
        instance.call_constructors()?;
        return instance.call_entry().map(Ended::Main);
    }
    if let Some(arg) = thread.wasi_thread() {
        return instance.call_wasi_thread(thread.id, arg).map(|()| Ended::Thread(0));
    }
    let record = kernel.record(thread.index);
    instance.call(record.start().load(), record.arg().load()).map(Ended::Thread)
}

/// Makes an instance the thread's.
#[inline(never)]
fn prepare<H: Host, I: Instance>(thread: &Thread<H>, instance: &mut I) -> Result<(), InstanceEnd> {
    let kernel = &thread.kernel;
    // First, as what was the module's start function may wait.
    if kernel.has_flag(flags::HOOKS) {
        instance.fill_hooks()?;
    }
    if kernel.has_flag(flags::INIT) {
        instance.init(kernel.is_main(thread.index))?;
    }
    instance.enter(kernel.stack_of(thread.index))
}

/// Calls the destructors of the thread's values, in rounds as long as they set new ones.
#[inline(never)]
fn run_destructors<H: Host, I: Instance>(thread: &Thread<H>, instance: &mut I) -> Result<(), InstanceEnd> {
    for _ in 0..TLS_DESTRUCTOR_ROUNDS {
        let mut from = 0;
        let mut any = false;
        while let Some((next, destructor, value)) = thread.values.take_next(&thread.kernel, from) {
            (from, any) = (next, true);
            match instance.call_destructor(destructor, value) {
                // The thread is ending already; the other destructors still run.
                Ok(()) | Err(InstanceEnd::Unwound(Unwind::ThreadExit)) => {}
                Err(end) => return Err(end),
            }
        }
        if !any {
            break;
        }
    }
    Ok(())
}
