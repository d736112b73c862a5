//! Reads cargo's messages about what it produced.

use std::{
    io::{self, BufRead},
    path::{Path, PathBuf},
};

use serde::Deserialize;

/// The part of cargo's messages that matters here.
#[derive(Deserialize)]
struct Message {
    reason: String,
    #[serde(default)]
    filenames: Vec<PathBuf>,
}

/// The wasm modules among the artifacts that cargo reports, in its order. Anything that is not a message goes to
/// standard error.
///
/// # Errors
/// When cargo's output cannot be read.
pub(crate) fn modules(messages: impl BufRead) -> io::Result<Vec<PathBuf>> {
    let mut modules = Vec::new();
    for line in messages.lines() {
        let line = line?;
        match serde_json::from_str::<Message>(&line) {
            Ok(message) if message.reason == "compiler-artifact" => {
                modules.extend(message.filenames.into_iter().filter(|file| is_result(file)));
            }
            Ok(_) => {}
            // A tool that cargo runs wrote to its standard output.
            Err(_) => raddle_command::say(format_args!("{line}"), None),
        }
    }
    Ok(modules)
}

/// Whether a file is a module that was asked for: a dependency's stays in `deps/`.
fn is_result(file: &Path) -> bool {
    let in_deps = file.parent().is_some_and(|directory| directory.ends_with("deps"));
    file.extension().is_some_and(|extension| extension == "wasm") && !in_deps
}

/// Where the threadified module of an artifact goes: `target/wasm32-unknown-unknown/PROFILE/…/NAME.wasm` becomes
/// `target/raddle/PROFILE/…/NAME.wasm`, wherever the target directory is. `None` when the artifact is not in such a
/// place.
pub(crate) fn destination(artifact: &Path, target: &str) -> Option<PathBuf> {
    let triple = artifact.ancestors().skip(1).find(|directory| directory.ends_with(target))?;
    let below = artifact.strip_prefix(triple).ok()?;
    Some(triple.parent()?.join("raddle").join(below))
}

#[cfg(test)]
mod tests {
    use std::path::{Path, PathBuf};

    use super::{destination, modules};

    #[test]
    fn takes_the_results_and_no_dependencies() {
        let messages = r#"{"reason":"compiler-artifact","filenames":["/t/w/debug/deps/libdep.rlib","/t/w/debug/deps/dep.wasm"]}
{"reason":"build-script-executed","package_id":"x"}
{"reason":"compiler-artifact","filenames":["/t/w/debug/a.wasm"],"executable":"/t/w/debug/a.wasm"}
{"reason":"compiler-artifact","filenames":["/t/w/debug/examples/b.wasm","/t/w/debug/examples/b.d"]}
{"reason":"build-finished","success":true}"#;
        let expected = [PathBuf::from("/t/w/debug/a.wasm"), PathBuf::from("/t/w/debug/examples/b.wasm")];
        assert_eq!(modules(messages.as_bytes()).unwrap(), expected);
    }

    #[test]
    fn results_go_beside_the_target() {
        let target = "wasm32-unknown-unknown";
        let at = |path| destination(Path::new(path), target);
        assert_eq!(at("/x/target/wasm32-unknown-unknown/debug/a.wasm"), Some("/x/target/raddle/debug/a.wasm".into()));
        assert_eq!(
            at("/x/wasm32-unknown-unknown/release/examples/a.wasm"),
            Some("/x/raddle/release/examples/a.wasm".into())
        );
        assert_eq!(at("/x/release/a.wasm"), None);
    }
}
