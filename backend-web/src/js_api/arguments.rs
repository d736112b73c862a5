//! The arguments of an entry.

use js_sys::{Array, BigInt};
use raddle_runtime_api::{Value, ValueType};
use wasm_bindgen::{JsCast, JsValue};

use crate::{error::Error, js, process::ProcessBuilder, program::Program};

/// Arguments: numbers and `BigInt`s, which take the types of the entry's parameters, or objects that say their type.
pub(super) fn read(program: &Program, builder: &ProcessBuilder, args: &JsValue) -> Result<Vec<Value>, Error> {
    let wrong = |message: String| Error::Option { message };
    let args = args.dyn_ref::<Array>().ok_or_else(|| wrong("start: entryArgs is not an array".into()))?;
    // That there is no such entry is told when the process is started.
    let params = program.exports().entry(builder.entry.as_deref()).map(|entry| entry.ty.params).unwrap_or_default();
    let read = |(place, arg): (usize, JsValue)| {
        let named = js::get(&arg, "type").as_string();
        let (ty, value) = match named {
            Some(name) => {
                let ty = ValueType::find(&name);
                (
                    ty.ok_or_else(|| {
                        wrong(format!("start: entryArgs[{place}] has the type {name}: give i32, i64, f32 or f64"))
                    })?,
                    js::get(&arg, "value"),
                )
            }
            // One too many is told by its own type.
            None => (
                params.get(place).copied().unwrap_or(if arg.is_bigint() { ValueType::I64 } else { ValueType::F64 }),
                arg,
            ),
        };
        let fail = || {
            let give = match ty {
                ValueType::I32 => "a whole number from -2147483648 to 4294967295",
                ValueType::I64 => "a BigInt of 64 bits, or a whole number that is a safe integer",
                ValueType::F32 | ValueType::F64 => "a number",
            };
            wrong(format!("start: entryArgs[{place}] is not an {ty}: give {give}"))
        };
        let float = value.as_f64();
        Ok(match ty {
            ValueType::I32 => Value::I32(float.and_then(to_i32).ok_or_else(fail)?),
            ValueType::I64 => Value::I64(to_i64(&value).ok_or_else(fail)?),
            ValueType::F32 => Value::F32(float.ok_or_else(fail)? as f32),
            ValueType::F64 => Value::F64(float.ok_or_else(fail)?),
        })
    };
    args.iter().enumerate().map(read).collect()
}

/// A 32-bit integer, with a sign or without one.
fn to_i32(number: f64) -> Option<i32> {
    let is_one = number.fract() == 0.0 && (f64::from(i32::MIN)..=f64::from(u32::MAX)).contains(&number);
    is_one.then_some(number as i64 as i32)
}

/// A 64-bit integer, with a sign or without one: a `BigInt`, or a number that is exact.
fn to_i64(value: &JsValue) -> Option<i64> {
    if let Some(number) = value.as_f64() {
        return js_sys::Number::is_safe_integer(value).then_some(number as i64);
    }
    let value = value.dyn_ref::<BigInt>()?;
    let signed = BigInt::as_int_n(64.0, value);
    if signed == *value || BigInt::as_uint_n(64.0, value) == *value { i64::try_from(signed).ok() } else { None }
}
