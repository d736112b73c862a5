//! `cargo bench -p raddle-backend-native`: what threads cost, as ratios of figures that were taken in turn in one run. Machines are
//! noisy, so each figure is the median of rounds that alternate between the two sides.
//!
//! Arguments choose rows by a part of their names: `cargo bench -p raddle-backend-native -- wake`.

mod guests;
mod native;
mod rows;
mod timing;

fn main() {
    // cargo passes its own flags along.
    let wanted: Vec<String> = std::env::args().skip(1).filter(|argument| !argument.starts_with('-')).collect();
    println!("{:<46} {:>12} {:>12} {:>7}", "", "raddle", "reference", "ratio");
    for row in rows::ALL {
        if wanted.is_empty() || wanted.iter().any(|part| row.name.contains(part.as_str())) {
            let (ours, reference) = (row.measure)();
            let ratio = ours.as_secs_f64() / reference.as_secs_f64();
            println!("{:<46} {:>12} {:>12} {ratio:>7.2}", row.name, show(ours), show(reference));
        }
    }
}

fn show(time: std::time::Duration) -> String {
    format!("{time:.2?}")
}
