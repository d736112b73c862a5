//! Serialisation of the parts of an inspection that do not implement it themselves.

use serde::{Serialize, Serializer};

use crate::{Error, ThreadsSection};

#[derive(Serialize)]
struct Refusal {
    code: &'static str,
    message: String,
}

/// Writes a refusal as its code and its text.
pub(super) fn refusal<S: Serializer>(refusal: &Option<Error>, serializer: S) -> Result<S::Ok, S::Error> {
    let refusal = refusal.as_ref().map(|error| Refusal { code: error.code(), message: error.to_string() });
    refusal.serialize(serializer)
}

#[derive(Serialize)]
struct Section<'a> {
    pointer_bits: u32,
    memory: Memory<'a>,
    tls: Option<Tls>,
    stack: Option<Stack>,
    stack_checked: bool,
    init: bool,
    table: bool,
    hooks: bool,
    growable: bool,
    reusable: bool,
    functions: u32,
    instance_size: u64,
}

#[derive(Serialize)]
struct Memory<'a> {
    module: &'a str,
    name: &'a str,
    minimum: u64,
    maximum: u64,
}

#[derive(Serialize)]
struct Tls {
    size: u64,
    align: u32,
}

#[derive(Serialize)]
struct Stack {
    top: u64,
    limit: u64,
}

/// Writes the section's fields by their names.
pub(super) fn section<S: Serializer>(section: &Option<ThreadsSection>, serializer: S) -> Result<S::Ok, S::Error> {
    let section = section.as_ref().map(|section| Section {
        pointer_bits: section.pointer_width.bytes() * 8,
        memory: Memory {
            module: &section.memory.module,
            name: &section.memory.name,
            minimum: section.memory.minimum,
            maximum: section.memory.maximum,
        },
        tls: section.tls.map(|tls| Tls { size: tls.size, align: tls.align }),
        stack: section.stack.map(|stack| Stack { top: stack.top, limit: stack.limit }),
        stack_checked: section.stack_checked,
        init: section.init,
        table: section.table,
        hooks: section.hooks,
        growable: section.growable,
        reusable: section.reusable,
        functions: section.functions,
        instance_size: section.instance_size,
    });
    section.serialize(serializer)
}
