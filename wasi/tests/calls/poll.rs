//! Waiting.

use std::time::{Duration, Instant};

use raddle_runtime_api::Tried;
use raddle_wasi::{
    Input, Wasi,
    abi::{Errno, flags::OPEN_CREATE, imports, rights},
};

use crate::{
    guest::{Guest, OUT, SIZE},
    tree::on_both,
};

/// Where subscriptions are, and where events go.
const SUBSCRIPTIONS: u32 = 32_768;
const EVENTS: u32 = 49_152;

/// What a subscription is to: a clock with its time-out and flags, or a descriptor.
#[derive(Clone, Copy)]
enum To {
    Clock(u32, u64, u16),
    Read(u32),
    Write(u32),
    Other(u8),
}

/// An event: userdata, errno, kind, bytes, flags.
type Event = (u64, u16, u8, u64, u16);

fn put(guest: &Guest, subscriptions: &[To]) -> [i64; 4] {
    for (index, to) in subscriptions.iter().enumerate() {
        // What is not a field of it is nobody's business.
        let mut bytes = [0xee; 48];
        bytes[..8].copy_from_slice(&userdata(index).to_le_bytes());
        let (kind, id) = match *to {
            To::Clock(id, timeout, flags) => {
                bytes[24..32].copy_from_slice(&timeout.to_le_bytes());
                bytes[40..42].copy_from_slice(&flags.to_le_bytes());
                (0, id)
            }
            To::Read(fd) => (1, fd),
            To::Write(fd) => (2, fd),
            To::Other(kind) => (kind, 0),
        };
        bytes[8] = kind;
        bytes[16..20].copy_from_slice(&id.to_le_bytes());
        guest.put(SUBSCRIPTIONS + index as u32 * 48, &bytes);
    }
    [SUBSCRIPTIONS.into(), EVENTS.into(), subscriptions.len() as i64, OUT.into()]
}

fn userdata(index: usize) -> u64 {
    u64::MAX - index as u64
}

fn events(guest: &Guest) -> Vec<Event> {
    let event = |index| {
        let at = EVENTS + index * 32;
        assert_eq!(guest.bytes(at + 11, 5), [0; 5], "padding");
        let kind = guest.bytes(at + 10, 1)[0];
        (guest.u64(at), guest.u16(at + 8), kind, guest.u64(at + 16), guest.u16(at + 24))
    };
    (0..guest.u32(OUT)).map(event).collect()
}

fn poll(guest: &Guest, subscriptions: &[To]) -> Result<Vec<Event>, Errno> {
    let errno = guest.call("poll_oneoff", &put(guest, subscriptions));
    if errno == Errno::Success { Ok(events(guest)) } else { Err(errno) }
}

fn guest() -> Guest {
    Guest::new(Wasi::new().stdin(Input::bytes("abc")))
}

const OK: u16 = 0;
const BADF: u16 = Errno::BadDescriptor as u16;

#[test]
fn nothing_to_wait_for_is_invalid() {
    let guest = guest();
    assert_eq!(poll(&guest, &[]), Err(Errno::Invalid));
    assert_eq!(poll(&guest, &[To::Other(3)]), Err(Errno::Invalid));
    let [subscriptions, events, ..] = put(&guest, &[To::Read(0)]);
    let end = i64::from(SIZE);
    for args in [
        [end - 47, events, 1, OUT.into()],
        [subscriptions, end - 31, 1, OUT.into()],
        [subscriptions, events, 1, end - 3],
    ] {
        assert_eq!(guest.call("poll_oneoff", &args), Errno::Fault);
    }
    assert_eq!(guest.call("poll_oneoff", &[subscriptions, events, -1, OUT.into()]), Errno::Invalid);
}

