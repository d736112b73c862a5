//! [`PageProcess`]: what the page does for a process, from its start until everything of it was given back.

use std::{
    cell::{Cell, RefCell},
    fmt,
    pin::pin,
    rc::Rc,
};

use futures_channel::oneshot;
use futures_util::future::{Either, select};
use raddle_runtime_api::{Outcome, Process as ApiProcess, StartError, ThreadLabel, Trap, TrapKind, Words};
use raddle_web_shared::{
    names::{LOST, order},
    region::{PAGE_WORKERS, header},
};
use wasm_bindgen_futures::spawn_local;

use crate::{
    error::Error,
    js,
    process::{
        backtrace,
        delivery::{Delivery, Sinks},
        end::{End, Stats},
        host::PageHost,
        notifier::{Notifier, Notifiers},
    },
    program::Program,
    runtime::{Kill, Message, Unfit},
};

/// How long a nursery stays after its workers, in milliseconds: Chromium never ends the thread of a worker, and never
/// lets go of its memory, when the worker that added it is gone first.
const LINGER: f64 = 500.0;

/// A process on its page.
pub(super) struct PageProcess {
    pub(super) process: ApiProcess<PageHost>,
    program: Program,
    /// How many words its region has.
    words: u32,
    delivery: Delivery,
    /// Its workers were ended by force: what they had not sent yet never comes.
    was_terminated: Cell<bool>,
    /// Its nursery has failed, and answers no more.
    nursery_is_lost: Cell<bool>,
    /// Every thread has stopped.
    is_done: Cell<bool>,
    pub(super) end: End,
    notifiers: Notifiers,
    /// Who waits for the nursery to close.
    closed: RefCell<Option<oneshot::Sender<()>>>,
    /// Who waits for a worker that has the embedder's own imports.
    linked: RefCell<Option<oneshot::Sender<Vec<Unfit>>>>,
}

impl fmt::Debug for PageProcess {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("PageProcess").field("process", &self.process).field("end", &self.end).finish_non_exhaustive()
    }
}

impl Kill for PageProcess {
    fn kill(&self) -> bool {
        !self.end.is_set() && self.process.end(&Outcome::Killed)
    }
}

impl PageProcess {
    pub(super) fn new(process: ApiProcess<PageHost>, program: Program, sinks: Sinks, words: u32) -> PageProcess {
        PageProcess {
            process,
            program,
            words,
            delivery: Delivery::new(sinks),
            was_terminated: Cell::new(false),
            nursery_is_lost: Cell::new(false),
            is_done: Cell::new(false),
            end: End::default(),
            notifiers: Notifiers::default(),
            closed: RefCell::default(),
            linked: RefCell::default(),
        }
    }

    fn host(&self) -> &PageHost {
        self.process.host()
    }

    /// Counts, now or at the end.
    pub(super) fn stats(&self) -> Stats {
        let now = || Stats { threads: self.process.stats(), workers: self.host().pool().workers() };
        self.end.stats().unwrap_or_else(now)
    }

    /// One more notifier.
    pub(super) fn notifier(&self) -> Notifier {
        self.notifiers.add(|| (!self.end.is_set()).then(|| self.process.notifier()))
    }

    /// A message of the nursery's.
    pub(super) fn receive(self: &Rc<Self>, message: Message) {
        match message {
            Message::Output { number, .. } | Message::Event { number, .. } => {
                self.delivery.put(self.host(), number, message);
                self.finish_if_all_is_there();
            }
            Message::Linked(unfit) => {
                if let Some(linked) = self.linked.take() {
                    let _ = linked.send(unfit);
                }
            }
            Message::Terminated => self.abandon(),
            Message::Closed => {
                if let Some(closed) = self.closed.take() {
                    let _ = closed.send(());
                }
            }
            Message::Ask => self.host().nursery().post(order::ANSWER),
            Message::Failed(message) => self.lose_nursery(Trap::new(TrapKind::Instantiation, message)),
            Message::Lost => self.lose_nursery(Trap::new(TrapKind::Host, LOST)),
        }
    }

