//! Whether this page can run threads at all, and what it says where it cannot.

use wasm_bindgen::JsValue;

use crate::{error::Error, js, platform::browser::locks::with_lock};

/// Classes that exist in workers that belong to no page alone, and what such a worker is called.
const OTHER_PLACES: [(&str, &str); 2] =
    [("ServiceWorkerGlobalScope", "a service worker"), ("SharedWorkerGlobalScope", "a shared worker")];

/// Checks that everything that threads need is there, and takes the lock of that name for a moment.
///
/// # Errors
/// [`Error::NotIsolated`], [`Error::Place`], [`Error::Browser`] and [`Error::Locks`].
pub(super) async fn check(lock: &str) -> Result<(), Error> {
    let global: JsValue = js_sys::global().into();
    let has = |object: &JsValue, name: &str| !js::get(object, name).is_undefined();
    let is_isolated = js::get(&global, "crossOriginIsolated").as_bool() == Some(true);
    if let Some(&(_, place)) = OTHER_PLACES.iter().find(|(class, _)| has(&global, class)) {
        // Browsers differ in what they have there.
        if !has(&global, "Worker") {
            return Err(Error::Place { place, lacks: "can start no workers" });
        }
        if !is_isolated {
            return Err(Error::Place { place, lacks: "can share no memory with workers" });
        }
    }
    if !has(&global, "Atomics") || !has(&global, "Worker") {
        return Err(Error::Browser { missing: "Atomics or workers" });
    }
    // Where it is hidden or may not be posted, the page's headers are what is missing.
    if !is_isolated || !has(&global, "SharedArrayBuffer") {
        return Err(Error::NotIsolated);
    }
    if !has(&js::get(&global, "Atomics"), "waitAsync") {
        return Err(Error::Browser { missing: "Atomics.waitAsync" });
    }
    if !has(&js::get(&global, "navigator"), "locks") {
        return Err(Error::Browser { missing: "navigator.locks" });
    }
    // They are there also where none is given.
    with_lock(lock, || {}).await.map_err(|error| Error::Locks { message: js::message(&error) })
}

/// How many threads can run at once here.
pub(super) fn parallelism() -> u32 {
    let navigator = js::get(&js_sys::global(), "navigator");
    js::number(&navigator, "hardwareConcurrency").map_or(1, |count| count.max(1.0) as u32)
}
