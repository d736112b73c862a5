//! Decides what is called, and with which arguments.

use raddle_backend_native::{Entry, Program, Value, ValueType};
use raddle_runtime_api::abi::entry::MAIN;

use crate::{
    args::Run,
    error::{ArgumentError, Error},
};

/// Decides what a run calls, with which arguments.
pub(crate) fn choose(program: &Program, args: &Run) -> Result<Entry, Error> {
    let entry = program
        .exports()
        .entry(args.entry.as_deref())
        .map_err(|error| Error::program(&args.program.module, error.into()))?;
    // Those that it is given when the user gives none.
    if args.entry_args.is_empty() && entry.args.len() == entry.ty.params.len() {
        return Ok(entry);
    }
    let values = parse_all(&entry, &args.entry_args)?;
    entry.with_args(&values).map_err(|error| Error::program(&args.program.module, error.into()))
}

/// Whether a result is the program's exit status, like that of C's and Rust's `main`.
pub(crate) fn returns_status(entry: &Entry) -> bool {
    entry.name == MAIN
}

fn parse_all(entry: &Entry, args: &[String]) -> Result<Vec<Value>, ArgumentError> {
    let params = &entry.ty.params;
    if args.len() != params.len() {
        return Err(ArgumentError::Count {
            entry: entry.name.clone(),
            expected: params.len(),
            found: args.len(),
            usage: usage(entry),
        });
    }
    let parse_one = |(index, (text, &ty)): (usize, (&String, &ValueType))| {
        parse(text, ty).ok_or_else(|| ArgumentError::Type {
            entry: entry.name.clone(),
            position: index + 1,
            text: text.clone(),
            expected: expected(ty),
            usage: usage(entry),
        })
    };
    args.iter().zip(params).enumerate().map(parse_one).collect()
}

/// A number of that type. Integers may be signed or unsigned, and hexadecimal with `0x`.
fn parse(text: &str, ty: ValueType) -> Option<Value> {
    let hexadecimal = text.strip_prefix("0x");
    match ty {
        ValueType::I32 => match hexadecimal {
            Some(digits) => u32::from_str_radix(digits, 16).ok().map(|value| value as i32),
            None => text.parse().ok().or_else(|| text.parse::<u32>().ok().map(|value| value as i32)),
        }
        .map(Value::I32),
        ValueType::I64 => match hexadecimal {
            Some(digits) => u64::from_str_radix(digits, 16).ok().map(|value| value as i64),
            None => text.parse().ok().or_else(|| text.parse::<u64>().ok().map(|value| value as i64)),
        }
        .map(Value::I64),
        ValueType::F32 => text.parse().ok().map(Value::F32),
        ValueType::F64 => text.parse().ok().map(Value::F64),
    }
}

fn expected(ty: ValueType) -> &'static str {
    match ty {
        ValueType::I32 => "an i32: a whole number of 32 bits, such as -1, 42 or 0xff",
        ValueType::I64 => "an i64: a whole number of 64 bits, such as -1, 42 or 0xff",
        ValueType::F32 => "an f32: a number, such as 0.5, -1e9 or inf",
        ValueType::F64 => "an f64: a number, such as 0.5, -1e9 or inf",
    }
}

/// How an entry is called, in a line.
fn usage(entry: &Entry) -> String {
    let types: Vec<_> = entry.ty.params.iter().map(|ty| ty.name()).collect();
    match types[..] {
        [] => format!("--entry {}", entry.name),
        _ => format!("--entry {} --entry-args {}", entry.name, types.join(",")),
    }
}

#[cfg(test)]
mod tests {
    use raddle_backend_native::{Value, ValueType};

    use super::parse;

    #[test]
    fn numbers_of_every_type() {
        assert_eq!(parse("-1", ValueType::I32), Some(Value::I32(-1)));
        assert_eq!(parse("4294967295", ValueType::I32), Some(Value::I32(-1)));
        assert_eq!(parse("0xffffffff", ValueType::I32), Some(Value::I32(-1)));
        assert_eq!(parse("18446744073709551615", ValueType::I64), Some(Value::I64(-1)));
        assert_eq!(parse("-0.5", ValueType::F32), Some(Value::F32(-0.5)));
        assert_eq!(parse("inf", ValueType::F64), Some(Value::F64(f64::INFINITY)));
    }

    #[test]
    fn what_does_not_fit_is_refused() {
        for (text, ty) in [
            ("4294967296", ValueType::I32),
            ("-2147483649", ValueType::I32),
            ("1.0", ValueType::I32),
            ("", ValueType::I64),
            ("0x", ValueType::I64),
            ("one", ValueType::F64),
        ] {
            assert_eq!(parse(text, ty), None, "{text} as {ty}");
        }
    }
}
