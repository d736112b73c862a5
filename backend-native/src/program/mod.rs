//! [`Program`]: a module, compiled once. `compile` does that, and `saved` is one as bytes.

mod compile;
mod saved;

use std::{fmt, sync::Arc};

use raddle_runtime_api::{
    Exports, FunctionType, ValueType,
    abi::{exports, section::ThreadsSection},
};
use raddle_threadify::{Options, Report};
use wasmtime::{Engine, ExternType, FuncType, Module, ModuleExport, ValType};

use crate::{error::Error, machine::room::Reserved, runtime::Runtime};

/// A module, compiled once, of which any number of processes can be started, from any thread. Cheap to clone.
#[derive(Clone)]
pub struct Program(Arc<Inner>);

struct Inner {
    runtime: Runtime,
    module: Module,
    section: ThreadsSection,
    exports: Exports,
    abi_exports: AbiExports,
    report: Option<Report>,
    /// What the code takes in the application's address space. It is given back after it.
    _room: Reserved,
}

/// How to make a program.
#[derive(Debug, Clone, Default)]
#[non_exhaustive]
pub struct ProgramOptions {
    /// How a raw module is threadified. A module that is already threadified is used as it is.
    pub threadify: Options,
}

/// Where the exports are that the host calls, so that no thread looks them up by name.
pub(crate) struct AbiExports {
    pub(crate) enter: ModuleExport,
    pub(crate) call: Option<ModuleExport>,
    pub(crate) call_destructor: Option<ModuleExport>,
    pub(crate) init: Option<ModuleExport>,
    pub(crate) hooks: Option<ModuleExport>,
    pub(crate) stack_overflowed: Option<ModuleExport>,
}

impl Program {
    /// Compiles a module: a linker's output, which is threadified first, or one that is already threadified.
    ///
    /// # Errors
    /// [`Error::Threadify`] says what the module lacks, [`Error::Compile`] what the engine rejects, [`Error::Engine`]
    /// what the system does; [`Error::Forked`].
    ///
    /// # Blocking
    /// For as long as compiling takes.
    pub fn new(runtime: &Runtime, wasm: &[u8]) -> Result<Program, Error> {
        Program::with_options(runtime, wasm, &ProgramOptions::default())
    }

    /// Compiles a module with options.
    ///
    /// # Errors
    /// As [`new`](Program::new).
    ///
    /// # Blocking
    /// For as long as compiling takes.
    pub fn with_options(runtime: &Runtime, wasm: &[u8], options: &ProgramOptions) -> Result<Program, Error> {
        runtime.check_here()?;
        if let Some(section) = raddle_threadify::read_section(wasm)? {
            let code = compile::compile(runtime, wasm)?;
            return Program::from_parts(runtime, code, section, None);
        }
        let done = raddle_threadify::threadify(wasm, &options.threadify)?;
        let code = compile::compile(runtime, &done.wasm)?;
        Program::from_parts(runtime, code, done.section, Some(done.report))
    }

    pub(crate) fn from_parts(
        runtime: &Runtime,
        (module, room): (Module, Reserved),
        section: ThreadsSection,
        report: Option<Report>,
    ) -> Result<Program, Error> {
        let abi_exports = AbiExports::find(&module, &section)?;
        let functions = module.exports().filter_map(|export| match export.ty() {
            ExternType::Func(ty) => Some((export.name().to_owned(), function_type(&ty))),
            _ => None,
        });
        let exports = Exports::new(functions);
        Ok(Program(Arc::new(Inner {
            runtime: runtime.clone(),
            module,
            section,
            exports,
            abi_exports,
            report,
            _room: room,
        })))
    }

    /// What `threadify` did; `None` if the module was already threadified.
    #[must_use]
    pub fn report(&self) -> Option<&Report> {
        self.0.report.as_ref()
    }

    /// The functions that the module exports: those that can be an entry, with their types, and which one is called.
    #[must_use]
    pub fn exports(&self) -> &Exports {
        &self.0.exports
    }

    /// The compiled module.
    #[must_use]
    pub fn module(&self) -> &Module {
        &self.0.module
    }

    /// What `threadify` tells hosts about the module.
    #[must_use]
    pub fn section(&self) -> &ThreadsSection {
        &self.0.section
    }

    pub(crate) fn runtime(&self) -> &Runtime {
        &self.0.runtime
    }

    pub(crate) fn engine(&self) -> &Engine {
        self.0.runtime.engine()
    }

    pub(crate) fn abi_exports(&self) -> &AbiExports {
        &self.0.abi_exports
    }
}

/// The type of a function that takes and returns numbers only.
fn function_type(ty: &FuncType) -> Option<FunctionType> {
    let params = ty.params().map(|ty| value_type(&ty)).collect::<Option<Vec<_>>>()?;
    let results = ty.results().map(|ty| value_type(&ty)).collect::<Option<Vec<_>>>()?;
    Some(FunctionType::new(params, results))
}

fn value_type(ty: &ValType) -> Option<ValueType> {
    match ty {
        ValType::I32 => Some(ValueType::I32),
        ValType::I64 => Some(ValueType::I64),
        ValType::F32 => Some(ValueType::F32),
        ValType::F64 => Some(ValueType::F64),
        ValType::V128 | ValType::Ref(_) => None,
    }
}

impl fmt::Debug for Program {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Program").field("section", &self.0.section).finish_non_exhaustive()
    }
}

impl AbiExports {
    fn find(module: &Module, section: &ThreadsSection) -> Result<AbiExports, Error> {
        let find = |name: &str| {
            module.get_export_index(name).ok_or_else(|| {
                let promise = "its section raddle.threads promises an export that is not there";
                Error::Compile(wasmtime::Error::msg(format!("{promise}: {name}; threadify the original module again")))
            })
        };
        let find_if = |name: &str, promised: bool| promised.then(|| find(name)).transpose();
        Ok(AbiExports {
            enter: find(exports::ENTER)?,
            call: find_if(exports::CALL, section.table)?,
            call_destructor: find_if(exports::CALL_DESTRUCTOR, section.table)?,
            init: find_if(exports::INIT, section.init)?,
            hooks: find_if(exports::HOOKS, section.hooks)?,
            stack_overflowed: find_if(exports::STACK_OVERFLOWED, section.stack_checked)?,
        })
    }
}
