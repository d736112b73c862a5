//! [`Value`]: the numbers that go into a guest and come out; their types, and the types of functions of them.

use alloc::vec::Vec;
use core::fmt;

/// A number that an entry function takes or returns. These are all of wasm's number types; there will be no others.
///
/// Wasm's integers have no sign: unsigned numbers become values with the same bits.
///
/// ```
/// use raddle_runtime_api::{Value, ValueType};
///
/// assert_eq!(Value::from(u32::MAX), Value::I32(-1));
/// assert_eq!(Value::from(0.5_f64).ty(), ValueType::F64);
/// assert_eq!(Value::I64(7).as_i64(), Some(7));
/// assert_eq!(Value::I64(7).as_i32(), None);
/// ```
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Value {
    /// A 32-bit integer.
    I32(i32),
    /// A 64-bit integer.
    I64(i64),
    /// A 32-bit float.
    F32(f32),
    /// A 64-bit float.
    F64(f64),
}

impl Value {
    /// Its type.
    #[must_use]
    pub const fn ty(self) -> ValueType {
        match self {
            Value::I32(_) => ValueType::I32,
            Value::I64(_) => ValueType::I64,
            Value::F32(_) => ValueType::F32,
            Value::F64(_) => ValueType::F64,
        }
    }

    /// The number, if it is an `i32`. Nothing is converted.
    #[must_use]
    pub const fn as_i32(self) -> Option<i32> {
        if let Value::I32(value) = self { Some(value) } else { None }
    }

    /// The number, if it is an `i64`. Nothing is converted.
    #[must_use]
    pub const fn as_i64(self) -> Option<i64> {
        if let Value::I64(value) = self { Some(value) } else { None }
    }

    /// The number, if it is an `f32`. Nothing is converted.
    #[must_use]
    pub const fn as_f32(self) -> Option<f32> {
        if let Value::F32(value) = self { Some(value) } else { None }
    }

    /// The number, if it is an `f64`. Nothing is converted.
    #[must_use]
    pub const fn as_f64(self) -> Option<f64> {
        if let Value::F64(value) = self { Some(value) } else { None }
    }
}

impl From<i32> for Value {
    fn from(value: i32) -> Value {
        Value::I32(value)
    }
}

impl From<i64> for Value {
    fn from(value: i64) -> Value {
        Value::I64(value)
    }
}

impl From<u32> for Value {
    fn from(value: u32) -> Value {
        Value::I32(value.cast_signed())
    }
}

impl From<u64> for Value {
    fn from(value: u64) -> Value {
        Value::I64(value.cast_signed())
    }
}

impl From<f32> for Value {
    fn from(value: f32) -> Value {
        Value::F32(value)
    }
}

impl From<f64> for Value {
    fn from(value: f64) -> Value {
        Value::F64(value)
    }
}

impl fmt::Display for Value {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Value::I32(value) => value.fmt(f),
            Value::I64(value) => value.fmt(f),
            Value::F32(value) => value.fmt(f),
            Value::F64(value) => value.fmt(f),
        }
    }
}

/// The type of a [`Value`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ValueType {
    /// A 32-bit integer.
    I32,
    /// A 64-bit integer.
    I64,
    /// A 32-bit float.
    F32,
    /// A 64-bit float.
    F64,
}

impl ValueType {
    /// Every type.
    pub const ALL: &'static [ValueType] = &[ValueType::I32, ValueType::I64, ValueType::F32, ValueType::F64];

    /// The name in wasm's text format: `i32`, `i64`, `f32` or `f64`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            ValueType::I32 => "i32",
            ValueType::I64 => "i64",
            ValueType::F32 => "f32",
            ValueType::F64 => "f64",
        }
    }

    /// The type with that [name](ValueType::name).
    #[must_use]
    pub fn find(name: &str) -> Option<ValueType> {
        ValueType::ALL.iter().copied().find(|ty| ty.name() == name)
    }
}

impl From<Value> for ValueType {
    fn from(value: Value) -> ValueType {
        value.ty()
    }
}

impl fmt::Display for ValueType {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// The type of a function that takes and returns numbers only, such as an entry.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct FunctionType {
    /// The types of the parameters.
    pub params: Vec<ValueType>,
    /// The types of the results.
    pub results: Vec<ValueType>,
}

impl FunctionType {
    /// A function of these parameters, with these results.
    pub fn new(params: impl Into<Vec<ValueType>>, results: impl Into<Vec<ValueType>>) -> FunctionType {
        FunctionType { params: params.into(), results: results.into() }
    }
}

/// As `(i32, i64) -> (f64)`.
impl fmt::Display for FunctionType {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let write = |f: &mut fmt::Formatter<'_>, types: &[ValueType]| {
            f.write_str("(")?;
            for (place, ty) in types.iter().enumerate() {
                write!(f, "{}{ty}", if place == 0 { "" } else { ", " })?;
            }
            f.write_str(")")
        };
        write(f, &self.params)?;
        f.write_str(" -> ")?;
        write(f, &self.results)
    }
}

#[cfg(test)]
mod tests {
    use alloc::{string::ToString, vec};

    use super::*;

    #[test]
    fn numbers_become_values_of_their_type_with_their_bits() {
        let values: [Value; 6] =
            [(-1_i32).into(), (-1_i64).into(), 1_f32.into(), 1_f64.into(), u32::MAX.into(), u64::MAX.into()];
        let expected =
            [Value::I32(-1), Value::I64(-1), Value::F32(1.0), Value::F64(1.0), Value::I32(-1), Value::I64(-1)];
        assert_eq!(values, expected);
    }

    #[test]
    fn a_value_is_read_as_its_own_type_alone() {
        let values = [Value::I32(1), Value::I64(1), Value::F32(1.0), Value::F64(1.0)];
        for (value, &ty) in values.into_iter().zip(ValueType::ALL) {
            assert_eq!((value.ty(), ValueType::from(value)), (ty, ty));
            let read = [
                value.as_i32().map(Value::from),
                value.as_i64().map(Value::from),
                value.as_f32().map(Value::from),
                value.as_f64().map(Value::from),
            ];
            assert_eq!(read, values.map(|other| (other == value).then_some(value)));
        }
    }

    #[test]
    fn types_have_names() {
        for &ty in ValueType::ALL {
            assert_eq!(ValueType::find(&ty.to_string()), Some(ty));
        }
        assert_eq!(ValueType::find("v128"), None);
        let ty = FunctionType::new([ValueType::I32, ValueType::I64], vec![ValueType::F64]);
        assert_eq!(ty.to_string(), "(i32, i64) -> (f64)");
        assert_eq!(FunctionType::new([], []).to_string(), "() -> ()");
    }
}
