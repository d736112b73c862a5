//! [`Sections`]: where a module's debug information is.

use std::collections::HashMap;

use gimli::{Dwarf, EndianSlice, LittleEndian, SectionId};
use wasmparser::{Parser, Payload};

pub(crate) type Slice<'a> = EndianSlice<'a, LittleEndian>;

/// The prefix of the names of debug-information sections.
pub(crate) const PREFIX: &str = ".debug_";

/// A module's debug-information sections, by name.
#[derive(Debug, Default)]
pub(crate) struct Sections<'a>(HashMap<&'a str, &'a [u8]>);

impl<'a> Sections<'a> {
    /// Those of a module. It need not be valid: everything before its first error is read.
    pub(crate) fn of(wasm: &'a [u8]) -> Sections<'a> {
        let mut sections = Sections::default();
        for payload in Parser::new(0).parse_all(wasm).map_while(Result::ok) {
            if let Payload::CustomSection(section) = payload {
                sections.add(section.name(), section.data());
            }
        }
        sections
    }

    /// Adds a custom section, if it is one of these.
    pub(crate) fn add(&mut self, name: &'a str, data: &'a [u8]) {
        if name.starts_with(PREFIX) {
            self.0.insert(name, data);
        }
    }

    pub(crate) fn get(&self, id: SectionId) -> &'a [u8] {
        self.0.get(id.name()).copied().unwrap_or_default()
    }

    /// Their total size in bytes.
    pub(crate) fn len(&self) -> usize {
        self.0.values().map(|data| data.len()).sum()
    }

    /// The sections as DWARF, if there are any.
    pub(crate) fn dwarf(&self) -> Option<Dwarf<Slice<'a>>> {
        self.0.get(SectionId::DebugInfo.name())?;
        Dwarf::load(|id| Ok::<_, gimli::Error>(Slice::new(self.get(id), LittleEndian))).ok()
    }
}
