//! [`Entry`]: what the main thread calls.

use js_sys::{Array, Object};
use raddle_runtime_api::{FunctionType, Value, ValueType, abi::entry};
use raddle_web_shared::value::type_number;
use wasm_bindgen::JsValue;

use crate::{error::Error, js, process::builder::ProcessBuilder, program::Program};

/// The function that the main thread calls.
pub(super) struct Entry {
    name: String,
    ty: FunctionType,
    args: Vec<Value>,
    constructors: Option<&'static str>,
}

impl Entry {
    pub(super) fn new(builder: &ProcessBuilder) -> Result<Entry, Error> {
        let (name, ty, args) = builder.resolve_entry()?;
        let program: &Program = &builder.program;
        let constructors = entry::constructors(&name, |name| program.has_function(name));
        Ok(Entry { name, ty, args, constructors })
    }

    /// Adds it to a job.
    pub(super) fn describe(&self, job: &Object) {
        let args = self.args.iter().map(|&value| to_js(value)).collect::<Array>();
        let results = self.ty.results.iter().map(|&ty| JsValue::from(type_number(ty))).collect::<Array>();
        js::set(job, "entry", &self.name.as_str().into());
        js::set(job, "args", &args);
        js::set(job, "results", &results);
        js::set(job, "constructors", &self.constructors.into());
    }
}

/// A number as JavaScript has it: a 64-bit integer is a `BigInt`.
pub(crate) fn to_js(value: Value) -> JsValue {
    match value {
        Value::I32(value) => value.into(),
        Value::I64(value) => js_sys::BigInt::from(value).into(),
        Value::F32(value) => value.into(),
        Value::F64(value) => value.into(),
    }
}

impl ProcessBuilder {
    /// The type of the entry, where there is one.
    #[cfg(feature = "js")]
    pub(crate) fn entry_type<'a>(&self, program: &'a Program) -> Option<&'a FunctionType> {
        let default = || program.default_entry().map(|(name, _)| name);
        program.export(self.entry.as_deref().or_else(default)?)
    }

    /// The entry with its type, and its arguments, checked against that.
    pub(crate) fn resolve_entry(&self) -> Result<(String, FunctionType, Vec<Value>), Error> {
        let program = &self.program;
        let exports = || program.exports().map(|(name, _)| name.to_owned()).collect();
        let (name, args) = match &self.entry {
            Some(name) if program.has_function(name) => (name.as_str(), Vec::new()),
            Some(name) => return Err(Error::NoEntry { name: name.clone(), exports: exports() }),
            None => program.default_entry().ok_or_else(|| Error::NoDefaultEntry { exports: exports() })?,
        };
        let ty = program.export(name).ok_or_else(|| Error::EntryType { name: name.into() })?;
        let args = if self.args.is_empty() { args } else { self.args.clone() };
        let found: Vec<ValueType> = args.iter().map(|&value| value.into()).collect();
        if found != ty.params {
            return Err(Error::Arguments { name: name.into(), expected: join(&ty.params), found: join(&found) });
        }
        Ok((name.into(), ty.clone(), args))
    }
}

fn join(types: &[ValueType]) -> String {
    types.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ")
}
