//! `raddle threadify`

use std::path::Path;

use raddle_threadify::{Options, Threadified};

use crate::{args::Threadify, error::Error, input, output::Destination};

/// Rewrites a module, and tells on standard error what was done.
pub(crate) fn run(args: &Threadify) -> Result<(), Error> {
    let input = input::read(&args.input)?;
    let destination = Destination::open(&args.output)?;
    let threadified = bytes(&args.input, &input, args.stack_check)?;
    destination.commit(&threadified.wasm)?;
    raddle_command::say(format_args!("{}", threadified.report), None);
    Ok(())
}

/// The rewritten module that `path` names.
pub(crate) fn bytes(path: &Path, input: &[u8], stack_check: bool) -> Result<Threadified, Error> {
    let mut options = Options::default();
    options.stack_check = stack_check;
    raddle_threadify::threadify(input, &options).map_err(|source| Error::Module { path: path.into(), source })
}
