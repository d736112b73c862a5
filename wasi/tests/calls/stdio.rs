//! Standard streams.

use std::{
    io::{self, Read, Write},
    sync::mpsc,
};

use raddle_wasi::{
    Input, Output, Wasi,
    abi::{Errno, flags},
};

use crate::guest::{Guest, OUT, OUTPUT};

#[test]
fn bytes_are_read_to_their_end_and_collected_to_their_limit() {
    let (stdout, collected) = Output::collect(8);
    let guest = Guest::new(Wasi::new().stdin(Input::bytes("abc")).stdout(stdout));
    assert_eq!(guest.read(0, 2).unwrap(), b"ab");
    assert_eq!(guest.read(0, 9).unwrap(), b"c");
    assert_eq!(guest.read(0, 9).unwrap(), b"");
    assert_eq!(guest.write(1, b"hello "), Ok(6));
    assert_eq!(guest.write(1, b"world"), Ok(2), "what fitted was written");
    assert_eq!(guest.write(1, b"!"), Err(Errno::NoSpace));
    assert_eq!(collected.bytes(), b"hello wo");
    assert_eq!(guest.write(2, b"into nothing"), Ok(12));
    assert_eq!(guest.write(0, b"x"), Err(Errno::BadDescriptor));
    assert_eq!(guest.read(1, 1), Err(Errno::BadDescriptor));
    for name in ["fd_seek", "fd_tell"] {
        let args = if name == "fd_seek" { vec![1, 0, 0, OUT.into()] } else { vec![1, OUT.into()] };
        assert_eq!(guest.call(name, &args), Errno::Pipe);
    }
}

#[test]
fn all_buffers_of_a_vector_are_written_and_none_of_a_bad_one() {
    let (stdout, collected) = Output::collect(100);
    let guest = Guest::new(Wasi::new().stdout(stdout));
    guest.put(OUTPUT, b"abcdef");
    let [iovs, count] = guest.vectors(&[(OUTPUT, 0), (OUTPUT + 4, 2), (OUTPUT, 0), (OUTPUT, 3)]);
    guest.ok("fd_write", &[1, iovs, count, OUT.into()]);
    assert_eq!((guest.u32(OUT), collected.bytes()), (5, b"efabc".to_vec()));
    let [iovs, count] = guest.vectors(&[(OUTPUT, 1), (u32::MAX, 2)]);
    assert_eq!(guest.call("fd_write", &[1, iovs, count, OUT.into()]), Errno::Fault);
    let [iovs, count] = guest.vectors(&[(OUTPUT, 1)]);
    assert_eq!(guest.call("fd_write", &[1, iovs, count, -1]), Errno::Fault);
    assert_eq!(collected.bytes(), b"efabc");
    // Nothing to write is written.
    guest.ok("fd_write", &[1, iovs, 0, OUT.into()]);
    assert_eq!(guest.u32(OUT), 0);
}

/// A reader whose bytes come when the test sends them.
struct Given(mpsc::Receiver<Vec<u8>>);

impl Read for Given {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let bytes = self.0.recv().unwrap_or_default();
        into[..bytes.len()].copy_from_slice(&bytes);
        Ok(bytes.len())
    }
}

#[test]
fn a_reader_is_waited_for_outside_of_the_call() {
    let (send, receive) = mpsc::channel();
    let guest = Guest::new(Wasi::new().stdin(Input::reader(Given(receive))));
    let [iovs, count] = guest.vectors(&[(OUTPUT, 9)]);
    let interests = guest.waits("fd_read", &[0, iovs, count, OUT.into()]);
    assert_eq!((interests.sources.len(), interests.after), (1, None));
    // A guest that does not want to wait is told.
    guest.ok("fd_fdstat_set_flags", &[0, flags::FD_NONBLOCK.into()]);
    assert_eq!(guest.call("fd_read", &[0, iovs, count, OUT.into()]), Errno::Again);
    guest.ok("fd_fdstat_set_flags", &[0, 0]);
    send.send(b"some".to_vec()).unwrap();
    assert_eq!(guest.read(0, 3).unwrap(), b"som");
    assert_eq!(guest.read(0, 3).unwrap(), b"e");
    drop(send);
    assert_eq!(guest.read(0, 3).unwrap(), b"");
    assert_eq!(guest.read(0, 3).unwrap(), b"", "the end stays");
}

/// A writer that writes when the test lets it.
struct Held(mpsc::Receiver<()>, mpsc::Sender<Vec<u8>>);

impl Write for Held {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.recv().map_err(io::Error::other)?;
        self.1.send(bytes.into()).map_err(io::Error::other)?;
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

#[test]
fn a_writer_is_some_bytes_behind_and_gets_all_in_the_end() {
    let (go, let_go) = mpsc::channel();
    let (written, got) = mpsc::channel();
    let guest = Guest::new(Wasi::new().stdout(Output::writer(Held(let_go, written))));
    let bytes: Vec<u8> = (0..200_000_u32).map(|number| number as u8).collect();
    guest.put(OUTPUT, &bytes);
    let [iovs, count] = guest.vectors(&[(OUTPUT, bytes.len() as u32)]);
    // More than what lies between the two and what the writer has in its hands.
    guest.waits("fd_write", &[1, iovs, count, OUT.into()]);
    for _ in 0..10 {
        go.send(()).unwrap();
    }
    // What the attempt wrote comes first; a whole call writes all.
    guest.ok("fd_write", &[1, iovs, count, OUT.into()]);
    assert_eq!(guest.u32(OUT), 200_000);
    drop(guest);
    let all: Vec<u8> = got.iter().flatten().collect();
    assert!(all.len() > 200_000 && all.ends_with(&bytes), "{}", all.len());
}

#[test]
fn a_writer_that_fails_is_a_broken_pipe() {
    let (go, let_go) = mpsc::channel();
    let (written, got) = mpsc::channel();
    let guest = Guest::new(Wasi::new().stdout(Output::writer(Held(let_go, written))));
    assert_eq!(guest.write(1, b"a"), Ok(1));
    drop(got);
    go.send(()).unwrap();
    // It may take a moment until the writer has noticed.
    let mut answer = Ok(1);
    while answer == Ok(1) {
        std::thread::yield_now();
        answer = guest.write(1, b"b");
        let _ = go.send(());
    }
    assert_eq!(answer, Err(Errno::BrokenPipe));
}
