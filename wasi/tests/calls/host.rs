//! What only a host's directory has: what is around it, and permissions.

use std::{
    fs,
    os::unix::fs::{PermissionsExt, symlink},
    sync::atomic::{AtomicBool, Ordering::SeqCst},
    thread,
};

use raddle_wasi::{
    Error, Wasi,
    abi::{
        Errno,
        flags::{OPEN_CREATE, OPEN_DIRECTORY, OPEN_EXCLUSIVE, OPEN_TRUNCATE, SET_MTIM},
        rights::{self, FD_READ, FD_WRITE},
    },
};

use crate::{
    guest::{Guest, OUT},
    tree::{Tree, on_host},
};

fn inside(tree: &Tree) -> std::path::PathBuf {
    tree.around.as_ref().unwrap().path().join("inside")
}

#[test]
fn links_that_others_made_do_not_lead_out() {
    let tree = on_host(false);
    let secret = tree.around.as_ref().unwrap().path().join("secret");
    fs::write(&secret, "secret").unwrap();
    symlink(&secret, inside(&tree).join("absolute")).unwrap();
    symlink("/", inside(&tree).join("root")).unwrap();
    symlink("/proc/self/root", inside(&tree).join("magic")).unwrap();
    symlink("../secret", inside(&tree).join("relative")).unwrap();
    for path in ["absolute", "root/etc", "root", "magic", "magic/etc", "relative", "root/../file"] {
        assert_eq!(tree.open_following(path, 0, FD_READ), Err(Errno::NotPermitted), "{path}");
        assert_eq!(tree.stat(path, 1), Err(Errno::NotPermitted), "{path}");
        assert_eq!(
            tree.open_following(path, OPEN_CREATE | OPEN_TRUNCATE, FD_WRITE),
            Err(Errno::NotPermitted),
            "{path}"
        );
        assert_eq!(tree.set_times(path, 1, 1, SET_MTIM), Err(Errno::NotPermitted), "{path}");
    }
    assert_eq!(fs::read(&secret).unwrap(), b"secret");
}

/// Whatever is renamed while a path is followed, it ends inside or not at all.
#[test]
fn directories_that_move_do_not_lead_out() {
    let tree = on_host(false);
    let (around, root) = (tree.around.as_ref().unwrap().path(), inside(&tree));
    fs::write(around.join("file"), "outside").unwrap();
    fs::create_dir_all(root.join("a/b")).unwrap();
    fs::write(root.join("file"), "inside").unwrap();
    fs::write(root.join("a/file"), "inside").unwrap();
    let over = AtomicBool::new(false);
    thread::scope(|scope| {
        scope.spawn(|| {
            while !over.load(SeqCst) {
                fs::rename(root.join("a/b"), root.join("b")).unwrap();
                fs::rename(root.join("b"), around.join("b")).unwrap();
                fs::rename(around.join("b"), root.join("a/b")).unwrap();
            }
        });
        for _ in 0..2000 {
            for path in ["a/b/../file", "a/b/../../file"] {
                match tree.open(path, 0, FD_READ, 0) {
                    Ok(fd) => {
                        assert_eq!(tree.guest.read(fd, 99).unwrap(), b"inside");
                        tree.guest.ok("fd_close", &[fd.into()]);
                    }
                    Err(errno) => {
                        assert!(matches!(errno, Errno::NotFound | Errno::NotPermitted | Errno::Again), "{errno}")
                    }
                }
            }
        }
        over.store(true, SeqCst);
    });
}

#[test]
fn a_read_only_directory_stays_as_it_is() {
    let tree = on_host(true);
    fs::create_dir(inside(&tree).join("d")).unwrap();
    fs::write(inside(&tree).join("d/f"), "text").unwrap();
    symlink("d/f", inside(&tree).join("l")).unwrap();
    assert_eq!(tree.content("l"), b"text");
    assert_eq!(tree.read_link("l", 9).unwrap(), b"d/f");
    assert_eq!(tree.list(3).len(), 4);
    let dir = tree.open("d", OPEN_DIRECTORY, 0, 0).unwrap();
    let fd = tree.open_from(dir, 0, "f", 0, FD_READ, 0).unwrap();
    let read_only = Err(Errno::ReadOnly);
    assert_eq!(tree.open_from(dir, 0, "f", 0, FD_WRITE, 0), Err(Errno::ReadOnly));
    assert_eq!(tree.open_from(dir, 0, "g", OPEN_CREATE, 0, 0), Err(Errno::ReadOnly));
    assert_eq!(tree.open("d/f", OPEN_TRUNCATE, 0, 0), Err(Errno::ReadOnly));
    assert_eq!(tree.open("d/f", OPEN_CREATE | OPEN_EXCLUSIVE, 0, 0), Err(Errno::Exists));
    assert!(tree.open("d/f", OPEN_CREATE, FD_READ, 0).is_ok(), "it is there");
    assert_eq!(tree.open("d", 0, FD_WRITE, 0), Err(Errno::IsDirectory));
    assert_eq!(tree.path("path_create_directory", "e"), read_only);
    assert_eq!(tree.path("path_remove_directory", "d"), read_only);
    assert_eq!(tree.path("path_unlink_file", "d/f"), read_only);
    assert_eq!(tree.rename("d/f", "g"), read_only);
    assert_eq!(tree.link("d/f", "g", 0), read_only);
    assert_eq!(tree.symlink("d/f", "g"), read_only);
    assert_eq!(tree.set_times("d/f", 0, 1, SET_MTIM), read_only);
    let mut times = vec![fd.into(), 0, 1, SET_MTIM.into()];
    assert_eq!(tree.guest.call("fd_filestat_set_times", &times), Errno::ReadOnly);
    times[0] = dir.into();
    assert_eq!(tree.guest.call("fd_filestat_set_times", &times), Errno::ReadOnly);
    // Libc opens a file with no more rights than its directory hands on: it must get as far as being told why not.
    tree.guest.ok("fd_fdstat_get", &[3, OUT.into()]);
    assert_eq!(tree.guest.u64(OUT + 16) & FD_WRITE, FD_WRITE);
}

