//! Standard streams that take nothing for a while, or never: nothing is lost, and every end holds.
#![cfg(unix)]

use std::{
    io::{PipeReader, PipeWriter, Read, pipe},
    os::{
        fd::{AsFd, OwnedFd},
        unix::net::UnixStream,
    },
    process::{Child, Command, Stdio},
    thread,
    time::{Duration, Instant},
};

use rustix::{
    fs::{OFlags, fcntl_getfl, fcntl_setfl},
    io::ioctl_fionread,
};

use crate::{
    guests,
    support::{Ran, Scratch},
};

/// What a pipe holds.
const CAPACITY: u64 = 65536;

/// How long anything may take before it counts as hanging.
const PATIENCE: Duration = Duration::from_secs(60);

/// Waits until this is so.
#[track_caller]
fn until(what: &str, mut is_so: impl FnMut() -> bool) {
    let begin = Instant::now();
    while !is_so() {
        assert!(begin.elapsed() < PATIENCE, "in vain: {what}");
        thread::sleep(Duration::from_millis(1));
    }
}

/// The end of a command whose standard output nobody reads.
#[track_caller]
fn end(mut child: Child) -> Ran {
    until("it ends", || child.try_wait().unwrap().is_some());
    let mut output = child.wait_with_output().unwrap();
    output.stdout.clear();
    output.into()
}

/// Starts the program that floods standard output, which is a pipe that nobody reads.
fn flood(scratch: &Scratch, options: &[&str], how: &str) -> (Child, PipeReader) {
    scratch.module(guests::FLOODS);
    let (reader, writer) = pipe().unwrap();
    let mut command = scratch.command(&[&["run", "--entry-args", how], options, &["module.wasm"]].concat());
    (command.stdout(writer).stderr(Stdio::piped()).spawn().unwrap(), reader)
}

#[test]
fn a_time_limit_holds_while_the_pipe_is_full() {
    let scratch = Scratch::new();
    let (child, _reader) = flood(&scratch, &["--time-limit", "100ms"], "0");
    end(child).assert(124, &["--time-limit"]);
}

#[test]
fn signals_hold_while_the_pipe_is_full() {
    for signal in ["-INT", "-TERM"] {
        let scratch = Scratch::new();
        let (child, reader) = flood(&scratch, &[], "0");
        until("the pipe is full", || ioctl_fionread(&reader).unwrap() >= CAPACITY);
        assert!(Command::new("kill").args([signal, &child.id().to_string()]).status().unwrap().success());
        end(child).assert(124, &["the program was killed"]);
    }
}

#[test]
fn the_programs_own_ends_hold_while_the_pipe_is_full() {
    for (how, status, says) in [("1", 7, ""), ("2", 134, "thread 1 trapped: unreachable"), ("3", 0, "")] {
        let scratch = Scratch::new();
        let (child, _reader) = flood(&scratch, &[], how);
        end(child).assert(status, &[says]);
    }
}

#[test]
fn a_time_limit_holds_while_both_streams_are_one_full_pipe() {
    let scratch = Scratch::new();
    scratch.module(guests::FLOODS);
    let (reader, writer) = pipe().unwrap();
    let mut command = scratch.command(&["run", "--entry-args", "0", "--time-limit", "100ms", "module.wasm"]);
    let child = command.stdout(writer.try_clone().unwrap()).stderr(writer).spawn().unwrap();
    // What is said of the end waits for a second, and is lost then.
    assert_eq!(end(child).status, 124);
    drop(reader);
}

/// A descriptor that somebody has made non-blocking.
fn nonblocking(descriptor: impl Into<OwnedFd>) -> OwnedFd {
    let descriptor = descriptor.into();
    fcntl_setfl(&descriptor, fcntl_getfl(&descriptor).unwrap() | OFlags::NONBLOCK).unwrap();
    descriptor
}

/// Runs the program that writes a million bytes to a stream, of which nothing is read before the stream is full.
#[track_caller]
fn check_late_reader(stream: i32, writer: OwnedFd, mut reader: impl Read + AsFd) {
    let scratch = Scratch::new();
    scratch.module(guests::WRITES);
    let args = format!("{stream},10,100000");
    let mut command = scratch.command(&["run", "--entry-args", &args, "module.wasm"]);
    let (stdout, stderr) =
        if stream == 1 { (Stdio::from(writer), Stdio::piped()) } else { (Stdio::piped(), writer.into()) };
    let child = command.stdout(stdout).stderr(stderr).spawn().unwrap();
    drop(command);
    until("it is full", || ioctl_fionread(reader.as_fd()).unwrap() >= CAPACITY);
    let mut read = Vec::new();
    reader.read_to_end(&mut read).unwrap();
    let output = child.wait_with_output().unwrap();
    assert_eq!((output.status.code(), read.len()), (Some(0), 1_000_000), "{output:?}");
    assert!(read.chunks(100_000).all(|call| call[..99_999].iter().all(|&byte| byte == b'A') && call[99_999] == b'\n'));
}

#[test]
fn nothing_is_lost_on_a_stream_that_somebody_made_nonblocking() {
    for stream in [1, 2] {
        let (reader, writer) = pipe().unwrap();
        check_late_reader(stream, nonblocking(writer), reader);
        let (reader, writer) = UnixStream::pair().unwrap();
        check_late_reader(stream, nonblocking(writer), reader);
    }
}

#[test]
fn nothing_is_lost_on_a_stream_that_blocks_and_it_stays_so() {
    let (reader, writer) = pipe().unwrap();
    let shared: PipeWriter = writer.try_clone().unwrap();
    let before = fcntl_getfl(&shared).unwrap();
    let reading = thread::spawn({
        let writer = writer.into();
        move || check_late_reader(1, writer, Take(reader, 1_000_000))
    });
    reading.join().unwrap();
    assert_eq!(fcntl_getfl(&shared).unwrap(), before, "what others share is as it was");
    let (reader, writer) = UnixStream::pair().unwrap();
    check_late_reader(1, writer.into(), reader);
}

/// So many bytes of a pipe whose other end stays open.
struct Take(PipeReader, usize);

impl Read for Take {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        let len = buffer.len().min(self.1);
        let len = self.0.read(&mut buffer[..len])?;
        self.1 -= len;
        Ok(len)
    }
}

impl AsFd for Take {
    fn as_fd(&self) -> std::os::fd::BorrowedFd<'_> {
        self.0.as_fd()
    }
}

#[test]
fn the_commands_own_text_waits_for_room() {
    let scratch = Scratch::new();
    scratch.module(guests::WRITES);
    let (mut reader, writer) = pipe().unwrap();
    let args = format!("1,1,{CAPACITY}");
    let mut command = scratch.command(&["run", "--report", "-", "--entry-args", &args, "module.wasm"]);
    let child = command.stdout(nonblocking(writer)).stderr(Stdio::piped()).spawn().unwrap();
    drop(command);
    until("the pipe is full", || ioctl_fionread(&reader).unwrap() >= CAPACITY);
    let mut read = String::new();
    reader.read_to_string(&mut read).unwrap();
    Ran::from(child.wait_with_output().unwrap()).assert(0, &[]);
    let report: serde_json::Value = serde_json::from_str(&read[CAPACITY as usize..]).unwrap();
    assert_eq!(report["outcome"], "returned");
}
