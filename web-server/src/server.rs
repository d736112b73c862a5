//! [`Server`]: listens, on a thread of its own.

use std::{
    io,
    net::{Ipv4Addr, SocketAddr, TcpListener},
    sync::mpsc,
    thread::{self, JoinHandle},
};

use axum::Router;
use tokio::{runtime::Runtime, sync::oneshot};

use crate::{
    Error,
    isolation::{for_loopback, isolated},
};

/// A server that listens until it is dropped.
#[derive(Debug)]
pub struct Server {
    address: SocketAddr,
    stop: Option<oneshot::Sender<()>>,
    thread: Option<JoinHandle<()>>,
}

impl Server {
    /// Serves a router's routes, with the headers of [`ISOLATION`](crate::ISOLATION). Port 0 picks a free one. On a
    /// loopback address only requests that name this machine are answered.
    ///
    /// # Errors
    /// If the address cannot be listened on, or the system has no thread.
    ///
    /// # Blocking
    /// Only until it listens: requests are answered on a thread of its own.
    pub fn start(address: SocketAddr, router: Router) -> Result<Server, Error> {
        let listen = |source| Error::listen(address, source);
        let listener = TcpListener::bind(address).map_err(listen)?;
        listener.set_nonblocking(true).map_err(listen)?;
        let bound = listener.local_addr().map_err(listen)?;
        let router = if bound.ip().is_loopback() { for_loopback(router) } else { router };
        let router = isolated(router);

        let (stop, stopped) = oneshot::channel();
        let (ready, is_ready) = mpsc::sync_channel(1);
        let work = move || match begin(listener) {
            Ok((runtime, listener)) => {
                // Whoever started it waits for this.
                let _ = ready.send(Ok(()));
                serve(runtime, listener, router, stopped);
            }
            Err(error) => drop(ready.send(Err(error))),
        };
        let wrong = |source| Error::Thread { source };
        let thread = thread::Builder::new().name("web server".into()).spawn(work).map_err(wrong)?;
        is_ready.recv().unwrap_or_else(|_| Err(io::Error::other("it ended at once"))).map_err(wrong)?;
        Ok(Server { address: bound, stop: Some(stop), thread: Some(thread) })
    }

    /// Where it listens.
    #[must_use]
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// The address of its first page, such as `http://localhost:8080/`. Browsers treat a page from there as secure.
    #[must_use]
    pub fn url(&self) -> String {
        // The name is that address's alone.
        if self.address.ip() == Ipv4Addr::LOCALHOST {
            format!("http://localhost:{}/", self.address.port())
        } else {
            format!("http://{}/", self.address)
        }
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // A thread that has ended by itself hears nothing.
        let _ = self.stop.take().map(|stop| stop.send(()));
        // A panic there has been told on its thread.
        let _ = self.thread.take().map(JoinHandle::join);
    }
}

fn begin(listener: TcpListener) -> io::Result<(Runtime, tokio::net::TcpListener)> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    let inside = runtime.enter();
    let listener = tokio::net::TcpListener::from_std(listener)?;
    drop(inside);
    Ok((runtime, listener))
}

fn serve(runtime: Runtime, listener: tokio::net::TcpListener, router: Router, stopped: oneshot::Receiver<()>) {
    runtime.block_on(async {
        tokio::select! {
            // It does not end by itself, and an error of a connection is that connection's.
            _ = axum::serve(listener, router) => (),
            // A server that was dropped says so, too.
            _ = stopped => (),
        }
    });
    // Connections that a browser keeps are not waited for.
    runtime.shutdown_background();
}
