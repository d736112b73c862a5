//! The functions that stand in for bulk operations: long ones go in steps, so that a stop reaches their thread.
//!
//! Engines look whether a thread is to stop where a function begins and where a loop goes round, and never inside an
//! instruction: one that fills gigabytes, or thousands of them in a row, would outlive every time limit. So a bulk
//! operation becomes a call, which is a place to look. The function does a short one at once, and of a long one a step
//! at a time, once it is certain that all of it is within bounds: an operation that traps writes nothing.
//!
//! Each function is one body that calls nothing, so that a module which says that it was threadified can be held to it:
//! its bulk operations are in bodies that are these, byte for byte.

use std::collections::BTreeMap;

use raddle_runtime_api::abi::PointerWidth::{self, Bits32, Bits64};
use wasm_encoder::{AbstractHeapType, BlockType, HeapType, InstructionSink, MemArg, RefType, ValType};
use wasmparser::TableType;

use super::{
    appendix::Appendix,
    integers::{Integers, value_type},
};
use crate::module::{
    Module,
    code::{Bulk, Kind},
};

/// The most bytes of memory that one instruction writes. It takes microseconds, also where the pages are new, and going
/// on costs next to nothing in comparison.
const BYTES: u64 = 64 << 10;

/// The most elements of a table that one instruction writes: each may take as long as dozens of bytes.
const ELEMENTS: u64 = 4096;

/// A function that stands in for a kind of operation.
pub(crate) struct Step {
    params: Vec<ValType>,
    results: Vec<ValType>,
    /// Without the final `end`. It has no locals but its parameters.
    instructions: Vec<u8>,
}

impl Step {
    /// The function for an operation on what `module` has; `None` if it has nothing of the kind.
    pub(crate) fn new(module: &Module<'_>, bulk: Bulk) -> Option<Step> {
        let memory = module.pointer_width();
        let table = |index: u32| module.tables.get(index as usize);
        let mut instructions = Vec::new();
        let sink = &mut InstructionSink::new(&mut instructions);
        let mut results = Vec::new();
        let address = value_type(memory);
        let params = match bulk {
            Bulk::MemoryFill => {
                memory_fill(sink, memory);
                vec![address, ValType::I32, address]
            }
            Bulk::MemoryCopy => {
                memory_copy(sink, memory);
                vec![address; 3]
            }
            Bulk::MemoryInit { segment } => {
                let size = module.data.get(segment as usize)?.bytes.len() as u64;
                memory_init(sink, memory, segment, size);
                vec![address, ValType::I32, ValType::I32]
            }
            Bulk::TableFill { table: index } => {
                let table = table(index)?;
                table_fill(sink, width(table), index);
                vec![value_type(width(table)), ValType::Ref(element(table)?), value_type(width(table))]
            }
            Bulk::TableCopy { to, from } => {
                let widths = [width(table(to)?), width(table(from)?)];
                let len = if widths == [Bits64; 2] { Bits64 } else { Bits32 };
                table_copy(sink, [to, from], widths, len);
                [widths[0], widths[1], len].map(value_type).to_vec()
            }
            // No segment has so many elements that it would need steps, and none is written again by growing.
            Bulk::TableInit { segment, table: index } => {
                operands(sink, 3).table_init(index, segment);
                vec![value_type(width(table(index)?)), ValType::I32, ValType::I32]
            }
            Bulk::TableGrow { table: index } => {
                let table = table(index)?;
                operands(sink, 2).table_grow(index);
                results.push(value_type(width(table)));
                vec![ValType::Ref(element(table)?), value_type(width(table))]
            }
        };
        Some(Step { params, results, instructions })
    }

    /// Whether a body, from its locals to its `end`, is the function's.
    pub(crate) fn is(&self, body: &[u8]) -> bool {
        const NO_LOCALS: u8 = 0;
        const END: u8 = 0x0b;
        matches!(body, [NO_LOCALS, instructions @ .., END] if *instructions == self.instructions)
    }
}

