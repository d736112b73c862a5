//! How large a unit of the thread slots is, and where the first one of a chunk lies. `protocols/slots.md` explains
//! slots.

use crate::abi::section::TlsLayout;

/// The bytes below a stack that nothing should ever write to.
pub(crate) const CANARY: u64 = 16;

/// Stacks end at multiples of this, as the C ABI requires.
pub(crate) const STACK_ALIGN: u64 = 16;

/// The size of the pages in which hosts give memory to a process; theirs may be a multiple of it.
pub(crate) const HOST_PAGE: u64 = 4096;

/// Units of this size and more are whole pages of the host. Rounding would enlarge smaller ones too much.
const LARGE_UNIT: u64 = 32 * HOST_PAGE;

/// The size of a unit for stacks of the given size: a slot's parts, rounded so that every slot is aligned. 0 if there
/// is nothing to put into a slot, `None` if the sum does not fit.
pub(crate) fn unit_size(stack_size: u64, tls: Option<TlsLayout>) -> Option<u64> {
    if stack_size == 0 && tls.is_none() {
        return Some(0);
    }
    let (tls_size, tls_align) = tls.map_or((0, 1), |tls| (tls.size, u64::from(tls.align)));
    // Room for the block's alignment whatever the base is: a page is not aligned to more than itself.
    let size =
        CANARY.checked_add(stack_size)?.checked_add(tls_size)?.checked_add(tls_align)?.checked_add(STACK_ALIGN)?;
    size.checked_next_multiple_of(if size < LARGE_UNIT { STACK_ALIGN } else { HOST_PAGE })
}

/// How many bytes of a chunk come before its first unit.
///
/// A large unit ends just before the last bytes of a page, which hold the canary of the next. So the part of a slot
/// that every thread writes, its TLS block and the first frames of its stack, lies in as few of the host's pages as
/// possible, and the canary needs no page of its own.
pub(crate) fn lead(unit_size: u64) -> u64 {
    if unit_size < LARGE_UNIT { 0 } else { HOST_PAGE - CANARY }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::DEFAULT_STACK_SIZE;

    #[test]
    fn a_unit_has_room_for_its_parts_wherever_it_lies() {
        let tls = |size, align| Some(TlsLayout { size, align });
        assert_eq!(unit_size(0, None), Some(0));
        for (stack, tls) in [(4096, None), (0, tls(1, 1)), (4096, tls(300, 16)), (65536, tls(7, 1 << 31))] {
            let size = unit_size(stack, tls).unwrap();
            let (tls_size, align) = tls.map_or((0, 1), |tls| (tls.size, u64::from(tls.align)));
            assert!(
                size.is_multiple_of(STACK_ALIGN) && size >= CANARY + stack + tls_size + align - 1 + STACK_ALIGN - 1
            );
        }
        let large = unit_size(DEFAULT_STACK_SIZE, tls(300, 16)).unwrap();
        assert!(large.is_multiple_of(HOST_PAGE) && large - DEFAULT_STACK_SIZE == HOST_PAGE);
        assert_eq!(unit_size(u64::MAX, None), None);
        assert_eq!(unit_size(4096, tls(u64::MAX - 4096, 8)), None);
        assert_eq!(unit_size(u64::MAX - CANARY - STACK_ALIGN - 1, None), None, "rounding up");
    }
}
