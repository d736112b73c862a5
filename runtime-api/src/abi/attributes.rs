//! The thread attributes that `thread_spawn` reads from guest memory.
//!
//! Little-endian; `size` makes all fields optional:
//!
//! | field | type | offset, 32 / 64 bit |
//! |---|---|---|
//! | `size` | u32: how many bytes of this struct are valid | 0 / 0 |
//! | `flags` | u32: bit 0, start detached | 4 / 4 |
//! | `stack_size` | P: bytes, 0 for the default | 8 / 8 |
//! | `name` | P: address of the name | 12 / 16 |
//! | `name_len` | P: bytes | 16 / 24 |

use super::PointerWidth;

/// Bit of `flags`: the thread will not be joined, and its resources are freed when it ends.
pub const DETACHED: u32 = 1;

/// Every valid bit of `flags`. Any other bit gives `INVALID`.
pub const ALL_FLAGS: u32 = DETACHED;

/// Where a field of the attributes lies.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct AttributeLayout {
    /// Offset of `size`, a u32.
    pub size: u32,
    /// Offset of `flags`, a u32.
    pub flags: u32,
    /// Offset of `stack_size`, a pointer-sized integer.
    pub stack_size: u32,
    /// Offset of `name`, a pointer.
    pub name: u32,
    /// Offset of `name_len`, a pointer-sized integer.
    pub name_len: u32,
    /// The size of the whole struct in bytes.
    pub len: u32,
}

impl AttributeLayout {
    /// The layout for a pointer width.
    #[must_use]
    pub const fn new(width: PointerWidth) -> AttributeLayout {
        let pointer = width.bytes();
        AttributeLayout {
            size: 0,
            flags: 4,
            stack_size: 8,
            name: 8 + pointer,
            name_len: 8 + 2 * pointer,
            len: 8 + 3 * pointer,
        }
    }
}
