//! A global allocator that counts for each thread, in a thread-local value with a destructor, and prints: none of that may need
//! the allocator.
//!
//! `main` returns 0 if each thread's count was there, and was dropped once.

use std::alloc::{GlobalAlloc, Layout, System};
use std::cell::Cell;
use std::process::ExitCode;
use std::sync::atomic::{AtomicBool, AtomicU32, Ordering::Relaxed};

use raddle_guest::{eprintln, println, thread};

const THREADS: u32 = 100;

static DROPPED: AtomicU32 = AtomicU32::new(0);
static HAS_PRINTED: AtomicBool = AtomicBool::new(false);

/// How often a thread has allocated.
struct Count(Cell<u32>);

impl Drop for Count {
    fn drop(&mut self) {
        DROPPED.fetch_add(1, Relaxed);
    }
}

raddle_guest::thread_local! {
    static FIRST: Count = const { Count(Cell::new(0)) };
    // Made by an allocation, as the first is; each is made while the other is put down for dropping.
    static SECOND: Count = Count(Cell::new(*Box::new(0)));
    static OTHER: Box<u32> = Box::new(7);
}

struct Counting;

// SAFETY: all memory is the system's.
unsafe impl GlobalAlloc for Counting {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        let _ = FIRST.try_with(|count| {
            count.0.set(count.0.get() + 1);
            if !HAS_PRINTED.swap(true, Relaxed) {
                eprintln!("{} bytes are asked for", layout.size());
            }
            if count.0.get() == 2 {
                let _ = SECOND.try_with(|count| count.0.set(1));
            }
        });
        // SAFETY: by the contract of this function.
        unsafe { System.alloc(layout) }
    }

    unsafe fn dealloc(&self, pointer: *mut u8, layout: Layout) {
        // SAFETY: by the contract of this function, as `alloc` has the system's memory.
        unsafe { System.dealloc(pointer, layout) }
    }
}

#[global_allocator]
static ALLOCATOR: Counting = Counting;

fn main() -> ExitCode {
    let mut right = true;
    for _ in 0..THREADS {
        let dropped = DROPPED.load(Relaxed);
        let counted = thread::spawn(|| {
            let before = FIRST.with(|count| count.0.get());
            // Hidden from the compiler, which would do without the memory.
            let seven = OTHER.with(|other| std::hint::black_box(Box::new(**other)));
            FIRST.with(|count| count.0.get()) >= before + 2 && *seven == 7
        });
        right &= counted.join().unwrap() && DROPPED.load(Relaxed) == dropped + 2;
    }
    println!("{}", if right { "each thread has counted" } else { "a count is wrong" });
    ExitCode::from(u8::from(!right))
}
