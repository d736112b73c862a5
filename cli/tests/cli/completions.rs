//! `raddle completions`.

use crate::support::Scratch;

#[test]
fn every_shell_has_a_script_with_every_command() {
    let scratch = Scratch::new();
    for shell in ["bash", "zsh", "fish", "elvish", "powershell"] {
        let script = scratch.raddle(&["completions", shell]).assert(0, &[]).stdout;
        for word in ["run", "inspect", "threadify", "build", "completions", "stack-check"] {
            assert!(script.contains(word), "{shell}: no {word}");
        }
    }
    scratch.raddle(&["completions", "tcsh"]).assert(2, &["tcsh"]);
}

#[test]
fn bash_takes_its_script() {
    let scratch = Scratch::new();
    let script = scratch.raddle(&["completions", "bash"]).assert(0, &[]).stdout;
    let path = scratch.file("raddle.bash", script);
    let Ok(output) = std::process::Command::new("bash").arg("-n").arg(&path).output() else {
        return; // A system without bash has nothing to check it with.
    };
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
}
