//! Which cases a command applies to.

use super::{Failure, Program, args::Selection};
use crate::{Filter, Profile, Suite, toml_reader::nearest};

/// The selected cases; there may be none.
///
/// # Errors
/// The filter names a clause that does not exist.
pub(super) fn any(selection: &Selection, suite: &Suite) -> Result<(Filter, Profile), Failure> {
    let filter = Filter::new(&selection.filter);
    if let Some(clause) = filter.clauses().find(|clause| suite.clauses.get(clause).is_none()) {
        let nearest = nearest(clause, suite.clauses.iter().map(|clause| clause.id.as_str())).map(Into::into);
        return Err(Failure::Clause { clause: clause.into(), nearest });
    }
    Ok((filter, selection.profile.into()))
}

/// The selected cases, at least one: a run of none would report success.
///
/// # Errors
/// There is no such clause, or no such case.
pub(super) fn some(selection: &Selection, suite: &Suite, program: &Program<'_>) -> Result<(Filter, Profile), Failure> {
    let (filter, profile) = any(selection, suite)?;
    if suite.has(&filter, profile) {
        return Ok((filter, profile));
    }
    let folder = selection.cases.as_ref().map(|folder| folder.display().to_string());
    if let Some(folder) = folder.clone().filter(|_| suite.cases.is_empty() && suite.broken.is_empty()) {
        return Err(Failure::EmptyFolder(folder));
    }
    let name = profile.name();
    let what = match selection.filter.join(", ") {
        patterns if patterns.is_empty() => format!("is of the profile {name}"),
        patterns => format!("matches --filter {patterns} (profile {name})"),
    };
    let folder = folder.map_or(String::new(), |folder| format!(" --cases {folder}"));
    let of_profile = if profile == Profile::Full { String::new() } else { format!(" --profile {name}") };
    Err(Failure::NoCase { what, list: format!("{} list{folder}{of_profile}", program.name) })
}
