//! A small server for the development of pages with threads: it sends the headers that make a page cross-origin
//! isolated, without which a browser gives it no shared memory.
//!
//! # Reading order
//! [`files`] serves a folder; [`isolated`] adds the headers and decides which requests are answered; [`Server`]
//! listens. To serve more than files, build your own routes with the [`axum`] that is exported here.
//!
//! # What does not belong here
//! Anything that a server on the open network needs: encryption, compression, caching.
#![forbid(unsafe_code)]

mod error;
mod files;
mod host;
mod isolation;
mod server;

pub use axum;
pub use error::Error;
pub use files::files;
pub use isolation::{ISOLATION, isolated};
pub use server::Server;
