//! How a page waits for other agents, without blocking: for a change of a word, and until nobody holds a lock.

use js_sys::{Function, Int32Array, Object, Promise};
use wasm_bindgen::{JsCast, JsValue, closure::Closure, prelude::wasm_bindgen};
use wasm_bindgen_futures::JsFuture;

use crate::{js, platform::timers::sleep};

#[wasm_bindgen]
extern "C" {
    /// `{ async, value }`, the value a promise when `async`.
    #[wasm_bindgen(js_namespace = Atomics, js_name = waitAsync, catch)]
    fn atomics_wait_async(array: &Int32Array, index: u32, value: i32) -> Result<Object, JsValue>;

    #[wasm_bindgen(js_namespace = ["navigator", "locks"], js_name = request, catch)]
    fn request_lock(name: &str, callback: &Function) -> Result<Promise, JsValue>;
}

/// Waits while a word of shared memory holds a value, without blocking. It may return for no reason.
pub(crate) async fn wait_while(array: &Int32Array, index: u32, value: i32) {
    let Ok(waiting) = atomics_wait_async(array, index, value) else { return };
    if let Ok(promise) = js::get(&waiting, "value").dyn_into::<Promise>() {
        let _ = JsFuture::from(promise).await;
    }
}

/// How long it takes until a lock that was refused is requested again, in milliseconds.
const AGAIN: f64 = 1000.0;

/// Waits until nobody holds a lock any more, and does something before anybody else gets it.
pub(crate) async fn when_free(name: &str, act: impl Fn() + Clone + 'static) {
    // A user may forbid the page its data at any time. Nobody knows then who is gone, until they allow it again.
    while with_lock(name, act.clone()).await.is_err() {
        sleep(AGAIN).await;
    }
}

/// Does something while nobody else holds a lock.
///
/// # Errors
/// What the browser says where the page may use no locks.
pub(crate) async fn with_lock(name: &str, act: impl Fn() + 'static) -> Result<(), JsValue> {
    // Not a function out of text: a page's Content-Security-Policy may forbid that.
    let act = Closure::<dyn Fn()>::new(act);
    JsFuture::from(request_lock(name, act.as_ref().unchecked_ref())?).await.map(drop)
}
