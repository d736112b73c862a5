//! The guest programs of `examples/guests`, those of them that stand prebuilt in the repository, and those that are
//! [`cases`] of the conformance suite.
//!
//! The tests of the command build and run the guest programs; here they are only built anew.

pub(crate) mod cases;

use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use crate::shell::{self, Context, Result};

/// A cargo workspace of its own: its programs are for another target and another toolchain.
const GUESTS: &str = "examples/guests";

/// The programs that stand in the repository ready to run.
pub(crate) const PREBUILT: [&str; 2] = ["philosophers", "renderer"];

/// The profile for those: small, without debug information.
const PREBUILT_PROFILE: &str = "prebuilt";

/// The source of a program.
pub(crate) fn source(name: &str) -> PathBuf {
    Path::new(GUESTS).join(name)
}

/// The prebuilt module of a program.
pub(crate) fn prebuilt(name: &str) -> PathBuf {
    Path::new("examples/prebuilt").join(name).with_extension("wasm")
}

/// Builds all programs, and those that are prebuilt anew. Returns the folders of cases that were left out.
pub(crate) fn refresh() -> Result<Vec<PathBuf>> {
    build_raddle()?;
    shell::run(raddle(GUESTS, &["build", "--release", "--bins"])?)?;
    for name in PREBUILT {
        let mut build = raddle(GUESTS, &["build", "--profile", PREBUILT_PROFILE, "--bin", name])?;
        build.env("CARGO_ENCODED_RUSTFLAGS", reproducible_flags()?.join("\u{1f}"));
        shell::run(build)?;
        // The linker's output, not the threadified one: it does not age with threadify.
        let built = Path::new(GUESTS).join("target/wasm32-unknown-unknown").join(PREBUILT_PROFILE).join(name);
        let to = prebuilt(name);
        fs::create_dir_all(to.parent().expect("it is in a directory")).context(to.display())?;
        copy(&built.with_extension("wasm"), &to)?;
    }
    cases::refresh()
}

/// Copies a module, but not that the linker made it executable.
fn copy(from: &Path, to: &Path) -> Result {
    let module = fs::read(from).context(from.display())?;
    fs::write(to, module).context(to.display())
}

/// Builds only the cases anew. Returns the folders of those that were left out.
pub(crate) fn refresh_cases() -> Result<Vec<PathBuf>> {
    build_raddle()?;
    cases::refresh()
}

/// With the features that the tests have: one build of the engine serves both.
fn build_raddle() -> Result {
    shell::run(shell::cargo(&["test", "--workspace", "--no-run", "--quiet"]))
}

/// Flags that keep this machine's directories out of what rustc writes, so that every machine writes the same.
fn reproducible_flags() -> Result<Vec<String>> {
    let repository = std::env::current_dir().context("the repository's path")?;
    let home = std::env::home_dir().unwrap_or_default();
    let or_home = |variable: &str, directory: &str| {
        std::env::var_os(variable).map_or_else(|| home.join(directory), PathBuf::from)
    };
    let sysroot = shell::query(&["rustc", "+nightly", "--print", "sysroot"]).unwrap_or_default();
    let cargo = or_home("CARGO_HOME", ".cargo");
    // Where several match, the last counts: those inside others come last.
    let mut prefixes = vec![
        (or_home("RUSTUP_HOME", ".rustup"), "/rustup"),
        (cargo.clone(), "/cargo"),
        (Path::new(sysroot.trim()).join("lib/rustlib/src/rust"), "/rust"),
        // Debian's, where `raddle build` finds no nightly with the sources.
        ("/usr/lib/rustlib/src/rust".into(), "/rust"),
        (repository, "/raddle"),
    ];
    // A registry's directory has the name of its host.
    if let Ok(registries) = fs::read_dir(cargo.join("registry/src")) {
        prefixes.extend(registries.flatten().map(|registry| (registry.path(), "/registry")));
    }
    Ok(prefixes.iter().map(|(from, to)| format!("--remap-path-prefix={}={to}", from.display())).collect())
}

/// The `raddle` that `cargo test` built beside xtask, in the workspace of some programs.
fn raddle(workspace: &str, args: &[&str]) -> Result<Command> {
    let path = std::env::current_exe().context("xtask's own path")?;
    let path = path.with_file_name(format!("raddle{}", std::env::consts::EXE_SUFFIX));
    if !path.is_file() {
        return Err(format!("there is no {}: it is built by `cargo xtask test`", path.display()).into());
    }
    let mut command = Command::new(path);
    command.args(args).current_dir(workspace);
    Ok(command)
}
