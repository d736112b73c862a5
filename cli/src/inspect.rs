//! `raddle inspect`

use std::{io, path::Path};

use crate::{
    args::Inspect,
    error::{Error, IoResultExt},
    input, output,
};

/// Tells what a module is.
pub(crate) fn run(args: &Inspect) -> Result<(), Error> {
    let bytes = input::read(&args.module)?;
    let inspection =
        raddle_threadify::inspect(&bytes).map_err(|source| Error::Module { path: args.module.clone(), source })?;
    let text = if args.json {
        let json = serde_json::to_string_pretty(&inspection).map_err(io::Error::other);
        json.during("write", Path::new("the inspection"))?
    } else {
        inspection.to_string()
    };
    output::print(format!("{}\n", text.trim_end()).as_bytes())
}
