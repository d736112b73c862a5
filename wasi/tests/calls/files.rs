//! Files: on files in memory and on a host's directory.

use raddle_wasi::abi::{
    Errno, FileType,
    flags::{
        FD_APPEND, FD_SYNC, OPEN_CREATE, OPEN_TRUNCATE, SEEK_CUR, SEEK_END, SEEK_SET, SET_ATIM, SET_ATIM_NOW, SET_MTIM,
        SET_MTIM_NOW,
    },
    rights::{self, FD_READ, FD_WRITE},
};

use crate::{
    guest::{INPUT, OUT, OUTPUT, SIZE},
    tree::{Tree, on_both},
};

/// A new file for reading and writing.
fn create(tree: &Tree, name: &str) -> u32 {
    tree.open(name, OPEN_CREATE | OPEN_TRUNCATE, rights::FILE, 0).unwrap()
}

fn seek(tree: &Tree, fd: u32, offset: i64, whence: u32) -> Result<u64, Errno> {
    match tree.guest.call("fd_seek", &[fd.into(), offset, whence.into(), OUT.into()]) {
        Errno::Success => Ok(tree.guest.u64(OUT)),
        errno => Err(errno),
    }
}

fn tell(tree: &Tree, fd: u32) -> u64 {
    tree.guest.ok("fd_tell", &[fd.into(), OUT.into()]);
    tree.guest.u64(OUT)
}

#[test]
fn a_cursor_moves_with_reads_and_writes_and_not_before_the_beginning() {
    on_both(|tree| {
        let fd = create(tree, "f");
        assert_eq!(tree.guest.write(fd, b"0123456789"), Ok(10));
        assert_eq!(tell(tree, fd), 10);
        assert_eq!(seek(tree, fd, -4, SEEK_CUR), Ok(6));
        assert_eq!(tree.guest.read(fd, 100).unwrap(), b"6789");
        assert_eq!(tree.guest.read(fd, 100).unwrap(), b"");
        assert_eq!(seek(tree, fd, -10, SEEK_END), Ok(0));
        assert_eq!(seek(tree, fd, -1, SEEK_SET), Err(Errno::Invalid));
        assert_eq!(seek(tree, fd, -1, SEEK_CUR), Err(Errno::Invalid));
        assert_eq!(seek(tree, fd, i64::MIN, SEEK_END), Err(Errno::Invalid));
        assert_eq!(seek(tree, fd, 0, 3), Err(Errno::Invalid));
        assert_eq!(tell(tree, fd), 0);
        // Beyond the end nothing is read, and what is written leaves a gap of zeros.
        assert_eq!(seek(tree, fd, 12, SEEK_SET), Ok(12));
        assert_eq!(tree.guest.read(fd, 5).unwrap(), b"");
        assert_eq!(tree.guest.write(fd, b"x"), Ok(1));
        assert_eq!(seek(tree, fd, 9, SEEK_SET), Ok(9));
        assert_eq!(tree.guest.read(fd, 9).unwrap(), b"9\0\0x");
        assert_eq!(seek(tree, fd, i64::MAX, SEEK_SET), Ok(i64::MAX as u64));
        assert_eq!(seek(tree, fd, 1, SEEK_CUR), Err(Errno::Invalid));
    });
}

#[test]
fn calls_with_an_offset_leave_the_cursor() {
    on_both(|tree| {
        let fd = create(tree, "f");
        let guest = &tree.guest;
        assert_eq!(guest.write(fd, b"01234"), Ok(5));
        guest.put(INPUT, b"ab");
        let [iovs, count] = guest.vectors(&[(INPUT, 1), (INPUT + 1, 1)]);
        guest.ok("fd_pwrite", &[fd.into(), iovs, count, 1, OUT.into()]);
        assert_eq!((guest.u32(OUT), tell(tree, fd)), (2, 5));
        let [iovs, count] = guest.vectors(&[(OUTPUT, 0), (OUTPUT, 2), (OUTPUT + 100, 9)]);
        guest.ok("fd_pread", &[fd.into(), iovs, count, 0, OUT.into()]);
        assert_eq!((guest.u32(OUT), tell(tree, fd)), (5, 5));
        assert_eq!((guest.bytes(OUTPUT, 3), guest.bytes(OUTPUT + 100, 4)), (b"0a\0".into(), b"b34\0".into()));
        assert_eq!(guest.call("fd_pread", &[fd.into(), iovs, count, -1, OUT.into()]), Errno::Invalid);
        assert_eq!(guest.call("fd_pread", &[1, iovs, count, 0, OUT.into()]), Errno::BadDescriptor);
        assert_eq!(guest.call("fd_pwrite", &[1, iovs, count, 0, OUT.into()]), Errno::Pipe);
    });
}

