//! Backends with one defect each: a suite that passes them proves nothing.
//!
//! A mutant is the toy backend, with a wrapper around what a thread's imports call (`threads`), around a thread's
//! instance (`instance`), or a job that loses something on its way. [`MUTANTS`] lists them, each with the clause that
//! it breaks.
#![forbid(unsafe_code)]

mod instance;
mod list;
mod shared;
mod threads;

use std::{rc::Rc, sync::Arc};

use raddle_conformance::{Adapter, AdapterError, Description, Job, Observation};
use raddle_toy_backend::{
    adapter::{ToyAdapter, run_with},
    instance::ToyInstance,
    start,
};

pub use list::{Defect, MUTANTS, Mutant};

impl Adapter for Mutant {
    fn describe(&self) -> Result<Description, AdapterError> {
        let mut description = ToyAdapter.describe()?;
        description.name = self.name.to_owned();
        Ok(description)
    }

    fn run(&self, job: &Job) -> Result<Observation, AdapterError> {
        let mut job = job.clone();
        self.defect.alter(&mut job);
        let (defect, process) = (self.defect, Arc::new(shared::Shared::of(&job)));
        Ok(run_with(&job, move |settings, write| {
            start(settings, write, move |template, thread| {
                let threads = Rc::new(threads::Broken::new(defect, thread.clone(), process.clone()));
                let instance = ToyInstance::new(template, thread.process(), threads)?;
                Ok(instance::Broken::new(defect, instance, process.clone()))
            })
        }))
    }
}
