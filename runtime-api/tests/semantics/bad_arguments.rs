//! Every call with anything at all as arguments, from several threads at once: a status, an answer or a documented
//! trap.

use crate::common::*;
use raddle_runtime_api::{TrapKind, Unwind, abi::PointerWidth};

/// A small generator of numbers, the same every time.
struct Numbers(u64);

impl Numbers {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ self.0 >> 30).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed ^ mixed >> 27
    }

    fn below(&mut self, end: u64) -> u64 {
        self.next() % end
    }

    /// An address or a size: often one that is almost good.
    fn wide(&mut self, memory: u64) -> u64 {
        match self.below(10) {
            0 => 0,
            1 => self.next(),
            2 => u64::MAX - self.below(9),
            3 => memory.wrapping_sub(8).wrapping_add(self.below(16)),
            4 => (1 << self.below(64)) - self.below(2),
            5 => self.below(memory),
            // A few addresses that the threads share.
            _ => 0x1000 + 4 * self.below(16),
        }
    }

    fn narrow(&mut self) -> i32 {
        match self.below(5) {
            0 => self.next() as i32,
            1 => i32::MIN + self.below(2) as i32,
            2 => -1,
            _ => self.below(40) as i32,
        }
    }

    /// A time-out that is over soon.
    fn timeout(&mut self) -> i64 {
        self.below(20_000) as i64
    }
}

/// Makes one call.
fn call(thread: &Guest, numbers: &mut Numbers) -> Call<()> {
    let memory = thread.host().memory().byte_len();
    let [a, b, c, d] = [(); 4].map(|()| numbers.wide(memory));
    let (n, m) = (numbers.narrow(), numbers.narrow());
    let timeout = numbers.timeout();
    let status = |status: Status| assert!(Status::from_code(status.code()).is_some());
    match numbers.below(20) {
        // One of the functions that end soon; `out` is anywhere, so the guest's memory changes anywhere.
        0 => status(thread.thread_spawn(1 + numbers.below(2), a, if numbers.below(2) == 0 { 0 } else { b }, c)?),
        1 => status(thread.thread_join(n, timeout, a)?),
        2 => status(thread.thread_detach(n)?),
        3 => status(thread.thread_set_name(a, b)?),
        4 => thread.thread_yield()?,
        5 => status(thread.thread_sleep(timeout)?),
        6 => status(thread.write(n, a, b.min(0x4000))?),
        7 => drop(thread.wait32(a, n, timeout)?),
        8 => drop(thread.wait64(a, b as i64, timeout)?),
        9 => drop(thread.notify(a, n)?),
        10 => status(thread.mutex_lock(a, timeout)?),
        11 => status(thread.mutex_unlock(a)?),
        // A condition variable's wait ends by its time-out, but takes the mutex again however long that takes: not
        // here.
        12 => drop(thread.cond_notify(a, n)?),
        13 => status(thread.tls_create(1 + numbers.below(2), a)?),
        14 => status(thread.tls_delete(n)?),
        15 => status(thread.tls_set(n, d)?),
        16 => drop(thread.tls_get(n)),
        17 => status(thread.cond_wait(a, u64::MAX - b % 8, i64::from(m))?),
        18 => status(thread.thread_join(n, 0, 0)?),
        _ => {
            // The guest changes its own memory meanwhile.
            if let Ok(old) = thread.host().memory().load32(a & !3) {
                let _ = thread.host().memory().compare_exchange32(a & !3, old, d as u32);
            }
        }
    }
    Ok(())
}

/// A process of threads that make random calls. Memory faults of the waits are the traps that may end it.
fn run(seed: u64, width: PointerWidth) -> Outcome {
    let mut program = Program::new();
    program.section.pointer_width = width;
    program.section.memory.maximum = 24;
    program.limits.max_threads = Some(12);
    for _ in 0..2 {
        program.function(|thread, arg| {
            let mut numbers = Numbers(arg);
            for _ in 0..numbers.below(30) {
                match call(thread, &mut numbers) {
                    // The trap is the right answer; go on all the same.
                    Ok(()) | Err(Unwind::Trap(TrapKind::MemoryOutOfBounds | TrapKind::UnalignedAtomic)) => {}
                    Err(unwind) => return Err(unwind),
                }
            }
            Ok(arg)
        });
    }
    let process = program
        .start(move |thread| {
            let mut numbers = Numbers(seed);
            for _ in 0..4 * rounds(100) {
                match call(thread, &mut numbers) {
                    Ok(()) | Err(Unwind::Trap(TrapKind::MemoryOutOfBounds | TrapKind::UnalignedAtomic)) => {}
                    Err(unwind) => return Err(unwind),
                }
            }
            Ok(vec![])
        })
        .unwrap();
    let outcome = process.wait(None).unwrap();
    assert_given_back(&process);
    outcome
}

#[test]
fn every_call_takes_anything() {
    for seed in 0..rounds(60) as u64 {
        let width = if seed % 2 == 0 { PointerWidth::Bits32 } else { PointerWidth::Bits64 };
        match run(seed, width) {
            Outcome::Returned(_) => {}
            // A guest that writes over the canaries of its stacks.
            Outcome::Trapped { trap, .. } if trap.kind == TrapKind::StackOverflow => {}
            other => panic!("seed {seed}: {other:?}"),
        }
    }
}
