//! Paths: on files in memory and on a host's directory.

use raddle_wasi::abi::{
    Errno, FileType,
    flags::{OPEN_CREATE, OPEN_DIRECTORY, OPEN_EXCLUSIVE, OPEN_TRUNCATE, SET_MTIM, SET_MTIM_NOW},
    rights::{self, FD_READ, FD_WRITE},
};

use crate::{
    guest::{OUT, SIZE},
    tree::{Tree, on_both},
};

/// A file, a directory with a file, and a link to each.
fn filled(tree: &Tree) {
    tree.create_file("file", b"text");
    tree.path("path_create_directory", "dir").unwrap();
    tree.create_file("dir/inner", b"inside");
    tree.symlink("file", "to-file").unwrap();
    tree.symlink("dir", "to-dir").unwrap();
}

fn kind(tree: &Tree, path: &str, lookup: i64) -> Result<FileType, Errno> {
    tree.stat(path, lookup)?;
    let kinds = [FileType::RegularFile, FileType::Directory, FileType::SymbolicLink];
    let number = tree.guest.bytes(OUT + 16, 1)[0];
    Ok(*kinds.iter().find(|kind| **kind as u8 == number).unwrap())
}

#[test]
fn dots_are_fine_within_and_refused_beyond() {
    on_both(|tree| {
        filled(tree);
        for path in ["dir/.//../dir/./inner", "./dir/inner", "dir/../file", "to-dir/inner", "to-dir/../file"] {
            assert!(tree.open(path, 0, FD_READ, 0).is_ok(), "{path}");
        }
        for path in ["..", "../file", "dir/../../file", "../inside/file", "/file", "/", "to-dir/../../file"] {
            assert_eq!(tree.open(path, 0, FD_READ, 0), Err(Errno::NotPermitted), "{path}");
            assert_eq!(tree.stat(path, 1), Err(Errno::NotPermitted), "{path}");
        }
        assert_eq!(tree.open("", 0, 0, 0), Err(Errno::NotFound));
        assert_eq!(tree.open("file\0", 0, 0, 0), Err(Errno::Invalid));
        assert_eq!(tree.open(&"a".repeat(256), 0, 0, 0), Err(Errno::NameTooLong));
        assert_eq!(tree.open(&"a/".repeat(3000), 0, 0, 0), Err(Errno::NameTooLong));
        // A directory that was opened is as far as its paths go.
        let dir = tree.open("dir", OPEN_DIRECTORY, 0, 0).unwrap();
        assert!(tree.open_from(dir, 0, "inner", 0, FD_READ, 0).is_ok());
        assert_eq!(tree.open_from(dir, 0, "../file", 0, FD_READ, 0), Err(Errno::NotPermitted));
    });
}

#[test]
fn a_slash_at_the_end_asks_for_a_directory() {
    on_both(|tree| {
        filled(tree);
        for path in ["dir/", "dir///", "to-dir/", "./"] {
            assert!(tree.open(path, 0, 0, 0).is_ok(), "{path}");
            assert_eq!(kind(tree, path, 0), Ok(FileType::Directory), "{path}");
            tree.set_times(path, 0, 7, SET_MTIM).unwrap();
        }
        for path in ["file/", "to-file/", "dir/inner/"] {
            assert_eq!(tree.open(path, 0, 0, 0), Err(Errno::NotDirectory), "{path}");
            assert_eq!(tree.open(path, OPEN_CREATE, 0, 0), Err(Errno::NotDirectory), "{path}");
            assert_eq!(tree.stat(path, 0), Err(Errno::NotDirectory), "{path}");
            assert_eq!(tree.set_times(path, 0, 7, SET_MTIM), Err(Errno::NotDirectory), "{path}");
            assert_eq!(tree.path("path_unlink_file", path), Err(Errno::NotDirectory), "{path}");
            assert_eq!(tree.path("path_remove_directory", path), Err(Errno::NotDirectory), "{path}");
            assert_eq!(tree.rename(path, "new"), Err(Errno::NotDirectory), "{path}");
            assert_eq!(tree.link(path, "new", 0), Err(Errno::NotDirectory), "{path}");
            assert_eq!(tree.symlink("target", path), Err(Errno::NotDirectory), "{path}");
            assert_eq!(tree.read_link(path, 9), Err(Errno::NotDirectory), "{path}");
        }
        assert_eq!(tree.open("new/", OPEN_CREATE, 0, 0), Err(Errno::IsDirectory));
        assert_eq!(tree.open("dir/", OPEN_CREATE, 0, 0), Err(Errno::IsDirectory));
        assert_eq!(tree.open("dir/", OPEN_CREATE | OPEN_EXCLUSIVE, 0, 0), Err(Errno::Exists));
        assert_eq!(tree.path("path_unlink_file", "dir/"), Err(Errno::IsDirectory));
        assert_eq!(tree.rename("file", "new/"), Err(Errno::NotDirectory));
        assert_eq!(tree.link("file", "new/", 0), Err(Errno::NotFound));
        assert_eq!(tree.symlink("target", "new/"), Err(Errno::NotFound));
        assert_eq!(tree.symlink("target", "dir/"), Err(Errno::Exists));
        assert_eq!(tree.read_link("to-dir/", 9), Err(Errno::Invalid));
        tree.path("path_create_directory", "new//").unwrap();
        tree.rename("new/", "renamed").unwrap();
        tree.rename("renamed", "new/").unwrap();
        tree.path("path_remove_directory", "new/").unwrap();
        assert_eq!(tree.stat("new", 0), Err(Errno::NotFound));
    });
}

