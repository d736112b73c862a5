//! The custom section `raddle.threads`: what a host must know about a module, so that no host ever has to parse wasm.
//!
//! The content is a version (LEB128 u32), followed by fields up to its end: a tag (LEB128 u32), a length in bytes
//! (LEB128 u32) and that many bytes. A reader skips tags that it does not know, so that a later `threadify` may say
//! more; the version changes only if an old reader would misread the section.

use alloc::{string::String, vec::Vec};
use core::fmt;

use super::PointerWidth;
use crate::abi::codec::{Malformed, Reader, write_number, write_text};

/// The name of the custom section.
pub const NAME: &str = "raddle.threads";

/// The version that this module writes and the only one that it reads.
pub const VERSION: u32 = 1;

/// What the section says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ThreadsSection {
    /// The width of the module's pointers.
    pub pointer_width: PointerWidth,
    /// The memory that the module imports.
    pub memory: MemoryImport,
    /// The compiler's TLS, `None` if the module has none.
    pub tls: Option<TlsLayout>,
    /// The linker's own stack, `None` if the module has no linear stack.
    pub stack: Option<StackRange>,
    /// Whether every move of the stack pointer is checked, with [`STACK_OVERFLOWED`](super::exports::STACK_OVERFLOWED)
    /// exported.
    pub stack_checked: bool,
    /// Whether [`INIT`](super::exports::INIT) is exported and must be called.
    pub init: bool,
    /// Whether table 0 exists, so that [`CALL`](super::exports::CALL) and
    /// [`CALL_DESTRUCTOR`](super::exports::CALL_DESTRUCTOR) are exported and threads can be spawned.
    pub table: bool,
    /// Whether [`HOOKS`](super::exports::HOOKS) is exported and must be filled.
    pub hooks: bool,
    /// Whether the host may grow the memory while the process runs: only if the module has no `memory.size`
    /// instruction, because an allocator that reads it could take the host's pages for its own.
    pub growable: bool,
    /// Whether an instance in which a thread has ended may run another: [`INIT`](super::exports::INIT) and
    /// [`ENTER`](super::exports::ENTER) make it as good as new. It may be unset even if that is true: then every thread
    /// gets a new instance.
    pub reusable: bool,
    /// How many functions the module had of its own, including imports. Those after them are `threadify`'s, and of no
    /// interest in a backtrace.
    pub functions: u32,
    /// About how much an instance takes in the host, in bytes, besides the memory that all share: what its globals,
    /// imports, tables and segments take in every thread anew. 0 if nobody knows.
    pub instance_size: u64,
}

/// The shared memory that the module imports.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MemoryImport {
    /// The import's module name.
    pub module: String,
    /// The import's field name.
    pub name: String,
    /// The minimum size in pages of 64 KiB.
    pub minimum: u64,
    /// The declared maximum in pages of 64 KiB: no memory with a larger one can be imported.
    pub maximum: u64,
}

/// The compiler's thread-local storage: one block per thread.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TlsLayout {
    /// The size of a block in bytes, at least 1.
    pub size: u64,
    /// The alignment of a block in bytes: a power of two.
    pub align: u32,
}

/// The stack that the linker laid out, which the main thread runs on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct StackRange {
    /// The address past the highest byte: where the stack pointer starts.
    pub top: u64,
    /// The lowest address, 0 if it is not known.
    pub limit: u64,
}

/// Why a section could not be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum SectionError {
    /// The section ends in the middle of a field, or a field holds something impossible.
    Malformed {
        /// The offset in the section's content.
        offset: usize,
    },
    /// The section has a version that this reader does not know.
    Version {
        /// The version found.
        found: u32,
    },
    /// A required field is missing.
    Missing {
        /// The tag of the field.
        tag: u32,
    },
}

// By hand: guests compile this module, and are spared what a derive would bring along.
impl fmt::Display for SectionError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the section raddle.threads ")?;
        match self {
            SectionError::Malformed { offset } => write!(f, "is malformed at its byte {offset}")?,
            SectionError::Version { found } => write!(f, "has version {found}, but this raddle reads {VERSION}")?,
            SectionError::Missing { tag } => write!(f, "lacks its field {tag}")?,
        }
        f.write_str("; threadify the original module again")
    }
}

impl core::error::Error for SectionError {}

mod tag {
    pub(super) const POINTER_WIDTH: u32 = 1;
    pub(super) const MEMORY: u32 = 2;
    pub(super) const TLS: u32 = 3;
    pub(super) const STACK: u32 = 4;
    pub(super) const FLAGS: u32 = 5;
    pub(super) const FUNCTIONS: u32 = 6;
    pub(super) const INSTANCE_SIZE: u32 = 7;
}

mod flag {
    pub(super) const STACK_CHECKED: u64 = 1 << 0;
    pub(super) const INIT: u64 = 1 << 1;
    pub(super) const TABLE: u64 = 1 << 2;
    pub(super) const HOOKS: u64 = 1 << 3;
    pub(super) const GROWABLE: u64 = 1 << 4;
    pub(super) const REUSABLE: u64 = 1 << 5;
}

