//! [`Entry`]: the function that the main thread calls, found among what a module exports, and its arguments, checked
//! against its type.

use alloc::{borrow::ToOwned, string::String, vec, vec::Vec};

use super::StartError;
use crate::{
    abi::{entry, exports},
    outcome::{FunctionType, Value, ValueType},
};

/// The functions that a module exports: the backend lists them when it compiles the module.
#[derive(Debug, Clone, Default)]
pub struct Exports(Vec<(String, Option<FunctionType>)>);

/// What the main thread calls.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct Entry {
    /// The export's name.
    pub name: String,
    /// Its type.
    pub ty: FunctionType,
    /// What it is given: the values fit the type once [`with_args`](Entry::with_args) has said so.
    pub args: Vec<Value>,
    /// The export to call before, once, on the main thread, when the instance is made: it runs the module's
    /// constructors.
    pub constructors: Option<&'static str>,
}

/// Puts the methods that choose the entry into the `impl` of a backend's builder, which has fields `entry`, an optional
/// name, and `entry_args`, a list of values.
#[macro_export]
macro_rules! entry_setters {
    () => {
        /// The exported function that the main thread calls; by default `_start`, or else `main`.
        #[must_use]
        pub fn entry(mut self, name: impl Into<String>) -> Self {
            self.entry = Some(name.into());
            self
        }

        /// The entry's arguments. Without them, a `main` that was not named and takes C's argument count and vector
        /// gets zeros.
        #[must_use]
        pub fn entry_args(mut self, args: impl Into<Vec<$crate::Value>>) -> Self {
            self.entry_args = args.into();
            self
        }
    };
}

impl Exports {
    /// The exported functions by name, in the module's order. The type is `None` when it has something other than
    /// numbers.
    #[must_use]
    pub fn new(functions: impl IntoIterator<Item = (String, Option<FunctionType>)>) -> Exports {
        Exports(functions.into_iter().collect())
    }

    /// The functions that can be an entry, with their types. Those that `threadify` added are left out.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &FunctionType)> {
        let own = self.0.iter().filter(|(name, _)| !exports::NAMES.contains(&name.as_str()));
        own.filter_map(|(name, ty)| Some((name.as_str(), ty.as_ref()?)))
    }

    /// The type of an exported function; `None` when there is none of that name, or it has something other than
    /// numbers.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&FunctionType> {
        self.find(name)?.1.as_ref()
    }

    /// The function to call: the named one, or else `_start` or `main`. Its arguments are those that it gets when
    /// nobody gives it any: none, but zeros for a `main` that was not named and takes C's argument count and vector.
    ///
    /// # Errors
    /// [`StartError::NoEntry`], [`StartError::NoDefaultEntry`], [`StartError::EntryType`].
    pub fn entry(&self, name: Option<&str>) -> Result<Entry, StartError> {
        let is_default = name.is_none();
        let (name, ty) = match name {
            Some(name) => {
                self.find(name).ok_or_else(|| StartError::NoEntry { name: name.into(), exports: self.list() })?
            }
            None => entry::DEFAULT
                .into_iter()
                .find_map(|name| self.find(name))
                .ok_or_else(|| StartError::NoDefaultEntry { exports: self.list() })?,
        };
        let ty = ty.clone().ok_or_else(|| StartError::EntryType { name: name.clone() })?;
        let args = match ty.params[..] {
            [ValueType::I32, ValueType::I32] if is_default && name == entry::MAIN => vec![Value::I32(0), Value::I32(0)],
            [ValueType::I32, ValueType::I64] if is_default && name == entry::MAIN => vec![Value::I32(0), Value::I64(0)],
            _ => Vec::new(),
        };
        let constructors = entry::constructors(name, |name| self.find(name).is_some());
        Ok(Entry { name: name.clone(), ty, args, constructors })
    }

    fn find(&self, name: &str) -> Option<&(String, Option<FunctionType>)> {
        self.0.iter().find(|(export, _)| export == name)
    }

    /// What an error lists: not the linker's own functions.
    fn list(&self) -> Vec<(String, FunctionType)> {
        let own = self.iter().filter(|(name, _)| !name.starts_with("__"));
        own.map(|(name, ty)| (name.to_owned(), ty.clone())).collect()
    }
}

