//! What wasmtime says of a trap, in raddle's words.

use raddle_runtime_api::{Frame, Trap, TrapKind};
use wasmtime::{Trap as EngineTrap, WasmBacktrace};

/// The trap that an error stands for, of guest code or of an embedder's import that failed. See [`backtrace`].
pub(crate) fn from_error(error: &wasmtime::Error, functions: u32) -> Trap {
    let backtrace = backtrace(error, functions);
    match error.downcast_ref::<EngineTrap>() {
        Some(&trap) => {
            let kind = kind(trap);
            let message = if kind == TrapKind::Other { trap.to_string() } else { String::new() };
            Trap { kind, message, backtrace }
        }
        None => Trap { kind: TrapKind::Host, message: host_message(error), backtrace },
    }
}

/// The functions that were running when the error came up. The module's own are the first so many; those that `threadify` appended are left
/// out.
pub(crate) fn backtrace(error: &wasmtime::Error, functions: u32) -> Vec<Frame> {
    let Some(backtrace) = error.downcast_ref::<WasmBacktrace>() else { return Vec::new() };
    backtrace.frames().iter().filter(|frame| frame.func_index() < functions).flat_map(frames).collect()
}

/// A wasm frame as the source's frames: one for each function that was inlined, the innermost first.
fn frames(info: &wasmtime::FrameInfo) -> Vec<Frame> {
    let whole = Frame {
        function: info.func_name().map(demangle),
        index: info.func_index(),
        offset: info.module_offset().map(|offset| offset as u64),
        ..Frame::default()
    };
    let symbol = |symbol: &wasmtime::FrameSymbol| Frame {
        function: symbol.name().map(demangle).or_else(|| whole.function.clone()),
        file: symbol.file().map(str::to_owned),
        line: symbol.line(),
        column: symbol.column(),
        ..whole.clone()
    };
    if info.symbols().is_empty() { vec![whole.clone()] } else { info.symbols().iter().map(symbol).collect() }
}

/// A function's name as its author wrote it, in Rust or C++; what is neither stays as it is.
fn demangle(name: &str) -> String {
    if let Ok(demangled) = rustc_demangle::try_demangle(name) {
        // Without the hash that keeps instances apart.
        return format!("{demangled:#}");
    }
    let symbol = cpp_demangle::Symbol::new(name).ok();
    symbol.and_then(|symbol| symbol.demangle().ok()).unwrap_or_else(|| name.to_owned())
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

/// What an error says beside its backtrace.
fn host_message(error: &wasmtime::Error) -> String {
    let is_backtrace = |text: &String| text.starts_with("error while executing at wasm backtrace");
    let causes: Vec<String> = error.chain().map(ToString::to_string).filter(|text| !is_backtrace(text)).collect();
    causes.join(": ")
}
