//! Ctrl-C: the first signal kills the program, so that it ends with an outcome and a report; the second, or the first
//! after the program's end, ends raddle.

use std::{
    fmt, io, process,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use crate::status;

/// Takes the signals. It begins before the program does, because a program may be interrupted as soon as it has written
/// something, and what comes before it may take long.
#[derive(Debug, Clone, Default)]
pub(crate) struct Interrupt(Arc<Mutex<State>>);

#[derive(Default)]
struct State {
    signalled: bool,
    act: Option<Box<dyn FnOnce() -> bool + Send>>,
}

impl fmt::Debug for State {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("State").field("signalled", &self.signalled).finish_non_exhaustive()
    }
}

impl Interrupt {
    /// Takes the signals from now on.
    pub(crate) fn take() -> io::Result<Interrupt> {
        let interrupt = Interrupt::default();
        let handler = interrupt.clone();
        raddle_command::on_signals(move || handler.signal())?;
        Ok(interrupt)
    }

    /// Says what the first signal does from now on, instead of what it did; if there was one already, it does it now. It
    /// returns whether there was anything to be stopped.
    pub(crate) fn calls(&self, act: impl FnOnce() -> bool + Send + 'static) {
        let mut state = self.lock();
        if state.signalled {
            act();
        } else {
            state.act = Some(Box::new(act));
        }
    }

    fn signal(&self) {
        let mut state = self.lock();
        let is_stopped = state.act.take().is_none_or(|act| act());
        if state.signalled || !is_stopped {
            process::exit(status::INTERRUPTED);
        }
        state.signalled = true;
    }

    /// The state stays valid after a panic: every change is a single step.
    fn lock(&self) -> MutexGuard<'_, State> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use std::sync::mpsc;

    use super::Interrupt;

    #[test]
    fn a_signal_does_what_was_said_last() {
        let interrupt = Interrupt::default();
        let (sender, receiver) = mpsc::channel();
        for number in [1, 2] {
            let sender = sender.clone();
            interrupt.calls(move || sender.send(number).is_ok());
        }
        interrupt.signal();
        drop(sender);
        assert_eq!(receiver.iter().collect::<Vec<_>>(), [2]);
    }

    #[test]
    fn a_signal_before_there_is_anything_to_do_is_not_lost() {
        let interrupt = Interrupt::default();
        interrupt.signal();
        let (sender, receiver) = mpsc::channel();
        interrupt.calls(move || sender.send(()).is_ok());
        assert_eq!(receiver.recv(), Ok(()));
    }
}
