//! Several threads on one state: every outcome is one that POSIX allows.

use std::{
    collections::BTreeMap,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering::SeqCst},
    },
    thread,
};

use raddle_runtime_api::{GuestMemory, Tried, memory_host::PlainMemory};
use raddle_wasi::{
    State,
    abi::{
        Errno,
        flags::{FD_APPEND, OPEN_CREATE},
        imports,
        rights::FILE,
    },
};

use crate::tree::on_both;

/// A thread with a memory of its own, so that tests see whose bytes are whose.
struct Thread<'a> {
    state: &'a State,
    memory: PlainMemory,
}

impl Thread<'_> {
    fn new(state: &State) -> Thread<'_> {
        Thread { state, memory: PlainMemory::new(1, 1) }
    }

    fn call(&self, name: &str, args: &[i64]) -> Errno {
        match self.state.calls(&self.memory).call_import(imports::find(name).unwrap(), args) {
            Tried::Done(errno) => errno,
            Tried::NotYet(_) => panic!("{name} waits"),
        }
    }

    fn open(&self, path: &str) -> Result<u32, Errno> {
        self.memory.write(512, path.as_bytes()).unwrap();
        match self.call("path_open", &[3, 0, 512, path.len() as i64, 0, FILE.cast_signed(), 0, 0, 16]) {
            Errno::Success => Ok(self.memory.load32(16).unwrap()),
            errno => Err(errno),
        }
    }

    /// Reads or writes so many bytes at 1024.
    fn transfer(&self, name: &str, fd: u32, len: u32) -> Result<u32, Errno> {
        self.memory.store32(64, 1024).unwrap();
        self.memory.store32(68, len).unwrap();
        match self.call(name, &[fd.into(), 64, 1, 16]) {
            Errno::Success => Ok(self.memory.load32(16).unwrap()),
            errno => Err(errno),
        }
    }
}

/// How many records each of four threads writes, and how long one is.
const RECORDS: u32 = 300;
const LEN: u32 = 32;

/// Has four threads write records, each through the descriptor that it is given, and looks for every one of them.
fn write_records(state: &State, descriptor: impl Fn(u8) -> u32 + Sync, content: impl Fn() -> Vec<u8>) {
    thread::scope(|scope| {
        for id in 0..4 {
            let descriptor = &descriptor;
            scope.spawn(move || {
                let (thread, fd) = (Thread::new(state), descriptor(id));
                thread.memory.write(1024, &[b'a' + id; LEN as usize]).unwrap();
                for _ in 0..RECORDS {
                    assert_eq!(thread.transfer("fd_write", fd, LEN), Ok(LEN));
                }
            });
        }
    });
    let content = content();
    let mut counts = BTreeMap::new();
    for record in content.chunks(LEN as usize) {
        assert!(record.iter().all(|&byte| byte == record[0]), "{record:?}");
        *counts.entry(record[0]).or_default() += 1;
    }
    assert_eq!(counts, (b'a'..=b'd').map(|id| (id, RECORDS)).collect());
}

#[test]
fn one_cursor_loses_nothing() {
    on_both(|tree| {
        let fd = tree.open("f", OPEN_CREATE, FILE, 0).unwrap();
        write_records(&tree.guest.state, |_| fd, || tree.content("f"));
    });
}

#[test]
fn four_that_append_lose_nothing() {
    on_both(|tree| {
        let fds: Vec<_> = (0..4).map(|_| tree.open("f", OPEN_CREATE, FILE, FD_APPEND).unwrap()).collect();
        write_records(&tree.guest.state, |id| fds[usize::from(id)], || tree.content("f"));
    });
}

/// Numbers are closed, replaced and given anew while others read through them: what is read is whole, of one file.
#[test]
fn a_descriptor_may_be_closed_under_its_readers_feet() {
    on_both(|tree| {
        for (name, byte) in [("a", b'a'), ("b", b'b')] {
            tree.create_file(name, &[byte; 4000]);
        }
        // 4 to 7 are open from the beginning on, and replaced.
        assert_eq!((4..8).map(|_| tree.open("a", 0, FILE, 0)).collect::<Vec<_>>(), (4..8).map(Ok).collect::<Vec<_>>());
        let (state, over) = (&tree.guest.state, &AtomicBool::new(false));
        thread::scope(|scope| {
            let readers: Vec<_> = (0..2)
                .map(|_| {
                    scope.spawn(move || {
                        let thread = Thread::new(state);
                        let mut whole = 0;
                        while !over.load(SeqCst) {
                            for fd in 4..8 {
                                let Ok(len) = thread.transfer("fd_read", fd, 4000) else { continue };
                                let mut bytes = vec![0; len as usize];
                                thread.memory.read(1024, &mut bytes).unwrap();
                                assert!(bytes.iter().all(|byte| *byte == bytes[0]));
                                whole += usize::from(len == 4000);
                            }
                        }
                        whole
                    })
                })
                .collect();
            let changers: Vec<_> = (0..2)
                .map(|_| {
                    scope.spawn(move || {
                        let thread = Thread::new(state);
                        for round in 0..1000 {
                            let fd = thread.open(if round % 2 == 0 { "a" } else { "b" }).unwrap();
                            let to = 4 + round % 4;
                            let errno = thread.call("fd_renumber", &[fd.into(), to]);
                            assert!(matches!(errno, Errno::Success | Errno::BadDescriptor), "{errno}");
                            let errno = thread.call("fd_close", &[fd.into()]);
                            assert!(matches!(errno, Errno::Success | Errno::BadDescriptor), "{errno}");
                        }
                    })
                })
                .collect();
            changers.into_iter().for_each(|changer| changer.join().unwrap());
            over.store(true, SeqCst);
            assert!(readers.into_iter().map(|reader| reader.join().unwrap()).sum::<usize>() > 0, "nothing was read");
        });
    });
}

/// What a process had open is closed with its state.
#[cfg(unix)]
#[test]
fn nothing_stays_open_when_a_process_is_gone() {
    let tree = crate::tree::on_host(false);
    let state = Arc::new(tree.guest.state);
    let thread = Thread { state: &state, memory: PlainMemory::new(1, 1) };
    std::fs::write(tree.around.as_ref().unwrap().path().join("inside/f"), "").unwrap();
    let held = tree.around.as_ref().unwrap().path().join("inside/f");
    for _ in 0..10 {
        thread.open("f").unwrap();
    }
    let open = || {
        let links = std::fs::read_dir("/proc/self/fd").unwrap();
        links.filter(|entry| std::fs::read_link(entry.as_ref().unwrap().path()).is_ok_and(|to| to == held)).count()
    };
    if cfg!(target_os = "linux") {
        assert_eq!(open(), 10);
        drop(state);
        assert_eq!(open(), 0);
    }
}
