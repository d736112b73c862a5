//! Thread slots: the stacks and TLS blocks in guest memory that the host gives out. `slots.md`, beside this file,
//! explains the protocol.
//!
//! The guest's own allocator is not involved, so neither a killed thread nor a guest that corrupts its heap can corrupt
//! the list.

use super::kernel::{Index, Kernel, flags};
use crate::{
    host::{GuestMemory, Host},
    program::{
        Config, PAGE,
        unit::{CANARY, STACK_ALIGN, lead},
    },
    words::{MAX_CHUNKS, Word},
};

/// What the canary holds, so that an overrun is noticed when the slot is given back.
const CANARY_VALUE: u64 = 0x7261_6464_6c65_2d63;

/// The range of one thread's stack and its TLS block, as guest addresses.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct ThreadStack {
    /// The address past the stack's highest byte, a multiple of 16; 0 if the module has no linear stack.
    pub top: u64,
    /// The stack's lowest address.
    pub limit: u64,
    /// The TLS block, 0 if the module has no TLS.
    pub tls: u64,
}

impl<H: Host> Kernel<H> {
    pub(crate) fn create_slots(&self, config: &Config) {
        let header = self.header();
        header.unit_size().store(config.unit_size);
        header.stack_size().store(config.stack_size);
        if let Some(tls) = config.tls {
            header.tls_size().store(tls.size);
            header.tls_align().store(tls.align);
        }
        if let Some(stack) = config.main_stack {
            header.main_stack_top().store(stack.top);
            header.main_stack_limit().store(stack.limit);
        }
        if config.first_units > 0 {
            self.add_chunk(config.memory.slots + lead(config.unit_size), config.first_units);
        }
    }

    /// Gives a thread a slot with at least the default stack. `false` if there is no room.
    pub(crate) fn take_slot(&self, index: Index, stack_size: u64) -> bool {
        let header = self.header();
        let unit_size = header.unit_size().load();
        if unit_size == 0 {
            return true;
        }
        // A unit holds the default stack; what is asked for beyond that takes more units. A module without a stack
        // wants none.
        let more = match header.stack_size().load() {
            0 => 0,
            default => stack_size.saturating_sub(default).div_ceil(unit_size),
        };
        let Ok(count) = u32::try_from(more.saturating_add(1)) else { return false };
        let _lock = self.lock(header.slot_lock());
        let Some(unit) = self.find_units(count).or_else(|| self.grow(count).then(|| self.find_units(count)).flatten())
        else {
            return false;
        };
        self.mark(unit, count, true);
        header.slots_used().add(1);
        let record = self.record(index);
        record.slot().store(unit + 1);
        record.slot_units().store(count);
        let base = self.unit_address(unit);
        // The slot is in memory, which never shrinks.
        let _ = self.memory().store64(base, CANARY_VALUE);
        let _ = self.memory().store64(base + 8, CANARY_VALUE);
        true
    }

    /// Whether a thread that has a slot has stayed within its stack.
    pub(crate) fn is_slot_intact(&self, index: Index) -> bool {
        let Some(unit) = self.record(index).slot().load().checked_sub(1) else { return true };
        let base = self.unit_address(unit);
        [base, base + 8].iter().all(|&addr| self.memory().load64(addr) == Ok(CANARY_VALUE))
    }

    /// Takes a thread's slot back, if it has one.
    pub(crate) fn release_slot(&self, index: Index) {
        let record = self.record(index);
        let Some(unit) = record.slot().swap(0).checked_sub(1) else { return };
        let header = self.header();
        let _lock = self.lock(header.slot_lock());
        self.mark(unit, record.slot_units().load(), false);
        header.slots_used().sub(1);
        if unit < header.slot_hint().load() {
            header.slot_hint().store(unit);
        }
    }

    /// Where a thread's stack and TLS are.
    pub(crate) fn stack_of(&self, index: Index) -> ThreadStack {
        let header = self.header();
        let mut stack = ThreadStack::default();
        let record = self.record(index);
        if let Some(unit) = record.slot().load().checked_sub(1) {
            let base = self.unit_address(unit);
            let end = base + u64::from(record.slot_units().load()) * header.unit_size().load();
            // A memory may end where 32-bit addresses do, and a stack may not: its top would be 0.
            let mut top = end - STACK_ALIGN;
            if header.tls_size().load() != 0 {
                let align = u64::from(header.tls_align().load());
                stack.tls = (end - header.tls_size().load()) & !(align - 1);
                top = stack.tls;
            }
            if header.stack_size().load() != 0 {
                stack.top = top & !(STACK_ALIGN - 1);
                stack.limit = base + CANARY;
            }
        }
        let main_top = header.main_stack_top().load();
        if main_top != 0 && self.is_main(index) {
            stack.top = main_top;
            stack.limit = header.main_stack_limit().load();
        }
        stack
    }

