//! Gives the host module a slab of a memory that all workers share, instead of a memory of its own.
//!
//! Browsers reserve gigabytes of address space for each memory, however small, and so allow about a hundred in a page.
//! With one for each worker, there could be no more workers. So the module's memory is taken out: it imports
//! `slabs.memory`, adds the address of its slab to every address, and has its size as a global. There are two new
//! exports: `slab_bytes`, the size of a slab, and `place`, which is called first: it takes the address of the slab and
//! writes there what were active segments.

use std::error::Error;

use wasm_encoder::{
    BlockType, CodeSection, ConstExpr, DataCountSection, DataSection, EntityType, ExportKind, ExportSection, Function,
    FunctionSection, GlobalSection, GlobalType, ImportSection, Instruction, MemoryType, Module, RawSection,
    TypeSection, ValType,
    reencode::{Reencode, RoundtripReencoder},
};
use wasmparser::{DataKind, FunctionBody, Operator, Parser, Payload};

/// The bits of a page's size.
const PAGE_BITS: i32 = 16;

/// The most pages of the memory of all.
const MAX_PAGES: u64 = 65536;

/// What the module's functions must know.
struct Places {
    /// The parameters of each type.
    params: Vec<u32>,
    /// The types of the module's own functions.
    types: Vec<u32>,
    /// The global with the slab's address.
    base: u32,
    /// The global with the size in pages.
    pages: u32,
    /// The most pages.
    slab: i32,
}

/// Rewrites a module that has one memory and no threads. A slab has so many pages.
pub(crate) fn rewrite(wasm: &[u8], slab: u32) -> Result<Vec<u8>, Box<dyn Error>> {
    let mut module = Module::new();
    let mut reencoder = RoundtripReencoder;
    let mut places = Places { params: Vec::new(), types: Vec::new(), base: 0, pages: 0, slab: slab as i32 };
    let mut imported = 0;
    let mut initial = 0;
    let mut slab_bytes = 0;
    let segments = segments(wasm)?;
    let mut code = CodeSection::new();
    for payload in Parser::new(0).parse_all(wasm) {
        match payload? {
            Payload::TypeSection(section) => {
                let mut types = TypeSection::new();
                for ty in section.clone().into_iter_err_on_gc_types() {
                    places.params.push(ty?.params().len() as u32);
                }
                reencoder.parse_type_section(&mut types, section)?;
                types.ty().function([ValType::I32], []);
                module.section(&types);
            }
            Payload::ImportSection(section) => {
                let mut imports = ImportSection::new();
                imported = section.clone().into_imports().count() as u32;
                reencoder.parse_import_section(&mut imports, section)?;
                let ty = MemoryType {
                    minimum: 0,
                    maximum: Some(MAX_PAGES),
                    memory64: false,
                    shared: true,
                    page_size_log2: None,
                };
                imports.import("slabs", "memory", EntityType::Memory(ty));
                module.section(&imports);
            }
            Payload::FunctionSection(section) => {
                let mut functions = FunctionSection::new();
                places.types = section.clone().into_iter().collect::<Result<_, _>>()?;
                reencoder.parse_function_section(&mut functions, section)?;
                functions.function(places.params.len() as u32);
                module.section(&functions);
            }
            Payload::MemorySection(section) => {
                let [memory] = section.into_iter().collect::<Result<Vec<_>, _>>()?[..] else {
                    return Err("it has several memories".into());
                };
                initial = memory.initial as i32;
                if memory.initial > u64::from(slab) {
                    return Err(format!("it has {} pages, and a slab has {slab}", memory.initial).into());
                }
            }
            Payload::GlobalSection(section) => {
                let mut globals = GlobalSection::new();
                places.base = section.count();
                places.pages = section.count() + 1;
                slab_bytes = section.count() + 2;
                reencoder.parse_global_section(&mut globals, section)?;
                let ty = GlobalType { val_type: ValType::I32, mutable: true, shared: false };
                globals.global(ty, &ConstExpr::i32_const(0));
                globals.global(ty, &ConstExpr::i32_const(initial));
                let constant = GlobalType { mutable: false, ..ty };
                globals.global(constant, &ConstExpr::i32_const((slab as i32) << PAGE_BITS));
                module.section(&globals);
            }
            Payload::ExportSection(section) => {
                let mut exports = ExportSection::new();
                reencoder.parse_export_section(&mut exports, section)?;
                exports.export("slab_bytes", ExportKind::Global, slab_bytes);
                exports.export("place", ExportKind::Func, imported + places.types.len() as u32);
                module.section(&exports);
            }
            Payload::CodeSectionStart { .. } => {
                module.section(&DataCountSection { count: segments.len() as u32 });
            }
            Payload::CodeSectionEntry(body) => {
                let ty = places.types[code.len() as usize];
                code.function(&places.function(&body, places.params[ty as usize])?);
                if code.len() as usize == places.types.len() {
                    code.function(&places.place(&segments, initial));
                    module.section(&code);
                }
            }
            Payload::DataSection(_) => {
                let mut data = DataSection::new();
                for (_, bytes) in &segments {
                    data.passive(bytes.iter().copied());
                }
                module.section(&data);
            }
            // Names and the like are for tools.
            Payload::CustomSection(_) => {}
            Payload::StartSection { .. } => {
                return Err("it has a start function, which would run before it is placed".into());
            }
            other => {
                if let Some((id, range)) = other.as_section() {
                    module.section(&RawSection { id, data: &wasm[range] });
                }
            }
        }
    }
    let wasm = module.finish();
    wasmparser::Validator::new().validate_all(&wasm)?;
    Ok(wasm)
}

