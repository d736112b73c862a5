//! The server that the pages come from: the pages themselves, the package, and the jobs.
//!
//! `jobs` is what is to be run and has been, `pages` the files of `page/`, which are built in.

mod jobs;
mod pages;

use std::{
    net::{Ipv4Addr, SocketAddr},
    path::Path,
    sync::Arc,
};

pub(crate) use jobs::{Jobs, Said};
use raddle_web_server::{Server, axum::Router, files};

use crate::Error;

/// A server with its jobs.
#[derive(Debug)]
pub(crate) struct Site {
    pub(crate) jobs: Arc<Jobs>,
    pub(crate) server: Server,
}

impl Site {
    /// Serves the pages, the package in that folder, and whatever else there is, on a port of this machine only.
    pub(crate) fn start(package: &Path, port: u16, jobs: Arc<Jobs>, more: Router) -> Result<Site, Error> {
        let router = pages::router().merge(jobs::router(Arc::clone(&jobs))).merge(more).nest("/pkg", files(package)?);
        let server = Server::start(SocketAddr::from((Ipv4Addr::LOCALHOST, port)), router)?;
        Ok(Site { jobs, server })
    }

    /// The page that runs a job.
    pub(crate) fn page_of(&self, job: u64) -> String {
        format!("{}run.html#{job}", self.server.url())
    }
}
