//! The C program, linked by every `wasm-ld` that is installed.

use std::{
    env,
    path::{Path, PathBuf},
    process::Command,
};

use super::{report, workspace};
use crate::support::Scratch;

/// The versions whose tools are looked for beside the plain name: from the first that links threads.
const LLVM: std::ops::RangeInclusive<u32> = 13..=40;

/// Every version of an LLVM tool in PATH, the newest first.
fn installed(tool: &str) -> Vec<PathBuf> {
    let path = env::var_os("PATH").unwrap_or_default();
    let names = LLVM.rev().map(|version| format!("{tool}-{version}")).chain([tool.to_owned()]);
    names.filter_map(|name| env::split_paths(&path).map(|bin| bin.join(&name)).find(|file| file.is_file())).collect()
}

#[track_caller]
fn run(command: &mut Command) {
    let output = command.output().unwrap();
    assert!(output.status.success(), "{command:?}\n{}", String::from_utf8_lossy(&output.stderr));
}

/// Compiles as `examples/guests/README.md` says.
fn compile(clang: &Path, object: &Path) {
    let target = [
        "--target=wasm32-unknown-unknown",
        "-matomics",
        "-mbulk-memory",
        "-mmutable-globals",
        "-ftls-model=local-exec",
    ];
    let mut command = Command::new(clang);
    command
        .args(target)
        .args(["-std=c11", "-O2", "-g", "-ffreestanding"])
        .arg("-I")
        .arg(workspace().join("../../guest/include"));
    run(command.arg("-c").arg(workspace().join("c/sieve.c")).arg("-o").arg(object));
}

/// The symbols that `examples/guests/README.md` has the linker export.
const SYMBOLS: [&str; 6] =
    ["__heap_base", "__stack_pointer", "__tls_base", "__tls_size", "__tls_align", "__wasm_init_tls"];

/// Those that the linker leaves out altogether if nobody asks for them.
const NEEDED: [&str; 2] = ["__wasm_init_tls", "__tls_align"];

/// Links as `examples/guests/README.md` says, with these symbols.
fn link(wasm_ld: &Path, object: &Path, module: &Path, symbols: &[&str]) {
    let mut command = Command::new(wasm_ld);
    command.args(["--no-entry", "--shared-memory", "--import-memory", "--max-memory=16777216"]);
    command.args(symbols.iter().map(|symbol| format!("--export={symbol}")));
    run(command.arg(object).arg("-o").arg(module));
}

#[test]
fn any_linker_will_do_and_the_flags_that_are_named_fix_it() {
    let (clang, linkers) = (installed("clang"), installed("wasm-ld"));
    let Some(clang) = clang.first().filter(|_| !linkers.is_empty()) else {
        // `cargo xtask test` says so as well, with a hint.
        eprintln!("skipped: there is no clang or no wasm-ld");
        return;
    };
    let scratch = Scratch::new();
    let (object, module) = (scratch.path("sieve.o"), scratch.path("sieve.wasm"));
    compile(clang, &object);
    for wasm_ld in linkers {
        for left_out in NEEDED {
            let others: Vec<&str> = SYMBOLS.into_iter().filter(|&symbol| symbol != left_out).collect();
            link(&wasm_ld, &object, &module, &others);
            scratch.raddle(&["run", "sieve.wasm"]).assert(1, &["TF0008", &format!("--export={left_out}")]);
        }
        for symbols in [&NEEDED[..], &SYMBOLS] {
            link(&wasm_ld, &object, &module, symbols);
            let report = report(&module, &["--entry", "count_primes"], &["3", "1000000"]);
            assert_eq!(report["outcome"], "returned", "{}: {report:#}", wasm_ld.display());
            assert_eq!(report["results"][0]["value"], 78_498, "{}: {report:#}", wasm_ld.display());
            assert!(report["spawned"].as_u64().unwrap() >= 2, "{report:#}");
        }
    }
}
