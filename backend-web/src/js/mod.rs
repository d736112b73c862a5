//! JavaScript, as far as it is the same in all places: the parts of it that `js-sys` does not have, and small helpers.
//! Objects and their properties are here; `events`, `time` and `waits` are about what their names say.

mod events;
mod time;
mod waits;

use js_sys::{Array, Function, Object, Reflect, WebAssembly};
use wasm_bindgen::{JsCast, JsValue};

pub(crate) use self::{
    events::Listener,
    time::{now, sleep},
    waits::wait_while,
};

/// A property, `undefined` where there is none.
pub(crate) fn get(object: &JsValue, name: &str) -> JsValue {
    Reflect::get(object, &name.into()).unwrap_or(JsValue::UNDEFINED)
}

/// Sets a property of an object of our own.
pub(crate) fn set(object: &Object, name: &str, value: &JsValue) {
    // An ordinary object takes any property.
    let _ = Reflect::set(object, &name.into(), value);
}

/// An object with these properties.
pub(crate) fn object(properties: &[(&str, &JsValue)]) -> Object {
    let object = Object::new();
    for (name, value) in properties {
        set(&object, name, value);
    }
    object
}

/// The value of a property that is a number.
pub(crate) fn number(object: &JsValue, name: &str) -> Option<f64> {
    get(object, name).as_f64()
}

/// Grows a memory by so many pages, in the type that it counts them in, and returns how many it had.
///
/// # Errors
/// What the browser says where there is no room.
pub(crate) fn grow(memory: &WebAssembly::Memory, pages: &JsValue) -> Result<JsValue, JsValue> {
    get(memory, "grow").unchecked_into::<Function>().call1(memory, pages)
}

/// The class of an object, whichever window's it is, as `[object ArrayBuffer]`.
#[cfg(feature = "js")]
pub(crate) fn class(object: &JsValue) -> Option<String> {
    let prototype = get(&get(&js_sys::global(), "Object"), "prototype");
    get(&prototype, "toString").unchecked_into::<Function>().call0(object).ok()?.as_string()
}

/// What an error says.
pub(crate) fn message(error: &JsValue) -> String {
    match get(error, "message").as_string() {
        Some(message) => message,
        None => error.as_string().unwrap_or_else(|| format!("{error:?}")),
    }
}

/// Calls a function that pages and workers have, and that does not throw.
pub(crate) fn call(name: &str, args: &[&JsValue]) -> JsValue {
    let function = get(&js_sys::global(), name).unchecked_into::<Function>();
    let args = args.iter().copied().collect::<Array>();
    function.apply(&JsValue::UNDEFINED, &args).unwrap_or(JsValue::UNDEFINED)
}
