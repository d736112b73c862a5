//! The tree as calls use it.

use std::{any::Any, sync::Arc};

use super::{
    MemoryFiles,
    node::{Folder, Node},
    resolve::{Place, resolve},
};
use crate::{
    abi::{Errno, Result},
    system::{Directory, Entry, Metadata, OpenOptions, Opened, Times},
};

impl MemoryFiles {
    fn node(&self, path: &[u8], follow: bool) -> Result<Node> {
        let _lock = self.tree.lock();
        resolve(&self.folder, path, follow)?.node()
    }

    fn open_node(&self, node: &Node, options: OpenOptions) -> Result<Opened> {
        match node {
            _ if options.exclusive => Err(Errno::Exists),
            Node::Folder(_) if options.write || options.truncate || options.create => Err(Errno::IsDirectory),
            Node::Folder(folder) => {
                Ok(Opened::Directory(Arc::new(MemoryFiles { tree: self.tree.clone(), folder: folder.clone() })))
            }
            Node::Link(_) => Err(Errno::Loop),
            Node::File(_) if options.directory => Err(Errno::NotDirectory),
            Node::File(content) => Ok(Opened::File(content.clone())),
        }
    }

    /// The folder of another directory, if it is one of this tree.
    fn folder_of(&self, other: &dyn Directory) -> Result<Arc<Folder>> {
        match other.as_any().downcast_ref::<MemoryFiles>() {
            Some(other) if Arc::ptr_eq(&other.tree, &self.tree) => Ok(other.folder.clone()),
            _ => Err(Errno::CrossDevice),
        }
    }

    /// Gives something new a name that is free.
    fn create(&self, folder: &Arc<Folder>, path: &[u8], node: impl FnOnce() -> Node) -> Result<()> {
        let (parent, name, there) = resolve(folder, path, false)?.name(Errno::Exists)?;
        if there.is_some() { Err(Errno::Exists) } else { parent.insert(&self.tree, &name, node()) }
    }
}

impl Directory for MemoryFiles {
    fn open(&self, path: &[u8], options: OpenOptions) -> Result<Opened> {
        let opened = {
            let _lock = self.tree.lock();
            match resolve(&self.folder, path, options.follow && !options.exclusive)? {
                Place::Name { parent, name, node: None } if options.create => {
                    let node = self.tree.file();
                    parent.insert(&self.tree, &name, node.clone())?;
                    self.open_node(&node, OpenOptions { exclusive: false, ..options })?
                }
                place => self.open_node(&place.node()?, options)?,
            }
        };
        if let (Opened::File(file), true) = (&opened, options.truncate) {
            file.set_len(0)?;
        }
        Ok(opened)
    }

    fn entries(&self) -> Result<Vec<Entry>> {
        let _lock = self.tree.lock();
        let entry = |(name, node): (Box<[u8]>, Node)| Entry {
            name: name.into(),
            inode: node.attributes().inode,
            kind: node.kind(),
        };
        Ok(self.folder.entries().into_iter().map(entry).collect())
    }

    fn metadata(&self) -> Result<Metadata> {
        Ok(self.folder.metadata())
    }

    fn metadata_at(&self, path: &[u8], follow: bool) -> Result<Metadata> {
        Ok(self.node(path, follow)?.metadata())
    }

    fn read_link(&self, path: &[u8]) -> Result<Vec<u8>> {
        match self.node(path, false)? {
            Node::Link(link) => Ok(link.target.to_vec()),
            _ => Err(Errno::Invalid),
        }
    }

    fn set_times(&self, times: Times) -> Result<()> {
        self.folder.attributes.set_times(times);
        Ok(())
    }

    fn set_times_at(&self, path: &[u8], follow: bool, times: Times) -> Result<()> {
        self.node(path, follow)?.attributes().set_times(times);
        Ok(())
    }

    fn create_directory(&self, path: &[u8]) -> Result<()> {
        let _lock = self.tree.lock();
        self.create(&self.folder, path, || Node::Folder(self.tree.folder()))
    }

    fn remove_directory(&self, path: &[u8]) -> Result<()> {
        let _lock = self.tree.lock();
        let (parent, name, node) = resolve(&self.folder, path, false)?.name(Errno::Invalid)?;
        match node.ok_or(Errno::NotFound)? {
            Node::Folder(folder) if !folder.is_empty() => Err(Errno::NotEmpty),
            Node::Folder(_) => {
                parent.remove(&self.tree, &name, true);
                Ok(())
            }
            _ => Err(Errno::NotDirectory),
        }
    }

    fn remove_file(&self, path: &[u8]) -> Result<()> {
        let _lock = self.tree.lock();
        let (parent, name, node) = resolve(&self.folder, path, false)?.name(Errno::IsDirectory)?;
        match node.ok_or(Errno::NotFound)? {
            Node::Folder(_) => Err(Errno::IsDirectory),
            _ => {
                parent.remove(&self.tree, &name, true);
                Ok(())
            }
        }
    }

    fn symlink(&self, target: &[u8], path: &[u8]) -> Result<()> {
        let _lock = self.tree.lock();
        self.create(&self.folder, path, || self.tree.link(target))
    }

    fn link(&self, path: &[u8], to: &dyn Directory, new_path: &[u8]) -> Result<()> {
        let to = self.folder_of(to)?;
        let _lock = self.tree.lock();
        match resolve(&self.folder, path, false)?.node()? {
            Node::Folder(_) => Err(Errno::NotPermitted),
            node => self.create(&to, new_path, || node),
        }
    }

    fn rename(&self, path: &[u8], to: &dyn Directory, new_path: &[u8]) -> Result<()> {
        let to = self.folder_of(to)?;
        let _lock = self.tree.lock();
        let (parent, name, node) = resolve(&self.folder, path, false)?.name(Errno::Busy)?;
        let (new_parent, new_name, there) = resolve(&to, new_path, false)?.name(Errno::Busy)?;
        let node = node.ok_or(Errno::NotFound)?;
        if let Node::Folder(folder) = &node
            && new_parent.is_within(folder)
        {
            return Err(Errno::Invalid);
        }
        match (&node, &there) {
            // Two names of one file stay as they are.
            (_, Some(there)) if there.is(&node) => return Ok(()),
            (Node::Folder(_), Some(Node::Folder(there))) if !there.is_empty() => return Err(Errno::NotEmpty),
            (Node::Folder(_), Some(Node::Folder(_)) | None) => (),
            (Node::Folder(_), Some(_)) => return Err(Errno::NotDirectory),
            (_, Some(Node::Folder(_))) => return Err(Errno::IsDirectory),
            _ => (),
        }
        new_parent.insert(&self.tree, &new_name, node)?;
        parent.remove(&self.tree, &name, false);
        Ok(())
    }

    fn as_any(&self) -> &dyn Any {
        self
    }
}
