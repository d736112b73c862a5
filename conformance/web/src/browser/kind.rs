//! [`Kind`]: what is known of each browser.

use std::path::Path;

use serde_json::{Value, json};

use super::Opened;
use crate::Options;

/// A browser that a driver can be had for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Kind {
    /// Chromium, or Chrome.
    Chromium,
    /// Firefox.
    Firefox,
}

impl Kind {
    /// Every browser.
    pub const ALL: [Kind; 2] = [Kind::Chromium, Kind::Firefox];

    /// What `--backend` and the files of expectations call it.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Kind::Chromium => "chromium",
            Kind::Firefox => "firefox",
        }
    }

    /// What people call it.
    #[must_use]
    pub const fn title(self) -> &'static str {
        match self {
            Kind::Chromium => "Chromium",
            Kind::Firefox => "Firefox",
        }
    }

    /// The names of its program, in the order in which they are looked for.
    pub(super) const fn programs(self) -> &'static [&'static str] {
        match self {
            Kind::Chromium => &["chromium", "chromium-browser", "google-chrome-stable", "google-chrome"],
            Kind::Firefox => &["firefox", "firefox-esr"],
        }
    }

    /// The name of its driver.
    pub(super) const fn driver(self) -> &'static str {
        match self {
            Kind::Chromium => "chromedriver",
            Kind::Firefox => "geckodriver",
        }
    }

    /// How to get the browser.
    pub(super) const fn get_browser(self) -> &'static str {
        match self {
            Kind::Chromium => "install it (Debian's package chromium, or `cargo xtask setup --browsers`)",
            Kind::Firefox => "install it (Debian's package firefox-esr, or `cargo xtask setup --browsers`)",
        }
    }

    /// How to get its driver.
    pub(super) const fn get_driver(self) -> &'static str {
        match self {
            Kind::Chromium => "install it (Debian's package chromium-driver, or `cargo xtask setup --browsers`)",
            Kind::Firefox => "install it (`cargo install geckodriver`, or `cargo xtask setup --browsers`)",
        }
    }

    /// What to try when the browser does not start.
    pub(super) const fn hint(self) -> &'static str {
        match self {
            Kind::Chromium => {
                "; as root, and in most containers, Chromium starts only with --browser-args=--no-sandbox"
            }
            Kind::Firefox => "",
        }
    }

    /// What the driver is asked for.
    pub(super) fn capabilities(self, browser: &Path, options: &Options, opened: Opened) -> Value {
        let strategy = match opened {
            Opened::Asked => "none",
            Opened::Loaded => "eager",
        };
        let headless = if options.window { None } else { Some("--headless".to_owned()) };
        let args: Vec<_> = headless.into_iter().chain(options.args.iter().cloned()).collect();
        let mut own = json!({ "binary": browser, "args": args });
        let key = match self {
            Kind::Chromium => "goog:chromeOptions",
            Kind::Firefox => {
                own["prefs"] = json!(options.preferences);
                "moz:firefoxOptions"
            }
        };
        json!({ "capabilities": { "alwaysMatch": { "pageLoadStrategy": strategy, key: own } } })
    }
}
