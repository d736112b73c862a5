//! The headers that make a page cross-origin isolated.

use axum::{
    Router,
    http::{HeaderName, HeaderValue, header},
    middleware,
};
use tower_http::set_header::SetResponseHeaderLayer;

use crate::host;

/// The headers that a page and all that it loads need to be cross-origin isolated, each with its value.
pub const ISOLATION: [(&str, &str); 3] = [
    ("cross-origin-opener-policy", "same-origin"),
    ("cross-origin-embedder-policy", "require-corp"),
    ("cross-origin-resource-policy", "same-origin"),
];

/// Sends the headers of [`ISOLATION`] with every response, including errors, and tells browsers not to guess types. If
/// a route sets one of these headers itself, its value is kept.
pub fn isolated(router: Router) -> Router {
    let sniff = (header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    let headers = ISOLATION.map(|(name, value)| (HeaderName::from_static(name), HeaderValue::from_static(value)));
    headers
        .into_iter()
        .chain([sniff])
        .fold(router, |router, (name, value)| router.layer(SetResponseHeaderLayer::if_not_present(name, value)))
}

/// Answers only requests for a name of this machine itself.
pub(crate) fn for_loopback(router: Router) -> Router {
    router.layer(middleware::from_fn(host::check))
}
