//! A plain program of Rust's standard library, as stable Rust builds it for `wasm32-wasip1-threads`.

use std::{
    io::{Read, Write},
    path::{Path, PathBuf},
    process::{Command, Output, Stdio},
    sync::LazyLock,
};

use super::workspace;
use crate::support::Scratch;

/// What `rustc` makes of the program, for a target or for this machine.
fn build(target: Option<&str>, output: &Path) {
    let mut rustc = Command::new("rustc");
    rustc.args(["--edition", "2024", "-O", "-g", "-o"]).arg(output).arg(workspace().join("wasi/threads.rs"));
    rustc.args(target.map(|target| format!("--target={target}")));
    let output = rustc.output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
}

static MODULE: LazyLock<PathBuf> = LazyLock::new(|| {
    let path = workspace().join("target/wasi-threads.wasm");
    std::fs::create_dir_all(path.parent().unwrap()).unwrap();
    build(Some("wasm32-wasip1-threads"), &path);
    path
});

fn raddle(scratch: &Scratch, options: &[&str], args: &[&str]) -> Command {
    scratch.command(&[&["run"], options, &[MODULE.to_str().unwrap()], args].concat())
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).unwrap()
}

#[track_caller]
fn ended(output: &Output, status: i32, says: &[&str]) {
    let stderr = text(&output.stderr);
    assert_eq!(output.status.code(), Some(status), "{stderr}");
    for said in says {
        assert!(stderr.contains(said), "no '{said}' in\n{stderr}");
    }
}

/// Runs a command with this standard input.
fn with_input(mut command: Command, input: &str) -> Output {
    let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    child.stdin.take().unwrap().write_all(input.as_bytes()).unwrap();
    child.wait_with_output().unwrap()
}

#[cfg(unix)]
#[test]
fn it_prints_what_it_prints_on_this_machine() {
    let (scratch, input) = (Scratch::new(), "one\ntwo\nthree");
    let work = scratch.file("work/.keep", "").parent().unwrap().to_owned();
    let dir = format!("{}::/work", work.display());
    let args = ["-c", "--max-threads", "", "--"];
    let run = raddle(&scratch, &["--dir", &dir, "--env", "RADDLE_TEST=a=b"], &args);
    let ours = with_input(run, input);
    ended(&ours, 0, &["done\n"]);

    // The same, but for where its files are.
    let source = std::fs::read_to_string(workspace().join("wasi/threads.rs")).unwrap();
    let source = source.replace("/work/folder", work.join("folder").to_str().unwrap());
    let native = scratch.path("native");
    let mut rustc = Command::new("rustc");
    rustc.args(["--edition", "2024", "-o"]).arg(&native).arg(scratch.file("threads.rs", source));
    assert!(rustc.status().unwrap().success());
    let mut native = Command::new(native);
    native.args(args).env("RADDLE_TEST", "a=b");
    let theirs = with_input(native, input);
    assert_eq!((text(&ours.stdout), text(&ours.stderr)), (text(&theirs.stdout), text(&theirs.stderr)));
}

#[test]
fn it_gets_nothing_that_nobody_gave_it() {
    let output = with_input(raddle(&Scratch::new(), &[], &[]), "");
    ended(&output, 134, &["panicked at", "No such file or directory"]);
    let stdout = text(&output.stdout);
    assert!(stdout.starts_with("arguments []\nvariable Err(NotPresent)\n"), "{stdout}");
}

#[test]
fn a_deadlock_is_told_with_the_programs_lines() {
    let output = raddle(&Scratch::new(), &[], &["deadlock"]).output().unwrap();
    ended(&output, 125, &["deadlock: every thread waits for ever", "threads.rs:", "thread 1 waits", "thread 2 waits"]);
}

#[test]
fn a_panic_ends_the_process_and_names_its_thread() {
    let output = raddle(&Scratch::new(), &[], &["panic"]).output().unwrap();
    ended(&output, 134, &["thread 'worker'", "on purpose", "thread 2 trapped: unreachable", "threads.rs:"]);
}

#[test]
fn an_exit_of_any_thread_ends_the_process() {
    ended(&raddle(&Scratch::new(), &[], &["exit"]).output().unwrap(), 42, &[]);
}

#[test]
fn a_time_limit_holds_while_it_waits_for_input() {
    let scratch = Scratch::new();
    let mut run = raddle(&scratch, &["--time-limit", "200ms"], &["wait"]);
    // The input stays open and empty.
    let mut child = run.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    let input = child.stdin.take();
    let output = child.wait_with_output().unwrap();
    ended(&output, 124, &["--time-limit"]);
    drop(input);
}

#[test]
fn a_time_limit_holds_while_nobody_reads() {
    let scratch = Scratch::new();
    // Long enough that it has begun to write by then.
    let mut run = raddle(&scratch, &["--time-limit", "10s"], &["flood"]);
    let mut child = run.stdout(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap();
    let mut stdout = child.stdout.take().unwrap();
    let mut first = [0];
    stdout.read_exact(&mut first).unwrap();
    assert_eq!((first, child.wait().unwrap().code()), ([b'x'], Some(124)));
}

#[test]
fn a_directory_that_is_not_there_is_named() {
    let output = raddle(&Scratch::new(), &["--dir", "missing::/work"], &[]).output().unwrap();
    ended(&output, 2, &["WA0003", "missing", "hint: "]);
}
