//! Finds the linker's symbols: by export, else by the name section, else by shape if that leaves no doubt.
//!
//! Read in this order: this file (what a symbol is and what is missing), [`stack`], [`tls`], [`own`] (the globals that
//! are none of the linker's).
//!
//! Only symbols that are needed are required. `__tls_base` is set by `__wasm_init_tls`, `__tls_size` can be read there
//! too, and `__heap_base` is a constant in the guest's own code. A module that has no linear stack or no TLS needs none
//! of their symbols.

pub(crate) mod own;
mod stack;
mod tls;

use std::fmt;

use wasmparser::{ExternalKind, ValType};

use crate::{Error, module::Module};
pub(crate) use stack::StackPointer;
pub(crate) use tls::Tls;

/// How a symbol was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize), serde(rename_all = "kebab-case"))]
#[non_exhaustive]
pub enum How {
    /// The module exports it.
    Export,
    /// The name section names it.
    NameSection,
    /// Nothing names it, but the code treats nothing else the way it treats it.
    Shape,
}

impl fmt::Display for How {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            How::Export => "by its export",
            How::NameSection => "by the name section",
            How::Shape => "by its shape",
        })
    }
}

/// A linker symbol that was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[non_exhaustive]
pub struct Symbol {
    /// Its name, such as `__stack_pointer`.
    pub name: &'static str,
    /// How it was found.
    pub how: How,
    /// Its initial value: an address, a size or an alignment in bytes. `None` for a function.
    pub value: Option<u64>,
}

impl fmt::Display for Symbol {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.name, self.how)?;
        match self.value {
            Some(value) => write!(f, ", {value}"),
            None => Ok(()),
        }
    }
}

/// A symbol that is needed and was not found. Linking with its [`flag`](Missing::flag) adds it.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[non_exhaustive]
pub struct Missing {
    /// Its name, such as `__wasm_init_tls`.
    pub name: &'static str,
    /// Why it is needed.
    pub why: &'static str,
}

impl Missing {
    /// The flag of `wasm-ld` that adds it, such as `--export=__wasm_init_tls`.
    #[must_use]
    pub fn flag(&self) -> String {
        format!("--export={}", self.name)
    }
}

impl fmt::Display for Missing {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "`{}` ({})", self.name, self.why)
    }
}

/// What a thread of the module needs, and which needed symbols are missing.
#[derive(Debug, Default)]
pub(crate) struct Symbols {
    pub(crate) stack: Option<StackPointer>,
    pub(crate) tls: Option<Tls>,
    pub(crate) found: Vec<Symbol>,
    pub(crate) missing: Vec<Missing>,
}

impl Symbols {
    /// Finds the stack and the TLS of a program whose threads the host makes.
    pub(crate) fn find(module: &Module<'_>) -> Result<Symbols, Error> {
        let mut symbols = Symbols::default();
        symbols.stack = stack::find(module, &mut symbols.found)?;
        tls::find(module, &mut symbols)?;
        Ok(symbols)
    }
}

/// A global by export or name. An exported one must be mutable as `mutable` says, and of the pointer's type.
fn global(module: &Module<'_>, name: &'static str, mutable: bool) -> Result<Option<(u32, How)>, Error> {
    let fits = |index: u32| {
        module.globals.get(index as usize).is_some_and(|global| {
            global.ty.content_type == module.pointer() && global.ty.mutable == mutable && global.init.is_some()
        })
    };
    if let Some(export) = module.export(name) {
        if export.kind == ExternalKind::Global && fits(export.index) {
            return Ok(Some((export.index, How::Export)));
        }
        return Err(Error::WrongSymbol {
            name: name.to_owned(),
            found: format!("an exported {}", describe(module, export.kind, export.index)),
            expected: format!(
                "a{} global of type {}",
                if mutable { " mutable" } else { "n immutable" },
                module.pointer()
            ),
        });
    }
    Ok(module.names.global(name).filter(|&index| fits(index)).map(|index| (index, How::NameSection)))
}

/// The value of an immutable global by export or name.
fn value(module: &Module<'_>, name: &'static str, found: &mut Vec<Symbol>) -> Result<Option<u64>, Error> {
    let Some((index, how)) = global(module, name, false)? else { return Ok(None) };
    let value = module.initial(index).ok_or_else(|| computed(name))?;
    found.push(Symbol { name, how, value: Some(value) });
    Ok(Some(value))
}

fn computed(name: &str) -> Error {
    Error::WrongSymbol {
        name: name.to_owned(),
        found: "a global whose value is computed".to_owned(),
        expected: "a global with a constant value".to_owned(),
    }
}

fn describe(module: &Module<'_>, kind: ExternalKind, index: u32) -> String {
    match kind {
        ExternalKind::Func | ExternalKind::FuncExact => {
            let list = |types: &[ValType]| types.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ");
            match module.function_type(index) {
                Some(ty) => format!("function ({}) -> ({})", list(ty.params()), list(ty.results())),
                None => "function".to_owned(),
            }
        }
        ExternalKind::Global => match module.globals.get(index as usize) {
            Some(global) => format!(
                "{}{} global of type {}",
                if global.init.is_none() { "imported " } else { "" },
                if global.ty.mutable { "mutable" } else { "immutable" },
                global.ty.content_type
            ),
            None => "global".to_owned(),
        },
        ExternalKind::Table => "table".to_owned(),
        ExternalKind::Memory => "memory".to_owned(),
        ExternalKind::Tag => "tag".to_owned(),
    }
}

/// Whether an LLVM toolchain made the module: it leaves these sections, unless they were stripped.
fn by_llvm(module: &Module<'_>) -> bool {
    module.custom("target_features").is_some() || module.custom("producers").is_some()
}
