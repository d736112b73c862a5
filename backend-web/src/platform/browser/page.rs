//! When the page goes, and what its URLs are relative to.

use wasm_bindgen::JsCast;

use crate::js::{self, Listener};

/// Calls something when the page goes for good, until the returned listener is dropped.
pub(super) fn on_leave(run: Box<dyn Fn()>) -> Listener {
    Listener::new(js_sys::global().unchecked_into(), "pagehide", move |event| {
        // A page that may come back keeps its processes.
        if js::get(&event, "persisted").as_bool() != Some(true) {
            run();
        }
    })
}

/// A URL, made absolute as in the page.
pub(super) fn absolute(url: &str) -> String {
    let global = js_sys::global();
    let own = |object: &str, name: &str| js::get(&js::get(&global, object), name).as_string();
    // A document may say what its URLs are relative to; a worker has none.
    let base = own("document", "baseURI").or_else(|| own("location", "href")).unwrap_or_default();
    web_sys::Url::new_with_base(url, &base).map_or_else(|_| url.to_owned(), |url| url.href())
}
