//! The functions that replaced instructions call, and those that the host calls.

use raddle_runtime_api::abi::{PointerWidth, exports};
use wasm_encoder::{BlockType, ConstExpr, ExportKind, InstructionSink, MemArg, ValType};
use wasmparser::TableType;

use super::{appendix::Appendix, integers::Integers};
use crate::{module::code::Kind, symbols::Symbols};

/// How far below the stack pointer a leaf function may write without moving it, in bytes: LLVM's red zone.
const RED_ZONE: i32 = 128;

/// Where a replaced wait goes.
#[derive(Debug, Clone, Copy)]
pub(super) enum Target {
    /// To the functions that the host put into the appended table.
    Hooks {
        /// The table's index.
        table: u32,
    },
    /// To the module's own imports `wait32`, `wait64` and `notify`, at these indices.
    Imports([u32; exports::HOOK_COUNT as usize]),
}

/// Adds the function that stands in for a wait or a notify with that offset.
pub(super) fn wait(appendix: &mut Appendix, width: PointerWidth, kind: Kind, target: Target) -> Option<u32> {
    let (slot, offset) = match kind {
        Kind::Wait32 { offset } => (0, offset),
        Kind::Wait64 { offset } => (1, offset),
        Kind::Notify { offset } => (2, offset),
        Kind::SetStackPointer | Kind::Bulk(_) => return None,
    };
    let signature = raddle_runtime_api::abi::imports::find(exports::HOOK_IMPORTS[slot])?.signature;
    let ty = appendix.signature(signature);
    Some(appendix.function(ty, |sink| {
        if offset != 0 {
            add_offset(&mut Integers { width, sink }, offset);
        }
        operands(sink, signature.params.len());
        match target {
            Target::Hooks { table } => sink.i32_const(slot as i32).call_indirect(table, ty),
            Target::Imports(functions) => sink.call(functions[slot]),
        };
    }))
}

fn operands(sink: &mut InstructionSink<'_>, count: usize) {
    for index in 0..count as u32 {
        sink.local_get(index);
    }
}

fn natural(align: u32) -> MemArg {
    MemArg { offset: 0, align, memory_index: 0 }
}

/// Adds a constant to the address in local 0. Where the sum does not fit, the instruction would have been out of
/// bounds, so a load that always is stands there.
fn add_offset(pointers: &mut Integers<'_, '_>, offset: u64) {
    pointers.sink.local_get(0);
    pointers.constant(offset);
    pointers.add();
    pointers.sink.local_tee(0);
    pointers.constant(offset);
    pointers.less();
    pointers.sink.if_(BlockType::Empty);
    pointers.constant(u64::MAX);
    pointers.sink.i32_load(natural(2)).unreachable().end();
}

/// The globals and the function of the stack check.
#[derive(Debug, Clone, Copy)]
pub(super) struct StackCheck {
    /// The function that stands in for `global.set` of the stack pointer.
    pub(super) set: u32,
    limit: u32,
    span: u32,
}

/// Adds the stack check: `limit` is the lowest value that the stack pointer may have, `span` how far above that it may
/// be. One unsigned comparison so finds a stack pointer that is too low, and one that has wrapped around.
///
/// Until [`enter`] sets them, nothing traps: there is nothing yet that moves the stack pointer.
pub(super) fn stack_check(appendix: &mut Appendix, width: PointerWidth, stack_pointer: u32) -> StackCheck {
    let pointer = appendix.pointer();
    let (zero, most) = match width {
        PointerWidth::Bits32 => (ConstExpr::i32_const(0), ConstExpr::i32_const(-1)),
        PointerWidth::Bits64 => (ConstExpr::i64_const(0), ConstExpr::i64_const(-1)),
    };
    let limit = appendix.global(pointer, &zero);
    let span = appendix.global(pointer, &most);
    let overflowed = appendix.global(ValType::I32, &ConstExpr::i32_const(0));
    appendix.export(exports::STACK_OVERFLOWED, ExportKind::Global, overflowed);
    let ty = appendix.function_type(&[pointer], &[]);
    let set = appendix.function(ty, |sink| {
        sink.local_get(0).global_get(limit);
        Integers { width, sink }.subtract();
        sink.global_get(span);
        Integers { width, sink }.greater();
        sink.if_(BlockType::Empty).i32_const(1).global_set(overflowed).unreachable().end();
        sink.local_get(0).global_set(stack_pointer);
    });
    StackCheck { set, limit, span }
}

/// Adds `raddle_enter`. When the thread has its stack and its TLS, it runs `start`, the program's own start function.
pub(super) fn enter(
    appendix: &mut Appendix,
    width: PointerWidth,
    symbols: &Symbols,
    check: Option<StackCheck>,
    start: Option<u32>,
) {
    let [top, stack_limit, block] = [0, 1, 2];
    appendix.exported(exports::ENTER, exports::ENTER_SIGNATURE, |sink| {
        if let Some(stack) = symbols.stack {
            sink.local_get(top).global_set(stack.global);
        }
        if let Some(StackCheck { limit, span, .. }) = check {
            // A function that does not move the stack pointer may use the red zone below it, and is not checked.
            sink.local_get(stack_limit);
            let mut pointers = Integers { width, sink };
            pointers.constant(RED_ZONE as u64);
            pointers.add();
            sink.global_set(limit);
            // span = top > limit ? top - limit : 0
            sink.local_get(top).global_get(limit);
            let mut pointers = Integers { width, sink };
            pointers.subtract();
            pointers.constant(0);
            sink.local_get(top).global_get(limit);
            Integers { width, sink }.greater();
            sink.select().global_set(span);
        }
        if let Some(tls) = symbols.tls {
            sink.local_get(block).call(tls.init);
        }
        if let Some(start) = start {
            sink.call(start);
        }
    });
}

/// Adds `raddle_call` and `raddle_call_destructor`, which call through table 0.
pub(super) fn calls(appendix: &mut Appendix, width: PointerWidth, table: &TableType) {
    for (name, signature, callee) in [
        (exports::CALL, exports::CALL_SIGNATURE, (1, 1)),
        (exports::CALL_DESTRUCTOR, exports::CALL_DESTRUCTOR_SIGNATURE, (1, 0)),
    ] {
        let pointer = appendix.pointer();
        let ty = appendix.function_type(&vec![pointer; callee.0], &vec![pointer; callee.1]);
        appendix.exported(name, signature, |sink| {
            sink.local_get(1);
            match (width, table.table64) {
                (PointerWidth::Bits64, false) => {
                    // A function's address has 64 bits, the table's indices 32: for one that does not fit stands the
                    // greatest index, which no table has, and the call traps as for any other that the table does not
                    // have.
                    sink.i32_const(-1).local_get(0).i32_wrap_i64();
                    sink.local_get(0).i64_const(i64::from(u32::MAX)).i64_gt_u().select()
                }
                (PointerWidth::Bits32, true) => sink.local_get(0).i64_extend_i32_u(),
                _ => sink.local_get(0),
            };
            sink.call_indirect(0, ty);
        });
    }
}

/// Adds `raddle_trap`.
pub(super) fn trap(appendix: &mut Appendix) {
    appendix.exported(exports::TRAP, exports::TRAP_SIGNATURE, |sink| {
        sink.unreachable();
    });
}
