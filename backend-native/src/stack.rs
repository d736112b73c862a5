//! A thread that waits for long gives back the stack below it.
//!
//! Making an instance takes three times the stack that a wait does, and a guest may have been deep in calls before. With thousands of
//! threads that wait, those pages would be most of what they take. To give them back costs some microseconds, and a timer some tenths
//! of one, so it is not done where a wake-up is near.
#![expect(unsafe_code, reason = "nothing tells the system what of a stack is unused but the stack pointer")]

use std::{cell::Cell, time::Duration};

/// How long a wait lasts that is worth it.
pub(crate) const LONG: Duration = Duration::from_millis(20);

thread_local! {
    static STACK: Cell<Stack> = const { Cell::new(Stack { lowest: 0, waits: 0 }) };
}

/// What a thread of the pool knows of its stack.
#[derive(Clone, Copy)]
struct Stack {
    /// What lies below this address is left alone. 0 on threads that are not ours: nobody knows where their stacks end.
    lowest: usize,
    /// How often the thread has waited since it began its job.
    waits: u32,
}

/// Says that a thread of the pool begins a job, with a stack of so many bytes.
pub(crate) fn begin(size: usize) {
    // What lies above this frame is some kilobytes, or as much as the program has of thread-local variables: no more than half.
    let lowest = stack_pointer().saturating_sub(size / 2).next_multiple_of(page_size());
    STACK.set(Stack { lowest, waits: 0 });
}

/// Whether the coming wait is to be a short one first, to give back some stack if it becomes a long one.
///
/// That is the first, the second, the fourth and so on of a job: a thread that is woken often hardly ever pays for the timer, and one that
/// has come to rest is soon found out.
pub(crate) fn is_due() -> bool {
    let stack = STACK.get();
    let waits = stack.waits.wrapping_add(1);
    STACK.set(Stack { waits, ..stack });
    waits.is_power_of_two() && stack.lowest != 0
}

#[cfg(all(target_os = "linux", any(target_arch = "x86_64", target_arch = "aarch64"), not(miri)))]
mod system {
    use std::arch::asm;

    pub(super) fn page_size() -> usize {
        rustix::param::page_size()
    }

    pub(super) fn stack_pointer() -> usize {
        let pointer;
        // SAFETY: it copies a register.
        unsafe {
            #[cfg(target_arch = "x86_64")]
            asm!("mov {}, rsp", out(reg) pointer, options(nomem, nostack, preserves_flags));
            #[cfg(target_arch = "aarch64")]
            asm!("mov {}, sp", out(reg) pointer, options(nomem, nostack, preserves_flags));
        }
        pointer
    }

    /// Gives back the whole pages between `lowest`, where a page begins, and the stack pointer.
    ///
    /// # Safety
    /// From `lowest` up to the stack pointer it must be this thread's stack.
    #[inline(never)]
    pub(super) unsafe fn give_back(lowest: usize) {
        const MADV_DONTNEED: usize = 4;
        let mask = !(page_size() - 1);
        // SAFETY: madvise(lowest, end - lowest, MADV_DONTNEED). The pages below the stack pointer belong to no frame, and `lowest` is not
        // beyond them or nothing happens: without `nostack`, the compiler keeps nothing below the stack pointer here, either. They read
        // as zeros afterwards, which nobody reads. The stack pointer is read here, in the same piece of code, so that no frame of a call
        // can lie in the range. An error means that they stay as they are.
        unsafe {
            #[cfg(target_arch = "x86_64")]
            asm!(
                "mov rsi, rsp",
                "and rsi, {mask}",
                "sub rsi, rdi",
                "jbe 2f",
                "syscall",
                "2:",
                mask = in(reg) mask,
                inout("rax") 28_usize => _,
                in("rdi") lowest,
                out("rsi") _,
                in("rdx") MADV_DONTNEED,
                out("rcx") _,
                out("r11") _
            );
            #[cfg(target_arch = "aarch64")]
            asm!(
                "mov x1, sp",
                "and x1, x1, {mask}",
                "subs x1, x1, x0",
                "b.ls 2f",
                "svc 0",
                "2:",
                mask = in(reg) mask,
                inout("x0") lowest => _,
                out("x1") _,
                in("x2") MADV_DONTNEED,
                in("x8") 233_usize
            );
        }
    }
}

