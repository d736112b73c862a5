//! raddle's web backend in the conformance suite: [`BrowserAdapter`] runs each case in a page of its own, in Chromium
//! or Firefox; [`by_hand`] has the pages for whoever wants to look at them, in any browser.
//!
//! # Reading order
//! `page/run.js` is what runs a case: it takes a job from the suite's own server, `site`, runs it with the package
//! `raddle-web`, and tells what it saw, in the words of the suite's protocol. [`Browser`] is a browser with its driver,
//! for tests of other pages, too; `adapter` is what the runner calls; `by_hand` is the same without a driver. `package`
//! finds the package, `options` is what can be said, `error` what goes wrong.
//!
//! # What does not belong here
//! Knowledge of the backend's inside: the page has nothing but the package's public API. And no verdict: the suite
//! alone judges.
#![forbid(unsafe_code)]

mod adapter;
mod browser;
pub mod by_hand;
mod error;
mod options;
mod package;
mod site;

pub use adapter::BrowserAdapter;
pub use browser::{Browser, Kind};
pub use error::Error;
pub use options::Options;
