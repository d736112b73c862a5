//! [`StartJob`]: what runs on a host thread that a backend launches, from the first instruction to the last.

use alloc::rc::Rc;
use std::panic::{AssertUnwindSafe, catch_unwind};

use super::{
    Process, Thread,
    instance::{self, Ended, Instance, InstanceEnd},
};
use crate::{
    host::{Host, StartJob, Unwind},
    outcome::{Event, Outcome, Trap, TrapKind},
    protocols::kernel::{Index, Kernel},
};

impl StartJob {
    /// Runs the thread of the host's process: makes its instance, calls its start function (on the main thread, the
    /// process's entry), runs TLS destructors, drops the instance and wakes the thread's joiner.
    ///
    /// `instantiate` is given the thread, which the instance's imports call, and is dropped with what it made before
    /// the thread counts as ended.
    ///
    /// # Blocking
    /// For as long as the thread runs.
    ///
    /// # Panics
    /// If the host's own code panics, for instance its [`event`](Host::event). The process has then ended with a trap
    /// of the kind [`Host`](TrapKind::Host), unless it had already ended, and the thread counts as ended. Also when the
    /// host's control words hold no process: those of the host that was to launch the job do.
    pub fn run<H: Host, I: Instance>(self, host: H, instantiate: impl FnOnce(Rc<Thread<H>>) -> Result<I, InstanceEnd>) {
        self.run_in(&Process::attach(host).expect(NO_PROCESS), instantiate);
    }

    /// The same for a host that has the process already, and need not look it up in its control words.
    ///
    /// # Blocking
    /// As [`run`](StartJob::run).
    ///
    /// # Panics
    /// As [`run`](StartJob::run), but for the control words.
    pub fn run_in<H: Host, I: Instance>(
        self,
        process: &Process<H>,
        instantiate: impl FnOnce(Rc<Thread<H>>) -> Result<I, InstanceEnd>,
    ) {
        let kernel = &process.kernel;
        let mut end_after_panic = EndAfterPanic::new(kernel, self.index());
        let thread = begin(kernel, self.index());
        let ran = if kernel.has_ended() {
            Err(InstanceEnd::Unwound(Unwind::Stopped))
        } else {
            instantiate(thread.clone()).and_then(|instance| instance::run(&thread, instance))
        };
        drop(thread);
        let value = finish(&mut end_after_panic, ran);
        let EndAfterPanic { index, id, .. } = end_after_panic;
        core::mem::forget(end_after_panic);
        kernel.count_out(index, id, value);
    }
}

/// Why there is a process for every job.
const NO_PROCESS: &str = "a job is run on the host that was to launch it, or on another of the same process";

/// All that is known when a thread's canary is gone; not what overwrote it.
const OVERRUN: &str = "the end of the thread's stack was written over: by the thread itself, which then needs a larger one (check stacks \
                       to see where), or by something else, as an allocator that takes pages it did not ask for";

// These are kept out of the frame that calls the guest, as in `instance`.

#[inline(never)]
fn begin<H: Host>(kernel: &Kernel<H>, index: Index) -> Rc<Thread<H>> {
    let thread = Rc::new(Thread::new(kernel.clone(), index));
    kernel.host.event(&Event::ThreadStarted { thread: thread.id, name: thread.name() });
    thread
}

#[inline(never)]
fn finish<H: Host>(end_after_panic: &mut EndAfterPanic<'_, H>, ran: Result<Ended, InstanceEnd>) -> u64 {
    let EndAfterPanic { kernel, index, .. } = *end_after_panic;
    // First, as the end that comes first counts: only a trap that the overrun led to says more.
    if ran.is_ok() && !kernel.is_slot_intact(index) {
        let trap = Trap::new(TrapKind::StackOverflow, OVERRUN);
        kernel.end(&Outcome::Trapped { thread: kernel.label(index), trap });
    }
    let value = match ran {
        Ok(Ended::Thread(value)) => value,
        Ok(Ended::Main(values)) => {
            kernel.end(&Outcome::Returned(values));
            0
        }
        Err(end) => {
            end_by(kernel, index, end);
            0
        }
    };
    end_after_panic.tell_end();
    value
}

/// Ends the thread and its process if the host's own code panics meanwhile, for instance one of the embedder's imports
/// or its event handler. Otherwise anything that waits for either would wait for ever.
struct EndAfterPanic<'a, H: Host> {
    kernel: &'a Kernel<H>,
    index: Index,
    id: u32,
    has_told_end: bool,
}

impl<'a, H: Host> EndAfterPanic<'a, H> {
    #[inline(never)]
    fn new(kernel: &'a Kernel<H>, index: Index) -> Self {
        EndAfterPanic { kernel, index, id: kernel.record(index).id().load(), has_told_end: false }
    }

    /// Gives back what the thread held and marks it as ended.
    fn tell_end(&mut self) {
        self.has_told_end = true;
        self.kernel.release_slot(self.index);
        self.kernel.host.event(&Event::ThreadEnded { thread: self.id });
    }
}

