//! `raddle-web-package`: builds the web backend for browsers and puts the npm package together, in `target/web/pkg` or
//! the folder that is named.
//!
//! `cargo xtask web` runs it. It is a program of its own because what reads and writes wasm-bindgen's modules takes
//! long to compile.
#![forbid(unsafe_code)]

use std::{
    env, fs, io,
    path::{Path, PathBuf},
    process::{Command, ExitCode},
};

use wasm_bindgen_cli_support::Bindgen;

/// The package's own files, beside what is generated: from the folder `npm` of the web backend.
const FILES: [&str; 4] = ["index.js", "index.d.ts", "worker.d.ts", "README.md"];

/// Its version is that of this workspace.
const MANIFEST: &str = "package.json";

#[derive(Debug, thiserror::Error)]
enum Error {
    #[error("the web backend cannot be built: see above; `rustup target add wasm32-unknown-unknown` adds its target")]
    Build,
    #[error("cargo cannot be run: {0}")]
    Cargo(io::Error),
    #[error("wasm-bindgen: {0}")]
    Bindgen(String),
    #[error("{path}: {source}")]
    File { path: String, source: io::Error },
}

fn main() -> ExitCode {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let out = env::args_os().nth(1).map_or_else(|| root.join("target/web/pkg"), PathBuf::from);
    match make(&root, &out) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("raddle-web-package: {error}");
            ExitCode::FAILURE
        }
    }
}

fn make(root: &Path, out: &Path) -> Result<(), Error> {
    let wasm = build(root)?;
    match fs::remove_dir_all(out) {
        Err(source) if source.kind() != io::ErrorKind::NotFound => return Err(file(out)(source)),
        _ => {}
    }
    fs::create_dir_all(out).map_err(file(out))?;
    let generated = Bindgen::new().input_path(&wasm).out_name("raddle_web").web(true).and_then(|bindgen| {
        bindgen
            .typescript(false)
            .omit_default_module_path(false)
            .remove_name_section(true)
            .remove_producers_section(true)
            .generate(out)
    });
    generated.map_err(|error| Error::Bindgen(format!("{error:#}")))?;

    let web = root.join("backend-web");
    for name in FILES {
        copy(&web.join("npm").join(name), &out.join(name))?;
    }
    copy(&web.join("js/worker.js"), &out.join("worker.js"))?;
    for name in ["LICENSE-MIT", "LICENSE-APACHE"] {
        copy(&root.join(name), &out.join(name))?;
    }
    let from = web.join("npm").join(MANIFEST);
    let manifest = fs::read_to_string(&from).map_err(file(&from))?;
    let to = out.join(MANIFEST);
    fs::write(&to, manifest.replace("0.0.0", env!("CARGO_PKG_VERSION"))).map_err(file(&to))
}

/// Builds the web backend and says where the module is.
fn build(root: &Path) -> Result<PathBuf, Error> {
    let cargo = env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let mut build = Command::new(cargo);
    build.current_dir(root).args(["build", "--package", "raddle-backend-web", "--features", "js", "--profile", "web"]);
    build.args(["--target", "wasm32-unknown-unknown"]);
    if !build.status().map_err(Error::Cargo)?.success() {
        return Err(Error::Build);
    }
    let target = env::var_os("CARGO_TARGET_DIR").map_or_else(|| root.join("target"), PathBuf::from);
    Ok(target.join("wasm32-unknown-unknown/web/raddle_backend_web.wasm"))
}

fn copy(from: &Path, to: &Path) -> Result<(), Error> {
    fs::copy(from, to).map(drop).map_err(file(from))
}

fn file(path: &Path) -> impl FnOnce(io::Error) -> Error {
    let path = path.display().to_string();
    |source| Error::File { path, source }
}
