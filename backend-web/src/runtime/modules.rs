//! [`Modules`]: what every worker instantiates beside the guest.

use js_sys::{Uint8Array, WebAssembly};
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::JsFuture;

use crate::{error::Error, js, runtime::assets};

/// The compiled modules of the host's side.
#[derive(Debug)]
pub(crate) struct Modules {
    /// The host module.
    pub(crate) host: WebAssembly::Module,
    /// Operations on control words.
    pub(crate) words: WebAssembly::Module,
    memory32: WebAssembly::Module,
    /// `None` where the browser knows no such memories.
    memory64: Option<WebAssembly::Module>,
}

impl Modules {
    pub(super) async fn new() -> Result<Modules, Error> {
        Ok(Modules {
            host: compile(assets::HOST).await?,
            words: compile(assets::WORDS).await?,
            memory32: compile(assets::MEMORY32).await?,
            memory64: compile(assets::MEMORY64).await.ok(),
        })
    }

    /// Operations on a guest's memory.
    pub(crate) fn memory(&self, is_64: bool) -> Result<&WebAssembly::Module, Error> {
        if is_64 {
            self.memory64.as_ref().ok_or(Error::Browser { missing: "64-bit memories" })
        } else {
            Ok(&self.memory32)
        }
    }
}

/// Compiles a module, off this thread.
pub(crate) async fn compile(wasm: &[u8]) -> Result<WebAssembly::Module, Error> {
    let bytes = Uint8Array::from(wasm);
    match JsFuture::from(WebAssembly::compile(&bytes)).await {
        Ok(module) => Ok(module.unchecked_into()),
        Err(error) => Err(Error::Compile { message: js::message(&error) }),
    }
}
