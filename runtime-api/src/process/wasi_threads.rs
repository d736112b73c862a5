//! `thread-spawn` of wasi-threads: a thread that brings its own stack and TLS, has no value, and is joined by nobody.

use super::Thread;
use crate::{
    abi::Status,
    host::{Call, Capability, Host},
    words::Stage,
};

impl<H: Host> Thread<H> {
    /// Starts a thread as the import `thread-spawn` of wasi-threads does, and returns its id: from 1 to
    /// [`MAX_THREAD_ID`](crate::abi::MAX_THREAD_ID), which are 29 bits. The new thread's instance is
    /// [asked](super::Instance::call_wasi_thread) to begin with the argument, which means something to the guest alone.
    ///
    /// Of the process's limits those on threads apply; `AGAIN` comes with the event
    /// [`LimitReached`](crate::Event::LimitReached). `UNSUPPORTED` if the host has no threads.
    ///
    /// # Errors
    /// [`Unwind`](crate::Unwind): the call does not return to the guest.
    pub fn spawn_wasi_thread(&self, arg: u32) -> Call<Result<u32, Status>> {
        self.check()?;
        if !self.kernel.host.capabilities().has(Capability::Spawn) {
            return Ok(Err(Status::Unsupported));
        }
        Ok(self.take_record(Stage::DETACHED).and_then(|index| {
            let record = self.kernel.record(index);
            record.is_wasi().store(1);
            record.arg().store(arg.into());
            record.set_name("");
            // Before the launch: the thread may have ended after it, and the record be another's.
            let id = record.id().load();
            self.launch(index, "").map(|()| id)
        }))
    }

    /// The argument with which the thread begins in `wasi_thread_start`, if it does.
    pub(super) fn wasi_thread(&self) -> Option<u32> {
        let record = self.kernel.record(self.index);
        (record.is_wasi().load() != 0).then(|| record.arg().load() as u32)
    }
}

#[cfg(test)]
mod tests {
    use alloc::{vec, vec::Vec};
    use std::sync::mpsc;

    use crate::{Outcome, Threads, abi::Status, memory_host::Program};

    #[test]
    fn a_thread_begins_with_its_argument_and_leaves_nothing() {
        let (sender, begun) = mpsc::channel();
        let mut program = Program::new();
        program.on_wasi_thread(move |thread, arg| {
            sender.send((thread.id, arg)).unwrap();
            Ok(())
        });
        let process = program.start(|thread| {
            let ids: Vec<_> = (0..3).map(|arg| thread.spawn_wasi_thread(arg)).collect::<Result<_, _>>()?;
            while thread.process().stats().live > 1 {
                thread.thread_yield()?;
            }
            for id in ids {
                let tid = id.unwrap().cast_signed();
                assert_eq!(thread.thread_join(tid, 0, 0)?, Status::NoThread);
            }
            Ok(vec![])
        });
        let process = process.unwrap();
        assert_eq!(process.wait(None), Some(Outcome::Returned(vec![])));
        let mut begun: Vec<_> = begun.try_iter().collect();
        begun.sort_unstable_by_key(|&(_, arg)| arg);
        assert_eq!(begun.iter().map(|&(_, arg)| arg).collect::<Vec<_>>(), [0, 1, 2]);
        assert!(begun.iter().all(|&(id, _)| id > 1));
        assert_eq!((process.stats().live, process.stats().spawned), (0, 3));
    }

    #[test]
    fn one_too_many_is_told_so() {
        let mut program = Program::new();
        program.limits.max_threads = Some(1);
        let outcome = program.run(|thread| {
            assert_eq!(thread.spawn_wasi_thread(0)?, Err(Status::Again));
            Ok(vec![])
        });
        assert_eq!(outcome, Outcome::Returned(vec![]));
    }
}
