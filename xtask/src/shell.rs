//! Runs programs, and shows which.

use std::{
    fmt,
    io::{self, BufRead, BufReader, IsTerminal, Read},
    path::Path,
    process::{Command, ExitStatus, Stdio},
    thread,
};

/// Why a command of xtask failed, in words.
#[derive(Debug)]
pub(crate) struct Error(String);

/// The result of a command of xtask.
pub(crate) type Result<T = ()> = std::result::Result<T, Error>;

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl<T: Into<String>> From<T> for Error {
    fn from(text: T) -> Error {
        Error(text.into())
    }
}

/// Says of an error what it happened to.
pub(crate) trait Context<T> {
    fn context(self, what: impl fmt::Display) -> Result<T>;
}

impl<T, E: fmt::Display> Context<T> for std::result::Result<T, E> {
    fn context(self, what: impl fmt::Display) -> Result<T> {
        self.map_err(|error| Error(format!("{what}: {error}")))
    }
}

/// Makes the workspace's root the current directory: all paths in xtask are relative to it.
pub(crate) fn enter_root() -> Result {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    std::env::set_current_dir(&root).context(root.display())
}

/// A command, from its words.
pub(crate) fn command(words: &[&str]) -> Command {
    let (program, args) = words.split_first().expect("a command has a name");
    let mut command = Command::new(program);
    command.args(args);
    command
}

/// cargo, as it was called.
pub(crate) fn cargo(args: &[&str]) -> Command {
    // The variable is set where cargo runs us. The toolchain is the user's choice, and cargo hands it on.
    let mut command = Command::new(std::env::var_os("CARGO").unwrap_or("cargo".into()));
    command.args(args);
    command
}

/// Runs a command, which must succeed.
pub(crate) fn run(mut command: Command) -> Result {
    let shown = show(&command);
    let status = command.status().context(&shown)?;
    succeeded(status, &shown)
}

/// Runs a command and hands on what it prints, line by line, while it is shown: to standard output, and to standard
/// error unless that is a terminal, on which it may show progress. Whether it succeeded is the result.
pub(crate) fn run_reading(mut command: Command, stdout: impl FnMut(&str), stderr: impl FnMut(&str) + Send) -> Result {
    let shown = show(&command);
    if !io::stderr().is_terminal() {
        command.stderr(Stdio::piped());
    }
    let mut child = command.stdout(Stdio::piped()).spawn().context(&shown)?;
    let (out, err) = (child.stdout.take(), child.stderr.take());
    thread::scope(|scope| {
        scope.spawn(|| read(err, stderr, |text| eprintln!("{text}")));
        read(out, stdout, |text| println!("{text}"));
    });
    succeeded(child.wait().context(&shown)?, &shown)
}

/// Shows lines and hands them on, until there are no more.
fn read(stream: Option<impl Read>, mut line: impl FnMut(&str), show: impl Fn(&str)) {
    let lines = stream.into_iter().flat_map(|stream| BufReader::new(stream).split(b'\n').map_while(io::Result::ok));
    for bytes in lines {
        let text = String::from_utf8_lossy(&bytes);
        show(&text);
        line(&text);
    }
}

/// What a command prints to standard output, if it runs and succeeds. Nothing is shown.
pub(crate) fn query(words: &[&str]) -> Option<String> {
    let output = command(words).stderr(Stdio::null()).output().ok()?;
    output.status.success().then(|| String::from_utf8_lossy(&output.stdout).into_owned())
}

/// Begins a part of the work.
pub(crate) fn heading(what: &str) {
    eprintln!("\n=== {what}");
}

/// Says that something is not done, why, and what would make it so.
pub(crate) fn skip(what: &str, hint: &str) {
    eprintln!("--- skipped: {what}: {hint}");
}

/// Turns an exit status into a result.
pub(crate) fn succeeded(status: ExitStatus, shown: &str) -> Result {
    if status.success() { Ok(()) } else { Err(format!("`{shown}` failed: {status}").into()) }
}

/// Shows a command as one would type it.
pub(crate) fn show(command: &Command) -> String {
    let program = Path::new(command.get_program()).file_name().unwrap_or(command.get_program());
    let words = std::iter::once(program).chain(command.get_args()).map(|word| word.to_string_lossy());
    let line = words.collect::<Vec<_>>().join(" ");
    eprintln!("$ {line}");
    line
}
