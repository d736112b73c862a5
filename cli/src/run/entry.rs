//! What is called, and with which arguments.

use std::fmt::Write;

use raddle_backend_native::{FunctionType, Program, Value, ValueType};

use raddle_runtime_api::abi::entry;

use crate::args::Run;

/// A function to call, with its arguments.
#[derive(Debug)]
pub(crate) struct Entry {
    pub(crate) name: String,
    pub(crate) args: Vec<Value>,
}

impl Entry {
    /// Whether a result is the program's exit status, as that of C's and Rust's `main`.
    pub(crate) fn returns_status(&self) -> bool {
        self.name == entry::MAIN
    }
}

/// Why there is nothing to call.
#[derive(Debug)]
pub(crate) enum EntryError {
    /// No default entry.
    None,
    /// No export of that name.
    NoExport(String),
    /// Arguments that do not fit.
    Arguments(ArgumentError),
}

/// Why arguments do not fit the export that they are meant for.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub(crate) enum ArgumentError {
    /// Arguments without an export that takes them.
    #[error(
        "`{entry}` is run as the program's entry and takes no arguments; to call an export with numbers: --invoke EXPORT"
    )]
    WithoutInvoke { entry: String },

    /// Too many or too few.
    #[error("`{export}` takes {expected} argument{}, not {found}\nusage: {usage}", if *expected == 1 { "" } else { "s" })]
    Count { export: String, expected: usize, found: usize, usage: String },

    /// One that is not a number of the parameter's type.
    #[error("argument {position} of `{export}` is `{text}`, but has to be {expected}\nusage: {usage}")]
    Type { export: String, position: usize, text: String, expected: &'static str, usage: String },
}

/// Decides what a run calls.
pub(crate) fn choose(program: &Program, args: &Run) -> Result<Entry, EntryError> {
    let Some(name) = &args.invoke else {
        let (name, values) = program.default_entry().ok_or(EntryError::None)?;
        let export = program.export(name).ok_or(EntryError::None)?;
        return default_entry(name, values, &export, &args.args).map_err(EntryError::Arguments);
    };
    let export = program.export(name).ok_or_else(|| EntryError::NoExport(name.clone()))?;
    let values = parse_all(name, &export, &args.args).map_err(EntryError::Arguments)?;
    Ok(Entry { name: name.clone(), args: values })
}

/// The default entry with the arguments that it is given; the user has none to give.
fn default_entry(
    name: &str,
    values: Vec<Value>,
    export: &FunctionType,
    args: &[String],
) -> Result<Entry, ArgumentError> {
    if !args.is_empty() {
        return Err(ArgumentError::WithoutInvoke { entry: name.into() });
    }
    let values = if values.is_empty() { parse_all(name, export, args)? } else { values };
    Ok(Entry { name: name.into(), args: values })
}

fn parse_all(name: &str, export: &FunctionType, args: &[String]) -> Result<Vec<Value>, ArgumentError> {
    if args.len() != export.params.len() {
        return Err(ArgumentError::Count {
            export: name.into(),
            expected: export.params.len(),
            found: args.len(),
            usage: usage(name, export),
        });
    }
    let parse_one = |(index, (text, &ty)): (usize, (&String, &ValueType))| {
        parse(text, ty).ok_or_else(|| ArgumentError::Type {
            export: name.into(),
            position: index + 1,
            text: text.clone(),
            expected: expected(ty),
            usage: usage(name, export),
        })
    };
    args.iter().zip(&export.params).enumerate().map(parse_one).collect()
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
        ValueType::I32 => "an i32: a whole number of 32 bits, as -1, 42 or 0xff",
        ValueType::I64 => "an i64: a whole number of 64 bits, as -1, 42 or 0xff",
        ValueType::F32 => "an f32: a number, as 0.5, -1e9 or inf",
        ValueType::F64 => "an f64: a number, as 0.5, -1e9 or inf",
    }
}

/// How an export is called, in a line.
fn usage(name: &str, export: &FunctionType) -> String {
    let mut line = format!("--invoke {name}");
    for ty in &export.params {
        let _ = write!(line, " {ty}");
    }
    if !export.results.is_empty() {
        let results: Vec<String> = export.results.iter().map(ToString::to_string).collect();
        let _ = write!(line, " -> {}", results.join(" "));
    }
    line
}

/// The exports that can be called, a line each; not the linker's own.
pub(crate) fn list(program: &Program) -> String {
    let mut lines: Vec<String> = program
        .exports()
        .filter(|(name, _)| !name.starts_with("__"))
        .map(|(name, export)| format!("  {}", usage(name, &export)))
        .collect();
    if lines.is_empty() {
        return "it exports no function that can be called; export one with the linker's --export=NAME".into();
    }
    lines.sort();
    format!("it exports:\n{}", lines.join("\n"))
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
