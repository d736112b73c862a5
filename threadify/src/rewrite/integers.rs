//! Instructions that are there for 32-bit and for 64-bit integers: addresses, lengths and indices.

use raddle_runtime_api::abi::PointerWidth;
use wasm_encoder::{InstructionSink, ValType};

/// Writes instructions for integers of one width.
pub(super) struct Integers<'a, 'b> {
    pub(super) width: PointerWidth,
    pub(super) sink: &'a mut InstructionSink<'b>,
}

impl Integers<'_, '_> {
    pub(super) fn constant(&mut self, value: u64) {
        match self.width {
            PointerWidth::Bits32 => self.sink.i32_const(value as u32 as i32),
            PointerWidth::Bits64 => self.sink.i64_const(value as i64),
        };
    }

    pub(super) fn add(&mut self) {
        match self.width {
            PointerWidth::Bits32 => self.sink.i32_add(),
            PointerWidth::Bits64 => self.sink.i64_add(),
        };
    }

    pub(super) fn subtract(&mut self) {
        match self.width {
            PointerWidth::Bits32 => self.sink.i32_sub(),
            PointerWidth::Bits64 => self.sink.i64_sub(),
        };
    }

    pub(super) fn less(&mut self) {
        match self.width {
            PointerWidth::Bits32 => self.sink.i32_lt_u(),
            PointerWidth::Bits64 => self.sink.i64_lt_u(),
        };
    }

    pub(super) fn at_most(&mut self) {
        match self.width {
            PointerWidth::Bits32 => self.sink.i32_le_u(),
            PointerWidth::Bits64 => self.sink.i64_le_u(),
        };
    }

    pub(super) fn greater(&mut self) {
        match self.width {
            PointerWidth::Bits32 => self.sink.i32_gt_u(),
            PointerWidth::Bits64 => self.sink.i64_gt_u(),
        };
    }

    /// Pushes a local of another width, made as wide.
    pub(super) fn local(&mut self, index: u32, width: PointerWidth) {
        self.sink.local_get(index);
        if (width, self.width) == (PointerWidth::Bits32, PointerWidth::Bits64) {
            self.sink.i64_extend_i32_u();
        }
    }
}

/// The type of integers of a width.
pub(super) fn value_type(width: PointerWidth) -> ValType {
    match width {
        PointerWidth::Bits32 => ValType::I32,
        PointerWidth::Bits64 => ValType::I64,
    }
}
