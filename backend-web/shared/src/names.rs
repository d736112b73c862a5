//! What messages between a page, its nurseries and their workers are called. Messages are objects of JavaScript's; the
//! build gives these names to the script of the workers.

/// What a worker is to be: the field `role` of the first message that it gets.
pub mod role {
    /// Adds workers to a process.
    pub const NURSERY: &str = "nursery";
    /// Is there ahead of need, and becomes a [`WORKER`].
    pub const SPARE: &str = "spare";
    /// Runs a process's threads.
    pub const WORKER: &str = "worker";
    /// Every role.
    pub const ALL: [&str; 3] = [NURSERY, SPARE, WORKER];
}

/// What a page tells a nursery: the field `type`.
pub mod order {
    /// To start a process.
    pub const START: &str = "start";
    /// That the process has ended: threads that do not stop are to be ended by force.
    pub const ENDED: &str = "ended";
    /// That nothing of the process is needed any more.
    pub const CLOSE: &str = "close";
    /// That the page is not too busy to answer.
    pub const ANSWER: &str = "answer";
    /// Every order.
    pub const ALL: [&str; 4] = [START, ENDED, CLOSE, ANSWER];
}

/// What a worker tells its nursery, and that its page: the field `type`.
pub mod tell {
    /// A spare worker, that it is there.
    pub const HERE: &str = "here";
    /// A nursery, that it can start a process; with the version of its script.
    pub const READY: &str = "ready";
    /// That one more worker is needed.
    pub const WORKER: &str = "worker";
    /// That a worker has the embedder's own imports.
    pub const LINKED: &str = "linked";
    /// What a guest wrote.
    pub const OUTPUT: &str = "output";
    /// What happened in a process.
    pub const EVENT: &str = "event";
    /// That the process has ended.
    pub const ENDED: &str = "ended";
    /// That a worker is done.
    pub const LEFT: &str = "left";
    /// That a worker has failed, and how.
    pub const CRASHED: &str = "crashed";
    /// That workers which did not stop were told to end, and will.
    pub const TERMINATED: &str = "terminated";
    /// That a nursery asks whether the page is busy.
    pub const ASK: &str = "ask";
    /// That a nursery does nothing any more.
    pub const CLOSED: &str = "closed";
    /// That a nursery has failed before it had a process, and how.
    pub const FAILED: &str = "failed";
    /// Everything that is told.
    pub const ALL: [&str; 13] =
        [HERE, READY, WORKER, LINKED, OUTPUT, EVENT, ENDED, LEFT, CRASHED, TERMINATED, ASK, CLOSED, FAILED];
}

/// How far a worker for threads has come: a word that its nursery and it share, and settle by who changes it first.
pub mod stage {
    /// It was asked for.
    pub const EXPECTED: u32 = 0;
    /// It has begun.
    pub const BEGUN: u32 = 1;
    /// It has not begun for so long that it is not to.
    pub const GIVEN_UP: u32 = 2;
    /// It is done.
    pub const LEFT: u32 = 3;
}

/// What the end of a process says that has lost a worker.
pub const LOST: &str = "the browser has ended one of the process's workers, as its task manager does";

/// The parts of a JavaScript error, by the number that the host module asks for each with.
pub const THROWN: [&str; 3] = ["name", "message", "stack"];

/// The longest that a timer of JavaScript's may take, in milliseconds: about 25 days.
pub const LONGEST_TIMER: u32 = i32::MAX as u32;

/// [`WIDE`](crate::names::WIDE) as a literal, for macros.
#[macro_export]
macro_rules! wide {
    () => {
        "_64"
    };
}

/// What the names of the host module's exports end in that guests with 64-bit memories import.
pub const WIDE: &str = wide!();

/// The Trusted Types policy by which a page and its nurseries start workers from the package's own script.
pub const POLICY: &str = "raddle";
