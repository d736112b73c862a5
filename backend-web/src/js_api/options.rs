//! [`Known`]: reads an object of options.

use std::time::Duration;

use js_sys::{Function, Object};
use wasm_bindgen::{JsCast, JsValue};
use web_sys::AbortSignal;

use crate::{error::Error, js};

/// An object of options, of which each has a type, and none is unknown.
pub(super) struct Known<'a> {
    pub(super) what: &'static str,
    pub(super) options: &'a JsValue,
}

impl Known<'_> {
    /// # Errors
    /// [`Error::Option`] names one that is not among these.
    pub(super) fn only(&self, names: &[&str]) -> Result<(), Error> {
        if self.options.is_undefined() || self.options.is_null() {
            return Ok(());
        }
        let Some(options) = self.options.dyn_ref::<Object>() else {
            return Err(Error::Option { message: format!("{}: the options are not an object", self.what) });
        };
        let keys = Object::keys(options);
        match keys.iter().filter_map(|key| key.as_string()).find(|key| !names.contains(&key.as_str())) {
            Some(key) => {
                let message = format!("{} has no option {key}; it has {}", self.what, names.join(", "));
                Err(Error::Option { message })
            }
            None => Ok(()),
        }
    }

    pub(super) fn get(&self, name: &str) -> Option<JsValue> {
        let value = js::get(self.options, name);
        (!value.is_undefined() && !value.is_null()).then_some(value)
    }

    pub(super) fn read<T>(
        &self,
        name: &str,
        kind: &str,
        read: impl FnOnce(&JsValue) -> Option<T>,
    ) -> Result<Option<T>, Error> {
        let Some(value) = self.get(name) else { return Ok(None) };
        let message = || format!("{}: {name} must be {kind}", self.what);
        read(&value).map(Some).ok_or_else(|| Error::Option { message: message() })
    }

    pub(super) fn text(&self, name: &str) -> Result<Option<String>, Error> {
        // A URL object is text, too.
        self.read(name, "a string", |value| value.as_string().or_else(|| js::get(value, "href").as_string()))
    }

    /// A URL: a string, a `URL` object as one, or a `TrustedScriptURL` as it is.
    pub(super) fn url(&self, name: &str) -> Result<Option<JsValue>, Error> {
        let is_trusted = |value: &JsValue| js::class(value).is_some_and(|class| class == "[object TrustedScriptURL]");
        match self.get(name).filter(is_trusted) {
            Some(trusted) => Ok(Some(trusted)),
            None => Ok(self.text(name)?.map(Into::into)),
        }
    }

    pub(super) fn flag(&self, name: &str) -> Result<bool, Error> {
        Ok(self.read(name, "true or false", JsValue::as_bool)?.unwrap_or(false))
    }

    pub(super) fn whole(&self, name: &str, most: f64) -> Result<Option<f64>, Error> {
        let kind = format!("a whole number from 0 to {most}");
        self.read(name, &kind, |value| {
            value.as_f64().filter(|number| number.fract() == 0.0 && (0.0..=most).contains(number))
        })
    }

    pub(super) fn count(&self, name: &str) -> Result<Option<u32>, Error> {
        Ok(self.whole(name, f64::from(u32::MAX))?.map(|number| number as u32))
    }

    pub(super) fn bytes(&self, name: &str) -> Result<Option<u64>, Error> {
        Ok(self.whole(name, js_sys::Number::MAX_SAFE_INTEGER)?.map(|number| number as u64))
    }

    /// A time, of which `Infinity` is none that would end.
    pub(super) fn milliseconds(&self, name: &str) -> Result<Option<Duration>, Error> {
        let time =
            self.read(name, "milliseconds, 0 or more", |value| value.as_f64().filter(|&number| number >= 0.0))?;
        let time = time.filter(|time| time.is_finite());
        // More than a duration can be is as long as one can be.
        Ok(time.map(|time| Duration::try_from_secs_f64(time / 1000.0).unwrap_or(Duration::MAX)))
    }

    pub(super) fn signal(&self, name: &str) -> Result<Option<AbortSignal>, Error> {
        // Another window's is not an instance of this one's class.
        let is_one = |value: &JsValue| js::class(value).is_some_and(|class| class == "[object AbortSignal]");
        self.read(name, "an AbortSignal", |value| is_one(value).then(|| value.clone().unchecked_into()))
    }

    pub(super) fn function(&self, name: &str) -> Result<Option<Function>, Error> {
        self.read(name, "a function", |value| value.dyn_ref::<Function>().cloned())
    }
}
