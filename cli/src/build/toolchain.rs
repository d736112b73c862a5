//! Finds a Rust toolchain that can build std with threads.
//!
//! It needs std's sources (rustup's component rust-src), a compiler that accepts unstable options (a nightly, or a
//! stable one with `RUSTC_BOOTSTRAP=1`, as in distributions without rustup) and a linker for wasm.

use std::{
    env,
    ffi::{OsStr, OsString},
    path::PathBuf,
    process::Command,
};

/// The toolchain that a build uses.
#[derive(Debug)]
pub(crate) struct Toolchain {
    /// cargo's program.
    cargo: PathBuf,
    /// The compiler beside it, which another one in PATH may come before.
    rustc: PathBuf,
    /// rustup's choice of a toolchain, as `+nightly`.
    plus: Option<OsString>,
    /// Whether unstable options must be unlocked, because the compiler is a stable one.
    bootstrap: bool,
    /// A linker to name, when the toolchain has none of its own.
    pub(crate) linker: Option<PathBuf>,
}

/// Why there is no toolchain to build with.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub(crate) enum ToolchainError {
    /// No cargo or rustc at all.
    #[error("there is no Rust toolchain; install rustup (https://rustup.rs), then: {INSTALL_NIGHTLY}")]
    Nothing,

    /// The toolchain that was asked for does not run.
    #[error(
        "the toolchain {name} is not installed; install it with: rustup toolchain install {name} --component rust-src"
    )]
    NotInstalled { name: String },

    /// A toolchain, but no sources of std.
    #[error("{name} lacks the sources of std, which must be rebuilt for threads; get them with: {hint}")]
    NoSources { name: String, hint: String },

    /// A toolchain, but no linker.
    #[error(
        "{name} has no linker for wasm and there is no wasm-ld in PATH; on Debian get one with: apt-get install lld"
    )]
    NoLinker { name: String },
}

const INSTALL_NIGHTLY: &str = "rustup toolchain install nightly --profile minimal --component rust-src";

impl Toolchain {
    /// The toolchain that `requested` (as `+nightly-2026-05-01`) names, else the best one there is: the active one
    /// where it is a nightly, rustup's nightly, the active stable one, one farther back in PATH (the system's, behind
    /// rustup's). Each only with std's sources.
    ///
    /// # Errors
    /// If there is none: [`ToolchainError`] says what is missing and which command installs it.
    pub(crate) fn find(requested: Option<&OsStr>) -> Result<Toolchain, ToolchainError> {
        let programs = programs();
        let (first, others) = programs.split_first().ok_or(ToolchainError::Nothing)?;
        if let Some(plus) = requested {
            let name = plus.to_string_lossy().trim_start_matches('+').to_owned();
            return Candidate::probe(first, Some(plus)).ok_or(ToolchainError::NotInstalled { name })?.accept();
        }
        let active = Candidate::probe(first, None);
        if let Some(active) = active.as_ref().filter(|active| active.nightly && active.sources) {
            return active.accept();
        }
        let nightly = Candidate::probe(first, Some(OsStr::new("+nightly")));
        let others = others.iter().filter_map(|programs| Candidate::probe(programs, None));
        let candidates: Vec<Candidate> = nightly.into_iter().chain(active).chain(others).collect();
        // Where none has the sources, the hint is for the first that is there: a nightly rather than another.
        let with_sources = candidates.iter().find(|candidate| candidate.sources);
        with_sources.or(candidates.first()).ok_or(ToolchainError::Nothing)?.accept()
    }

    /// `cargo` of this toolchain.
    pub(crate) fn cargo(&self) -> Command {
        let mut command = Command::new(&self.cargo);
        command.args(&self.plus);
        // With a choice of a toolchain, rustup sees to it that cargo runs that one's compiler.
        if self.plus.is_none() && env::var_os("RUSTC").is_none() {
            command.env("RUSTC", &self.rustc);
        }
        if self.bootstrap {
            command.env("RUSTC_BOOTSTRAP", "1");
        }
        command
    }
}

/// An existing toolchain, whether it is usable or not.
#[derive(Debug)]
struct Candidate {
    cargo: PathBuf,
    rustc: PathBuf,
    plus: Option<OsString>,
    /// The first line of `rustc -vV`.
    version: String,
    nightly: bool,
    /// Whether std's sources are there.
    sources: bool,
    /// Whether it brings rust-lld.
    linker: bool,
}

