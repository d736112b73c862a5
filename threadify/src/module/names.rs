//! The name section, as far as it helps to find the linker's symbols.

use std::collections::HashMap;

use wasmparser::{BinaryReader, Name, NameSectionReader};

/// The function of the linker's that fills a thread's TLS block.
pub(crate) const TLS_INIT: &str = "__wasm_init_tls";

/// How the names of the linker's wrappers end.
const COMMAND_EXPORT: &str = ".command_export";

fn matters(function: &str) -> bool {
    function == TLS_INIT || function.ends_with(COMMAND_EXPORT)
}

/// What the name section tells. A section that cannot be read tells what stands before its mistake: the format lets it be
/// wrong without making the module invalid.
#[derive(Debug, Default)]
pub(crate) struct Names<'a> {
    /// Of the functions only those of which something depends on the name: a program has thousands.
    functions: HashMap<u32, &'a str>,
    pub(crate) globals: HashMap<u32, &'a str>,
    pub(crate) data: HashMap<u32, &'a str>,
}

impl<'a> Names<'a> {
    pub(crate) fn read(data: &'a [u8], offset: usize) -> Names<'a> {
        let mut names = Names::default();
        for subsection in NameSectionReader::new(BinaryReader::new(data, offset)) {
            let (map, into, matters): (_, _, fn(&str) -> bool) = match subsection {
                Ok(Name::Function(map)) => (map, &mut names.functions, matters),
                Ok(Name::Global(map)) => (map, &mut names.globals, |_| true),
                Ok(Name::Data(map)) => (map, &mut names.data, |_| true),
                Ok(_) => continue,
                Err(_) => break,
            };
            let read = map.into_iter().map_while(Result::ok).filter(|naming| matters(naming.name));
            into.extend(read.map(|naming| (naming.index, naming.name)));
        }
        names
    }

    /// The one function that fills a thread's TLS block; `None` if there is none, or several, as a name need not be unique.
    pub(crate) fn tls_init(&self) -> Option<u32> {
        only(&self.functions, TLS_INIT)
    }

    /// How many functions are wrappers that the linker makes of exports where nothing else calls the constructors.
    pub(crate) fn command_exports(&self) -> usize {
        self.functions.values().filter(|name| name.ends_with(COMMAND_EXPORT)).count()
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
