//! A plain program of Rust's standard library, for any target with threads: nothing in it is raddle's. The first
//! argument says what it does.
//!
//! `rustc --target wasm32-wasip1-threads -O -g threads.rs`

use std::{
    env, fs,
    io::{self, BufRead, Read, Write},
    process,
    sync::{Arc, Barrier, Condvar, Mutex, RwLock, mpsc},
    thread,
};

fn main() {
    match env::args().nth(1).as_deref() {
        Some("deadlock") => deadlock(),
        Some("panic") => {
            let worker = thread::Builder::new().name("worker".into()).spawn(|| panic!("on purpose"));
            let _ = worker.unwrap().join();
        }
        Some("wait") => {
            thread::spawn(|| thread::park());
            println!("read {} bytes", io::read_to_string(io::stdin()).unwrap().len());
        }
        Some("flood") => loop {
            io::stdout().write_all(&[b'x'; 65536]).unwrap();
        },
        Some("exit") => {
            thread::spawn(|| process::exit(42));
            loop {
                thread::park();
            }
        }
        _ => everything(),
    }
}

/// What programs do, with as much as possible of it on threads.
fn everything() {
    println!("arguments {:?}", env::args().skip(1).collect::<Vec<_>>());
    println!("variable {:?}", env::var("RADDLE_TEST"));

    let total = Arc::new(Mutex::new(0_u64));
    let threads: Vec<_> = (1..=8)
        .map(|number| {
            let total = total.clone();
            thread::spawn(move || {
                for _ in 0..1000 {
                    *total.lock().unwrap() += number;
                }
                number
            })
        })
        .collect();
    let numbers: Vec<_> = threads.into_iter().map(|thread| thread.join().unwrap()).collect();
    println!("threads {numbers:?}, total {}", total.lock().unwrap());

    let (sender, receiver) = mpsc::channel();
    for number in 0..3 {
        let sender = sender.clone();
        thread::spawn(move || sender.send(number).unwrap());
    }
    drop(sender);
    println!("received {}", receiver.iter().sum::<i32>());

    let (barrier, ready) = (Barrier::new(3), (Mutex::new(0), Condvar::new()));
    let shared = RwLock::new(Vec::new());
    thread::scope(|scope| {
        for number in 0..2 {
            let (barrier, ready, shared) = (&barrier, &ready, &shared);
            scope.spawn(move || {
                barrier.wait();
                shared.write().unwrap().push(number);
                *ready.0.lock().unwrap() += 1;
                ready.1.notify_one();
            });
        }
        barrier.wait();
        drop(ready.1.wait_while(ready.0.lock().unwrap(), |ready| *ready < 2).unwrap());
    });
    println!("scoped {}", shared.read().unwrap().len());

    thread_local!(static LAST: Said = const { Said("a thread's value is dropped") });
    thread::spawn(|| LAST.with(|_| ())).join().unwrap();

    fs::create_dir("/work/folder").unwrap();
    thread::scope(|scope| {
        for number in 0..4 {
            scope.spawn(move || fs::write(format!("/work/folder/{number}"), [b'a'; 1000]).unwrap());
        }
    });
    let mut names: Vec<_> = fs::read_dir("/work/folder").unwrap().map(|entry| entry.unwrap().file_name()).collect();
    names.sort();
    println!("files {names:?}");
    let mut bytes = 0;
    for name in &names {
        bytes += fs::File::open(format!("/work/folder/{}", name.display())).unwrap().read_to_end(&mut Vec::new()).unwrap();
    }
    fs::remove_dir_all("/work/folder").unwrap();
    println!("bytes {bytes}, and then {}", fs::exists("/work/folder").unwrap());

    let lines: Vec<_> = io::stdin().lock().lines().map(Result::unwrap).collect();
    println!("lines {lines:?}");
    eprintln!("done");
}

struct Said(&'static str);

impl Drop for Said {
    fn drop(&mut self) {
        println!("{}", self.0);
    }
}

/// Two threads, each with the mutex that the other wants.
fn deadlock() {
    let both = Arc::new((Mutex::new(()), Mutex::new(()), Barrier::new(2)));
    let other = both.clone();
    let thread = thread::spawn(move || {
        let _first = other.0.lock().unwrap();
        other.2.wait();
        let _second = other.1.lock().unwrap();
    });
    let _second = both.1.lock().unwrap();
    both.2.wait();
    let _first = both.0.lock().unwrap();
    thread.join().unwrap();
}
