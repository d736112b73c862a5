//! [`Living`]: the drivers that run, each with its browser. Whoever interrupts a run ends them all.

use std::{
    collections::BTreeMap,
    io,
    process::Command,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use process_wrap::std::{ChildWrapper, CommandWrap};

/// All that were started and have not been ended.
#[derive(Debug, Clone, Default)]
pub(crate) struct Living(Arc<Mutex<Processes>>);

#[derive(Debug, Default)]
struct Processes {
    next: u64,
    running: BTreeMap<u64, Box<dyn ChildWrapper>>,
    stopped: bool,
}

/// A process with all that it has started. It is killed when this is dropped.
#[derive(Debug)]
pub(super) struct Process {
    key: u64,
    living: Living,
}

impl Living {
    /// Starts a process, in a group of its own.
    pub(super) fn start(&self, command: Command) -> io::Result<Process> {
        let mut wrap = CommandWrap::from(command);
        #[cfg(unix)]
        wrap.wrap(process_wrap::std::ProcessGroup::leader());
        #[cfg(windows)]
        wrap.wrap(process_wrap::std::JobObject);
        // Under the lock, so that nothing is started behind the back of whoever kills them all.
        let mut processes = self.lock();
        if processes.stopped {
            return Err(io::Error::new(io::ErrorKind::Interrupted, "the run was interrupted"));
        }
        let child = wrap.spawn()?;
        let key = processes.next;
        processes.next += 1;
        processes.running.insert(key, child);
        Ok(Process { key, living: self.clone() })
    }

    /// Kills all that live, and starts none any more.
    pub(crate) fn kill_all(&self) {
        let mut processes = self.lock();
        processes.stopped = true;
        for child in processes.running.values_mut() {
            // One that has ended by itself cannot be killed.
            let _ = child.start_kill();
        }
    }

    /// The list is as good after a panic: nothing is changed in more than one step.
    fn lock(&self) -> MutexGuard<'_, Processes> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Process {
    /// Whether it runs still.
    pub(super) fn lives(&self) -> bool {
        let mut processes = self.living.lock();
        processes.running.get_mut(&self.key).is_some_and(|child| matches!(child.try_wait(), Ok(None)))
    }

    /// Kills it with all that it has started.
    pub(super) fn end(&self) {
        let child = self.living.lock().running.remove(&self.key);
        if let Some(mut child) = child {
            // One that has ended by itself cannot be killed, but those that it started can.
            let _ = child.start_kill();
            let _ = child.wait();
        }
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        self.end();
    }
}
