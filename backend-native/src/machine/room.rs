//! Room for threads of the operating system: none is started that the system might not be able to finish starting.
//!
//! A spawn that the system refuses is an error, and the guest gets `AGAIN`. But Linux also bounds the *mappings* of a
//! process (`vm.max_map_count`), and each thread needs a few: besides its stack, those for handling signals, the
//! standard library's and the engine's. The new thread makes them itself, and if none is left it can only abort the
//! process. So the threads of all runtimes are counted, and refused before it comes to that.

use std::{
    fmt, io,
    sync::{
        Arc, LazyLock, Mutex, MutexGuard, PoisonError,
        atomic::{AtomicUsize, Ordering::SeqCst},
    },
    thread::{Builder, JoinHandle},
};

/// How many mappings a thread has: a stack and two places to handle signals, each with a guard page before it.
const MAPPINGS: usize = 6;

/// How many a Linux process may have by default.
const USUAL_MAPPINGS: usize = 65530;

/// The room in this process.
static ROOM: LazyLock<Room> = LazyLock::new(|| Room::new(most_threads()));

/// The most threads at once.
fn most_threads() -> usize {
    if !cfg!(target_os = "linux") {
        return usize::MAX;
    }
    let limit = std::fs::read_to_string("/proc/sys/vm/max_map_count").ok();
    threads_in(limit.and_then(|limit| limit.trim().parse().ok()).unwrap_or(USUAL_MAPPINGS))
}

/// How many threads there are mappings for, if a sixteenth is left for everything else.
fn threads_in(mappings: usize) -> usize {
    (mappings - mappings / 16) / MAPPINGS
}

/// Starts a thread, if there is room for it.
pub(crate) fn spawn(builder: Builder, run: impl FnOnce() + Send + 'static) -> io::Result<()> {
    ROOM.spawn(builder, run)
}

/// Takes as much room as a thread needs, for something else that has mappings.
pub(crate) fn reserve() -> Option<Reserved> {
    ROOM.reserve()
}

struct Room {
    most: usize,
    /// Threads that exist, including those that are about to go, and whatever else was reserved.
    count: AtomicUsize,
    /// The last thread that left, until the next one does: it may not be quite gone.
    last: Mutex<Option<JoinHandle<()>>>,
}

/// A thread's handle, for the thread itself.
type OwnHandle = Arc<Mutex<Option<JoinHandle<()>>>>;

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    // Nothing panics while one of these is held.
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Room {
    fn new(most: usize) -> Room {
        Room { most, count: AtomicUsize::new(0), last: Mutex::new(None) }
    }

    /// Counts one more, if there is room.
    fn take(&self) -> bool {
        let is_there = self.count.fetch_add(1, SeqCst) < self.most;
        if !is_there {
            self.count.fetch_sub(1, SeqCst);
        }
        is_there
    }

    fn reserve(&'static self) -> Option<Reserved> {
        self.take().then(|| Reserved(self))
    }

    fn spawn(&'static self, builder: Builder, run: impl FnOnce() + Send + 'static) -> io::Result<()> {
        if !self.take() {
            let message = format!("vm.max_map_count leaves this process room for {} threads", self.most);
            return Err(io::Error::new(io::ErrorKind::WouldBlock, message));
        }
        let own = OwnHandle::default();
        let given = own.clone();
        // Held until the handle is there, so that the thread cannot leave without it.
        let mut handle = lock(&own);
        let run = move || {
            let _leave = Leave(self, given);
            run();
        };
        match builder.spawn(run) {
            Ok(spawned) => *handle = Some(spawned),
            Err(error) => {
                self.count.fetch_sub(1, SeqCst);
                return Err(error);
            }
        }
        Ok(())
    }
}

/// Room that was taken, given back when this is dropped.
pub(crate) struct Reserved(&'static Room);

impl fmt::Debug for Reserved {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Reserved").finish_non_exhaustive()
    }
}

impl Drop for Reserved {
    fn drop(&mut self) {
        self.0.count.fetch_sub(1, SeqCst);
    }
}

/// Dropped as a thread's last act.
struct Leave(&'static Room, OwnHandle);

impl Drop for Leave {
    fn drop(&mut self) {
        let Leave(room, own) = self;
        let Some(own) = lock(own).take() else { return };
        // A thread has its mappings until after this. So each one that leaves sees its predecessor off, and counts that
        // one out.
        let before = lock(&room.last).replace(own);
        if let Some(before) = before {
            let _ = before.join();
            room.count.fetch_sub(1, SeqCst);
        }
    }
}

#[cfg(test)]
mod tests {
    use std::{sync::mpsc, thread};

    use super::*;

    #[test]
    fn what_is_reserved_is_room_for_threads_no_more() {
        static ROOM: LazyLock<Room> = LazyLock::new(|| Room::new(1));
        let reserved = ROOM.reserve().expect("room");
        assert!(ROOM.reserve().is_none() && ROOM.spawn(Builder::new(), || {}).is_err());
        drop(reserved);
        assert!(ROOM.spawn(Builder::new(), || {}).is_ok());
    }

    #[test]
    fn the_usual_room_is_ten_thousand_threads() {
        assert_eq!(threads_in(USUAL_MAPPINGS), 10_239);
        assert_eq!(threads_in(0), 0);
    }

    #[test]
    fn there_is_room_again_when_threads_have_left() {
        let room: &'static Room = Box::leak(Box::new(Room::new(3)));
        for _ in 0..100 {
            let (sender, receiver) = mpsc::channel::<()>();
            let receiver = Arc::new(Mutex::new(receiver));
            let mut spawned = 0;
            let spawn = || {
                let receiver = receiver.clone();
                room.spawn(Builder::new(), move || {
                    // Until there is no sender any more.
                    let _ = lock(&receiver).recv();
                })
            };
            while spawn().is_ok() {
                spawned += 1;
            }
            // The last one of the round before may not be gone yet.
            assert!((2..=3).contains(&spawned), "{spawned}");
            drop(sender);
            while room.count.load(SeqCst) > 1 {
                thread::yield_now();
            }
        }
    }

    #[test]
    fn a_thread_that_the_system_refuses_takes_no_room() {
        let room: &'static Room = Box::leak(Box::new(Room::new(1)));
        let builder = Builder::new().stack_size(usize::MAX / 4);
        assert!(room.spawn(builder, || unreachable!("there is no such stack")).is_err());
        let (sender, receiver) = mpsc::channel();
        room.spawn(Builder::new(), move || sender.send(1).expect("a receiver")).expect("room");
        assert_eq!(receiver.recv(), Ok(1));
    }
}
