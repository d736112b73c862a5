//! A server as a browser meets it, and as somebody does who means no good.

use std::{
    fs,
    io::{Read, Write},
    net::{Ipv4Addr, SocketAddr, TcpListener, TcpStream, ToSocketAddrs},
    path::Path,
};

use raddle_web_server::{
    Error, ISOLATION, Server,
    axum::{Router, routing::get},
    files,
};
use tempfile::TempDir;

const ANY: SocketAddr = SocketAddr::new(std::net::IpAddr::V4(Ipv4Addr::LOCALHOST), 0);

/// A server of a folder with some files, beside which is one that is nobody's business.
struct Site {
    folder: TempDir,
    server: Server,
}

/// What was answered.
struct Answer {
    status: u16,
    headers: Vec<(String, String)>,
    body: String,
}

impl Site {
    fn new(content: &[(&str, &str)]) -> Site {
        let folder = TempDir::new().unwrap();
        fs::write(folder.path().join("secret.txt"), "secret").unwrap();
        for (name, text) in content {
            let path = folder.path().join("site").join(name);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, text).unwrap();
        }
        let server = Server::start(ANY, files(&folder.path().join("site")).unwrap()).unwrap();
        Site { folder, server }
    }

    /// Asks for a path exactly as it stands here: no client makes it better.
    fn get(&self, path: &str) -> Answer {
        self.ask(&format!("GET {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"))
    }

    fn ask(&self, request: &str) -> Answer {
        ask(&self.server, request)
    }
}

fn ask(server: &Server, request: &str) -> Answer {
    let mut stream = TcpStream::connect(server.address()).unwrap();
    stream.write_all(request.as_bytes()).unwrap();
    let mut text = String::new();
    stream.read_to_string(&mut text).unwrap();
    let (head, body) = text.split_once("\r\n\r\n").unwrap();
    let mut lines = head.lines();
    let status = lines.next().unwrap().split(' ').nth(1).unwrap().parse().unwrap();
    let header = |line: &str| line.split_once(": ").map(|(name, value)| (name.to_lowercase(), value.to_owned()));
    Answer { status, headers: lines.map(|line| header(line).unwrap()).collect(), body: body.into() }
}

impl Answer {
    fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(other, _)| other == name).map(|(_, value)| value.as_str())
    }
}

#[test]
fn every_answer_makes_a_page_isolated() {
    let site = Site::new(&[("index.html", "hello")]);
    for path in ["/", "/index.html", "/missing", "/%00"] {
        let answer = site.get(path);
        for (name, value) in ISOLATION {
            assert_eq!(answer.header(name), Some(value), "{path}: {}", answer.status);
        }
        assert_eq!(answer.header("x-content-type-options"), Some("nosniff"), "{path}");
    }
}

