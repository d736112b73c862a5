//! `cargo xtask setup`: installs what the other commands need.
//!
//! Every step looks first and installs only what is missing, so that it may be run again at any time, without a network
//! when all is there.

use crate::{
    shell::{self, Result},
    tools,
};

/// The targets of guest programs that come ready-made with a toolchain.
const TARGETS: [&str; 2] = ["wasm32-unknown-unknown", "wasm32-wasip1-threads"];

/// What lints and formatting take.
const COMPONENTS: [&str; 2] = ["rustfmt", "clippy"];

/// The toolchain that builds std with threads.
pub(crate) const NIGHTLY: &str = "nightly";

/// How Miri is had, which comes with that toolchain only, and not with each of its versions.
pub(crate) const INSTALL_MIRI: [&str; 8] =
    ["rustup", "toolchain", "install", NIGHTLY, "--profile", "minimal", "--component", "miri,rust-src"];

/// Debian's way to the same where rustup is not used, and what C programs take.
const DEBIAN_RUST: [&str; 4] = ["cargo-web", "rustc-web", "rust-web-src", "lld"];
const DEBIAN_C: [&str; 2] = ["clang", "lld"];

/// Tools that are built from source: they take minutes, so only on demand.
const CARGO_TOOLS: [&str; 2] = ["mdbook", "cargo-deny"];

/// Debian's packages for browsers. It has no driver of Firefox: that is built from source.
const DEBIAN_BROWSERS: [&str; 3] = ["chromium", "chromium-driver", "firefox-esr"];
const FIREFOX_DRIVER: &str = "geckodriver";

/// What to install beyond what every command needs.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Options {
    /// Debian's packages for C programs.
    pub(crate) system: bool,
    /// The tools for the book and for licences.
    pub(crate) docs: bool,
    /// Browsers and their drivers.
    pub(crate) browsers: bool,
}

impl Options {
    pub(crate) fn parse(options: &[&str]) -> Result<Options> {
        let mut parsed = Options::default();
        for option in options {
            match *option {
                "--system" => parsed.system = true,
                "--docs" => parsed.docs = true,
                "--browsers" => parsed.browsers = true,
                other => {
                    return Err(format!("setup has no option {other}; it has --system, --docs and --browsers").into());
                }
            }
        }
        Ok(parsed)
    }
}

/// Does all steps. One that fails ends it, with what failed.
pub(crate) fn run(options: &Options) -> Result {
    shell::heading("set-up");
    rust()?;
    if options.system {
        c()?;
    }
    if options.docs {
        cargo_tools()?;
    }
    if options.browsers {
        browsers()?;
    }
    Ok(())
}

/// Toolchains, targets and components of Rust.
fn rust() -> Result {
    if !tools::has_rustup() {
        return debian_rust();
    }
    let targets = tools::installed("target", None);
    for target in TARGETS {
        step(target, targets.iter().any(|installed| installed == target), &["rustup", "target", "add", target])?;
    }
    // Components are listed with the host's name behind theirs.
    let has = |installed: &[String], component: &str| installed.iter().any(|name| name.starts_with(component));
    let components = tools::installed("component", None);
    for component in COMPONENTS {
        step(component, has(&components, component), &["rustup", "component", "add", component])?;
    }
    let nightly = tools::installed("component", Some(NIGHTLY));
    let install: &[&str] = if nightly.is_empty() {
        &["rustup", "toolchain", "install", NIGHTLY, "--profile", "minimal", "--component", "rust-src"]
    } else {
        &["rustup", "component", "add", "rust-src", "--toolchain", NIGHTLY]
    };
    step("nightly with std's sources", has(&nightly, "rust-src"), install)
}

/// Miri, for `cargo xtask miri`.
pub(crate) fn miri() -> Result {
    if !tools::has_rustup() {
        return Err("rustup, which has Miri, is not installed".into());
    }
    let installed = tools::installed("component", Some(NIGHTLY));
    let has = |component: &str| installed.iter().any(|name| name.starts_with(component));
    step("Miri", has("miri") && has("rust-src"), &INSTALL_MIRI)
}

/// Without rustup: the distribution's compiler with std's sources.
fn debian_rust() -> Result {
    let sources = shell::query(&["rustc", "--print", "sysroot"]).is_some_and(|sysroot| {
        tools::exists(&format!("{}/lib/rustlib/src/rust/library/std/Cargo.toml", sysroot.trim()))
    });
    if !sources && !tools::may_install_packages() {
        return Err(
            "std's sources are missing: install rustup (https://rustup.rs), or on Debian, as root: apt-get install \
                    cargo-web rustc-web rust-web-src lld"
                .into(),
        );
    }
    packages("Rust with std's sources", sources, &DEBIAN_RUST)
}

/// A C compiler and a linker for wasm. Where they cannot be had, the C programs are skipped.
fn c() -> Result {
    let present = has_c();
    if !present && !tools::may_install_packages() {
        shell::skip(
            "clang and lld for C programs",
            "install them by your package manager; this needs apt-get and root",
        );
        return Ok(());
    }
    packages("clang and lld", present, &DEBIAN_C)
}

/// Whether C programs can be built.
pub(crate) fn has_c() -> bool {
    ["clang", "wasm-ld"].iter().all(|tool| tools::find_llvm(tool).is_some())
}

/// Browsers and their drivers. Where they cannot be had, their tests are skipped.
fn browsers() -> Result {
    let present = ["chromium", "chromedriver"].iter().all(|tool| tools::find(tool).is_some()) && has_firefox();
    if !present && !tools::may_install_packages() {
        shell::skip("browsers", "install them by your package manager; this needs apt-get and root");
    } else {
        packages("Chromium, its driver, and Firefox", present, &DEBIAN_BROWSERS)?;
    }
    let driver = tools::find(FIREFOX_DRIVER).is_some();
    // It hands messages on and waits for the browser: built quickly is better than fast.
    let level = ["--config", "profile.release.opt-level=1"];
    step(FIREFOX_DRIVER, driver, &[&["cargo", "install", "--locked"], &level[..], &[FIREFOX_DRIVER]].concat())
}

fn has_firefox() -> bool {
    ["firefox", "firefox-esr"].iter().any(|name| tools::find(name).is_some())
}

fn cargo_tools() -> Result {
    for tool in CARGO_TOOLS {
        step(tool, tools::find(tool).is_some(), &["cargo", "install", "--locked", tool])?;
    }
    Ok(())
}

fn packages(what: &str, present: bool, names: &[&str]) -> Result {
    step(what, present, &["apt-get", "update"])?;
    step(what, present, &[&["apt-get", "install", "--yes", "--no-install-recommends"], names].concat())
}

/// Installs something unless it is there, and tells which.
fn step(what: &str, present: bool, install: &[&str]) -> Result {
    if present {
        eprintln!("{what}: there");
        return Ok(());
    }
    eprintln!("{what}: missing, installing it");
    shell::run(shell::command(install))
}

#[cfg(test)]
mod tests {
    use super::Options;

    #[test]
    fn options_are_known_or_refused() {
        assert_eq!(Options::parse(&[]).unwrap(), Options::default());
        let both = Options { system: true, docs: true, ..Options::default() };
        assert_eq!(Options::parse(&["--docs", "--system"]).unwrap(), both);
        assert!(Options::parse(&["--browsers"]).unwrap().browsers);
        assert!(Options::parse(&["--doc"]).is_err());
    }
}
