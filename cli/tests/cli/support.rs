//! Runs `raddle` in a directory of its own.

use std::{
    ffi::OsStr,
    fs,
    path::{Path, PathBuf},
    process::{Command, Output},
    thread,
    time::{Duration, Instant},
};

use tempfile::TempDir;

/// A directory that goes with the test.
pub(crate) struct Scratch(TempDir);

/// What a run of the command did.
#[derive(Debug)]
pub(crate) struct Ran {
    /// The exit status; a signal fails the test.
    pub(crate) status: i32,
    /// Standard output.
    pub(crate) stdout: String,
    /// Standard error.
    pub(crate) stderr: String,
}

impl Scratch {
    pub(crate) fn new() -> Scratch {
        Scratch(TempDir::new().unwrap())
    }

    /// The path of a file in it, there or not.
    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    /// Writes a file.
    pub(crate) fn file(&self, name: &str, content: impl AsRef<[u8]>) -> PathBuf {
        let path = self.path(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(&path, content).unwrap();
        path
    }

    /// Writes a module, from its text.
    pub(crate) fn module(&self, text: &str) -> PathBuf {
        self.file("module.wasm", wat::parse_str(text).unwrap())
    }

    /// The names of what is in it.
    pub(crate) fn names(&self) -> Vec<String> {
        let mut names: Vec<_> = fs::read_dir(self.0.path())
            .unwrap()
            .map(|entry| entry.unwrap().file_name().into_string().unwrap())
            .collect();
        names.sort();
        names
    }

    /// The command, in this directory.
    pub(crate) fn command<S: AsRef<OsStr>>(&self, args: &[S]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_raddle"));
        command.current_dir(self.0.path()).args(args);
        command
    }

    /// The command, in this directory, started by a shell that has executed another command before.
    #[cfg(unix)]
    pub(crate) fn shell<S: AsRef<OsStr>>(&self, before: &str, args: &[S]) -> Command {
        let mut command = Command::new("sh");
        command.current_dir(self.0.path()).args(["-c", &format!("{before} && exec \"$@\""), "sh"]);
        command.arg(env!("CARGO_BIN_EXE_raddle")).args(args);
        command
    }

    /// Runs the command to its end.
    pub(crate) fn raddle<S: AsRef<OsStr>>(&self, args: &[S]) -> Ran {
        self.command(args).output().unwrap().into()
    }
}

impl From<Output> for Ran {
    fn from(output: Output) -> Ran {
        let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
        let (stdout, stderr) = (text(output.stdout), text(output.stderr));
        let status = output.status.code().unwrap_or_else(|| panic!("{}\n{stderr}", output.status));
        Ran { status, stdout, stderr }
    }
}

impl Ran {
    /// Checks the exit status, and that standard error says all of this.
    #[track_caller]
    pub(crate) fn assert(self, status: i32, says: &[&str]) -> Ran {
        assert_eq!(self.status, status, "{self:#?}");
        for words in says {
            assert!(self.stderr.contains(words), "no {words:?} in:\n{}", self.stderr);
        }
        self
    }

    /// Checks what the program wrote to standard output.
    #[track_caller]
    pub(crate) fn assert_stdout(self, expected: &str) -> Ran {
        assert_eq!(self.stdout, expected);
        self
    }
}

/// Waits until something is so.
#[track_caller]
pub(crate) fn until(what: &str, mut is_so: impl FnMut() -> bool) {
    let begun = Instant::now();
    while !is_so() {
        assert!(begun.elapsed() < Duration::from_secs(60), "in vain: {what}");
        thread::yield_now();
    }
}

/// A file as JSON.
#[track_caller]
pub(crate) fn json(path: &Path) -> serde_json::Value {
    serde_json::from_slice(&fs::read(path).unwrap()).unwrap()
}

/// The option that gives an entry these arguments; nothing when there are none.
pub(crate) fn entry_args_option(args: &[&str]) -> Option<String> {
    (!args.is_empty()).then(|| format!("--entry-args={}", args.join(",")))
}
