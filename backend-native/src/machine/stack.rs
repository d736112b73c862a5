//! A thread that waits for long gives back the unused part of its stack.
//!
//! Making an instance takes three times the stack that a wait does, and a guest may have been deep in calls before.
//! With thousands of waiting threads, those pages would be most of the memory they take. Giving them back costs a few
//! microseconds, and a timer some tenths of one, so it is not done if a wake-up is near.
#![expect(unsafe_code, reason = "nothing tells the system what of a stack is unused but the stack pointer")]

use std::{cell::Cell, time::Duration};

use super::threads::StackEnd;

/// How long a wait must last to be worth it.
pub(crate) const LONG: Duration = Duration::from_millis(20);

thread_local! {
    /// `None` on threads that are not ours.
    static STACK: Cell<Option<Stack>> = const { Cell::new(None) };
}

/// What a thread of the pool knows of its stack.
#[derive(Clone, Copy)]
struct Stack {
    /// Where the stack ends: the first of its pages.
    lowest: usize,
    /// Where its job began. What an import does on a stack of its own, as coroutines do, is not between the two.
    highest: usize,
    /// How often the thread has waited since it began its job.
    waits: u32,
}

/// Says that a thread of the pool begins a job, on a stack that ends there.
// In the caller's frame, so that all that the caller calls is below.
#[inline(always)]
pub(crate) fn begin(end: StackEnd) {
    let highest = stack_pointer();
    STACK.set(end.map(|lowest| Stack { lowest, highest, waits: 0 }));
}

/// Whether the coming wait is to be a short one first, to give back some stack if it becomes a long one.
///
/// That is the first, the second, the fourth and so on of a job: a thread that is woken often hardly ever pays for the
/// timer, and one that has come to rest is soon found out.
pub(crate) fn is_due() -> bool {
    let Some(stack) = STACK.get() else { return false };
    let waits = stack.waits.wrapping_add(1);
    STACK.set(Some(Stack { waits, ..stack }));
    waits.is_power_of_two()
}

#[cfg(all(target_os = "linux", any(target_arch = "x86_64", target_arch = "aarch64"), not(miri)))]
mod system {
    use std::arch::asm;

    use rustix::param::page_size;

    #[inline(always)]
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
        // SAFETY: madvise(lowest, end - lowest, MADV_DONTNEED). The pages below the stack pointer belong to no frame,
        // and `lowest` is not beyond them or nothing happens: without `nostack`, the compiler keeps nothing below the
        // stack pointer here, either. They read as zeros afterwards, which nobody reads. The stack pointer is read
        // here, in the same piece of code, so that no frame of a call can lie in the range. An error means that they
        // stay as they are.
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
    /// Nothing is given back here.
    pub(super) fn stack_pointer() -> usize {
        0
    }

    pub(super) unsafe fn give_back(_: usize) {}
}

use system::stack_pointer;

/// Gives back what this thread's stack has below the caller, if the thread is one of the pool's and the caller is on
/// that stack.
pub(crate) fn give_back() {
    let Some(Stack { lowest, highest, .. }) = STACK.get() else { return };
    let here = stack_pointer();
    if lowest < here && here <= highest {
        // SAFETY: `lowest` is where this thread's stack ends, and `highest` was a stack pointer of it: so all between
        // them is that stack. The function called has its frame there, too, or below `lowest` by a hair, where it does
        // nothing.
        unsafe { system::give_back(lowest) };
    }
}

#[cfg(all(test, target_os = "linux", any(target_arch = "x86_64", target_arch = "aarch64"), not(miri)))]
mod tests {
    use std::{hint::black_box, sync::mpsc};

    use super::*;
    use crate::machine::threads::Threads;

    const SIZE: usize = 1024 * 1024;
    /// How deep to go, with how many bytes each time: well within half of the stack, however wasteful the compiler is.
    const DEPTH: usize = 100;
    const FRAME: usize = 1024;

    /// How many bytes are in memory of the mapping with that address.
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
                let kilobytes: Option<usize> = size.trim().strip_suffix(" kB").and_then(|size| size.parse().ok());
                return kilobytes.expect("a size") * 1024;
            }
        }
        panic!("no mapping has the address {address:#x}");
    }

    #[inline(never)]
    fn touch(depth: usize) -> usize {
        let frame = black_box([depth; FRAME / size_of::<usize>()]);
        if depth == 0 { frame[0] } else { touch(depth - 1) + black_box(frame)[1] }
    }

    fn on_a_stack(run: impl FnOnce(StackEnd) + Send + 'static) {
        let (sender, receiver) = mpsc::channel();
        let run = move |end: StackEnd| {
            run(end);
            sender.send(()).expect("a receiver");
        };
        Threads::new("test", SIZE).spawn(run).expect("a thread");
        receiver.recv().expect("no panic");
    }

    #[test]
    fn what_was_used_is_given_back_and_what_is_used_stays() {
        on_a_stack(|end| {
            begin(end);
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
        on_a_stack(|_| {
            let here = black_box(0_u8);
            touch(DEPTH);
            let before = resident((&raw const here).addr());
            assert!((1..100).all(|_| !is_due()));
            give_back();
            assert!(resident((&raw const here).addr()) >= before);
        });
    }

    #[test]
    fn other_stacks_of_a_thread_are_left_alone() {
        // Made before the thread and its stack, it lies above them.
        let mut other = corosensei::stack::DefaultStack::new(SIZE).expect("a stack");
        on_a_stack(move |end| {
            begin(end);
            let mine = black_box([0x5a_u8; 4096]);
            corosensei::on_stack(&mut other, || {
                touch(DEPTH);
                let before = resident(stack_pointer());
                give_back();
                assert!(resident(stack_pointer()) >= before);
            });
            assert!(black_box(mine).iter().all(|&byte| byte == 0x5a));
        });
    }

    #[test]
    fn waits_are_looked_at_less_and_less() {
        on_a_stack(|end| {
            begin(end);
            let due = (1..=20).filter(|_| is_due()).collect::<Vec<u32>>();
            assert_eq!(due, [1, 2, 4, 8, 16]);
            begin(end);
            assert!(is_due(), "a new job");
        });
    }
}
