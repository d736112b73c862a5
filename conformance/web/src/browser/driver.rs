//! [`Driver`]: the driver's process.

use std::{
    fs::{self, File},
    io,
    net::{Ipv4Addr, TcpListener, TcpStream},
    path::{Path, PathBuf},
    process::{Command, Stdio},
    thread,
    time::{Duration, Instant},
};

use tempfile::TempDir;

use super::living::{Living, Process};
use crate::Error;

/// How long it may take until it listens.
const START: Duration = Duration::from_secs(20);

/// How often another port is tried: somebody may take the free one first.
const TRIES: u32 = 3;

/// How many bytes of what it said last are told.
const TAIL: usize = 600;

/// A driver that listens. Dropped, it is killed with all that it has started, and its folder goes.
#[derive(Debug)]
pub(super) struct Driver {
    pub(super) port: u16,
    process: Process,
    // After the process, which writes to it: fields are dropped in their order.
    _folder: Folder,
}

/// Where the driver and its browser put their files: the profile, too.
#[derive(Debug)]
struct Folder(Option<TempDir>);

impl Driver {
    pub(super) fn start(path: &Path, living: &Living) -> Result<Driver, Error> {
        let mut tries = 0;
        loop {
            tries += 1;
            match Driver::try_start(path, living) {
                Err(Error::DriverStart { .. }) if tries < TRIES => (),
                result => return result,
            }
        }
    }

    fn try_start(path: &Path, living: &Living) -> Result<Driver, Error> {
        let folder = tempfile::Builder::new().prefix("raddle-browser-").tempdir().map_err(Error::Profile)?;
        let log = folder.path().join("driver.log");
        let wrong = |message: String| Error::DriverStart { path: path.into(), message };
        let port = free_port().map_err(Error::Profile)?;
        let out = File::create(&log).map_err(Error::Profile)?;
        let err = out.try_clone().map_err(Error::Profile)?;
        let mut command = Command::new(path);
        command.arg(format!("--port={port}")).stdin(Stdio::null()).stdout(out).stderr(err);
        // Drivers make profiles where temporary files go.
        for variable in ["TMPDIR", "TEMP", "TMP"] {
            command.env(variable, folder.path());
        }
        let process = living.start(command).map_err(|error| wrong(error.to_string()))?;
        let driver = Driver { port, process, _folder: Folder(Some(folder)) };
        let until = Instant::now() + START;
        while TcpStream::connect((Ipv4Addr::LOCALHOST, port)).is_err() {
            if !driver.lives() || Instant::now() > until {
                return Err(wrong(tail(&log)));
            }
            thread::sleep(Duration::from_millis(10));
        }
        Ok(driver)
    }

    pub(super) fn lives(&self) -> bool {
        self.process.lives()
    }

    pub(super) fn kill(&self) {
        self.process.end();
    }
}

fn free_port() -> io::Result<u16> {
    Ok(TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?.local_addr()?.port())
}

fn tail(log: &PathBuf) -> String {
    let bytes = fs::read(log).unwrap_or_default();
    let end = &bytes[bytes.len().saturating_sub(TAIL)..];
    let text = String::from_utf8_lossy(end).trim().to_owned();
    if text.is_empty() { "it said nothing".into() } else { text }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let Some(folder) = self.0.take() else { return };
        // Processes that were killed may write until they are gone, so that a folder is not empty just when it goes.
        let path = folder.keep();
        for _ in 0..50 {
            if fs::remove_dir_all(&path).is_ok() || !path.exists() {
                return;
            }
            thread::sleep(Duration::from_millis(20));
        }
    }
}