impl ThreadsSection {
    /// The section's content, without its name.
    #[must_use]
    pub fn encode(&self) -> Vec<u8> {
        let mut out = Vec::new();
        write_number(&mut out, u64::from(VERSION));
        field(&mut out, tag::POINTER_WIDTH, |out| write_number(out, u64::from(self.pointer_width.bytes())));
        field(&mut out, tag::MEMORY, |out| {
            write_text(out, &self.memory.module);
            write_text(out, &self.memory.name);
            write_number(out, self.memory.minimum);
            write_number(out, self.memory.maximum);
        });
        if let Some(tls) = self.tls {
            field(&mut out, tag::TLS, |out| {
                write_number(out, tls.size);
                write_number(out, u64::from(tls.align));
            });
        }
        if let Some(stack) = self.stack {
            field(&mut out, tag::STACK, |out| {
                write_number(out, stack.top);
                write_number(out, stack.limit);
            });
        }
        let flags = [
            (self.stack_checked, flag::STACK_CHECKED),
            (self.init, flag::INIT),
            (self.table, flag::TABLE),
            (self.hooks, flag::HOOKS),
            (self.growable, flag::GROWABLE),
            (self.reusable, flag::REUSABLE),
        ];
        let flags = flags.iter().filter(|(set, _)| *set).map(|(_, bit)| bit).sum();
        field(&mut out, tag::FLAGS, |out| write_number(out, flags));
        field(&mut out, tag::FUNCTIONS, |out| write_number(out, u64::from(self.functions)));
        field(&mut out, tag::INSTANCE_SIZE, |out| write_number(out, self.instance_size));
        out
    }

    /// Reads the section's content.
    ///
    /// # Errors
    /// [`SectionError`]. The bytes need not be trusted.
    pub fn decode(bytes: &[u8]) -> Result<ThreadsSection, SectionError> {
        let mut reader = Reader::new(bytes);
        let version = reader.u32()?;
        if version != VERSION {
            return Err(SectionError::Version { found: version });
        }
        let (mut pointer_width, mut memory, mut tls, mut stack, mut flags) = (None, None, None, None, None);
        let (mut functions, mut instance_size) = (None, 0);
        while !reader.at_end() {
            let tag = reader.u32()?;
            let mut field = reader.field()?;
            match tag {
                tag::POINTER_WIDTH => {
                    pointer_width = Some(match field.u32()? {
                        4 => PointerWidth::Bits32,
                        8 => PointerWidth::Bits64,
                        _ => return Err(field.malformed().into()),
                    });
                }
                tag::MEMORY => {
                    memory = Some(MemoryImport {
                        module: field.text()?,
                        name: field.text()?,
                        minimum: field.u64()?,
                        maximum: field.u64()?,
                    });
                }
                tag::TLS => {
                    let layout = TlsLayout { size: field.u64()?, align: field.u32()? };
                    if layout.size == 0 || !layout.align.is_power_of_two() {
                        return Err(field.malformed().into());
                    }
                    tls = Some(layout);
                }
                tag::STACK => stack = Some(StackRange { top: field.u64()?, limit: field.u64()? }),
                tag::FLAGS => flags = Some(field.u64()?),
                tag::FUNCTIONS => functions = Some(field.u32()?),
                tag::INSTANCE_SIZE => instance_size = field.u64()?,
                _ => {}
            }
        }
        let flags = flags.ok_or(SectionError::Missing { tag: tag::FLAGS })?;
        let is_set = |bit: u64| flags & bit != 0;
        Ok(ThreadsSection {
            pointer_width: pointer_width.ok_or(SectionError::Missing { tag: tag::POINTER_WIDTH })?,
            memory: memory.ok_or(SectionError::Missing { tag: tag::MEMORY })?,
            tls,
            stack,
            stack_checked: is_set(flag::STACK_CHECKED),
            init: is_set(flag::INIT),
            table: is_set(flag::TABLE),
            hooks: is_set(flag::HOOKS),
            growable: is_set(flag::GROWABLE),
            reusable: is_set(flag::REUSABLE),
            functions: functions.ok_or(SectionError::Missing { tag: tag::FUNCTIONS })?,
            instance_size,
        })
    }
}

impl From<Malformed> for SectionError {
    fn from(Malformed { offset }: Malformed) -> SectionError {
        SectionError::Malformed { offset }
    }
}

fn field(out: &mut Vec<u8>, tag: u32, content: impl FnOnce(&mut Vec<u8>)) {
    let mut bytes = Vec::new();
    content(&mut bytes);
    write_number(out, u64::from(tag));
    write_number(out, bytes.len() as u64);
    out.extend_from_slice(&bytes);
}

#[cfg(test)]
mod tests {
    use super::*;

    fn example() -> ThreadsSection {
        ThreadsSection {
            pointer_width: PointerWidth::Bits64,
            memory: MemoryImport { module: "env".into(), name: "memory".into(), minimum: 17, maximum: 1 << 40 },
            tls: Some(TlsLayout { size: 300, align: 16 }),
            stack: Some(StackRange { top: 1 << 20, limit: 0 }),
            stack_checked: true,
            init: false,
            table: true,
            hooks: true,
            growable: false,
            reusable: true,
            functions: 1000,
            instance_size: 5000,
        }
    }

    #[test]
    fn decodes_what_it_encodes() {
        let section = example();
        assert_eq!(ThreadsSection::decode(&section.encode()), Ok(section));
    }

    #[test]
    fn skips_unknown_fields() {
        let mut bytes = example().encode();
        field(&mut bytes, 99, |out| out.extend_from_slice(b"later"));
        assert_eq!(ThreadsSection::decode(&bytes), Ok(example()));
    }

    #[test]
    fn every_truncation_and_every_changed_byte_is_an_answer() {
        let bytes = example().encode();
        for len in 0..bytes.len() {
            let _ = ThreadsSection::decode(&bytes[..len]);
            for value in 0..=255 {
                let mut changed = bytes.clone();
                changed[len] = value;
                let _ = ThreadsSection::decode(&changed);
            }
        }
        assert!(matches!(ThreadsSection::decode(&[]), Err(SectionError::Malformed { offset: 0 })));
        assert!(matches!(ThreadsSection::decode(&[9]), Err(SectionError::Version { found: 9 })));
        assert!(matches!(ThreadsSection::decode(&[1]), Err(SectionError::Missing { .. })));
    }
}
