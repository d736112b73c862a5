//! Stacks for threads, many in one mapping: each mapping that is made or taken away stops all threads that do the same.
//!
//! A *slab* is a mapping of some places, each of which is for one thread:
//!
//! ```text
//! | guard | stack for signals | guard | stack |
//! ```
//!
//! Both stacks grow down, into their guards. The first slabs are small, because most processes have few threads.

use std::{
    io,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use rustix::param::page_size;

use crate::machine::{
    mapping::{Guards, Mapping},
    room::{self, Reserved},
};

/// What the engine wants for its handler; with less, each thread would make a place of its own.
const FOR_SIGNALS: usize = 256 * 1024;

/// How many places the first slab has. Each further one has twice as many.
const FIRST: u32 = 4;

/// How many places a slab has at most: as many as there are bits that say which are free.
const MOST: u32 = u64::BITS;

/// How many mappings a place takes if each guard is one.
const MAPPINGS: usize = 4;

/// Stacks of one size. A clone gives out the same ones.
#[derive(Debug, Clone)]
pub(super) struct Stacks(Arc<Shared>);

#[derive(Debug)]
struct Shared {
    /// Of a stack in whole pages, without its guard.
    size: usize,
    slabs: Mutex<Vec<Slab>>,
}

#[derive(Debug)]
struct Slab {
    mapping: Mapping,
    places: u32,
    /// A bit for each place.
    free: u64,
    _room: Reserved,
}

/// A place for a thread, free again when this is dropped. By then the thread must be gone.
#[derive(Debug)]
pub(super) struct Stack {
    stacks: Stacks,
    /// Where the place begins.
    place: usize,
}

impl Stacks {
    pub(super) fn new(size: usize) -> Stacks {
        // A size that overflows is one that nobody can map.
        let size = size.checked_next_multiple_of(page_size()).unwrap_or(usize::MAX);
        Stacks(Arc::new(Shared { size, slabs: Mutex::default() }))
    }

    /// A place that nobody has.
    ///
    /// # Errors
    /// If there is no room for more.
    pub(super) fn take(&self) -> io::Result<Stack> {
        let mut slabs = self.lock();
        // The latest are the likeliest to have some.
        let index = match slabs.iter().rposition(|slab| slab.free != 0) {
            Some(index) => index,
            None => {
                let places = slabs.last().map_or(FIRST, |slab| (2 * slab.places).min(MOST));
                slabs.push(self.0.new_slab(places)?);
                slabs.len() - 1
            }
        };
        let slab = &mut slabs[index];
        let bit = slab.free.trailing_zeros();
        slab.free &= !(1 << bit);
        Ok(Stack { stacks: self.clone(), place: slab.mapping.address() + bit as usize * self.0.place_size()? })
    }

    fn lock(&self) -> MutexGuard<'_, Vec<Slab>> {
        // Every change is a single step.
        self.0.slabs.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Shared {
    /// From one place to the next.
    fn place_size(&self) -> io::Result<usize> {
        let size = self.size.checked_add(2 * page_size() + FOR_SIGNALS);
        size.ok_or_else(|| io::Error::from(io::ErrorKind::OutOfMemory))
    }

    /// A slab with so many places, or with fewer if there is no room for so many.
    fn new_slab(&self, mut places: u32) -> io::Result<Slab> {
        loop {
            match self.try_slab(places) {
                Err(_) if places > 1 => places /= 2,
                result => return result,
            }
        }
    }

    fn try_slab(&self, places: u32) -> io::Result<Slab> {
        let mut room = room::reserve(1 + MAPPINGS * places as usize)?;
        let place_size = self.place_size()?;
        let len = place_size.checked_mul(places as usize).ok_or(io::ErrorKind::OutOfMemory)?;
        let mut mapping = Mapping::new(len)?;
        let guards = (0..places as usize).flat_map(|place| {
            let begin = place * place_size;
            [begin, begin + page_size() + FOR_SIGNALS]
        });
        if mapping.guard(guards)? == Guards::Marks {
            room.keep(1);
        }
        room::check_spare()?;
        Ok(Slab { mapping, places, free: u64::MAX >> (u64::BITS - places), _room: room })
    }
}

impl Stack {
    /// The lowest address of the stack for signals, and its size.
    pub(super) fn for_signals(&self) -> (usize, usize) {
        (self.place + page_size(), FOR_SIGNALS)
    }

    /// The lowest address of the stack, and its size.
    pub(super) fn range(&self) -> (usize, usize) {
        (self.guard().1, self.stacks.0.size)
    }

    /// Where the stack's guard begins and ends.
    pub(super) fn guard(&self) -> (usize, usize) {
        let begin = self.place + page_size() + FOR_SIGNALS;
        (begin, begin + page_size())
    }
}

impl Drop for Stack {
    #[expect(unsafe_code, reason = "nobody uses the stack any more")]
    fn drop(&mut self) {
        let ((signals, len), (stack, size)) = (self.for_signals(), self.range());
        // SAFETY: the thread is gone, and nobody has had the place since.
        unsafe {
            Mapping::give_back(signals, len);
            Mapping::give_back(stack, size);
        }
        let mut slabs = self.stacks.lock();
        let Some(index) = slabs.iter().position(|slab| slab.mapping.contains(self.place)) else { return };
        let slab = &mut slabs[index];
        let place_size = size + 2 * page_size() + FOR_SIGNALS;
        slab.free |= 1 << ((self.place - slab.mapping.address()) / place_size);
        let unused = (slab.free.count_ones() == slab.places).then(|| slabs.remove(index));
        drop(slabs);
        drop(unused);
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    #[test]
    fn places_are_apart_and_used_again() {
        let stacks = Stacks::new(100_000);
        let taken: Vec<Stack> = (0..252).map(|_| stacks.take().expect("a stack")).collect();
        let mut ranges: Vec<_> = taken.iter().flat_map(|stack| [stack.for_signals(), stack.range()]).collect();
        ranges.sort_unstable();
        let page = page_size();
        assert!(ranges.windows(2).all(|pair| pair[0].0 + pair[0].1 + page <= pair[1].0), "with guards between");
        assert!(ranges.iter().all(|(begin, len)| begin.is_multiple_of(page) && len.is_multiple_of(page)));
        assert_eq!(stacks.lock().iter().map(|slab| slab.places).collect::<Vec<_>>(), [4, 8, 16, 32, 64, 64, 64]);

        // Those of every other slab's: what is still in use keeps its slab.
        let places: HashSet<usize> = taken.iter().map(|stack| stack.place).collect();
        let kept: Vec<Stack> = taken.into_iter().step_by(2).collect();
        let again: Vec<Stack> = (0..126).map(|_| stacks.take().expect("a stack")).collect();
        assert!(again.iter().all(|stack| places.contains(&stack.place)));
        drop((kept, again));
        assert!(stacks.lock().is_empty(), "nothing is kept");
    }

    #[test]
    fn a_slab_has_fewer_places_where_there_is_no_room_for_many() {
        // Half of all addresses for one of them.
        let stacks = Stacks::new(usize::MAX / 2);
        assert!(stacks.take().is_err() && stacks.lock().is_empty());
    }
}
