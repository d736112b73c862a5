//! Connections that come in on a listener of the host's.

use std::{
    io::{Read, Write},
    net::{TcpListener, TcpStream},
};

use raddle_wasi::{
    Wasi,
    abi::{Errno, flags::FD_NONBLOCK, rights},
};

use crate::guest::{Guest, INPUT, OUT, OUTPUT, SIZE};

/// A guest that listens, and who connects to it.
fn connected(flags: u32) -> (Guest, TcpStream) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    let guest = Guest::new(Wasi::new().file("/d/f", "").unwrap().tcp_listen(listener).unwrap());
    let interests = guest.waits("sock_accept", &[4, 0, OUT.into()]);
    assert_eq!(interests.sources.len(), 1);
    let peer = TcpStream::connect(address).unwrap();
    guest.ok("sock_accept", &[4, flags.into(), OUT.into()]);
    assert_eq!(guest.u32(OUT), 5);
    (guest, peer)
}

fn recv(guest: &Guest, len: u32, flags: i64) -> Result<Vec<u8>, Errno> {
    let [iovs, count] = guest.vectors(&[(OUTPUT, len)]);
    guest.put(OUT + 4, &[0xee; 2]);
    let len = guest.done(guest.call("sock_recv", &[5, iovs, count, flags, OUT.into(), i64::from(OUT) + 4]))?;
    assert_eq!(guest.u16(OUT + 4), 0);
    Ok(guest.bytes(OUTPUT, len as u32))
}

#[test]
fn a_connection_is_used_by_both_families_of_calls() {
    let (guest, mut peer) = connected(0);
    guest.ok("fd_fdstat_get", &[5, OUT.into()]);
    assert_eq!((guest.bytes(OUT, 1)[0], guest.u64(OUT + 8)), (6, rights::CONNECTION));
    peer.write_all(b"hello world").unwrap();
    assert_eq!(recv(&guest, 5, 1).unwrap(), b"hello", "a look");
    assert_eq!(recv(&guest, 6, 0).unwrap(), b"hello ");
    assert_eq!(guest.read(5, 99).unwrap(), b"world");
    guest.put(INPUT, b"answer");
    let [iovs, count] = guest.vectors(&[(INPUT, 2), (INPUT + 2, 4)]);
    guest.ok("sock_send", &[5, iovs, count, 0, OUT.into()]);
    assert_eq!(guest.write(5, b"!"), Ok(1));
    guest.ok("sock_shutdown", &[5, 2]);
    let mut text = String::new();
    peer.read_to_string(&mut text).unwrap();
    assert_eq!(text, "answer!");
    assert_eq!(guest.write(5, b"!"), Err(Errno::BrokenPipe));
    drop(peer);
    assert_eq!(recv(&guest, 5, 0).unwrap(), b"");
}

#[test]
fn a_guest_that_asks_for_all_gets_all() {
    let (guest, mut peer) = connected(0);
    peer.write_all(b"abc").unwrap();
    let [iovs, count] = guest.vectors(&[(OUTPUT, 6)]);
    let args = [5, iovs, count, 2, OUT.into(), i64::from(OUT) + 4];
    let calls = guest.state.calls(&guest.memory);
    let import = raddle_wasi::abi::imports::find("sock_recv").unwrap();
    let mut try_it = || match calls.call_import(import, &args) {
        raddle_runtime_api::Tried::Done(errno) => Some(errno),
        raddle_runtime_api::Tried::NotYet(interests) => {
            // There is room for more, so the first half is taken out.
            if guest.bytes(OUTPUT, 3) == b"abc" {
                peer.write_all(b"def").unwrap();
                guest.put(OUTPUT, b"ABC");
            }
            crate::guest::wait(&interests);
            None
        }
    };
    let errno = std::iter::repeat_with(&mut try_it).flatten().next();
    assert_eq!((errno, guest.u32(OUT), guest.bytes(OUTPUT, 6)), (Some(Errno::Success), 6, b"ABCdef".to_vec()));
}

#[test]
fn the_flags_of_an_accept_are_the_new_connections() {
    let (guest, mut peer) = connected(FD_NONBLOCK);
    assert_eq!(recv(&guest, 5, 0), Err(Errno::Again));
    peer.write_all(b"x").unwrap();
    guest.ok("fd_fdstat_set_flags", &[5, 0]);
    assert_eq!(recv(&guest, 5, 0).unwrap(), b"x");
    guest.ok("fd_fdstat_set_flags", &[4, FD_NONBLOCK.into()]);
    assert_eq!(guest.call("sock_accept", &[4, 0, OUT.into()]), Errno::Again);
}

#[test]
fn what_is_not_a_connection_is_told() {
    let (guest, _peer) = connected(0);
    let [iovs, count] = guest.vectors(&[(OUTPUT, 1)]);
    let (out, flags) = (i64::from(OUT), i64::from(OUT) + 4);
    for (fd, errno) in
        [(0, Errno::NotSocket), (3, Errno::NotSocket), (4, Errno::NotConnected), (9, Errno::BadDescriptor)]
    {
        assert_eq!(guest.call("sock_shutdown", &[fd, 1]), errno);
        assert_eq!(guest.call("sock_send", &[fd, iovs, count, 0, out]), errno);
        assert_eq!(guest.call("sock_recv", &[fd, iovs, count, 0, out, flags]), errno);
    }
    for (fd, errno) in [(0, Errno::NotSocket), (3, Errno::NotSocket), (5, Errno::Invalid), (9, Errno::BadDescriptor)] {
        assert_eq!(guest.call("sock_accept", &[fd, 0, out]), errno);
    }
    for how in [0, 4, 7] {
        assert_eq!(guest.call("sock_shutdown", &[5, how]), Errno::Invalid);
    }
    assert_eq!(guest.call("sock_recv", &[5, iovs, count, 4, out, flags]), Errno::Invalid);
    assert_eq!(guest.call("sock_send", &[5, iovs, count, 1, out]), Errno::Invalid);
    assert_eq!(guest.call("sock_accept", &[4, 32, out]), Errno::Invalid);
    assert_eq!(guest.call("sock_accept", &[4, 0, i64::from(SIZE) - 3]), Errno::Fault);
    assert_eq!(guest.call("sock_recv", &[5, iovs, count, 0, out, -1]), Errno::Fault);
    // It is no directory, so a program's search for these ends there.
    assert_eq!(guest.call("fd_prestat_get", &[4, out]), Errno::BadDescriptor);
}