#[test]
fn a_relative_time_lasts_as_long_as_it_says() {
    let guest = guest();
    for clock in [0, 1] {
        let begin = Instant::now();
        let args = put(&guest, &[To::Clock(clock, 20_000_000, 0)]);
        assert_eq!(guest.call("poll_oneoff", &args), Errno::Success);
        assert!(begin.elapsed() >= Duration::from_millis(20));
        assert_eq!(events(&guest), [(userdata(0), OK, 0, 0, 0)]);
        assert_eq!(poll(&guest, &[To::Clock(clock, 0, 0)]), Ok(vec![(userdata(0), OK, 0, 0, 0)]));
        let interests = guest.waits("poll_oneoff", &put(&guest, &[To::Clock(clock, u64::MAX, 0)]));
        assert!(interests.after.is_some_and(|after| after > u64::MAX / 2));
        // A time that has passed.
        assert_eq!(poll(&guest, &[To::Clock(clock, 1, 1)]), Ok(vec![(userdata(0), OK, 0, 0, 0)]));
        let interests = guest.waits("poll_oneoff", &put(&guest, &[To::Clock(clock, u64::MAX, 1)]));
        assert!(interests.after.is_some_and(|after| after > u64::MAX / 2));
    }
    // The time counts from the first attempt on.
    let args = put(&guest, &[To::Clock(1, 1_000_000_000_000, 0)]);
    let calls = guest.state.calls(&guest.memory);
    let import = imports::find(imports::POLL_ONEOFF).unwrap();
    let after = || match calls.call_import(import, &args) {
        Tried::NotYet(interests) => interests.after.unwrap(),
        Tried::Done(errno) => panic!("{errno}"),
    };
    assert!(after() > after());
}

#[test]
fn the_clocks_number_is_looked_at_on_both_ways() {
    let guest = guest();
    for flags in [0, 1] {
        for (clock, errno) in [(2, Errno::NotSupported), (3, Errno::NotSupported), (4, Errno::Invalid)] {
            let found = poll(&guest, &[To::Clock(clock, 5, flags)]).unwrap();
            assert_eq!(found, [(userdata(0), errno as u16, 0, 0, 0)]);
        }
    }
}

#[test]
fn what_is_ready_keeps_times_that_have_not_come_silent() {
    let guest = guest();
    let hour = To::Clock(1, 3_600_000_000_000, 0);
    let found = poll(&guest, &[hour, To::Read(0), To::Write(1), To::Read(0)]).unwrap();
    // Two that are equal have an event each.
    assert_eq!(found, [(userdata(1), OK, 1, 3, 0), (userdata(2), OK, 2, 0, 0), (userdata(3), OK, 1, 3, 0)]);
    assert_eq!(guest.read(0, 9).unwrap(), b"abc");
    assert_eq!(poll(&guest, &[hour, To::Read(0)]).unwrap(), [(userdata(1), OK, 1, 0, 1)], "the end");
}

#[test]
fn a_bad_descriptor_is_an_event() {
    let guest = guest();
    let found = poll(&guest, &[To::Read(99), To::Write(0), To::Read(1)]).unwrap();
    assert_eq!(found, [(userdata(0), BADF, 1, 0, 0), (userdata(1), BADF, 2, 0, 0), (userdata(2), BADF, 1, 0, 0)]);
}

#[test]
fn files_are_always_ready() {
    on_both(|tree| {
        let fd = tree.open("f", OPEN_CREATE, rights::FILE, 0).unwrap();
        tree.guest.write(fd, b"0123456789").unwrap();
        tree.guest.ok("fd_seek", &[fd.into(), 4, 0, OUT.into()]);
        let found = poll(&tree.guest, &[To::Read(fd), To::Write(fd)]).unwrap();
        assert_eq!((found[0], found.len()), ((userdata(0), OK, 1, 6, 0), 2));
    });
}

#[cfg(unix)]
mod on_pipes {
    use std::{
        fs::File,
        io::{Write as _, pipe},
        thread,
    };

    use super::*;
    use crate::tree::on_host;

