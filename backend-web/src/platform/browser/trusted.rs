//! Trusted Types: where a page has `require-trusted-types-for 'script'`, a worker is not started with a string.

use std::cell::OnceCell;

use js_sys::Function;
use raddle_web_shared::names::POLICY;
use wasm_bindgen::{JsCast, JsValue, closure::Closure};

use crate::js;

thread_local! {
    /// The policy, or `undefined` where the page may not have it, or the browser knows none. A page's
    /// Content-Security-Policy may allow it once only.
    static MADE: OnceCell<JsValue> = const { OnceCell::new() };
}

/// A URL of a script of this package's own, in the form that workers are started with: trusted where there is such a
/// thing, and else the string, of which a page's default policy may make what it likes.
pub(super) fn script_url(url: &str) -> JsValue {
    MADE.with(|made| {
        let policy = made.get_or_init(|| make().unwrap_or(JsValue::UNDEFINED));
        method(policy, "createScriptURL", &[&url.into()]).unwrap_or_else(|_| url.into())
    })
}

/// Makes the policy. Nobody else can use it, and it is given no string but this package's URLs.
fn make() -> Result<JsValue, JsValue> {
    let itself = Closure::<dyn Fn(JsValue) -> JsValue>::new(|url| url);
    let rules = js::object(&[("createScriptURL", itself.as_ref())]);
    let factory = js::get(&js_sys::global(), "trustedTypes");
    let policy = method(&factory, "createPolicy", &[&POLICY.into(), &rules])?;
    // It is used as long as there is a page.
    itself.forget();
    Ok(policy)
}

fn method(object: &JsValue, name: &str, args: &[&JsValue]) -> Result<JsValue, JsValue> {
    let method: Function = js::get(object, name).dyn_into()?;
    method.apply(object, &args.iter().copied().collect())
}
