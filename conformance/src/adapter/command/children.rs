//! The live processes: interrupting a run kills them all.

use std::{
    collections::BTreeMap,
    io,
    process::{Command, ExitStatus},
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use process_wrap::std::{ChildWrapper, CommandWrap};

/// All that were started and have not been killed.
#[derive(Debug, Clone, Default)]
pub(super) struct Children(Arc<Mutex<Living>>);

#[derive(Debug, Default)]
struct Living {
    next: u64,
    children: BTreeMap<u64, Box<dyn ChildWrapper>>,
    /// No more processes are started.
    stopped: bool,
}

/// A process with everything that it has started. It is killed when this is dropped.
#[derive(Debug)]
pub(super) struct Child {
    key: u64,
    children: Children,
}

/// The ends of its pipes.
pub(super) struct Pipes {
    pub(super) stdin: std::process::ChildStdin,
    pub(super) stdout: std::process::ChildStdout,
    pub(super) stderr: std::process::ChildStderr,
}

impl Children {
    /// Starts a process whose three standard streams are pipes.
    pub(super) fn start(&self, command: Command) -> io::Result<(Child, Pipes)> {
        let mut wrap = CommandWrap::from(command);
        #[cfg(unix)]
        wrap.wrap(process_wrap::std::ProcessGroup::leader());
        #[cfg(windows)]
        wrap.wrap(process_wrap::std::JobObject);
        // Under the lock, so that nothing is started behind the back of whoever kills them all.
        let mut living = self.lock();
        if living.stopped {
            return Err(io::Error::new(io::ErrorKind::Interrupted, "the run was interrupted"));
        }
        let mut child = wrap.spawn()?;
        let pipes = (child.stdin().take(), child.stdout().take(), child.stderr().take());
        let key = living.next;
        living.next += 1;
        living.children.insert(key, child);
        drop(living);
        let child = Child { key, children: self.clone() };
        match pipes {
            (Some(stdin), Some(stdout), Some(stderr)) => Ok((child, Pipes { stdin, stdout, stderr })),
            _ => Err(io::Error::other("a stream of the process is not a pipe")),
        }
    }

    /// Kills all live processes, with everything that they have started, and starts no more.
    pub(super) fn kill_all(&self) {
        let mut living = self.lock();
        living.stopped = true;
        for child in living.children.values_mut() {
            // One that has ended by itself cannot be killed.
            let _ = child.start_kill();
        }
    }

    /// The list stays valid after a panic: every change is a single step.
    fn lock(&self) -> MutexGuard<'_, Living> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Child {
    /// Kills it with everything that it has started, and returns how it ended.
    pub(super) fn end(&self) -> Option<ExitStatus> {
        let mut child = self.children.lock().children.remove(&self.key)?;
        // One that has ended by itself cannot be killed, but those that it started can.
        let _ = child.start_kill();
        child.wait().ok()
    }
}

impl Drop for Child {
    fn drop(&mut self) {
        self.end();
    }
}
