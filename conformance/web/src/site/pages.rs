//! The files of `page/`, which are built in.

use raddle_web_server::axum::{
    Router,
    http::header,
    routing::{MethodRouter, get},
};

const HTML: &str = "text/html; charset=utf-8";
const JS: &str = "text/javascript; charset=utf-8";
const CSS: &str = "text/css; charset=utf-8";

macro_rules! page {
    ($name:literal) => {
        include_str!(concat!("../../page/", $name))
    };
}

/// Routes to all of them.
pub(super) fn router() -> Router {
    Router::new()
        .route("/run.html", file(HTML, page!("run.html")))
        .route("/run.js", file(JS, page!("run.js")))
        .route("/observe.js", file(JS, page!("observe.js")))
        .route("/output.js", file(JS, page!("output.js")))
        .route("/", file(HTML, page!("table.html")))
        .route("/table.js", file(JS, page!("table.js")))
        .route("/table.css", file(CSS, page!("table.css")))
}

fn file(kind: &'static str, text: &'static str) -> MethodRouter {
    get(move || async move { ([(header::CONTENT_TYPE, kind), (header::CACHE_CONTROL, "no-store")], text) })
}
