//! `raddle conform`: the conformance suite's own command, with the native backend and browsers built in.
#![forbid(unsafe_code)]

use std::{process, sync::Arc};

use clap::Parser;
use raddle_conformance::{
    Adapter, AdapterError,
    command::{Args, Backend, Browser, Pages, Program, Served, execute},
};
use raddle_conformance_native::NativeAdapter;
use raddle_conformance_web::{
    BrowserAdapter, Kind, Options,
    by_hand::{ByHand, Settings},
};

/// Runs the conformance suite on a backend
#[derive(Debug, Parser)]
#[command(
    name = "raddle conform",
    bin_name = "raddle conform",
    version,
    max_term_width = 100,
    disable_help_subcommand = true
)]
struct Cli {
    #[command(flatten)]
    args: Args,
}

fn main() {
    let backends = [
        Backend { name: "native", adapter: native, isolates: false },
        Backend { name: Kind::Chromium.name(), adapter: chromium, isolates: true },
        Backend { name: Kind::Firefox.name(), adapter: firefox, isolates: true },
    ];
    let program = Program { prefix: &[], backends: &backends, pages: Some(pages), name: "raddle conform" };
    process::exit(execute(&Cli::parse().args, &program))
}

fn native(_: &Browser) -> Result<Arc<dyn Adapter>, AdapterError> {
    Ok(Arc::new(NativeAdapter::new()?))
}

fn chromium(browser: &Browser) -> Result<Arc<dyn Adapter>, AdapterError> {
    Ok(Arc::new(BrowserAdapter::new(Kind::Chromium, options(browser)?)?))
}

fn firefox(browser: &Browser) -> Result<Arc<dyn Adapter>, AdapterError> {
    Ok(Arc::new(BrowserAdapter::new(Kind::Firefox, options(browser)?)?))
}

fn pages(pages: Pages) -> Result<Served, AdapterError> {
    let Pages { suite, known, package, port, timeout_scale, .. } = pages;
    let server = ByHand::start(Settings { suite, package, port, timeout_scale, known })?;
    Ok(Served { url: server.url(), server: Box::new(server) })
}

fn options(browser: &Browser) -> Result<Options, AdapterError> {
    let mut options = Options::new().words(browser.browser_args.as_deref().unwrap_or_default())?;
    options.package.clone_from(&browser.package);
    options.browser.clone_from(&browser.browser);
    options.driver.clone_from(&browser.driver);
    options.window = browser.window;
    Ok(options)
}
