//! All calls with all kinds of arguments, from many threads, while the memory, the descriptors and the tree of files
//! change: nothing panics, only what may wait waits, and nothing outside of a host's directory is seen or changed.
#![cfg(unix)]

use std::{
    collections::BTreeSet,
    env, fs,
    os::unix::fs::symlink,
    path::{Path, PathBuf},
    sync::Arc,
    thread,
};

use fastrand::Rng;
use raddle_runtime_api::{
    GuestMemory, Tried,
    abi::{Ty, imports::Import},
    memory_host::PlainMemory,
};
use raddle_wasi::{
    Input, MemoryFiles, Output, State, Wasi,
    abi::{
        flags::{FD_DSYNC, FD_SYNC},
        imports::{self, IMPORTS},
    },
};

const THREADS: u64 = 4;
const CALLS: u32 = 4000;

/// What a guest may name: it has all kinds of slashes and dots, and links that lead anywhere.
const PATHS: [&str; 24] = [
    "a",
    "b",
    "a/b",
    "a/b/c",
    ".",
    "..",
    "./",
    "../",
    "../canary",
    "a/..",
    "a/../..",
    "a/b/../../..",
    "/",
    "/etc/passwd",
    "out",
    "out/canary",
    "root",
    "root/etc/passwd",
    "magic",
    "magic/etc",
    "a/out/../canary",
    "fifo",
    "f/",
    "a\0b",
];

/// Where in the guest's memory the path of a number is.
fn path_at(index: usize) -> u32 {
    4096 + index as u32 * 64
}

fn rounds() -> u64 {
    env::var("RADDLE_ROUNDS").ok().and_then(|rounds| rounds.parse().ok()).unwrap_or(1)
}

/// An argument of a call, which may make sense.
fn argument(rng: &mut Rng, import: &Import, place: usize) -> i64 {
    match import.signature.params[place] {
        // To allocate is to fill the disk.
        _ if import.name == imports::FD_ALLOCATE && place > 0 => rng.i64(0..100_000),
        Ty::I64 => match rng.u32(0..6) {
            0 => 0,
            1 => rng.i64(0..10_000),
            2 => rng.i64(..),
            3 => -1,
            4 => i64::MAX,
            // Most rights.
            _ => (1 << 30) - 1,
        },
        Ty::P => match rng.u32(0..12) {
            0 => 0,
            1 => rng.u32(..).into(),
            2 => (i64::from(1_u32) << 18) - rng.i64(0..64),
            3 => -1,
            4..8 => rng.i64(0..2048) & !7,
            _ => path_at(rng.usize(0..PATHS.len())).into(),
        },
        Ty::I32 if place == 0 => rng.i64(0..14),
        Ty::I32 => match rng.u32(0..8) {
            0 => 0,
            1 => 1,
            2 => rng.i64(0..64),
            3 => rng.u32(..).into(),
            4 => rng.i64(0..14),
            _ => rng.i64(1..16),
        },
    }
}

/// The arguments of a call. Where a path is taken, it is often one of ours.
fn arguments(rng: &mut Rng, import: &Import) -> Vec<i64> {
    let mut args: Vec<_> = (0..import.signature.params.len()).map(|place| argument(rng, import, place)).collect();
    // Not each write is to wait for the disk.
    match import.name {
        imports::PATH_OPEN => args[7] &= !i64::from(FD_DSYNC | FD_SYNC),
        imports::FD_FDSTAT_SET_FLAGS => args[1] &= !i64::from(FD_DSYNC | FD_SYNC),
        _ => (),
    }
    if import.name.starts_with("path_") && rng.u32(0..8) > 0 {
        let params = import.signature.params;
        for place in 0..params.len() - 1 {
            if params[place] == Ty::P && params[place + 1] == Ty::I32 {
                let index = rng.usize(0..PATHS.len());
                args[place] = path_at(index).into();
                args[place + 1] = PATHS[index].len() as i64;
            }
        }
        // Directories stay where they are opened.
        args[0] = if import.name == imports::PATH_SYMLINK { args[0] } else { rng.i64(3..8) };
    }
    args
}

