//! [`Adapter`]: how the suite reaches a backend. An adapter does what a [`Job`] says and reports what happened; it
//! never judges.
//!
//! In Rust an adapter is this trait. In any other language it is a program that speaks the protocol, which
//! [`CommandAdapter`] drives; [`serve`](crate::serve) makes such a program out of a Rust adapter.

mod command;
mod description;
mod job;
mod observation;

pub use command::CommandAdapter;
pub use description::{BackendLimits, Description, Isolation};
pub use job::{Embedder, Job, Threadify};
pub use observation::{Counts, Ended, Observation, Refusal, Stage};

/// A backend, as the suite sees it.
///
/// ```
/// use raddle_conformance::{Adapter, AdapterError, Description, Job, Observation};
///
/// /// A backend that can do nothing, and says so.
/// struct Nothing;
///
/// impl Adapter for Nothing {
///     fn describe(&self) -> Result<Description, AdapterError> {
///         Ok(Description::new("nothing", "none", "0.1.0"))
///     }
///
///     fn run(&self, job: &Job) -> Result<Observation, AdapterError> {
///         Err(AdapterError::new(format!("cannot run {}", job.id)))
///     }
/// }
/// ```
pub trait Adapter: Send + Sync {
    /// Which backend it is and what it can do.
    ///
    /// # Errors
    /// If the backend cannot be reached.
    fn describe(&self) -> Result<Description, AdapterError>;

    /// Runs a program to its end and reports how it ended.
    ///
    /// # Errors
    /// If the *adapter* failed: then the case neither passes nor fails, and the verdict is an error. Anything that goes
    /// wrong with the program is an [`Observation`].
    ///
    /// # Blocking
    /// Until the process has ended, or for about [`Job::timeout`]: then it ends the process as well as it can and
    /// returns [`Observation::Hung`]. It may be called on several threads at once.
    fn run(&self, job: &Job) -> Result<Observation, AdapterError>;

    /// Called when the run of the suite is interrupted: end whatever is still running, as well as possible. Results
    /// after that do not matter.
    fn stop(&self) {}
}

impl<A: Adapter + ?Sized> Adapter for Box<A> {
    fn describe(&self) -> Result<Description, AdapterError> {
        (**self).describe()
    }

    fn run(&self, job: &Job) -> Result<Observation, AdapterError> {
        (**self).run(job)
    }

    fn stop(&self) {
        (**self).stop();
    }
}

/// Why an adapter could not do its work.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{message}")]
pub struct AdapterError {
    message: String,
}

impl AdapterError {
    /// An error with a message for people.
    pub fn new(message: impl Into<String>) -> AdapterError {
        AdapterError { message: message.into() }
    }
}
