//! [`Browser`]: a page, or a worker of a page in which an embedder has its code. What each method does is in the file
//! that it calls.

mod environment;
mod locks;
mod page;
mod script;
mod worker;

use std::rc::Rc;

use futures_util::{FutureExt, future::LocalBoxFuture};
use wasm_bindgen::JsValue;

use crate::{
    error::Error,
    js::Listener,
    platform::{Hear, Platform, ScriptUrl, Worker},
};

/// Browsers.
pub(super) struct Browser;

impl Platform for Browser {
    fn check<'a>(&'a self, lock: &'a str) -> LocalBoxFuture<'a, Result<(), Error>> {
        environment::check(lock).boxed_local()
    }

    fn parallelism(&self) -> u32 {
        environment::parallelism()
    }

    fn script_url(&self, text: &str) -> Result<Box<dyn ScriptUrl>, JsValue> {
        Ok(Box::new(script::BlobUrl::new(text)?))
    }

    fn start_worker(&self, url: &str, name: &str, hear: Hear) -> Result<Box<dyn Worker>, JsValue> {
        Ok(Box::new(worker::WebWorker::start(url, name, hear)?))
    }

    fn when_free<'a>(&'a self, lock: &'a str, act: Rc<dyn Fn()>) -> LocalBoxFuture<'a, ()> {
        locks::when_free(lock, act).boxed_local()
    }

    fn on_leave(&self, run: Box<dyn Fn()>) -> Listener {
        page::on_leave(run)
    }

    fn absolute(&self, url: &str) -> String {
        page::absolute(url)
    }
}
