//! What a program of WASI is given: arguments, variables, directories, the standard streams.

use std::{env, ffi::OsString, net::TcpListener};

use raddle_backend_native::{
    Program,
    wasi::{Wasi, abi::imports::MODULE},
};
use raddle_runtime_api::abi::wasi_threads;

use crate::{args::Run, error::Error};

/// Whether a program imports anything of WASI, so that it can use what it is given.
pub(super) fn is_used(program: &Program) -> bool {
    program.module().imports().any(|import| import.module() == MODULE)
}

/// What a user asks for, and nothing else; but see [`threads`].
pub(super) fn of(program: &Program, args: &Run) -> Result<Wasi, Error> {
    let given = &args.wasi;
    let name = given.argv0.clone().or_else(|| args.program.module.file_name().map(OsString::from)).unwrap_or_default();
    let mut wasi = Wasi::new().inherit_stdio().argv0(name.into_encoded_bytes());
    wasi = wasi.args(args.program.args.iter().cloned().map(OsString::into_encoded_bytes));
    for variable in &given.env {
        let bytes = variable.clone().into_encoded_bytes();
        match bytes.iter().position(|&byte| byte == b'=') {
            Some(end) => wasi = wasi.env(&bytes[..end], &bytes[end + 1..]),
            None => {
                if let Some(value) = env::var_os(variable) {
                    wasi = wasi.env(bytes, value.into_encoded_bytes());
                }
            }
        }
    }
    wasi = threads(program, wasi);
    for dir in &given.dir {
        wasi = wasi.dir(&dir.host, &dir.guest)?;
    }
    for dir in &given.dir_read_only {
        wasi = wasi.dir_read_only(&dir.host, &dir.guest)?;
    }
    for &address in &given.tcplisten {
        let listener = TcpListener::bind(address).map_err(|source| Error::Listen { address, source })?;
        wasi = wasi.tcp_listen(listener)?;
    }
    Ok(wasi)
}

/// What tells libraries how many threads to use. Rust's `available_parallelism` knows no number on this target, and so
/// they would take one; each of these has a variable for it, which is set unless it is given.
const THREADS: [&str; 2] = ["RAYON_NUM_THREADS", "TOKIO_WORKER_THREADS"];

fn threads(program: &Program, mut wasi: Wasi) -> Wasi {
    let spawns = program.module().imports().any(|import| wasi_threads::is_spawn(import.module(), import.name()));
    if spawns {
        let count = std::thread::available_parallelism().map_or(1, usize::from).to_string();
        for name in THREADS {
            if !wasi.has_env(name) {
                wasi = wasi.env(name, count.as_str());
            }
        }
    }
    wasi
}
