//! The import section with some imports replaced, some left out and some added.

use super::{appendix::Items, content::Content, sections};
use crate::{
    leb,
    module::{Module, id},
};

/// What becomes of a module's imports. What is not named here stays as it is.
#[derive(Debug, Default)]
pub(super) struct Imports {
    /// New items by their position, an empty one for an import that goes.
    pub(super) replaced: Vec<(usize, Vec<u8>)>,
    /// What comes after all others.
    pub(super) added: Items,
}

impl Imports {
    /// The section's new content. `None` if the section contradicts what was read from it.
    pub(super) fn content<'a>(mut self, module: &Module<'a>) -> Option<Content<'a>> {
        if self.replaced.is_empty() {
            return sections::append(module, id::IMPORT, self.added);
        }
        self.replaced.sort_by_key(|(position, _)| *position);
        let section = module.section(id::IMPORT)?;
        let (old, width) = leb::read(module.wasm.get(section.content.clone())?)?;
        let gone = self.replaced.iter().filter(|(_, item)| item.is_empty()).count();
        let count = old.checked_sub(u32::try_from(gone).ok()?)?.checked_add(self.added.count)?;
        let mut content = Content::default();
        let mut bytes = Vec::new();
        leb::write_padded(&mut bytes, count, width);
        content.push(bytes);
        let mut at = section.content.start + width;
        for (position, item) in self.replaced {
            let range = &module.imports.get(position)?.range;
            content.push(module.wasm.get(at..range.start)?);
            content.push(item);
            at = range.end;
        }
        content.push(module.wasm.get(at..section.content.end)?);
        content.push(self.added.bytes);
        Some(content)
    }
}
