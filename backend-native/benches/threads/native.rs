//! What the wasm side is measured against: the same with the standard library, and with the engine's own wait instructions.

use std::{
    hint::black_box,
    sync::{
        Arc, Mutex,
        atomic::{AtomicU32, Ordering::SeqCst},
    },
    thread,
    time::{Duration, Instant},
};

use raddle_backend_native::wasmtime::{Linker, MemoryType, Module, SharedMemory, Store};

use crate::guests;

pub(crate) fn spawn_join(count: u32) -> Duration {
    let start = Instant::now();
    for number in 0..count {
        assert_eq!(thread::spawn(move || number).join().ok(), Some(number));
    }
    start.elapsed() / count
}

/// Two threads wake each other by `thread::park` and `unpark`, a futex on this system.
pub(crate) fn ping_pong(count: u32) -> Duration {
    fn play(mine: &AtomicU32, theirs: &AtomicU32, other: &thread::Thread, count: u32, serves: bool) {
        for turn in 1..=count {
            if serves {
                theirs.store(turn, SeqCst);
                other.unpark();
            }
            while mine.load(SeqCst) < turn {
                thread::park();
            }
            if !serves {
                theirs.store(turn, SeqCst);
                other.unpark();
            }
        }
    }
    let start = Instant::now();
    let words = [AtomicU32::new(0), AtomicU32::new(0)];
    let main = thread::current();
    thread::scope(|scope| {
        let child = scope.spawn(|| play(&words[0], &words[1], &main, count, false));
        play(&words[1], &words[0], child.thread(), count, true);
    });
    start.elapsed() / count
}

/// The same module as raddle's side, not threadified: two instances on two threads, and the engine's own wait queue.
pub(crate) fn engine_ping_pong(count: u32) -> Duration {
    let engine = guests::runtime().engine();
    let text = guests::module(guests::PING_PONG)
        .replace("(func $ping", "(export \"child\" (func $child)) (func $ping (export \"ping\")");
    let module = Module::new(engine, wat::parse_str(text).expect("valid text")).expect("a module");
    let memory = SharedMemory::new(engine, MemoryType::shared(1, 1024)).expect("a memory");
    let player = |name: &'static str| {
        let (module, memory) = (module.clone(), memory.clone());
        move || {
            let mut store = Store::new(module.engine(), ());
            // Nothing increments it here.
            store.set_epoch_deadline(1_000_000);
            let mut linker = Linker::new(module.engine());
            linker.define(&store, "env", "memory", memory).expect("a new name");
            linker.define_unknown_imports_as_traps(&module).expect("new names");
            let instance = linker.instantiate(&mut store, &module).expect("an instance");
            let func = instance.get_func(&mut store, name).expect("an export");
            let mut results = vec![raddle_backend_native::wasmtime::Val::I32(0); func.ty(&store).results().len()];
            func.call(&mut store, &[(count as i32).into()], &mut results).expect("no trap");
        }
    };
    let start = Instant::now();
    let child = thread::spawn(player("child"));
    player("ping")();
    child.join().expect("no panic");
    start.elapsed() / count
}

pub(crate) fn contended(count: u32) -> Duration {
    let shared = Arc::new(Mutex::new(0_u32));
    let work = |shared: Arc<Mutex<u32>>| {
        move || {
            for _ in 0..count / 2 {
                *shared.lock().expect("no panic") += 1;
            }
        }
    };
    let start = Instant::now();
    let child = thread::spawn(work(shared.clone()));
    work(shared.clone())();
    child.join().expect("no panic");
    let time = start.elapsed();
    assert_eq!(*shared.lock().expect("no panic"), count / 2 * 2);
    time / count
}

pub(crate) fn uncontended(count: u32) -> Duration {
    let mutex = Mutex::new(0_u32);
    let start = Instant::now();
    for _ in 0..count {
        *black_box(&mutex).lock().expect("no panic") += 1;
    }
    start.elapsed() / count
}
