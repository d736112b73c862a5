//! Commands that are programs of their own: found, given everything, and told of where there is none.

use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use crate::support::{Ran, Scratch};

/// `raddle` in a folder where no other program of the workspace lies beside it.
fn alone(scratch: &Scratch) -> PathBuf {
    let raddle = Path::new(env!("CARGO_BIN_EXE_raddle"));
    let copy = scratch.path(raddle.file_name().unwrap().to_str().unwrap());
    if fs::hard_link(raddle, &copy).is_err() {
        fs::copy(raddle, &copy).unwrap();
    }
    copy
}

fn run(raddle: &Path, path: &Path, args: &[&str]) -> Ran {
    Command::new(raddle).args(args).env("PATH", path).output().unwrap().into()
}

#[test]
fn one_that_is_missing_is_told_with_what_installs_it() {
    let scratch = Scratch::new();
    let raddle = alone(&scratch);
    for (name, args) in
        [("conform", &["conform", "run"][..]), ("conform", &["conform", "--help"]), ("serve", &["serve", "."])]
    {
        let missing = format!("RD0008: `raddle {name}` is a separate program, raddle-{name}");
        let install = format!("`cargo install raddle --features {name}`");
        run(&raddle, &scratch.path("empty"), args).assert(1, &[&missing, &install]);
    }
}

#[cfg(unix)]
#[test]
fn one_on_the_path_gets_all_arguments_and_its_status_counts() {
    use std::os::unix::fs::PermissionsExt;

    let scratch = Scratch::new();
    let raddle = alone(&scratch);
    let program = scratch.file("bin/raddle-serve", "#!/bin/sh\necho \"$0 $#: $*\"\nexit 7\n");
    fs::set_permissions(&program, fs::Permissions::from_mode(0o755)).unwrap();
    let ran = run(&raddle, &scratch.path("bin"), &["serve", "--port", "0", "--", "-x", "--help"]).assert(7, &[]);
    ran.assert_stdout(&format!("{} 5: --port 0 -- -x --help\n", program.display()));

    fs::set_permissions(&program, fs::Permissions::from_mode(0o644)).unwrap();
    run(&raddle, &scratch.path("bin"), &["serve"]).assert(1, &["RD0014: cannot start", "raddle-serve"]);
}

#[test]
fn those_beside_raddle_are_taken_first_and_say_the_commands_name() {
    for name in ["conform", "serve"] {
        let help = Scratch::new().raddle(&[name, "--help"]).assert(0, &[]).stdout;
        assert!(help.contains(&format!("Usage: raddle {name} ")), "{help}");
    }
}
