//! [`Nursery`]: a process's nursery worker, as the page has it.

use std::{
    cell::{Cell, RefCell},
    pin::pin,
    rc::Rc,
};

use futures_channel::oneshot;
use futures_util::future::{Either, select};
use js_sys::{Array, Atomics, Int32Array, Object, SharedArrayBuffer, Uint8Array};
use raddle_runtime_api::{Event, ImportName, Stream};
use raddle_web_shared::{
    event,
    names::{role, tell},
    output,
};
use wasm_bindgen::{JsCast, JsValue};

use wasm_bindgen_futures::spawn_local;

use crate::{
    error::Error,
    js,
    platform::{self, Hear, Script, Worker},
};

/// How many seconds a nursery may take until it has a worker.
const ANSWER: u32 = 30;

/// Called with every message of the nursery's.
type Handler = Rc<dyn Fn(Message)>;

/// What a nursery says.
#[derive(Debug)]
pub(crate) enum Message {
    /// A guest wrote: the message's number, the stream's, the bytes.
    Output { number: u32, stream: Stream, bytes: Uint8Array },
    /// Something happened: the message's number, what, `None` when this version does not know it, and how many bytes
    /// said it.
    Event { number: u32, event: Option<Event>, length: u32 },
    /// A worker has the embedder's own imports, but for these.
    Linked(Vec<Unfit>),
    /// Workers that did not stop were told to end, and will.
    Terminated,
    /// It asks whether the page is busy.
    Ask,
    /// It does nothing any more.
    Closed,
    /// It has failed itself.
    Failed(String),
    /// The browser has ended it.
    Lost,
}

/// One of the embedder's own imports that cannot be used.
#[derive(Debug)]
pub(crate) struct Unfit {
    pub(crate) import: ImportName,
    /// What the module imports: a function, a table, a memory, a global or a tag.
    pub(crate) kind: String,
    /// What JavaScript calls what is there; `None` where nothing is.
    pub(crate) found: Option<String>,
}

/// A worker that adds workers. It is there before its process, so that starting one takes little time.
#[derive(Debug)]
pub(crate) struct Nursery {
    worker: Box<dyn Worker>,
    lock: String,
    over: Int32Array,
    shared: Rc<Shared>,
}

#[derive(Default)]
struct Shared {
    /// Who waits for it to be ready; what comes is the version of its script.
    ready: RefCell<Option<oneshot::Sender<Result<String, String>>>>,
    handler: RefCell<Option<Handler>>,
    /// It failed before anybody listened to it.
    has_failed: Cell<bool>,
    /// The page itself has ended it.
    is_over: Cell<bool>,
}

impl std::fmt::Debug for Shared {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Shared").finish_non_exhaustive()
    }
}

impl Shared {
    fn receive(&self, data: &JsValue) {
        let text = |name: &str| js::get(data, name).as_string().unwrap_or_default();
        let number = |name: &str| js::number(data, name).unwrap_or_default() as u32;
        let message = match text("type").as_str() {
            tell::READY => return self.answer(Ok(text("version"))),
            tell::OUTPUT => Message::Output {
                number: number("number"),
                stream: output::stream(number("stream")),
                bytes: js::get(data, "bytes").unchecked_into(),
            },
            tell::EVENT => {
                let bytes = js::get(data, "bytes").unchecked_into::<Uint8Array>().to_vec();
                Message::Event { number: number("number"), event: event::decode(&bytes), length: bytes.len() as u32 }
            }
            tell::LINKED => Message::Linked(unfit(&js::get(data, "unfit"))),
            tell::TERMINATED => Message::Terminated,
            tell::ASK => Message::Ask,
            tell::CLOSED => Message::Closed,
            _ => return self.fail(text("message")),
        };
        self.handle(message);
    }

    fn fail(&self, message: String) {
        if self.ready.borrow().is_some() {
            self.answer(Err(message));
        } else {
            self.tell_end(Message::Failed(message));
        }
    }

    fn tell_end(&self, message: Message) {
        if self.handler.borrow().is_some() {
            self.handle(message);
        } else {
            self.has_failed.set(true);
        }
    }

    fn answer(&self, answer: Result<String, String>) {
        if let Some(ready) = self.ready.take() {
            // Nobody waits any more when the caller has given up.
            let _ = ready.send(answer);
        }
    }

    fn handle(&self, message: Message) {
        let handler = self.handler.borrow().clone();
        if let Some(handler) = handler {
            handler(message);
        }
    }
}

