//! Thread slots: stacks and TLS blocks.

use crate::common::*;
use raddle_runtime_api::{
    Event, Limit, MIN_STACK_SIZE, TrapKind, Value,
    abi::{PointerWidth, attributes::AttributeLayout, section::TlsLayout},
};

const FLAG: u64 = 0x1000;
const ATTRIBUTES: u64 = 0x1100;

/// Attributes that ask for a stack.
fn stack(thread: &Guest, size: u32) -> u64 {
    let layout = AttributeLayout::new(PointerWidth::Bits32);
    for (offset, value) in [(layout.size, layout.name), (layout.flags, 0), (layout.stack_size, size)] {
        thread.store(ATTRIBUTES + u64::from(offset), value);
    }
    ATTRIBUTES
}

/// Spawns threads that wait for the flag, until there is no room for another one.
fn fill(thread: &Guest, wait: u64, stack_size: u32) -> Call<Vec<i32>> {
    let mut ids = Vec::new();
    loop {
        let attributes = stack(thread, stack_size);
        match thread.thread_spawn(wait, 0, attributes, 0x1004)? {
            Again => return Ok(ids),
            status => assert_eq!(status, OK),
        }
        ids.push(thread.load(0x1004) as i32);
    }
}

fn join_all(thread: &Guest, ids: Vec<i32>) -> Call<()> {
    set(thread, FLAG, 1)?;
    for id in ids {
        join(thread, id)?;
    }
    thread.store(FLAG, 0);
    Ok(())
}

#[test]
fn a_larger_stack_takes_more_room_and_all_room_comes_back() {
    // Each page is a dozen threads and more, which is much for Miri.
    const PAGES: u32 = if cfg!(miri) { 4 } else { 8 };
    let mut program = Program::new();
    program.section.memory.maximum = PAGES.into();
    program.limits.max_threads = Some(200);
    let wait = program.function(|thread, _| wait_for(thread, FLAG).map(u64::from));
    returns(program, move |thread| {
        let mut counts = Vec::new();
        for size in [0, 4, 5 * PAGES, 4, 0].map(|units| units * 4096) {
            let ids = fill(thread, wait, size)?;
            counts.push(ids.len());
            assert_eq!(thread.process().stats().slots_in_use as usize, ids.len() + 1);
            join_all(thread, ids)?;
        }
        assert_eq!(thread.process().stats().slots_in_use, 1);
        assert!(
            counts[0] > 7 * PAGES as usize && counts[0] >= 3 * counts[1] && counts[1] > 3 * counts[2] && counts[2] > 1,
            "{counts:?}"
        );
        assert_eq!((counts[0], counts[1]), (counts[4], counts[3]));
        Ok(())
    });
}

#[test]
fn a_stack_that_never_fits_is_refused() {
    let mut program = Program::new();
    let nothing = program.function(|_, _| Ok(0));
    program.section.pointer_width = PointerWidth::Bits64;
    let process = program
        .start(move |thread| {
            let layout = AttributeLayout::new(PointerWidth::Bits64);
            thread.store(ATTRIBUTES, layout.name);
            for size in [1 << 24, 1 << 32, 1 << 45, 1 << 62, u64::MAX - 4096, u64::MAX] {
                thread.host().memory().store64(ATTRIBUTES + u64::from(layout.stack_size), size).unwrap();
                assert_eq!(thread.thread_spawn(nothing, 0, ATTRIBUTES, 0)?, Again, "{size:#x}");
            }
            assert_eq!(thread.process().stats().live, 1);
            Ok(vec![])
        })
        .unwrap();
    assert_eq!(process.wait(None), Some(Outcome::Returned(vec![])));
    let is_reached = |event: &Event| matches!(event, Event::LimitReached { limit: Limit::Slots, .. });
    assert_eq!(process.host().events().iter().filter(|event| is_reached(event)).count(), 6);
    assert_given_back(&process);
}

#[test]
fn a_memory_that_may_not_grow_has_its_slots_from_the_start() {
    let mut program = Program::new();
    program.section.growable = false;
    program.section.memory.maximum = 5;
    let wait = program.function(|thread, _| wait_for(thread, FLAG).map(u64::from));
    returns(program, move |thread| {
        let before = thread.host().memory().byte_len();
        // Half of what lies above the module's minimum, as nobody asked for a number of threads.
        assert_eq!(before, 3 * 65536);
        let ids = fill(thread, wait, 0)?;
        assert!(ids.len() > 25, "{}", ids.len());
        assert_eq!(thread.host().memory().byte_len(), before);
        join_all(thread, ids)
    });
}

