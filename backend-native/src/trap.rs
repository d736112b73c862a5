//! Guest code that does not return: [`Unwound`] is why an import unwinds it, in the engine's errors; the rest is what
//! wasmtime says about a trap, in raddle's terms.

use std::{
    any::Any,
    fmt::{self, Write},
};

use raddle_runtime_api::{Frame, Trap, TrapKind, Unwind};
use raddle_symbols::demangle;
use wasmtime::{GcHeapOutOfMemory, ThrownException, Trap as EngineTrap, WasmBacktrace};

/// Why a call does not return to the guest, as an error that unwinds its frames.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Unwound(pub(crate) Unwind);

impl fmt::Display for Unwound {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "unwound: {:?}", self.0)
    }
}

impl std::error::Error for Unwound {}

/// The trap that an error stands for, from guest code or from one of the embedder's imports. See [`backtrace`].
pub(crate) fn from_error(error: &wasmtime::Error, functions: u32) -> Trap {
    let trap = match error.downcast_ref::<EngineTrap>() {
        Some(&trap) => {
            let kind = kind(trap);
            let message = if kind == TrapKind::Other { trap.to_string() } else { String::new() };
            Trap::new(kind, message)
        }
        None if error.is::<ThrownException>() => Trap::new(TrapKind::UncaughtException, ""),
        None if error.is::<GcHeapOutOfMemory<()>>() => {
            Trap::new(TrapKind::Other, "there is no room for more exceptions")
        }
        None => Trap::new(TrapKind::Host, host_message(error)),
    };
    trap.with_backtrace(backtrace(error, functions))
}

/// The trap that a panic of the embedder's code stands for.
#[cold]
#[inline(never)]
pub(crate) fn from_panic(panic: &(dyn Any + Send)) -> Trap {
    let text = panic.downcast_ref::<&str>().copied().or_else(|| panic.downcast_ref::<String>().map(String::as_str));
    Trap::new(TrapKind::Host, format!("the embedder's own code panicked: {}", text.unwrap_or("(no message)")))
}

/// The functions that were running when the error occurred. The module's own functions come first in the index space;
/// those that `threadify` appended are left out.
pub(crate) fn backtrace(error: &wasmtime::Error, functions: u32) -> Vec<Frame> {
    let Some(backtrace) = error.downcast_ref::<WasmBacktrace>() else { return Vec::new() };
    backtrace.frames().iter().filter(|frame| frame.func_index() < functions).flat_map(frames).collect()
}

/// Expands a wasm frame into source frames: one for each inlined function, the innermost first.
fn frames(info: &wasmtime::FrameInfo) -> Vec<Frame> {
    let mut whole = Frame::new(info.func_index(), info.module_offset().map(|offset| offset as u64));
    whole.function = info.func_name().map(demangle);
    let symbol = |symbol: &wasmtime::FrameSymbol| {
        let mut frame = whole.clone();
        frame.function = symbol.name().map(demangle).or(frame.function);
        frame.file = symbol.file().map(str::to_owned);
        (frame.line, frame.column) = (symbol.line(), symbol.column());
        frame
    };
    if info.symbols().is_empty() { vec![whole.clone()] } else { info.symbols().iter().map(symbol).collect() }
}

fn kind(trap: EngineTrap) -> TrapKind {
    match trap {
        EngineTrap::UnreachableCodeReached => TrapKind::Unreachable,
        EngineTrap::MemoryOutOfBounds => TrapKind::MemoryOutOfBounds,
        EngineTrap::TableOutOfBounds => TrapKind::TableOutOfBounds,
        EngineTrap::IndirectCallToNull => TrapKind::IndirectCallToNull,
        EngineTrap::BadSignature => TrapKind::BadSignature,
        EngineTrap::IntegerOverflow => TrapKind::IntegerOverflow,
        EngineTrap::IntegerDivisionByZero => TrapKind::DivisionByZero,
        EngineTrap::BadConversionToInteger => TrapKind::BadConversion,
        EngineTrap::StackOverflow => TrapKind::StackOverflow,
        EngineTrap::HeapMisaligned => TrapKind::UnalignedAtomic,
        EngineTrap::NullReference => TrapKind::NullReference,
        _ => TrapKind::Other,
    }
}

/// What an error says besides its backtrace.
fn host_message(error: &wasmtime::Error) -> String {
    let text = |cause: &(dyn std::error::Error + 'static)| {
        let mut text = Cause(String::new());
        write!(text, "{cause}").ok().map(|()| text.0)
    };
    let causes: Vec<String> = error.chain().filter_map(text).collect();
    causes.join(": ")
}

/// The text of a cause, but never a backtrace: for that the engine would demangle the guest's names, however long it
/// takes.
struct Cause(String);

impl fmt::Write for Cause {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        self.0.push_str(text);
        if self.0.starts_with("error while executing at wasm backtrace") { Err(fmt::Error) } else { Ok(()) }
    }
}
