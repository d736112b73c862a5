//! What a program writes, kept, and watched for the word that makes the embedder kill it; and a stream that takes
//! nothing.

use std::{
    io::{self, Write},
    mem,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use raddle_backend_native::{Interests, Process, Tried, TryWrite};

/// How many bytes of a stream are kept.
const MOST: usize = 4 << 20;

/// A stream that is kept.
#[derive(Debug, Clone, Default)]
pub(crate) struct Captured(Arc<Mutex<Vec<u8>>>);

impl Captured {
    /// What was written so far.
    pub(crate) fn take(&self) -> Vec<u8> {
        mem::take(&mut *lock(&self.0))
    }
}

impl Write for Captured {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let mut kept = lock(&self.0);
        let room = MOST.saturating_sub(kept.len());
        kept.extend_from_slice(&bytes[..bytes.len().min(room)]);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// A stream that takes nothing.
#[derive(Debug)]
pub(crate) struct Full;

impl TryWrite for Full {
    fn try_write(&mut self, _: &[u8]) -> io::Result<Tried<usize, Interests>> {
        // There will never be room.
        Ok(Tried::NotYet(Interests::new()))
    }
}

/// Kills a process once it has written a word. The word may come before the process is known.
#[derive(Debug, Clone)]
pub(crate) struct KillSwitch(Arc<Mutex<Switch>>);

#[derive(Debug)]
struct Switch {
    word: Option<Vec<u8>>,
    pulled: bool,
    process: Option<Process>,
}

/// A stream that pulls the switch.
#[derive(Debug)]
pub(crate) struct Watched {
    stream: Captured,
    switch: KillSwitch,
}

impl KillSwitch {
    pub(crate) fn new(word: Option<&str>) -> KillSwitch {
        let word = word.map(Into::into);
        KillSwitch(Arc::new(Mutex::new(Switch { word, pulled: false, process: None })))
    }

    /// The stream whose content pulls it.
    pub(crate) fn watch(&self, stream: Captured) -> Watched {
        Watched { stream, switch: self.clone() }
    }

    /// Says which process to kill.
    pub(crate) fn arm(&self, process: &Process) {
        let mut switch = lock(&self.0);
        if switch.pulled {
            process.kill();
        }
        switch.process = Some(process.clone());
    }

    /// Lets go of the process: it holds the stream that holds the switch.
    pub(crate) fn disarm(&self) {
        lock(&self.0).process = None;
    }

    /// Looks for the word in all that was written.
    fn look(&self, written: &[u8]) {
        let mut switch = lock(&self.0);
        let Some(word) = switch.word.as_ref().filter(|word| !word.is_empty()) else { return };
        if !switch.pulled && written.windows(word.len()).any(|window| window == word) {
            switch.pulled = true;
            // It does not wait for the process, whose thread this is.
            switch.process.as_ref().map(Process::kill);
        }
    }
}

impl Write for Watched {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let written = self.stream.write(bytes)?;
        self.switch.look(&lock(&self.stream.0));
        Ok(written)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// What is behind the lock is as good after a panic: nothing is changed in more than one step.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
