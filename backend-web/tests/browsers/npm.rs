//! The package as npm installs it, in pages that are built with Vite and with webpack, and in one that is not built at
//! all.
//!
//! The projects are in `npm/`. They are copied to a folder under `target`, where npm installs the bundlers, from the
//! committed lock file, and the package, out of the tarball that `npm pack` makes of it.

use std::{
    fs,
    io::{BufRead, BufReader},
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    sync::{OnceLock, mpsc},
    thread,
    time::Duration,
};

use libtest_mimic::{Completion, Failed, Trial};
use raddle_conformance_web::Kind;
use raddle_web_server::{Server, files};
use serde_json::Value;

use crate::{
    browser::{Tested, expect, hello, in_each, package, repository, shown, trial},
    site::{ANY, assemble, copy, tests},
};

/// How long a development server may take to listen.
const LISTEN: Duration = Duration::from_secs(60);

/// How npm says that it does not reach its registry.
const OFFLINE: [&str; 5] = ["ENOTFOUND", "EAI_AGAIN", "ECONNREFUSED", "ENETUNREACH", "ETIMEDOUT"];

/// The pages that are built, each with the folder that is served then.
const PAGES: [(&str, &str); 3] = [("bare", "bare"), ("vite", "vite/dist"), ("webpack", "webpack")];

pub(crate) fn trials() -> Vec<Trial> {
    let pages = PAGES.into_iter().flat_map(|(name, folder)| {
        let blob = in_each(&format!("npm::{name}"), move |kind| built(kind, folder, ""));
        let url = in_each(&format!("npm::{name}_with_worker_url"), move |kind| built(kind, folder, "?url"));
        blob.into_iter().chain(url)
    });
    let dev = in_each("npm::vite_development_server", vite_development_server);
    let checks = [
        trial("npm::types", types),
        trial("npm::publint", publint),
        trial("npm::files", what_is_packed),
        trial("npm::node", node),
    ];
    pages.chain(dev).chain(checks).collect()
}

/// In Node, where it cannot run yet.
fn node() -> Tested {
    with_projects(|folder| {
        let script = "import { Runtime, RaddleError } from 'raddle-web';
            const { code, message } = await Runtime.create().catch((error) => error);
            console.log(JSON.stringify({ code, message }));";
        let told = run(Command::new("node").args(["--input-type=module", "--eval", script]).current_dir(folder))?;
        let told: Value = serde_json::from_str(&told)?;
        let message = told["message"].as_str().unwrap_or_default();
        if told["code"] == "BW0011" && message.starts_with("BW0011: this is not a browser") {
            return Ok(Completion::Completed);
        }
        Err(format!("{told}").into())
    })
}

/// Runs a test with the projects; where they cannot be there, says why.
fn with_projects(test: impl FnOnce(&Path) -> Tested) -> Tested {
    static PROJECTS: OnceLock<Result<PathBuf, Lack>> = OnceLock::new();
    match PROJECTS.get_or_init(install) {
        Ok(folder) => test(folder),
        Err(Lack::Missing(reason)) => Ok(Completion::ignored_with(reason)),
        Err(Lack::Broken(message)) => Err(message.into()),
    }
}

/// Why the projects are not there.
enum Lack {
    /// Something that need not be there is not.
    Missing(String),
    Broken(String),
}

impl<T: std::fmt::Display> From<T> for Lack {
    fn from(error: T) -> Lack {
        Lack::Broken(error.to_string())
    }
}

/// Installs bundlers and package, and builds the pages.
fn install() -> Result<PathBuf, Lack> {
    if !package().join("package.json").is_file() {
        return Err(Lack::Missing("the package is not built: `cargo xtask web` does it".into()));
    }
    if Command::new("npm").arg("--version").stdout(Stdio::null()).status().is_err() {
        return Err(Lack::Missing("there is no npm: install Node.js with it (Debian's package npm)".into()));
    }
    let folder = repository().join("target/web/npm");
    let lock = |folder: &Path| fs::read(folder.join("package-lock.json")).unwrap_or_default();
    let is_there =
        folder.join("node_modules/.package-lock.json").is_file() && lock(&folder) == lock(&tests().join("npm"));
    for (name, _) in PAGES {
        // What was built before must not pass for what is built now.
        if folder.join(name).exists() {
            fs::remove_dir_all(folder.join(name))?;
        }
    }
    copy(&tests().join("npm"), &folder)?;
    if !is_there {
        let done = npm(&folder, &["ci", "--prefer-offline", "--no-audit", "--no-fund"]).output()?;
        let said = String::from_utf8_lossy(&done.stderr);
        if !done.status.success() && OFFLINE.iter().any(|code| said.contains(code)) {
            // The next run is not to take what there is for whole.
            fs::remove_file(folder.join("package-lock.json"))?;
            return Err(Lack::Missing("npm does not reach its registry, and the bundlers are not in its cache".into()));
        }
        succeeded("npm ci", &done)?;
    }
    let tarball = run(npm(&folder, &["pack", "--silent"]).arg(package()))?;
    // With the lock, which names all else that is there: without it npm would ask the registry again.
    run(npm(&folder, &["install", "--no-save", "--no-audit", "--no-fund", "--offline"]).arg(tarball.trim()))?;

    let program = assemble("hello")?;
    for place in ["bare", "vite/src", "webpack"] {
        fs::write(folder.join(place).join("program.wasm"), &program)?;
    }
    copy(&folder.join("node_modules/raddle-web"), &folder.join("bare/raddle-web"))?;
    run(Command::new("node").arg("../node_modules/vite/bin/vite.js").arg("build").current_dir(folder.join("vite")))?;
    run(Command::new("node").arg("build.js").current_dir(folder.join("webpack")))?;
    Ok(folder)
}

