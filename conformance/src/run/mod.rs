//! [`Runner`]: gives cases to an adapter, several at once, and judges what it observed.
//!
//! `one` runs one case, `bounded` makes sure that an adapter that never answers costs no more than its time-out.

mod bounded;
mod one;

pub(crate) use bounded::run_bounded;

use std::{
    collections::VecDeque,
    num::NonZeroUsize,
    sync::{
        Arc, Mutex, PoisonError, Weak,
        atomic::{AtomicBool, Ordering},
    },
    thread,
    time::{Duration, Instant},
};

use crate::{
    adapter::{Adapter, AdapterError, Description},
    case::Case,
    known::KnownFailures,
    report::{CaseResult, Report},
    suite::Suite,
};

/// Runs suites on a backend.
#[derive(Clone)]
pub struct Runner {
    adapter: Arc<dyn Adapter>,
    jobs: usize,
    timeout_scale: f64,
    known: KnownFailures,
    stop: Arc<AtomicBool>,
}

/// Ends runs from outside: the cases that have not begun are left out.
#[derive(Clone)]
pub struct Stopper {
    stop: Arc<AtomicBool>,
    // Whoever keeps a stopper does not keep the adapter: dropping that ends what it has started.
    adapter: Weak<dyn Adapter>,
}

impl Stopper {
    /// Begins no case any more, and has the adapter end those that run.
    pub fn stop(&self) {
        // Before the adapter is told, so that what that ends is known to be no result: pairs with the load after a
        // case.
        self.stop.store(true, Ordering::Release);
        if let Some(adapter) = self.adapter.upgrade() {
            adapter.stop();
        }
    }
}

impl Runner {
    /// A runner for a backend, with as many cases at once as the machine has processors.
    #[must_use]
    pub fn new(adapter: Arc<dyn Adapter>) -> Runner {
        let jobs = thread::available_parallelism().map_or(1, NonZeroUsize::get);
        Runner { adapter, jobs, timeout_scale: 1.0, known: KnownFailures::default(), stop: Arc::default() }
    }

    /// Sets how many cases are run at once, at least 1.
    #[must_use]
    pub fn jobs(mut self, jobs: usize) -> Runner {
        self.jobs = jobs.max(1);
        self
    }

    /// Multiplies every case's time-out.
    #[must_use]
    pub fn timeout_scale(mut self, scale: f64) -> Runner {
        self.timeout_scale = scale;
        self
    }

    /// Sets which cases the backend is known to fail.
    #[must_use]
    pub fn known(mut self, known: KnownFailures) -> Runner {
        self.known = known;
        self
    }

    /// What ends the runs from outside.
    #[must_use]
    pub fn stopper(&self) -> Stopper {
        Stopper { stop: Arc::clone(&self.stop), adapter: Arc::downgrade(&self.adapter) }
    }

    /// What the backend says of itself.
    ///
    /// # Errors
    /// When the adapter cannot tell.
    ///
    /// # Blocking
    /// Until the adapter answers.
    pub fn describe(&self) -> Result<Description, AdapterError> {
        self.adapter.describe()
    }

    /// Runs every case. `on_result` is told of each as soon as it is known, on several threads at once.
    ///
    /// # Errors
    /// When the backend does not say what it is: no case is run then. An adapter that breaks later is an error of the
    /// case that it broke in.
    ///
    /// # Blocking
    /// Until all cases have been run, or, after a stop, those that had begun.
    pub fn run(&self, suite: &Suite, on_result: &(dyn Fn(&CaseResult) + Sync)) -> Result<Report, AdapterError> {
        let begin = Instant::now();
        let backend = self.describe()?;
        let results = Mutex::new(Vec::new());
        let tell = |result: CaseResult| {
            on_result(&result);
            // A receiver of results that panicked leaves the list as it was.
            results.lock().unwrap_or_else(PoisonError::into_inner).push(result);
        };
        suite.broken.iter().map(CaseResult::broken).for_each(tell);
        let queue = Mutex::new(suite.cases.iter().collect::<VecDeque<&Case>>());
        let next = || queue.lock().unwrap_or_else(PoisonError::into_inner).pop_front();
        thread::scope(|scope| {
            for _ in 0..self.jobs.min(suite.cases.len()) {
                scope.spawn(|| {
                    while !self.is_stopped()
                        && let Some(case) = next()
                    {
                        let result = self.run_case(case, &backend);
                        // What was ended by the interruption says nothing of the backend.
                        if !self.is_stopped() {
                            tell(result);
                        }
                    }
                });
            }
        });
        let mut results = results.into_inner().unwrap_or_else(PoisonError::into_inner);
        results.sort_by(|a, b| a.id.cmp(&b.id));
        Ok(Report::new(backend, results, begin.elapsed(), self.is_stopped()))
    }

    fn is_stopped(&self) -> bool {
        self.stop.load(Ordering::Acquire)
    }

    /// Runs one case, as often as it says.
    ///
    /// # Blocking
    /// Until that is done.
    #[must_use]
    pub fn run_case(&self, case: &Case, backend: &Description) -> CaseResult {
        one::run(&self.adapter, case, backend, self.known.get(&case.id), self.timeout_scale)
    }
}

/// How long an adapter in this process may take beyond a job's time-out until it is given up.
const GRACE: Duration = Duration::from_secs(5);
