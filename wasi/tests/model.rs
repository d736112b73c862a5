//! Files in memory are the model, a directory of the host is held against it: the same calls in the same order, chosen
//! at random, have the same answers, and leave the same files.
#![cfg(unix)]

use std::{env, sync::Arc};

use fastrand::Rng;
use raddle_runtime_api::{GuestMemory, Tried, memory_host::PlainMemory};
use raddle_wasi::{
    MemoryFiles, State, Wasi,
    abi::{Errno, FileType, imports, rights},
};

const STEPS: u32 = 400;
const OUT: u32 = 64;
const PATH: u32 = 1024;
const SECOND: u32 = 2048;
const BUFFER: u32 = 4096;

/// Few names, so that they meet.
const NAMES: [&str; 5] = ["a", "b", "c", "..", "."];

fn path(rng: &mut Rng) -> String {
    let mut path = (0..rng.u32(1..4)).map(|_| *rng.choice(&NAMES).unwrap()).collect::<Vec<_>>().join("/");
    if rng.u32(0..8) == 0 {
        path += "/";
    }
    path
}

struct Side {
    state: State,
    memory: PlainMemory,
}

impl Side {
    fn new(wasi: Wasi) -> Side {
        Side { state: wasi.max_descriptors(12).build().unwrap(), memory: PlainMemory::new(1, 1) }
    }

    fn call(&self, name: &str, args: &[i64]) -> Errno {
        match self.state.calls(&self.memory).call_import(imports::find(name).unwrap(), args) {
            Tried::Done(errno) => errno,
            Tried::NotYet(_) => panic!("{name} waits"),
        }
    }

    fn put(&self, at: u32, text: &str) -> [i64; 2] {
        self.memory.write(at.into(), text.as_bytes()).unwrap();
        [at.into(), text.len() as i64]
    }

    fn bytes(&self, at: u32, len: u32) -> Vec<u8> {
        let mut bytes = vec![0; len as usize];
        self.memory.read(at.into(), &mut bytes).unwrap();
        bytes
    }

    /// A step, and what a guest sees of it.
    fn step(&self, step: &Step) -> (Errno, Vec<u8>) {
        let ([path, len], [second, second_len]) = (self.put(PATH, &step.path), self.put(SECOND, &step.second));
        let (fd, out, flags) = (step.fd, i64::from(OUT), step.flags);
        self.memory.write(BUFFER.into(), &[step.byte; 64]).unwrap();
        self.memory.store32(32, BUFFER).unwrap();
        self.memory.store32(36, u32::from(step.byte) % 50).unwrap();
        let rights = if flags & 16 == 0 { rights::FD_READ } else { rights::FILE | rights::DIRECTORY };
        let errno = match step.name {
            "path_open" => self.call(
                "path_open",
                &[3, flags & 1, path, len, (flags >> 5) & 15, rights as i64, -1, (flags >> 9) & 1, out],
            ),
            "path_filestat_get" => self.call(step.name, &[3, flags & 1, path, len, out]),
            "path_filestat_set_times" => self.call(step.name, &[3, flags & 1, path, len, 0, 1_000 + flags, 4]),
            "path_rename" => self.call(step.name, &[3, path, len, 3, second, second_len]),
            "path_link" => self.call(step.name, &[3, 0, path, len, 3, second, second_len]),
            "path_symlink" => self.call(step.name, &[second, second_len, 3, path, len]),
            "path_readlink" => self.call(step.name, &[3, path, len, BUFFER.into(), 64, out]),
            "fd_read" | "fd_write" => self.call(step.name, &[fd, 32, 1, out]),
            "fd_pread" | "fd_pwrite" => self.call(step.name, &[fd, 32, 1, flags % 100, out]),
            "fd_seek" => self.call(step.name, &[fd, flags % 100 - 50, flags % 3, out]),
            "fd_filestat_get" => self.call(step.name, &[fd, out]),
            "fd_filestat_set_size" => self.call(step.name, &[fd, flags % 200]),
            "fd_close" => self.call(step.name, &[fd]),
            // Those with a path alone.
            name => self.call(name, &[3, path, len]),
        };
        let seen = match step.name {
            _ if errno != Errno::Success => Vec::new(),
            "path_filestat_get" | "fd_filestat_get" => {
                let kind = self.bytes(OUT + 16, 1);
                let is_directory = kind == [FileType::Directory as u8];
                // How large a directory is, and how many names it has, each file system says in its own way.
                let rest = if is_directory { Vec::new() } else { self.bytes(OUT + 24, 16) };
                [kind, rest].concat()
            }
            "path_readlink" => self.bytes(BUFFER, self.memory.load32(OUT.into()).unwrap()),
            "fd_read" | "fd_pread" => self.bytes(BUFFER, 64),
            "fd_write" | "fd_pwrite" | "path_open" => self.bytes(OUT, 4),
            "fd_seek" => self.bytes(OUT, 8),
            _ => Vec::new(),
        };
        (errno, seen)
    }
}

#[derive(Debug)]
struct Step {
    name: &'static str,
    path: String,
    second: String,
    fd: i64,
    flags: i64,
    byte: u8,
}

const CALLS: [&str; 18] = [
    "path_open",
    "path_open",
    "path_create_directory",
    "path_remove_directory",
    "path_unlink_file",
    "path_rename",
    "path_link",
    "path_symlink",
    "path_readlink",
    "path_filestat_get",
    "path_filestat_set_times",
    "fd_read",
    "fd_write",
    "fd_pwrite",
    "fd_seek",
    "fd_filestat_get",
    "fd_filestat_set_size",
    "fd_close",
];

/// What both may say where POSIX leaves it open.
fn is_alike(step: &Step, model: Errno, host: Errno) -> bool {
    let either = |one, other| [(one, other), (other, one)].contains(&(model, host));
    let both_fail = model != Errno::Success && host != Errno::Success;
    model == host
        // Of two paths either may be what is wrong.
        || both_fail && ["path_rename", "path_link"].contains(&step.name)
        // A link that is not followed, where a directory was asked for.
        || step.name == "path_open" && either(Errno::Loop, Errno::NotDirectory)
        // A link that ends with a slash or with dots leads to no file: which of its faults is told first differs.
        || both_fail && step.name == "path_open" && host == Errno::IsDirectory
}

#[test]
fn the_host_does_what_the_model_does() {
    let rounds = env::var("RADDLE_ROUNDS").ok().and_then(|rounds| rounds.parse().ok()).unwrap_or(1);
    for seed in 0..50_u64 * rounds {
        let dir = tempfile::tempdir().unwrap();
        let model = Side::new(Wasi::new().directory(Arc::new(MemoryFiles::new()), "/").unwrap());
        let host = Side::new(Wasi::new().dir(dir.path(), "/").unwrap());
        let mut rng = Rng::with_seed(seed);
        let mut history = Vec::new();
        for _ in 0..STEPS {
            let step = Step {
                name: rng.choice(CALLS).unwrap(),
                path: path(&mut rng),
                second: path(&mut rng),
                fd: rng.i64(4..12),
                flags: rng.i64(0..1 << 10),
                byte: rng.u8(1..),
            };
            let (expected, found) = (model.step(&step), host.step(&step));
            let errnos = (expected.0, found.0);
            history.push(format!("{} {step:?}", errnos.1));
            assert!(
                is_alike(&step, errnos.0, errnos.1) && expected.1 == found.1,
                "seed {seed}: {step:?}\nmodel: {expected:?}\nhost: {found:?}\nafter {:#?}",
                &history[history.len().saturating_sub(30)..]
            );
        }
    }
}
