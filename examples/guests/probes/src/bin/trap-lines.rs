//! Traps at lines that a test finds by their comments: a backtrace must name `pick`, `weave` and the export or the closure, each
//! with the line that says so. `main` does the same without the trap.
//!
//! On targets other than wasm a trap is an abort.

use std::hint::black_box;

use raddle_guest::thread;

fn main() {
    assert_eq!(weave(0), 1);
}

#[inline(never)]
fn pick(number: i32) -> i32 {
    trap_if(black_box(number) > 0); // line of pick
    number
}

#[inline(never)]
fn weave(number: i32) -> i32 {
    black_box(pick(number)) + 1 // line of weave
}

/// Traps on the main thread.
#[unsafe(no_mangle)]
pub extern "C" fn trap_on_main() -> i32 {
    black_box(weave(1)) + 1 // line of trap_on_main
}

/// Traps on a thread called `weaver`.
#[unsafe(no_mangle)]
pub extern "C" fn trap_on_child() -> i32 {
    let thread = thread::Builder::new().name("weaver".into()).spawn(|| black_box(weave(1)) + 1); // line of the closure
    thread.expect("a thread from the host").join().unwrap()
}

/// Reads at an address: a trap where it is outside memory.
#[unsafe(no_mangle)]
pub extern "C" fn read(address: i32) -> i32 {
    // SAFETY: none; to read where nothing is, is the point. Wasm makes it a trap or some number, on other targets nobody calls it.
    unsafe { (address as u32 as usize as *const i32).read_volatile() }
}

/// Inlined into its caller, so that a backtrace has to tell the two apart at one address.
#[inline(always)]
fn trap_if(condition: bool) {
    if condition {
        #[cfg(target_family = "wasm")]
        core::arch::wasm32::unreachable();
        #[cfg(not(target_family = "wasm"))]
        std::process::abort();
    }
}
