//! Threads that write much, to a stream that is slow: when their process is ended, it does not wait until all is
//! written.

use std::{
    io::{self, Write},
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering::SeqCst},
        mpsc,
    },
};

use raddle_backend_native::Outcome;

use crate::{
    common::{module, program},
    run::PATIENCE,
};

/// A stream that takes its first bytes only when it is told to, and counts what comes then.
struct Slow {
    begun: mpsc::Sender<()>,
    go_on: mpsc::Receiver<()>,
    written: Arc<AtomicU64>,
}

impl Write for Slow {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if self.written.fetch_add(bytes.len() as u64, SeqCst) == 0 {
            self.begun.send(()).map_err(io::Error::other)?;
            self.go_on.recv().map_err(io::Error::other)?;
        }
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

#[test]
fn a_process_that_was_killed_writes_no_more() {
    // Eight threads, and each writes 16 MiB, again and again.
    let wat = module(
        &["child"],
        r#"
        (func $child (param i32) (result i32)
          (loop $again (br_if $again (i32.eqz (call $write (i32.const 1) (i32.const 0) (i32.const 0x100_0000)))))
          (i32.const 0))
        (func (export "main") (local $i i32)
          (drop (memory.grow (i32.const 300)))
          (loop $again
            (if (call $thread_spawn (i32.const 1) (i32.const 0) (i32.const 0) (i32.const 16)) (then unreachable))
            (br_if $again (i32.lt_u (local.tee $i (i32.add (local.get $i) (i32.const 1))) (i32.const 8))))
          (drop (call $child (i32.const 0))))"#,
    );
    let (begun, wait_begun) = mpsc::channel();
    let (go_on, wait_go_on) = mpsc::channel();
    let written = Arc::new(AtomicU64::new(0));
    let stream = Slow { begun, go_on: wait_go_on, written: written.clone() };
    let process = program(&wat).process().stdout(stream).start().expect("a process");
    wait_begun.recv().expect("somebody writes");
    assert!(process.kill());
    go_on.send(()).expect("the stream waits");
    assert_eq!(process.wait_timeout(PATIENCE), Some(Outcome::Killed));
    let written = written.load(SeqCst);
    assert!(written <= 1 << 20, "{written} bytes, of which most were written after the kill");
}