#[test]
fn a_file_that_may_only_be_read_is_opened_for_that() {
    let tree = on_host(false);
    let path = inside(&tree).join("f");
    fs::write(&path, "text").unwrap();
    fs::set_permissions(&path, PermissionsExt::from_mode(0o444)).unwrap();
    let fd = tree.open("f", OPEN_CREATE, FD_READ, 0).unwrap();
    assert_eq!(tree.guest.read(fd, 9).unwrap(), b"text");
}

#[test]
fn names_that_are_not_text_are_names() {
    use std::{ffi::OsStr, os::unix::ffi::OsStrExt};
    let tree = on_host(false);
    let name = b"\xff\xfe";
    fs::write(inside(&tree).join(OsStr::from_bytes(name)), "x").unwrap();
    let [path, len] = tree.at(2048, name);
    tree.guest.ok("path_open", &[3, 0, path, len, 0, rights::FD_READ.cast_signed(), 0, 0, OUT.into()]);
    assert_eq!(tree.guest.read(4, 9).unwrap(), b"x");
    tree.guest.ok("fd_readdir", &[3, 65536, 1000, 0, OUT.into()]);
    assert!(tree.guest.bytes(65536, tree.guest.u32(OUT)).ends_with(name));
}

#[test]
fn two_directories_are_one_file_system_unless_they_are_not() {
    let around = tempfile::tempdir().unwrap();
    for name in ["a", "b"] {
        fs::create_dir(around.path().join(name)).unwrap();
    }
    fs::write(around.path().join("a/f"), "text").unwrap();
    let wasi = Wasi::new().file("/m/f", "text").unwrap();
    let wasi = wasi.dir(around.path().join("a"), "/a").unwrap().dir(around.path().join("b"), "/b").unwrap();
    let guest = Guest::new(wasi);
    guest.put(2048, b"f");
    let rename = |from: i64, to: i64| guest.call("path_rename", &[from, 2048, 1, to, 2048, 1]);
    let link = |from: i64, to: i64| guest.call("path_link", &[from, 0, 2048, 1, to, 2048, 1]);
    assert_eq!((rename(3, 4), link(4, 3)), (Errno::CrossDevice, Errno::CrossDevice));
    assert_eq!(rename(4, 5), Errno::Success);
    assert_eq!(fs::read(around.path().join("b/f")).unwrap(), b"text");
}

#[test]
fn directories_need_names_of_their_own_and_to_be_there() {
    let dir = tempfile::tempdir().unwrap();
    let wasi = || Wasi::new().dir(dir.path(), "/a/").unwrap();
    assert!(matches!(wasi().dir(dir.path(), "/a"), Err(Error::TwiceNamed { .. })));
    assert!(matches!(wasi().file("/a/f", ""), Err(Error::TwiceNamed { .. })));
    assert!(matches!(wasi().dir(dir.path(), ""), Err(Error::GuestPath { .. })));
    assert!(matches!(wasi().dir(dir.path(), "a\0"), Err(Error::GuestPath { .. })));
    let error = wasi().dir(dir.path().join("none"), "/b").unwrap_err();
    assert!(matches!(error, Error::Directory { .. }) && error.code() == "WA0003");
    let files = Wasi::new().file("/a/f", "").unwrap().file("/b", "").unwrap().file("c/d", "").unwrap();
    assert!(matches!(files.file("/a/f/g", ""), Err(Error::MemoryFile { .. })));
}

