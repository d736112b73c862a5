//! How a result of the entry gets from the script to the host module: as the number of its type and its bits.

use raddle_runtime_api::{Value, ValueType};

/// The number of a type: its place in [`ValueType::ALL`], by which the build tells the script.
#[must_use]
pub fn type_number(ty: ValueType) -> u32 {
    ValueType::ALL.iter().position(|&known| known == ty).unwrap_or_default() as u32
}

/// The value of a type with these bits, of which a 32-bit one has the low half.
#[must_use]
pub fn value(type_number: u32, bits: u64) -> Option<Value> {
    Some(match *ValueType::ALL.get(type_number as usize)? {
        ValueType::I32 => Value::I32(bits as i32),
        ValueType::I64 => Value::I64(bits.cast_signed()),
        ValueType::F32 => Value::F32(f32::from_bits(bits as u32)),
        ValueType::F64 => Value::F64(f64::from_bits(bits)),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bits_are_of_the_type_that_is_named() {
        let all = [
            (Value::I32(-2), u64::from((-2_i32).cast_unsigned())),
            (Value::I64(i64::MIN), 1 << 63),
            (Value::F32(0.5), u64::from(0.5_f32.to_bits())),
            (Value::F64(-0.25), (-0.25_f64).to_bits()),
        ];
        for (expected, bits) in all {
            assert_eq!(value(type_number(expected.ty()), bits), Some(expected));
        }
        assert_eq!(value(4, 0), None);
    }
}