/// The functions that were appended, one for each kind of operation.
pub(super) struct Steps<'m, 'a> {
    module: &'m Module<'a>,
    functions: BTreeMap<Bulk, u32>,
}

impl<'m, 'a> Steps<'m, 'a> {
    /// None yet.
    pub(super) fn new(module: &'m Module<'a>) -> Self {
        Steps { module, functions: BTreeMap::new() }
    }

    /// The index of the function for an operation, which is appended the first time.
    pub(super) fn function(&mut self, appendix: &mut Appendix, bulk: Bulk) -> Option<u32> {
        if let Some(&function) = self.functions.get(&bulk) {
            return Some(function);
        }
        let step = Step::new(self.module, bulk)?;
        let ty = appendix.function_type(&step.params, &step.results);
        let function = appendix.raw_function(ty, &step.instructions);
        self.functions.insert(bulk, function);
        Some(function)
    }

    /// The function that stands in for each operation.
    pub(super) fn callees(&self) -> impl Iterator<Item = (Kind, u32)> {
        self.functions.iter().map(|(&bulk, &function)| (Kind::Bulk(bulk), function))
    }
}

fn operands<'a, 'b>(sink: &'a mut InstructionSink<'b>, count: u32) -> &'a mut InstructionSink<'b> {
    for index in 0..count {
        sink.local_get(index);
    }
    sink
}

/// Leaves the surrounding block if a number is on the stack that is not 0.
fn leave_if(sink: &mut InstructionSink<'_>) {
    sink.br_if(0);
}

/// Leaves it if the operation is one step.
fn leave_if_short(sink: &mut InstructionSink<'_>, width: PointerWidth, len: u32, step: u64) {
    sink.local_get(len);
    let mut integers = Integers { width, sink };
    integers.constant(step);
    integers.at_most();
    leave_if(sink);
}

/// Leaves it if the addresses from the one in a local on, as many as another local says, which are more than none,
/// begin again at 0; and traps if they go past the memory's end.
fn check_memory(
    sink: &mut InstructionSink<'_>,
    width: PointerWidth,
    start: u32,
    (len, len_width): (u32, PointerWidth),
) {
    let last = |sink: &mut InstructionSink<'_>| {
        sink.local_get(start);
        let mut integers = Integers { width, sink };
        integers.local(len, len_width);
        integers.add();
        integers.constant(1);
        integers.subtract();
    };
    last(sink);
    sink.local_get(start);
    Integers { width, sink }.less();
    leave_if(sink);
    last(sink);
    sink.i32_load8_u(MemArg { offset: 0, align: 0, memory_index: 0 }).drop();
}

/// Leaves it if the elements from the index in a local on, as many as another local says, go past the table's end.
fn check_table(
    sink: &mut InstructionSink<'_>,
    (table, width): (u32, PointerWidth),
    start: u32,
    (len, len_width): (u32, PointerWidth),
) {
    let mut integers = Integers { width, sink };
    integers.local(len, len_width);
    integers.sink.table_size(table);
    integers.greater();
    leave_if(integers.sink);
    integers.sink.local_get(start).table_size(table);
    integers.local(len, len_width);
    integers.subtract();
    integers.greater();
    leave_if(integers.sink);
}

/// Sets a local to what it is and `step` more.
fn advance(sink: &mut InstructionSink<'_>, width: PointerWidth, local: u32, step: u64) {
    sink.local_get(local);
    let mut integers = Integers { width, sink };
    integers.constant(step);
    integers.add();
    sink.local_set(local);
}

/// Takes a step off the length in a local, and leaves what is left on the stack.
fn shorten(sink: &mut InstructionSink<'_>, width: PointerWidth, len: u32, step: u64) {
    sink.local_get(len);
    let mut integers = Integers { width, sink };
    integers.constant(step);
    integers.subtract();
}

