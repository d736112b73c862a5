//! Timers, and the clock that all agents have in common.

use futures_channel::oneshot;
use raddle_web_shared::names;
use wasm_bindgen::{JsCast, JsValue, closure::Closure};

use crate::js;

/// [`LONGEST_TIMER`](names::LONGEST_TIMER), as timers take it.
const LONGEST_TIMER: f64 = names::LONGEST_TIMER as f64;

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
    let _timer = Timer(js::call("setTimeout", &[run.as_ref(), &milliseconds.into()]));
    let _ = over.await;
}

/// What ends a timer when it is dropped.
struct Timer(JsValue);

impl Drop for Timer {
    fn drop(&mut self) {
        js::call("clearTimeout", &[&self.0]);
    }
}

/// Milliseconds since 1970, of a clock that is not set.
pub(crate) fn now() -> f64 {
    let performance = js::get(&js_sys::global(), "performance").unchecked_into::<web_sys::Performance>();
    performance.time_origin() + performance.now()
}
