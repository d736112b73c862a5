//! What all descriptors have.

use raddle_wasi::{
    Wasi,
    abi::{Errno, FileType, flags, rights},
};

use crate::guest::{Guest, OUT, OUTPUT, SIZE};

fn guest() -> Guest {
    Guest::new(Wasi::new().file("/a/f", "text").unwrap().file("/b/f", "").unwrap())
}

#[test]
fn preopened_directories_follow_the_streams_without_a_gap() {
    let guest = guest();
    for (fd, name) in [(3, b"/a"), (4, b"/b")] {
        guest.ok("fd_prestat_get", &[fd, OUT.into()]);
        assert_eq!((guest.u32(OUT), guest.u32(OUT + 4)), (0, 2));
        assert_eq!(guest.call("fd_prestat_dir_name", &[fd, OUTPUT.into(), 1]), Errno::NameTooLong);
        guest.ok("fd_prestat_dir_name", &[fd, OUTPUT.into(), 9]);
        assert_eq!(guest.bytes(OUTPUT, 3), [name[0], name[1], 0]);
    }
    // Anything else would end libc.
    assert_eq!(guest.call("fd_prestat_get", &[5, OUT.into()]), Errno::BadDescriptor);
    assert_eq!(guest.call("fd_prestat_get", &[0, OUT.into()]), Errno::BadDescriptor);
    let nothing = Guest::new(Wasi::new());
    assert_eq!(nothing.call("fd_prestat_get", &[3, OUT.into()]), Errno::BadDescriptor);
}

#[test]
fn kinds_and_rights_are_what_libc_looks_at() {
    let guest = guest();
    let stat = |fd| {
        guest.put(OUT, &[0xee; 24]);
        guest.ok("fd_fdstat_get", &[fd, OUT.into()]);
        assert_eq!((guest.bytes(OUT + 1, 1), guest.bytes(OUT + 4, 4)), (vec![0], vec![0; 4]), "padding");
        (guest.bytes(OUT, 1)[0], guest.u16(OUT + 2), guest.u64(OUT + 8), guest.u64(OUT + 16))
    };
    let (kind, flags, base, inheriting) = stat(3);
    assert_eq!((kind, flags), (FileType::Directory as u8, 0));
    assert_eq!((base, inheriting), (rights::DIRECTORY, rights::INHERITING));
    let (_, _, base, _) = stat(0);
    assert_eq!(base & (rights::FD_READ | rights::FD_WRITE | rights::FD_SEEK | rights::FD_TELL), rights::FD_READ);
    let (_, _, base, _) = stat(1);
    assert_eq!(base & (rights::FD_READ | rights::FD_WRITE | rights::FD_SEEK | rights::FD_TELL), rights::FD_WRITE);
    assert_eq!(guest.call("fd_fdstat_get", &[3, i64::from(SIZE) - 23]), Errno::Fault);
}

#[test]
fn rights_can_only_be_given_up() {
    let guest = guest();
    let fewer = rights::DIRECTORY & !rights::PATH_OPEN;
    guest.ok("fd_fdstat_set_rights", &[3, fewer.cast_signed(), 0]);
    let set = |base: u64| guest.call("fd_fdstat_set_rights", &[3, base.cast_signed(), 0]);
    assert_eq!(set(rights::DIRECTORY), Errno::NotCapable);
    guest.ok("fd_fdstat_get", &[3, OUT.into()]);
    assert_eq!((guest.u64(OUT + 8), guest.u64(OUT + 16)), (fewer, 0));
}

#[test]
fn any_descriptor_may_be_closed_and_renumbered() {
    let guest = guest();
    guest.ok("fd_renumber", &[4, 0]);
    guest.ok("fd_prestat_get", &[0, OUT.into()]);
    assert_eq!(guest.call("fd_renumber", &[4, 0]), Errno::BadDescriptor);
    assert_eq!(guest.call("fd_renumber", &[0, 4]), Errno::BadDescriptor);
    guest.ok("fd_renumber", &[3, 3]);
    guest.ok("fd_close", &[3]);
    assert_eq!(guest.call("fd_close", &[3]), Errno::BadDescriptor);
    assert_eq!(guest.call("fd_prestat_get", &[3, OUT.into()]), Errno::BadDescriptor);
    assert_eq!(guest.call("fd_close", &[-1]), Errno::BadDescriptor);
}

#[test]
fn flags_are_kept_and_unknown_ones_refused() {
    let guest = guest();
    guest.ok("fd_fdstat_set_flags", &[1, flags::FD_ALL.into()]);
    guest.ok("fd_fdstat_get", &[1, OUT.into()]);
    assert_eq!(u32::from(guest.u16(OUT + 2)), flags::FD_ALL);
    assert_eq!(guest.call("fd_fdstat_set_flags", &[1, 32]), Errno::Invalid);
    assert_eq!(guest.call("proc_raise", &[1]), Errno::NotSupported);
    guest.ok("sched_yield", &[]);
}

#[test]
fn a_program_has_so_many_descriptors_and_no_more() {
    let guest = Guest::new(Wasi::new().file("f", "").unwrap().max_descriptors(6));
    let open = || guest.call("path_open", &[3, 0, OUTPUT.into(), 1, 0, 0, 0, 0, OUT.into()]);
    guest.put(OUTPUT, b"f");
    assert_eq!([open(), open(), open()], [Errno::Success, Errno::Success, Errno::TooManyOpen]);
    guest.ok("fd_close", &[4]);
    assert_eq!(open(), Errno::Success);
    assert_eq!(guest.u32(OUT), 4, "the lowest free number");
}
