//! The options of the limits, made of [their table](Limits::TABLE): whatever is declared there is an option.

use std::time::Duration;

use clap::{Arg, ArgMatches, Args, Command, FromArgMatches, value_parser};
use raddle_runtime_api::{LimitInfo, LimitKind, Limits};

use super::{duration, size};

/// Other names of options: those that users of other runtimes know.
const ALIASES: [(&str, &str); 1] = [("time_limit", "timeout")];

/// What a program may use.
#[derive(Debug, Clone, Copy)]
pub(crate) struct LimitArgs(pub(crate) Limits);

impl Args for LimitArgs {
    fn augment_args(command: Command) -> Command {
        Limits::TABLE.iter().fold(command, |command, limit| command.arg(option(limit)))
    }

    fn augment_args_for_update(command: Command) -> Command {
        Self::augment_args(command)
    }
}

impl FromArgMatches for LimitArgs {
    fn from_arg_matches(matches: &ArgMatches) -> Result<LimitArgs, clap::Error> {
        let mut limits = LimitArgs(Limits::default());
        limits.update_from_arg_matches(matches)?;
        Ok(limits)
    }

    fn update_from_arg_matches(&mut self, matches: &ArgMatches) -> Result<(), clap::Error> {
        for limit in Limits::TABLE {
            if let Some(number) = matches.get_one::<u64>(limit.name) {
                limit.set(&mut self.0, Some(*number));
            }
        }
        Ok(())
    }
}

fn option(limit: &LimitInfo) -> Arg {
    let arg = Arg::new(limit.name).long(limit.option()).help(help(limit));
    let arg = match limit.kind {
        LimitKind::Count => arg.value_name("N").value_parser(value_parser!(u64).range(..=u64::from(u32::MAX))),
        LimitKind::Bytes => arg.value_name("SIZE").value_parser(size::parse),
        _ => arg.value_name("DURATION").value_parser(|text: &str| duration::parse(text).map(nanoseconds)),
    };
    match ALIASES.iter().find(|(name, _)| *name == limit.name) {
        Some((_, alias)) => arg.visible_alias(*alias),
        None => arg,
    }
}

/// What an option does, as the others say it: without a full stop.
fn help(limit: &LimitInfo) -> String {
    format!("{} [default: {}]", limit.summary().trim_end_matches('.'), limit.default)
}

fn nanoseconds(duration: Duration) -> u64 {
    u64::try_from(duration.as_nanos()).unwrap_or(u64::MAX)
}