fn npm(folder: &Path, args: &[&str]) -> Command {
    let mut npm = Command::new("npm");
    npm.args(args).current_dir(folder).stdin(Stdio::null());
    npm
}

/// Runs a program that must succeed, and returns what it writes.
fn run(command: &mut Command) -> Result<String, String> {
    let shown = format!("{command:?}");
    let done = command.output().map_err(|error| format!("{shown}: {error}"))?;
    succeeded(&shown, &done)?;
    Ok(String::from_utf8_lossy(&done.stdout).into_owned())
}

fn succeeded(what: &str, done: &std::process::Output) -> Result<(), String> {
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    if done.status.success() {
        Ok(())
    } else {
        Err(format!("{what}: {}\n{}{}", done.status, text(&done.stdout), text(&done.stderr)))
    }
}

fn built(kind: Kind, folder: &'static str, query: &str) -> Tested {
    with_projects(|projects| {
        let server = Server::start(ANY, files(&projects.join(folder))?)?;
        expect(&shown(kind, &format!("{}{query}", server.url()))?, &hello())
    })
}

/// The page as it is while somebody works on it: its optimizer takes packages apart.
fn vite_development_server(kind: Kind) -> Tested {
    with_projects(|projects| {
        let server = Vite::start(projects)?;
        expect(&shown(kind, &server.url)?, &hello())?;
        expect(&shown(kind, &format!("{}?url", server.url))?, &hello())
    })
}

/// Vite's development server. Dropped, it ends.
struct Vite {
    process: Child,
    url: String,
}

impl Vite {
    fn start(projects: &Path) -> Result<Vite, Failed> {
        let mut command = Command::new("node");
        command.arg("../node_modules/vite/bin/vite.js").args(["--host", "127.0.0.1", "--port", "0"]);
        command.current_dir(projects.join("vite")).env("NO_COLOR", "1").stdin(Stdio::null()).stdout(Stdio::piped());
        let mut process = command.spawn()?;
        let lines = BufReader::new(process.stdout.take().ok_or("no output")?).lines();
        let (told, hears) = mpsc::channel();
        // Reads on until the server ends: it must not wait for a reader.
        thread::spawn(move || {
            for line in lines.map_while(Result::ok) {
                if let Some((_, url)) = line.split_once("Local:") {
                    // Nobody waits any more after the time.
                    let _ = told.send(url.trim().to_owned());
                }
            }
        });
        let mut server = Vite { process, url: String::new() };
        server.url = hears.recv_timeout(LISTEN).map_err(|_| "Vite does not listen")?;
        Ok(server)
    }
}

impl Drop for Vite {
    fn drop(&mut self) {
        // One that has ended by itself cannot be killed.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

/// The package's types, as a project in TypeScript has them.
fn types() -> Tested {
    with_projects(|projects| {
        let mut tsc = Command::new("node");
        run(tsc.arg("node_modules/typescript/bin/tsc").args(["--project", "vite"]).current_dir(projects))?;
        Ok(Completion::Completed)
    })
}

/// What publint has against the package.
fn publint() -> Tested {
    with_projects(|projects| {
        let mut publint = Command::new("node");
        publint.arg(projects.join("node_modules/publint/src/cli.js")).args(["--strict", "node_modules/raddle-web"]);
        run(publint.current_dir(projects))?;
        Ok(Completion::Completed)
    })
}

/// The files that are published are those that are meant to be.
fn what_is_packed() -> Tested {
    with_projects(|projects| {
        let listed = run(npm(projects, &["pack", "--dry-run", "--json"]).arg(package()))?;
        let listed: Value = serde_json::from_str(&listed)?;
        let packed = listed.get(0).or_else(|| listed.get("raddle-web")).ok_or("npm lists nothing")?;
        let names: Vec<_> = packed["files"].as_array().ok_or("no files")?.iter().map(|file| &file["path"]).collect();
        let mut expected =
            ["LICENSE-APACHE", "LICENSE-MIT", "README.md", "index.d.ts", "index.js", "names.d.ts"].to_vec();
        expected.extend(["package.json", "raddle_web.js", "raddle_web_bg.wasm", "worker.d.ts", "worker.js"]);
        let mut names: Vec<_> = names.into_iter().filter_map(Value::as_str).collect();
        names.sort_unstable();
        println!("raddle-web: {} bytes packed, {} unpacked", packed["size"], packed["unpackedSize"]);
        if names == expected { Ok(Completion::Completed) } else { Err(format!("packed: {names:?}").into()) }
    })
}
