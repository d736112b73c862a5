//! What the main thread calls, in a job of JavaScript's.

use js_sys::{Array, Object};
use raddle_runtime_api::{Entry, Value};
use raddle_web_shared::value::type_number;
use wasm_bindgen::JsValue;

use crate::js;

/// Adds it to a job.
pub(super) fn describe(entry: &Entry, job: &Object) {
    let args = entry.args.iter().map(|&value| to_js(value)).collect::<Array>();
    let results = entry.ty.results.iter().map(|&ty| JsValue::from(type_number(ty))).collect::<Array>();
    js::set(job, "entry", &entry.name.as_str().into());
    js::set(job, "args", &args);
    js::set(job, "results", &results);
    js::set(job, "constructors", &entry.constructors.into());
}

/// A number as JavaScript has it: a 64-bit integer is a `BigInt`.
pub(crate) fn to_js(value: Value) -> JsValue {
    match value {
        Value::I32(value) => value.into(),
        Value::I64(value) => js_sys::BigInt::from(value).into(),
        Value::F32(value) => value.into(),
        Value::F64(value) => value.into(),
    }
}