#[test]
fn a_memory_that_may_grow_does_when_slots_are_needed() {
    // More than have room from the start.
    const THREADS: u32 = if cfg!(miri) { 40 } else { 300 };
    let mut program = Program::new();
    program.limits.max_threads = Some(THREADS);
    let wait = program.function(|thread, _| wait_for(thread, FLAG).map(u64::from));
    returns(program, move |thread| {
        let before = thread.host().memory().byte_len();
        let ids = fill(thread, wait, 0)?;
        assert_eq!(ids.len() as u32, THREADS - 1, "as many threads as there may be");
        assert!(thread.host().memory().byte_len() > before);
        join_all(thread, ids)
    });
}

#[test]
fn a_module_without_stack_and_tls_needs_no_slots() {
    let mut program = Program::new();
    (program.section.stack, program.section.tls, program.section.growable) = (None, None, false);
    program.section.memory.maximum = 1;
    program.limits.max_threads = Some(20);
    let wait = program.function(|thread, _| wait_for(thread, FLAG).map(u64::from));
    returns(program, move |thread| {
        let ids = fill(thread, wait, u32::MAX)?;
        assert_eq!(ids.len(), 19);
        assert_eq!(thread.process().stats().slots_in_use, 0);
        join_all(thread, ids)
    });
}

#[test]
fn a_module_without_a_stack_ignores_the_size_of_one() {
    let mut program = Program::new();
    program.section.stack = None;
    program.section.tls = Some(TlsLayout { size: 64, align: 64 });
    program.limits.max_threads = Some(20);
    let wait = program.function(|thread, _| wait_for(thread, FLAG).map(u64::from));
    returns(program, move |thread| {
        let ids = fill(thread, wait, u32::MAX)?;
        assert_eq!(ids.len(), 19);
        join_all(thread, ids)
    });
}

/// Goes over every stack's end: the guest's whole memory behind the first page is slots.
fn overrun(thread: &Guest) -> Call<()> {
    for addr in (65536..thread.host().memory().byte_len()).step_by(4) {
        thread.store(addr, 0xdead_beef);
    }
    Ok(())
}

#[test]
fn a_stack_that_was_overrun_is_noticed_at_the_latest_when_the_thread_ends() {
    let mut program = Program::new();
    // So there are few slots to write over.
    program.limits.max_threads = Some(2);
    let overruns = program.function(|thread, _| overrun(thread).map(|()| 0));
    let outcome = program.run(move |thread| {
        let id = spawn(thread, overruns, 0)?;
        let _ = thread.thread_join(id, FOREVER, 0)?;
        thread.wait32(FLAG, 0, FOREVER)?;
        unreachable!("the process has ended");
    });
    let Outcome::Trapped { thread, trap } = outcome else { panic!("{outcome:?}") };
    assert_eq!((thread.id, trap.kind), (2, TrapKind::StackOverflow));
    for cause in ["larger", "allocator"] {
        assert!(trap.message.contains(cause), "{}", trap.message);
    }
}

#[test]
fn mains_stack_too_is_looked_at_where_it_is_a_slots() {
    let run = |main: fn(&Guest) -> Call<Vec<Value>>| {
        let mut program = Program::new();
        program.limits.max_threads = Some(2);
        let outcome = program.run(main);
        let Outcome::Trapped { thread, trap } = outcome else { panic!("{outcome:?}") };
        assert_eq!((thread.id, trap.kind), (1, TrapKind::StackOverflow));
    };
    run(|thread| overrun(thread).map(|()| Vec::new()));
    run(|thread| {
        overrun(thread)?;
        thread.thread_exit(0)?;
        unreachable!("the thread has ended");
    });
}

#[test]
fn slots_are_flat_however_many_threads_come_and_go() {
    let mut program = Program::new();
    let nothing = program.function(|_, _| Ok(0));
    returns(program, move |thread| {
        let mut memory = 0;
        for round in 0..rounds(300) {
            let ids = [(); 8].map(|()| spawn(thread, nothing, 0));
            for id in ids {
                join(thread, id?)?;
            }
            let stats = thread.process().stats();
            assert_eq!(stats.slots_in_use, 1);
            if round == 0 {
                memory = stats.memory;
            }
            assert_eq!(stats.memory, memory);
        }
        assert!(u64::from(thread.process().stats().peak_live) * MIN_STACK_SIZE < memory);
        Ok(())
    });
}
