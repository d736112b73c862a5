//! Events, as `index.d.ts` has them.

use raddle_runtime_api::Event;
use wasm_bindgen::JsValue;

use crate::js;

pub(super) fn to_js(event: &Event) -> JsValue {
    let object = js::object(&[("event", &event.name().into())]);
    let set = |name: &str, value: JsValue| js::set(&object, name, &value);
    match event {
        Event::ThreadStarted { thread, name } | Event::ThreadNamed { thread, name } => {
            set("thread", (*thread).into());
            set("name", name.into());
        }
        Event::ThreadEnded { thread } => set("thread", (*thread).into()),
        Event::LimitReached { limit, value } => {
            set("limit", limit.name().into());
            set("value", (*value as f64).into());
        }
        // Its name says all that this version knows.
        _ => {}
    }
    object.into()
}
