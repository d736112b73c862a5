//! Where the package `raddle-web` is.

use std::{
    env,
    path::{Path, PathBuf},
};

use crate::Error;

/// Where `cargo xtask web` puts it, from the repository's root and from the folder of what cargo builds.
const IN_REPOSITORY: &str = "target/web/pkg";
const IN_TARGET: &str = "web/pkg";

/// The package's folder: the one that is named, or else the one that is built in the repository that this is run in, or
/// that this program was built in.
pub(crate) fn find(named: Option<&Path>) -> Result<PathBuf, Error> {
    if let Some(path) = named {
        return if is_package(path) { Ok(path.into()) } else { Err(Error::NoPackage { path: Some(path.into()) }) };
    }
    let above = |path: Option<PathBuf>, inner: &str| {
        let path = path?;
        path.ancestors().map(|folder| folder.join(inner)).find(|path| is_package(path))
    };
    above(env::current_dir().ok(), IN_REPOSITORY)
        .or_else(|| above(env::current_exe().ok(), IN_TARGET))
        .ok_or(Error::NoPackage { path: None })
}

fn is_package(folder: &Path) -> bool {
    folder.join("index.js").is_file()
}

#[cfg(test)]
mod tests {
    use super::find;

    #[test]
    fn a_missing_package_is_an_error_with_a_hint() {
        let folder = tempfile::tempdir().unwrap();
        let error = find(Some(folder.path())).unwrap_err();
        assert!(error.code() == "CW0003" && error.to_string().contains("cargo xtask web"), "{error}");
        std::fs::write(folder.path().join("index.js"), "").unwrap();
        assert_eq!(find(Some(folder.path())).unwrap(), folder.path());
    }
}
