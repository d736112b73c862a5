//! What a tree is made of.

use std::{
    collections::BTreeMap,
    sync::{
        Arc, Mutex, MutexGuard, PoisonError, Weak,
        atomic::{AtomicU64, Ordering::SeqCst},
    },
};

use super::content::Content;
use crate::{
    abi::{Errno, FileType, Result},
    system::{Metadata, Time, Times},
    table::lock,
};

/// What a name and the attributes of a node are taken to cost, in bytes.
const NODE: u64 = 512;

/// What all nodes of a tree share.
pub(super) struct Tree {
    /// Held while names are looked up or change.
    shape: Mutex<()>,
    pub(super) budget: Arc<Budget>,
    inodes: AtomicU64,
}

impl Tree {
    pub(super) fn new(limit: u64) -> Tree {
        let budget = Arc::new(Budget { used: AtomicU64::new(0), limit });
        Tree { shape: Mutex::new(()), budget, inodes: AtomicU64::new(0) }
    }

    pub(super) fn lock(&self) -> MutexGuard<'_, ()> {
        lock(&self.shape)
    }

    fn attributes(&self) -> Attributes {
        let now = now();
        let times = Mutex::new([now; 3]);
        Attributes { inode: self.inodes.fetch_add(1, SeqCst) + 1, links: AtomicU64::new(0), times }
    }

    /// A new folder without a name, which costs nothing.
    pub(super) fn folder(&self) -> Arc<Folder> {
        let inside = Inside { entries: BTreeMap::new(), parent: Weak::new(), is_removed: false };
        Arc::new(Folder { attributes: self.attributes(), inside: Mutex::new(inside) })
    }

    pub(super) fn file(&self) -> Node {
        Node::File(Arc::new(Content::new(self.attributes(), self.budget.clone())))
    }

    pub(super) fn link(&self, target: &[u8]) -> Node {
        Node::Link(Arc::new(Link { attributes: self.attributes(), target: target.into() }))
    }
}

/// How many bytes a tree may take.
pub(super) struct Budget {
    used: AtomicU64,
    limit: u64,
}

impl Budget {
    pub(super) fn used(&self) -> u64 {
        self.used.load(SeqCst)
    }

    /// # Errors
    /// `NOSPC`
    pub(super) fn take(&self, bytes: u64) -> Result<()> {
        let more = |used: u64| used.checked_add(bytes).filter(|&used| used <= self.limit);
        self.used.try_update(SeqCst, SeqCst, more).map(drop).map_err(|_| Errno::NoSpace)
    }

    pub(super) fn give_back(&self, bytes: u64) {
        self.used.fetch_sub(bytes, SeqCst);
    }
}

/// Nanoseconds since 1970.
#[cfg(not(target_family = "wasm"))]
pub(super) fn now() -> u64 {
    crate::system::native::realtime()
}

/// Where there is no clock, a number that grows: which file is newer can be told all the same.
#[cfg(target_family = "wasm")]
pub(super) fn now() -> u64 {
    static NOW: AtomicU64 = AtomicU64::new(1_000_000_000);
    NOW.fetch_add(1, SeqCst)
}

/// What every node has.
pub(super) struct Attributes {
    pub(super) inode: u64,
    /// How many names it has.
    links: AtomicU64,
    /// When it was accessed, its content changed, its attributes changed.
    times: Mutex<[u64; 3]>,
}

impl Attributes {
    pub(super) fn metadata(&self, kind: FileType, size: u64) -> Metadata {
        let [accessed, modified, changed] = *lock(&self.times);
        let links = self.links.load(SeqCst);
        Metadata { device: 1, inode: self.inode, kind, links, size, accessed, modified, changed }
    }

    pub(super) fn set_times(&self, times: Times) {
        let time = |time| match time {
            Time::Now => now(),
            Time::At(at) => at,
        };
        let mut own = lock(&self.times);
        own[0] = times.accessed.map_or(own[0], time);
        own[1] = times.modified.map_or(own[1], time);
        own[2] = now();
    }

    /// The content has changed.
    pub(super) fn modified(&self) {
        let mut times = lock(&self.times);
        times[1] = now();
        times[2] = times[1];
    }
}

/// A directory.
pub(super) struct Folder {
    pub(super) attributes: Attributes,
    inside: Mutex<Inside>,
}

/// It is locked only while the tree is.
struct Inside {
    entries: BTreeMap<Box<[u8]>, Node>,
    parent: Weak<Folder>,
    is_removed: bool,
}

