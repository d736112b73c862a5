//! The module that `raddle run` runs, and what follows it: the program's own arguments, whatever they look like.

use std::{
    ffi::{OsStr, OsString},
    path::PathBuf,
};

use clap::{Arg, ArgAction, ArgMatches, Args, Command, Error, FromArgMatches, ValueHint, error::ErrorKind};

/// A module, and its program's arguments.
#[derive(Debug, Clone)]
pub(crate) struct ProgramArgs {
    pub(crate) module: PathBuf,
    pub(crate) args: Vec<OsString>,
}

/// Both are one list to clap: from its first value on nothing is an option. As a list of its own, the arguments would
/// begin only with the first that no option of ours is called.
const LIST: &str = "program";

impl Args for ProgramArgs {
    fn augment_args(command: Command) -> Command {
        let list = Arg::new(LIST)
            .value_names(["MODULE", "ARGUMENTS"])
            .help("The module, and all that follows it: the program's own arguments")
            .value_parser(clap::value_parser!(OsString))
            .value_hint(ValueHint::FilePath)
            .action(ArgAction::Append)
            .num_args(1..)
            .required(true)
            .trailing_var_arg(true)
            .allow_hyphen_values(true);
        command.arg(list)
    }

    fn augment_args_for_update(command: Command) -> Command {
        ProgramArgs::augment_args(command)
    }
}

impl FromArgMatches for ProgramArgs {
    fn from_arg_matches(matches: &ArgMatches) -> Result<ProgramArgs, Error> {
        let mut list = matches.get_many::<OsString>(LIST).into_iter().flatten().cloned();
        let module = list.next().unwrap_or_default();
        if is_option(&module) {
            let message = format!("unexpected argument '{}' found\n", module.display());
            return Err(Error::raw(ErrorKind::UnknownArgument, message));
        }
        Ok(ProgramArgs { module: module.into(), args: list.collect() })
    }

    fn update_from_arg_matches(&mut self, matches: &ArgMatches) -> Result<(), Error> {
        *self = ProgramArgs::from_arg_matches(matches)?;
        Ok(())
    }
}

/// Whether somebody means an option of ours, one that there is not; `-` alone is a file.
fn is_option(text: &OsStr) -> bool {
    text.len() > 1 && text.as_encoded_bytes().starts_with(b"-")
}
