//! What is done before the program runs, reading its module and compiling it, may take longer than anybody wants to wait,
//! and nothing can stop it. So it is done on a thread that the command leaves behind when it exits.

use std::{
    panic,
    sync::{Arc, Mutex, PoisonError, mpsc},
    thread,
    time::Instant,
};

use raddle_backend_native::Outcome;

use super::interrupt::Interrupt;

/// A stack as main threads have.
const STACK_SIZE: usize = 8 * 1024 * 1024;

/// What the command hears of.
enum News<T> {
    Done(T),
    Interrupted,
}

/// Does some work, unless the deadline passes or a signal comes before it is done: the outcome says which. If the system
/// has no thread for it, it is done here, however long that takes.
pub(super) fn unless_stopped<T: Send + 'static>(
    interrupt: &Interrupt,
    deadline: Option<Instant>,
    work: impl FnOnce() -> T + Send + 'static,
) -> Result<T, Outcome> {
    let (sender, receiver) = mpsc::channel();
    let signals = sender.clone();
    interrupt.calls(move || {
        // Nobody listens when it is done. What comes next is told of the signal, too.
        let _ = signals.send(News::Interrupted);
        true
    });
    // A thread that is not started drops what it was given.
    let work = Arc::new(Mutex::new(Some(work)));
    let take = |work: &Mutex<Option<_>>| work.lock().unwrap_or_else(PoisonError::into_inner).take();
    let given = work.clone();
    let run = move || {
        if let Some(work) = take(&given) {
            let _ = sender.send(News::Done(work()));
        }
    };
    let Ok(thread) = thread::Builder::new().name("prepare".into()).stack_size(STACK_SIZE).spawn(run) else {
        return take(&work).map(|work| work()).ok_or(Outcome::Killed);
    };
    let news = match deadline {
        Some(deadline) => receiver.recv_timeout(deadline.saturating_duration_since(Instant::now())),
        None => receiver.recv().map_err(Into::into),
    };
    match news {
        Ok(News::Done(done)) => Ok(done),
        Ok(News::Interrupted) => Err(Outcome::Killed),
        Err(mpsc::RecvTimeoutError::Timeout) => Err(Outcome::TimedOut),
        // It can only have panicked, which was told.
        Err(mpsc::RecvTimeoutError::Disconnected) => panic::resume_unwind(thread.join().err().unwrap_or(Box::new(()))),
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    #[test]
    fn work_is_done_or_left() {
        let interrupt = Interrupt::default();
        assert_eq!(unless_stopped(&interrupt, None, || 7), Ok(7));
        let (forever, never) = mpsc::channel::<()>();
        let deadline = Instant::now() + Duration::from_millis(1);
        assert_eq!(unless_stopped(&interrupt, Some(deadline), move || never.recv()), Err(Outcome::TimedOut));
        drop(forever);
    }
}