/// What a name stands for.
#[derive(Clone)]
pub(super) enum Node {
    Folder(Arc<Folder>),
    File(Arc<Content>),
    Link(Arc<Link>),
}

/// A symbolic link.
pub(super) struct Link {
    attributes: Attributes,
    pub(super) target: Box<[u8]>,
}

impl Node {
    pub(super) fn attributes(&self) -> &Attributes {
        match self {
            Node::Folder(folder) => &folder.attributes,
            Node::File(content) => &content.attributes,
            Node::Link(link) => &link.attributes,
        }
    }

    pub(super) fn kind(&self) -> FileType {
        match self {
            Node::Folder(_) => FileType::Directory,
            Node::File(_) => FileType::RegularFile,
            Node::Link(_) => FileType::SymbolicLink,
        }
    }

    pub(super) fn metadata(&self) -> Metadata {
        match self {
            Node::Folder(folder) => folder.metadata(),
            Node::File(content) => content.metadata(),
            Node::Link(link) => link.attributes.metadata(FileType::SymbolicLink, link.target.len() as u64),
        }
    }

    pub(super) fn is(&self, other: &Node) -> bool {
        self.attributes().inode == other.attributes().inode
    }
}

impl Folder {
    pub(super) fn metadata(&self) -> Metadata {
        self.attributes.metadata(FileType::Directory, 0)
    }

    pub(super) fn get(&self, name: &[u8]) -> Option<Node> {
        lock(&self.inside).entries.get(name).cloned()
    }

    pub(super) fn entries(&self) -> Vec<(Box<[u8]>, Node)> {
        lock(&self.inside).entries.iter().map(|(name, node)| (name.clone(), node.clone())).collect()
    }

    pub(super) fn is_empty(&self) -> bool {
        lock(&self.inside).entries.is_empty()
    }

    /// Whether it is this folder or lies in it.
    pub(super) fn is_within(self: &Arc<Folder>, other: &Arc<Folder>) -> bool {
        let mut at = Some(self.clone());
        while let Some(folder) = at {
            if Arc::ptr_eq(&folder, other) {
                return true;
            }
            at = lock(&folder.inside).parent.upgrade();
        }
        false
    }

    /// Gives a node a name here. A node that had that name loses it.
    ///
    /// # Errors
    /// `NOENT` in a folder that was removed, `NOSPC`.
    pub(super) fn insert(self: &Arc<Folder>, tree: &Tree, name: &[u8], node: Node) -> Result<()> {
        let mut inside = lock(&self.inside);
        if inside.is_removed {
            return Err(Errno::NotFound);
        }
        tree.budget.take(NODE + name.len() as u64)?;
        node.attributes().links.fetch_add(1, SeqCst);
        if let Node::Folder(folder) = &node {
            lock(&folder.inside).parent = Arc::downgrade(self);
        }
        let replaced = inside.entries.insert(name.into(), node);
        drop(inside);
        self.attributes.modified();
        if let Some(replaced) = replaced {
            dropped(tree, name, &replaced, true);
        }
        Ok(())
    }

    /// Takes a name away. `is_gone` says whether it gets no other one.
    pub(super) fn remove(&self, tree: &Tree, name: &[u8], is_gone: bool) {
        let removed = lock(&self.inside).entries.remove(name);
        if let Some(removed) = removed {
            self.attributes.modified();
            dropped(tree, name, &removed, is_gone);
        }
    }
}

/// Without recursion: a guest can nest folders as deep as it likes.
impl Drop for Folder {
    fn drop(&mut self) {
        let take = |folder: &mut Folder| {
            std::mem::take(&mut folder.inside.get_mut().unwrap_or_else(PoisonError::into_inner).entries)
        };
        let mut nodes: Vec<Node> = take(self).into_values().collect();
        while let Some(node) = nodes.pop() {
            if let Node::Folder(folder) = node
                && let Some(mut folder) = Arc::into_inner(folder)
            {
                nodes.extend(take(&mut folder).into_values());
            }
        }
    }
}

/// A node has lost a name.
fn dropped(tree: &Tree, name: &[u8], node: &Node, is_gone: bool) {
    tree.budget.give_back(NODE + name.len() as u64);
    node.attributes().links.fetch_sub(1, SeqCst);
    if let Node::Folder(folder) = node
        && is_gone
    {
        lock(&folder.inside).is_removed = true;
    }
}
