//! The progress bar, which is for people alone.

use std::process::Command;

use super::{RETURNS, case};
use crate::support::{Ran, Scratch};

/// The second of two cases, as the bar counts it.
const BAR: &str = "2/2";

fn two_cases() -> Scratch {
    let scratch = Scratch::new();
    case(&scratch, "good/returns", "[expect]\nreturn = []", RETURNS);
    case(&scratch, "bad/exits", "[expect]\nexit = 3", RETURNS);
    scratch
}

#[test]
fn there_is_none_where_standard_error_is_no_terminal() {
    let ran = two_cases().raddle(&["conform", "run", "--cases", "cases"]).assert(1, &[]);
    assert!(!ran.stderr.contains(BAR) && !ran.stderr.contains('\u{1b}'), "{ran:#?}");
}

/// On a terminal that `script` makes, of util-linux.
#[cfg(target_os = "linux")]
#[test]
fn a_terminal_has_one_and_is_told_at_once_what_is_not_well() {
    let scratch = two_cases();
    let mut script = Command::new("script");
    let line = format!("stty cols 80; '{}' conform run --cases cases >report", env!("CARGO_BIN_EXE_raddle"));
    script.args(["--quiet", "--return", "--command", &line, "/dev/null"]);
    let Ok(output) = script.current_dir(scratch.path("")).env("TERM", "xterm").output() else {
        println!("skipped: there is no script");
        return;
    };
    let ran = Ran::from(output);
    assert_eq!(ran.status, 1, "{ran:#?}");
    let (bar, told) = (ran.stdout.find(BAR), ran.stdout.find("fail bad/exits"));
    assert!(bar.is_some() && told.is_some(), "{ran:#?}");
    assert!(ran.stdout.contains('\u{1b}'), "it is drawn over: {ran:#?}");
    let report = std::fs::read_to_string(scratch.path("report")).unwrap();
    assert!(report.contains("bad/exits") && !report.contains(BAR), "{report}");
}
