//! `cargo xtask bench`: how much faster the renderer is on more threads.

use std::{fs, path::Path};

use crate::{
    programs,
    shell::{self, Context, Result},
};

/// How often each number of threads is timed; the fastest counts, as everything else on the machine only slows down.
const ROUNDS: u32 = 5;

/// The size of the image in pixels: a few seconds on one thread.
const SIZE: [&str; 2] = ["800", "500"];

/// Renders the image on 1, 2, 4 ... threads, up to the machine's cores, and prints a line for each.
pub(crate) fn run() -> Result {
    shell::run(shell::cargo(&["build", "--release", "--package", "raddle"]))?;
    let report = std::env::temp_dir().join(format!("raddle-bench-{}.json", std::process::id()));
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    let counts = std::iter::successors(Some(1), |threads| Some(threads * 2)).take_while(|&threads| threads <= cores);
    let mut alone = None;
    println!("threads   milliseconds   of one thread's time");
    for threads in counts {
        let times: Result<Vec<f64>> = (0..ROUNDS).map(|_| render(threads, &report)).collect();
        let best = times?.into_iter().fold(f64::INFINITY, f64::min);
        let alone = *alone.get_or_insert(best);
        println!("{threads:7}   {best:12.0}   {:20.2}", best / alone);
    }
    fs::remove_file(&report).context(report.display())
}

/// Renders once and returns how long the program ran, in milliseconds.
fn render(threads: usize, report: &Path) -> Result<f64> {
    let module = programs::prebuilt("renderer");
    let mut cargo = shell::cargo(&["run", "--quiet", "--release", "--package", "raddle", "--", "run", "--report"]);
    cargo.arg(report).args(["--invoke", "render"]).arg(module).arg(threads.to_string()).args(SIZE);
    let output = cargo.output().context("raddle run")?;
    shell::succeeded(output.status, "raddle run")?;
    elapsed(&fs::read_to_string(report).context(report.display())?)
}

/// The field of a report that says how long the program ran.
fn elapsed(report: &str) -> Result<f64> {
    let (_, value) = report.split_once("\"elapsed_ms\":").ok_or("the report has no elapsed_ms")?;
    let number = value.trim_start().split([',', '}', '\n']).next().unwrap_or_default();
    number.trim().parse().context("elapsed_ms")
}

#[cfg(test)]
mod tests {
    use super::elapsed;

    #[test]
    fn the_time_is_found_in_a_report() {
        assert_eq!(elapsed("{\n  \"version\": 1,\n  \"elapsed_ms\": 12.5\n}\n").unwrap(), 12.5);
        assert_eq!(elapsed("{\"elapsed_ms\":3,\"version\":1}").unwrap(), 3.0);
        assert!(elapsed("{}").is_err());
    }
}
