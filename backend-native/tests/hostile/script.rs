//! What guests do, as data that a failure can show.

use std::fmt;

use raddle_runtime_api::abi::PointerWidth;

use crate::operations::{self, MAX_ARGS, OPERATIONS};

/// How many numbers a process's threads share, for results that later steps take.
pub(crate) const REGISTERS: u8 = 8;

/// An argument of a step.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Arg {
    /// This number, cut to the argument's type.
    Literal(i64),
    /// What some thread's step has put into a register.
    Register(u8),
    /// An address this far from the end of the memory as it is then.
    FromEnd(i64),
    /// The calling thread's id, with these bits: what the word of a mutex of its own may hold.
    Me(u32),
}

/// A step of a script.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Step {
    /// Do an operation, by its place in the list, and keep its result in a register.
    Do { operation: usize, args: [Arg; MAX_ARGS], to: Option<u8> },
    /// Go back to this step.
    Again(u16),
}

impl Step {
    /// An operation with its first arguments; the others are 0.
    pub(crate) fn new(name: &str, args: &[Arg]) -> Step {
        Step::of(operations::place(name), args)
    }

    /// The same, of the operation's place in the list.
    pub(crate) fn of(operation: usize, args: &[Arg]) -> Step {
        let mut all = [Arg::Literal(0); MAX_ARGS];
        all[..args.len()].copy_from_slice(args);
        Step::Do { operation, args: all, to: None }
    }

    /// The same, with a place for its result.
    pub(crate) fn keep(self, register: u8) -> Step {
        match self {
            Step::Do { operation, args, .. } => Step::Do { operation, args, to: Some(register) },
            again @ Step::Again(_) => again,
        }
    }
}

/// Steps that a thread does one after another.
pub(crate) type Script = Vec<Step>;

/// The argument by which a start function or a destructor of the driver's plays script 0; the next number stands for
/// the next script. With any other argument it does nothing.
pub(crate) const SCRIPTS: i64 = 0x5c00_0000;

/// All that the threads of a process do. The main thread plays script 0.
#[derive(Debug, Clone)]
pub(crate) struct Play {
    pub(crate) width: PointerWidth,
    /// Whether the host may grow the memory.
    pub(crate) growable: bool,
    pub(crate) scripts: Vec<Script>,
    /// How many steps all threads may do together.
    pub(crate) fuel: i64,
    pub(crate) max_threads: u32,
}

impl fmt::Display for Arg {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match *self {
            Arg::Literal(value) if (SCRIPTS..SCRIPTS + 1024).contains(&value) => {
                write!(f, "script {}", value - SCRIPTS)
            }
            Arg::Literal(value) if value.unsigned_abs() < 1024 => write!(f, "{value}"),
            Arg::Literal(value) if value < 0 => write!(f, "-{:#x}", value.unsigned_abs()),
            Arg::Literal(value) => write!(f, "{value:#x}"),
            Arg::Register(register) => write!(f, "r{register}"),
            Arg::FromEnd(offset) => write!(f, "end{offset:+}"),
            Arg::Me(0) => f.write_str("me"),
            Arg::Me(bits) => write!(f, "me|{bits:#x}"),
        }
    }
}

impl fmt::Display for Step {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Step::Do { operation, args, to } = self else {
            let Step::Again(to) = self else { return Ok(()) };
            return write!(f, "again from {to}");
        };
        let operation = &OPERATIONS[*operation];
        let args: Vec<_> = args[..operation.signature.params.len()].iter().map(ToString::to_string).collect();
        write!(f, "{}({})", operation.name, args.join(", "))?;
        to.map_or(Ok(()), |register| write!(f, " -> r{register}"))
    }
}

impl fmt::Display for Play {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Play { growable, fuel, max_threads, .. } = self;
        let bits = self.width.bytes() * 8;
        let grows = if *growable { "" } else { ", not to be grown by the host" };
        writeln!(f, "{bits}-bit memory{grows}; at most {max_threads} threads and {fuel} steps")?;
        for (number, script) in self.scripts.iter().enumerate() {
            writeln!(f, "script {number}:")?;
            for (place, step) in script.iter().enumerate() {
                writeln!(f, "  {place:3}  {step}")?;
            }
        }
        Ok(())
    }
}
