//! One instance of the program.

use std::{
    ffi::OsString,
    io::{self, Write},
    process::{ChildStdin, Command, ExitStatus, Stdio},
    sync::mpsc::{Receiver, RecvTimeoutError},
    time::{Duration, Instant},
};

use super::{
    children::{Child, Children, Pipes},
    lines::{self, LONGEST, Line, Tail},
};
use crate::{adapter::AdapterError, protocol::Request};

/// One instance of the program. It is killed, with everything that it has started, when this is dropped.
#[derive(Debug)]
pub(super) struct Worker {
    child: Child,
    stdin: ChildStdin,
    answers: Receiver<Line>,
    errors: Tail,
}

impl Worker {
    pub(super) fn start(program: &OsString, args: &[OsString], children: &Children) -> Result<Worker, AdapterError> {
        let start = || -> io::Result<Worker> {
            let mut command = Command::new(program);
            command.args(args).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
            let (child, Pipes { stdin, stdout, stderr }) = children.start(command)?;
            Ok(Worker { child, stdin, answers: lines::read(stdout)?, errors: Tail::read(stderr)? })
        };
        start().map_err(|error| {
            AdapterError::new(format!("cannot start the adapter {}: {error}", program.to_string_lossy()))
        })
    }

    /// Sends a request and waits for the line that answers it. After an error the instance is unusable.
    pub(super) fn ask(&mut self, request: &Request, patience: Duration) -> Result<String, AdapterError> {
        let deadline = Instant::now() + patience;
        // What a closed pipe means is told by the answer that does not come. A request is short: it fits a pipe that
        // nobody reads.
        let _ = serde_json::to_writer(&self.stdin, request).map_err(io::Error::from).and_then(|()| {
            self.stdin.write_all(b"\n")?;
            self.stdin.flush()
        });
        match self.answers.recv_timeout(deadline.saturating_duration_since(Instant::now())) {
            Ok(Line::Said(line)) if !line.trim().is_empty() => Ok(line),
            Ok(Line::Said(_)) => Err(AdapterError::new("the adapter answered with an empty line")),
            Ok(Line::TooLong) => Err(AdapterError::new(format!("the adapter's answer is longer than {LONGEST} bytes"))),
            Ok(Line::NotText) => Err(AdapterError::new("the adapter's answer is not UTF-8")),
            Ok(Line::Ended) | Err(RecvTimeoutError::Disconnected) => Err(self.died()),
            Err(RecvTimeoutError::Timeout) => {
                self.child.end();
                let seconds = patience.as_secs_f64();
                Err(AdapterError::new(format!("the adapter did not answer within {seconds:.1} s and was killed")))
            }
        }
    }

    /// The error for an adapter that closed its output.
    fn died(&self) -> AdapterError {
        let status = self.child.end();
        let errors = self.errors.text();
        let says = if errors.is_empty() { String::new() } else { format!("; its standard error ends:\n{errors}") };
        AdapterError::new(format!("the adapter ended before it answered ({}){says}", how(status)))
    }
}

fn how(status: Option<ExitStatus>) -> String {
    status.map_or("in an unknown way".into(), |status| status.to_string())
}
