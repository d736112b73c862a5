//! [`Delivery`]: what workers send reaches the embedder, in the order in which it happened.

use std::cell::RefCell;

use js_sys::Uint8Array;
use raddle_runtime_api::{Event, Stream};
use raddle_web_shared::output::{self, Inbox};

use crate::{process::host::PageHost, runtime::Message};

/// Who is given what a guest writes.
pub(crate) type Sink = Box<dyn Fn(&Uint8Array)>;

/// Who is told what happens.
pub(crate) type OnEvent = Box<dyn Fn(&Event)>;

/// What an embedder gives a process to tell it things.
pub(crate) struct Sinks {
    pub(crate) stdout: Sink,
    pub(crate) stderr: Sink,
    pub(crate) on_event: Option<OnEvent>,
}

impl Default for Sinks {
    fn default() -> Sinks {
        Sinks {
            stdout: Box::new(|bytes| web_sys::console::log_1(&text(bytes).into())),
            stderr: Box::new(|bytes| web_sys::console::error_1(&text(bytes).into())),
            on_event: None,
        }
    }
}

/// A console begins a line for each text that it is given.
fn text(bytes: &Uint8Array) -> String {
    let text = String::from_utf8_lossy(&bytes.to_vec()).into_owned();
    text.strip_suffix('\n').map(Into::into).unwrap_or(text)
}

/// The messages of a process's workers, and where they go.
pub(super) struct Delivery {
    sinks: Sinks,
    inbox: RefCell<Inbox<Message>>,
}

impl Delivery {
    pub(super) fn new(sinks: Sinks) -> Delivery {
        Delivery { sinks, inbox: RefCell::default() }
    }

    /// Takes a message in, and hands on those whose turn it is.
    pub(super) fn put(&self, host: &PageHost, number: u32, message: Message) {
        self.inbox.borrow_mut().put(number, message);
        loop {
            // A sink may do anything, even cause the next message to arrive.
            let Some(message) = self.inbox.borrow_mut().take() else { return };
            self.hand_on(host, message);
        }
    }

    fn hand_on(&self, host: &PageHost, message: Message) {
        let carried = match message {
            Message::Output { stream, bytes, .. } => {
                let length = bytes.length();
                let sink = match stream {
                    Stream::Stdout => &self.sinks.stdout,
                    Stream::Stderr => &self.sinks.stderr,
                };
                sink(&bytes);
                length
            }
            Message::Event { event, length, .. } => {
                if let (Some(on_event), Some(event)) = (&self.sinks.on_event, event) {
                    on_event(&event);
                }
                length
            }
            _ => return,
        };
        output::handed_on(host.control(), host.region(), output::weight(carried as usize));
    }

    /// How many messages were handed on; wraps.
    pub(super) fn handed_on(&self) -> u32 {
        self.inbox.borrow().taken()
    }
}
