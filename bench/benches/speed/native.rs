//! What the wasm side is measured against, where several rows want it: threads of the standard library.

use std::{
    sync::Barrier,
    thread::{self, Thread},
    time::Duration,
};

use crate::timing::time;

/// Lets two threads work at once, and returns how long both took together.
pub(crate) fn in_pair(work: impl Fn(Turn) + Send + Sync) -> Duration {
    let ready = Barrier::new(2);
    thread::scope(|scope| {
        let (ready, work, main) = (&ready, &work, thread::current());
        let child = scope.spawn(move || {
            ready.wait();
            work(Turn { is_first: false, other: main });
        });
        let other = child.thread().clone();
        ready.wait();
        time(|| {
            work(Turn { is_first: true, other });
            child.join().expect("no panic");
        })
    })
}

/// Which of the two a thread is.
pub(crate) struct Turn {
    pub(crate) is_first: bool,
    pub(crate) other: Thread,
}
