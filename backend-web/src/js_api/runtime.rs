//! The class `Runtime`.

use js_sys::{Array, Function, Promise, Reflect, Uint8Array};
use raddle_threadify::Options;
use wasm_bindgen::{JsCast, JsValue, prelude::wasm_bindgen};
use wasm_bindgen_futures::future_to_promise;

use crate::{
    error::Error,
    js,
    js_api::{held::Held, options::Known, program::JsProgram},
    program::ProgramOptions,
    runtime::{Runtime, RuntimeOptions},
};

/// See `index.d.ts`.
#[wasm_bindgen(js_name = Runtime)]
#[derive(Debug)]
pub struct JsRuntime(Held<Runtime>);

#[wasm_bindgen(js_class = Runtime)]
impl JsRuntime {
    /// Makes a runtime.
    ///
    /// # Errors
    /// As [`Runtime::with_options`].
    pub async fn create(options: JsValue) -> Result<JsRuntime, JsValue> {
        let known = Known { what: "Runtime.create", options: &options };
        known.only(&["workerUrl", "maxWorkers", "spares", "parallelism"])?;
        let options = RuntimeOptions {
            worker_url: known.url("workerUrl")?,
            max_workers: known.count("maxWorkers")?,
            spares: known.count("spares")?,
            parallelism: known.count("parallelism")?,
        };
        Ok(JsRuntime(Held::new("Runtime", Runtime::with_options(options).await?)))
    }

    /// Compiles a module.
    pub fn compile(&self, wasm: JsValue, options: JsValue) -> Promise {
        let runtime = self.0.get();
        future_to_promise(async move {
            let runtime = runtime?;
            let known = Known { what: "compile", options: &options };
            known.only(&["stackCheck"])?;
            let threadify = Options::new().stack_check(known.flag("stackCheck")?);
            let bytes = bytes_of(&wasm).ok_or_else(|| {
                let message = "compile takes the bytes of a module: an ArrayBuffer, or a view of one as a Uint8Array, \
                               that was not transferred"
                    .into();
                Error::Option { message }
            })?;
            let program = runtime.compile_with(&bytes, &ProgramOptions { threadify }).await?;
            Ok(JsProgram::new(program).into())
        })
    }

    /// How many workers there are.
    ///
    /// # Errors
    /// A `RaddleError` when it was released, here and below.
    #[wasm_bindgen(getter)]
    pub fn workers(&self) -> Result<u32, JsValue> {
        Ok(self.0.get()?.workers())
    }

    /// Kills every process.
    ///
    /// # Errors
    /// As for all.
    pub fn close(&self) -> Result<(), JsValue> {
        self.0.get()?.close();
        Ok(())
    }

    /// Lets go of it: `npm/index.js` calls this `free`.
    pub fn release(&self) {
        self.0.release();
    }
}

/// The bytes of a buffer or of what a view shows of one, whichever window's they are; `None` of anything else, and of
/// one that was transferred.
fn bytes_of(source: &JsValue) -> Option<Vec<u8>> {
    let args = if js_sys::ArrayBuffer::is_view(source) {
        Array::of3(&js::get(source, "buffer"), &js::get(source, "byteOffset"), &js::get(source, "byteLength"))
    } else if js::class(source)? == "[object ArrayBuffer]" {
        Array::of1(source)
    } else {
        return None;
    };
    // By this, what it throws is a value.
    let class = js::get(&js_sys::global(), "Uint8Array").unchecked_into::<Function>();
    let bytes = Reflect::construct(&class, &args).ok()?;
    Some(bytes.unchecked_into::<Uint8Array>().to_vec())
}
