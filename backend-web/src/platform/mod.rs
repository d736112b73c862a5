//! What differs between the places where the page's side can run. Everything else of it is JavaScript and WebAssembly
//! that are the same anywhere. What differs for workers is in `js/platform.js`.
//!
//! [`Platform`] says what there is to do, and [`here`] which one this is: nobody else asks. [`browser`] is the one
//! there is.

mod browser;

use std::{fmt::Debug, rc::Rc};

use futures_util::future::LocalBoxFuture;
use wasm_bindgen::JsValue;

use crate::{error::Error, js::Listener};

/// The platform that this runs on.
pub(crate) fn here() -> &'static dyn Platform {
    &browser::Browser
}

/// A place where the page's side can run.
pub(crate) trait Platform {
    /// Checks that everything that threads need is there, and takes the lock of that name for a moment.
    ///
    /// # Errors
    /// [`Error::NotIsolated`], [`Error::Place`], [`Error::Browser`] and [`Error::Locks`].
    fn check<'a>(&'a self, lock: &'a str) -> LocalBoxFuture<'a, Result<(), Error>>;

    /// How many threads can run at once, at least 1.
    fn parallelism(&self) -> u32;

    /// Makes a URL of a script's text, from which workers can be started.
    ///
    /// # Errors
    /// What the platform says.
    fn script_of_text(&self, text: &str) -> Result<Box<dyn Script>, JsValue>;

    /// The script at a URL of the embedder's, in what form it may have that.
    fn script_at(&self, url: JsValue) -> Box<dyn Script>;

    /// Starts a worker that runs a script.
    ///
    /// # Errors
    /// What the platform says at once. That the script cannot be loaded, it may say later, to [`Hear::failure`].
    fn start_worker(&self, script: &dyn Script, name: &str, hear: Hear) -> Result<Box<dyn Worker>, JsValue>;

    /// Waits until no worker holds a lock any more, and does something before anybody else gets
    /// it. It may be called more than once if the platform refuses the lock for a while.
    fn when_free<'a>(&'a self, lock: &'a str, act: Rc<dyn Fn()>) -> LocalBoxFuture<'a, ()>;

    /// Calls something when the page goes for good, until the returned listener is dropped.
    fn on_leave(&self, run: Box<dyn Fn()>) -> Listener;

    /// A URL, made absolute as in the page: a worker's own relative URLs start from its script, which may be a text
    /// without a place.
    fn absolute(&self, url: &str) -> String;
}

/// Who hears of a worker.
pub(crate) struct Hear {
    /// Is given each message that it posts.
    pub(crate) message: Box<dyn Fn(&JsValue)>,
    /// Is told why its script cannot be loaded, and what it has thrown.
    pub(crate) failure: Box<dyn Fn(String)>,
}

/// A worker. It is ended when this is dropped.
pub(crate) trait Worker: Debug {
    /// Sends it a message.
    ///
    /// # Errors
    /// What the platform says where the message cannot be sent.
    fn post(&self, message: &JsValue) -> Result<(), JsValue>;

    /// Ends it, and every worker that it has started, whatever they are doing. It may take them a while.
    fn terminate(&self);
}

/// A script of workers, until this is dropped: no worker can be started from it then.
pub(crate) trait Script: Debug {
    /// Its URL, as any worker means it.
    fn url(&self) -> &str;

    /// What a worker is started with: the URL, in the form that the platform asks for.
    fn source(&self) -> JsValue;
}