    /// The first of this many adjacent free units.
    fn find_units(&self, count: u32) -> Option<u32> {
        let header = self.header();
        // Every unit below the hint is taken.
        let hint = header.slot_hint().load();
        for number in 0..header.chunks().load() {
            let chunk = self.chunk(number);
            let first = chunk.first().load();
            let end = first + chunk.count().load();
            let mut unit = first.max(hint);
            let mut run = 0;
            while unit < end {
                let word = self.unit_word(unit).load();
                if unit.is_multiple_of(32) && word == u32::MAX {
                    run = 0;
                    unit += 32;
                    continue;
                }
                run = if word & (1 << (unit % 32)) == 0 { run + 1 } else { 0 };
                unit += 1;
                if run == count {
                    return Some(unit - count);
                }
            }
        }
        None
    }

    fn mark(&self, first: u32, count: u32, taken: bool) {
        for unit in first..first + count {
            let word = self.unit_word(unit);
            let bit = 1 << (unit % 32);
            let old = word.load();
            word.store(if taken { old | bit } else { old & !bit });
        }
        let hint = self.header().slot_hint();
        if taken && hint.load() == first {
            hint.store(first + count);
        }
    }

    fn unit_word(&self, unit: u32) -> Word<'_, H::Words> {
        Word::new(self.words(), self.layout.units + unit / 32)
    }

    fn unit_address(&self, unit: u32) -> u64 {
        let chunks = self.header().chunks().load();
        let chunk = (0..chunks).rev().map(|number| self.chunk(number)).find(|chunk| chunk.first().load() <= unit);
        chunk.map_or(0, |chunk| {
            chunk.base().load() + u64::from(unit - chunk.first().load()) * self.header().unit_size().load()
        })
    }

    /// Grows the memory for at least this many units: it tries to double the number of units, and less if that does not
    /// fit.
    fn grow(&self, count: u32) -> bool {
        let header = self.header();
        if !self.has_flag(flags::GROWABLE) || header.chunks().load() == MAX_CHUNKS {
            return false;
        }
        let room = self.layout.sizes.max_units - header.units().load();
        let mut wanted = header.units().load().max(count).min(room);
        while wanted >= count {
            let unit_size = header.unit_size().load();
            let bytes = u64::from(wanted).checked_mul(unit_size).and_then(|bytes| bytes.checked_add(lead(unit_size)));
            if let Some(pages) = bytes.map(|bytes| bytes.div_ceil(PAGE))
                && let Some(before) = self.memory().grow(pages)
            {
                self.add_pages(before * PAGE, (before + pages) * PAGE);
                return true;
            }
            // `count` itself is tried last.
            wanted = if wanted > count { (wanted / 2).max(count) } else { 0 };
        }
        false
    }

    /// Makes units from new memory: extends the last chunk if that ends here, so that large stacks find long runs.
    fn add_pages(&self, start: u64, end: u64) {
        let header = self.header();
        let unit_size = header.unit_size().load();
        let room = self.layout.sizes.max_units - header.units().load();
        let units_up_to_end = |base: u64, most: u32| ((end - base) / unit_size).min(u64::from(most)) as u32;
        if let Some(last) = header.chunks().load().checked_sub(1).map(|number| self.chunk(number)) {
            let (base, count) = (last.base().load(), last.count().load());
            if (base + u64::from(count) * unit_size).next_multiple_of(PAGE) == start {
                let grown = units_up_to_end(base, count + room);
                last.count().store(grown);
                header.units().add(grown - count);
                return;
            }
        }
        let start = start + lead(unit_size);
        self.add_chunk(start, units_up_to_end(start, room));
    }

    fn add_chunk(&self, base: u64, count: u32) {
        let header = self.header();
        let chunk = self.chunk(header.chunks().load());
        chunk.base().store(base);
        chunk.first().store(header.units().load());
        chunk.count().store(count);
        header.units().add(count);
        // Last: a thread that looks up an address without the lock finds a whole chunk.
        header.chunks().add(1);
    }
}

#[cfg(test)]
mod tests {
    use alloc::vec::Vec;

    use super::*;
    use crate::{
        DEFAULT_STACK_SIZE, Limits, MIN_STACK_SIZE,
        abi::section::TlsLayout,
        memory_host::{MemoryHost, Program},
        program::unit::HOST_PAGE,
        words::Stage,
    };

    fn kernel(change: impl FnOnce(&mut Program)) -> Kernel<MemoryHost> {
        let mut program = Program::new();
        program.limits.max_threads = Some(64);
        change(&mut program);
        let config = Config::new(&program.section, &program.limits).unwrap();
        Kernel::create(MemoryHost::bare(&config), &config)
    }

    /// The bytes of a thread's slot that are its own.
    fn range(kernel: &Kernel<MemoryHost>, index: Index) -> (u64, u64) {
        let record = kernel.record(index);
        let base = kernel.unit_address(record.slot().load() - 1);
        (base, base + u64::from(record.slot_units().load()) * kernel.header().unit_size().load())
    }