fn attack(state: &State, memory: &PlainMemory, seed: u64) {
    let mut rng = Rng::with_seed(seed);
    for _ in 0..CALLS {
        let import = rng.choice(IMPORTS).unwrap();
        // The first two would soon leave nothing, and the others wait for a disk.
        let rare = [imports::FD_CLOSE, imports::FD_RENUMBER, imports::FD_SYNC, imports::FD_DATASYNC];
        let is_rare = rare.contains(&import.name) && rng.u32(0..8) > 0;
        if !import.returns || is_rare {
            continue;
        }
        if rng.u32(0..4) == 0 {
            let mut bytes = [0; 16];
            rng.fill(&mut bytes);
            memory.write(rng.u64(0..2048), &bytes).unwrap();
        }
        let args = arguments(&mut rng, import);
        if let Tried::NotYet(interests) = state.calls(memory).call_import(import, &args) {
            assert!(import.blocks, "{} waits, seed {seed}", import.name);
            assert!(!interests.sources.is_empty() || interests.after.is_some(), "{}", import.name);
        }
    }
}

/// A directory of the host with things of all kinds in it, and something beside it.
fn host() -> (tempfile::TempDir, PathBuf) {
    let around = tempfile::tempdir().unwrap();
    fs::write(around.path().join("canary"), "canary").unwrap();
    let inside = around.path().join("inside");
    fs::create_dir_all(inside.join("a/b")).unwrap();
    fs::write(inside.join("a/b/c"), "text").unwrap();
    fs::write(inside.join("f"), "text").unwrap();
    symlink("..", inside.join("out")).unwrap();
    symlink("../..", inside.join("a/out")).unwrap();
    symlink("/", inside.join("root")).unwrap();
    symlink("/proc/self/cwd", inside.join("magic")).unwrap();
    let fifo = inside.join("fifo");
    rustix::fs::mknodat(rustix::fs::CWD, &fifo, rustix::fs::FileType::Fifo, rustix::fs::Mode::RWXU, 0).unwrap();
    (around, inside)
}

fn names(of: &Path) -> BTreeSet<PathBuf> {
    fs::read_dir(of).unwrap().map(|entry| entry.unwrap().path()).collect()
}

#[test]
fn nothing_is_harmed() {
    for round in 0..5 * rounds() {
        let (around, inside) = host();
        let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
        let read_only = around.path().join("read-only");
        fs::create_dir(&read_only).unwrap();
        fs::write(read_only.join("a"), "text").unwrap();
        let wasi = Wasi::new()
            .arg("argument")
            .env("NAME", "value")
            .stdin(Input::bytes(vec![7; 10_000]))
            .stdout(Output::collect(10_000).0)
            .dir(&inside, "/h")
            .unwrap()
            .directory(Arc::new(MemoryFiles::with_limit(1 << 20)), "/m")
            .unwrap()
            .dir_read_only(&read_only, "/r")
            .unwrap()
            .tcp_listen(listener)
            .unwrap();
        let state = wasi.max_descriptors(64).build().unwrap();
        let memory = PlainMemory::new(4, 4);
        for (index, path) in PATHS.iter().enumerate() {
            memory.write(path_at(index).into(), path.as_bytes()).unwrap();
        }
        let before = names(around.path());
        thread::scope(|scope| {
            for thread in 0..THREADS {
                let (state, memory) = (&state, &memory);
                scope.spawn(move || attack(state, memory, round * THREADS + thread));
            }
        });
        drop(state);
        assert_eq!(names(around.path()), before, "round {round}");
        assert_eq!(fs::read(around.path().join("canary")).unwrap(), b"canary", "round {round}");
        assert_eq!(names(&read_only).len(), 1, "round {round}");
        assert_eq!(fs::read(read_only.join("a")).unwrap(), b"text", "round {round}");
    }
}

/// Folders nested as deep as a guest likes are dropped without recursion.
#[test]
fn a_deep_tree_is_nothing_special() {
    let state = Wasi::new().directory(Arc::new(MemoryFiles::new()), "/").unwrap().max_descriptors(8).build().unwrap();
    let memory = PlainMemory::new(1, 1);
    memory.write(0, b"d").unwrap();
    let call = |name, args: &[i64]| match state.calls(&memory).call_import(imports::find(name).unwrap(), args) {
        Tried::Done(errno) => assert_eq!(errno.code(), 0, "{name}"),
        Tried::NotYet(_) => panic!("{name} waits"),
    };
    for _ in 0..20_000 {
        call("path_create_directory", &[3, 0, 1]);
        call("path_open", &[3, 0, 0, 1, 2, 0, -1, 0, 16]);
        call("fd_renumber", &[4, 3]);
    }
}
