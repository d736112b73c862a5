//! `conform diff`

use super::{Failure, args::Diff, print};
use crate::{Comparison, Report, status};

pub(super) fn diff(args: &Diff) -> Result<i32, Failure> {
    let comparison = Comparison::new(&Report::read(&args.old)?, &Report::read(&args.new)?);
    print(&comparison.to_string())?;
    Ok(if comparison.is_worse() { status::FAILURE } else { status::GOOD })
}