#[cfg(not(all(target_os = "linux", any(target_arch = "x86_64", target_arch = "aarch64"), not(miri))))]
mod system {
    pub(super) fn page_size() -> usize {
        1
    }

    /// As for a thread that is not ours.
    pub(super) fn stack_pointer() -> usize {
        0
    }

    pub(super) unsafe fn give_back(_: usize) {}
}

use system::{page_size, stack_pointer};

/// Gives back what this thread's stack has below the caller, if the thread is one of the pool's.
pub(crate) fn give_back() {
    let Stack { lowest, .. } = STACK.get();
    if lowest != 0 {
        // SAFETY: `begin` set it on this thread, so far above the stack's end.
        unsafe { system::give_back(lowest) };
    }
}

#[cfg(all(test, target_os = "linux", any(target_arch = "x86_64", target_arch = "aarch64"), not(miri)))]
mod tests {
    use std::{hint::black_box, thread};

    use super::*;

    const SIZE: usize = 1024 * 1024;
    /// How deep to go, with how many bytes each time: well within half of the stack, however wasteful the compiler is.
    const DEPTH: usize = 100;
    const FRAME: usize = 1024;

    /// How many bytes of the mapping with that address are in memory.
    fn resident(address: usize) -> usize {
        let maps = std::fs::read_to_string("/proc/self/smaps").expect("Linux");
        let mut is_inside = false;
        for line in maps.lines() {
            if let Some((start, end)) = line.split(' ').next().and_then(|range| range.split_once('-')) {
                let parse = |address| usize::from_str_radix(address, 16);
                if let (Ok(start), Ok(end)) = (parse(start), parse(end)) {
                    is_inside = (start..end).contains(&address);
                }
            } else if let Some(size) = line.strip_prefix("Rss:")
                && is_inside
            {
                return size.trim().strip_suffix(" kB").and_then(|size| size.parse::<usize>().ok()).expect("a size")
                    * 1024;
            }
        }
        panic!("no mapping has the address {address:#x}");
    }

    #[inline(never)]
    fn touch(depth: usize) -> usize {
        let frame = black_box([depth; FRAME / size_of::<usize>()]);
        if depth == 0 { frame[0] } else { touch(depth - 1) + black_box(frame)[1] }
    }

    fn on_a_stack(run: impl FnOnce() + Send + 'static) {
        thread::Builder::new().stack_size(SIZE).spawn(run).expect("a thread").join().expect("no panic");
    }

    #[test]
    fn what_was_used_is_given_back_and_what_is_used_stays() {
        on_a_stack(|| {
            begin(SIZE);
            let here = black_box([0x5a_u8; 4096]);
            assert_eq!(touch(DEPTH), DEPTH * (DEPTH + 1) / 2);
            let before = resident(here.as_ptr().addr());
            give_back();
            let after = resident(here.as_ptr().addr());
            assert!(before >= after + DEPTH * FRAME / 2, "{before} and then {after}");
            assert!(black_box(here).iter().all(|&byte| byte == 0x5a));
            assert_eq!(touch(DEPTH), DEPTH * (DEPTH + 1) / 2);
        });
    }

    #[test]
    fn other_threads_keep_theirs() {
        on_a_stack(|| {
            let here = black_box(0_u8);
            touch(DEPTH);
            let before = resident((&raw const here).addr());
            assert!((1..100).all(|_| !is_due()));
            give_back();
            assert!(resident((&raw const here).addr()) >= before);
        });
    }

    #[test]
    fn waits_are_looked_at_less_and_less() {
        on_a_stack(|| {
            begin(SIZE);
            let due = (1..=20).filter(|_| is_due()).collect::<Vec<u32>>();
            assert_eq!(due, [1, 2, 4, 8, 16]);
            begin(SIZE);
            assert!(is_due(), "a new job");
        });
    }
}