/// What a shell gives a program: `< file`, `>> file`.
#[test]
fn a_redirected_file_is_a_file_whose_cursor_others_share() {
    use std::io::{Read, Seek, Write};
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("f");
    fs::write(&path, "first line\nsecond\n").unwrap();
    let mut input = fs::File::open(&path).unwrap();
    input.read_exact(&mut [0; 6]).unwrap();
    let mut output = fs::File::options().append(true).open(&path).unwrap();
    let wasi = Wasi::new().stdin(raddle_wasi::Input::inherit_fd(&input));
    let guest = Guest::new(wasi.stdout(raddle_wasi::Output::inherit_fd(&output)));
    assert_eq!(guest.read(0, 4).unwrap(), b"line");
    assert_eq!(input.stream_position().unwrap(), 10);
    guest.ok("fd_seek", &[0, -3, 1, OUT.into()]);
    assert_eq!((guest.u64(OUT), input.stream_position().unwrap()), (7, 7));
    assert_eq!(guest.call("fd_seek", &[0, -1, 0, OUT.into()]), Errno::Invalid);
    assert_eq!(guest.write(1, b"third\n"), Ok(6));
    output.write_all(b"fourth\n").unwrap();
    assert_eq!(guest.write(1, b"fifth\n"), Ok(6));
    assert_eq!(fs::read(&path).unwrap(), b"first line\nsecond\nthird\nfourth\nfifth\n");
    guest.ok("fd_fdstat_get", &[0, OUT.into()]);
    assert_eq!((guest.bytes(OUT, 1), guest.u64(OUT + 8)), (vec![4], rights::FILE & !FD_WRITE));
}

/// A full pipe is waited for outside of the call, and its flags are everybody's.
#[test]
fn an_inherited_pipe_is_written_when_there_is_room() {
    use std::io::Read;
    let (mut read, write) = std::io::pipe().unwrap();
    let before = rustix::fs::fcntl_getfl(&write).unwrap();
    let guest = Guest::new(Wasi::new().stdout(raddle_wasi::Output::inherit_fd(&write)));
    let len = 300_000_u32;
    let bytes: Vec<u8> = (0..len).map(|number| (number % 251) as u8).collect();
    guest.put(65536, &bytes);
    let [iovs, count] = guest.vectors(&[(65536, len)]);
    let interests = guest.waits("fd_write", &[1, iovs, count, OUT.into()]);
    assert_eq!(interests.sources.len(), 1);
    let mut piped = vec![0; 65536];
    read.read_exact(&mut piped).unwrap();
    assert_eq!(piped, bytes[..65536]);
    thread::scope(|scope| {
        let reader = scope.spawn(move || {
            let mut all = vec![0; len as usize];
            read.read_exact(&mut all).unwrap();
            all
        });
        guest.ok("fd_write", &[1, iovs, count, OUT.into()]);
        assert_eq!((guest.u32(OUT), reader.join().unwrap() == bytes), (len, true));
    });
    assert_eq!(rustix::fs::fcntl_getfl(&write).unwrap(), before);
    // Nobody reads any more.
    assert_eq!(guest.write(1, b"x"), Err(Errno::BrokenPipe));
}

#[test]
fn a_pipe_that_nobody_reads_is_broken_from_the_start() {
    let (read, write) = std::io::pipe().unwrap();
    drop(read);
    let guest = Guest::new(Wasi::new().stdout(raddle_wasi::Output::inherit_fd(&write)));
    assert_eq!(guest.write(1, b"x"), Err(Errno::BrokenPipe));
}

#[test]
fn an_inherited_socket_keeps_its_flags_and_is_one() {
    use std::io::Write;
    let (mut ours, theirs) = std::os::unix::net::UnixStream::pair().unwrap();
    let before = rustix::fs::fcntl_getfl(&theirs).unwrap();
    let guest = Guest::new(Wasi::new().stdin(raddle_wasi::Input::inherit_fd(&theirs)));
    let [iovs, count] = guest.vectors(&[(65536, 9)]);
    guest.waits("fd_read", &[0, iovs, count, OUT.into()]);
    ours.write_all(b"hello").unwrap();
    assert_eq!(guest.read(0, 9).unwrap(), b"hello");
    assert_eq!(rustix::fs::fcntl_getfl(&theirs).unwrap(), before);
    guest.ok("fd_fdstat_get", &[0, OUT.into()]);
    assert_eq!(guest.bytes(OUT, 1), [6]);
}

/// A device that is not a terminal is not taken for one.
#[test]
fn a_device_is_read_and_written_as_it_is() {
    let zero = fs::File::open("/dev/zero").unwrap();
    let null = fs::File::options().write(true).open("/dev/null").unwrap();
    let wasi = Wasi::new().stdin(raddle_wasi::Input::inherit_fd(&zero));
    let guest = Guest::new(wasi.stdout(raddle_wasi::Output::inherit_fd(&null)));
    assert_eq!(guest.read(0, 5).unwrap(), [0; 5]);
    assert_eq!(guest.write(1, &[1; 100]), Ok(100));
    guest.ok("fd_fdstat_get", &[0, OUT.into()]);
    assert_eq!(guest.bytes(OUT, 1), [0], "not a character device, which is a terminal to a guest");
}
