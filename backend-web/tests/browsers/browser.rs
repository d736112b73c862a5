//! Browsers, one of each kind for all tests: each page has a tab of its own.

use std::{
    path::PathBuf,
    sync::{Mutex, PoisonError},
    time::Duration,
};

use libtest_mimic::{Completion, Failed, Trial};
use raddle_conformance_web::{Browser, BrowserAdapter, Error, Kind, Options};
use serde_json::{Value, json};

/// How long a page may take until it shows a result.
const PATIENCE: Duration = Duration::from_secs(180);

/// Waits until the page has shown its result.
const READ: &str = "
    const result = document.getElementById('result');
    return await new Promise((resolve) => {
      const look = () => {
        if (!result.textContent) return;
        observer.disconnect();
        resolve(result.textContent);
      };
      const observer = new MutationObserver(look);
      observer.observe(result, { childList: true, characterData: true, subtree: true });
      look();
    });
";

/// What a test comes to.
pub(crate) type Tested = Result<Completion, Failed>;

static CHROMIUM: Mutex<Option<Browser>> = Mutex::new(None);
static FIREFOX: Mutex<Option<Browser>> = Mutex::new(None);

/// A test in every browser.
pub(crate) fn in_each(name: &str, test: impl Fn(Kind) -> Tested + Clone + Send + 'static) -> Vec<Trial> {
    let each = |kind: Kind| {
        let test = test.clone();
        trial(&format!("{name}::{}", kind.name()), move || match missing(kind)? {
            Some(reason) => Ok(Completion::ignored_with(reason)),
            None => test(kind),
        })
    };
    Kind::ALL.into_iter().map(each).collect()
}

/// A test that runs only where it is asked for.
pub(crate) fn trial(name: &str, test: impl Fn() -> Tested + Send + 'static) -> Trial {
    Trial::ignorable_test(name.to_owned(), test).with_ignored_flag(true)
}

/// The package that is built.
pub(crate) fn package() -> PathBuf {
    repository().join("target/web/pkg")
}

pub(crate) fn repository() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("..")
}

/// Opens a page and takes the JSON that it shows in its element `result`.
pub(crate) fn shown(kind: Kind, url: &str) -> Result<Value, Failed> {
    let place = if kind == Kind::Firefox { &FIREFOX } else { &CHROMIUM };
    let mut place = place.lock().unwrap_or_else(PoisonError::into_inner);
    let browser = match place.take() {
        Some(browser) => browser,
        None => Browser::launch(kind, &options()?, PATIENCE)?,
    };
    let result = read(&browser, url)?;
    // One that has failed is not used again.
    *place = Some(browser);
    Ok(result)
}

/// The same in a Firefox of its own, with a preference that is set.
pub(crate) fn shown_by_firefox(url: &str, preference: &str, value: impl Into<Value>) -> Result<Value, Failed> {
    let mut options = options()?;
    options.preferences.insert(preference.into(), value.into());
    read(&Browser::launch(Kind::Firefox, &options, PATIENCE)?, url)
}

fn read(browser: &Browser, url: &str) -> Result<Value, Failed> {
    browser.open(url)?;
    let text = browser.run(READ, &[]).map_err(|error| format!("{url}: {error}"))?;
    Ok(serde_json::from_str(text.as_str().unwrap_or_default())?)
}

/// Closes the browsers.
pub(crate) fn close_all() {
    for place in [&CHROMIUM, &FIREFOX] {
        drop(place.lock().unwrap_or_else(PoisonError::into_inner).take());
    }
}

/// Why there is no such browser. That the package is not there is no reason to skip a test.
fn missing(kind: Kind) -> Result<Option<String>, Failed> {
    match BrowserAdapter::check(kind, &options()?) {
        Ok(()) => Ok(None),
        Err(error @ (Error::NoBrowser { .. } | Error::NoDriver { .. })) => Ok(Some(error.to_string())),
        Err(error) => Err(error.into()),
    }
}

fn options() -> Result<Options, Error> {
    let words = std::env::var("RADDLE_BROWSER_ARGS").unwrap_or_default();
    let mut options = Options::new().words(&words)?;
    options.package = Some(package());
    Ok(options)
}

/// A result that a page must have shown.
pub(crate) fn expect(found: &Value, expected: &Value) -> Tested {
    if found == expected {
        Ok(Completion::Completed)
    } else {
        Err(format!("expected {expected}\nfound    {found}").into())
    }
}

/// What each page shows whose guest is `guests/hello.wat`, with 41 as its argument.
pub(crate) fn hello() -> Value {
    json!({
        "outcome": { "outcome": "returned", "results": [{ "type": "i32", "value": 42 }] },
        "stdout": "hello from a thread\n",
    })
}