#[test]
fn links_are_followed_when_that_is_asked_for() {
    on_both(|tree| {
        filled(tree);
        assert_eq!(tree.open("to-file", 0, FD_READ, 0), Err(Errno::Loop));
        assert!(matches!(tree.open("to-dir", OPEN_DIRECTORY, 0, 0), Err(Errno::Loop | Errno::NotDirectory)));
        let fd = tree.open_following("to-file", 0, FD_READ).unwrap();
        assert_eq!(tree.guest.read(fd, 9).unwrap(), b"text");
        assert!(tree.open_following("to-dir", OPEN_DIRECTORY, 0).is_ok());
        assert_eq!(tree.open_following("to-file", OPEN_DIRECTORY, 0), Err(Errno::NotDirectory));
        assert_eq!(kind(tree, "to-file", 0), Ok(FileType::SymbolicLink));
        assert_eq!(kind(tree, "to-file", 1), Ok(FileType::RegularFile));
        assert_eq!(tree.stat("to-file", 2), Err(Errno::Invalid), "an unknown flag");

        tree.symlink("loop", "loop").unwrap();
        assert_eq!(tree.open_following("loop", 0, 0), Err(Errno::Loop));
        tree.symlink("nowhere", "dangling").unwrap();
        assert_eq!(tree.open_following("dangling", 0, 0), Err(Errno::NotFound));
        assert_eq!(tree.open("dangling", 0, 0, 0), Err(Errno::Loop));
        assert_eq!(tree.open("dangling", OPEN_CREATE | OPEN_EXCLUSIVE, FD_WRITE, 0), Err(Errno::Exists));
        tree.open_following("dangling", OPEN_CREATE, FD_WRITE).unwrap();
        assert_eq!(kind(tree, "nowhere", 0), Ok(FileType::RegularFile));

        tree.set_times("to-file", 0, 1_000, SET_MTIM).unwrap();
        tree.set_times("to-file", 1, 2_000, SET_MTIM).unwrap();
        tree.stat("to-file", 0).unwrap();
        assert_eq!(tree.guest.u64(OUT + 48), 1_000);
        tree.stat("file", 0).unwrap();
        assert_eq!(tree.guest.u64(OUT + 48), 2_000);
        assert_eq!(tree.set_times("file", 0, 1, SET_MTIM | SET_MTIM_NOW), Err(Errno::Invalid));
        assert_eq!(tree.set_times("none", 0, 1, SET_MTIM), Err(Errno::NotFound));
    });
}

