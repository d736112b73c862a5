//! Why a thread trapped, and where.

use alloc::{string::String, vec::Vec};
use core::fmt;

use crate::abi::{
    named,
    text::{Lines, Shown},
};

named! {
    /// Why a thread trapped. The names are raddle's own, the same for every backend.
    #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
    #[non_exhaustive]
    pub enum TrapKind;

    /// Every kind.
    ALL;

    /// The name in reports and conformance cases, such as `memory-out-of-bounds`.
    name;

    /// The instruction `unreachable`.
    Unreachable => "unreachable",
    /// An access outside memory.
    MemoryOutOfBounds => "memory-out-of-bounds",
    /// An access outside a table, including by an indirect call.
    TableOutOfBounds => "table-out-of-bounds",
    /// An indirect call through an empty table element.
    IndirectCallToNull => "indirect-call-to-null",
    /// An indirect call to a function of another type.
    BadSignature => "bad-signature",
    /// An integer operation whose result does not fit.
    IntegerOverflow => "integer-overflow",
    /// An integer division by zero.
    DivisionByZero => "division-by-zero",
    /// A conversion to an integer from a float that is not a number or does not fit.
    BadConversion => "bad-conversion",
    /// Calls nested too deeply, a stack pointer outside the thread's stack, or a stack found to be overrun.
    StackOverflow => "stack-overflow",
    /// An atomic access to an unaligned address.
    UnalignedAtomic => "unaligned-atomic",
    /// A null reference was used.
    NullReference => "null-reference",
    /// An uncaught exception.
    UncaughtException => "uncaught-exception",
    /// One of the embedder's own imports failed, the embedder's code panicked, or the host lost a thread.
    Host => "host",
    /// A wait took longer than the embedder's limit on one wait.
    WaitLimit => "wait-limit",
    /// The thread's instance could not be made.
    Instantiation => "instantiation",
    /// Anything that has no kind of its own; the message is the engine's.
    Other => "other",
}

impl TrapKind {
    /// The message of a trap that raddle itself raises, empty if the name says it all.
    #[must_use]
    pub const fn explanation(self) -> &'static str {
        match self {
            TrapKind::WaitLimit => "it was blocked for longer than the embedder's limit on waits allows",
            _ => "",
        }
    }
}

impl fmt::Display for TrapKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// One function of a backtrace, the innermost first.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Frame {
    /// The function's name, if the module has one.
    pub function: Option<String>,
    /// The function's index in the module.
    pub index: u32,
    /// The instruction's offset in the module, in bytes, if the engine knows it.
    pub offset: Option<u64>,
    /// The source file, if the module has debug information.
    pub file: Option<String>,
    /// The line in it, from 1.
    pub line: Option<u32>,
    /// The column in it, from 1.
    pub column: Option<u32>,
}

impl Frame {
    /// A frame of which only the place in the module is known. Set the other fields if they are known.
    #[must_use]
    pub const fn new(index: u32, offset: Option<u64>) -> Frame {
        Frame { function: None, index, offset, file: None, line: None, column: None }
    }
}

impl fmt::Display for Frame {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.write_function(f)?;
        match (self.file.as_deref().map(Shown), self.line, self.column) {
            (Some(file), Some(line), Some(column)) => write!(f, " at {file}:{line}:{column}"),
            (Some(file), Some(line), None) => write!(f, " at {file}:{line}"),
            _ => self.offset.map_or(Ok(()), |offset| write!(f, " at module offset {offset:#x}")),
        }
    }
}

impl Frame {
    /// A name may be there and empty.
    fn write_function(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.function.as_deref().filter(|name| !name.is_empty()) {
            Some(name) => write!(f, "{}", Shown(name)),
            None => write!(f, "function {}", self.index),
        }
    }
}

/// A trap, as the backend saw it.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Trap {
    /// Why.
    pub kind: TrapKind,
    /// Details beyond the kind; may be empty.
    pub message: String,
    /// The functions that were running, the innermost first.
    pub backtrace: Vec<Frame>,
}

impl Trap {
    /// A trap without a backtrace.
    pub fn new(kind: TrapKind, message: impl Into<String>) -> Trap {
        Trap { kind, message: message.into(), backtrace: Vec::new() }
    }

    /// The trap with a backtrace, the innermost function first.
    #[must_use]
    pub fn with_backtrace(mut self, backtrace: Vec<Frame>) -> Trap {
        self.backtrace = backtrace;
        self
    }
}

/// The kind and the message, and the backtrace on lines below.
impl fmt::Display for Trap {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.kind.fmt(f)?;
        if !self.message.is_empty() {
            write!(f, ": {}", Lines(&self.message))?;
        }
        write_backtrace(f, &self.backtrace)
    }
}

/// Writes lines in the form of Rust's own backtraces: the function, and below it the source line.
pub(crate) fn write_backtrace(f: &mut fmt::Formatter<'_>, backtrace: &[Frame]) -> fmt::Result {
    for (depth, frame) in backtrace.iter().enumerate() {
        write!(f, "\n{depth:4}: ")?;
        frame.write_function(f)?;
        match (frame.file.as_deref().map(Shown), frame.line, frame.column) {
            (Some(file), Some(line), Some(column)) => write!(f, "\n             at {file}:{line}:{column}")?,
            (Some(file), Some(line), None) => write!(f, "\n             at {file}:{line}")?,
            _ => frame.offset.map_or(Ok(()), |offset| write!(f, " (module offset {offset:#x})"))?,
        }
    }
    Ok(())
}
