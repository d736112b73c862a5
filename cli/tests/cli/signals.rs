//! Signals: they end the program, not its report; those that whoever started the command ignores are ignored.
#![cfg(unix)]

use std::{
    io::{BufRead, BufReader},
    process::{Child, Command, Output, Stdio},
};

use crate::{
    guests,
    support::{Scratch, json},
};

fn signal(child: &Child, name: &str) {
    let kill = Command::new("kill").args([name, &child.id().to_string()]).status().unwrap();
    assert!(kill.success());
}

/// Starts a command whose program says that it runs.
fn ready(mut command: Command) -> Child {
    let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    let mut line = String::new();
    BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).unwrap();
    assert_eq!(line, "ready\n");
    child
}

#[test]
fn an_interrupt_kills_the_program() {
    let scratch = Scratch::new();
    scratch.module(guests::SPINS);
    let child = ready(scratch.command(&["run", "--report", "report.json", "module.wasm"]));
    signal(&child, "-INT");
    let output = child.wait_with_output().unwrap();
    let stderr = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(124), "{stderr}");
    assert!(stderr.contains("the program was killed"), "{stderr}");
    assert_eq!(json(&scratch.path("report.json"))["outcome"], "killed");
}

#[test]
#[cfg(target_os = "linux")]
fn ignored_signals_stay_ignored() {
    let scratch = Scratch::new();
    scratch.module(guests::SLEEPS_A_WHILE);
    // As `nohup` does.
    let child = ready(scratch.shell("trap '' HUP INT TERM", &["run", "module.wasm"]));
    for name in ["-HUP", "-INT", "-TERM"] {
        signal(&child, name);
    }
    let output = child.wait_with_output().unwrap();
    assert_eq!(output.status.code(), Some(7), "{}", String::from_utf8_lossy(&output.stderr));
    // Those that are not ignored end it all the same.
    let child = ready(scratch.shell("trap '' HUP", &["run", "module.wasm"]));
    signal(&child, "-HUP");
    signal(&child, "-TERM");
    assert_eq!(child.wait_with_output().unwrap().status.code(), Some(124));
}

/// A module that nobody writes: reading it takes for ever, as compiling may.
fn endless(scratch: &Scratch) {
    assert!(Command::new("mkfifo").arg(scratch.path("module.wasm")).status().unwrap().success());
}

fn ended_early(output: Output, scratch: &Scratch, outcome: &str) {
    let stderr = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(124), "{stderr}");
    assert!(stderr.contains("has not run"), "{stderr}");
    let report = json(&scratch.path("report.json"));
    assert_eq!((&report["outcome"], &report["exit_status"]), (&outcome.into(), &124.into()));
}

#[test]
fn the_time_limit_holds_before_the_program_runs() {
    let scratch = Scratch::new();
    endless(&scratch);
    let output = scratch.command(&["run", "--time-limit", "50ms", "--report", "report.json", "module.wasm"]).output();
    ended_early(output.unwrap(), &scratch, "timed-out");
}

#[test]
#[cfg(target_os = "linux")]
fn so_does_an_interrupt() {
    let scratch = Scratch::new();
    endless(&scratch);
    for name in ["-INT", "-TERM"] {
        let mut command = scratch.command(&["run", "--report", "report.json", "module.wasm"]);
        let child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        // Until then it ends by the signal itself.
        crate::support::until("the command takes signals", || {
            let status = std::fs::read_to_string(format!("/proc/{}/status", child.id())).unwrap();
            let caught = status.lines().find_map(|line| line.strip_prefix("SigCgt:")).unwrap();
            u64::from_str_radix(caught.trim(), 16).unwrap() & (1 << 14) != 0
        });
        signal(&child, name);
        ended_early(child.wait_with_output().unwrap(), &scratch, "killed");
    }
}
