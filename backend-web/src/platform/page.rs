//! Events and addresses of the page.

use wasm_bindgen::{JsCast, closure::Closure};
use web_sys::{Event, EventTarget};

use crate::js;

/// Hears a target's events of a name until it is dropped.
#[derive(Debug)]
pub(crate) struct Listener {
    target: EventTarget,
    name: &'static str,
    hear: Closure<dyn Fn(Event)>,
}

impl Listener {
    pub(crate) fn new(target: EventTarget, name: &'static str, hear: impl Fn(Event) + 'static) -> Listener {
        let hear = Closure::<dyn Fn(Event)>::new(hear);
        // Every target takes one.
        let _ = target.add_event_listener_with_callback(name, hear.as_ref().unchecked_ref());
        Listener { target, name, hear }
    }
}

impl Drop for Listener {
    fn drop(&mut self) {
        let _ = self.target.remove_event_listener_with_callback(self.name, self.hear.as_ref().unchecked_ref());
    }
}

/// A URL as the page means it: for a worker others are relative to its own script, and one out of a blob has no such
/// place.
pub(crate) fn absolute(url: &str) -> String {
    let global = js_sys::global();
    let own = |object: &str, name: &str| js::get(&js::get(&global, object), name).as_string();
    // A document may say what its URLs are relative to; a worker has none.
    let base = own("document", "baseURI").or_else(|| own("location", "href")).unwrap_or_default();
    web_sys::Url::new_with_base(url, &base).map_or_else(|_| url.to_owned(), |url| url.href())
}
