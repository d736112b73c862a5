//! Looks for a browser and its driver.

use std::{
    env,
    path::{Path, PathBuf},
};

use super::Kind;
use crate::{Error, Options};

/// Where both are.
pub(super) struct Programs {
    pub(super) browser: PathBuf,
    pub(super) driver: PathBuf,
}

/// Those that the options name, or else those on the PATH.
pub(super) fn programs(kind: Kind, options: &Options) -> Result<Programs, Error> {
    let browser = find(options.browser.as_deref(), kind.programs()).ok_or_else(|| Error::NoBrowser {
        name: kind.title(),
        path: options.browser.clone(),
        get: kind.get_browser(),
    })?;
    let driver = find(options.driver.as_deref(), &[kind.driver()]).ok_or_else(|| Error::NoDriver {
        browser: kind.title(),
        name: kind.driver(),
        path: options.driver.clone(),
        get: kind.get_driver(),
    })?;
    Ok(Programs { browser, driver })
}

fn find(named: Option<&Path>, names: &[&str]) -> Option<PathBuf> {
    match named {
        Some(path) if path.components().count() > 1 => path.is_file().then(|| path.into()),
        Some(name) => on_path(name),
        None => names.iter().find_map(|name| on_path(Path::new(name))),
    }
}

fn on_path(name: &Path) -> Option<PathBuf> {
    let file = name.with_extension(env::consts::EXE_EXTENSION);
    env::split_paths(&env::var_os("PATH")?).map(|folder| folder.join(&file)).find(|path| path.is_file())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_missing_is_told_with_how_to_get_it() {
        let mut options = Options::new();
        options.browser = Some("/nowhere/firefox".into());
        let error = programs(Kind::Firefox, &options).map(|_| ()).unwrap_err();
        let says = "CW0001: Firefox is not installed at /nowhere/firefox; install it (Debian's package firefox-esr,";
        assert!(error.to_string().starts_with(says), "{error}");

        options.browser = Some(env::current_exe().unwrap());
        options.driver = Some("no-such-driver".into());
        let error = programs(Kind::Chromium, &options).map(|_| ()).unwrap_err();
        let says = "CW0002: Chromium is installed, but not its driver chromedriver at no-such-driver; install it";
        assert!(error.to_string().starts_with(says), "{error}");
    }
}