#[test]
fn appending_goes_to_the_end_of_the_moment() {
    on_both(|tree| {
        let first = create(tree, "f");
        let second = tree.open("f", 0, FD_READ | FD_WRITE, FD_APPEND).unwrap();
        let guest = &tree.guest;
        assert_eq!((guest.write(first, b"aa"), guest.write(second, b"b")), (Ok(2), Ok(1)));
        assert_eq!(tell(tree, second), 3);
        assert_eq!((guest.write(first, b"cc"), guest.write(second, b"d")), (Ok(2), Ok(1)));
        assert_eq!(tell(tree, second), 5);
        assert_eq!(tree.content("f"), b"aaccd");
        // With an offset the bytes go there, and the cursor stays.
        guest.put(INPUT, b"X");
        let [iovs, count] = guest.vectors(&[(INPUT, 1)]);
        guest.ok("fd_pwrite", &[second.into(), iovs, count, 0, OUT.into()]);
        assert_eq!((tell(tree, second), tree.content("f")), (5, b"Xaccd".to_vec()));
        // The flag can be given up.
        guest.ok("fd_fdstat_set_flags", &[second.into(), FD_SYNC.into()]);
        assert_eq!(seek(tree, second, 1, SEEK_SET), Ok(1));
        assert_eq!(guest.write(second, b"Y"), Ok(1));
        assert_eq!(tree.content("f"), b"XYccd");
    });
}

#[test]
fn a_file_becomes_longer_and_shorter() {
    on_both(|tree| {
        let fd = create(tree, "f");
        let guest = &tree.guest;
        guest.write(fd, b"0123").unwrap();
        guest.ok("fd_filestat_set_size", &[fd.into(), 2]);
        assert_eq!(tree.content("f"), b"01");
        guest.ok("fd_filestat_set_size", &[fd.into(), 4]);
        assert_eq!(tree.content("f"), b"01\0\0");
        // To allocate only grows.
        guest.ok("fd_allocate", &[fd.into(), 1, 1]);
        assert_eq!(tree.content("f").len(), 4);
        guest.ok("fd_allocate", &[fd.into(), 2, 4]);
        assert_eq!(tree.content("f").len(), 6);
        assert_eq!(guest.call("fd_allocate", &[fd.into(), 0, 0]), Errno::Invalid);
        assert_eq!(guest.call("fd_allocate", &[fd.into(), -1, 2]), Errno::FileTooBig);
        assert_eq!(guest.call("fd_filestat_set_size", &[fd.into(), -1]), Errno::FileTooBig);
        for name in ["fd_sync", "fd_datasync"] {
            guest.ok(name, &[fd.into()]);
        }
        guest.ok("fd_advise", &[fd.into(), 0, 0, 5]);
        assert_eq!(guest.call("fd_advise", &[fd.into(), 0, 0, 6]), Errno::Invalid);
        assert_eq!(guest.call("fd_advise", &[1, 0, 0, 0]), Errno::Pipe);
    });
}

#[test]
fn what_a_file_is_not_open_for_is_refused() {
    on_both(|tree| {
        create(tree, "f");
        let reading = tree.open("f", 0, FD_READ, 0).unwrap();
        let writing = tree.open("f", 0, FD_WRITE, 0).unwrap();
        let guest = &tree.guest;
        assert_eq!(guest.write(reading, b"a"), Err(Errno::BadDescriptor));
        assert_eq!(guest.read(writing, 1), Err(Errno::BadDescriptor));
        assert_eq!(guest.call("fd_filestat_set_size", &[reading.into(), 0]), Errno::BadDescriptor);
        assert_eq!(guest.write(writing, b"a"), Ok(1));
        assert_eq!(guest.read(reading, 2).unwrap(), b"a");
        // Rights that a file has no use for are left out, and so are those without which it was not opened for writing.
        let all = tree.open("f", 0, !FD_WRITE, 0).unwrap();
        guest.ok("fd_fdstat_get", &[all.into(), OUT.into()]);
        assert_eq!(guest.u64(OUT + 8), rights::FILE & !(FD_WRITE | rights::FD_ALLOCATE | rights::FD_FILESTAT_SET_SIZE));
    });
}

#[test]
fn a_file_is_truncated_whatever_its_own_rights_say() {
    on_both(|tree| {
        tree.create_file("f", b"text");
        let fd = tree.open("f", OPEN_TRUNCATE, 0, 0).unwrap();
        assert_eq!(tree.content("f"), b"");
        assert_eq!(tree.guest.write(fd, b"a"), Err(Errno::BadDescriptor));
        // Only its directory's count.
        let fewer = rights::DIRECTORY & !rights::PATH_FILESTAT_SET_SIZE;
        let set = [3, fewer.cast_signed(), rights::INHERITING.cast_signed()];
        tree.guest.ok("fd_fdstat_set_rights", &set);
        assert_eq!(tree.open("f", OPEN_TRUNCATE, 0, 0), Err(Errno::NotCapable));
    });
}

