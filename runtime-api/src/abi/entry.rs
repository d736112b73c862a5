//! Which of a module's own exports a host calls, and when: the conventions of linkers and compilers, not raddle's.

/// The entry of a command, as C's start-up code exports it. It calls the constructors itself.
pub const START: &str = "_start";

/// The entry of a program without start-up code: `main`, whose `i32` result is the exit status. As compiled from C and
/// Rust, it takes the count and the address of arguments; a host passes zeros.
pub const MAIN: &str = "main";

/// The entries to look for when none is named, in this order.
pub const DEFAULT: [&str; 2] = [START, MAIN];

/// Exports that run the module's constructors: a reactor's, and the linker's own. The first one that exists is called
/// once, on the main thread, after [`ENTER`](super::exports::ENTER) and before an entry that does not call it itself.
pub const CONSTRUCTORS: [&str; 2] = ["_initialize", "__wasm_call_ctors"];

/// The constructors that a host calls before this entry, in a module of which `exports` says whether it exports a
/// function.
#[must_use]
pub fn constructors(entry: &str, exports: impl Fn(&str) -> bool) -> Option<&'static str> {
    let calls_them = entry == START || CONSTRUCTORS.contains(&entry);
    CONSTRUCTORS.into_iter().find(|name| !calls_them && exports(name))
}
