//! `conform serve`

use std::sync::mpsc;

use super::{Failure, Pages, Program, args::Serve, print, run::read_known, selection, signals::on_signals, suite};
use crate::status;

/// Serves the suite as a page until a signal comes.
pub(super) fn serve(args: &Serve, program: &Program<'_>) -> Result<i32, Failure> {
    let pages = program.pages.ok_or(Failure::Pages)?;
    let mut suite = suite(args.selection.cases.as_deref())?;
    let known = args.expectations.as_ref().map(|path| read_known(path, &suite)).transpose()?;
    let (filter, profile) = selection::some(&args.selection, &suite, program)?;
    suite.keep(&filter, profile);
    // Before anybody can know that it runs.
    let (signal, signalled) = mpsc::channel();
    on_signals(move || {
        // The second finds nobody: it has ended by then.
        let _ = signal.send(());
    })
    .map_err(Failure::Signals)?;
    let package = args.package.clone();
    let served = pages(Pages { suite, known, package, port: args.port, timeout_scale: args.timeout_scale })
        .map_err(Failure::Served)?;
    eprintln!("the suite is at the address below, for any browser on this machine; Ctrl-C stops it");
    print(&format!("{}\n", served.url))?;
    // The handler is never dropped, so this waits for a signal.
    let _ = signalled.recv();
    drop(served);
    Ok(status::GOOD)
}
