//! The rows, a file for each theme. Each has what the guest does, what the reference does, and how the two are held
//! together.

use crate::row::Row;

mod bystander;
mod compute;
pub(crate) mod crowd;
mod end;
mod mutex;
mod spawn;
mod threadify;
mod wake;

/// Every row, in the table's order.
pub(crate) const ALL: &[&[Row]] =
    &[spawn::ROWS, wake::ROWS, mutex::ROWS, end::ROWS, crowd::ROWS, threadify::ROWS, compute::ROWS, bystander::ROWS];
