//! Numbers as written in cases and in the protocol: a type and a value, such as `i32:-1`.

use raddle_runtime_api::Value;

/// Reads `i32:5`, `i64:0xff`, `f32:-0.5` or `f64:inf`. Integers may be signed or unsigned, and hexadecimal with `0x`.
pub(crate) fn parse(text: &str) -> Option<Value> {
    let (ty, number) = text.split_once(':')?;
    Some(match ty {
        "i32" => {
            let wide = integer(number)?;
            Value::I32(i32::try_from(wide).or_else(|_| u32::try_from(wide).map(|value| value as i32)).ok()?)
        }
        "i64" => {
            let wide = integer(number)?;
            Value::I64(i64::try_from(wide).or_else(|_| u64::try_from(wide).map(|value| value as i64)).ok()?)
        }
        "f32" => Value::F32(number.parse().ok()?),
        "f64" => Value::F64(number.parse().ok()?),
        _ => return None,
    })
}

fn integer(text: &str) -> Option<i128> {
    match text.strip_prefix("0x") {
        Some(digits) => i128::from_str_radix(digits, 16).ok(),
        None => text.parse().ok(),
    }
}

/// Writes what [`parse`] reads.
pub(crate) fn format(value: &Value) -> String {
    match value {
        Value::I32(value) => format!("i32:{value}"),
        Value::I64(value) => format!("i64:{value}"),
        Value::F32(value) => format!("f32:{value}"),
        Value::F64(value) => format!("f64:{value}"),
    }
}

/// Whether two values are the same: all NaNs are equal, and 0 is not -0.
pub(crate) fn same(a: &Value, b: &Value) -> bool {
    match (a, b) {
        (Value::I32(a), Value::I32(b)) => a == b,
        (Value::I64(a), Value::I64(b)) => a == b,
        (Value::F32(a), Value::F32(b)) => a.to_bits() == b.to_bits() || a.is_nan() && b.is_nan(),
        (Value::F64(a), Value::F64(b)) => a.to_bits() == b.to_bits() || a.is_nan() && b.is_nan(),
        _ => false,
    }
}

/// Several values, such as `[i32:1, f64:2.5]`.
pub(crate) fn format_all(values: &[Value]) -> String {
    format!("[{}]", values.iter().map(format).collect::<Vec<_>>().join(", "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read() {
        let values = [Value::I32(-1), Value::I64(i64::MIN), Value::F32(0.1), Value::F64(f64::NEG_INFINITY)];
        for value in values {
            assert!(same(&parse(&format(&value)).unwrap(), &value), "{value:?}");
        }
    }

    #[test]
    fn integers_may_be_unsigned_or_hexadecimal() {
        assert_eq!(parse("i32:4294967295"), Some(Value::I32(-1)));
        assert_eq!(parse("i32:0xffffffff"), Some(Value::I32(-1)));
        assert_eq!(parse("i64:18446744073709551615"), Some(Value::I64(-1)));
    }

    #[test]
    fn what_is_no_value_is_refused() {
        for text in ["", "5", "i32:", "i32:4294967296", "i32:1.5", "i64:x", "f32:", "u8:1", "i32: 1"] {
            assert_eq!(parse(text), None, "{text}");
        }
    }

    #[test]
    fn nan_is_nan_and_zeros_have_signs() {
        assert!(same(&Value::F32(f32::NAN), &Value::F32(-f32::NAN)));
        assert!(!same(&Value::F64(0.0), &Value::F64(-0.0)));
        assert!(!same(&Value::I32(1), &Value::I64(1)));
    }
}
