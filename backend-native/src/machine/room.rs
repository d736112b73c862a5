//! Room in the application's address space, of which raddle leaves enough for everybody else.
//!
//! What the system refuses is an error, and a guest gets `AGAIN` for it. But whoever asks next may be the allocator, and
//! it can only abort the application. So what takes much is refused while something is left: Linux bounds the number of
//! mappings (`vm.max_map_count`), which are counted here for all runtimes; and where address space is bounded (`ulimit
//! -v`), a spare part of it must still be there when a mapping was made.

use std::{
    error, fmt, io,
    sync::{
        LazyLock,
        atomic::{AtomicUsize, Ordering::SeqCst},
    },
};

/// How many mappings a Linux process may have by default.
#[cfg(target_os = "linux")]
const USUAL_MAPPINGS: usize = 65530;

/// How many are left for others at least: their libraries, their threads, the allocator.
#[cfg(target_os = "linux")]
const OTHERS: usize = 256;

/// How many bytes of address space are left for others where it is bounded, after each large piece that is taken: glibc's
/// allocator reserves 128 MiB for each of the first threads, of which it keeps 64.
const SPARE: usize = 192 << 20;

/// The room in this process.
static ROOM: LazyLock<Room> = LazyLock::new(|| Room::new(most_mappings()));

/// The most mappings that may be taken.
#[cfg(target_os = "linux")]
fn most_mappings() -> usize {
    let limit = std::fs::read_to_string("/proc/sys/vm/max_map_count").ok();
    let limit = limit.and_then(|limit| limit.trim().parse().ok()).unwrap_or(USUAL_MAPPINGS);
    let there = std::fs::read_to_string("/proc/self/maps").map_or(0, |maps| maps.lines().count());
    left_for_us(limit, there)
}

#[cfg(not(target_os = "linux"))]
fn most_mappings() -> usize {
    usize::MAX
}

/// How many may be taken if there are some already, and a sixteenth is left for everything else.
#[cfg(target_os = "linux")]
fn left_for_us(limit: usize, there: usize) -> usize {
    limit.saturating_sub(there).saturating_sub((limit / 16).max(OTHERS))
}

/// Takes room for so many mappings.
///
/// # Errors
/// [`Full`] if there is none.
pub(crate) fn reserve(mappings: usize) -> Result<Reserved, Full> {
    ROOM.reserve(mappings)
}

/// Whether the address space is bounded to less than there are addresses.
#[cfg(target_os = "linux")]
pub(crate) fn is_bounded() -> bool {
    rustix::process::getrlimit(rustix::process::Resource::As).current.is_some()
}

/// Looks whether others still have room, after something large was mapped.
///
/// # Errors
/// [`Full`] if they have not: then it is to be given back.
pub(crate) fn check_spare() -> Result<(), Full> {
    check_spare_of(0)
}

/// The same, for something that will take so many bytes.
///
/// # Errors
/// [`Full`] if they are not there.
pub(crate) fn check_spare_of(bytes: usize) -> Result<(), Full> {
    #[cfg(target_os = "linux")]
    if is_bounded() && !super::mapping::can_map(SPARE.saturating_add(bytes)) {
        return Err(Full::AddressSpace);
    }
    let _ = bytes;
    Ok(())
}

/// Why something has no room.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Full {
    Mappings,
    #[cfg_attr(not(target_os = "linux"), expect(dead_code, reason = "nobody looks there"))]
    AddressSpace,
}

impl fmt::Display for Full {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Full::Mappings => "this application has as many memory mappings as vm.max_map_count leaves room for",
            Full::AddressSpace => {
                "this application has taken nearly all the address space that it may have (ulimit -v)"
            }
        })
    }
}

impl error::Error for Full {}

impl From<Full> for io::Error {
    fn from(full: Full) -> io::Error {
        io::Error::new(io::ErrorKind::WouldBlock, full)
    }
}

#[derive(Debug)]
struct Room {
    most: usize,
    taken: AtomicUsize,
}

impl Room {
    fn new(most: usize) -> Room {
        Room { most, taken: AtomicUsize::new(0) }
    }

    fn reserve(&'static self, mappings: usize) -> Result<Reserved, Full> {
        let more = |taken: usize| taken.checked_add(mappings).filter(|&taken| taken <= self.most);
        self.taken.fetch_update(SeqCst, SeqCst, more).map_err(|_| Full::Mappings)?;
        Ok(Reserved { room: self, mappings })
    }
}

/// Room that was taken, given back when this is dropped.
#[derive(Debug)]
pub(crate) struct Reserved {
    room: &'static Room,
    mappings: usize,
}

impl Reserved {
    /// Gives back all but so many.
    #[cfg(target_os = "linux")]
    pub(crate) fn keep(&mut self, mappings: usize) {
        self.room.taken.fetch_sub(self.mappings.saturating_sub(mappings), SeqCst);
        self.mappings = self.mappings.min(mappings);
    }
}

impl Drop for Reserved {
    fn drop(&mut self) {
        self.room.taken.fetch_sub(self.mappings, SeqCst);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn room(most: usize) -> &'static Room {
        Box::leak(Box::new(Room::new(most)))
    }

    #[test]
    fn what_is_reserved_is_room_for_others_no_more() {
        let room = room(10);
        let mut reserved = room.reserve(8).expect("room");
        assert_eq!(room.reserve(3).err(), Some(Full::Mappings));
        assert_eq!(room.reserve(usize::MAX).err(), Some(Full::Mappings));
        reserved.keep(7);
        drop(room.reserve(3).expect("room"));
        drop(reserved);
        assert!(room.reserve(10).is_ok());
        assert_eq!(room.taken.load(SeqCst), 0);
    }

    #[test]
    #[cfg(target_os = "linux")]
    fn some_is_left_for_everything_else() {
        assert_eq!(left_for_us(USUAL_MAPPINGS, 135), 61_300);
        assert_eq!(left_for_us(1000, 200), 544);
        assert_eq!(left_for_us(300, 200), 0);
        assert_eq!(left_for_us(0, 200), 0);
    }
}
