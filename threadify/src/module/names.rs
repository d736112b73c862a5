//! The name section, as far as it helps to find the linker's symbols.

use std::collections::HashMap;

use wasmparser::{BinaryReader, Name, NameSectionReader};

/// What the name section tells. A section that cannot be read tells what stands before its mistake: the format lets it be
/// wrong without making the module invalid.
#[derive(Debug, Default)]
pub(crate) struct Names<'a> {
    pub(crate) functions: HashMap<u32, &'a str>,
    pub(crate) globals: HashMap<u32, &'a str>,
    pub(crate) data: HashMap<u32, &'a str>,
}

impl<'a> Names<'a> {
    pub(crate) fn read(data: &'a [u8], offset: usize) -> Names<'a> {
        let mut names = Names::default();
        for subsection in NameSectionReader::new(BinaryReader::new(data, offset)) {
            let (map, into) = match subsection {
                Ok(Name::Function(map)) => (map, &mut names.functions),
                Ok(Name::Global(map)) => (map, &mut names.globals),
                Ok(Name::Data(map)) => (map, &mut names.data),
                Ok(_) => continue,
                Err(_) => break,
            };
            into.extend(map.into_iter().map_while(Result::ok).map(|naming| (naming.index, naming.name)));
        }
        names
    }

    /// The one function of that name; `None` if there is none, or several, as a name need not be unique.
    pub(crate) fn function(&self, name: &str) -> Option<u32> {
        only(&self.functions, name)
    }

    /// The one global of that name, likewise.
    pub(crate) fn global(&self, name: &str) -> Option<u32> {
        only(&self.globals, name)
    }
}

fn only(names: &HashMap<u32, &str>, wanted: &str) -> Option<u32> {
    let mut found = names.iter().filter(|(_, name)| **name == wanted).map(|(&index, _)| index);
    found.next().filter(|_| found.next().is_none())
}
