//! Scripts of workers: a text as a `blob:` URL, and what an embedder gives.

use js_sys::Array;
use wasm_bindgen::JsValue;
use web_sys::{Blob, BlobPropertyBag, Url};

use crate::{
    js,
    platform::{
        Script,
        browser::{page, trusted},
    },
};

/// A text's URL, until it is dropped.
#[derive(Debug)]
pub(super) struct BlobScript(String);

impl BlobScript {
    pub(super) fn new(text: &str) -> Result<BlobScript, JsValue> {
        let properties = BlobPropertyBag::new();
        properties.set_type("text/javascript");
        let blob = Blob::new_with_str_sequence_and_options(&Array::of1(&text.into()), &properties)?;
        Url::create_object_url_with_blob(&blob).map(BlobScript)
    }
}

impl Script for BlobScript {
    fn url(&self) -> &str {
        &self.0
    }

    fn source(&self) -> JsValue {
        // The text is this package's own.
        trusted::script_url(&self.0)
    }
}

impl Drop for BlobScript {
    fn drop(&mut self) {
        // A URL that is none any more is one that was revoked.
        let _ = Url::revoke_object_url(&self.0);
    }
}

/// A URL that the embedder gives: a string, or a `TrustedScriptURL`. Whether a string may be trusted is not for this
/// package to say: the page's default policy does, if there is one.
#[derive(Debug)]
pub(super) struct GivenScript {
    url: String,
    source: JsValue,
}

impl GivenScript {
    pub(super) fn new(source: JsValue) -> GivenScript {
        let text = js::call("String", &[&source]).as_string().unwrap_or_default();
        let url = page::absolute(&text);
        let source = if source.is_string() { url.as_str().into() } else { source };
        GivenScript { url, source }
    }
}

impl Script for GivenScript {
    fn url(&self) -> &str {
        &self.url
    }

    fn source(&self) -> JsValue {
        self.source.clone()
    }
}
