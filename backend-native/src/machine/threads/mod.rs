//! Threads of the operating system, made by a call that fails and never aborts.
//!
//! A thread of the standard library's makes its own place to handle signals, and so does the engine; where there is no
//! room for these, they can only abort the application. So on Linux the threads are `own`: the caller makes all that a
//! thread needs before there is one, on `stacks` that lie in few mappings. `overflow` tells of the end of such a stack,
//! which the standard library does for its own threads only. `elsewhere` they are the standard library's.
//!
//! What threads run does not come in here.

#[cfg(not(target_os = "linux"))]
mod elsewhere;
#[cfg(target_os = "linux")]
mod overflow;
#[cfg(target_os = "linux")]
mod own;
#[cfg(target_os = "linux")]
mod stacks;

#[cfg(not(target_os = "linux"))]
pub(crate) use elsewhere::{Joined, Threads};
#[cfg(target_os = "linux")]
pub(crate) use own::{Joined, Threads, show_name};

/// Takes care that the application is told when one of these threads has used up its stack.
pub(crate) fn tell_of_overflows() {
    #[cfg(target_os = "linux")]
    overflow::install();
}

/// Where a thread's stack ends: the lowest address that it has. `None` if nobody knows.
pub(crate) type StackEnd = Option<usize>;

#[cfg(test)]
mod tests {
    use std::{
        collections::HashSet,
        sync::{
            Arc, Barrier,
            atomic::{AtomicU32, Ordering::SeqCst},
            mpsc,
        },
    };

    use super::*;

    #[test]
    fn many_threads_run_at_once_and_one_after_another() {
        let threads = Threads::new("test", 128 * 1024);
        for _ in 0..10 {
            let count = 100;
            let barrier = Arc::new(Barrier::new(count));
            let (sender, receiver) = mpsc::channel();
            for _ in 0..count {
                let (barrier, sender) = (barrier.clone(), sender.clone());
                let run = move |_: StackEnd| {
                    barrier.wait();
                    sender.send(std::thread::current().id()).expect("a receiver");
                };
                threads.spawn(run).expect("a thread");
            }
            drop(sender);
            assert_eq!(receiver.iter().collect::<HashSet<_>>().len(), count);
        }
    }

    #[test]
    fn whoever_joins_threads_waits_for_them() {
        let threads = Threads::new("test", 128 * 1024);
        let count = Arc::new(AtomicU32::new(0));
        let spawn = |_| {
            let count = count.clone();
            threads.spawn_joined(move || {
                std::thread::yield_now();
                count.fetch_add(1, SeqCst);
            })
        };
        let joined: Result<Vec<Joined>, _> = (0..20).map(spawn).collect();
        drop(joined.expect("threads"));
        assert_eq!(count.load(SeqCst), 20);
    }

    #[test]
    fn a_panic_ends_its_thread_only() {
        let threads = Threads::new("test", 128 * 1024);
        let (sender, receiver) = mpsc::channel::<()>();
        let run = move |_: StackEnd| {
            let _sender = sender;
            panic!("a bug");
        };
        threads.spawn(run).expect("a thread");
        assert!(receiver.recv().is_err());
    }

    #[test]
    fn a_stack_that_cannot_be_is_an_error() {
        for size in [usize::MAX, usize::MAX / 4] {
            assert!(Threads::new("test", size).spawn(|_| unreachable!("there is no such stack")).is_err());
        }
    }
}