/// Goes round if the length on the stack is more than a step.
fn again_if_long(sink: &mut InstructionSink<'_>, width: PointerWidth, step: u64) {
    let mut integers = Integers { width, sink };
    integers.constant(step);
    integers.greater();
    sink.br_if(0);
}

/// Steps from the first to the last: `one` does a step, whose length it leaves room for, and these locals advance.
fn forwards(
    sink: &mut InstructionSink<'_>,
    starts: &[(u32, PointerWidth)],
    (len, len_width): (u32, PointerWidth),
    step: u64,
    one: impl FnOnce(&mut InstructionSink<'_>),
) {
    sink.loop_(BlockType::Empty);
    one(sink);
    for &(start, width) in starts {
        advance(sink, width, start, step);
    }
    shorten(sink, len_width, len, step);
    sink.local_tee(len);
    again_if_long(sink, len_width, step);
    sink.end();
}

/// Steps from the last to the first: `one` is given the locals that begin each of two ranges, with the length still
/// before it added.
fn backwards(
    sink: &mut InstructionSink<'_>,
    width: PointerWidth,
    step: u64,
    one: impl FnOnce(&mut InstructionSink<'_>),
) {
    let [to, from, len] = [0, 1, 2];
    sink.loop_(BlockType::Empty);
    shorten(sink, width, len, step);
    sink.local_set(len);
    for start in [to, from] {
        sink.local_get(start).local_get(len);
        Integers { width, sink }.add();
    }
    one(sink);
    sink.local_get(len);
    again_if_long(sink, width, step);
    sink.end();
}

fn memory_fill(sink: &mut InstructionSink<'_>, width: PointerWidth) {
    let [to, value, len] = [0, 1, 2];
    sink.block(BlockType::Empty);
    leave_if_short(sink, width, len, BYTES);
    check_memory(sink, width, to, (len, width));
    forwards(sink, &[(to, width)], (len, width), BYTES, |sink| {
        sink.local_get(to).local_get(value);
        Integers { width, sink }.constant(BYTES);
        sink.memory_fill(0);
    });
    // What is left; all of it, if it is short or traps.
    sink.end();
    operands(sink, 3).memory_fill(0);
}

fn memory_copy(sink: &mut InstructionSink<'_>, width: PointerWidth) {
    let [to, from, len] = [0, 1, 2];
    sink.block(BlockType::Empty);
    leave_if_short(sink, width, len, BYTES);
    check_memory(sink, width, to, (len, width));
    check_memory(sink, width, from, (len, width));
    either_way(sink, width, [to, from], |sink, is_forwards| {
        let one = |sink: &mut InstructionSink<'_>| {
            Integers { width, sink }.constant(BYTES);
            sink.memory_copy(0, 0);
        };
        if is_forwards {
            forwards(sink, &[(to, width), (from, width)], (len, width), BYTES, |sink| one(operands(sink, 2)));
        } else {
            backwards(sink, width, BYTES, one);
        }
    });
    sink.end();
    operands(sink, 3).memory_copy(0, 0);
}

/// What goes up or down, so that nothing is overwritten that is still to be read.
fn either_way(
    sink: &mut InstructionSink<'_>,
    width: PointerWidth,
    [to, from]: [u32; 2],
    steps: impl Fn(&mut InstructionSink<'_>, bool),
) {
    sink.local_get(to).local_get(from);
    Integers { width, sink }.at_most();
    sink.if_(BlockType::Empty);
    steps(sink, true);
    sink.else_();
    steps(sink, false);
    sink.end();
}

fn memory_init(sink: &mut InstructionSink<'_>, width: PointerWidth, segment: u32, size: u64) {
    let [to, from, len] = [0, 1, 2];
    // Of a segment that is no longer than a step, anything longer traps.
    if size > BYTES {
        sink.block(BlockType::Empty);
        leave_if_short(sink, Bits32, len, BYTES);
        let mut integers = Integers { width: Bits64, sink };
        integers.local(from, Bits32);
        integers.local(len, Bits32);
        integers.add();
        integers.constant(size);
        integers.greater();
        leave_if(sink);
        check_memory(sink, width, to, (len, Bits32));
        // One that was dropped traps at the first step.
        forwards(sink, &[(to, width), (from, Bits32)], (len, Bits32), BYTES, |sink| {
            operands(sink, 2).i32_const(BYTES as i32).memory_init(0, segment);
        });
        sink.end();
    }
    operands(sink, 3).memory_init(0, segment);
}

fn table_fill(sink: &mut InstructionSink<'_>, width: PointerWidth, table: u32) {
    let [to, value, len] = [0, 1, 2];
    sink.block(BlockType::Empty);
    leave_if_short(sink, width, len, ELEMENTS);
    check_table(sink, (table, width), to, (len, width));
    forwards(sink, &[(to, width)], (len, width), ELEMENTS, |sink| {
        sink.local_get(to).local_get(value);
        Integers { width, sink }.constant(ELEMENTS);
        sink.table_fill(table);
    });
    sink.end();
    operands(sink, 3).table_fill(table);
}

fn table_copy(sink: &mut InstructionSink<'_>, tables: [u32; 2], widths: [PointerWidth; 2], len_width: PointerWidth) {
    let [to, from, len] = [0, 1, 2];
    let starts = [(to, widths[0]), (from, widths[1])];
    sink.block(BlockType::Empty);
    leave_if_short(sink, len_width, len, ELEMENTS);
    check_table(sink, (tables[0], widths[0]), to, (len, len_width));
    check_table(sink, (tables[1], widths[1]), from, (len, len_width));
    let one = |sink: &mut InstructionSink<'_>| {
        Integers { width: len_width, sink }.constant(ELEMENTS);
        sink.table_copy(tables[0], tables[1]);
    };
    let up = |sink: &mut InstructionSink<'_>| {
        forwards(sink, &starts, (len, len_width), ELEMENTS, |sink| one(operands(sink, 2)));
    };
    // Tables with indices of different widths are not the same.
    if widths[0] == widths[1] {
        either_way(sink, len_width, [to, from], |sink, is_forwards| {
            if is_forwards { up(sink) } else { backwards(sink, len_width, ELEMENTS, one) }
        });
    } else {
        up(sink);
    }
    sink.end();
    operands(sink, 3).table_copy(tables[0], tables[1]);
}

