//! The name section, as far as it helps to find the linker's symbols.

use std::{collections::HashMap, iter};

use wasmparser::{BinaryReader, Name, NameSectionReader};

use crate::leb;

/// The function of the linker's that fills a thread's TLS block.
pub(crate) const TLS_INIT: &str = "__wasm_init_tls";

/// How the names of the linker's wrappers end.
const COMMAND_EXPORT: &str = ".command_export";

/// What the name section tells. A section that cannot be read tells what stands before its mistake: the format lets it
/// be wrong without making the module invalid.
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
            let (map, into) = match subsection {
                Ok(Name::Function(map)) => {
                    // The reader stands behind the number of names.
                    let all = map.original_position() - offset..map.range().end - offset;
                    let bytes = data.get(all).unwrap_or_default();
                    names.functions.extend(functions(bytes).take(map.count() as usize).filter_map(matters));
                    continue;
                }
                Ok(Name::Global(map)) => (map, &mut names.globals),
                Ok(Name::Data(map)) => (map, &mut names.data),
                Ok(_) => continue,
                Err(_) => break,
            };
            into.extend(map.into_iter().map_while(Result::ok).map(|naming| (naming.index, naming.name)));
        }
        names
    }

    /// The one function that fills a thread's TLS block; `None` if there is none, or several, as a name need not be
    /// unique.
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

/// The functions' indices and names, as bytes: of thousands of names few matter, and only of those it does that they
/// are text.
fn functions(mut rest: &[u8]) -> impl Iterator<Item = (u32, &[u8])> {
    iter::from_fn(move || {
        let (index, width) = leb::read(rest)?;
        let (len, len_width) = leb::read(rest.get(width..)?)?;
        let (name, behind) = rest.get(width + len_width..)?.split_at_checked(len as usize)?;
        rest = behind;
        Some((index, name))
    })
}

fn matters((index, name): (u32, &[u8])) -> Option<(u32, &str)> {
    let matters = name == TLS_INIT.as_bytes() || name.ends_with(COMMAND_EXPORT.as_bytes());
    if matters { Some((index, str::from_utf8(name).ok()?)) } else { None }
}

fn only(names: &HashMap<u32, &str>, wanted: &str) -> Option<u32> {
    let mut found = names.iter().filter(|(_, name)| **name == wanted).map(|(&index, _)| index);
    found.next().filter(|_| found.next().is_none())
}
