//! Waits for descriptors.

use std::{
    io::{ErrorKind, Read, Write},
    os::unix::net::UnixStream,
    sync::{Arc, Mutex, mpsc},
    thread,
    time::{Duration, Instant},
};

use raddle_backend_native::{Interests, Outcome, ThreadState, Tried, WakeHandle};

use super::{check_in_vain, start, three_wait};
use crate::common::{outcome, returned};

/// Two ends of a stream that do not block.
fn pair() -> (Arc<UnixStream>, Arc<UnixStream>) {
    let (one, other) = UnixStream::pair().expect("a pair");
    for end in [&one, &other] {
        end.set_nonblocking(true).expect("a stream that does not block");
    }
    (Arc::new(one), Arc::new(other))
}

/// What a read or a write gives that may have to wait.
fn tried(result: std::io::Result<usize>, interests: impl FnOnce() -> Interests) -> Tried<usize, Interests> {
    match result {
        Ok(len) => Tried::Done(len),
        Err(error) if error.kind() == ErrorKind::WouldBlock => Tried::NotYet(interests()),
        Err(error) => panic!("{error}"),
    }
}

#[test]
fn a_byte_that_comes_and_room_that_comes() {
    let (ours, theirs) = pair();
    let echo = thread::spawn(move || {
        // Blocking is this thread's own affair.
        theirs.set_nonblocking(false).expect("a stream that blocks");
        let (mut buffer, mut count) = (vec![0; 1 << 16], 0);
        loop {
            match (&*theirs).read(&mut buffer).expect("bytes") {
                0 => return count,
                len => count += len,
            }
            if count % (1 << 22) == 0 {
                (&*theirs).write_all(b".").expect("a reader");
            }
        }
    });
    let shared = Mutex::new(ours);
    let wait = move |state: &ThreadState<()>| {
        // One thread at a time: the others wait for the embedder, and not for the outside.
        let stream = shared.lock().expect("no panic");
        let (mut left, mut byte) = (1 << 22, [0; 1]);
        while left > 0 {
            let bytes = vec![b'x'; left.min(1 << 20)];
            left -= state
                .wait_outside(|| tried((&**stream).write(&bytes), || Interests::new().writable(stream.clone())))?;
        }
        let len = state.wait_outside(|| {
            let interests =
                || Interests::new().readable(stream.clone()).until(Instant::now() + Duration::from_secs(60));
            tried((&**stream).read(&mut byte), interests)
        })?;
        assert_eq!((len, byte), (1, *b"."));
        Ok(())
    };
    let process = start(&three_wait(), None, Box::new(wait));
    assert_eq!(outcome(&process), returned(&[]));
    drop(process);
    assert_eq!(echo.join().expect("no panic"), 3 << 22);
}

#[test]
fn a_descriptor_that_is_never_ready() {
    let (ours, theirs) = pair();
    check_in_vain(move || {
        let _open = &theirs;
        Interests::new().readable(ours.clone())
    });
}

#[test]
fn a_handle_ends_a_wait_for_a_descriptor() {
    let (ours, _theirs) = pair();
    let (ask, asked) = mpsc::channel::<(Arc<Mutex<bool>>, WakeHandle)>();
    let answering = thread::spawn(move || {
        for ((answer, handle), delay) in asked.iter().zip((0..20).cycle()) {
            thread::sleep(Duration::from_micros(delay * 10));
            *answer.lock().expect("no panic") = true;
            handle.wake();
        }
    });
    let wait = move |state: &ThreadState<()>| {
        for _ in 0..100 {
            let (answer, handle) = (Arc::new(Mutex::new(false)), WakeHandle::new());
            ask.send((answer.clone(), handle.clone())).expect("somebody answers");
            state.wait_outside(|| match *answer.lock().expect("no panic") {
                true => Tried::Done(()),
                false => Tried::NotYet(Interests::new().readable(ours.clone()).woken(&handle)),
            })?;
        }
        Ok(())
    };
    assert_eq!(outcome(&start(&three_wait(), None, Box::new(wait))), returned(&[]));
    answering.join().expect("no panic");
}

#[test]
fn kills_reach_threads_on_their_way_into_a_wait_for_a_descriptor() {
    let program = three_wait();
    let (ours, _theirs) = pair();
    for delay in 0..200 {
        let (ours, (asked, is_asked)) = (ours.clone(), mpsc::channel());
        let wait = move |state: &ThreadState<()>| {
            let _ = asked.send(());
            state.wait_outside(|| Tried::<(), _>::NotYet(Interests::new().readable(ours.clone())))
        };
        let process = start(&program, None, Box::new(wait));
        crate::common::receive(&is_asked);
        (0..delay * 20).for_each(|_| std::hint::spin_loop());
        assert!(process.kill());
        assert_eq!(outcome(&process), Outcome::Killed);
    }
}
