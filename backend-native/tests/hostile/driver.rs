//! The guest: an interpreter whose threads ask the test, step by step, what to do next, and tell what came of it.
//!
//! Its text is made from the ABI's list of imports. So every call that there is can be made, by any thread, with any
//! arguments, and what is called stands outside of the guest's memory, which the guest writes all over.

use std::{fmt::Write, sync::OnceLock};

use raddle_backend_native::Program;
use raddle_runtime_api::abi::{PointerWidth, Ty};

use crate::{
    common::{self, type_name},
    operations::{CALL_INDIRECT, MEMORY_SIZE, OPERATIONS, Operation, SPIN},
    script::SCRIPTS,
    world,
};

/// A module that plays scripts.
pub(crate) struct Driver {
    pub(crate) program: Program,
}

/// Table 0: nothing, then the interpreter as a start function and as a destructor, a function of a type that nobody
/// expects, and every import.
pub(crate) mod table {
    use super::OPERATIONS;

    pub(crate) const NULL: i64 = 0;
    pub(crate) const RUN: i64 = 1;
    pub(crate) const DESTROY: i64 = 2;
    pub(crate) const STRANGE: i64 = 3;
    pub(crate) const IMPORTS: i64 = 4;

    /// How many elements there are.
    pub(crate) fn len() -> i64 {
        IMPORTS + OPERATIONS.iter().filter(|operation| operation.is_import).count() as i64
    }
}

impl Driver {
    /// The driver for a width of pointers. The host may grow the memory of a growable one for thread slots; any other
    /// has an instruction that reads the memory's size, and gets all its slots at the start.
    pub(crate) fn get(width: PointerWidth, growable: bool) -> &'static Driver {
        static DRIVERS: [OnceLock<Driver>; 4] = [const { OnceLock::new() }; 4];
        let place = usize::from(width == PointerWidth::Bits64) * 2 + usize::from(growable);
        DRIVERS[place].get_or_init(|| Driver { program: common::program(&module(width, growable)) })
    }
}

/// The text of the module.
fn module(width: PointerWidth, growable: bool) -> String {
    let p = type_name(Ty::P, width);
    let index = if width == PointerWidth::Bits64 { "i64 " } else { "" };
    let imports: Vec<_> = OPERATIONS.iter().filter(|operation| operation.is_import).collect();
    let names: String = imports.iter().map(|import| format!(" ${}", import.name)).collect();
    let mut module = String::from("(module\n");
    for Operation { name, signature, .. } in &imports {
        module += &common::import(name, *signature, width);
    }
    let _ = write!(
        module,
        r#"
        (import "machine" "begin" (func $begin (param i64)))
        (import "machine" "next" (func $next (result i32)))
        (import "machine" "arg" (func $arg (result i64)))
        (import "machine" "result" (func $result (param i64)))
        (memory {index}{pages} {most} shared)
        (global $__stack_pointer (mut {p}) ({p}.const {stack}))
        (export "__stack_pointer" (global $__stack_pointer))
        (data ({p}.const {attributes}) "{data}")
        (type $start (func (param {p}) (result {p})))
        (table {len} funcref)
        (elem (i32.const {run}) func $run $destroy $strange{names})
        (func $strange (param f64 f32))
        (func $destroy (param {p}) (drop (call $run (local.get 0))))
        (func (export "main") (drop (call $run ({p}.const {first}))))
        (func $run (param {p}) (result {p})
          (call $begin {script})
          (loop $again (block $end
          {steps}))
          (local.get 0)))
        "#,
        pages = world::PAGES,
        most = world::MOST_PAGES,
        stack = world::MAIN_STACK_TOP,
        attributes = world::ATTRIBUTES,
        data = world::data(width),
        len = table::len(),
        run = table::RUN,
        first = SCRIPTS,
        script = widened(Ty::P, width, "(local.get 0)"),
        steps = steps(width, growable),
    );
    module
}

/// Calls what [`begin`](crate::machine) says comes next, as long as something does.
fn steps(width: PointerWidth, growable: bool) -> String {
    let labels: String = (0..OPERATIONS.len()).map(|place| format!(" $step{place}")).collect();
    let opened: String = (0..OPERATIONS.len()).rev().map(|place| format!("(block $step{place}\n")).collect();
    let mut text = format!("{opened}(br_table{labels} $end (call $next))");
    for operation in OPERATIONS.iter() {
        let _ = write!(text, ")\n{} (br $again)", step(operation, width, growable));
    }
    text
}

/// One operation, with its arguments asked for and its result told.
fn step(operation: &Operation, width: PointerWidth, growable: bool) -> String {
    let Operation { name, signature, is_import } = *operation;
    if name == MEMORY_SIZE && growable {
        return "(call $result (i64.const 0))".into();
    }
    let arg = |&ty: &Ty| if type_name(ty, width) == "i32" { "(i32.wrap_i64 (call $arg))" } else { "(call $arg)" };
    let args: Vec<_> = signature.params.iter().map(arg).collect();
    let done = match name {
        SPIN => "(loop $spin (br $spin))".into(),
        CALL_INDIRECT => format!("(call_indirect (type $start) {} {})", args[0], args[1]),
        name if is_import => format!("(call ${name} {})", args.join(" ")),
        name => format!("({name} {})", args.join(" ")),
    };
    match signature.results {
        [] => format!("{done} (call $result (i64.const 0))"),
        results => format!("(call $result {})", widened(results[0], width, &done)),
    }
}

/// A value as an `i64`: pointers unsigned, integers with their sign.
fn widened(ty: Ty, width: PointerWidth, value: &str) -> String {
    match (type_name(ty, width), ty) {
        ("i32", Ty::P) => format!("(i64.extend_i32_u {value})"),
        ("i32", _) => format!("(i64.extend_i32_s {value})"),
        _ => value.into(),
    }
}
