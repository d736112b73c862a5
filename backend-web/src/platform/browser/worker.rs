//! A worker of the page's.

use wasm_bindgen::{JsCast, JsValue, closure::Closure, prelude::wasm_bindgen};
use web_sys::{ErrorEvent, MessageEvent, WorkerOptions, WorkerType};

use crate::{
    js,
    platform::{Hear, Worker},
};

#[wasm_bindgen]
extern "C" {
    /// A worker as web-sys has it, but that it may be made with a `TrustedScriptURL`.
    #[wasm_bindgen(extends = web_sys::Worker, js_name = Worker)]
    #[derive(Debug)]
    type AnyWorker;

    #[wasm_bindgen(constructor, js_class = "Worker", catch)]
    fn new(source: &JsValue, options: &WorkerOptions) -> Result<AnyWorker, JsValue>;
}

#[derive(Debug)]
pub(super) struct WebWorker {
    worker: AnyWorker,
    _on_message: Closure<dyn FnMut(MessageEvent)>,
    _on_error: Closure<dyn FnMut(ErrorEvent)>,
}

impl WebWorker {
    pub(super) fn start(source: &JsValue, name: &str, hear: Hear) -> Result<WebWorker, JsValue> {
        let Hear { message, failure } = hear;
        let options = WorkerOptions::new();
        options.set_type(WorkerType::Module);
        options.set_name(name);
        let worker = AnyWorker::new(source, &options)?;
        let on_message = Closure::new(move |event: MessageEvent| message(&event.data()));
        let on_error = Closure::new(move |event: ErrorEvent| {
            // An event without a message is a script that was not loaded: why, browsers tell only in their console.
            let message = js::get(&event, "message").as_string().filter(|text| !text.is_empty());
            failure(message.unwrap_or_else(|| "its script could not be loaded".into()));
        });
        worker.set_onmessage(Some(on_message.as_ref().unchecked_ref()));
        worker.set_onerror(Some(on_error.as_ref().unchecked_ref()));
        Ok(WebWorker { worker, _on_message: on_message, _on_error: on_error })
    }
}

impl Worker for WebWorker {
    fn post(&self, message: &JsValue) -> Result<(), JsValue> {
        self.worker.post_message(message)
    }

    fn terminate(&self) {
        self.worker.terminate();
    }
}

impl Drop for WebWorker {
    fn drop(&mut self) {
        // An event may be on its way.
        self.worker.set_onmessage(None);
        self.worker.set_onerror(None);
        self.terminate();
    }
}
