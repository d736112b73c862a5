//! Programs of WASI: that their calls reach the process's state, wait as everything does that waits for the outside,
//! and that all is closed when the outcome is there.

use std::{
    io::{Read, Write},
    os::fd::OwnedFd,
    time::Duration,
};

use raddle_backend_native::{
    Event, Limit, Outcome, ProcessBuilder, StartError,
    wasi::{Input, Output, Wasi},
};

use crate::common::{outcome, program};

/// A program that does what `main` says. Function `$say` writes the bytes at an address to standard output.
fn guest(start: &str, thread: &str) -> String {
    format!(
        r#"(module
        (import "wasi_snapshot_preview1" "fd_write" (func $fd_write (param i32 i32 i32 i32) (result i32)))
        (import "wasi_snapshot_preview1" "fd_read" (func $fd_read (param i32 i32 i32 i32) (result i32)))
        (import "wasi_snapshot_preview1" "proc_exit" (func $exit (param i32)))
        (import "wasi" "thread-spawn" (func $spawn (param i32) (result i32)))
        (import "env" "memory" (memory 1 4 shared))
        (data (i32.const 1024) "said\n")
        (func $say
          (i32.store (i32.const 0) (i32.const 1024))
          (i32.store (i32.const 4) (i32.const 5))
          (if (call $fd_write (i32.const 1) (i32.const 0) (i32.const 1) (i32.const 8)) (then unreachable)))
        (func $read (result i32)
          (i32.store (i32.const 16) (i32.const 2048))
          (i32.store (i32.const 20) (i32.const 16))
          (if (call $fd_read (i32.const 0) (i32.const 16) (i32.const 1) (i32.const 24)) (then unreachable))
          (i32.load (i32.const 24)))
        (func (export "wasi_thread_start") (param $id i32) (param $arg i32) {thread})
        (func (export "_start") {start}))"#
    )
}

fn process(start: &str, thread: &str, wasi: Wasi) -> ProcessBuilder {
    program(&guest(start, thread)).process().wasi(wasi).expect("what a process can be given")
}

fn pipe() -> (std::io::PipeReader, std::io::PipeWriter) {
    std::io::pipe().expect("a pipe")
}

#[test]
fn what_it_writes_and_its_status_arrive() {
    let (stdout, collected) = Output::collect(1024);
    let process = process("(call $say) (call $say) (call $exit (i32.const 300))", "", Wasi::new().stdout(stdout));
    assert_eq!(process.run().expect("it starts"), Outcome::Exited(300));
    assert_eq!(collected.bytes(), b"said\nsaid\n");
}

#[test]
fn threads_begin_with_their_argument_and_the_main_threads_return_ends_them() {
    let (stdout, collected) = Output::collect(1024);
    let start = "(drop (call $spawn (i32.const 77)))
        (loop $again (br_if $again (i32.ne (i32.atomic.load (i32.const 64)) (i32.const 77))))";
    let thread = "(call $say) (i32.atomic.store (i32.const 64) (local.get $arg))
        (loop $again (br $again))";
    let process = process(start, thread, Wasi::new().stdout(stdout)).start().expect("it starts");
    assert_eq!(outcome(&process), Outcome::Returned(vec![]));
    assert_eq!(collected.bytes(), b"said\n");
    assert_eq!((process.stats().spawned, process.stats().live), (1, 0));
}

#[test]
fn the_old_name_of_thread_spawn_starts_threads_too() {
    let start = "(if (i32.lt_s (call $spawn (i32.const 5)) (i32.const 1)) (then unreachable))
        (loop $again (br_if $again (i32.eqz (i32.atomic.load (i32.const 64)))))";
    let guest = guest(start, "(i32.atomic.store (i32.const 64) (local.get $arg))");
    let process = program(&guest.replace("thread-spawn", "thread_spawn")).process().wasi(Wasi::new());
    assert_eq!(process.expect("it can be given").run().expect("it starts"), Outcome::Returned(vec![]));
}

#[test]
fn a_spawn_beyond_the_limit_is_a_negative_number_with_an_event() {
    let start = "(call $exit (call $spawn (i32.const 0)))";
    let (sender, limits) = std::sync::mpsc::channel();
    let process = process(start, "", Wasi::new()).max_threads(1).on_event(move |event| {
        if let Event::LimitReached { limit, .. } = event {
            sender.send(*limit).expect("the test listens");
        }
    });
    assert_eq!(process.run().expect("it starts"), Outcome::Exited(-6));
    assert_eq!(limits.iter().collect::<Vec<_>>(), [Limit::Threads]);
}

#[test]
fn a_read_of_an_empty_pipe_is_woken_by_its_writer_and_by_every_end() {
    let start = "(call $exit (call $read))";
    let given = |reader: &std::io::PipeReader| Wasi::new().stdin(Input::inherit_fd(reader));

    let (reader, mut writer) = pipe();
    let answered = process(start, "", given(&reader)).start().expect("it starts");
    writer.write_all(b"seven b").expect("the pipe is open");
    assert_eq!(outcome(&answered), Outcome::Exited(7));

    let killed = process(start, "", given(&reader)).start().expect("it starts");
    killed.kill();
    assert_eq!(outcome(&killed), Outcome::Killed);

    let limited = process(start, "", given(&reader)).time_limit(Duration::from_millis(20)).start().expect("it starts");
    assert_eq!(outcome(&limited), Outcome::TimedOut);

    // It is ended by another thread while it reads.
    let exits =
        process("(drop (call $spawn (i32.const 0))) (drop (call $read))", "(call $exit (i32.const 9))", given(&reader));
    assert_eq!(exits.run().expect("it starts"), Outcome::Exited(9));
    drop(writer);
}

#[test]
fn everything_is_closed_when_the_outcome_is_there() {
    let (mut reader, writer) = pipe();
    let stdout = Output::inherit_fd(&writer);
    let process = process("(call $say)", "", Wasi::new().stdout(stdout)).start().expect("it starts");
    drop(OwnedFd::from(writer));
    assert_eq!(outcome(&process), Outcome::Returned(vec![]));
    // The process is still held, and nobody has the other end.
    let mut written = String::new();
    reader.read_to_string(&mut written).expect("text");
    assert_eq!(written, "said\n");
    assert_eq!(process.outcome(), Some(Outcome::Returned(vec![])));
}

#[test]
fn without_wasi_its_imports_are_missing() {
    let error = program(&guest("", "")).process().start().expect_err("nobody provides them");
    assert_eq!(error.code(), StartError::MissingImports { imports: vec![] }.code());
    assert!(error.hint().is_some_and(|hint| hint.contains("ProcessBuilder::wasi")), "{error}");
}

#[test]
fn the_embedder_may_replace_a_call() {
    let program = program(&guest("(call $say)", ""));
    let mut linker = program.linker();
    linker
        .func_wrap("wasi_snapshot_preview1", "fd_write", |_: i32, _: i32, _: i32, _: i32| -> i32 { 0 })
        .expect("a new name");
    let (stdout, collected) = Output::collect(1024);
    let process = program.process_with(linker, |_| ()).wasi(Wasi::new().stdout(stdout)).expect("it can be given");
    assert_eq!(process.run().expect("it starts"), Outcome::Returned(vec![]));
    assert_eq!(collected.bytes(), b"");
}
