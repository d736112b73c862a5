//! Reading directories: on files in memory and on a host's directory.

use std::collections::BTreeSet;

use raddle_wasi::abi::{Errno, FileType, flags::OPEN_DIRECTORY};

use crate::{
    guest::{OUT, OUTPUT, SIZE},
    tree::{Tree, entries, on_both},
};

/// One call: the bytes that it wrote.
fn read(tree: &Tree, fd: u32, len: u32, cookie: u64) -> Vec<u8> {
    tree.guest.put(OUT, &[0xee; 4]);
    let args = [fd.into(), OUTPUT.into(), len.into(), cookie.cast_signed(), OUT.into()];
    tree.guest.ok("fd_readdir", &args);
    let used = tree.guest.u32(OUT);
    assert!(used <= len);
    tree.guest.bytes(OUTPUT, used)
}

/// All names, as libc reads them: with a small buffer, from cookie to cookie. After each piece something may happen.
fn names(tree: &Tree, fd: u32, len: u32, between: impl Fn(&str)) -> Vec<String> {
    let (mut names, mut cookie) = (Vec::new(), 0);
    loop {
        let bytes = read(tree, fd, len, cookie);
        let whole = entries(&bytes);
        for (name, _, next) in &whole {
            between(name);
            names.push(name.clone());
            cookie = *next;
        }
        if bytes.len() < len as usize {
            return names;
        }
        assert!(!whole.is_empty(), "the buffer takes one entry");
    }
}

#[test]
fn all_entries_are_there_with_their_kinds() {
    on_both(|tree| {
        assert_eq!(tree.list(3), [(".".into(), 3), ("..".into(), 3)]);
        tree.create_file("f", b"");
        tree.path("path_create_directory", "d").unwrap();
        tree.symlink("f", "l").unwrap();
        let found: BTreeSet<_> = tree.list(3).into_iter().collect();
        let kind = |kind: FileType| kind as u8;
        let expected = [
            (".", kind(FileType::Directory)),
            ("..", kind(FileType::Directory)),
            ("d", kind(FileType::Directory)),
            ("f", kind(FileType::RegularFile)),
            ("l", kind(FileType::SymbolicLink)),
        ];
        assert_eq!(found, expected.into_iter().map(|(name, kind)| (name.to_owned(), kind)).collect());
        // The numbers are those that the attributes have.
        tree.stat("f", 0).unwrap();
        let inode = tree.guest.u64(OUT + 8);
        let bytes = read(tree, 3, 4000, 0);
        assert!(bytes.windows(8).any(|window| window == inode.to_le_bytes()));
    });
}

#[test]
fn the_last_entry_is_cut_anywhere_and_less_than_the_length_is_the_end() {
    on_both(|tree| {
        tree.create_file("name", b"");
        let all = read(tree, 3, 1000, 0);
        assert_eq!(all.len(), 25 + 26 + 28);
        for len in 0..=all.len() as u32 {
            assert_eq!(read(tree, 3, len, 0), all[..len as usize], "{len}");
        }
        assert_eq!(read(tree, 3, 100, 3), b"", "after the last");
        assert_eq!(read(tree, 3, 100, u64::MAX), b"");
        let end = i64::from(SIZE);
        assert_eq!(tree.guest.call("fd_readdir", &[3, end - 10, 11, 0, OUT.into()]), Errno::Fault);
        assert_eq!(tree.guest.call("fd_readdir", &[3, OUTPUT.into(), 100, 0, end - 3]), Errno::Fault);
        assert_eq!(tree.guest.call("fd_readdir", &[1, OUTPUT.into(), 100, 0, OUT.into()]), Errno::NotDirectory);
    });
}

#[test]
fn what_is_removed_meanwhile_makes_nothing_be_skipped() {
    on_both(|tree| {
        tree.path("path_create_directory", "d").unwrap();
        let expected: BTreeSet<_> = (0..100).map(|number| format!("file.{number}")).collect();
        for name in &expected {
            tree.create_file(&format!("d/{name}"), b"");
        }
        let fd = tree.open("d", OPEN_DIRECTORY, 0, 0).unwrap();
        // As `remove_dir_all` does.
        let found = names(tree, fd, 256, |name| {
            if !name.starts_with('.') || name.len() > 2 {
                tree.path("path_unlink_file", &format!("d/{name}")).unwrap();
            }
        });
        let found: BTreeSet<_> = found.into_iter().filter(|name| name.len() > 2).collect();
        assert_eq!(found, expected);
        // From the beginning it is read anew.
        assert_eq!(names(tree, fd, 256, |_| ()), [".", ".."]);
        tree.path("path_remove_directory", "d").unwrap();
        assert_eq!(names(tree, fd, 256, |_| ()), [".", ".."], "of one that is gone");
    });
}
