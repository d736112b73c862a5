//! The arguments of an entry.

use js_sys::Array;
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
            wrong(format!(
                "start: entryArgs[{place}] is not an {ty}: give {}",
                if ty == ValueType::I64 { "a BigInt" } else { "a number" }
            ))
        };
        let float = value.as_f64();
        // As JavaScript itself passes a number to wasm: modulo 2^32.
        Ok(match ty {
            ValueType::I32 => Value::I32(float.map(to_int32).ok_or_else(fail)?),
            ValueType::I64 => Value::I64(big(&value).ok_or_else(fail)?),
            ValueType::F32 => Value::F32(float.ok_or_else(fail)? as f32),
            ValueType::F64 => Value::F64(float.ok_or_else(fail)?),
        })
    };
    args.iter().enumerate().map(read).collect()
}

fn to_int32(number: f64) -> i32 {
    if number.is_finite() { (number.trunc().rem_euclid(4_294_967_296.0) as u32).cast_signed() } else { 0 }
}

/// A 64-bit integer: a `BigInt`, or a number without a fraction.
fn big(value: &JsValue) -> Option<i64> {
    match value.as_f64() {
        Some(number) if number.fract() == 0.0 => Some(number as i64),
        Some(_) => None,
        None => {
            let bits = js_sys::BigInt::as_int_n(64.0, value.dyn_ref::<js_sys::BigInt>()?);
            i64::try_from(bits).ok()
        }
    }
}
