//! Waits for a handle that somebody wakes, for times, and for futures.

use std::{
    pin::Pin,
    sync::{Arc, Mutex, atomic::Ordering::SeqCst, mpsc},
    task::{Context, Poll},
    thread,
    time::{Duration, Instant},
};

use raddle_backend_native::{Interests, Outcome, Tried, WakeHandle};

use super::{Attempts, check_in_vain, start, three_wait};
use crate::common::{outcome, receive, returned, rounds};

/// An answer that is given, and who is to be woken then.
#[derive(Debug, Clone, Default)]
struct Question(Arc<Mutex<bool>>, WakeHandle);

impl Question {
    fn answer(&self) {
        *self.0.lock().expect("no panic") = true;
        self.1.wake();
    }

    fn attempt(&self) -> Tried<(), Interests> {
        if *self.0.lock().expect("no panic") { Tried::Done(()) } else { Tried::NotYet(Interests::new().woken(&self.1)) }
    }
}

#[test]
fn a_handle_ends_the_wait_whenever_it_is_woken() {
    let (ask, asked) = mpsc::channel::<Question>();
    let answering = thread::spawn(move || {
        // Some answers come before the wait, some within it.
        for (question, delay) in asked.iter().zip((0..20).cycle()) {
            (0..delay * 20).for_each(|_| std::hint::spin_loop());
            question.answer();
        }
    });
    let wait = move |state: &raddle_backend_native::ThreadState<()>| {
        for _ in 0..200 * rounds() {
            let question = Question::default();
            ask.send(question.clone()).expect("somebody answers");
            state.wait_outside(|| question.attempt())?;
        }
        Ok(())
    };
    assert_eq!(outcome(&start(&three_wait(), None, Box::new(wait))), returned(&[]));
    answering.join().expect("no panic");
}

#[test]
fn a_handle_that_was_woken_long_ago_is_noticed() {
    let attempts = Attempts::default();
    let made = attempts.clone();
    let wait = move |state: &raddle_backend_native::ThreadState<()>| {
        let handle = WakeHandle::new();
        handle.wake();
        handle.wake();
        let mut first = true;
        state.wait_outside(|| {
            made.add();
            if std::mem::take(&mut first) { Tried::NotYet(Interests::new().woken(&handle)) } else { Tried::Done(()) }
        })
    };
    assert_eq!(outcome(&start(&three_wait(), None, Box::new(wait))), returned(&[]));
    assert_eq!(attempts.count(), 6, "two for each thread: it waits for no more");
}

#[test]
fn a_handle_that_nobody_wakes() {
    check_in_vain(|| Interests::new().woken(&WakeHandle::new()));
}

#[test]
fn the_first_of_several_times_ends_the_wait() {
    let wait = |state: &raddle_backend_native::ThreadState<()>| {
        let begin = Instant::now();
        let (soon, late) = (begin + Duration::from_millis(30), begin + Duration::from_secs(3600));
        state.wait_outside(|| match Instant::now() {
            now if now >= soon => Tried::Done(()),
            _ => Tried::NotYet(Interests::new().until(late).until(soon).until(late).woken(&WakeHandle::new())),
        })
    };
    let begin = Instant::now();
    assert_eq!(outcome(&start(&three_wait(), None, Box::new(wait))), returned(&[]));
    assert!(begin.elapsed() >= Duration::from_millis(30));
}

#[test]
fn a_time_far_away() {
    check_in_vain(|| Interests::new().until(Instant::now() + Duration::from_secs(3600)));
}

/// A future that another thread makes ready, and that tells when it is dropped.
struct Remote {
    done: Arc<Mutex<(bool, Option<std::task::Waker>)>>,
    dropped: mpsc::Sender<()>,
}

impl Future for Remote {
    type Output = u32;

    fn poll(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<u32> {
        let mut done = self.done.lock().expect("no panic");
        if done.0 {
            return Poll::Ready(7);
        }
        done.1 = Some(context.waker().clone());
        Poll::Pending
    }
}

impl Drop for Remote {
    fn drop(&mut self) {
        let _ = self.dropped.send(());
    }
}

#[test]
fn futures_of_any_kind_are_waited_for() {
    let got = Attempts::default();
    let ready = got.clone();
    let wait = move |state: &raddle_backend_native::ThreadState<()>| {
        for _ in 0..50 * rounds() {
            let done = Arc::new(Mutex::new((false, None::<std::task::Waker>)));
            let (dropped, _) = mpsc::channel();
            let remote = Remote { done: done.clone(), dropped };
            let answering = thread::spawn(move || {
                let waker = {
                    let mut done = done.lock().expect("no panic");
                    done.0 = true;
                    done.1.take()
                };
                waker.inspect(std::task::Waker::wake_by_ref);
            });
            ready.0.fetch_add(state.block_on(remote)?, SeqCst);
            answering.join().expect("no panic");
        }
        Ok(())
    };
    assert_eq!(outcome(&start(&three_wait(), None, Box::new(wait))), returned(&[]));
    assert_eq!(got.count(), 3 * 50 * rounds() * 7);
}

#[test]
fn a_future_that_is_never_ready_is_dropped_with_its_process() {
    let (dropped, is_dropped) = mpsc::channel();
    let (polled, is_polled) = mpsc::channel();
    let wait = move |state: &raddle_backend_native::ThreadState<()>| {
        let remote = Remote { done: Arc::default(), dropped: dropped.clone() };
        polled.send(()).expect("the test waits");
        state.block_on(remote).map(drop)
    };
    let process = start(&three_wait(), None, Box::new(wait));
    (0..3).for_each(|_| receive(&is_polled));
    assert!(process.kill());
    assert_eq!(outcome(&process), Outcome::Killed);
    assert_eq!(is_dropped.try_iter().count(), 3, "before the outcome is given");
}