#[test]
fn times_are_set_in_nanoseconds_and_one_way_at_a_time() {
    on_both(|tree| {
        let fd = create(tree, "f");
        let guest = &tree.guest;
        let stat = || {
            guest.ok("fd_filestat_get", &[fd.into(), OUT.into()]);
            (guest.u64(OUT + 40), guest.u64(OUT + 48))
        };
        let set = |atim: i64, mtim: i64, flags: u32| {
            guest.call("fd_filestat_set_times", &[fd.into(), atim, mtim, flags.into()])
        };
        let (atim, mtim) = (1_000_000_001, 1_700_000_000_123_456_789);
        assert_eq!(set(atim, mtim, SET_ATIM | SET_MTIM), Errno::Success);
        assert_eq!(stat(), (atim as u64, mtim as u64));
        assert_eq!(set(5, 7, SET_MTIM), Errno::Success);
        assert_eq!(stat(), (atim as u64, 7));
        assert_eq!(set(0, 0, SET_ATIM_NOW), Errno::Success);
        assert!(stat().0 > mtim as u64 && stat().1 == 7);
        for flags in [SET_MTIM | SET_MTIM_NOW, SET_ATIM | SET_ATIM_NOW, 16] {
            assert_eq!(set(1, 1, flags), Errno::Invalid);
        }
        assert_eq!(stat().1, 7);
    });
}

#[test]
fn the_attributes_of_a_file_are_told() {
    on_both(|tree| {
        let fd = create(tree, "f");
        let guest = &tree.guest;
        guest.write(fd, b"abc").unwrap();
        guest.put(OUT, &[0xee; 64]);
        guest.ok("fd_filestat_get", &[fd.into(), OUT.into()]);
        assert_eq!(guest.bytes(OUT + 16, 8), [FileType::RegularFile as u8, 0, 0, 0, 0, 0, 0, 0], "padding");
        assert_eq!((guest.u64(OUT + 24), guest.u64(OUT + 32)), (1, 3));
        let inode = guest.u64(OUT + 8);
        assert!(inode > 0 && guest.u64(OUT + 48) > 1_000_000_000_000_000_000);
        assert_eq!(guest.call("fd_filestat_get", &[fd.into(), i64::from(SIZE) - 63]), Errno::Fault);
        tree.stat("f", 0).unwrap();
        assert_eq!(guest.u64(OUT + 8), inode);
    });
}

#[test]
fn a_file_that_lost_its_name_can_be_used() {
    on_both(|tree| {
        let fd = create(tree, "f");
        tree.path("path_unlink_file", "f").unwrap();
        assert_eq!(tree.guest.write(fd, b"abc"), Ok(3));
        assert_eq!(seek(tree, fd, 0, SEEK_SET), Ok(0));
        assert_eq!(tree.guest.read(fd, 9).unwrap(), b"abc");
        tree.guest.ok("fd_filestat_get", &[fd.into(), OUT.into()]);
        assert_eq!(tree.guest.u64(OUT + 24), 0, "names");
    });
}

#[test]
fn a_directory_is_no_file() {
    on_both(|tree| {
        tree.path("path_create_directory", "d").unwrap();
        let fd = i64::from(tree.open("d", 0, !FD_WRITE, 0).unwrap());
        let guest = &tree.guest;
        let [iovs, count] = guest.vectors(&[(OUTPUT, 1)]);
        let out = i64::from(OUT);
        let calls: [(&str, &[i64]); 8] = [
            ("fd_read", &[fd, iovs, count, out]),
            ("fd_write", &[fd, iovs, count, out]),
            ("fd_pread", &[fd, iovs, count, 0, out]),
            ("fd_pwrite", &[fd, iovs, count, 0, out]),
            ("fd_seek", &[fd, 0, 0, out]),
            ("fd_tell", &[fd, out]),
            ("fd_allocate", &[fd, 0, 1]),
            ("fd_filestat_set_size", &[fd, 0]),
        ];
        for (name, args) in calls {
            assert_eq!(guest.call(name, args), Errno::BadDescriptor, "{name}");
        }
        guest.ok("fd_sync", &[fd]);
        guest.ok("fd_filestat_get", &[fd, out]);
        assert_eq!(guest.bytes(OUT + 16, 1), [FileType::Directory as u8]);
        guest.ok("fd_filestat_set_times", &[fd, 0, 77, SET_MTIM.into()]);
        guest.ok("fd_filestat_get", &[fd, out]);
        assert_eq!(guest.u64(OUT + 48), 77);
    });
}

#[test]
fn much_is_transferred_in_one_call() {
    on_both(|tree| {
        let fd = create(tree, "f");
        let guest = &tree.guest;
        // More than a piece, in buffers that end in the middle of it.
        let len = 350_001_u32;
        let bytes: Vec<u8> = (0..len).map(|number| (number % 251) as u8).collect();
        guest.put(OUTPUT, &bytes);
        let vectors = || guest.vectors(&[(OUTPUT, 1), (OUTPUT + 1, 300_000), (OUTPUT + 300_001, 50_000)]);
        let [iovs, count] = vectors();
        guest.ok("fd_write", &[fd.into(), iovs, count, OUT.into()]);
        assert_eq!((guest.u32(OUT), tree.content("f") == bytes), (len, true));
        guest.put(OUTPUT, &vec![0; len as usize]);
        vectors();
        guest.ok("fd_pread", &[fd.into(), iovs, count, 0, OUT.into()]);
        assert_eq!((guest.u32(OUT), guest.bytes(OUTPUT, len) == bytes), (len, true));
    });
}
