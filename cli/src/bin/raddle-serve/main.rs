//! `raddle serve`: a folder for browsers, on a server for development.
#![forbid(unsafe_code)]

use std::{
    io,
    net::{IpAddr, Ipv4Addr, SocketAddr},
    path::PathBuf,
    process,
    sync::mpsc,
};

use clap::{Parser, ValueEnum, ValueHint};
use raddle_web_server::{Server, files};

/// Serves a folder to browsers, with the headers that pages with threads need
#[derive(Debug, Parser)]
#[command(
    name = "raddle serve",
    bin_name = "raddle serve",
    version,
    max_term_width = 100,
    after_help = "The address is printed on standard output. Every answer has the headers Cross-Origin-Opener-Policy, \
Cross-Origin-Embedder-Policy and Cross-Origin-Resource-Policy, without which a browser shares no memory between threads. It is a \
server for development: nothing is encrypted, compressed or kept by the browser. Ctrl-C ends it."
)]
struct Serve {
    /// The port; 0 picks a free one
    #[arg(long, value_name = "N", default_value_t = 8080)]
    port: u16,

    /// Listen on this address, also for other machines; by default only this machine is answered
    #[arg(long, value_name = "IP", default_value_t = IpAddr::V4(Ipv4Addr::LOCALHOST))]
    address: IpAddr,

    /// Whether to open the first page in the browser
    #[arg(long, value_enum, value_name = "YES|NO", num_args = 0..=1, default_value = "no", default_missing_value = "yes")]
    open: Open,

    /// The folder
    #[arg(value_name = "DIR", value_hint = ValueHint::DirPath)]
    folder: PathBuf,
}

/// Whether something is opened.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Open {
    Yes,
    No,
}

/// Why nothing is served.
#[derive(Debug, thiserror::Error)]
enum Error {
    #[error(transparent)]
    Server(#[from] raddle_web_server::Error),
    #[error("RD0001: cannot write standard output: {0}")]
    Output(#[from] io::Error),
    #[error("RD0009: cannot take the signals that end the program: {0}")]
    Signals(io::Error),
    #[error("RD0015: cannot open {url} in a browser: {source}; leave out --open and open it by hand")]
    Open { url: String, source: io::Error },
}

fn main() {
    let status = serve(&Serve::parse()).map_or_else(
        |error| {
            // If standard error is gone, the exit status still tells.
            raddle_command::say(format_args!("raddle: error: {error}"), None);
            1
        },
        |()| 0,
    );
    process::exit(status)
}

/// Serves a folder until a signal comes.
fn serve(args: &Serve) -> Result<(), Error> {
    // Before anybody can know that it runs.
    let (signal, signalled) = mpsc::channel();
    raddle_command::on_signals(move || {
        // The second finds nobody: it has ended by then.
        let _ = signal.send(());
    })
    .map_err(Error::Signals)?;
    let server = Server::start(SocketAddr::new(args.address, args.port), files(&args.folder)?)?;
    let url = server.url();
    eprintln!("raddle: serving {} to {}; Ctrl-C ends it", args.folder.display(), whom(args));
    raddle_command::print(format!("{url}\n").as_bytes(), None)?;
    if args.open == Open::Yes {
        open::that_detached(&url).map_err(|source| Error::Open { url, source })?;
    }
    // The handler is never dropped, so this waits for a signal.
    let _ = signalled.recv();
    Ok(())
}

fn whom(args: &Serve) -> &'static str {
    if args.address.is_loopback() {
        "this machine only"
    } else {
        "other machines too (pages have no threads there: that takes HTTPS, so put a server with it in front)"
    }
}
