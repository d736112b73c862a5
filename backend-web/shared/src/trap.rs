//! What a browser says of a trap, in raddle's words: an error's class, its message and its stack, each of them the
//! browser's own.

use raddle_runtime_api::{Frame, Trap, TrapKind};

/// An error as JavaScript has it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Thrown {
    /// The name of its class.
    pub name: String,
    /// What it says.
    pub message: String,
    /// Where it was, one line a function, the innermost first.
    pub stack: String,
}

/// The class of errors that a trap is.
const RUNTIME_ERROR: &str = "RuntimeError";

/// The classes of what a stack that is full is: Chromium's and Safari's, and Firefox's.
const FULL_STACK: [&str; 2] = ["RangeError", "InternalError"];

/// What Firefox says of an access outside of a memory as well as of a table. The instruction tells which it was.
pub const EITHER_BOUNDS: &str = "index out of bounds";

/// Parts of messages, and what they mean. The first that is found counts.
const MESSAGES: &[(&str, TrapKind)] = &[
    ("unreachable", TrapKind::Unreachable),
    ("unaligned", TrapKind::UnalignedAtomic),
    ("indirect call to null", TrapKind::IndirectCallToNull),
    ("null function or function signature", TrapKind::BadSignature),
    ("null function", TrapKind::IndirectCallToNull),
    ("signature mismatch", TrapKind::BadSignature),
    ("table index", TrapKind::TableOutOfBounds),
    ("table access", TrapKind::TableOutOfBounds),
    ("table out of bounds", TrapKind::TableOutOfBounds),
    ("out of bounds", TrapKind::MemoryOutOfBounds),
    ("out-of-bounds", TrapKind::MemoryOutOfBounds),
    ("divide by zero", TrapKind::DivisionByZero),
    ("division by zero", TrapKind::DivisionByZero),
    ("remainder by zero", TrapKind::DivisionByZero),
    ("divide result unrepresentable", TrapKind::IntegerOverflow),
    ("integer overflow", TrapKind::IntegerOverflow),
    ("float unrepresentable", TrapKind::BadConversion),
    ("conversion to integer", TrapKind::BadConversion),
    ("null pointer", TrapKind::NullReference),
    ("null reference", TrapKind::NullReference),
];

impl Thrown {
    /// The trap that it stands for: the guest's own, or an import of the embedder's that failed. `guest` is the name
    /// that the browser gives to the guest's module in stacks.
    ///
    /// A message of [`EITHER_BOUNDS`] leaves open whether it was of a memory, as the kind says, or of a table.
    #[must_use]
    pub fn trap(&self, guest: &str) -> Trap {
        let kind = self.kind();
        let message = match kind {
            TrapKind::Other => self.message.clone(),
            TrapKind::MemoryOutOfBounds if self.message == EITHER_BOUNDS => self.message.clone(),
            TrapKind::Host => format!("{}: {}", self.name, self.message),
            _ => String::new(),
        };
        Trap::new(kind, message).with_backtrace(self.backtrace(guest))
    }

    fn kind(&self) -> TrapKind {
        if FULL_STACK.contains(&self.name.as_str())
            && ["stack", "recursion"].iter().any(|word| self.message.contains(word))
        {
            return TrapKind::StackOverflow;
        }
        match self.name.as_str() {
            RUNTIME_ERROR => {
                let known = MESSAGES.iter().find(|(part, _)| self.message.contains(part));
                known.map_or(TrapKind::Other, |&(_, kind)| kind)
            }
            "WebAssembly.Exception" => TrapKind::UncaughtException,
            _ => TrapKind::Host,
        }
    }

    /// The guest's functions in the stack, with those that `threadify` appended.
    #[must_use]
    pub fn backtrace(&self, guest: &str) -> Vec<Frame> {
        let frames = self.stack.lines().filter_map(WasmLine::parse);
        let frames = frames.filter(|line| line.module == guest);
        frames
            .map(|line| {
                let mut frame = Frame::new(line.index, line.offset);
                frame.function = line.name.map(Into::into);
                frame
            })
            .collect()
    }

    /// The module of the innermost wasm function: what the browser calls it.
    #[must_use]
    pub fn innermost_module(&self) -> Option<&str> {
        self.stack.lines().find_map(WasmLine::parse).map(|line| line.module)
    }
}

/// A line of a stack that is of a wasm function.
struct WasmLine<'a> {
    name: Option<&'a str>,
    module: &'a str,
    index: u32,
    offset: Option<u64>,
}

