//! `raddle serve`

use std::{net::SocketAddr, sync::mpsc};

use raddle_web_server::{Server, files};

use crate::{
    args::{Open, Serve},
    error::Error,
    output,
};

/// Serves a folder until a signal comes.
pub(crate) fn run(args: &Serve) -> Result<(), Error> {
    // Before anybody can know that it runs.
    let (signal, signalled) = mpsc::channel();
    ctrlc::set_handler(move || {
        // The second finds nobody: it has ended by then.
        let _ = signal.send(());
    })?;
    let server = Server::start(SocketAddr::new(args.address, args.port), files(&args.folder)?)?;
    let url = server.url();
    eprintln!("raddle: serving {} to {}; Ctrl-C ends it", args.folder.display(), whom(args));
    output::print(format!("{url}\n").as_bytes())?;
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