impl<H: Host> Drop for EndAfterPanic<'_, H> {
    #[cold]
    #[inline(never)]
    fn drop(&mut self) {
        let trap = Trap::new(TrapKind::Host, "the host's own code panicked in this thread");
        self.kernel.end(&Outcome::Trapped { thread: self.kernel.label(self.index), trap });
        if !self.has_told_end {
            // That may panic, too, and here a panic that gets out would abort the application.
            let _ = catch_unwind(AssertUnwindSafe(|| self.tell_end()));
        }
        self.kernel.count_out(self.index, self.id, 0);
    }
}

/// Ends the process because a thread's guest code failed.
fn end_by<H: Host>(kernel: &Kernel<H>, index: Index, end: InstanceEnd) {
    let trap = match end {
        InstanceEnd::Trapped(trap) => trap,
        InstanceEnd::Unwound(Unwind::Trap(kind)) => Trap::new(kind, kind.explanation()),
        // The process has ended already, or the thread alone ends.
        InstanceEnd::Unwound(Unwind::Stopped | Unwind::ThreadExit) => return,
    };
    kernel.end(&Outcome::Trapped { thread: kernel.label(index), trap });
}

#[cfg(test)]
mod tests {
    use alloc::vec::Vec;

    use super::*;
    use crate::{
        Process, ThreadStack, Threads, Value,
        memory_host::{MemoryHost, Program},
        words::Stage,
    };

    /// An instance that never comes to be.
    struct Never;

    impl Instance for Never {
        fn fill_hooks(&mut self) -> Result<(), InstanceEnd> {
            unreachable!()
        }
        fn init(&mut self, _: bool) -> Result<(), InstanceEnd> {
            unreachable!()
        }
        fn enter(&mut self, _: ThreadStack) -> Result<(), InstanceEnd> {
            unreachable!()
        }
        fn call_constructors(&mut self) -> Result<(), InstanceEnd> {
            unreachable!()
        }
        fn call_entry(&mut self) -> Result<Vec<Value>, InstanceEnd> {
            unreachable!()
        }
        fn call(&mut self, _: u64, _: u64) -> Result<u64, InstanceEnd> {
            unreachable!()
        }
        fn call_destructor(&mut self, _: u64, _: u64) -> Result<(), InstanceEnd> {
            unreachable!()
        }
    }

    /// A process whose main thread sleeps, and a second thread that the caller is to run.
    fn with_second_thread() -> (Process<MemoryHost>, StartJob) {
        let process = Program::new().start(|thread| {
            loop {
                let _ = thread.thread_sleep(1_000_000)?;
            }
        });
        let process = process.unwrap();
        let kernel = &process.kernel;
        let index = kernel.take_record(Stage::JOINABLE).unwrap();
        assert!(kernel.take_slot(index, 0));
        kernel.header().census().add_live();
        let job = StartJob::new(index);
        (process, job)
    }

    #[test]
    fn a_panic_of_the_host_ends_the_process() {
        let (process, job) = with_second_thread();
        let run = || job.run(process.host().clone(), |_| -> Result<Never, InstanceEnd> { panic!("the host's own") });
        assert!(catch_unwind(AssertUnwindSafe(run)).is_err(), "it goes on");
        let Some(Outcome::Trapped { thread, trap }) = process.wait(None) else { panic!("{:?}", process.outcome()) };
        assert_eq!((thread.id, trap.kind), (2, TrapKind::Host));
        assert_eq!(process.stats().slots_in_use, 0);
    }

    #[test]
    fn threads_that_the_host_ended_by_force_are_counted_out() {
        let (process, _never_run) = with_second_thread();
        process.abandon();
        assert_eq!(process.outcome(), None, "it has not ended");
        assert!(process.end(&Outcome::Killed));
        while process.stats().live > 1 {
            std::thread::yield_now();
        }
        assert_eq!(process.outcome(), None, "the second thread has not been run");
        let signal = process.end_signal();
        assert_eq!(crate::Words::load(process.host().words(), signal), 0);
        process.abandon();
        assert_eq!(process.outcome(), Some(Outcome::Killed));
        assert_eq!((process.stats().live, process.stats().slots_in_use), (0, 0));
        assert_eq!(crate::Words::load(process.host().words(), signal), 1);
    }

    #[test]
    fn an_instance_that_cannot_be_made_ends_the_process() {
        let (process, job) = with_second_thread();
        let trap = Trap::new(TrapKind::Instantiation, "no memory");
        job.run(process.host().clone(), |_| Err::<Never, _>(InstanceEnd::Trapped(trap.clone())));
        let Some(Outcome::Trapped { thread, trap: found }) = process.wait(None) else {
            panic!("{:?}", process.outcome())
        };
        assert_eq!((thread.id, found), (2, trap));
    }
}
