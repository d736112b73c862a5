//! Who is answered by a server that only this machine shall reach.
//!
//! A page of a stranger can have its own name point to this machine, and would then read what is served here as its own. Its requests name the
//! stranger's host, so the name tells them apart.

use axum::{
    extract::Request,
    http::{StatusCode, header},
    middleware::Next,
    response::{IntoResponse, Response},
};

pub(crate) async fn check(request: Request, next: Next) -> Response {
    // A request of HTTP/1.1 has the header.
    let host = request.headers().get(header::HOST).and_then(|value| value.to_str().ok()).unwrap_or_default();
    if is_loopback(host) {
        next.run(request).await
    } else {
        (StatusCode::FORBIDDEN, "this server answers for localhost and 127.0.0.1 only\n").into_response()
    }
}

fn is_loopback(host: &str) -> bool {
    let name = match host.rsplit_once(':') {
        Some((name, port)) if port.bytes().all(|byte| byte.is_ascii_digit()) => name,
        _ => host,
    };
    name == "127.0.0.1" || name == "[::1]" || name == "localhost" || name.ends_with(".localhost")
}

#[cfg(test)]
mod tests {
    use super::is_loopback;

    #[test]
    fn names_of_this_machine_are_known() {
        for host in ["localhost", "localhost:8080", "127.0.0.1:1", "[::1]:8080", "[::1]", "case.localhost:80"] {
            assert!(is_loopback(host), "{host}");
        }
        for host in ["", "example.com", "localhost.example.com:8080", "127.0.0.1.example.com", "notlocalhost", "::1"] {
            assert!(!is_loopback(host), "{host}");
        }
    }
}