impl Nursery {
    /// Starts one, with a worker for the main thread ahead of need.
    ///
    /// # Errors
    /// [`Error::Worker`] and [`Error::WorkerVersion`].
    pub(crate) async fn start(script: Rc<dyn Script>, lock: String) -> Result<Nursery, Error> {
        let failed = |message| Error::Worker { message };
        let (sender, ready) = oneshot::channel();
        let shared = Rc::new(Shared { ready: RefCell::new(Some(sender)), ..Shared::default() });
        let (for_messages, for_failures) = (shared.clone(), shared.clone());
        let hear = Hear {
            message: Box::new(move |data| for_messages.receive(data)),
            failure: Box::new(move |message| for_failures.fail(message)),
        };
        let worker = platform::here().start_worker(&*script, "raddle: nursery", hear);
        let worker = worker.map_err(|error| failed(js::message(&error)))?;
        let over = Int32Array::new(&SharedArrayBuffer::new(4));
        let nursery = Nursery { worker, lock, over, shared };
        let url = script.url().to_owned();
        // It is there no longer than the runtime.
        drop(script);
        let own_lock = format!("{}-nursery", nursery.lock);
        let role =
            [("role", &role::NURSERY.into()), ("url", &url.as_str().into()), ("lock", &own_lock.as_str().into())];
        nursery.post_object(&js::object(&role));
        let version = answer(ready).await.map_err(failed)?;
        if version != env!("CARGO_PKG_VERSION") {
            let expected = env!("CARGO_PKG_VERSION");
            return Err(Error::WorkerVersion { url, found: version, expected });
        }
        nursery.watch(own_lock);
        Ok(nursery)
    }

    /// Notices when the browser ends it, by the lock that it holds.
    fn watch(&self, lock: String) {
        let shared = Rc::downgrade(&self.shared);
        spawn_local(async move {
            platform::here().when_free(&lock, Rc::new(|| {})).await;
            if let Some(shared) = shared.upgrade().filter(|shared| !shared.is_over.get()) {
                shared.tell_end(Message::Lost);
            }
        });
    }

    /// The name of the lock that each of its workers holds while it is there.
    pub(crate) fn lock(&self) -> &str {
        &self.lock
    }

    /// Shared with its workers: 1 when they are [`gone`](Nursery::gone).
    pub(crate) fn over(&self) -> &Int32Array {
        &self.over
    }

    /// Waits until all of its workers are gone, after they were told to go. One that begins only now sees that it is
    /// over, and does nothing.
    pub(crate) async fn gone(&self) {
        let over = self.over.clone();
        let set = Rc::new(move || {
            // It is shared, and has one element.
            let _ = Atomics::store(&over, 0, 1);
        });
        platform::here().when_free(&self.lock, set).await;
    }

    /// Whether it has failed before it was needed.
    pub(crate) fn has_failed(&self) -> bool {
        self.shared.has_failed.get()
    }

    /// Says who is told what it says.
    pub(crate) fn set_handler(&self, handler: impl Fn(Message) + 'static) {
        *self.shared.handler.borrow_mut() = Some(Rc::new(handler));
    }

    /// Gives it an order that is a name alone.
    pub(crate) fn post(&self, order: &str) {
        self.post_object(&js::object(&[("type", &order.into())]));
    }

    pub(crate) fn post_object(&self, order: &Object) {
        if let Err(error) = self.worker.post(order) {
            self.shared.fail(js::message(&error));
        }
    }

    /// Ends it, and every worker that it has added.
    pub(crate) fn terminate(&self) {
        self.shared.is_over.set(true);
        self.worker.terminate();
    }
}

fn unfit(imports: &JsValue) -> Vec<Unfit> {
    let one = |import: JsValue| {
        let text = |name: &str| js::get(&import, name).as_string();
        let [module, name, kind] = ["module", "name", "kind"].map(|name| text(name).unwrap_or_default());
        Unfit { import: ImportName { module, name }, kind, found: text("found") }
    };
    imports.dyn_ref::<Array>().map(|imports| imports.iter().map(one).collect()).unwrap_or_default()
}

/// Waits for what a nursery says first: the version of its script, or why it cannot start workers.
async fn answer(mut ready: oneshot::Receiver<Result<String, String>>) -> Result<String, String> {
    // Second by second: a page that is busy itself for longer hears the answer before it stops waiting for it.
    for _ in 0..ANSWER {
        if let Either::Left((answer, _)) = select(&mut ready, pin!(js::sleep(1000.0))).await {
            return answer.unwrap_or_else(|_| Err("it was closed".into()));
        }
    }
    Err(format!(
        "it has not answered for {ANSWER} seconds: the script is not the package's worker.js, or the browser starts no \
         more workers for this site"
    ))
}
