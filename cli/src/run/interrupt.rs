//! Ctrl-C: the first signal kills the program, so that it ends with an outcome and a report; the second, or the first
//! after the program's end, ends raddle.

use std::{
    process,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use raddle_backend_native::Process;

use crate::status;

/// Takes the signals. It begins before the program does, because a program may be interrupted as soon as it has written
/// something.
#[derive(Debug, Clone, Default)]
pub(crate) struct Interrupt(Arc<Mutex<State>>);

#[derive(Debug, Default)]
struct State {
    signalled: bool,
    process: Option<Process>,
}

impl Interrupt {
    /// Takes the signals from now on.
    pub(crate) fn take() -> Result<Interrupt, ctrlc::Error> {
        let interrupt = Interrupt::default();
        let handler = interrupt.clone();
        ctrlc::set_handler(move || handler.signal())?;
        Ok(interrupt)
    }

    /// Says which process to kill; if there was a signal already, it is killed now.
    pub(crate) fn kills(&self, process: &Process) {
        let mut state = self.lock();
        if state.signalled {
            process.kill();
        }
        state.process = Some(process.clone());
    }

    fn signal(&self) {
        let mut state = self.lock();
        // A program that has ended is not killed any more: what is left to be written has no reader.
        let is_over = state.process.as_ref().is_some_and(|process| process.outcome().is_some());
        if state.signalled || is_over {
            process::exit(status::INTERRUPTED);
        }
        state.signalled = true;
        if let Some(process) = &state.process {
            process.kill();
        }
    }

    /// The state stays valid after a panic: every change is a single step.
    fn lock(&self) -> MutexGuard<'_, State> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use raddle_backend_native::{Outcome, Program, Runtime};

    use super::Interrupt;

    fn for_ever() -> Program {
        let module = "(module (memory 1 1 shared) (func (export \"main\") (loop $for_ever (br $for_ever))))";
        Program::new(&Runtime::new().unwrap(), &wat::parse_str(module).unwrap()).unwrap()
    }

    #[test]
    fn a_signal_kills_the_process() {
        let interrupt = Interrupt::default();
        let process = for_ever().process().start().unwrap();
        interrupt.kills(&process);
        interrupt.signal();
        assert_eq!(process.wait(), Outcome::Killed);
    }

    #[test]
    fn a_signal_before_there_is_a_process_is_not_lost() {
        let interrupt = Interrupt::default();
        interrupt.signal();
        let process = for_ever().process().start().unwrap();
        interrupt.kills(&process);
        assert_eq!(process.wait(), Outcome::Killed);
    }
}
