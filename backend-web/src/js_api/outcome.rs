//! Outcomes, as `index.d.ts` has them.

use js_sys::{Array, JSON, Object};
use raddle_runtime_api::{Outcome, Value};
use wasm_bindgen::{JsCast, JsValue};

use crate::{js, process};

/// An outcome as `index.d.ts` has it.
pub(super) fn outcome(outcome: &Outcome) -> JsValue {
    let object = JSON::parse(&json(outcome)).unwrap_or(JsValue::UNDEFINED);
    if let (Outcome::Returned(values), Some(object)) = (outcome, object.dyn_ref::<Object>()) {
        // JSON's numbers lose digits of 64-bit integers, and it has none for what is not finite.
        let result =
            |value: &Value| js::object(&[("type", &value.ty().name().into()), ("value", &process::to_js(*value))]);
        js::set(object, "results", &values.iter().map(result).collect::<Array>());
    }
    object
}

/// The text of the JSON that `raddle run --report` writes.
pub(super) fn json(outcome: &Outcome) -> String {
    // An outcome is text and numbers.
    serde_json::to_string(outcome).unwrap_or_default()
}
