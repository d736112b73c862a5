//! Events as workers send them and JavaScript has them: objects with the field `event`.

use raddle_runtime_api::{Event, Limit};
use wasm_bindgen::JsValue;

use crate::js;

/// The event that an object stands for; `None` when this version does not know it.
pub(crate) fn from_js(object: &JsValue) -> Option<Event> {
    let text = |name: &str| js::get(object, name).as_string();
    let thread = || Some(js::number(object, "thread")? as u32);
    Some(match text("event")?.as_str() {
        "thread-started" => Event::ThreadStarted { thread: thread()?, name: text("name")? },
        "thread-named" => Event::ThreadNamed { thread: thread()?, name: text("name")? },
        "thread-ended" => Event::ThreadEnded { thread: thread()? },
        "limit-reached" => {
            Event::LimitReached { limit: limit(&text("limit")?)?, value: js::number(object, "value")? as u64 }
        }
        _ => return None,
    })
}

fn limit(name: &str) -> Option<Limit> {
    Some(match name {
        "threads" => Limit::Threads,
        "slots" => Limit::Slots,
        "tls-keys" => Limit::TlsKeys,
        "host-threads" => Limit::HostThreads,
        "output" => Limit::Output,
        "wait-time" => Limit::WaitTime,
        _ => return None,
    })
}
