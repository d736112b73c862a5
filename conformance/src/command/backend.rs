//! Finds the selected backend: built in, a separate program, or any command.

use std::{env, ffi::OsString, path::PathBuf, sync::Arc};

use super::{
    Failure, Program,
    args::{Browser, On},
};
use crate::{Adapter, CommandAdapter, protocol, status};

/// The adapter of the selected backend.
pub(super) fn choose(args: &On, program: &Program<'_>) -> Result<Arc<dyn Adapter>, Failure> {
    let built_in = program.backends.iter().find(|backend| backend.name == args.backend && args.adapter.is_none());
    if let Some(backend) = built_in.filter(|backend| backend.isolates) {
        return Ok((backend.adapter)(&args.browser)?);
    }
    let words = match &args.adapter {
        Some(command) => words(command)?,
        None => words_of_backend(&args.backend, program)?,
    };
    let mut words = words.into_iter();
    let command = words.next().ok_or_else(|| Failure::Words("it is empty".into()))?;
    Ok(Arc::new(CommandAdapter::new(command, words)?))
}

fn words(command: &str) -> Result<Vec<OsString>, Failure> {
    let words = shlex::split(command).ok_or_else(|| Failure::Words(format!("a quote is not closed: {command}")))?;
    Ok(words.into_iter().map(Into::into).collect())
}

fn words_of_backend(name: &str, program: &Program<'_>) -> Result<Vec<OsString>, Failure> {
    if program.backends.iter().any(|backend| backend.name == name) {
        let prefix = program.prefix.iter().copied();
        let args = prefix.chain(["adapter", name]).map(Into::into);
        return Ok([env::current_exe()?.into()].into_iter().chain(args).collect());
    }
    let found = find(name).ok_or_else(|| Failure::Backend {
        name: name.into(),
        known: program.backends.iter().map(|backend| backend.name).collect(),
    })?;
    Ok(vec![found.into()])
}

/// The program `conform-NAME`: beside this one, or on the PATH.
fn find(name: &str) -> Option<PathBuf> {
    let file = format!("conform-{name}{}", env::consts::EXE_SUFFIX);
    let beside = env::current_exe().ok().and_then(|path| path.parent().map(Into::into));
    let on_path = env::var_os("PATH").map(|path| env::split_paths(&path).collect::<Vec<_>>()).unwrap_or_default();
    beside.into_iter().chain(on_path).map(|folder: PathBuf| folder.join(&file)).find(|path| path.is_file())
}

/// Acts as the adapter of a built-in backend until standard input ends.
pub(super) fn serve(name: &str, browser: &Browser, program: &Program<'_>) -> Result<i32, Failure> {
    let backend = program.backends.iter().find(|backend| backend.name == name);
    let backend = backend.ok_or_else(|| Failure::Backend {
        name: name.into(),
        known: program.backends.iter().map(|backend| backend.name).collect(),
    })?;
    let adapter = (backend.adapter)(browser)?;
    let served = protocol::serve(Arc::clone(&adapter));
    // What still runs has nobody to tell of it.
    adapter.stop();
    served?;
    Ok(status::GOOD)
}
