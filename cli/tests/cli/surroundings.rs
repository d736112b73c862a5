//! What the system may refuse the command: whatever it is, there is an answer or an error, and never a crash.
#![cfg(target_os = "linux")]

use std::{
    fs::{self, Permissions},
    os::unix::{fs::PermissionsExt, process::CommandExt},
    process::Command,
};

use crate::{
    guests,
    support::{Ran, Scratch},
};

/// What the system limits.
#[derive(Debug, Clone, Copy)]
struct Limits {
    /// Bytes of address space.
    space: Option<u64>,
    /// Processes of the user.
    processes: Option<u64>,
    files: Option<u64>,
}

impl Limits {
    /// The command in a scratch directory, under these limits.
    fn command(self, scratch: &Scratch, args: &[&str]) -> Command {
        let options = [("as", self.space), ("nproc", self.processes), ("nofile", self.files)];
        let set = options.iter().filter_map(|(option, value)| Some(format!("--{option}={}", (*value)?)));
        let mut command = Command::new("prlimit");
        command.current_dir(scratch.path(".")).args(set).arg(env!("CARGO_BIN_EXE_raddle")).args(args);
        command
    }
}

/// Whether somebody else than root can run the command, for whom there are limits on processes.
fn nobody(scratch: &Scratch) -> bool {
    fs::set_permissions(scratch.path("."), Permissions::from_mode(0o755)).unwrap();
    let mut try_it = Command::new(env!("CARGO_BIN_EXE_raddle"));
    try_it.arg("--version").current_dir(scratch.path(".")).uid(65534).gid(65534);
    try_it.output().is_ok_and(|output| output.status.success())
}

#[test]
fn whatever_the_limits_are_there_is_an_answer_or_an_error() {
    let scratch = Scratch::new();
    scratch.module(guests::SPAWNS_A_HUNDRED);
    let is_nobody = nobody(&scratch);
    let megabytes = |count: u64| Some(count << 20);
    let mut answers = 0;
    for space in [None, megabytes(150), megabytes(400), megabytes(4_600), megabytes(5_000), megabytes(8_000)] {
        for (processes, files) in [(None, None), (Some(1), None), (Some(3), Some(6)), (Some(20), Some(64))] {
            let limits = Limits { space, processes: processes.filter(|_| is_nobody), files };
            let mut command = limits.command(&scratch, &["run", "--time-limit", "60s", "module.wasm"]);
            command.env("RUST_BACKTRACE", "1");
            if is_nobody {
                command.uid(65534).gid(65534);
            }
            let ran: Ran = command.output().unwrap().into();
            let is_error = ran.status == 1 && ran.stderr.contains("raddle: error: ");
            assert!(is_error || ran.status == 50, "{limits:?}: {ran:#?}");
            assert!(!ran.stderr.contains("panicked"), "{limits:?}: {ran:#?}");
            answers += i32::from(ran.status == 50);
        }
    }
    assert!(answers > 0, "without limits it runs");
}
