//! Serves the package, the pages of `pages/` and the guests of `guests/`, each in the policies of a server.

use std::{
    fs,
    net::{Ipv4Addr, SocketAddr},
    path::PathBuf,
};

use libtest_mimic::Failed;
use raddle_web_server::{
    Server,
    axum::{
        Router,
        extract::Path,
        http::{HeaderName, HeaderValue, StatusCode, header},
        middleware,
        response::{Html, IntoResponse, Response},
        routing::get,
    },
    files,
};

use crate::browser::package;

/// Any port of this machine.
pub(crate) const ANY: SocketAddr = SocketAddr::new(std::net::IpAddr::V4(Ipv4Addr::LOCALHOST), 0);

/// A server whose every answer has these headers.
pub(crate) struct Site(Server);

impl Site {
    pub(crate) fn start(headers: &'static [(&'static str, &'static str)]) -> Result<Site, Failed> {
        let add = move |mut response: Response| async move {
            for (name, value) in headers {
                response.headers_mut().insert(HeaderName::from_static(name), HeaderValue::from_static(value));
            }
            response
        };
        let router = Router::new()
            .route("/guests/{name}", get(guest))
            .nest("/pkg", files(&package())?)
            // A package without its wasm, as a server for applications of one page gives it.
            .route("/unwhole/raddle_web_bg.wasm", get(|| async { Html("<!doctype html>") }))
            .nest("/unwhole", files(&package())?)
            // Workers that may not start workers themselves.
            .nest("/confined", files(&package())?.layer(middleware::map_response(confine)))
            .fallback_service(files(&tests().join("pages"))?)
            .layer(middleware::map_response(add));
        Ok(Site(Server::start(ANY, router)?))
    }

    /// The page that runs a scenario: a function that a module of `pages/` exports.
    pub(crate) fn page(&self, module: &str, scenario: &str) -> String {
        format!("{}?{module}#{scenario}", self.0.url())
    }
}

/// The folder of these tests.
pub(crate) fn tests() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests")
}

/// A guest's module, out of its text.
pub(crate) fn assemble(name: &str) -> Result<Vec<u8>, String> {
    let path = tests().join("guests").join(name).with_extension("wat");
    wat::parse_file(&path).map_err(|error| error.to_string())
}

async fn confine(mut response: Response) -> Response {
    let policy = HeaderValue::from_static("worker-src 'none'");
    response.headers_mut().insert(header::CONTENT_SECURITY_POLICY, policy);
    response
}

async fn guest(Path(name): Path<String>) -> Response {
    // The size behind a `-` is one that the module is brought to.
    let (name, size) = name.trim_end_matches(".wasm").split_once('-').unwrap_or((name.trim_end_matches(".wasm"), "0"));
    match assemble(name) {
        Ok(wasm) => {
            let wasm = pad(wasm, size.parse().unwrap_or(0));
            ([(header::CONTENT_TYPE, "application/wasm"), (header::CACHE_CONTROL, "no-store")], wasm).into_response()
        }
        Err(error) => (StatusCode::NOT_FOUND, error).into_response(),
    }
}

/// Makes a module larger, by a custom section.
fn pad(mut wasm: Vec<u8>, size: usize) -> Vec<u8> {
    if let Some(missing) = size.checked_sub(wasm.len()).filter(|missing| *missing > 0) {
        let length = u32::try_from(missing).expect("modules are smaller than 4 GiB");
        wasm.push(0);
        // The length in five bytes, however small it is; then a name of one byte.
        wasm.extend((0..5).map(|place| ((length >> (7 * place)) & 0x7f) as u8 | if place < 4 { 0x80 } else { 0 }));
        wasm.extend([1, b'x']);
        wasm.resize(wasm.len() + missing - 2, 0);
    }
    wasm
}

/// Copies a folder with all that is in it.
pub(crate) fn copy(from: &std::path::Path, to: &std::path::Path) -> std::io::Result<()> {
    fs::create_dir_all(to)?;
    for entry in fs::read_dir(from)? {
        let entry = entry?;
        let (from, to) = (entry.path(), to.join(entry.file_name()));
        if entry.file_type()?.is_dir() {
            copy(&from, &to)?;
        } else {
            fs::copy(&from, &to)?;
        }
    }
    Ok(())
}
