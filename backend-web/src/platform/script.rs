//! Where the script of workers is.

use js_sys::Array;
use wasm_bindgen::JsValue;
use web_sys::{Blob, BlobPropertyBag, Url};

/// The URL of the script of workers.
#[derive(Debug)]
pub(crate) enum ScriptUrl {
    /// A file's.
    At(String),
    /// A text's, as long as it is not revoked.
    Blob(String),
}

impl ScriptUrl {
    /// Makes one of the script's text.
    pub(crate) fn of_text(text: &str) -> Result<ScriptUrl, JsValue> {
        let properties = BlobPropertyBag::new();
        properties.set_type("text/javascript");
        let parts = Array::of1(&text.into());
        let blob = Blob::new_with_str_sequence_and_options(&parts, &properties)?;
        Url::create_object_url_with_blob(&blob).map(ScriptUrl::Blob)
    }

    pub(crate) fn as_str(&self) -> &str {
        let (ScriptUrl::At(url) | ScriptUrl::Blob(url)) = self;
        url
    }

    /// Frees what it stands for: no worker can be started from it any more.
    pub(crate) fn revoke(&self) {
        if let ScriptUrl::Blob(url) = self {
            // A URL that is none any more is one that was revoked.
            let _ = Url::revoke_object_url(url);
        }
    }
}

impl Drop for ScriptUrl {
    fn drop(&mut self) {
        self.revoke();
    }
}
