//! The table as it is printed.

use crate::row::{Figures, Row, Target, Unit};

pub(crate) fn header() {
    println!(
        "{:<66} {:>11} {:>11} {:>7}  {:<16} {:>8}",
        "(medians; a ratio is raddle / reference)", "raddle", "reference", "ratio", "from .. to", "target"
    );
}

/// Prints a row, and says whether its target is met.
pub(crate) fn line(row: &Row, figures: &Figures) -> bool {
    let ratio = figures.ratio();
    let is_met = row.target.is_met(ratio.median);
    let mark = match row.target {
        Target::Any => "",
        _ if is_met => "met",
        _ => "MISSED",
    };
    println!(
        "{:<66} {:>11} {:>11} {:>7}  {:<16} {:>8} {mark}",
        row.name,
        show(figures.unit, figures.spread(|round| round.raddle).median),
        show(figures.unit, figures.spread(|round| round.reference).median),
        number(ratio.median),
        format!("{} .. {}", number(ratio.least), number(ratio.most)),
        match row.target {
            Target::AtMost(bound) => format!("<= {bound}"),
            Target::AtLeast(bound) => format!(">= {bound}"),
            Target::Any => String::new(),
        }
    );
    is_met
}

pub(crate) fn skipped(row: &Row, reason: &str) {
    println!("{:<66} skipped: {reason}", row.name);
}

pub(crate) fn footer(missed: u32) {
    match missed {
        0 => println!("Every target is met."),
        _ => println!("{missed} targets are missed."),
    }
}

fn number(ratio: f64) -> String {
    if ratio < 10.0 { format!("{ratio:.2}") } else { format!("{ratio:.0}") }
}

fn show(unit: Unit, value: f64) -> String {
    match unit {
        Unit::Seconds if value < 1e-6 => format!("{:.1}ns", value * 1e9),
        Unit::Seconds => format!("{:.2?}", std::time::Duration::from_secs_f64(value)),
        Unit::Bytes => format!("{:.1} KiB", value / 1024.0),
        Unit::BytesPerSecond => format!("{:.0} MB/s", value / 1e6),
    }
}
