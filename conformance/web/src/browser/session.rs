//! [`Session`]: what is said to a driver. As much of WebDriver as it takes to open pages: the crates that have all of
//! it bring licences and an asynchronous runtime with them.

use std::{sync::OnceLock, time::Duration};

use serde_json::{Value, json};
use ureq::Agent;

use super::{Kind, driver::Driver};
use crate::Error;

/// How long a browser may take to start.
const START: Duration = Duration::from_secs(60);

/// How long it may take to begin with a page.
const OPEN: Duration = Duration::from_secs(20);

/// How long a driver may take beyond what a script may, to say that it took too long.
const GRACE: Duration = Duration::from_secs(10);

/// The name under which drivers tell of an element.
const ELEMENT: &str = "element-6066-11e4-a52e-4f735466cecf";

/// A browser that a driver has started.
#[derive(Debug)]
pub(super) struct Session {
    agent: Agent,
    url: String,
    /// How long a script may run.
    patience: OnceLock<Duration>,
    /// The browser's version.
    pub(super) version: String,
}

impl Session {
    /// Has the driver start the browser.
    pub(super) fn begin(kind: Kind, driver: &Driver, capabilities: &Value) -> Result<Session, Error> {
        let config = Agent::config_builder().http_status_as_error(false).proxy(None).build();
        let agent = Agent::new_with_config(config);
        let drivers = format!("http://127.0.0.1:{}/session", driver.port);
        let wrong = |message| Error::BrowserStart { name: kind.title(), message, hint: kind.hint() };
        let begun = post(&agent, &drivers, capabilities, START).map_err(wrong)?;
        let text = |value: &Value| value.as_str().map(ToOwned::to_owned);
        let id = text(&begun["sessionId"]).ok_or_else(|| wrong("the driver does not name the session".into()))?;
        let version = text(&begun["capabilities"]["browserVersion"]).unwrap_or_default();
        Ok(Session { agent, url: format!("{drivers}/{id}"), patience: OnceLock::new(), version })
    }

    /// Opens a page in a new tab, and closes the one before: whatever still runs there does not outlive it.
    pub(super) fn open(&self, url: &str) -> Result<(), String> {
        let made = self.post("window/new", &json!({ "type": "tab" }))?;
        self.delete("window", OPEN)?;
        self.post("window", &json!({ "handle": made["handle"] }))?;
        self.post("url", &json!({ "url": url })).map(drop)
    }

    /// Says how long a script may run.
    pub(super) fn set_patience(&self, patience: Duration) -> Result<(), String> {
        self.post("timeouts", &json!({ "script": u64::try_from(patience.as_millis()).unwrap_or(u64::MAX) }))?;
        self.patience.get_or_init(|| patience);
        Ok(())
    }

    /// Clicks the first element that a CSS selector finds.
    pub(super) fn click(&self, selector: &str) -> Result<(), String> {
        let found = self.post("element", &json!({ "using": "css selector", "value": selector }))?;
        let id = found[ELEMENT].as_str().ok_or("the driver does not name the element")?;
        self.post(&format!("element/{id}/click"), &json!({})).map(drop)
    }

    /// Runs the body of an asynchronous function.
    pub(super) fn run(&self, body: &str, args: &[Value]) -> Result<Value, String> {
        // What it throws is told by the script itself: drivers differ in what they make of it.
        let script = format!(
            "const args = [...arguments], told = args.pop();
             (async (...args) => {{ {body} }})(...args)
               .then((value) => told({{ value }}), (error) => told({{ error: `${{error}}\n${{error?.stack ?? ''}}` }}));"
        );
        let patience = self.patience.get().map_or(OPEN, |patience| *patience + GRACE);
        let script = json!({ "script": script, "args": args });
        let mut told = post(&self.agent, &format!("{}/execute/async", self.url), &script, patience)?;
        match told["error"].as_str() {
            Some(error) => Err(error.into()),
            None => Ok(told["value"].take()),
        }
    }

    /// Has the page compute something.
    pub(super) fn check(&self, patience: Duration) -> Result<(), String> {
        let script = json!({ "script": "return 1", "args": [] });
        post(&self.agent, &format!("{}/execute/sync", self.url), &script, patience).map(drop)
    }

    /// Asks the browser to end.
    pub(super) fn end(&self, patience: Duration) -> Result<(), String> {
        self.delete("", patience)
    }

    fn post(&self, path: &str, body: &Value) -> Result<Value, String> {
        post(&self.agent, &format!("{}/{path}", self.url), body, OPEN)
    }

    fn delete(&self, path: &str, patience: Duration) -> Result<(), String> {
        let url = format!("{}/{path}", self.url);
        let request = self.agent.delete(url.trim_end_matches('/'));
        let sent = request.config().timeout_global(Some(patience)).build().call();
        value(sent).map(drop)
    }
}

fn post(agent: &Agent, url: &str, body: &Value, patience: Duration) -> Result<Value, String> {
    value(agent.post(url).config().timeout_global(Some(patience)).build().send_json(body))
}

/// The value of an answer, or what the driver says is wrong.
fn value(sent: Result<ureq::http::Response<ureq::Body>, ureq::Error>) -> Result<Value, String> {
    let mut response = sent.map_err(|error| error.to_string())?;
    let is_good = response.status().is_success();
    let mut body: Value = response.body_mut().read_json().map_err(|error| error.to_string())?;
    let value = body["value"].take();
    if is_good { Ok(value) } else { Err(said(&value)) }
}

/// The first line of a driver's error: a stack of the driver's own functions may follow.
fn said(error: &Value) -> String {
    let message = error["message"].as_str().unwrap_or_default();
    let (code, line) = (error["error"].as_str().unwrap_or("an error"), message.lines().next().unwrap_or_default());
    if line.is_empty() { code.into() } else { format!("{code}: {line}") }
}
