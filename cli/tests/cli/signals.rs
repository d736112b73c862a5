//! Signals: they end the program, not its report.
#![cfg(unix)]

use std::{
    io::{BufRead, BufReader},
    process::{Command, Stdio},
};

use crate::{
    guests,
    support::{Scratch, json},
};

#[test]
fn an_interrupt_kills_the_program() {
    let scratch = Scratch::new();
    scratch.module(guests::SPINS);
    let mut command = scratch.command(&["run", "--report", "report.json", "module.wasm"]);
    let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    let mut line = String::new();
    BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).unwrap();
    assert_eq!(line, "ready\n");

    let kill = Command::new("kill").args(["-INT", &child.id().to_string()]).status().unwrap();
    assert!(kill.success());
    let output = child.wait_with_output().unwrap();
    let stderr = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(124), "{stderr}");
    assert!(stderr.contains("the program was killed"), "{stderr}");
    assert_eq!(json(&scratch.path("report.json"))["outcome"], "killed");
}
