//! [`Pump`]: a thread that writes to a writer which may block, for guest threads that must not.
//!
//! It has one piece of a call at a time. The guest's thread gives it, and waits for the outside until it is written: so
//! the guest learns of an error where it happened, and what different threads write comes in the order of their calls.
//! A thread that is stopped meanwhile leaves the piece behind.

use std::{
    any::Any,
    io::{self, Write},
    mem,
    panic::{AssertUnwindSafe, catch_unwind, resume_unwind},
    sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use raddle_runtime_api::Tried;

use super::TryWrite;
use crate::machine::{
    holders::Holders,
    os_threads::OsThreads,
    outside::{Interests, WakeHandle},
};

/// How long the end of a process waits for a writer that is at work.
const PATIENCE: Duration = Duration::from_secs(1);

/// The guest's side.
pub(super) struct Pump {
    shared: Arc<Shared>,
    threads: OsThreads,
}

/// To wait for the pump to come to rest.
pub(super) struct Handle(Arc<Shared>);

struct Shared {
    state: Mutex<State>,
    changed: Condvar,
    /// Woken when a piece is written.
    written: WakeHandle,
}

struct State {
    /// Here unless the thread has it.
    writer: Option<Box<dyn Write + Send>>,
    runs: bool,
    stage: Stage,
    is_closing: bool,
}

#[derive(Default)]
enum Stage {
    #[default]
    Idle,
    Given(Vec<u8>),
    Writing,
    Written(Written),
}

/// A piece that was written.
struct Written {
    len: usize,
    /// The outer error is a panic of the writer's.
    result: Result<io::Result<()>, Box<dyn Any + Send>>,
}

impl Written {
    fn by(writer: &mut dyn Write, piece: &[u8]) -> Written {
        // What a panic leaves half done is the embedder's, whose panic it is.
        let result = catch_unwind(AssertUnwindSafe(|| writer.write_all(piece).and_then(|()| writer.flush())));
        Written { len: piece.len(), result }
    }

    fn into_tried(self) -> io::Result<Tried<usize, Interests>> {
        self.result.unwrap_or_else(|panic| resume_unwind(panic)).map(|()| Tried::Done(self.len))
    }
}

impl Pump {
    /// The thread is started when the first piece comes.
    pub(super) fn new(writer: Box<dyn Write + Send>, threads: OsThreads) -> Pump {
        let state = State { writer: Some(writer), runs: false, stage: Stage::Idle, is_closing: false };
        let shared = Shared { state: Mutex::new(state), changed: Condvar::new(), written: WakeHandle::new() };
        Pump { shared: Arc::new(shared), threads }
    }

    pub(super) fn handle(&self) -> Handle {
        Handle(self.shared.clone())
    }

    fn start(&self) -> io::Result<()> {
        // It counts as nobody's: the process does not wait for it, but for a while.
        let holder = Holders::default().add().ok_or(io::ErrorKind::Other)?;
        let shared = self.shared.clone();
        let job = Box::new(move || {
            // The writer may be dropped here, which is the embedder's code as well.
            let _ = catch_unwind(AssertUnwindSafe(move || shared.run()));
        });
        self.threads.run(job, holder)
    }
}

impl TryWrite for Pump {
    fn try_write(&mut self, bytes: &[u8]) -> io::Result<Tried<usize, Interests>> {
        let mut state = self.shared.lock();
        match mem::take(&mut state.stage) {
            Stage::Written(written) => {
                drop(state);
                return written.into_tried();
            }
            Stage::Idle => {
                state.runs = state.runs || self.start().is_ok();
                if !state.runs
                    && let Some(writer) = &mut state.writer
                {
                    // There is no thread to be had. The guest's thread blocks then, rather than that bytes are lost.
                    let written = Written::by(&mut **writer, bytes);
                    drop(state);
                    return written.into_tried();
                }
                state.stage = Stage::Given(bytes.to_vec());
                self.shared.changed.notify_all();
            }
            under_way => state.stage = under_way,
        }
        Ok(Tried::NotYet(Interests::new().woken(&self.shared.written)))
    }
}

impl Drop for Pump {
    fn drop(&mut self) {
        drop(self.shared.close());
    }
}

impl Handle {
    /// Lets the thread go, and waits for that at most [`PATIENCE`]. A writer that blocks for longer keeps the thread,
    /// and is dropped when it comes back.
    pub(super) fn finish(&self) {
        drop(self.0.changed.wait_timeout_while(self.0.close(), PATIENCE, |state| state.runs));
    }
}

impl Shared {
    fn lock(&self) -> MutexGuard<'_, State> {
        // A writer's panics are caught.
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn close(&self) -> MutexGuard<'_, State> {
        let mut state = self.lock();
        state.is_closing = true;
        self.changed.notify_all();
        state
    }

    /// The thread's life.
    fn run(&self) {
        let mut state = self.lock();
        let Some(mut writer) = state.writer.take() else { return };
        loop {
            if let Stage::Given(piece) = &mut state.stage {
                let piece = mem::take(piece);
                state.stage = Stage::Writing;
                drop(state);
                let written = Written::by(&mut *writer, &piece);
                state = self.lock();
                state.stage = Stage::Written(written);
                self.written.wake();
            } else if state.is_closing {
                break;
            } else {
                state = self.changed.wait(state).unwrap_or_else(PoisonError::into_inner);
            }
        }
        state.writer = Some(writer);
        state.runs = false;
        self.changed.notify_all();
    }
}

