//! `cargo bench`: what threads cost, as one table of ratios.
//!
//! Machines are noisy and differ, so each figure stands beside a reference that was measured in turn with it, in the
//! same run, and the ratio of the two is what counts. Arguments choose rows by a part of their names:
//! `cargo bench -- wake`.
//!
//! [`row`] says what a row is, [`table`] prints it, [`timing`] takes the pairs; [`guest`] has the wasm side's tools,
//! [`native`] those of the other side, [`raw`] runs modules on the bare engine, [`programs`] builds real ones. The
//! measurements are in [`rows`], a file for each theme.

mod guest;
mod native;
mod programs;
mod raw;
mod row;
mod rows;
mod table;
mod timing;

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    if let [flag, count] = arguments.as_slice()
        && flag == rows::crowd::MEMORY_OF
    {
        return rows::crowd::print_memory(count.parse().expect("a number of threads"));
    }
    // cargo passes flags of its own along.
    let wanted: Vec<&String> = arguments.iter().filter(|argument| !argument.starts_with('-')).collect();
    let is_wanted = |name: &str| wanted.is_empty() || wanted.iter().any(|&part| name.contains(part.as_str()));
    table::header();
    let mut missed = 0;
    for group in rows::ALL {
        for row in group.iter().filter(|row| is_wanted(row.name)) {
            match (row.measure)() {
                Ok(figures) => missed += u32::from(!table::line(row, &figures)),
                Err(reason) => table::skipped(row, &reason),
            }
        }
    }
    table::footer(missed);
}
