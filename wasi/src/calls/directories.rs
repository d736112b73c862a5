//! Reading directories.

use std::sync::Arc;

use raddle_runtime_api::GuestMemory;

use super::{Calls, done};
use crate::{
    abi::{FileType, Result, layouts::dirent},
    interests::Answer,
    system::{Directory, Entry},
    table::{Object, lock},
};

impl<M: GuestMemory + ?Sized> Calls<'_, M> {
    /// A cookie is a place in the listing as it was when the entries were last read from the beginning: what is removed
    /// meanwhile does not make others be skipped. The last entry may be cut; less than the length means the end.
    pub fn fd_readdir(&self, fd: u32, buffer: u32, len: u32, cookie: u64, out: u32) -> Answer {
        done(|| {
            let descriptor = self.state.table.get(fd)?;
            let directory = descriptor.directory()?;
            self.memory.check(buffer, len.into())?;
            self.memory.check(out, 4)?;
            let Object::Directory { listing, .. } = &descriptor.object else { unreachable!("it has a directory") };
            let entries = {
                let mut listing = lock(listing);
                match &*listing {
                    Some(entries) if cookie > 0 => entries.clone(),
                    _ => listing.insert(list(&**directory)?).clone(),
                }
            };

            let len = len as usize;
            let mut bytes = Vec::new();
            let from = usize::try_from(cookie).unwrap_or(usize::MAX);
            for (place, entry) in entries.iter().enumerate().skip(from) {
                if bytes.len() >= len {
                    break;
                }
                bytes.extend(dirent(place as u64 + 1, entry.inode, entry.name.len() as u32, entry.kind));
                bytes.extend(&entry.name);
            }
            bytes.truncate(len);
            self.memory.write(buffer, &bytes)?;
            self.memory.set_u32(out, bytes.len() as u32)
        })
    }
}

/// All entries. The number of the directory above is nobody's business: it may be one that the guest cannot reach.
fn list(directory: &dyn Directory) -> Result<Arc<[Entry]>> {
    let dots = [(&b"."[..], directory.metadata()?.inode), (b"..", 0)];
    let dots = dots.map(|(name, inode)| Entry { name: name.into(), inode, kind: FileType::Directory });
    Ok(dots.into_iter().chain(directory.entries()?).collect())
}
