//! The API for JavaScript: the same types, with options as plain objects. `npm/index.d.ts` has their types and
//! documentation.
//!
//! # Reading order
//! `runtime`, `program` and `process` have the classes, whose objects have what they stand for in a `held`. `options`
//! reads objects of options, `start_options` those of a process, and `arguments` its entry's arguments; `outcome`
//! writes how it ended, and `event` what happened meanwhile.

mod arguments;
mod event;
mod held;
mod options;
mod outcome;
mod process;
mod program;
mod runtime;
mod start_options;

use wasm_bindgen::JsValue;

use crate::{error::Error, js};

/// What is thrown: an `Error` whose `name` is `RaddleError`, with the code and the hint beside it.
impl From<Error> for JsValue {
    fn from(error: Error) -> JsValue {
        let thrown = js_sys::Error::new(&error.report());
        thrown.set_name("RaddleError");
        js::set(&thrown, "code", &error.code().into());
        js::set(&thrown, "hint", &error.hint().into());
        thrown.into()
    }
}
