//! Browsers for tests.
#![allow(dead_code, reason = "each test takes what it needs")]

use std::path::{Path, PathBuf};

use raddle_conformance_web::{BrowserAdapter, Error, Kind, Options};

/// The options for a browser, with a package; `None` where the browser is not installed, which is said.
pub(crate) fn options(kind: Kind, package: &Path) -> Option<Options> {
    let words =
        std::env::var("RADDLE_BROWSER_ARGS").unwrap_or_else(|_| if is_root() { "--no-sandbox" } else { "" }.into());
    let mut options = Options::new().words(&words).unwrap();
    options.package = Some(package.into());
    match BrowserAdapter::check(kind, &options) {
        Err(error @ (Error::NoBrowser { .. } | Error::NoDriver { .. })) => {
            eprintln!("skipped: {error}");
            None
        }
        Err(error) => panic!("{error}"),
        Ok(()) => Some(options),
    }
}

/// Only root's processes have that owner; elsewhere nobody is root.
fn is_root() -> bool {
    #[cfg(target_os = "linux")]
    return std::os::unix::fs::MetadataExt::uid(&std::fs::metadata("/proc/self").unwrap()) == 0;
    #[cfg(not(target_os = "linux"))]
    return false;
}

/// A path from the repository's root.
pub(crate) fn in_repository(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").join(path)
}
