//! How a page waits for a change of a word of shared memory.

use js_sys::{Int32Array, Object, Promise};
use wasm_bindgen::{JsCast, JsValue, prelude::wasm_bindgen};
use wasm_bindgen_futures::JsFuture;

use crate::js;

#[wasm_bindgen]
extern "C" {
    /// `{ async, value }`, the value a promise when `async`.
    #[wasm_bindgen(js_namespace = Atomics, js_name = waitAsync, catch)]
    fn atomics_wait_async(array: &Int32Array, index: u32, value: i32) -> Result<Object, JsValue>;
}

/// Waits while a word of shared memory holds a value, without blocking. It may return for no reason.
pub(crate) async fn wait_while(array: &Int32Array, index: u32, value: i32) {
    let Ok(waiting) = atomics_wait_async(array, index, value) else { return };
    if let Ok(promise) = js::get(&waiting, "value").dyn_into::<Promise>() {
        let _ = JsFuture::from(promise).await;
    }
}
