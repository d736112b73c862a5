//! The modules that are compared.

use std::{fmt, fs, path::Path};

use arbitrary::Unstructured;
use fastrand::Rng;
use raddle_backend_native::threadify::inspect;
use wasm_smith::{Config, Module};

/// Where modules come from.
pub(crate) enum Source {
    /// wasm-smith.
    Random,
    /// A real program, of which some bytes are changed.
    Changed {
        /// Its file's name.
        name: String,
        wasm: Vec<u8>,
    },
    /// Every bulk operation.
    Bulk {
        /// Whether addresses and indices have 64 bits.
        wide: bool,
    },
}

impl fmt::Debug for Source {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Source::Random => f.write_str("a random module"),
            Source::Changed { name, .. } => write!(f, "{name}, changed"),
            Source::Bulk { wide } => write!(f, "bulk operations of {} bits", if *wide { 64 } else { 32 }),
        }
    }
}

/// All of them.
pub(crate) fn sources() -> Vec<Source> {
    let mut sources = vec![Source::Bulk { wide: false }, Source::Bulk { wide: true }];
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../conformance/programs/c");
    for entry in fs::read_dir(folder).expect("the suite's programs in C") {
        let path = entry.expect("an entry").path();
        if path.extension().is_some_and(|extension| extension == "wasm") {
            let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
            sources.push(Source::Random);
            sources.push(Source::Changed { name, wasm: fs::read(&path).expect("a module") });
        }
    }
    sources
}

impl Source {
    /// A module; `None` if what came out is none.
    pub(crate) fn module(&self, rng: &mut Rng) -> Option<Vec<u8>> {
        match self {
            Source::Random => random(rng),
            Source::Changed { wasm, .. } => changed(wasm, rng),
            Source::Bulk { wide } => Some(bulk(*wide)),
        }
    }

    pub(crate) fn arguments(&self) -> Arguments {
        match self {
            Source::Random | Source::Changed { .. } => {
                Arguments { count: 20, interesting: &[0, 1, 8, 0xffff, 0x10000, 0xffff_ffff, u64::MAX], others: true }
            }
            Source::Bulk { .. } => Arguments { count: 400, interesting: INTERESTING, others: false },
        }
    }
}

/// What the exports of a module are called with.
pub(crate) struct Arguments {
    /// How many calls are made.
    pub(crate) count: usize,
    /// The numbers that arguments are taken from.
    pub(crate) interesting: &'static [u64],
    /// Whether half of them are any other numbers.
    pub(crate) others: bool,
}

/// Around what is one step, what the memory and the tables have, and where addresses begin again.
const INTERESTING: &[u64] = &[
    0,
    1,
    2,
    100,
    1000,
    4095,
    4096,
    4097,
    4500,
    5000,
    5500,
    8192,
    9000,
    10_000,
    0xffff,
    0x10000,
    0x10001,
    0x18000,
    0x1ffff,
    0x20000,
    0x2abcd,
    0x30001,
    0x60000,
    0x7ffff,
    0x80001,
    0xffff_0000,
    u64::MAX,
];

fn random(rng: &mut Rng) -> Option<Vec<u8>> {
    let bytes: Vec<u8> = (0..512 + rng.usize(..8192)).map(|_| rng.u8(..)).collect();
    let config = Config {
        min_memories: 1,
        max_memories: 1,
        max_memory32_bytes: 1 << 20,
        max_memory64_bytes: 1 << 20,
        memory64_enabled: rng.u8(..4) == 0,
        memory_max_size_required: true,
        max_imports: 0,
        min_funcs: 1,
        max_funcs: 12,
        max_tables: 3,
        max_table_elements: 20_000,
        table_max_size_required: true,
        export_everything: true,
        canonicalize_nans: true,
        threads_enabled: false,
        gc_enabled: false,
        exceptions_enabled: false,
        relaxed_simd_enabled: false,
        custom_page_sizes_enabled: false,
        wide_arithmetic_enabled: false,
        shared_everything_threads_enabled: false,
        allow_start_export: true,
        ..Config::default()
    };
    let mut module = Module::new(config, &mut Unstructured::new(&bytes)).ok()?;
    module.ensure_termination(100_000).ok()?;
    let mut wasm = module.to_bytes();
    share_memory(&mut wasm)?;
    Some(wasm)
}

/// The id, and where the content begins and ends, of each section.
fn sections(wasm: &[u8]) -> Vec<(u8, usize, usize)> {
    let mut sections = Vec::new();
    let mut at = 8;
    while let Some(&id) = wasm.get(at) {
        let Some((size, start)) = leb(wasm, at + 1) else { break };
        at = start + size;
        sections.push((id, start, at));
    }
    sections
}

/// The number at a place, and where it ends.
fn leb(wasm: &[u8], at: usize) -> Option<(usize, usize)> {
    let mut value = 0;
    for (index, byte) in wasm.get(at..)?.iter().take(5).enumerate() {
        value |= usize::from(byte & 0x7f) << (7 * index);
        if byte & 0x80 == 0 {
            return Some((value, at + index + 1));
        }
    }
    None
}