    /// The nursery has failed or is gone, and the workers end with it.
    fn lose_nursery(self: &Rc<Self>, trap: Trap) {
        if self.nursery_is_lost.replace(true) {
            return;
        }
        // What has ended already may have no words any more.
        if !self.end.is_set() {
            self.process.end(&Outcome::Trapped { thread: ThreadLabel::unnamed(0), trap });
            self.abandon();
        }
        self.host().nursery().terminate();
        self.receive(Message::Closed);
    }

    /// Waits until a worker has the embedder's own imports.
    ///
    /// # Errors
    /// [`Error::ImportsModule`] when the process ends before, because there are none; [`StartError::MissingImports`]
    /// and [`StartError::ImportType`] when they are not all that the module imports. Nothing of it has run then.
    pub(super) async fn wait_linked(&self, url: String) -> Result<(), Error> {
        let (sender, linked) = oneshot::channel();
        *self.linked.borrow_mut() = Some(sender);
        match select(linked, pin!(self.end.wait())).await {
            // A worker that cannot begin runs no thread: its id is 0.
            Either::Right((Outcome::Trapped { thread: ThreadLabel { id: 0, .. }, trap }, _)) => {
                Err(Error::ImportsModule { url, message: trap.message })
            }
            Either::Left((Ok(unfit), _)) => check(unfit),
            _ => Ok(()),
        }
    }

    /// The workers that are left were told to end: waits until they are gone, and counts their threads out.
    fn abandon(self: &Rc<Self>) {
        let process = self.clone();
        spawn_local(async move {
            let host = process.host();
            host.nursery().gone().await;
            process.was_terminated.set(true);
            process.process.abandon();
            host.pool().abandon();
            host.control().give_back_slabs(host.region().base);
            // Its threads may have stopped before, and messages of theirs are missing.
            process.finish_if_all_is_there();
        });
    }

    /// Waits for the end of all threads.
    pub(super) async fn watch(self: Rc<Self>) {
        let signal = self.process.end_signal();
        let place = self.host().place(signal);
        let control = self.host().control();
        while control.load(place) == 0 {
            control.wait_while(place, 0).await;
        }
        self.is_done.set(true);
        self.finish_if_all_is_there();
    }

    /// Tells those who wait, once every thread has stopped and every message is there.
    fn finish_if_all_is_there(self: &Rc<Self>) {
        if !self.is_done.get() || self.end.is_set() {
            return;
        }
        let host = self.host();
        let sent = host.control().load(host.region().word(header::SENT));
        if self.delivery.handed_on() != sent && !self.was_terminated.get() {
            return;
        }
        let Some(outcome) = self.process.outcome() else { return };
        let program = &self.program.0;
        let outcome = backtrace::explain(outcome, &program.wasm, program.section.functions);
        self.end.set(outcome, self.stats());
        self.notifiers.detach();
        spawn_local(self.clone().clean());
    }

    /// Gives everything back, once nobody looks at it any more.
    async fn clean(self: Rc<Self>) {
        let host = self.host();
        if !self.nursery_is_lost.get() {
            let (sender, closed) = oneshot::channel();
            *self.closed.borrow_mut() = Some(sender);
            host.nursery().post(order::CLOSE);
            let _ = closed.await;
        }
        host.nursery().gone().await;
        host.pool().abandon();
        host.control().give_back_slabs(host.region().base);
        host.control().give_back_slabs(!host.region().base);
        host.control().fetch_sub(PAGE_WORKERS, 1);
        host.control().give_back(host.region().base, self.words);
        self.program.0.runtime.refill();
        // The workers' scripts have ended; no event tells when their threads have.
        js::sleep(LINGER).await;
        host.nursery().terminate();
    }
}

/// What keeps a process from starting whose own imports cannot all be used.
fn check(unfit: Vec<Unfit>) -> Result<(), Error> {
    let missing: Vec<_> = unfit.iter().filter(|unfit| unfit.found.is_none()).collect();
    if !missing.is_empty() {
        let imports = missing.into_iter().map(|unfit| unfit.import.clone()).collect();
        return Err(StartError::MissingImports { imports }.into());
    }
    match unfit.into_iter().next() {
        Some(Unfit { import, kind, found: Some(found) }) => Err(StartError::ImportType {
            import,
            found: format!("a {kind}"),
            expected: format!("a JavaScript {found}"),
        }
        .into()),
        _ => Ok(()),
    }
}
