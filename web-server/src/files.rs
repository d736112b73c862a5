//! The files of a folder.

use std::{fs, io, path::Path};

use axum::{
    Router,
    http::{HeaderValue, header},
};
use tower_http::{services::ServeDir, set_header::SetResponseHeaderLayer};

use crate::Error;

/// Serves the files of a folder, with the types that browsers require for modules and scripts; for a folder, its
/// `index.html`. Browsers are told to cache nothing, so that rebuilt files are seen at once. A path that leads out of
/// the folder is not found; a link that does is followed.
///
/// # Errors
/// [`Error::Folder`]
pub fn files(folder: &Path) -> Result<Router, Error> {
    let wrong = |source| Error::Folder { path: folder.into(), source };
    if !fs::metadata(folder).map_err(wrong)?.is_dir() {
        return Err(wrong(io::Error::from(io::ErrorKind::NotADirectory)));
    }
    // The folder is found again whatever becomes of the current directory.
    let folder = folder.canonicalize().map_err(wrong)?;
    let fresh = SetResponseHeaderLayer::overriding(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    Ok(Router::new().fallback_service(ServeDir::new(folder)).layer(fresh))
}