/// An active segment: where it goes, and what.
type Segment<'a> = (i32, &'a [u8]);

fn segments(wasm: &[u8]) -> Result<Vec<Segment<'_>>, Box<dyn Error>> {
    let mut segments = Vec::new();
    for payload in Parser::new(0).parse_all(wasm) {
        let Payload::DataSection(section) = payload? else { continue };
        for data in section {
            let data = data?;
            let DataKind::Active { offset_expr, .. } = data.kind else { return Err("it has passive segments".into()) };
            let Operator::I32Const { value } = offset_expr.get_operators_reader().read()? else {
                return Err("a segment's address is not a constant".into());
            };
            segments.push((value, data.data));
        }
    }
    Ok(segments)
}

impl Places {
    /// A function with the slab's address added to all of its own.
    fn function(&self, body: &FunctionBody<'_>, params: u32) -> Result<Function, Box<dyn Error>> {
        let mut reencoder = RoundtripReencoder;
        let mut locals = Vec::new();
        let mut free = params;
        for group in body.get_locals_reader()? {
            let (count, ty) = group?;
            locals.push((count, reencoder.val_type(ty)?));
            free += count;
        }
        let (first, second) = (free, free + 1);
        let scratch =
            [(ValType::I32, first), (ValType::I64, free + 2), (ValType::F32, free + 3), (ValType::F64, free + 4)];
        locals.extend([(2, ValType::I32), (1, ValType::I64), (1, ValType::F32), (1, ValType::F64)]);
        let mut function = Function::new(locals);
        for operator in body.get_operators_reader()? {
            let operator = operator?;
            let own = reencoder.instruction(operator.clone())?;
            match access(&operator)? {
                Access::None => {
                    function.instruction(&own);
                }
                Access::Load => {
                    self.add_base(&mut function);
                    function.instruction(&own);
                }
                Access::Store(ty) => {
                    let value = scratch.iter().find(|(of, _)| *of == ty).map_or(first, |&(_, local)| local);
                    function.instruction(&Instruction::LocalSet(value));
                    self.add_base(&mut function);
                    function.instruction(&Instruction::LocalGet(value)).instruction(&own);
                }
                Access::Copy => {
                    function.instruction(&Instruction::LocalSet(first));
                    self.add_base(&mut function);
                    function.instruction(&Instruction::LocalSet(second));
                    self.add_base(&mut function);
                    for local in [second, first] {
                        function.instruction(&Instruction::LocalGet(local));
                    }
                    function.instruction(&own);
                }
                Access::Fill => {
                    for local in [first, second] {
                        function.instruction(&Instruction::LocalSet(local));
                    }
                    self.add_base(&mut function);
                    for local in [second, first] {
                        function.instruction(&Instruction::LocalGet(local));
                    }
                    function.instruction(&own);
                }
                Access::Size => {
                    function.instruction(&Instruction::GlobalGet(self.pages));
                }
                Access::Grow => self.grow(&mut function, first),
            }
        }
        Ok(function)
    }

