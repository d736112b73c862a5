//! The parts of JavaScript that `js-sys` and `web-sys` do not have, and small helpers.

use futures_channel::oneshot;
use js_sys::{Array, Function, Int32Array, Object, Promise, Reflect, WebAssembly};
use wasm_bindgen::{JsCast, JsValue, closure::Closure, prelude::wasm_bindgen};
use wasm_bindgen_futures::JsFuture;
use web_sys::{Event, EventTarget};

#[wasm_bindgen]
extern "C" {
    /// `{ async, value }`, the value a promise when `async`.
    #[wasm_bindgen(js_namespace = Atomics, js_name = waitAsync, catch)]
    fn atomics_wait_async(array: &Int32Array, index: u32, value: i32) -> Result<Object, JsValue>;

    #[wasm_bindgen(js_namespace = ["navigator", "locks"], js_name = request, catch)]
    fn request_lock(name: &str, callback: &Function) -> Result<Promise, JsValue>;
}

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

/// A number's value, as long as it is one.
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

/// Waits while a word of shared memory holds a value, without blocking. It may return for no reason.
pub(crate) async fn wait_while(array: &Int32Array, index: u32, value: i32) {
    let Ok(waiting) = atomics_wait_async(array, index, value) else { return };
    if let Ok(promise) = get(&waiting, "value").dyn_into::<Promise>() {
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

/// The longest that a timer may take, in milliseconds: about 25 days.
const LONGEST_TIMER: f64 = 2_147_483_647.0;

/// Waits for so many milliseconds, however many they are.
pub(crate) async fn sleep(milliseconds: f64) {
    let mut left = milliseconds;
    while left > LONGEST_TIMER {
        left -= LONGEST_TIMER;
        timer(LONGEST_TIMER).await;
    }
    timer(left).await;
}

/// Waits as a timer does. Whoever stops waiting ends the timer.
async fn timer(milliseconds: f64) {
    let (sender, over) = oneshot::channel();
    let run = Closure::once(move || {
        // There is nobody when it was ended too late.
        let _ = sender.send(());
    });
    let _timer = Timer(call("setTimeout", &[run.as_ref(), &milliseconds.into()]));
    let _ = over.await;
}

/// What ends a timer when it is dropped.
struct Timer(JsValue);

impl Drop for Timer {
    fn drop(&mut self) {
        call("clearTimeout", &[&self.0]);
    }
}

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

/// Calls a function that pages and workers have, and that does not throw.
fn call(name: &str, args: &[&JsValue]) -> JsValue {
    let function = get(&js_sys::global(), name).unchecked_into::<Function>();
    let args = args.iter().copied().collect::<Array>();
    function.apply(&JsValue::UNDEFINED, &args).unwrap_or(JsValue::UNDEFINED)
}

/// Milliseconds since 1970, of a clock that is not set.
pub(crate) fn now() -> f64 {
    let performance = get(&js_sys::global(), "performance").unchecked_into::<web_sys::Performance>();
    performance.time_origin() + performance.now()
}

/// A URL as the page means it: for a worker others are relative to its own script, and one out of a blob has no such
/// place.
pub(crate) fn absolute(url: &str) -> String {
    let global = js_sys::global();
    let own = |object: &str, name: &str| get(&get(&global, object), name).as_string();
    // A document may say what its URLs are relative to; a worker has none.
    let base = own("document", "baseURI").or_else(|| own("location", "href")).unwrap_or_default();
    web_sys::Url::new_with_base(url, &base).map_or_else(|_| url.to_owned(), |url| url.href())
}
