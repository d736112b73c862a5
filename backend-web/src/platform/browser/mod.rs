//! [`Browser`]: a page, or a worker of a page in which an embedder has its code. What each method does is in the file
//! that it calls.

mod environment;
mod locks;
mod page;
mod script;
mod trusted;
mod worker;

use std::rc::Rc;

use futures_util::{FutureExt, future::LocalBoxFuture};
use wasm_bindgen::JsValue;

use crate::{
    error::Error,
    js::Listener,
    platform::{Hear, Platform, Script, Worker},
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

    fn script_of_text(&self, text: &str) -> Result<Box<dyn Script>, JsValue> {
        Ok(Box::new(script::BlobScript::new(text)?))
    }

    fn script_at(&self, url: JsValue) -> Box<dyn Script> {
        Box::new(script::GivenScript::new(url))
    }

    fn start_worker(&self, script: &dyn Script, name: &str, hear: Hear) -> Result<Box<dyn Worker>, JsValue> {
        Ok(Box::new(worker::WebWorker::start(&script.source(), name, hear)?))
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
