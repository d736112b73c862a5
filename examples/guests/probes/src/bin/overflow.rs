//! Recursion that uses the stack in linear memory.
//!
//! `main` goes as deep as its thread's stack allows and returns. The exports go deeper: `overflow_on_main` and
//! `overflow_on_child` are a trap with `--stack-check`, and without it whatever happens happens to this process alone.

use std::hint::black_box;

use raddle_guest::thread;

fn main() {
    assert_eq!(depth_on_child(200, 300 * FRAME as i32), 201);
}

/// Takes about this much of the stack for each level.
const FRAME: usize = 1024;

#[inline(never)]
fn recurse(levels: i32) -> i32 {
    let mut frame = [0u8; FRAME];
    black_box(&mut frame)[levels as usize % FRAME] = 1;
    let deeper = if levels == 0 { 0 } else { recurse(levels - 1) };
    deeper + i32::from(black_box(&frame)[levels as usize % FRAME])
}

/// Overflows the main thread's stack.
#[unsafe(no_mangle)]
pub extern "C" fn overflow_on_main() -> i32 {
    recurse(i32::MAX)
}

/// Overflows the stack of a thread called `weaver`.
#[unsafe(no_mangle)]
pub extern "C" fn overflow_on_child() -> i32 {
    let thread = thread::Builder::new().name("weaver".into()).stack_size(64 * 1024).spawn(|| recurse(i32::MAX));
    thread.expect("a thread from the host").join().unwrap()
}

/// Recurses that deep on a stack of that many bytes; returns how many levels there were, with the first.
#[unsafe(no_mangle)]
pub extern "C" fn depth_on_child(levels: i32, stack_size: i32) -> i32 {
    let thread = thread::Builder::new().stack_size(stack_size as usize).spawn(move || recurse(levels));
    thread.expect("a thread from the host").join().unwrap()
}
