//! Which requests are answered by a server that only this machine may reach.
//!
//! A stranger's page can have its own host name point to this machine (DNS rebinding), and could then read what is
//! served here. Its requests name the stranger's host, so the name tells them apart.

use std::net::{Ipv4Addr, Ipv6Addr};

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
        (StatusCode::FORBIDDEN, "this server answers only for localhost and for loopback addresses such as 127.0.0.1\n")
            .into_response()
    }
}

fn is_loopback(host: &str) -> bool {
    let name = match host.rsplit_once(':') {
        Some((name, port)) if port.bytes().all(|byte| byte.is_ascii_digit()) => name,
        _ => host,
    };
    let v6 = name.strip_prefix('[').and_then(|name| name.strip_suffix(']'));
    let is_address = match v6 {
        Some(address) => address.parse::<Ipv6Addr>().is_ok_and(|address| address.is_loopback()),
        None => name.parse::<Ipv4Addr>().is_ok_and(|address| address.is_loopback()),
    };
    is_address || name == "localhost" || name.ends_with(".localhost")
}

#[cfg(test)]
mod tests {
    use super::is_loopback;

    #[test]
    fn names_of_this_machine_are_known() {
        for host in [
            "localhost",
            "localhost:8080",
            "127.0.0.1:1",
            "127.0.0.2",
            "127.0.0.2:8080",
            "[::1]:8080",
            "[::1]",
            "case.localhost:80",
        ] {
            assert!(is_loopback(host), "{host}");
        }
        for host in [
            "",
            "example.com",
            "localhost.example.com:8080",
            "127.0.0.1.example.com",
            "notlocalhost",
            "::1",
            "[127.0.0.1]",
            "128.0.0.1:8080",
            "192.168.0.1",
        ] {
            assert!(!is_loopback(host), "{host}");
        }
    }
}