#[test]
fn links_that_lead_out_are_not_followed_and_absolute_ones_not_created() {
    on_both(|tree| {
        filled(tree);
        assert_eq!(tree.symlink("/etc/passwd", "out"), Err(Errno::NotPermitted));
        assert_eq!(tree.symlink("", "out"), Err(Errno::NotFound));
        assert_eq!(tree.symlink("a\0", "out"), Err(Errno::Invalid));
        tree.symlink("../..", "out").unwrap();
        tree.symlink("dir/../../inside/file", "round").unwrap();
        for path in ["out", "out/etc", "round"] {
            assert_eq!(tree.open_following(path, 0, FD_READ), Err(Errno::NotPermitted), "{path}");
            assert_eq!(tree.stat(path, 1), Err(Errno::NotPermitted), "{path}");
        }
        assert_eq!(tree.path("path_create_directory", "out/new"), Err(Errno::NotPermitted));
        assert_eq!(tree.path("path_unlink_file", "out/new"), Err(Errno::NotPermitted));
        assert_eq!(tree.rename("file", "out/new"), Err(Errno::NotPermitted));
        assert_eq!(tree.link("file", "out/new", 0), Err(Errno::NotPermitted));
        assert_eq!(tree.symlink("x", "out/new"), Err(Errno::NotPermitted));
        // The link itself is nothing bad.
        assert_eq!(tree.read_link("out", 99).unwrap(), b"../..");
        tree.path("path_unlink_file", "out").unwrap();
    });
}

#[test]
fn what_a_link_says_is_cut_to_the_buffer() {
    on_both(|tree| {
        filled(tree);
        assert_eq!(tree.read_link("to-file", 100).unwrap(), b"file");
        assert_eq!(tree.read_link("to-file", 2).unwrap(), b"fi");
        assert_eq!(tree.read_link("to-file", 0).unwrap(), b"");
        assert_eq!(tree.read_link("file", 9), Err(Errno::Invalid));
        assert_eq!(tree.read_link("none", 9), Err(Errno::NotFound));
        assert_eq!(tree.read_link("to-file", SIZE), Err(Errno::Fault));
    });
}

#[test]
fn opening_says_what_is_wrong() {
    on_both(|tree| {
        filled(tree);
        assert_eq!(tree.open("none", 0, 0, 0), Err(Errno::NotFound));
        assert_eq!(tree.open("none/x", OPEN_CREATE, 0, 0), Err(Errno::NotFound));
        assert_eq!(tree.open("file/x", OPEN_CREATE, 0, 0), Err(Errno::NotDirectory));
        assert_eq!(tree.open("file", OPEN_DIRECTORY, 0, 0), Err(Errno::NotDirectory));
        assert_eq!(tree.open("file", OPEN_CREATE | OPEN_EXCLUSIVE, 0, 0), Err(Errno::Exists));
        assert_eq!(tree.open("dir", OPEN_CREATE | OPEN_EXCLUSIVE, FD_WRITE, 0), Err(Errno::Exists));
        assert_eq!(tree.open("dir", 0, FD_WRITE, 0), Err(Errno::IsDirectory));
        assert_eq!(tree.open("dir", OPEN_CREATE, FD_READ, 0), Err(Errno::IsDirectory));
        assert_eq!(tree.open("dir", OPEN_DIRECTORY, FD_READ | FD_WRITE, 0), Err(Errno::IsDirectory));
        assert_eq!(tree.open("dir", OPEN_TRUNCATE, 0, 0), Err(Errno::IsDirectory));
        assert_eq!(tree.open("file", 16, 0, 0), Err(Errno::Invalid));
        assert_eq!(tree.open("file", 0, 0, 32), Err(Errno::Invalid));
        assert_eq!(tree.open("new", OPEN_CREATE | OPEN_DIRECTORY, 0, 0), Err(Errno::Invalid));
        let file = tree.open("file", 0, FD_READ, 0).unwrap();
        assert_eq!(tree.open_from(file, 0, "x", 0, 0, 0), Err(Errno::NotDirectory));
        assert_eq!(tree.open_from(99, 0, "x", 0, 0, 0), Err(Errno::BadDescriptor));
        // All rights of the directory itself, and any flags, open it again.
        assert!(tree.open(".", 0, rights::DIRECTORY, 4).is_ok());
        // A pointer that is no good leaves no file behind.
        let [path, len] = tree.at(2048, b"new");
        let args = [3, 0, path, len, OPEN_CREATE.into(), 0, 0, 0, i64::from(SIZE) - 3];
        assert_eq!(tree.guest.call("path_open", &args), Errno::Fault);
        assert_eq!(tree.stat("new", 0), Err(Errno::NotFound));
        assert_eq!(tree.guest.call("path_create_directory", &[3, i64::from(SIZE) - 1, 2]), Errno::Fault);
    });
}

