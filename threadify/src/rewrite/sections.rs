//! Puts a module together again from copied, changed and new sections.

use wasm_encoder::Encode;

use super::{appendix::Items, content::Content};
use crate::{
    leb,
    module::{Module, Section, id},
};

/// The content of the section `id` with items added at its end: the old items' bytes are copied as they are.
///
/// `None` if the section's own count cannot be read.
pub(super) fn append<'a>(module: &Module<'a>, id: u8, items: Items) -> Option<Content<'a>> {
    extend(module, id, Items::default(), items)
}

/// The same with items added at its beginning, too.
pub(super) fn extend<'a>(module: &Module<'a>, id: u8, first: Items, items: Items) -> Option<Content<'a>> {
    let mut content = Content::default();
    let mut count = Vec::new();
    match module.section(id) {
        Some(section) => {
            let old = module.wasm.get(section.content.clone())?;
            let (old_count, width) = leb::read(old)?;
            leb::write_padded(&mut count, old_count.checked_add(first.count)?.checked_add(items.count)?, width);
            content.push(count);
            content.push(first.bytes);
            content.push(old.get(width..)?);
        }
        None => {
            first.count.checked_add(items.count)?.encode(&mut count);
            content.push(count);
            content.push(first.bytes);
        }
    }
    content.push(items.bytes);
    Some(content)
}

/// The module with some sections changed, some added and some left out; the others are copied byte for byte.
///
/// `edits` holds new contents by id; an empty one leaves the section out. `leave_out` tells of custom sections.
pub(super) fn assemble(
    module: &Module<'_>,
    edits: &[(u8, Content<'_>)],
    leave_out: impl Fn(&Section<'_>) -> bool,
    custom: (&str, &[u8]),
) -> Vec<u8> {
    let grown: usize = edits.iter().map(|(_, content)| content.len()).sum();
    let mut out = Vec::with_capacity(module.wasm.len() + grown);
    out.extend_from_slice(module.wasm.get(..8).unwrap_or_default());

    // A new section comes right behind the last known one that must precede it: some custom sections, too, must stand
    // before or behind others.
    let position = |new: u8| {
        let precedes = |section: &Section<'_>| section.id != id::CUSTOM && id::rank(section.id) < id::rank(new);
        module.sections.iter().rposition(precedes).map_or(0, |last| last + 1)
    };
    let is_new = |id: u8, content: &Content<'_>| !content.is_empty() && module.section(id).is_none();
    let mut new: Vec<_> = edits
        .iter()
        .filter(|(id, content)| is_new(*id, content))
        .map(|(id, content)| (position(*id), id::rank(*id), *id, content))
        .collect();
    new.sort_by_key(|&(position, rank, ..)| (position, rank));
    let mut new = new.into_iter().peekable();
    for (position, section) in module.sections.iter().map(Some).chain([None]).enumerate() {
        while let Some((.., id, content)) = new.next_if(|(before, ..)| *before <= position) {
            write(&mut out, id, content, 1);
        }
        let Some(section) = section else { break };
        match edits.iter().find(|(id, _)| *id == section.id) {
            Some((_, content)) if content.is_empty() => {}
            Some((id, content)) => {
                let size_width = section.content.start - section.whole.start - 1;
                write(&mut out, *id, content, size_width);
            }
            None if leave_out(section) => {}
            None => out.extend_from_slice(module.wasm.get(section.whole.clone()).unwrap_or_default()),
        }
    }
    let (name, data) = custom;
    let mut content = Vec::new();
    name.encode(&mut content);
    content.extend_from_slice(data);
    write(&mut out, id::CUSTOM, &content.into(), 1);
    out
}

fn write(out: &mut Vec<u8>, id: u8, content: &Content<'_>, size_width: usize) {
    out.push(id);
    leb::write_padded(out, content.len() as u32, size_width);
    content.write_to(out);
}
