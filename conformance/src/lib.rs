//! One suite for every backend of raddle: the contract as numbered clauses, cases that are data, and adapters that only
//! observe.
//!
//! # Who uses it
//! * *Authors of backends* implement [`Adapter`] and write one line, [`harness!`], to get the suite as their tests; or
//!   they write a program in any language that speaks the protocol, for the command `conform run --adapter`.
//! * *Authors of cases* write files in `conformance/cases`; the README there says how.
//! * *The commands* `conform` and `raddle conform` are [`command`].
//!
//! # Reading order
//! [`Clause`] and [`Case`], what is checked; [`Suite`], all of them; [`Adapter`], [`Job`] and [`Observation`], how a
//! backend is reached; [`judge`] and [`Verdict`], how an observation is judged; [`Runner`], [`KnownFailures`] and
//! [`Report`].
//!
//! # What does not belong here
//! A backend, an engine, or threadify: the suite depends on `raddle-runtime-api` alone, and reaches a backend through
//! its adapter.
#![forbid(unsafe_code)]

mod adapter;
mod case;
mod clause;
pub mod command;
mod error;
mod harness;
mod known;
mod protocol;
mod report;
mod run;
mod suite;
mod toml_reader;
mod value;
mod verdict;

pub use adapter::{
    Adapter, AdapterError, BackendLimits, CommandAdapter, Counts, Description, Embedder, Ended, Isolation, Job,
    Observation, Refusal, Stage, Threadify,
};
pub use case::{Blocked, BlockedOn, Case, Expectation, Expected, Language, Profile, Source, ThreadCounts, TrapPattern};
pub use clause::{Clause, Clauses};
pub use error::{Error, Place};
#[doc(hidden)]
pub use harness::harness_main;
pub use known::{KnownFailure, KnownFailures};
pub use protocol::{VERSION as PROTOCOL_VERSION, read_answer, serve, write_request};
pub use raddle_runtime_api::{Capabilities, Capability, Limits, Outcome, Value};
pub use report::{
    CaseResult, Cell, Change, Comparison, GitHub, Human, JUnit, Json, Matrix, Ndjson, Report, Row,
    VERSION as REPORT_VERSION, status,
};
pub use run::{Runner, Stopper};
pub use suite::{Broken, Filter, Suite};
pub use verdict::{Difference, Histogram, Verdict, describe_expected, describe_observation, judge, skip_reason};
