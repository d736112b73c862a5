//! What `raddle run` gives a program of WASI.

use std::{ffi::OsString, net::SocketAddr, path::PathBuf, str::FromStr};

use clap::{Args, ValueHint};

/// Nothing is given that is not asked for: no directory, no variable.
#[derive(Debug, Clone, Args)]
#[command(next_help_heading = "What a WASI program gets")]
pub(crate) struct WasiArgs {
    /// A directory of the host's and all beneath it, as HOST itself or as GUEST. May be repeated
    #[arg(long, value_name = "HOST[::GUEST]", value_hint = ValueHint::DirPath)]
    pub(crate) dir: Vec<Dir>,

    /// The same, but the program can change nothing there
    #[arg(long, value_name = "HOST[::GUEST]", value_hint = ValueHint::DirPath)]
    pub(crate) dir_read_only: Vec<Dir>,

    /// An environment variable; without a value, this one's own. May be repeated
    #[arg(long, value_name = "NAME[=VALUE]")]
    pub(crate) env: Vec<OsString>,

    /// What the program is called by, its argument 0; the module's file name unless it is set
    #[arg(long, value_name = "NAME")]
    pub(crate) argv0: Option<OsString>,

    /// Accept connections at ADDRESS, such as 127.0.0.1:8080; the program finds it after its directories
    #[arg(long, value_name = "ADDRESS")]
    pub(crate) tcplisten: Vec<SocketAddr>,
}

/// A directory, and what the program calls it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Dir {
    pub(crate) host: PathBuf,
    pub(crate) guest: String,
}

impl FromStr for Dir {
    type Err = std::convert::Infallible;

    fn from_str(text: &str) -> Result<Dir, Self::Err> {
        let (host, guest) = text.split_once("::").unwrap_or((text, text));
        Ok(Dir { host: host.into(), guest: guest.into() })
    }
}

#[cfg(test)]
mod tests {
    use super::Dir;

    #[test]
    fn a_directory_has_its_own_name_or_another() {
        let dir = |host: &str, guest: &str| Ok(Dir { host: host.into(), guest: guest.into() });
        assert_eq!(".".parse(), dir(".", "."));
        assert_eq!("/tmp/a::/data".parse(), dir("/tmp/a", "/data"));
        assert_eq!("c:\\a::b::c".parse(), dir("c:\\a", "b::c"));
    }
}
