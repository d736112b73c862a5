//! Why nothing is served.

use std::{
    io,
    net::{IpAddr, SocketAddr},
    path::PathBuf,
};

/// Why nothing is served. The text begins with the stable [`code`](Error::code).
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// The folder to serve cannot be read, or is a file.
    #[error("WS0001: cannot serve {}: {source}; name an existing folder", path.display())]
    Folder {
        /// What was named.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// The port is taken.
    #[error("WS0002: port {} is taken by another program; name another port, or 0 for any free one", address.port())]
    PortTaken {
        /// The address with the port.
        address: SocketAddr,
    },
    /// The address cannot be listened on.
    #[error("WS0003: cannot listen on {address}: {source}{}", hint(address.ip(), address.port()))]
    Listen {
        /// The address.
        address: SocketAddr,
        /// What the system said.
        source: io::Error,
    },
    /// The system has no thread or no event queue for the server.
    #[error("WS0004: cannot start the server's thread: {source}")]
    Thread {
        /// What the system said.
        source: io::Error,
    },
}

impl Error {
    /// The stable code, such as `WS0002`.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Error::Folder { .. } => "WS0001",
            Error::PortTaken { .. } => "WS0002",
            Error::Listen { .. } => "WS0003",
            Error::Thread { .. } => "WS0004",
        }
    }

    /// Turns the system's refusal to listen on an address into an error.
    pub(crate) fn listen(address: SocketAddr, source: io::Error) -> Error {
        match source.kind() {
            io::ErrorKind::AddrInUse => Error::PortTaken { address },
            _ => Error::Listen { address, source },
        }
    }
}

fn hint(ip: IpAddr, port: u16) -> String {
    if !ip.is_loopback() {
        return "; name an address of this machine".into();
    }
    if port < 1024 {
        "; ports below 1024 may be reserved for the administrator, name a higher one".into()
    } else {
        String::new()
    }
}
