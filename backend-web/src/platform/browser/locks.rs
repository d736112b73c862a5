//! Locks of the page and its workers (`navigator.locks`): who holds one is there, whatever may end it.

use std::rc::Rc;

use js_sys::{Function, Promise};
use wasm_bindgen::{JsCast, JsValue, closure::Closure, prelude::wasm_bindgen};
use wasm_bindgen_futures::JsFuture;

use crate::js;

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_namespace = ["navigator", "locks"], js_name = request, catch)]
    fn request_lock(name: &str, callback: &Function) -> Result<Promise, JsValue>;
}

/// How long to wait before asking again for a lock that was refused, in milliseconds.
const AGAIN: f64 = 1000.0;

/// Waits until nobody holds a lock any more, and does something before anybody else gets it.
pub(super) async fn when_free(name: &str, act: Rc<dyn Fn()>) {
    // The user may forbid the page to keep data at any time. Until they allow it again, nobody can tell who is gone.
    while {
        let act = act.clone();
        with_lock(name, move || act()).await
    }
    .is_err()
    {
        js::sleep(AGAIN).await;
    }
}

/// Does something while nobody else holds a lock.
///
/// # Errors
/// What the browser says where the page may use no locks.
pub(super) async fn with_lock(name: &str, act: impl Fn() + 'static) -> Result<(), JsValue> {
    // Not a function out of text: a page's Content-Security-Policy may forbid that.
    let act = Closure::<dyn Fn()>::new(act);
    JsFuture::from(request_lock(name, act.as_ref().unchecked_ref())?).await.map(drop)
}
