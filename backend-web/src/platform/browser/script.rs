//! A script of text, as a URL from which workers can be started.

use js_sys::Array;
use wasm_bindgen::JsValue;
use web_sys::{Blob, BlobPropertyBag, Url};

use crate::platform::ScriptUrl;

/// A text's URL, until it is dropped.
#[derive(Debug)]
pub(super) struct BlobUrl(String);

impl BlobUrl {
    pub(super) fn new(text: &str) -> Result<BlobUrl, JsValue> {
        let properties = BlobPropertyBag::new();
        properties.set_type("text/javascript");
        let blob = Blob::new_with_str_sequence_and_options(&Array::of1(&text.into()), &properties)?;
        Url::create_object_url_with_blob(&blob).map(BlobUrl)
    }
}

impl ScriptUrl for BlobUrl {
    fn as_str(&self) -> &str {
        &self.0
    }
}

impl Drop for BlobUrl {
    fn drop(&mut self) {
        // A URL that is none any more is one that was revoked.
        let _ = Url::revoke_object_url(&self.0);
    }
}