/// Declares the one memory of a module as shared.
fn share_memory(wasm: &mut [u8]) -> Option<()> {
    const MEMORY: u8 = 5;
    const SHARED: u8 = 2;
    let (_, start, _) = sections(wasm).into_iter().find(|(id, ..)| *id == MEMORY)?;
    wasm[start + 1] |= SHARED;
    Some(())
}

/// A program with some bytes of its functions changed. A function that waits is left alone: on one thread nobody would
/// wake it.
fn changed(wasm: &[u8], rng: &mut Rng) -> Option<Vec<u8>> {
    const CODE: u8 = 10;
    const ATOMIC: u8 = 0xfe;
    let (_, start, _) = sections(wasm).into_iter().find(|(id, ..)| *id == CODE)?;
    let (count, mut at) = leb(wasm, start)?;
    let mut bodies = Vec::new();
    for _ in 0..count {
        let (size, body) = leb(wasm, at)?;
        at = body + size;
        if !wasm[body..at].contains(&ATOMIC) {
            bodies.push(body..at);
        }
    }
    let mut out = wasm.to_vec();
    for _ in 0..rng.usize(..4) {
        let body = bodies.get(rng.usize(..bodies.len().max(1)))?;
        out[rng.usize(body.clone())] = if rng.bool() { rng.u8(..) } else { rng.u8(..16) };
    }
    let waits = |wasm: &[u8]| inspect(wasm).ok().map(|inspection| inspection.waits);
    (waits(&out)? == waits(wasm)?).then_some(out)
}

/// A module with a function for each bulk operation, which takes its operands.
fn bulk(wide: bool) -> Vec<u8> {
    let text = r#"(module
        (memory (export "memory") WIDTH 8 8 shared)
        (table $t WIDTH 10000 20000 funcref) (table $u WIDTH 10000 funcref)
        (elem $e func $f $f $f $f $f)
        (data $d "SEGMENT")
        (data (P.const 0x1000) "SEGMENT")
        (func $f (export "f"))
        (func (export "mark") (param P) (i64.store (local.get 0) (i64.const 0x0123456789abcdef)))
        (func (export "fill") (param P i32 P) (memory.fill (local.get 0) (local.get 1) (local.get 2)))
        (func (export "copy") (param P P P) (memory.copy (local.get 0) (local.get 1) (local.get 2)))
        (func (export "init") (param P i32 i32) (memory.init $d (local.get 0) (local.get 1) (local.get 2)))
        ;; Every third of the elements from there on.
        (func (export "set") (param P)
          (loop $next
            (table.set $t (local.get 0) (ref.func $f))
            (br_if $next (P.lt_u (local.tee 0 (P.add (local.get 0) (P.const 3))) (P.const 10000)))))
        (func (export "is_null") (param P) (result i32) (ref.is_null (table.get $t (local.get 0))))
        (func (export "table_fill") (param P P) (table.fill $t (local.get 0) (ref.func $f) (local.get 1)))
        (func (export "table_clear") (param P P) (table.fill $t (local.get 0) (ref.null func) (local.get 1)))
        (func (export "table_copy") (param P P P) (table.copy $t $t (local.get 0) (local.get 1) (local.get 2)))
        (func (export "table_out") (param P P P) (table.copy $u $t (local.get 0) (local.get 1) (local.get 2)))
        (func (export "table_in") (param P P P) (table.copy $t $u (local.get 0) (local.get 1) (local.get 2)))
        (func (export "table_init") (param P i32 i32) (table.init $t $e (local.get 0) (local.get 1) (local.get 2)))
        (func (export "table_grow") (param P) (result P) (table.grow $t (ref.func $f) (local.get 0)))
        (func (export "nulls") (result i32) (local $at P) (local $hash i32)
          (loop $next
            (local.set $hash (i32.add (i32.mul (local.get $hash) (i32.const 31)) (ref.is_null (table.get $t (local.get $at)))))
            (br_if $next (P.lt_u (local.tee $at (P.add (local.get $at) (P.const 1))) (P.const 10000))))
          (local.get $hash)))"#;
    let (width, pointer) = if wide { ("i64", "i64") } else { ("i32", "i32") };
    let segment: String = (0..0x28000_u32).map(|at| char::from(b'a' + (at % 23) as u8)).collect();
    let text = text.replace("WIDTH", width).replace("SEGMENT", &segment);
    let text = text.replace("P.", &format!("{pointer}.")).replace("(result P)", &format!("(result {pointer})"));
    let words: Vec<_> = text.split_inclusive(|byte: char| !byte.is_alphanumeric()).collect();
    let whole = |word: &str| match word.strip_prefix('P').filter(|rest| rest.len() == 1) {
        Some(end) => format!("{pointer}{end}"),
        None => word.to_owned(),
    };
    wat::parse_str(words.into_iter().map(whole).collect::<String>()).expect("valid text")
}
