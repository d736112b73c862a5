//! Reads a program's output without trusting it: lines are bounded, and only the end of its standard error is kept.

use std::{
    io::{self, BufRead, BufReader, Read},
    sync::{Arc, Condvar, Mutex, PoisonError, mpsc},
    thread,
    time::Duration,
};

/// The longest line of an answer, in bytes: it contains the output of a guest program, with up to six bytes for each
/// byte.
pub(super) const LONGEST: usize = 64 << 20;

/// How many bytes of its standard error are kept: the last ones.
const TAIL: usize = 4096;

/// A line from a program, or why there is none.
#[derive(Debug)]
pub(super) enum Line {
    Said(String),
    TooLong,
    NotText,
    Ended,
}

/// The lines of a program's standard output, as they come.
pub(super) fn read(stdout: impl Read + Send + 'static) -> io::Result<mpsc::Receiver<Line>> {
    // One line at a time: a program that talks without end fills its own pipe.
    let (sender, receiver) = mpsc::sync_channel(1);
    thread::Builder::new().name("conform answers".into()).spawn(move || {
        let mut stdout = BufReader::new(stdout);
        loop {
            let line = next(&mut stdout);
            let goes_on = matches!(line, Line::Said(_));
            if sender.send(line).is_err() || !goes_on {
                break;
            }
        }
    })?;
    Ok(receiver)
}

fn next(stdout: &mut impl BufRead) -> Line {
    let mut line = Vec::new();
    match stdout.take(LONGEST as u64 + 1).read_until(b'\n', &mut line) {
        Ok(0) | Err(_) => Line::Ended,
        Ok(_) if line.len() > LONGEST => Line::TooLong,
        Ok(_) => String::from_utf8(line).map_or(Line::NotText, Line::Said),
    }
}

/// The end of what a program writes to standard error.
#[derive(Debug, Clone)]
pub(super) struct Tail(Arc<(Mutex<Kept>, Condvar)>);

#[derive(Debug, Default)]
struct Kept {
    bytes: Vec<u8>,
    ended: bool,
}

impl Tail {
    /// Reads to the end, on a thread of its own.
    pub(super) fn read(mut stderr: impl Read + Send + 'static) -> io::Result<Tail> {
        let tail = Tail(Arc::default());
        let shared = tail.clone();
        thread::Builder::new().name("conform errors".into()).spawn(move || {
            let mut chunk = [0; 1024];
            loop {
                let read = stderr.read(&mut chunk).unwrap_or(0);
                let mut kept = shared.0.0.lock().unwrap_or_else(PoisonError::into_inner);
                kept.bytes.extend_from_slice(&chunk[..read]);
                let surplus = kept.bytes.len().saturating_sub(TAIL);
                kept.bytes.drain(..surplus);
                if read == 0 {
                    kept.ended = true;
                    shared.0.1.notify_all();
                    break;
                }
            }
        })?;
        Ok(tail)
    }

    /// What it wrote last. The program has ended, so its output arrives soon; this does not wait for long, in case
    /// another process still holds the pipe.
    pub(super) fn text(&self) -> String {
        let (kept, ended) = &*self.0;
        let kept = kept.lock().unwrap_or_else(PoisonError::into_inner);
        let waited = ended.wait_timeout_while(kept, Duration::from_secs(5), |kept| !kept.ended);
        let (kept, _) = waited.unwrap_or_else(PoisonError::into_inner);
        String::from_utf8_lossy(&kept.bytes).trim().to_owned()
    }
}
