//! The flags that a program with threads is linked with: the one list of them.

/// The flags of `wasm-ld` with which a program works at every level of optimisation, with and without wasm-opt.
///
/// `--max-memory` is not among them, because its value is the program's to choose; nor is what says where a program
/// begins, such as `--no-entry`.
///
/// | flag | why |
/// |---|---|
/// | `--shared-memory`, `--import-memory` | one memory for all threads, which the host creates |
/// | `--export-table` | else an optimiser drops the table, as nobody seems to use it, and no thread can be started |
/// | `--export=__stack_pointer` | each thread gets a stack of its own |
/// | `--export=__wasm_init_tls`, `--export=__tls_size`, `--export=__tls_align`, `--export=__tls_base` | each thread gets a copy of the thread-local variables |
/// | `--export=__wasm_call_ctors` | constructors run once, and not in every export, nor wherever an optimiser puts them |
/// | `--export=__data_end` | where the main thread's stack ends, for the stack check |
/// | `--export=__heap_base` | allocators may need the symbol |
pub const LINKER_FLAGS: [&str; 11] = [
    "--shared-memory",
    "--import-memory",
    "--export-table",
    "--export=__stack_pointer",
    "--export=__wasm_init_tls",
    "--export=__tls_size",
    "--export=__tls_align",
    "--export=__tls_base",
    "--export=__wasm_call_ctors",
    "--export=__data_end",
    "--export=__heap_base",
];

/// Flags as each tool that links is given them: rustc, clang and wasm-ld.
pub(crate) fn for_each_tool(flags: &[String]) -> String {
    let each = |prefix| flags.iter().map(|flag| format!("{prefix}{flag}")).collect::<Vec<_>>().join(" ");
    format!("{} (rustc), {} (clang) or {} (wasm-ld)", each("-Clink-arg="), each("-Wl,"), each(""))
}

/// The flags that export all of `names`, likewise.
pub(crate) fn exporting<'a>(names: impl IntoIterator<Item = &'a str>) -> String {
    for_each_tool(&names.into_iter().map(|name| format!("--export={name}")).collect::<Vec<_>>())
}

/// All flags, likewise, with room for the memory to grow.
pub(crate) fn all() -> String {
    let maximum = "--max-memory=1073741824";
    for_each_tool(&LINKER_FLAGS.into_iter().chain([maximum]).map(str::to_owned).collect::<Vec<_>>())
}
