//! `cargo xtask bench --web`: what threads cost in browsers, as one table of ratios for each.
//!
//! ```text
//! cargo run -p raddle-bench-web [ROW ...]   in every browser that is there, without a window; rows by a part of their names
//! cargo run -p raddle-bench-web -- --serve  for whoever wants to look at it in a browser of their own
//! ```
//!
//! The measurements are in `page/`: `rows.js` has the rows, `raddle.js` raddle's side of them, `bare.js` what it is
//! compared with, `figures.js` makes lines of rounds. `guests/` has the modules, as text. Here is only what serves them
//! and drives browsers.
#![forbid(unsafe_code)]

use std::{env, error::Error, path::Path, process::ExitCode, thread, time::Duration};

use raddle_conformance_web::{Browser, BrowserAdapter, Kind, Options};
use raddle_web_server::{
    Server,
    axum::{Router, http::header, routing::get},
    files,
};

/// How long all rows may take in a browser.
const PATIENCE: Duration = Duration::from_secs(15 * 60);

/// The table's columns, each with its width.
const COLUMNS: [(&str, usize); 7] = [
    ("(medians; a ratio is raddle / reference)", 66),
    ("raddle", 8),
    ("compared with", 33),
    ("reference", 9),
    ("ratio", 6),
    ("from .. to", 14),
    ("target", 0),
];

fn main() -> ExitCode {
    match run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("raddle-bench-web: {error}");
            ExitCode::FAILURE
        }
    }
}

fn run() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = env::args().skip(1).collect();
    let server = Server::start(([127, 0, 0, 1], 0).into(), site()?)?;
    if arguments.iter().any(|argument| argument == "--serve") {
        println!("{}", server.url());
        loop {
            // It listens until a signal ends it.
            thread::park();
        }
    }
    let url = format!("{}#{}", server.url(), arguments.join(",").replace(' ', "%20"));
    let options = Options::new().words(&env::var("RADDLE_BROWSER_ARGS").unwrap_or_default())?;
    for kind in Kind::ALL {
        match BrowserAdapter::check(kind, &options) {
            Ok(()) => measure(kind, &options, &url)?,
            Err(error) => println!("{}: skipped: {error}\n", kind.title()),
        }
    }
    Ok(())
}

/// The page, the package and the guests.
fn site() -> Result<Router, Box<dyn Error>> {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    let guest = |text: &'static str| -> Result<_, wat::Error> {
        let wasm = wat::parse_str(text)?;
        Ok(get(async || ([(header::CONTENT_TYPE, "application/wasm")], wasm)))
    };
    Ok(files(&here.join("page"))?
        .nest("/pkg", files(&here.join("../../target/web/pkg"))?)
        .route("/guests/threads.wasm", guest(include_str!("../guests/threads.wat"))?)
        .route("/guests/bare.wasm", guest(include_str!("../guests/bare.wat"))?))
}

/// Opens the page in a browser, waits until all is measured, and prints the table.
fn measure(kind: Kind, options: &Options, url: &str) -> Result<(), Box<dyn Error>> {
    let browser = Browser::launch(kind, options, PATIENCE)?;
    println!("{}", browser.engine());
    browser.open(url)?;
    let script = "
        const main = document.querySelector('main');
        await new Promise((resolve) => {
          const look = () => main.dataset.state !== 'running' && resolve();
          new MutationObserver(look).observe(main, { attributes: true });
          look();
        });
        if (main.dataset.state !== 'done') throw document.getElementById('status').textContent;
        return [...document.querySelectorAll('tbody tr')].map((row) => [...row.cells].map((cell) => cell.textContent));";
    let lines = browser.run(script, &[])?;
    line(COLUMNS.map(|(title, _)| title));
    for cells in lines.as_array().into_iter().flatten() {
        line(std::array::from_fn(|place| cells[place].as_str().unwrap_or_default()));
    }
    println!();
    Ok(())
}

fn line(cells: [&str; COLUMNS.len()]) {
    let padded = cells.iter().zip(COLUMNS).map(|(cell, (_, width))| format!("{cell:<width$}"));
    println!("{}", padded.collect::<Vec<_>>().join("  ").trim_end());
}