    /// A FIFO is a pipe that a test can have a guest open.
    #[test]
    fn a_pipe_is_waited_for_and_tells_how_much_it_has() {
        let tree = on_host(false);
        let path = tree.around.as_ref().unwrap().path().join("inside/fifo");
        rustix::fs::mknodat(rustix::fs::CWD, &path, rustix::fs::FileType::Fifo, rustix::fs::Mode::RWXU, 0).unwrap();
        // It is opened without waiting for a writer.
        let fd = tree.open("fifo", 0, rights::FD_READ, 0).unwrap();
        let mut writer = File::options().write(true).open(&path).unwrap();
        let guest = &tree.guest;
        assert_eq!(guest.waits("poll_oneoff", &put(guest, &[To::Read(fd)])).sources.len(), 1);
        let both = guest.waits("poll_oneoff", &put(guest, &[To::Read(fd), To::Clock(1, 1_000_000_000, 0)]));
        assert!(both.sources.len() == 1 && both.after.is_some());
        writer.write_all(b"12345").unwrap();
        assert_eq!(poll(guest, &[To::Read(fd)]).unwrap(), [(userdata(0), OK, 1, 5, 0)]);
        drop(writer);
        assert_eq!(poll(guest, &[To::Read(fd)]).unwrap(), [(userdata(0), OK, 1, 5, 0)], "first what is left");
        assert_eq!(guest.read(fd, 9).unwrap(), b"12345");
        assert_eq!(poll(guest, &[To::Read(fd)]).unwrap(), [(userdata(0), OK, 1, 0, 1)]);
        assert_eq!(guest.read(fd, 9).unwrap(), b"");
        assert_eq!(guest.call("fd_seek", &[fd.into(), 0, 0, OUT.into()]), Errno::Pipe);
    }

    #[test]
    fn a_thread_that_reads_keeps_what_another_closes() {
        let tree = on_host(false);
        let path = tree.around.as_ref().unwrap().path().join("inside/fifo");
        rustix::fs::mknodat(rustix::fs::CWD, &path, rustix::fs::FileType::Fifo, rustix::fs::Mode::RWXU, 0).unwrap();
        let fd = tree.open("fifo", 0, rights::FD_READ, 0).unwrap();
        let mut writer = File::options().write(true).open(&path).unwrap();
        let guest = &tree.guest;
        let [iovs, count] = guest.vectors(&[(SUBSCRIPTIONS, 9)]);
        let args = [fd.into(), iovs, count, OUT.into()];
        let calls = guest.state.calls(&guest.memory);
        let read = || calls.call_import(imports::find(imports::FD_READ).unwrap(), &args);
        assert!(matches!(read(), Tried::NotYet(_)));
        thread::scope(|scope| scope.spawn(|| guest.ok("fd_close", &[fd.into()])).join().unwrap());
        writer.write_all(b"late").unwrap();
        assert!(matches!(read(), Tried::Done(Errno::Success)));
        assert_eq!(guest.bytes(SUBSCRIPTIONS, guest.u32(OUT)), b"late");
        assert_eq!(guest.call("fd_read", &args), Errno::BadDescriptor);
        // That was the last to use it.
        drop(calls);
        rustix::fs::fcntl_setfl(&writer, rustix::fs::OFlags::NONBLOCK).unwrap();
        assert_eq!(writer.write(b"x").unwrap_err().kind(), std::io::ErrorKind::BrokenPipe);
    }

    /// Whoever was given the same open file keeps it as it was.
    #[test]
    fn an_inherited_pipe_keeps_its_flags() {
        let (read, _write) = pipe().unwrap();
        let before = rustix::fs::fcntl_getfl(&read).unwrap();
        let input = raddle_wasi::Input::inherit_fd(&read);
        let guest = Guest::new(Wasi::new().stdin(input));
        let [iovs, count] = guest.vectors(&[(SUBSCRIPTIONS, 9)]);
        guest.waits("fd_read", &[0, iovs, count, OUT.into()]);
        assert_eq!(rustix::fs::fcntl_getfl(&read).unwrap(), before);
    }
}