#[test]
fn a_route_may_send_headers_of_its_own() {
    let own = [("cross-origin-embedder-policy", "credentialless")];
    let router = Router::new().route("/", get(move || async move { (own, "hello") }));
    let server = Server::start(ANY, router).unwrap();
    let answer = ask(&server, "GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
    assert_eq!(answer.header("cross-origin-embedder-policy"), Some("credentialless"));
    assert_eq!(answer.header("cross-origin-opener-policy"), Some("same-origin"));
}

#[test]
fn files_have_the_types_that_browsers_ask_for() {
    let types = [
        ("a.html", "text/html"),
        ("a.js", "text/javascript"),
        ("a.mjs", "application/javascript"),
        ("a.wasm", "application/wasm"),
        ("a.json", "application/json"),
        ("a.css", "text/css"),
        ("a.png", "image/png"),
        ("a.svg", "image/svg+xml"),
    ];
    let site = Site::new(&types.map(|(name, _)| (name, "")));
    for (name, expected) in types {
        let answer = site.get(&format!("/{name}"));
        let found = answer.header("content-type").unwrap_or_default();
        assert!(answer.status == 200 && found.split(';').next() == Some(expected), "{name}: {found}");
        assert_eq!(answer.header("cache-control"), Some("no-store"), "{name}");
    }
}

#[test]
fn a_folder_is_its_index() {
    let site = Site::new(&[("index.html", "first"), ("sub/index.html", "second"), ("empty/x", "")]);
    assert_eq!(site.get("/").body, "first");
    assert_eq!(site.get("/sub/").body, "second");
    let moved = site.get("/sub");
    assert_eq!((moved.status, moved.header("location")), (307, Some("/sub/")));
    assert_eq!(site.get("/empty/").status, 404);
}

#[test]
fn no_path_leads_out_of_the_folder() {
    let site = Site::new(&[("index.html", "hello"), ("sub/x", "")]);
    let root = site.folder.path().join("secret.txt");
    let paths = [
        "/../secret.txt",
        "/sub/../../secret.txt",
        "/%2e%2e/secret.txt",
        "/..%2fsecret.txt",
        "/%2e%2e%2fsecret.txt",
        "/..%5csecret.txt",
        "/..\\secret.txt",
        "/sub/%2e%2e/%2e%2e/secret.txt",
        "/./../secret.txt",
        "//../secret.txt",
        &format!("/{}", root.display()),
        &root.display().to_string(),
    ];
    for path in paths {
        let answer = site.get(path);
        assert!(answer.status >= 400 && !answer.body.contains("secret"), "{path}: {} {}", answer.status, answer.body);
    }
}

#[test]
fn a_stranger_who_points_a_name_here_is_refused() {
    let site = Site::new(&[("index.html", "hello")]);
    let ask = |host: &str| site.ask(&format!("GET / HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n")).status;
    assert_eq!(ask(&site.server.address().to_string()), 200);
    assert_eq!(ask("localhost:8080"), 200);
    assert_eq!(ask("example.com"), 403);
}

#[test]
fn a_server_answers_at_the_address_that_it_tells() {
    for address in [[127, 0, 0, 1], [127, 0, 0, 2]] {
        let router = Router::new().route("/", get(|| async { "hello" }));
        // Not every system has more of them than the first.
        let Ok(server) = Server::start((address, 0).into(), router) else { continue };
        let url = server.url();
        let host = url.trim_start_matches("http://").trim_end_matches('/');
        let found = host.to_socket_addrs().unwrap().any(|found| found == server.address());
        assert!(found, "{url} is not {}", server.address());
        assert_eq!(ask(&server, &format!("GET / HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n")).status, 200);
    }
}

#[test]
fn nothing_is_written() {
    let site = Site::new(&[("index.html", "hello")]);
    let put = "PUT /index.html HTTP/1.1\r\nHost: localhost\r\nContent-Length: 3\r\nConnection: close\r\n\r\nbye";
    assert_eq!(site.ask(put).status, 405);
    assert_eq!(site.get("/").body, "hello");
}

#[test]
fn a_dropped_server_listens_no_more() {
    let site = Site::new(&[("index.html", "hello")]);
    let address = site.server.address();
    let idle = TcpStream::connect(address).unwrap();
    drop(site);
    assert!(TcpStream::connect(address).is_err());
    drop(idle);
}

#[test]
fn what_cannot_be_served_is_an_error_with_a_hint() {
    let folder = TempDir::new().unwrap();
    let missing = files(&folder.path().join("missing")).unwrap_err().to_string();
    assert!(missing.starts_with("WS0001: cannot serve ") && missing.contains("missing"), "{missing}");
    let file = folder.path().join("file");
    fs::write(&file, "").unwrap();
    assert!(matches!(files(&file), Err(Error::Folder { .. })));

    let taken = TcpListener::bind(ANY).unwrap();
    let error = Server::start(taken.local_addr().unwrap(), files(folder.path()).unwrap()).unwrap_err();
    assert_eq!(error.code(), "WS0002");
    let elsewhere = Server::start("192.0.2.1:0".parse().unwrap(), files(Path::new(".")).unwrap()).unwrap_err();
    assert!(elsewhere.to_string().starts_with("WS0003: cannot listen on 192.0.2.1:0: "), "{elsewhere}");
}
