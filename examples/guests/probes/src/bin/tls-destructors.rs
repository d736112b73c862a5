//! Thread-local values are dropped when their thread ends, before its joiner goes on.
//!
//! `main` has 1,000 threads; `tls_destructors` takes the number. It returns how many values were dropped, two for each thread:
//! the second value is made by the first one's destructor.

use std::process::ExitCode;
use std::sync::atomic::{AtomicI32, Ordering::Relaxed};

use raddle_guest::{println, thread};

const COUNT: i32 = 1_000;

static DROPPED: AtomicI32 = AtomicI32::new(0);

struct Counted {
    is_first: bool,
}

raddle_guest::thread_local! {
    static FIRST: Counted = const { Counted { is_first: true } };
    static SECOND: Counted = const { Counted { is_first: false } };
}

impl Drop for Counted {
    fn drop(&mut self) {
        DROPPED.fetch_add(1, Relaxed);
        if self.is_first {
            SECOND.with(|_| ());
        }
    }
}

fn main() -> ExitCode {
    let dropped = tls_destructors(COUNT);
    println!("{dropped} values dropped");
    ExitCode::from(u8::from(dropped != 2 * COUNT))
}

/// Returns how many values were dropped by the time that each thread was joined.
#[unsafe(no_mangle)]
pub extern "C" fn tls_destructors(count: i32) -> i32 {
    DROPPED.store(0, Relaxed);
    for _ in 0..count {
        thread::spawn(|| FIRST.with(|_| ())).join().unwrap();
    }
    DROPPED.load(Relaxed)
}
