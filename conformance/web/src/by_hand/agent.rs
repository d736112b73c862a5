//! Which browser asks, by what it calls itself.

use raddle_conformance::Description;
use raddle_web_server::axum::http::{HeaderMap, header};

use crate::{Kind, adapter::describe as describe_web};

/// The web backend in the browser that sent this.
pub(super) fn describe(headers: &HeaderMap) -> Description {
    let agent = headers.get(header::USER_AGENT).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let (name, engine) = name(agent);
    describe_web(name, &engine)
}

/// The backend's name and the engine's. Browsers also name those that they want to be taken for, so the order matters.
fn name(agent: &str) -> (&'static str, String) {
    let version = |mark: &str| {
        let (_, rest) = agent.split_once(mark)?;
        Some(rest.split([' ', ';']).next().unwrap_or_default().to_owned())
    };
    let known = [
        ("Firefox/", Kind::Firefox.name(), Kind::Firefox.title()),
        ("Chrome/", Kind::Chromium.name(), Kind::Chromium.title()),
        ("Version/", "safari", "Safari"),
    ];
    known
        .into_iter()
        .find_map(|(mark, name, title)| version(mark).map(|version| (name, format!("{title} {version}"))))
        .unwrap_or_else(|| ("browser", "an unknown browser".into()))
}

#[cfg(test)]
mod tests {
    use super::name;

    #[test]
    fn browsers_are_told_apart() {
        let chrome =
            "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/156.0.0.0 Safari/537.36";
        assert_eq!(name(chrome), ("chromium", "Chromium 156.0.0.0".into()));
        let firefox = "Mozilla/5.0 (X11; Linux x86_64; rv:153.0) Gecko/20100101 Firefox/153.0";
        assert_eq!(name(firefox), ("firefox", "Firefox 153.0".into()));
        let safari = "Mozilla/5.0 (Macintosh) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/26.0 Safari/605.1.15";
        assert_eq!(name(safari), ("safari", "Safari 26.0".into()));
        assert_eq!(name("curl/8").0, "browser");
    }
}
