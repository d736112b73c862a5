//! `raddle build`: cargo with the toolchain and the flags that threads need, then threadify.
//!
//! [`toolchain`] chooses the compiler, [`flags`] its flags, and [`artifacts`] reads what was built.

mod artifacts;
mod flags;
mod toolchain;

use std::{
    ffi::{OsStr, OsString},
    fs,
    io::BufReader,
    path::{Path, PathBuf},
    process::Stdio,
};

use toolchain::Toolchain;
pub(crate) use toolchain::ToolchainError;

use crate::{
    args::Build,
    error::{Error, IoResultExt},
    input,
    output::{self, Destination},
    progress::Progress,
    threadify,
};

/// Builds the current package and threadifies every module that cargo made. Prints their paths.
pub(crate) fn run(args: &Build) -> Result<(), Error> {
    let (plus, cargo_args) = split_toolchain(&args.cargo);
    check(cargo_args)?;
    let toolchain = Toolchain::find(plus)?;
    for artifact in cargo_build(&toolchain, cargo_args)? {
        let path = threadify_artifact(&artifact, args.stack_check)?;
        output::print(format!("{}\n", path.display()).as_bytes())?;
    }
    Ok(())
}

/// Takes `+TOOLCHAIN` off the front, as rustup's cargo does.
fn split_toolchain(args: &[OsString]) -> (Option<&OsStr>, &[OsString]) {
    match args.split_first() {
        Some((first, rest)) if first.as_encoded_bytes().starts_with(b"+") => (Some(first), rest),
        _ => (None, args),
    }
}

/// Refuses the options that raddle must set itself: the target, and how cargo reports artifacts.
fn check(args: &[OsString]) -> Result<(), Error> {
    let option = args.iter().filter_map(|arg| arg.to_str()).find(|arg| {
        let name = arg.split('=').next().unwrap_or(arg);
        ["--target", "--message-format"].contains(&name)
    });
    option.map_or(Ok(()), |option| Err(Error::CargoOption { option: option.into() }))
}

/// Runs cargo and returns the modules that it made: at least one.
fn cargo_build(toolchain: &Toolchain, args: &[OsString]) -> Result<Vec<PathBuf>, Error> {
    let mut cargo = toolchain.cargo();
    cargo.args(["build", "--target", flags::TARGET, "-Zbuild-std=std,panic_abort"]);
    // Diagnostics go to standard error as ever, the list of artifacts to us.
    cargo.arg("--message-format=json-render-diagnostics");
    flags::add_to(&mut cargo, toolchain.linker.as_deref());
    cargo.args(args).stdout(Stdio::piped());
    let running = "run";
    let program = Path::new("cargo");
    let mut child = cargo.spawn().during(running, program)?;
    let modules = match child.stdout.take() {
        Some(stdout) => artifacts::modules(BufReader::new(stdout)).during(running, program)?,
        None => Vec::new(),
    };
    if !child.wait().during(running, program)?.success() {
        return Err(Error::Cargo);
    }
    if modules.is_empty() {
        return Err(Error::NoModule);
    }
    Ok(modules)
}

/// Writes the threadified module and returns where.
fn threadify_artifact(artifact: &Path, stack_check: bool) -> Result<PathBuf, Error> {
    let path =
        artifacts::destination(artifact, flags::TARGET).unwrap_or_else(|| artifact.with_extension("raddle.wasm"));
    let progress = Progress::start(format_args!("threadify {}", path.display()));
    if let Some(directory) = path.parent() {
        fs::create_dir_all(directory).during("make", directory)?;
    }
    let destination = Destination::open(&path)?;
    let threadified = threadify::bytes(artifact, &input::read(artifact)?, stack_check)?;
    destination.commit(&threadified.wasm)?;
    drop(progress);
    for warning in &threadified.report.warnings {
        raddle_command::say(format_args!("raddle: warning: {}: {warning}", path.display()), None);
    }
    Ok(path)
}
