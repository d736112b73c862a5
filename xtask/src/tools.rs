//! Knows what is installed.

use std::{env, fs, path::PathBuf};

use crate::shell;

/// The oldest and the newest LLVM whose tools are looked for by their versioned names.
const LLVM: (u32, u32) = (14, 40);

/// Where a program is in PATH.
pub(crate) fn find(program: &str) -> Option<PathBuf> {
    let file = format!("{program}{}", env::consts::EXE_SUFFIX);
    env::split_paths(&env::var_os("PATH")?).map(|directory| directory.join(&file)).find(|path| path.is_file())
}

/// The newest of an LLVM tool: under its plain name, or with a version, as Debian installs it.
pub(crate) fn find_llvm(tool: &str) -> Option<PathBuf> {
    let versions = (LLVM.0..=LLVM.1).rev().map(|version| format!("{tool}-{version}"));
    versions.chain([tool.to_owned()]).find_map(|name| find(&name))
}

/// The words that run Zig: a program of its own, or the one that Python's package `ziglang` brings.
pub(crate) fn find_zig() -> Option<Vec<String>> {
    let candidates: [&[&str]; 3] = [&["zig"], &["python3", "-m", "ziglang"], &["python", "-m", "ziglang"]];
    let works = |words: &&&[&str]| shell::query(&[words, &["version"][..]].concat()).is_some();
    candidates.iter().find(works).map(|words| words.iter().map(|word| (*word).to_owned()).collect())
}

/// Whether rustup manages the toolchains.
pub(crate) fn has_rustup() -> bool {
    find("rustup").is_some()
}

/// What rustup has installed of `kind` (`target` or `component`), for a toolchain or the active one. Empty when there
/// is no such toolchain.
pub(crate) fn installed(kind: &str, toolchain: Option<&str>) -> Vec<String> {
    let mut words = vec!["rustup", kind, "list", "--installed"];
    words.extend(toolchain.iter().flat_map(|name| ["--toolchain", name]));
    shell::query(&words).unwrap_or_default().lines().map(str::to_owned).collect()
}

/// Whether Debian's package manager is there and we may use it.
pub(crate) fn may_install_packages() -> bool {
    find("apt-get").is_some() && is_root()
}

/// Whether this process is root's.
pub(crate) fn is_root() -> bool {
    shell::query(&["id", "-u"]).is_some_and(|id| id.trim() == "0")
}

/// Whether a file can be read.
pub(crate) fn exists(path: &str) -> bool {
    fs::metadata(path).is_ok()
}