impl Entry {
    /// The entry with the embedder's arguments, if there are any, checked against its type.
    ///
    /// # Errors
    /// [`StartError::EntryArgs`].
    pub fn with_args(mut self, args: &[Value]) -> Result<Entry, StartError> {
        if !args.is_empty() {
            self.args = args.to_vec();
        }
        let found: Vec<_> = self.args.iter().map(|value| value.ty()).collect();
        if found == self.ty.params {
            Ok(self)
        } else {
            Err(StartError::EntryArgs { name: self.name, expected: self.ty.params, found })
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const I32: ValueType = ValueType::I32;
    const I64: ValueType = ValueType::I64;

    fn exports(functions: &[(&str, &[ValueType])]) -> Exports {
        let ty = |params: &[ValueType]| Some(FunctionType::new(params, []));
        Exports::new(functions.iter().map(|(name, params)| ((*name).to_owned(), ty(params))))
    }

    fn entry(exports: &Exports, name: Option<&str>, args: &[Value]) -> Result<Entry, StartError> {
        exports.entry(name)?.with_args(args)
    }

    #[test]
    fn the_default_is_start_or_else_main() {
        let both = exports(&[("main", &[]), ("_start", &[])]);
        assert_eq!(entry(&both, None, &[]).unwrap().name, "_start");
        let main = exports(&[("f", &[]), ("main", &[])]);
        assert_eq!(entry(&main, None, &[]).unwrap().name, "main");
        assert_eq!(entry(&main, Some("f"), &[]).unwrap().name, "f");
    }

    #[test]
    fn a_main_of_c_that_was_not_named_is_given_zeros() {
        for (params, zeros) in
            [([I32, I32], [Value::I32(0), Value::I32(0)]), ([I32, I64], [Value::I32(0), Value::I64(0)])]
        {
            let main = exports(&[("main", &params)]);
            assert_eq!(entry(&main, None, &[]).unwrap().args, zeros);
            let args = zeros.map(|zero| if zero.ty() == I32 { Value::I32(5) } else { Value::I64(6) });
            assert_eq!(entry(&main, None, &args).unwrap().args, args, "whoever gives some has them");
            assert_eq!(
                entry(&main, Some("main"), &[]).unwrap_err().code(),
                "ST0005",
                "a named one wants its arguments"
            );
        }
        let others = exports(&[("main", &[I64, I64])]);
        assert_eq!(entry(&others, None, &[]).unwrap_err().code(), "ST0005");
    }

    #[test]
    fn arguments_fit_the_type() {
        let add = exports(&[("add", &[I32, I64])]);
        let args = [Value::I32(1), Value::I64(2)];
        assert_eq!(entry(&add, Some("add"), &args).unwrap().args, args);
        for wrong in [&args[..1], &[Value::I64(1), Value::I64(2)], &[Value::I32(1), Value::I64(2), Value::I32(3)]] {
            let error = entry(&add, Some("add"), wrong).unwrap_err();
            assert!(matches!(&error, StartError::EntryArgs { name, .. } if name == "add"), "{error}");
        }
    }

    #[test]
    fn what_cannot_be_called_is_told_what_can() {
        let odd = Exports::new([
            ("of_references".to_owned(), None),
            ("f".to_owned(), Some(FunctionType::new([I32], [I64]))),
            ("__wasm_call_ctors".to_owned(), Some(FunctionType::new([], []))),
            (exports::ENTER.to_owned(), Some(FunctionType::new([], []))),
        ]);
        let listed = [("f".to_owned(), FunctionType::new([I32], [I64]))];
        let error = entry(&odd, Some("g"), &[]).unwrap_err();
        assert!(
            matches!(&error, StartError::NoEntry { name, exports } if name == "g" && *exports == listed),
            "{error}"
        );
        let error = entry(&odd, None, &[]).unwrap_err();
        assert!(matches!(&error, StartError::NoDefaultEntry { exports } if *exports == listed), "{error}");
        let error = entry(&odd, Some("of_references"), &[]).unwrap_err();
        assert!(matches!(&error, StartError::EntryType { .. }), "{error}");
        assert!(odd.get("of_references").is_none() && odd.get("f").is_some());
    }

    #[test]
    fn constructors_run_before_an_entry_that_does_not_do_it_itself() {
        let of = |functions: &[(&str, &[ValueType])], name| {
            entry(&exports(functions), Some(name), &[]).unwrap().constructors
        };
        assert_eq!(of(&[("main", &[]), ("__wasm_call_ctors", &[])], "main"), Some("__wasm_call_ctors"));
        assert_eq!(of(&[("f", &[]), ("__wasm_call_ctors", &[]), ("_initialize", &[])], "f"), Some("_initialize"));
        assert_eq!(of(&[("_start", &[]), ("__wasm_call_ctors", &[])], "_start"), None);
        assert_eq!(of(&[("_initialize", &[])], "_initialize"), None);
        assert_eq!(of(&[("main", &[])], "main"), None);
    }
}