#[test]
fn names_are_removed_by_what_they_are() {
    on_both(|tree| {
        filled(tree);
        assert_eq!(tree.path("path_unlink_file", "dir"), Err(Errno::IsDirectory));
        assert_eq!(tree.path("path_remove_directory", "file"), Err(Errno::NotDirectory));
        assert_eq!(tree.path("path_remove_directory", "to-dir"), Err(Errno::NotDirectory));
        assert_eq!(tree.path("path_remove_directory", "dir"), Err(Errno::NotEmpty));
        assert_eq!(tree.path("path_unlink_file", "none"), Err(Errno::NotFound));
        assert_eq!(tree.path("path_remove_directory", "none"), Err(Errno::NotFound));
        assert_eq!(tree.path("path_create_directory", "dir"), Err(Errno::Exists));
        assert_eq!(tree.path("path_create_directory", "file"), Err(Errno::Exists));
        assert_eq!(tree.path("path_create_directory", "to-dir"), Err(Errno::Exists));
        assert_eq!(tree.path("path_create_directory", "none/x"), Err(Errno::NotFound));
        for link in ["to-dir", "to-file", "file", "dir/inner"] {
            tree.path("path_unlink_file", link).unwrap();
        }
        // A directory that is open may be removed: nothing can be created in it any more.
        let dir = tree.open("dir", OPEN_DIRECTORY, 0, 0).unwrap();
        tree.path("path_remove_directory", "dir").unwrap();
        assert_eq!(tree.open_from(dir, 0, "x", OPEN_CREATE, FD_WRITE, 0), Err(Errno::NotFound));
        assert_eq!(tree.list(3).len(), 2);
    });
}

#[test]
fn renaming_replaces_what_is_alike() {
    on_both(|tree| {
        filled(tree);
        tree.create_file("other", b"2");
        tree.rename("file", "other").unwrap();
        assert_eq!((tree.stat("file", 0), tree.content("other")), (Err(Errno::NotFound), b"text".to_vec()));
        assert_eq!(tree.rename("other", "dir"), Err(Errno::IsDirectory));
        assert_eq!(tree.rename("dir", "other"), Err(Errno::NotDirectory));
        assert_eq!(tree.rename("none", "new"), Err(Errno::NotFound));
        assert_eq!(tree.rename("dir", "dir/inner2"), Err(Errno::Invalid), "into itself");
        tree.path("path_create_directory", "empty").unwrap();
        assert_eq!(tree.rename("empty", "dir"), Err(Errno::NotEmpty));
        tree.rename("dir", "empty").unwrap();
        assert_eq!(tree.content("empty/inner"), b"inside");
        tree.rename("other", "empty/moved").unwrap();
        assert_eq!(tree.content("empty/moved"), b"text");
        tree.rename("empty/moved", "empty/moved").unwrap();
        tree.rename("to-dir", "link").unwrap();
        assert_eq!(tree.read_link("link", 9).unwrap(), b"dir");
    });
}

#[test]
fn a_file_can_have_two_names() {
    on_both(|tree| {
        filled(tree);
        tree.link("file", "dir/second", 0).unwrap();
        tree.stat("file", 0).unwrap();
        assert_eq!(tree.guest.u64(OUT + 24), 2);
        let inode = tree.guest.u64(OUT + 8);
        tree.stat("dir/second", 0).unwrap();
        assert_eq!(tree.guest.u64(OUT + 8), inode);
        tree.rename("file", "dir/second").unwrap();
        tree.stat("file", 0).expect("two names of one file stay");
        tree.path("path_unlink_file", "file").unwrap();
        assert_eq!(tree.content("dir/second"), b"text");
        assert_eq!(tree.link("dir", "new", 0), Err(Errno::NotPermitted));
        assert_eq!(tree.link("dir/second", "dir", 0), Err(Errno::Exists));
        assert_eq!(tree.link("dir/second", "to-file", 0), Err(Errno::Exists));
        assert_eq!(tree.link("none", "new", 0), Err(Errno::NotFound));
        assert_eq!(tree.link("to-file", "new", 1), Err(Errno::Invalid), "links are not followed here");
        tree.link("to-file", "new", 0).unwrap();
        assert_eq!(kind(tree, "new", 0), Ok(FileType::SymbolicLink));
    });
}
