//! Tells the embedder what happens in a process.

use std::{
    cell::RefCell,
    panic::{AssertUnwindSafe, catch_unwind},
};

use raddle_runtime_api::{Event, Outcome, ThreadLabel};

use crate::trap;

/// The embedder's callback for what happens in a process.
pub(crate) type OnEvent = Box<dyn Fn(&Event) + Send + Sync>;

thread_local! {
    /// The guest thread that this OS thread runs, if its embedder is told of it.
    static CURRENT: RefCell<ThreadLabel> = const { RefCell::new(ThreadLabel::unnamed(0)) };
}

/// Reports an event, on the thread that it is about. A panic of the embedder's stops here: it would otherwise leave
/// behind a thread that is never counted out.
///
/// # Errors
/// How the process ends after such a panic.
pub(crate) fn tell(on_event: &OnEvent, event: &Event) -> Result<(), Outcome> {
    if let Event::ThreadStarted { thread, name } | Event::ThreadNamed { thread, name } = event {
        CURRENT.set(ThreadLabel::new(*thread, name));
    }
    // What a panic leaves half done is the embedder's.
    catch_unwind(AssertUnwindSafe(|| on_event(event))).map_err(|panic| Outcome::Trapped {
        thread: CURRENT.with_borrow(Clone::clone),
        trap: trap::from_panic(&*panic),
    })
}
