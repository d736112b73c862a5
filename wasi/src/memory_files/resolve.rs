//! Following paths.

use std::sync::Arc;

use super::node::{Folder, Node};
use crate::abi::{Errno, Result};

/// How many symbolic links a path may lead through.
const MAX_LINKS: u32 = 40;

/// How long a name is at most, as on the systems that guests know.
const MAX_NAME: usize = 255;

/// Where a path leads.
pub(super) enum Place {
    /// To a folder that it does not name: it ends with `.` or `..`.
    Folder(Arc<Folder>),
    /// To a name in a folder, which may stand for something.
    Name { parent: Arc<Folder>, name: Vec<u8>, node: Option<Node> },
}

impl Place {
    /// What is there.
    ///
    /// # Errors
    /// `NOENT`
    pub(super) fn node(self) -> Result<Node> {
        match self {
            Place::Folder(folder) => Ok(Node::Folder(folder)),
            Place::Name { node, .. } => node.ok_or(Errno::NotFound),
        }
    }

    /// A name that can be given or taken away.
    ///
    /// # Errors
    /// What the call says of a folder that is not named.
    pub(super) fn name(self, unnamed: Errno) -> Result<(Arc<Folder>, Vec<u8>, Option<Node>)> {
        match self {
            Place::Folder(_) => Err(unnamed),
            Place::Name { parent, name, node } => Ok((parent, name, node)),
        }
    }
}

/// Follows a path from a folder on, and nowhere out of it. The tree is locked.
///
/// # Errors
/// `NOENT`, `NOTDIR`, `LOOP`, `NAMETOOLONG`, and `PERM` if the path leads out.
pub(super) fn resolve(base: &Arc<Folder>, path: &[u8], follow: bool) -> Result<Place> {
    // The folders from the base to where the path has got: `..` goes back along them, whatever is renamed.
    let mut way = vec![base.clone()];
    let mut names: Vec<Vec<u8>> = Vec::new();
    push(&mut names, path);
    let mut links = 0;
    while let Some(name) = names.pop() {
        let folder = way.last().ok_or(Errno::NotPermitted)?;
        match &name[..] {
            b"." => continue,
            b".." => {
                way.pop();
                if way.is_empty() {
                    return Err(Errno::NotPermitted);
                }
                continue;
            }
            _ if name.len() > MAX_NAME => return Err(Errno::NameTooLong),
            _ => (),
        }
        match (folder.get(&name), names.is_empty()) {
            (Some(Node::Link(link)), is_last) if follow || !is_last => {
                links += 1;
                if links > MAX_LINKS {
                    return Err(Errno::Loop);
                }
                if link.target.starts_with(b"/") {
                    return Err(Errno::NotPermitted);
                }
                push(&mut names, &link.target);
            }
            (node, true) => return Ok(Place::Name { parent: folder.clone(), name, node }),
            (Some(Node::Folder(inner)), false) => way.push(inner),
            (Some(_), false) => return Err(Errno::NotDirectory),
            (None, false) => return Err(Errno::NotFound),
        }
    }
    way.pop().map(Place::Folder).ok_or(Errno::NotPermitted)
}

/// Puts the names of a path before those that are left. A slash at its end asks for a directory, as `.` does.
fn push(names: &mut Vec<Vec<u8>>, path: &[u8]) {
    if path.ends_with(b"/") {
        names.push(b".".into());
    }
    names.extend(path.split(|&byte| byte == b'/').filter(|name| !name.is_empty()).rev().map(Into::into));
}
