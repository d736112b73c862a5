//! The flags that make rustc's output a module with threads, and how they get to rustc beside the user's own.

use std::{env, ffi::OsString, path::Path, process::Command};

use raddle_threadify::LINKER_FLAGS;

/// The only target: programs without an operating system, whose threads are raddle's.
pub(crate) const TARGET: &str = "wasm32-unknown-unknown";

/// How far the memory can grow: 1 GiB. Otherwise rustc's linker would fix it at its initial size. It is passed before
/// all other link arguments, so that a `-Clink-arg=--max-memory=…` of the user's takes precedence.
const MAX_MEMORY: &str = "-Zpre-link-args=--max-memory=1073741824";

/// The instructions that threads need.
const FEATURES: &str = "-Ctarget-feature=+atomics,+bulk-memory";

/// The flags for rustc, in order.
fn rustflags(linker: Option<&Path>) -> Vec<OsString> {
    let mut flags: Vec<OsString> = vec![FEATURES.into(), MAX_MEMORY.into()];
    // rustc adds none of these by itself.
    flags.extend(LINKER_FLAGS.iter().map(|flag| format!("-Clink-arg={flag}").into()));
    if let Some(linker) = linker {
        let mut flag = OsString::from("-Clinker=");
        flag.push(linker);
        flags.push(flag);
    }
    flags
}

/// Passes the flags to cargo so that the user's own stay in force.
///
/// cargo takes flags from one place only: the environment, else the configuration for the target, else that for every
/// build. So ours go before those of the environment where it has some. Else they become a configuration for the
/// target, which cargo joins with that of the user's `.cargo/config.toml`; a `build.rustflags` there, which is meant
/// for every target, is then not used for wasm.
pub(crate) fn add_to(cargo: &mut Command, linker: Option<&Path>) {
    let flags = rustflags(linker);
    match environment() {
        Some(own) => {
            let all: Vec<OsString> = flags.into_iter().chain(own).collect();
            cargo.env("CARGO_ENCODED_RUSTFLAGS", all.join(&OsString::from("\u{1f}")));
        }
        None => {
            let flags: Vec<_> = flags.iter().map(|flag| toml_string(&flag.to_string_lossy())).collect();
            cargo.arg("--config").arg(format!("target.{TARGET}.rustflags=[{}]", flags.join(",")));
        }
    }
}

/// The flags that the user has in the environment, if any: an empty variable counts for cargo, too.
fn environment() -> Option<Vec<OsString>> {
    let split = |flags: OsString, separator: char| -> Vec<OsString> {
        flags.to_string_lossy().split(separator).filter(|flag| !flag.is_empty()).map(Into::into).collect()
    };
    env::var_os("CARGO_ENCODED_RUSTFLAGS")
        .map(|flags| split(flags, '\u{1f}'))
        .or_else(|| env::var_os("RUSTFLAGS").map(|flags| split(flags, ' ')))
}

/// A TOML basic string.
fn toml_string(text: &str) -> String {
    format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""))
}

#[cfg(test)]
mod tests {
    use super::toml_string;

    #[test]
    fn toml_strings_are_escaped() {
        assert_eq!(toml_string(r#"C:\a "b""#), r#""C:\\a \"b\"""#);
    }
}