impl Candidate {
    /// Asks the compiler. `None` when it, or its cargo, does not run.
    fn probe(programs: &Programs, plus: Option<&OsStr>) -> Option<Candidate> {
        let Programs { cargo, rustc } = programs;
        output(cargo, plus, &["--version"])?;
        let verbose = output(rustc, plus, &["-vV"])?;
        let sysroot = PathBuf::from(output(rustc, plus, &["--print", "sysroot"])?.trim());
        let field = |name: &str| verbose.lines().find_map(|line| line.strip_prefix(name)).unwrap_or_default().trim();
        let rustlib = sysroot.join("lib/rustlib");
        Some(Candidate {
            cargo: cargo.clone(),
            rustc: rustc.clone(),
            plus: plus.map(Into::into),
            version: verbose.lines().next().unwrap_or_default().into(),
            nightly: ["-nightly", "-dev"].iter().any(|channel| field("release:").contains(channel)),
            sources: rustlib.join("src/rust/library/std/Cargo.toml").is_file(),
            linker: rustlib.join(field("host:")).join("bin").join(exe("rust-lld")).is_file(),
        })
    }

    /// The toolchain, if it has everything needed.
    fn accept(&self) -> Result<Toolchain, ToolchainError> {
        let name = self.version.clone();
        if !self.sources {
            return Err(ToolchainError::NoSources { name, hint: self.sources_mend() });
        }
        let linker = match self.linker {
            true => None,
            false => Some(wasm_ld().ok_or(ToolchainError::NoLinker { name })?),
        };
        let (cargo, rustc, plus) = (self.cargo.clone(), self.rustc.clone(), self.plus.clone());
        Ok(Toolchain { cargo, rustc, plus, bootstrap: !self.nightly, linker })
    }

    /// The command that installs the sources.
    fn sources_mend(&self) -> String {
        if output("rustup", None, &["--version"]).is_none() {
            return "apt-get install rust-web-src rustc-web cargo-web (on Debian), or install rustup".into();
        }
        match &self.plus {
            Some(plus) => {
                let toolchain = plus.to_string_lossy();
                format!("rustup component add rust-src --toolchain {}", toolchain.trim_start_matches('+'))
            }
            None => INSTALL_NIGHTLY.into(),
        }
    }
}

/// A cargo and the compiler beside it.
#[derive(Debug)]
struct Programs {
    cargo: PathBuf,
    rustc: PathBuf,
}

/// Every cargo in PATH that has a compiler beside it; the first is the one that a user's `cargo` runs.
fn programs() -> Vec<Programs> {
    let beside = |cargo: PathBuf| {
        let rustc = cargo.with_file_name(exe("rustc"));
        rustc.is_file().then_some(Programs { cargo, rustc })
    };
    in_path("cargo").filter_map(beside).collect()
}

/// What a tool prints, when it runs and ends well. A question about a toolchain does not make rustup install it.
fn output(program: impl AsRef<OsStr>, plus: Option<&OsStr>, args: &[&str]) -> Option<String> {
    let output = Command::new(program).args(plus).args(args).env("RUSTUP_AUTO_INSTALL", "0").output().ok()?;
    output.status.success().then(|| String::from_utf8_lossy(&output.stdout).into_owned())
}

/// A `wasm-ld` in PATH, else the newest with a version in its name: LLVM 14 is the first that links what rustc emits.
fn wasm_ld() -> Option<PathBuf> {
    let versions = (14..=40).rev().map(|version| format!("wasm-ld-{version}"));
    std::iter::once("wasm-ld".to_owned()).chain(versions).find_map(|name| in_path(&name).next())
}

/// Every program of that name in PATH.
fn in_path(name: &str) -> impl Iterator<Item = PathBuf> {
    let path = env::var_os("PATH").unwrap_or_default();
    let files: Vec<PathBuf> = env::split_paths(&path).map(|directory| directory.join(exe(name))).collect();
    files.into_iter().filter(|file| file.is_file())
}

/// The file name of a program.
fn exe(name: &str) -> String {
    format!("{name}{}", env::consts::EXE_SUFFIX)
}
