//! [`CommandAdapter`]: an adapter that is a program, in whatever language, and speaks the protocol.
//!
//! `worker` is one instance of the program, `lines` reads its output without trusting it, `children` knows all live
//! processes, so that an interrupted run leaves none behind.

mod children;
mod lines;
mod worker;

use std::{
    ffi::OsString,
    fs, io,
    sync::{
        Mutex, OnceLock, PoisonError,
        atomic::{AtomicU64, Ordering},
    },
    time::Duration,
};

use children::Children;
use tempfile::TempDir;
use worker::Worker;

use super::{Adapter, AdapterError, Description, Isolation, Job, Observation};
use crate::protocol::{self, DescribeAnswer, Request, RunRequest};

/// How long an adapter may take to start and to describe itself: a browser may have to be started.
const DESCRIBE: Duration = Duration::from_secs(60);

/// How long it may take beyond a job's time-out: to compile, and to end what is running.
const GRACE: Duration = Duration::from_secs(5);

/// An adapter that is a program. It is started when needed; the [`Isolation`] that it reports decides whether one
/// instance gets several cases. Each instance is a process group (on Windows a job) that is killed as a whole.
#[derive(Debug)]
pub struct CommandAdapter {
    program: OsString,
    args: Vec<OsString>,
    description: OnceLock<Description>,
    children: Children,
    /// Idle instances.
    idle: Mutex<Vec<Worker>>,
    next: AtomicU64,
    /// Where modules are stored while they run.
    folder: TempDir,
    grace: Duration,
    patience: Duration,
}

impl CommandAdapter {
    /// The adapter that is this program, with these arguments.
    ///
    /// # Errors
    /// If no folder for temporary files can be created.
    pub fn new(
        program: impl Into<OsString>,
        args: impl IntoIterator<Item = impl Into<OsString>>,
    ) -> io::Result<CommandAdapter> {
        Ok(CommandAdapter {
            program: program.into(),
            args: args.into_iter().map(Into::into).collect(),
            description: OnceLock::new(),
            children: Children::default(),
            idle: Mutex::default(),
            next: AtomicU64::new(1),
            folder: tempfile::Builder::new().prefix("raddle-conform-").tempdir()?,
            grace: GRACE,
            patience: DESCRIBE,
        })
    }

    /// Sets how long the program may take beyond a job's time-out before it is killed.
    #[must_use]
    pub fn grace(mut self, grace: Duration) -> CommandAdapter {
        self.grace = grace;
        self
    }

    /// Sets how long it may take to start and to describe itself.
    #[must_use]
    pub fn patience(mut self, patience: Duration) -> CommandAdapter {
        self.patience = patience;
        self
    }

    /// An idle instance.
    fn worker(&self) -> Result<Worker, AdapterError> {
        let idle = self.idle.lock().unwrap_or_else(PoisonError::into_inner).pop();
        idle.map_or_else(|| self.new_worker(), Ok)
    }

    /// A new instance that has already described itself, so that its start does not count towards a case's time.
    fn new_worker(&self) -> Result<Worker, AdapterError> {
        let mut worker = Worker::start(&self.program, &self.args, &self.children)?;
        let line = worker.ask(&Request::Describe { protocol: protocol::VERSION }, self.patience)?;
        let answer: DescribeAnswer = protocol::parse(&line)?;
        if answer.protocol != protocol::VERSION {
            let (theirs, ours) = (answer.protocol, protocol::VERSION);
            return Err(AdapterError::new(format!("the adapter speaks version {theirs} of the protocol, not {ours}")));
        }
        // Each instance says the same.
        self.description.get_or_init(|| answer.description);
        Ok(worker)
    }

    fn put_back(&self, worker: Worker) {
        self.idle.lock().unwrap_or_else(PoisonError::into_inner).push(worker);
    }
}

impl Adapter for CommandAdapter {
    fn describe(&self) -> Result<Description, AdapterError> {
        if self.description.get().is_none() {
            // No guest has run in it.
            self.put_back(self.new_worker()?);
        }
        let description = self.description.get().cloned();
        let mut description = description.ok_or_else(|| AdapterError::new("the adapter did not describe itself"))?;
        if description.isolation == Isolation::InProcess {
            // As each case gets an instance of its own.
            description.isolation = Isolation::OwnProcess;
        }
        Ok(description)
    }

    fn run(&self, job: &Job) -> Result<Observation, AdapterError> {
        // Requests of all instances are numbered together: nothing is published with the number.
        let id = self.next.fetch_add(1, Ordering::Relaxed);
        let module = self.folder.path().join(format!("{id}.wasm"));
        fs::write(&module, &job.wasm).map_err(|error| AdapterError::new(format!("{}: {error}", module.display())))?;
        let result = self.worker().and_then(|mut worker| {
            let request = Request::Run(Box::new(RunRequest::new(id, job, &module)));
            let observation = protocol::read_answer(id, &worker.ask(&request, job.timeout + self.grace)?)?;
            let isolates = self.description.get().is_some_and(|known| known.isolation != Isolation::InProcess);
            if isolates && observation != Observation::Hung {
                self.put_back(worker);
            }
            Ok(observation)
        });
        // It is in a folder that goes as a whole.
        let _ = fs::remove_file(&module);
        result
    }

    fn stop(&self) {
        self.children.kill_all();
    }
}