fn width(table: &TableType) -> PointerWidth {
    if table.table64 { Bits64 } else { Bits32 }
}

/// The type of a table's elements. Types keep their indices.
pub(super) fn element(table: &TableType) -> Option<RefType> {
    use wasmparser::AbstractHeapType as Abstract;
    let heap_type = match table.element_type.heap_type() {
        wasmparser::HeapType::Concrete(index) => HeapType::Concrete(index.as_module_index()?),
        wasmparser::HeapType::Exact(index) => HeapType::Exact(index.as_module_index()?),
        wasmparser::HeapType::Abstract { shared, ty } => {
            let ty = match ty {
                Abstract::Func => AbstractHeapType::Func,
                Abstract::Extern => AbstractHeapType::Extern,
                Abstract::Any => AbstractHeapType::Any,
                Abstract::None => AbstractHeapType::None,
                Abstract::NoExtern => AbstractHeapType::NoExtern,
                Abstract::NoFunc => AbstractHeapType::NoFunc,
                Abstract::Eq => AbstractHeapType::Eq,
                Abstract::Struct => AbstractHeapType::Struct,
                Abstract::Array => AbstractHeapType::Array,
                Abstract::I31 => AbstractHeapType::I31,
                Abstract::Exn => AbstractHeapType::Exn,
                Abstract::NoExn => AbstractHeapType::NoExn,
                Abstract::Cont => AbstractHeapType::Cont,
                Abstract::NoCont => AbstractHeapType::NoCont,
            };
            HeapType::Abstract { shared, ty }
        }
    };
    Some(RefType { nullable: table.element_type.is_nullable(), heap_type })
}
