//! No process is left behind: not by a case that hangs, not by an interruption, not when the runner itself is killed.
#![cfg(target_os = "linux")]

use std::{
    fs,
    process::{Child, Command, Stdio},
    thread,
    time::{Duration, Instant},
};

use super::{RETURNS, SPINS, case};
use crate::support::Scratch;

/// Set for a runner, and so for all that it starts.
const MARK: &str = "RADDLE_CONFORM_TEST";

/// The processes that carry a mark, as their command lines. Zombies have none.
fn marked(mark: &str) -> Vec<String> {
    let entry = format!("{MARK}={mark}");
    let carries =
        |environment: &[u8]| environment.split(|byte| *byte == 0).any(|variable| variable == entry.as_bytes());
    let processes = fs::read_dir("/proc").unwrap().flatten().map(|process| process.path());
    let marked = processes.filter(|path| fs::read(path.join("environ")).is_ok_and(|environment| carries(&environment)));
    let line = |bytes: Vec<u8>| String::from_utf8_lossy(&bytes).replace('\0', " ");
    marked.filter_map(|path| fs::read(path.join("cmdline")).ok().map(line)).filter(|line| !line.is_empty()).collect()
}

/// Waits for something to become true.
#[track_caller]
fn wait_until(what: &str, mut condition: impl FnMut() -> bool) {
    let begin = Instant::now();
    while !condition() {
        assert!(begin.elapsed() < Duration::from_secs(60), "{what} did not come");
        thread::sleep(Duration::from_millis(5));
    }
}

/// A runner with two cases that hang for as long as any test may take, both of which run already.
fn start(scratch: &Scratch, mark: &str) -> Child {
    case(scratch, "bad/spins", "timeout-ms = 600000\n[expect]\nreturn = []", SPINS);
    let waits = "(module (memory 1 1 shared) (func (export \"main\") (result i32)
      (memory.atomic.wait32 (i32.const 8) (i32.const 0) (i64.const 3600000000000))))";
    case(scratch, "bad/waits", "timeout-ms = 600000\n[expect]\nreturn = []", waits);
    let mut command = scratch.command(&["conform", "run", "--cases", "cases", "--jobs", "2"]);
    let child = command.env(MARK, mark).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    wait_until("two adapters", || adapters(mark) == 2);
    child
}

fn adapters(mark: &str) -> usize {
    marked(mark).iter().filter(|line| line.contains("conform adapter native")).count()
}

fn signal(child: &Child, name: &str) {
    let kill = Command::new("kill").args([name, &child.id().to_string()]).status().unwrap();
    assert!(kill.success());
}

#[test]
fn an_interruption_ends_all_and_reports_what_is_known() {
    let scratch = Scratch::new();
    let mark = scratch.path("").display().to_string();
    let child = start(&scratch, &mark);
    signal(&child, "-INT");
    let output = child.wait_with_output().unwrap();
    assert_eq!(output.status.code(), Some(130), "{output:?}");
    let stdout = String::from_utf8_lossy(&output.stdout);
    assert!(stdout.contains("no case was run, interrupted in "), "{stdout}");
    assert_eq!(marked(&mark), [""; 0]);
}

#[test]
fn a_runner_that_is_killed_leaves_none() {
    let scratch = Scratch::new();
    let mark = scratch.path("").display().to_string();
    let mut child = start(&scratch, &mark);
    signal(&child, "-KILL");
    child.wait().unwrap();
    wait_until("the adapters' end", || marked(&mark).is_empty());
}

#[test]
fn a_case_that_hangs_leaves_none() {
    let scratch = Scratch::new();
    let mark = scratch.path("").display().to_string();
    case(&scratch, "bad/spins", "timeout-ms = 100\n[expect]\nreturn = []", SPINS);
    case(&scratch, "good/returns", "[expect]\nreturn = []", RETURNS);
    let mut command = scratch.command(&["conform", "run", "--cases", "cases"]);
    let output = command.env(MARK, &mark).output().unwrap();
    assert_eq!(output.status.code(), Some(1));
    assert_eq!(marked(&mark), [""; 0]);
}

/// What an adapter has started goes with it.
#[test]
fn grandchildren_go_with_the_adapter() {
    let scratch = Scratch::new();
    let mark = scratch.path("").display().to_string();
    let script = "#!/bin/sh
        read -r line
        echo '{\"protocol\":1,\"name\":\"sh\",\"engine\":\"none\",\"version\":\"0\"}'
        read -r line
        sleep 3600 & sleep 3600";
    scratch.file("adapter.sh", script);
    case(&scratch, "bad/any", "timeout-ms = 100\n[expect]\nreturn = []", RETURNS);
    let mut command = scratch.command(&["conform", "run", "--cases", "cases", "--adapter", "sh adapter.sh"]);
    let child = command.env(MARK, &mark).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    wait_until("two grandchildren", || marked(&mark).iter().filter(|line| line.contains("sleep 3600")).count() == 2);
    signal(&child, "-INT");
    let output = child.wait_with_output().unwrap();
    assert_eq!(output.status.code(), Some(130), "{output:?}");
    // They were sent the signal that nobody survives; whoever adopted them takes note of their end when it likes.
    wait_until("the grandchildren's end", || marked(&mark).is_empty());
}