impl<'a> WasmLine<'a> {
    /// Chromium writes `at name (module:wasm-function[3]:0x1f)`, or without the name and the brackets, and Firefox
    /// `name@module:wasm-function[3]:0x1f`.
    fn parse(line: &'a str) -> Option<WasmLine<'a>> {
        let (before, after) = line.split_once(":wasm-function[")?;
        let (index, rest) = after.split_once(']')?;
        let offset = rest.strip_prefix(":0x").map(|digits| digits.trim_end_matches(')'));
        let (name, module) = match before.trim_start().strip_prefix("at ") {
            Some(chromium) => match chromium.rsplit_once(" (") {
                Some((name, module)) => (Some(name), module),
                None => (None, chromium),
            },
            None => match before.split_once('@') {
                Some((name, module)) => (Some(name), module),
                None => (None, before),
            },
        };
        // Without a name, Firefox writes what stands behind the module.
        let name = name.filter(|name| !name.is_empty() && !name.contains("wasm-function["));
        Some(WasmLine {
            name,
            module,
            index: index.parse().ok()?,
            offset: offset.and_then(|digits| u64::from_str_radix(digits, 16).ok()),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn thrown(name: &str, message: &str) -> Thrown {
        Thrown { name: name.into(), message: message.into(), stack: String::new() }
    }

    #[test]
    fn what_browsers_say_is_known() {
        use TrapKind as K;
        let said = [
            ("unreachable", K::Unreachable),
            ("unreachable executed", K::Unreachable),
            ("memory access out of bounds", K::MemoryOutOfBounds),
            ("index out of bounds", K::MemoryOutOfBounds),
            ("table index is out of bounds", K::TableOutOfBounds),
            ("table index out of bounds", K::TableOutOfBounds),
            ("null function or function signature mismatch", K::BadSignature),
            ("null function", K::IndirectCallToNull),
            ("indirect call signature mismatch", K::BadSignature),
            ("indirect call to null", K::IndirectCallToNull),
            ("divide by zero", K::DivisionByZero),
            ("integer divide by zero", K::DivisionByZero),
            ("remainder by zero", K::DivisionByZero),
            ("divide result unrepresentable", K::IntegerOverflow),
            ("integer overflow", K::IntegerOverflow),
            ("float unrepresentable in integer range", K::BadConversion),
            ("invalid conversion to integer", K::BadConversion),
            ("operation does not support unaligned accesses", K::UnalignedAtomic),
            ("unaligned memory access", K::UnalignedAtomic),
            ("dereferencing a null pointer", K::NullReference),
            ("the moon is full", K::Other),
        ];
        for (message, kind) in said {
            assert_eq!(thrown("RuntimeError", message).kind(), kind, "{message}");
        }
        assert_eq!(thrown("RangeError", "Maximum call stack size exceeded").kind(), K::StackOverflow);
        assert_eq!(thrown("InternalError", "too much recursion").kind(), K::StackOverflow);
        assert_eq!(thrown("WebAssembly.Exception", "").kind(), K::UncaughtException);
    }

    #[test]
    fn an_embedders_error_says_what_it_said() {
        let trap = thrown("TypeError", "no such thing").trap("");
        assert_eq!((trap.kind, trap.message.as_str()), (TrapKind::Host, "TypeError: no such thing"));
        assert_eq!(thrown("RangeError", "a date").trap("").kind, TrapKind::Host);
    }

    #[test]
    fn what_can_be_of_a_table_says_so() {
        let message = |said| thrown("RuntimeError", said).trap("").message;
        assert_eq!(message("index out of bounds"), EITHER_BOUNDS);
        assert_eq!(message("memory access out of bounds"), "");
    }

    #[test]
    fn stacks_of_both_browsers_are_read() {
        let chromium = "RuntimeError: unreachable
    at guest::inner (wasm://wasm/c0ffee:wasm-function[2]:0x1f)
    at wasm://wasm/c0ffee:wasm-function[1]:0x2a
    at raddle_call (wasm://wasm/c0ffee:wasm-function[9]:0x40)
    at call (blob:http://localhost/1:20:3)
    at run (wasm://wasm/beef:wasm-function[1]:0x99)";
        let firefox = "inner@http://localhost/a.js line 3 > WebAssembly.compile:wasm-function[2]:0x1f
@http://localhost/a.js line 3 > WebAssembly.compile:wasm-function[1]:0x2a
call@blob:http://localhost/1:20:3
run@http://localhost/a.js line 9 > WebAssembly.compile:wasm-function[1]:0x99";
        for (stack, name) in [(chromium, "guest::inner"), (firefox, "inner")] {
            let thrown = Thrown { stack: stack.into(), ..Thrown::default() };
            let module = thrown.innermost_module().unwrap();
            let frames = thrown.backtrace(module);
            let found: Vec<_> = frames.iter().map(|f| (f.function.as_deref(), f.index, f.offset)).collect();
            assert_eq!(found[..2], [(Some(name), 2, Some(0x1f)), (None, 1, Some(0x2a))]);
        }
    }
}
