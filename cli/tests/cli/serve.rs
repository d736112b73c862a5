//! `raddle serve`: where it listens is told, and a signal ends it.

use std::{
    io::{BufRead, BufReader, Read, Write},
    net::{TcpListener, TcpStream},
    process::{Child, Command, Stdio},
};

use crate::support::{Ran, Scratch};

/// A server that runs; it is killed with the test.
struct Serving(Child);

impl Drop for Serving {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// On any free port.
const ARGS: [&str; 6] = ["serve", "--port", "0", "--open", "no", "."];

/// Starts it; what it printed is the port.
fn serve(scratch: &Scratch) -> (Serving, u16) {
    serve_by(scratch.command(&ARGS))
}

fn serve_by(mut command: Command) -> (Serving, u16) {
    let mut serving = Serving(command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap());
    let mut line = String::new();
    BufReader::new(serving.0.stdout.take().unwrap()).read_line(&mut line).unwrap();
    let port = line.trim().strip_prefix("http://localhost:").and_then(|rest| rest.strip_suffix('/'));
    let port = port.unwrap_or_else(|| panic!("{line:?}")).parse().unwrap();
    (serving, port)
}

#[test]
fn a_folder_is_served_with_the_headers_of_isolation() {
    let scratch = Scratch::new();
    scratch.file("index.html", "<!doctype html>hello");
    let (_serving, port) = serve(&scratch);
    let mut stream = TcpStream::connect(("127.0.0.1", port)).unwrap();
    write!(stream, "GET / HTTP/1.1\r\nHost: localhost:{port}\r\nConnection: close\r\n\r\n").unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    for part in ["HTTP/1.1 200", "text/html", "cross-origin-embedder-policy: require-corp", "<!doctype html>hello"] {
        assert!(answer.contains(part), "no {part} in\n{answer}");
    }
}

#[cfg(unix)]
#[test]
fn an_interrupt_ends_it() {
    let scratch = Scratch::new();
    let (mut serving, _) = serve(&scratch);
    let kill = Command::new("kill").args(["-INT", &serving.0.id().to_string()]).status().unwrap();
    assert!(kill.success());
    assert_eq!(serving.0.wait().unwrap().code(), Some(0));
    let mut stderr = String::new();
    serving.0.stderr.take().unwrap().read_to_string(&mut stderr).unwrap();
    assert!(stderr.contains("to this machine only; Ctrl-C ends it"), "{stderr}");
}

#[cfg(target_os = "linux")]
#[test]
fn ignored_signals_stay_ignored() {
    let scratch = Scratch::new();
    scratch.file("index.html", "<!doctype html>hello");
    let (mut serving, port) = serve_by(scratch.shell("trap '' HUP", &ARGS));
    let kill = |name: &str| {
        let kill = Command::new("kill").args([name, &serving.0.id().to_string()]).status().unwrap();
        assert!(kill.success());
    };
    kill("-HUP");
    assert!(TcpStream::connect(("127.0.0.1", port)).is_ok());
    kill("-TERM");
    assert_eq!(serving.0.wait().unwrap().code(), Some(0));
}

#[test]
fn what_cannot_be_served_is_told() {
    let scratch = Scratch::new();
    let ran: Ran = scratch.raddle(&["serve", "missing"]);
    ran.assert(1, &["raddle: error: WS0001: cannot serve missing: ", "name an existing folder"]);
    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = taken.local_addr().unwrap().port().to_string();
    scratch.raddle(&["serve", "--port", &port, "."]).assert(1, &["WS0002: port", "name another port, or 0"]);
}
