//! The protocols under a model checker: the code as it stands, over a host whose every step is the checker's to
//! schedule.
//!
//! [`host`] is a [`Host`](crate::Host) whose words, memory and parking give the checker a choice before each access,
//! and whose clock moves when the checker says so. [`program`] runs closures as guests on it. [`defect`] plants a
//! mistake in the words: every protocol has at least one twin that is broken in this way and that the checker must
//! catch, or the check is worth nothing. The other modules are the models, one for each protocol.
//!
//! The checker knows sequential consistency only, which is what [`Words`](crate::Words) promises.

mod condvar;
mod deadlock;
mod defect;
mod end;
mod host;
mod join;
mod keys;
mod lot;
mod mutex;
mod notifier;
mod outside;
mod program;
mod slots;
mod thread_table;

use alloc::{boxed::Box, vec::Vec};
use std::panic::{AssertUnwindSafe, catch_unwind};

use shuttle::{
    Config, FailurePersistence, Runner,
    scheduler::{PctScheduler, RandomScheduler, Scheduler},
};

use self::{
    defect::{Defect, Field},
    host::ModelHost,
    program::{Model, spawn},
};

/// The seed of every check, so that a failure comes back.
const SEED: u64 = 0x7261_6464_6c65;

/// How many scheduling changes the second scheduler makes at the most: few suffice for most mistakes.
const PREEMPTIONS: usize = 3;

/// A model: runs one process, with a defect or none, and panics when something is wrong.
type Check = fn(Defect);

fn run(scheduler: impl Scheduler + 'static, check: Check, defect: Defect) {
    let mut config = Config::new();
    config.stack_size = 0x40000;
    config.silence_warnings = true;
    config.failure_persistence = FailurePersistence::None;
    Runner::new(scheduler, config).run(move || check(defect));
}

/// Tries so many schedules with each scheduler: all must be well.
fn holds(schedules: usize, check: Check) -> Held {
    run(RandomScheduler::new_from_seed(SEED, schedules), check, Defect::None);
    run(PctScheduler::new_from_seed(SEED, PREEMPTIONS, schedules), check, Defect::None);
    Held(check)
}

/// A model in which nothing went wrong.
#[must_use = "a model that never fails says nothing: give it broken twins"]
struct Held(Check);

impl Held {
    /// With each of these defects, one of so many schedules must go wrong.
    fn catches(self, schedules: usize, defects: &[Defect]) {
        assert!(!defects.is_empty());
        let schedulers: [fn(usize) -> Box<dyn Scheduler + Send>; 2] = [
            |schedules| Box::new(RandomScheduler::new_from_seed(SEED, schedules)),
            |schedules| Box::new(PctScheduler::new_from_seed(SEED, PREEMPTIONS, schedules)),
        ];
        let survives = |defect: &&Defect| {
            let check = self.0;
            schedulers
                .iter()
                .all(|scheduler| catch_unwind(AssertUnwindSafe(|| run(scheduler(schedules), check, **defect))).is_ok())
        };
        let survivors: Vec<_> = defects.iter().filter(survives).collect();
        assert!(survivors.is_empty(), "not caught: {survivors:?}");
    }
}
