//! [`Program`]: a module, compiled once.

use std::rc::Rc;

use js_sys::WebAssembly;
use raddle_runtime_api::{
    Exports, FunctionType, ImportName, StartError, ValueType,
    abi::{self, PointerWidth, Ty, imports, section::ThreadsSection},
};
use raddle_threadify::{Interface, Options, Report, Validation};

use crate::{
    error::Error,
    js,
    runtime::{self, Runtime},
};

/// How many bytes of code are validated at a time, which takes some milliseconds.
const STEP: usize = 128 << 10;

/// A module, compiled once, of which any number of processes can be started. Cheap to clone.
#[derive(Debug, Clone)]
pub struct Program(pub(crate) Rc<Inner>);

#[derive(Debug)]
pub(crate) struct Inner {
    pub(crate) runtime: Runtime,
    pub(crate) module: WebAssembly::Module,
    /// What it was compiled from, for backtraces.
    pub(crate) wasm: Box<[u8]>,
    pub(crate) section: ThreadsSection,
    exports: Exports,
    /// What the embedder must provide.
    pub(crate) own_imports: Vec<OwnImport>,
    pub(crate) can_spawn: bool,
    report: Option<Report>,
}

/// An import that the embedder must provide.
#[derive(Debug)]
pub(crate) struct OwnImport {
    pub(crate) name: ImportName,
    /// What it is, in words.
    pub(crate) kind: String,
    /// Whether it is a function that returns numbers.
    pub(crate) returns_numbers: bool,
}

/// How to make a program.
#[derive(Debug, Clone, Default)]
#[non_exhaustive]
pub struct ProgramOptions {
    /// How a raw module is threadified. A module that was threadified before is taken as it is.
    pub threadify: Options,
}

impl Runtime {
    /// Compiles a module: a linker's output, which is threadified first, or one that was threadified before.
    ///
    /// # Errors
    /// [`Error::Threadify`] says what the module lacks, [`Error::Compile`] what the browser does not like.
    pub async fn compile(&self, wasm: &[u8]) -> Result<Program, Error> {
        Program::new(self, wasm, &ProgramOptions::default()).await
    }

    /// Compiles a module with options.
    ///
    /// # Errors
    /// As [`compile`](Runtime::compile).
    pub async fn compile_with(&self, wasm: &[u8], options: &ProgramOptions) -> Result<Program, Error> {
        Program::new(self, wasm, options).await
    }
}

impl Program {
    async fn new(runtime: &Runtime, wasm: &[u8], options: &ProgramOptions) -> Result<Program, Error> {
        if options.threadify.validate {
            validate(wasm).await?;
        }
        if let Some(section) = raddle_threadify::read_section(wasm)? {
            return Program::from_parts(runtime, wasm.into(), section, None).await;
        }
        // The browser validates the output as it compiles it, off this thread.
        let done = raddle_threadify::threadify(wasm, &options.threadify.clone().validate(false))?;
        Program::from_parts(runtime, done.wasm.into(), done.section, Some(done.report)).await
    }

    async fn from_parts(
        runtime: &Runtime,
        wasm: Box<[u8]>,
        section: ThreadsSection,
        report: Option<Report>,
    ) -> Result<Program, Error> {
        let module = runtime::compile(&wasm).await?;
        let interface = raddle_threadify::interface(&wasm)?;
        let exports = interface.exports.iter().map(|function| (function.name.clone(), function_type(function)));
        let exports = Exports::new(exports);
        check_abi(&interface, section.pointer_width)?;
        let own_imports = own_imports(&interface, &section);
        let is_spawn = |import: &raddle_threadify::Import| import.name == imports::THREAD_SPAWN;
        let can_spawn = section.table && interface.imports.iter().any(is_spawn);
        let runtime = runtime.clone();
        Ok(Program(Rc::new(Inner { runtime, module, wasm, section, exports, own_imports, can_spawn, report })))
    }

    /// What `threadify` did; `None` when the module had been threadified before.
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
    pub fn module(&self) -> &WebAssembly::Module {
        &self.0.module
    }

    /// What `threadify` told hosts of the module.
    #[must_use]
    pub fn section(&self) -> &ThreadsSection {
        &self.0.section
    }
}

/// Validates a module, which takes many times as long as all else: the page goes on in between.
async fn validate(wasm: &[u8]) -> Result<(), Error> {
    let mut validation = Validation::new(wasm)?;
    while !validation.step(STEP)? {
        js::sleep(0.0).await;
    }
    Ok(())
}

/// The type of a function that takes and returns numbers only.
fn function_type(function: &raddle_threadify::Function) -> Option<FunctionType> {
    let types = |names: &[String]| names.iter().map(|name| ValueType::find(name)).collect::<Option<Vec<_>>>();
    Some(FunctionType::new(types(&function.params)?, types(&function.results)?))
}

/// Whether the module imports the guest ABI's functions with their types: a browser tells only when an instance is
/// made.
fn check_abi(interface: &Interface, width: PointerWidth) -> Result<(), Error> {
    let names = |types: &[Ty]| {
        let name = |ty: &Ty| match (ty, width) {
            (Ty::I32, _) | (Ty::P, PointerWidth::Bits32) => "i32",
            (Ty::I64, _) | (Ty::P, PointerWidth::Bits64) => "i64",
        };
        types.iter().map(name).collect::<Vec<_>>().join(", ")
    };
    for import in interface.imports.iter().filter(|import| import.module == abi::MODULE) {
        let Some(known) = imports::find(&import.name) else { continue };
        let expected = format!("function ({}) -> ({})", names(known.signature.params), names(known.signature.results));
        if import.kind != expected {
            let found = import.kind.clone();
            let import = ImportName { module: import.module.clone(), name: import.name.clone() };
            return Err(StartError::ImportType { import, found, expected }.into());
        }
    }
    Ok(())
}

/// What a module imports beside the guest ABI and its memory.
fn own_imports(interface: &Interface, section: &ThreadsSection) -> Vec<OwnImport> {
    let is_known = |import: &&raddle_threadify::Import| {
        let is_abi = import.module == abi::MODULE && imports::find(&import.name).is_some();
        is_abi || (import.module == section.memory.module && import.name == section.memory.name)
    };
    let own = interface.imports.iter().filter(|import| !is_known(import));
    let own = own.map(|import| OwnImport {
        name: ImportName { module: import.module.clone(), name: import.name.clone() },
        kind: import.kind.clone(),
        returns_numbers: returns_numbers(&import.kind),
    });
    own.collect()
}

/// Whether the kind of an import is that of a function whose results are numbers, of which there are some.
fn returns_numbers(kind: &str) -> bool {
    let results = kind.rsplit_once(" -> ").map_or("", |(_, results)| results.trim_matches(['(', ')']));
    results.split(", ").all(|ty| ValueType::find(ty).is_some())
}