    #[test]
    fn stacks_and_tls_blocks_are_aligned_and_large_enough() {
        for (tls, stacks) in [
            (Some((24, 8)), true),
            (Some((1, 4096)), true),
            (Some((1000, 1)), true),
            (None, true),
            (Some((40, 64)), false),
        ] {
            let kernel = kernel(|program| {
                program.section.tls = tls.map(|(size, align)| TlsLayout { size, align });
                if !stacks {
                    program.section.stack = None;
                }
            });
            for index in 0..20 {
                assert!(kernel.take_slot(index, u64::from(index) * 1000));
                let (stack, (base, end)) = (kernel.stack_of(index), range(&kernel, index));
                if let Some((size, align)) = tls {
                    assert!(
                        stack.tls.is_multiple_of(align.into()) && stack.tls + size <= end && stack.tls >= base + CANARY
                    );
                }
                if stacks {
                    assert!(stack.top.is_multiple_of(STACK_ALIGN) && stack.top < end && stack.limit == base + CANARY);
                    assert!(stack.top - stack.limit >= MIN_STACK_SIZE.max(u64::from(index) * 1000));
                    assert!(tls.is_none() || stack.top <= stack.tls);
                } else {
                    assert_eq!((stack.top, stack.limit), (0, 0));
                }
            }
        }
    }

    #[test]
    fn what_every_thread_writes_lies_in_one_page_of_the_hosts() {
        let kernel = kernel(|program| {
            program.section.tls = Some(TlsLayout { size: 100, align: 16 });
            program.limits.stack_size = Some(DEFAULT_STACK_SIZE);
        });
        for index in 0..20 {
            assert!(kernel.take_slot(index, 0));
            let (stack, (base, _)) = (kernel.stack_of(index), range(&kernel, index));
            let (first_frames, end) = (stack.top - 2048, stack.tls + 100);
            assert_eq!(first_frames / HOST_PAGE, (end - 1) / HOST_PAGE);
            assert_eq!((base + CANARY) % HOST_PAGE, 0, "the canary is in the page of the slot below");
        }
        assert_eq!(kernel.header().chunks().load(), 1);
    }

    #[test]
    fn the_linkers_stack_is_mains_alone() {
        let kernel = kernel(|program| program.limits = Limits::default());
        let [main, other] = [Stage::MAIN, Stage::JOINABLE].map(|begin| kernel.take_record(begin).unwrap());
        assert!(kernel.take_slot(main, 0) && kernel.take_slot(other, 0));
        assert_eq!((kernel.stack_of(main).top, kernel.stack_of(main).limit), (4096, 0));
        assert!(kernel.stack_of(main).tls > 65536 && kernel.stack_of(other).top > 65536);
    }

    #[test]
    fn slots_never_overlap_whatever_comes_and_goes() {
        let kernel = kernel(|program| program.section.memory.maximum = 12);
        let mut state = 1_u64;
        let mut taken: Vec<Index> = Vec::new();
        let mut refused = 0;
        for _ in 0..5000 {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            let pick = (state >> 33) as u32;
            let index = pick % 64;
            if let Some(position) = taken.iter().position(|&taken| taken == index) {
                taken.swap_remove(position);
                assert!(kernel.is_slot_intact(index), "the canary is whole");
                kernel.release_slot(index);
                // There is none any more.
                kernel.release_slot(index);
            } else if kernel.take_slot(index, u64::from(pick >> 6 & 7) * MIN_STACK_SIZE) {
                let (start, end) = range(&kernel, index);
                assert!(start >= 65536 && end <= kernel.memory().byte_len());
                for &other in &taken {
                    let (other_start, other_end) = range(&kernel, other);
                    assert!(end <= other_start || other_end <= start);
                }
                taken.push(index);
            } else {
                refused += 1;
            }
            assert_eq!(kernel.header().slots_used().load() as usize, taken.len());
        }
        assert!(refused > 10, "the memory was full at times: {refused}");
        assert_eq!(kernel.header().chunks().load(), 1, "memory that nobody else grew is one chunk");
    }

    #[test]
    fn pages_that_the_guest_added_are_left_alone() {
        let kernel = kernel(|_| {});
        let guests = kernel.memory().grow(3).unwrap() * PAGE;
        for index in 0..60 {
            assert!(kernel.take_slot(index, 0));
            let (start, end) = range(&kernel, index);
            assert!(end <= guests || guests + 3 * PAGE <= start);
        }
        assert_eq!(kernel.header().chunks().load(), 2);
    }

    #[test]
    fn an_overrun_is_noticed() {
        let kernel = kernel(|_| {});
        for offset in [0, 8] {
            assert!(kernel.take_slot(3, 0));
            kernel.memory().store32(range(&kernel, 3).0 + offset, 0).unwrap();
            assert!(!kernel.is_slot_intact(3));
            kernel.release_slot(3);
            assert!(kernel.is_slot_intact(3), "there is none any more");
        }
        assert!(kernel.take_slot(3, 0) && kernel.is_slot_intact(3), "the next one finds its canary whole");
    }
}