#[cfg(test)]
mod tests {
    use std::sync::mpsc;

    use super::*;

    /// A writer that hands on each piece, and takes it when it is told to.
    struct Slow(mpsc::Sender<Vec<u8>>, mpsc::Receiver<io::Result<()>>);

    impl Write for Slow {
        fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
            self.0.send(bytes.to_vec()).map_err(io::Error::other)?;
            self.1.recv().unwrap_or(Ok(())).map(|()| bytes.len())
        }

        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }

    fn slow() -> (Pump, mpsc::Receiver<Vec<u8>>, mpsc::Sender<io::Result<()>>) {
        let ((given, pieces), (go_on, may_go_on)) = (mpsc::channel(), mpsc::channel());
        (Pump::new(Box::new(Slow(given, may_go_on)), OsThreads::new(256 * 1024)), pieces, go_on)
    }

    fn write(pump: &mut Pump, bytes: &[u8]) -> io::Result<usize> {
        loop {
            match pump.try_write(bytes)? {
                Tried::Done(len) => return Ok(len),
                Tried::NotYet(interests) => drop(interests.wait(None)),
            }
        }
    }

    #[test]
    fn a_piece_is_done_when_the_writer_has_taken_it_and_so_is_an_error() {
        let (mut pump, pieces, go_on) = slow();
        for result in [Ok(()), Err(io::ErrorKind::StorageFull.into()), Ok(())] {
            let kind = result.as_ref().err().map(io::Error::kind);
            assert!(matches!(pump.try_write(b"abc"), Ok(Tried::NotYet(_))));
            assert_eq!(pieces.recv().expect("a piece"), b"abc");
            assert!(matches!(pump.try_write(b"abc"), Ok(Tried::NotYet(_))), "it is not given twice");
            go_on.send(result).expect("a writer");
            assert_eq!(write(&mut pump, b"abc").map_err(|error| error.kind()), kind.map_or(Ok(3), Err));
        }
        assert!(pieces.try_recv().is_err());
    }

    #[test]
    fn it_comes_to_rest_with_its_writer() {
        let (mut pump, pieces, go_on) = slow();
        assert!(matches!(pump.try_write(b"abc"), Ok(Tried::NotYet(_))));
        assert_eq!(pieces.recv().expect("a piece"), b"abc");
        go_on.send(Ok(())).expect("a writer");
        let handle = pump.handle();
        handle.finish();
        let state = handle.0.lock();
        assert!(!state.runs && state.writer.is_some());
    }

    #[test]
    fn a_writer_that_blocks_is_dropped_when_it_comes_back() {
        let (mut pump, pieces, go_on) = slow();
        assert!(matches!(pump.try_write(b"abc"), Ok(Tried::NotYet(_))));
        assert_eq!(pieces.recv().expect("a piece"), b"abc");
        drop(pump);
        assert_eq!(pieces.try_recv(), Err(mpsc::TryRecvError::Empty), "the writer is there");
        go_on.send(Ok(())).expect("a writer");
        assert!(pieces.recv().is_err(), "it is gone");
    }

    #[test]
    fn a_panic_of_the_writers_is_the_callers() {
        struct Bad;

        impl Write for Bad {
            fn write(&mut self, _: &[u8]) -> io::Result<usize> {
                panic!("a bug of the embedder's")
            }

            fn flush(&mut self) -> io::Result<()> {
                Ok(())
            }
        }

        let mut pump = Pump::new(Box::new(Bad), OsThreads::new(256 * 1024));
        let panic = catch_unwind(AssertUnwindSafe(|| write(&mut pump, b"abc"))).expect_err("a panic");
        assert_eq!(panic.downcast_ref::<&str>(), Some(&"a bug of the embedder's"));
    }
}
