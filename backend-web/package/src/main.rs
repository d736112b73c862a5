//! `raddle-web-package`: builds the web backend for browsers and puts the npm package together, in `target/web/pkg` or
//! the folder that is named.
//!
//! `cargo xtask web` runs it. It is a program of its own because what reads and writes wasm-bindgen's modules takes
//! long to compile.
#![forbid(unsafe_code)]

use std::{
    env, fs, io,
    path::{Path, PathBuf},
    process::{Command, ExitCode, Stdio},
};

use raddle_runtime_api::{Limit, TrapKind};
use serde_json::Value;
use wasm_bindgen_cli_support::Bindgen;

/// The package's own files, beside what is generated: from the folder `npm` of the web backend.
const FILES: [&str; 4] = ["index.js", "index.d.ts", "worker.d.ts", "README.md"];

/// The crate that it is made of.
const PACKAGE: &str = "raddle-backend-web";

/// Types of names that Rust has, which `index.d.ts` imports.
const NAMES: &str = "names.d.ts";

/// Its version is that of this workspace.
const MANIFEST: &str = "package.json";

#[derive(Debug, thiserror::Error)]
enum Error {
    #[error("the web backend cannot be built: see above; `rustup target add wasm32-unknown-unknown` adds its target")]
    Build,
    #[error("cargo cannot be run: {0}")]
    Cargo(io::Error),
    #[error("cargo does not say where the web backend's {0} is")]
    Unknown(&'static str),
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
    let built = build(root)?;
    match fs::remove_dir_all(out) {
        Err(source) if source.kind() != io::ErrorKind::NotFound => return Err(file(out)(source)),
        _ => {}
    }
    fs::create_dir_all(out).map_err(file(out))?;
    let generated = Bindgen::new().input_path(&built.wasm).out_name("raddle_web").web(true).and_then(|bindgen| {
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
    copy(&built.script, &out.join("worker.js"))?;
    let to = out.join(NAMES);
    fs::write(&to, names()).map_err(file(&to))?;
    for name in ["LICENSE-MIT", "LICENSE-APACHE"] {
        copy(&root.join(name), &out.join(name))?;
    }
    let from = web.join("npm").join(MANIFEST);
    let manifest = fs::read_to_string(&from).map_err(file(&from))?;
    let to = out.join(MANIFEST);
    fs::write(&to, manifest.replace("0.0.0", env!("CARGO_PKG_VERSION"))).map_err(file(&to))
}

/// What the build of the web backend leaves.
struct Built {
    /// The module of the page's side.
    wasm: PathBuf,
    /// The script of workers, which is in that module, too.
    script: PathBuf,
}

/// Builds the web backend.
fn build(root: &Path) -> Result<Built, Error> {
    let cargo = env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let mut build = Command::new(cargo);
    build.current_dir(root).args(["build", "--package", PACKAGE, "--features", "js", "--profile", "web"]);
    build.args(["--target", "wasm32-unknown-unknown", "--message-format", "json-render-diagnostics"]);
    let output = build.stderr(Stdio::inherit()).output().map_err(Error::Cargo)?;
    if !output.status.success() {
        return Err(Error::Build);
    }
    let text = String::from_utf8_lossy(&output.stdout);
    let messages: Vec<Value> = text.lines().filter_map(|line| serde_json::from_str(line).ok()).collect();
    let own = messages
        .iter()
        .filter(|message| message["package_id"].as_str().is_some_and(|id| id.contains(&format!("#{PACKAGE}@"))));
    let (mut wasm, mut script) = (None, None);
    for message in own {
        let mut files = message["filenames"].as_array().into_iter().flatten().filter_map(Value::as_str);
        wasm = files.find(|file| file.ends_with(".wasm")).map(PathBuf::from).or(wasm);
        script = message["out_dir"].as_str().map(|folder| Path::new(folder).join("worker.js")).or(script);
    }
    Ok(Built { wasm: wasm.ok_or(Error::Unknown("module"))?, script: script.ok_or(Error::Unknown("script"))? })
}

/// The text of [`NAMES`].
fn names() -> String {
    let union = |names: Vec<&str>| names.iter().map(|name| format!("  | {name:?}\n")).collect::<String>();
    let kinds = union(TrapKind::ALL.iter().map(|kind| kind.name()).collect());
    let limits = union(Limit::ALL.iter().map(|limit| limit.name()).collect());
    format!(
        "/** The kind of a trap. */\nexport type TrapKind =\n{kinds};\n\n\
         /** The name of a limit, in events. */\nexport type LimitName =\n{limits};\n"
    )
}

fn copy(from: &Path, to: &Path) -> Result<(), Error> {
    fs::copy(from, to).map(drop).map_err(file(from))
}

fn file(path: &Path) -> impl FnOnce(io::Error) -> Error {
    let path = path.display().to_string();
    |source| Error::File { path, source }
}
