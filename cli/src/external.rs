//! The commands that are separate programs: `raddle conform` starts `raddle-conform`, `raddle serve` starts
//! `raddle-serve`. They need browser drivers and an HTTP server, which take longer to build than all of `raddle`.

use std::{env, io, path::PathBuf, process};

use crate::{args::External, error::Error};

/// Runs that program and returns its exit status, unless it replaces this process.
///
/// # Errors
/// If there is no such program, or it does not start.
pub(crate) fn run(name: &'static str, args: &External) -> Result<i32, Error> {
    let program = find(name).ok_or(Error::NoProgram { name })?;
    let mut command = process::Command::new(&program);
    command.args(&args.args);
    start(command).map_err(|source| Error::Start { path: program, source })
}

/// The program `raddle-NAME`: beside this one, or on the PATH.
fn find(name: &str) -> Option<PathBuf> {
    let file = format!("raddle-{name}{}", env::consts::EXE_SUFFIX);
    let beside = env::current_exe().ok().and_then(|path| path.parent().map(Into::into));
    let on_path = env::var_os("PATH").map(|path| env::split_paths(&path).collect::<Vec<_>>()).unwrap_or_default();
    beside.into_iter().chain(on_path).map(|folder: PathBuf| folder.join(&file)).find(|path| path.is_file())
}

/// Replaces this process, so that signals and the exit status are that program's.
#[cfg(unix)]
fn start(mut command: process::Command) -> io::Result<i32> {
    use std::os::unix::process::CommandExt;
    Err(command.exec())
}

#[cfg(not(unix))]
fn start(mut command: process::Command) -> io::Result<i32> {
    // Ctrl-C goes to both; that program decides what comes of it. If there is a handler already, so much the better.
    let _ = ctrlc::set_handler(|| {});
    Ok(command.status()?.code().unwrap_or(crate::status::BAD_INPUT))
}