    fn add_base(&self, function: &mut Function) {
        function.instruction(&Instruction::GlobalGet(self.base)).instruction(&Instruction::I32Add);
    }

    /// `memory.grow` within the slab. The new pages are zeroed: a worker before may have used them.
    fn grow(&self, function: &mut Function, count: u32) {
        use Instruction as I;
        let bytes = [I::I32Const(PAGE_BITS), I::I32Shl];
        let too_many = [
            I::LocalTee(count),
            I::I32Const(self.slab),
            I::GlobalGet(self.pages),
            I::I32Sub,
            I::I32GtU,
            I::If(BlockType::Result(ValType::I32)),
            I::I32Const(-1),
            I::Else,
        ];
        let zero = [I::I32Const(0), I::LocalGet(count), bytes[0].clone(), bytes[1].clone(), I::MemoryFill(0)];
        let grown = [
            I::GlobalGet(self.pages),
            I::GlobalGet(self.pages),
            I::LocalGet(count),
            I::I32Add,
            I::GlobalSet(self.pages),
            I::End,
        ];
        let begin = [I::GlobalGet(self.pages), bytes[0].clone(), bytes[1].clone(), I::GlobalGet(self.base), I::I32Add];
        for instruction in too_many.iter().chain(&begin).chain(&zero).chain(&grown) {
            function.instruction(instruction);
        }
    }

    /// What is called before all else: takes the slab, and makes it what a new memory would be.
    fn place(&self, segments: &[Segment<'_>], pages: i32) -> Function {
        use Instruction as I;
        let mut function = Function::new([]);
        function.instruction(&I::LocalGet(0)).instruction(&I::GlobalSet(self.base));
        // Below the data is the stack, of which nobody reads what he has not written.
        let data = segments.iter().map(|&(at, _)| at).min().unwrap_or(0);
        let length = (pages << PAGE_BITS) - data;
        function.instruction(&I::I32Const(data));
        self.add_base(&mut function);
        for instruction in [I::I32Const(0), I::I32Const(length), I::MemoryFill(0)] {
            function.instruction(&instruction);
        }
        for (number, &(at, bytes)) in segments.iter().enumerate() {
            function.instruction(&I::I32Const(at));
            self.add_base(&mut function);
            function.instruction(&I::I32Const(0)).instruction(&I::I32Const(bytes.len() as i32));
            function.instruction(&I::MemoryInit { mem: 0, data_index: number as u32 });
        }
        function.instruction(&I::End);
        function
    }
}

/// What an instruction does with memory.
enum Access {
    None,
    Load,
    Store(ValType),
    Copy,
    Fill,
    Size,
    Grow,
}

fn access(operator: &Operator<'_>) -> Result<Access, Box<dyn Error>> {
    use Operator as O;
    Ok(match operator {
        O::I32Load { .. }
        | O::I64Load { .. }
        | O::F32Load { .. }
        | O::F64Load { .. }
        | O::I32Load8S { .. }
        | O::I32Load8U { .. }
        | O::I32Load16S { .. }
        | O::I32Load16U { .. }
        | O::I64Load8S { .. }
        | O::I64Load8U { .. }
        | O::I64Load16S { .. }
        | O::I64Load16U { .. }
        | O::I64Load32S { .. }
        | O::I64Load32U { .. } => Access::Load,
        O::I32Store { .. } | O::I32Store8 { .. } | O::I32Store16 { .. } => Access::Store(ValType::I32),
        O::I64Store { .. } | O::I64Store8 { .. } | O::I64Store16 { .. } | O::I64Store32 { .. } => {
            Access::Store(ValType::I64)
        }
        O::F32Store { .. } => Access::Store(ValType::F32),
        O::F64Store { .. } => Access::Store(ValType::F64),
        O::MemoryCopy { .. } => Access::Copy,
        O::MemoryFill { .. } => Access::Fill,
        O::MemorySize { .. } => Access::Size,
        O::MemoryGrow { .. } => Access::Grow,
        other => {
            // Whatever else touches memory has one of these in its name or among its immediates.
            let shown = format!("{other:?}");
            if ["memarg", "Memory", "Data"].iter().any(|word| shown.contains(word)) {
                return Err(format!("it has the instruction {shown}, which is not known here").into());
            }
            Access::None
        }
    })
}
