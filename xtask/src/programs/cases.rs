//! The cases of the conformance suite that are programs. Their modules stand beside their sources, built by whichever
//! compilers are installed.

use std::{
    fs,
    path::{Path, PathBuf},
};

use super::{PREBUILT_PROFILE, raddle, reproducible_flags};
use crate::{
    setup,
    shell::{self, Context, Result},
    tools,
};

/// Where they are: `rust/NAME.rs`, `c/NAME.c` and `zig/NAME.zig`, in a cargo workspace of its own.
pub(crate) const FOLDER: &str = "conformance/programs";

/// What the linker is asked for: one memory, given by the host, that never has more than 64 MiB, as browsers' tabs do
/// not have much; and the symbols that threadify looks for.
const LINK_ARGS: [&str; 9] = [
    "--import-memory",
    "--shared-memory",
    "--max-memory=67108864",
    "--export=__heap_base",
    "--export=__stack_pointer",
    "--export=__tls_base",
    "--export=__tls_size",
    "--export=__tls_align",
    "--export=__wasm_init_tls",
];

/// Builds the programs anew. Returns the folders of those whose compiler is not there: their modules stay as they are.
pub(super) fn refresh() -> Result<Vec<PathBuf>> {
    let mut left_out = Vec::new();
    rust()?;
    if setup::has_c() {
        c()?;
    } else {
        shell::skip("cases in C", "there is no clang or no wasm-ld; get them with `cargo xtask setup --system`");
        left_out.push(folder("c"));
    }
    match tools::find_zig() {
        Some(zig) => zig_with(&zig)?,
        None => {
            shell::skip("cases in Zig", "there is no zig; `pip install ziglang` brings it");
            left_out.push(folder("zig"));
        }
    }
    Ok(left_out)
}

fn folder(language: &str) -> PathBuf {
    Path::new(FOLDER).join(language)
}

fn rust() -> Result {
    let target = std::env::current_dir().context("the repository's path")?.join("target/programs");
    let mut build = raddle(FOLDER, &["build", "--profile", PREBUILT_PROFILE, "--bins", "--target-dir"])?;
    build.arg(&target).env("CARGO_ENCODED_RUSTFLAGS", {
        let mut flags = reproducible_flags()?;
        flags.extend(LINK_ARGS.iter().filter(|arg| arg.contains("max-memory")).map(|arg| format!("-Clink-arg={arg}")));
        flags.join("\u{1f}")
    });
    shell::run(build)?;
    let built = target.join("wasm32-unknown-unknown").join(PREBUILT_PROFILE);
    for source in sources("rust", "rs")? {
        let module = source.with_extension("wasm");
        // The linker's output, not the threadified one: it does not age with threadify.
        super::copy(&built.join(module.file_name().expect("it is a file")), &module)?;
    }
    Ok(())
}

fn c() -> Result {
    let tool =
        |name: &str| tools::find_llvm(name).ok_or(format!("there is no {name}")).map(|path| path.display().to_string());
    let (clang, wasm_ld) = (tool("clang")?, tool("wasm-ld")?);
    let objects = Path::new("target/programs/c");
    fs::create_dir_all(objects).context(objects.display())?;
    for source in sources("c", "c")? {
        let object = objects.join(source.with_extension("o").file_name().expect("it is a file"));
        let mut compile =
            shell::command(&[&clang, "--target=wasm32-unknown-unknown", "-std=c11", "-Os", "-ffreestanding"]);
        compile.args(["-matomics", "-mbulk-memory", "-mmutable-globals", "-ftls-model=local-exec"]);
        compile.args(["-Wall", "-Wextra", "-Werror", "-Iguest/include", "-c"]).arg(&source).arg("-o").arg(&object);
        shell::run(compile)?;
        let mut link = shell::command(&[&wasm_ld, "--no-entry", "--export=main"]);
        link.args(LINK_ARGS).arg(&object).arg("-o").arg(source.with_extension("wasm"));
        shell::run(link)?;
    }
    Ok(())
}

fn zig_with(zig: &[String]) -> Result {
    let words: Vec<&str> = zig.iter().map(String::as_str).collect();
    for source in sources("zig", "zig")? {
        let mut build = shell::command(&[&words[..], &["build-exe"]].concat());
        build.arg(&source).args(["-fno-entry", "-target", "wasm32-freestanding", "-O", "ReleaseSmall", "-fstrip"]);
        build.args(["-mcpu=generic+atomics+bulk_memory+mutable_globals", "-fno-single-threaded"]);
        build.args(["--cache-dir", "target/programs/zig", "--export=main"]).args(LINK_ARGS);
        build.arg(format!("-femit-bin={}", source.with_extension("wasm").display()));
        shell::run(build)?;
    }
    Ok(())
}

/// The sources of a language, without what they have in common, which is in a folder below.
fn sources(language: &str, extension: &str) -> Result<Vec<PathBuf>> {
    let folder = folder(language);
    let mut sources = Vec::new();
    for entry in fs::read_dir(&folder).context(folder.display())? {
        let path = entry.context(folder.display())?.path();
        if path.extension().is_some_and(|found| found == extension) {
            sources.push(path);
        }
    }
    sources.sort();
    Ok(sources)
}
