//! A directory that a guest has as its descriptor 3: in memory or on the host.

use std::sync::Arc;

use raddle_wasi::{MemoryFiles, Wasi, abi::Errno};

use crate::guest::{Guest, OUT, OUTPUT};

/// Where a path is.
const PATH: u32 = 2048;
/// Where a second one is.
const SECOND: u32 = 4096;

pub(crate) struct Tree {
    pub(crate) guest: Guest,
    /// The host's directory, with what is around it.
    #[cfg(unix)]
    pub(crate) around: Option<tempfile::TempDir>,
}

/// Runs a test on both kinds of directories.
pub(crate) fn on_both(test: impl Fn(&Tree)) {
    let files = Wasi::new().directory(Arc::new(MemoryFiles::new()), "/").unwrap();
    test(&Tree {
        guest: Guest::new(files),
        #[cfg(unix)]
        around: None,
    });
    #[cfg(unix)]
    test(&on_host(false));
}

/// A directory of the host, `inside`, in one that the guest must not see.
#[cfg(unix)]
pub(crate) fn on_host(is_read_only: bool) -> Tree {
    let around = tempfile::tempdir().unwrap();
    let inside = around.path().join("inside");
    std::fs::create_dir(&inside).unwrap();
    let wasi = Wasi::new();
    let wasi = if is_read_only { wasi.dir_read_only(&inside, "/") } else { wasi.dir(&inside, "/") };
    Tree { guest: Guest::new(wasi.unwrap()), around: Some(around) }
}

impl Tree {
    /// Puts a path into the guest's memory, for a call.
    pub(crate) fn at(&self, at: u32, path: &[u8]) -> [i64; 2] {
        self.guest.put(at, path);
        [at.into(), path.len() as i64]
    }

    fn result(&self, name: &str, args: &[i64]) -> Result<(), Errno> {
        let errno = self.guest.call(name, args);
        if errno == Errno::Success { Ok(()) } else { Err(errno) }
    }

    /// Opens a path without following a link at its end.
    pub(crate) fn open(&self, path: &str, flags: u32, rights: u64, fd_flags: u32) -> Result<u32, Errno> {
        self.open_from(3, 0, path, flags, rights, fd_flags)
    }

    /// Opens a path, and follows a link at its end.
    pub(crate) fn open_following(&self, path: &str, flags: u32, rights: u64) -> Result<u32, Errno> {
        self.open_from(3, 1, path, flags, rights, 0)
    }

    pub(crate) fn open_from(
        &self,
        fd: u32,
        lookup: i64,
        path: &str,
        flags: u32,
        rights: u64,
        fd_flags: u32,
    ) -> Result<u32, Errno> {
        let [path, len] = self.at(PATH, path.as_bytes());
        let (rights, all) = (rights.cast_signed(), -1);
        let args = [fd.into(), lookup, path, len, flags.into(), rights, all, fd_flags.into(), OUT.into()];
        self.result("path_open", &args).map(|()| self.guest.u32(OUT))
    }

    /// A call with a path and nothing else.
    pub(crate) fn path(&self, name: &str, path: &str) -> Result<(), Errno> {
        let [path, len] = self.at(PATH, path.as_bytes());
        self.result(name, &[3, path, len])
    }

    /// The attributes of a path are at `OUT` then.
    pub(crate) fn stat(&self, path: &str, lookup: i64) -> Result<(), Errno> {
        let [path, len] = self.at(PATH, path.as_bytes());
        self.result("path_filestat_get", &[3, lookup, path, len, OUT.into()])
    }

    pub(crate) fn set_times(&self, path: &str, lookup: i64, mtim: i64, flags: u32) -> Result<(), Errno> {
        let [path, len] = self.at(PATH, path.as_bytes());
        self.result("path_filestat_set_times", &[3, lookup, path, len, 0, mtim, flags.into()])
    }

    pub(crate) fn rename(&self, from: &str, to: &str) -> Result<(), Errno> {
        let ([from, from_len], [to, to_len]) = (self.at(PATH, from.as_bytes()), self.at(SECOND, to.as_bytes()));
        self.result("path_rename", &[3, from, from_len, 3, to, to_len])
    }

    pub(crate) fn link(&self, from: &str, to: &str, lookup: i64) -> Result<(), Errno> {
        let ([from, from_len], [to, to_len]) = (self.at(PATH, from.as_bytes()), self.at(SECOND, to.as_bytes()));
        self.result("path_link", &[3, lookup, from, from_len, 3, to, to_len])
    }

    pub(crate) fn symlink(&self, target: &str, path: &str) -> Result<(), Errno> {
        let ([target, target_len], [path, len]) = (self.at(SECOND, target.as_bytes()), self.at(PATH, path.as_bytes()));
        self.result("path_symlink", &[target, target_len, 3, path, len])
    }

    pub(crate) fn read_link(&self, path: &str, buffer_len: u32) -> Result<Vec<u8>, Errno> {
        let [path, len] = self.at(PATH, path.as_bytes());
        self.result("path_readlink", &[3, path, len, OUTPUT.into(), buffer_len.into(), OUT.into()])?;
        Ok(self.guest.bytes(OUTPUT, self.guest.u32(OUT)))
    }

    pub(crate) fn create_file(&self, path: &str, content: &[u8]) {
        use raddle_wasi::abi::{flags::OPEN_CREATE, rights::FILE};
        let fd = self.open(path, OPEN_CREATE, FILE, 0).unwrap();
        assert_eq!(self.guest.write(fd, content), Ok(content.len()));
        self.guest.ok("fd_close", &[fd.into()]);
    }

    pub(crate) fn content(&self, path: &str) -> Vec<u8> {
        let fd = self.open_following(path, 0, raddle_wasi::abi::rights::FD_READ).unwrap();
        let mut content = Vec::new();
        loop {
            // Not where tests have their bytes.
            let [iovs, count] = self.guest.vectors(&[(3072, 1000)]);
            self.guest.ok("fd_read", &[fd.into(), iovs, count, OUT.into()]);
            let len = self.guest.u32(OUT);
            content.extend(self.guest.bytes(3072, len));
            if len == 0 {
                break;
            }
        }
        self.guest.ok("fd_close", &[fd.into()]);
        content
    }

    /// The names in a directory, and what they are.
    pub(crate) fn list(&self, fd: u32) -> Vec<(String, u8)> {
        let len = 60_000_i64;
        self.guest.ok("fd_readdir", &[fd.into(), OUTPUT.into(), len, 0, OUT.into()]);
        let used = self.guest.u32(OUT);
        assert!(i64::from(used) < len);
        entries(&self.guest.bytes(OUTPUT, used)).into_iter().map(|(name, kind, _)| (name, kind)).collect()
    }
}

/// The whole entries in a buffer: name, kind, the next one's cookie.
pub(crate) fn entries(mut bytes: &[u8]) -> Vec<(String, u8, u64)> {
    let mut entries = Vec::new();
    while let Some((head, rest)) = bytes.split_at_checked(24) {
        let len = u32::from_le_bytes(head[16..20].try_into().unwrap()) as usize;
        let Some((name, rest)) = rest.split_at_checked(len) else { break };
        let next = u64::from_le_bytes(head[..8].try_into().unwrap());
        entries.push((String::from_utf8(name.into()).unwrap(), head[20], next));
        bytes = rest;
    }
    entries
}
