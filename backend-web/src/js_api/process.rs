//! The classes `Process` and `Notifier`.

use std::time::Duration;

use js_sys::{Object, Promise};
use wasm_bindgen::{JsValue, prelude::wasm_bindgen};
use wasm_bindgen_futures::future_to_promise;

use crate::{
    error::Error,
    js,
    js_api::{
        held::Held,
        outcome::{json, outcome},
    },
    process::{Notifier, Process},
};

/// See `index.d.ts`.
#[wasm_bindgen(js_name = Process)]
#[derive(Debug)]
pub struct JsProcess(Held<Process>);

impl JsProcess {
    pub(super) fn new(process: Process) -> JsProcess {
        JsProcess(Held::new("Process", process))
    }
}

#[wasm_bindgen(js_class = Process)]
impl JsProcess {
    /// Waits for the end.
    pub fn wait(&self) -> Promise {
        let process = self.0.get();
        future_to_promise(async move { Ok(outcome(&process?.wait().await)) })
    }

    /// Waits for the end, but not longer than so many milliseconds.
    #[wasm_bindgen(js_name = waitTimeout)]
    pub fn wait_timeout(&self, milliseconds: f64) -> Promise {
        let process = self.0.get();
        future_to_promise(async move {
            let process = process?;
            if milliseconds.is_nan() || milliseconds < 0.0 {
                let message = format!("waitTimeout: {milliseconds} is not a time: give milliseconds, 0 or more");
                return Err(Error::Option { message }.into());
            }
            // More than a duration can be, as `Infinity` is, is for ever.
            let timeout = Duration::try_from_secs_f64(milliseconds / 1000.0).unwrap_or(Duration::MAX);
            Ok(process.wait_timeout(timeout).await.as_ref().map_or(JsValue::UNDEFINED, outcome))
        })
    }

    /// The outcome; `undefined` while the process runs.
    ///
    /// # Errors
    /// A `RaddleError` when it was released, here and below.
    #[wasm_bindgen(getter)]
    pub fn outcome(&self) -> Result<JsValue, JsValue> {
        Ok(self.0.get()?.outcome().as_ref().map_or(JsValue::UNDEFINED, outcome))
    }

    /// The outcome as the text of the JSON that `raddle run --report` writes, in which no integer loses its last
    /// digits.
    ///
    /// # Errors
    /// As for all.
    #[wasm_bindgen(getter, js_name = outcomeJson)]
    pub fn outcome_json(&self) -> Result<Option<String>, JsValue> {
        Ok(self.0.get()?.outcome().map(|outcome| json(&outcome)))
    }

    /// Ends the process.
    ///
    /// # Errors
    /// As for all.
    pub fn kill(&self) -> Result<bool, JsValue> {
        Ok(self.0.get()?.kill())
    }

    /// A notifier.
    ///
    /// # Errors
    /// As for all.
    pub fn notifier(&self) -> Result<JsNotifier, JsValue> {
        Ok(JsNotifier::new(self.0.get()?.notifier()))
    }

    /// Counts.
    ///
    /// # Errors
    /// As for all.
    #[wasm_bindgen(getter)]
    pub fn stats(&self) -> Result<Object, JsValue> {
        let stats = self.0.get()?.stats();
        Ok(js::object(&[
            ("spawned", &stats.threads.spawned.into()),
            ("live", &stats.threads.live.into()),
            ("peakLive", &stats.threads.peak_live.into()),
            ("slotsInUse", &stats.threads.slots_in_use.into()),
            ("memory", &JsValue::from(stats.threads.memory as f64)),
            ("workers", &stats.workers.into()),
        ]))
    }

    /// The guest's memory.
    ///
    /// # Errors
    /// As for all.
    #[wasm_bindgen(getter)]
    pub fn memory(&self) -> Result<JsValue, JsValue> {
        Ok(self.0.get()?.memory().memory().into())
    }

    /// Lets go of it: `npm/index.js` calls this `free`.
    pub fn release(&self) {
        self.0.release();
    }
}

/// See `index.d.ts`.
#[wasm_bindgen(js_name = Notifier)]
#[derive(Debug)]
pub struct JsNotifier(Held<Notifier>);

impl JsNotifier {
    pub(super) fn new(notifier: Notifier) -> JsNotifier {
        JsNotifier(Held::new("Notifier", notifier))
    }
}

#[wasm_bindgen(js_class = Notifier)]
impl JsNotifier {
    /// Wakes threads that wait at an address, all of them unless it is told how many.
    ///
    /// # Errors
    /// A `RaddleError` where the guest's own notify would trap, for what is not an address, and when it was released.
    pub fn notify(&self, address: f64, count: Option<f64>) -> Result<u32, JsValue> {
        let notifier = self.0.get()?;
        let refused = |why: String| Error::Option { message: format!("notify: {why}") };
        if address.fract() != 0.0 || address < 0.0 {
            return Err(refused(format!("{address} is not an address: give a whole number from 0 up")).into());
        }
        // More than a number can be, as `Infinity` is, is all.
        let count = count.map_or(u32::MAX, |count| count as u32);
        let woken = notifier.notify(address as u64, count);
        Ok(woken.map_err(|fault| refused(format!("{fault}: {address}")))?)
    }

    /// Lets go of it: `npm/index.js` calls this `free`.
    pub fn release(&self) {
        self.0.release();
    }
}
