//! Events.

use wasm_bindgen::{JsCast, closure::Closure};
use web_sys::{Event, EventTarget};

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
