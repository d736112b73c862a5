//! The book's samples do what the book says.

use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
    sync::{Arc, Mutex},
};

use raddle_backend_native::{Outcome, Program, Runtime, TrapKind, Value};

// Each has a test that runs its `main`.
#[path = "../../backend-native/examples/embed.rs"]
mod embed;
#[path = "../../backend-native/examples/imports.rs"]
mod imports;
#[path = "../../backend-native/examples/limits.rs"]
mod limits;
#[path = "../../backend-native/examples/notifier.rs"]
mod notifier;
#[path = "../../backend-native/examples/saved.rs"]
mod saved;

/// Programs in C, as the first chapter builds and runs them.
mod c {
    use super::*;

    /// The newest tool of LLVM that is installed, under its plain name or with a version.
    fn tool(name: &str) -> Option<PathBuf> {
        let folders: Vec<_> = std::env::split_paths(&std::env::var_os("PATH")?).collect();
        let names = (13..=40).rev().map(|version| format!("{name}-{version}")).chain([name.to_owned()]);
        names.into_iter().find_map(|name| folders.iter().map(|folder| folder.join(&name)).find(|path| path.is_file()))
    }

    /// The command of the chapter that begins like this, as words without the tool's name.
    fn command(tool: &str) -> Vec<String> {
        let page = fs::read_to_string(root().join("docs/src/first-program.md")).unwrap();
        let start = page.find(&format!("$ {tool} ")).unwrap_or_else(|| panic!("no {tool} in the chapter"));
        let lines = page[start..].split_inclusive('\n');
        let mut text = String::new();
        for line in lines {
            let (line, goes_on) = line.trim_end().strip_suffix('\\').map_or((line, false), |line| (line, true));
            text.push_str(line);
            text.push(' ');
            if !goes_on {
                break;
            }
        }
        text.split_whitespace().skip(2).map(Into::into).collect()
    }

    /// Builds a sample by the chapter's commands and runs it. `None` where there is no compiler for it.
    fn run(name: &str) -> Option<(Outcome, String)> {
        let (Some(clang), Some(wasm_ld)) = (tool("clang"), tool("wasm-ld")) else {
            println!("skipped: C programs need clang and wasm-ld on the PATH");
            return None;
        };
        let folder = tempfile::tempdir().unwrap();
        for (tool, tool_name) in [(clang, "clang"), (wasm_ld, "wasm-ld")] {
            let words = command(tool_name).into_iter().map(|word| match word.as_str() {
                "-Iguest/include" => format!("-I{}", root().join("guest/include").display()),
                "docs/samples/c/first.c" => root().join("docs/samples/c").join(name).display().to_string(),
                _ => word,
            });
            let output = Command::new(&tool).args(words).current_dir(&folder).output().unwrap();
            assert!(output.status.success(), "{}: {}", tool.display(), String::from_utf8_lossy(&output.stderr));
        }
        let wasm = fs::read(folder.path().join("first.wasm")).unwrap();
        let program = Program::new(&Runtime::new().unwrap(), &wasm).unwrap();
        let stdout = Buffer::default();
        let outcome = program.process().stdout(stdout.clone()).run().unwrap();
        Some((outcome, stdout.text()))
    }

    #[test]
    fn the_first_program_adds_up() {
        let Some((outcome, stdout)) = run("first.c") else { return };
        assert_eq!(outcome, Outcome::Returned(vec![Value::I32(0)]));
        let page = fs::read_to_string(root().join("docs/src/first-program.md")).unwrap();
        assert!(!stdout.is_empty() && page.contains(&stdout), "the chapter does not say {stdout}");
    }

    #[test]
    fn the_trap_is_where_the_chapter_says() {
        let Some((outcome, _)) = run("traps.c") else { return };
        let Outcome::Trapped { thread, trap } = outcome else { panic!("{outcome:?}") };
        assert_eq!((thread.name.as_str(), trap.kind), ("weaver", TrapKind::DivisionByZero));
        let page = fs::read_to_string(root().join("docs/src/first-program.md")).unwrap();
        for frame in &trap.backtrace[..2] {
            let (function, line) = (frame.function.as_deref().unwrap(), frame.line.unwrap());
            assert!(page.contains(&format!(": {function}\n             at docs/samples/c/traps.c:{line}:")), "{frame}");
        }
    }
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

/// A stream that the test reads.
#[derive(Debug, Clone, Default)]
struct Buffer(Arc<Mutex<Vec<u8>>>);

impl Buffer {
    fn text(&self) -> String {
        String::from_utf8(self.0.lock().unwrap().clone()).unwrap()
    }
}

impl std::io::Write for Buffer {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.lock().unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}
