//! The guest programs of `examples/guests`: each builds for wasm with threads, and natively from the same source.

use std::{
    fs,
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

use crate::{
    digests,
    shell::{self, Context, Result},
    tally::Tally,
};

/// A cargo workspace of its own: its programs are for another target and another toolchain.
const GUESTS: &str = "examples/guests";

/// The programs that stand in the repository ready to run.
pub(crate) const PREBUILT: [&str; 1] = ["renderer"];

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

/// Builds all programs, and those that are prebuilt anew. Their digests are written down.
pub(crate) fn refresh() -> Result {
    // With the features that the tests have: one build of the engine serves both.
    shell::run(shell::cargo(&["test", "--workspace", "--no-run", "--quiet"]))?;
    build(&["--release", "--bins"])?;
    for name in PREBUILT {
        build(&["--profile", PREBUILT_PROFILE, "--bin", name])?;
        // The linker's output, not the threadified one: it does not age with threadify.
        let built = Path::new(GUESTS).join("target/wasm32-unknown-unknown").join(PREBUILT_PROFILE).join(name);
        let to = prebuilt(name);
        fs::create_dir_all(to.parent().expect("it is in a directory")).context(to.display())?;
        fs::copy(built.with_extension("wasm"), &to).context(to.display())?;
    }
    digests::record()
}

/// Builds every program, runs it, and compares what it writes with what a native build of the same source writes.
pub(crate) fn test(tally: &mut Tally) {
    let mut modules = Vec::new();
    tally.test("guest programs build", || {
        modules = build(&["--release", "--bins"])?;
        if modules.is_empty() { Err("none was built".into()) } else { Ok(()) }
    });
    for module in &modules {
        let name = module.file_stem().unwrap_or_default().to_string_lossy();
        tally.test(&format!("guest program {name}"), || same_as_native(module, &name));
    }
    for name in PREBUILT {
        tally.test(&format!("prebuilt {name}"), || same_as_native(&prebuilt(name), name));
    }
}

/// Runs `raddle build` on the programs and returns the modules that it made.
fn build(options: &[&str]) -> Result<Vec<PathBuf>> {
    let mut command = raddle(&[&["build"], options].concat())?;
    command.current_dir(GUESTS);
    let mut modules = Vec::new();
    shell::run_reading(command, |line| modules.push(line.into()))?;
    Ok(modules)
}

/// Runs a module, and the native program of that name; both must end well and write the same.
fn same_as_native(module: &Path, name: &str) -> Result {
    let module = module.to_string_lossy();
    let mut cargo = shell::cargo(&["run", "--quiet", "--release", "--bin", name]);
    cargo.current_dir(GUESTS);
    let native = output(cargo)?;
    let wasm = output(raddle(&["run", &module])?)?;
    if native == wasm {
        return Ok(());
    }
    let same = native.iter().zip(&wasm).take_while(|(native, wasm)| native == wasm).count();
    Err(format!(
        "{name} writes {} bytes natively and {} as wasm; the first {same} are the same",
        native.len(),
        wasm.len()
    )
    .into())
}

/// What a program writes to standard output. It must end well.
fn output(mut command: Command) -> Result<Vec<u8>> {
    let shown = shell::show(&command);
    let output = command.stderr(Stdio::inherit()).output().context(&shown)?;
    shell::succeeded(output.status, &shown)?;
    Ok(output.stdout)
}

/// The `raddle` that `cargo test` built beside xtask.
fn raddle(args: &[&str]) -> Result<Command> {
    let path = std::env::current_exe().context("xtask's own path")?;
    let path = path.with_file_name(format!("raddle{}", std::env::consts::EXE_SUFFIX));
    if !path.is_file() {
        return Err(format!("there is no {}: it is built by `cargo xtask test`", path.display()).into());
    }
    let mut command = Command::new(path);
    command.args(args);
    Ok(command)
}
