//! Output to streams that take nothing for a while, or never.

use std::{
    io::{self, Write},
    sync::{Arc, Mutex, mpsc},
    time::{Duration, Instant},
};

use raddle_backend_native::{Interests, Outcome, Tried, TryWrite, WakeHandle};

use crate::common::{guest::guest, outcome, program, receive, returned};

/// A stream that takes at most a few bytes at a time, and only when the test makes room.
#[derive(Debug, Clone, Default)]
struct Narrow(Arc<Mutex<(usize, Vec<u8>)>>, WakeHandle);

impl Narrow {
    fn make_room(&self, len: usize) {
        self.0.lock().expect("no panic").0 += len;
        self.1.wake();
    }

    fn written(&self) -> Vec<u8> {
        self.0.lock().expect("no panic").1.clone()
    }
}

impl TryWrite for Narrow {
    fn try_write(&mut self, bytes: &[u8]) -> io::Result<Tried<usize, Interests>> {
        let mut state = self.0.lock().expect("no panic");
        let len = bytes.len().min(state.0).min(7);
        if len == 0 {
            return Ok(Tried::NotYet(Interests::new().woken(&self.1)));
        }
        state.0 -= len;
        state.1.extend_from_slice(&bytes[..len]);
        Ok(Tried::Done(len))
    }
}

#[test]
fn no_byte_is_lost_and_no_call_is_mixed_with_another() {
    // Three threads write ten times 20 bytes each, all of one letter.
    let program = program(&guest(
        &["writer"],
        r#"
        (func $writer (param $letter i32) (result i32) (local $at i32) (local $i i32)
          (local.set $at (i32.mul (local.get $letter) (i32.const 32)))
          (memory.fill (local.get $at) (local.get $letter) (i32.const 20))
          (loop $again
            (call $ok (call $write (i32.const 1) (local.get $at) (i32.const 20)))
            (br_if $again (i32.lt_u (local.tee $i (i32.add (local.get $i) (i32.const 1))) (i32.const 10))))
          (i32.const 0))
        (func (export "main") (local $first i32) (local $second i32)
          (local.set $first (call $spawn (global.get $writer) (i32.const 97)))
          (local.set $second (call $spawn (global.get $writer) (i32.const 98)))
          (drop (call $writer (i32.const 99)))
          (call $join (local.get $first)) (call $join (local.get $second)))"#,
    ));
    let stream = Narrow::default();
    let process = program.process().try_stdout(stream.clone()).start().expect("a process");
    assert_eq!(process.wait_timeout(Duration::from_millis(20)), None, "there is no room");
    for _ in 0..200 {
        stream.make_room(3);
        assert!(stream.written().len() <= 600);
    }
    assert_eq!(outcome(&process), returned(&[]));
    let written = stream.written();
    assert!(written.chunks(20).all(|call| call.iter().all(|&letter| letter == call[0])), "{written:?}");
    for letter in b'a'..=b'c' {
        assert_eq!(written.iter().filter(|&&written| written == letter).count(), 200);
    }
}

/// A writer that blocks until the test lets it go, and tells that it does.
struct Stuck(mpsc::Sender<()>, mpsc::Receiver<()>);

impl Write for Stuck {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let _ = self.0.send(());
        let _ = self.1.recv();
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

#[test]
fn a_writer_that_blocks_for_ever_holds_up_no_end() {
    let program = program(&guest(
        &["writer"],
        r#"
        (func $writer (param i32) (result i32) (call $write (i32.const 1) (i32.const 0) (i32.const 1)))
        (func (export "main") (call $join (call $spawn (global.get $writer) (i32.const 0))))"#,
    ));
    for end in [Outcome::Killed, Outcome::TimedOut] {
        let ((told, is_told), (release, held)) = (mpsc::channel(), mpsc::channel());
        let mut process = program.process().stdout(Stuck(told, held));
        if end == Outcome::TimedOut {
            process = process.time_limit(Duration::from_millis(50));
        }
        let process = process.start().expect("a process");
        receive(&is_told);
        let begin = Instant::now();
        if end == Outcome::Killed {
            assert!(process.kill());
        }
        assert_eq!(outcome(&process), end);
        // The writer is waited for for a second.
        assert!(begin.elapsed() < Duration::from_secs(30));
        drop(process);
        release.send(()).expect("the writer is still there");
    }
}
