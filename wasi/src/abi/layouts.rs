//! What calls read and write in guest memory, as bytes. Padding is zero.

use crate::system::Metadata;

/// What a descriptor or a name stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[repr(u8)]
pub enum FileType {
    /// Something else, such as a pipe.
    Unknown = 0,
    /// A block device.
    BlockDevice = 1,
    /// A character device, such as a terminal.
    CharacterDevice = 2,
    /// A directory.
    Directory = 3,
    /// A regular file.
    RegularFile = 4,
    /// A datagram socket.
    SocketDatagram = 5,
    /// A stream socket.
    SocketStream = 6,
    /// A symbolic link.
    SymbolicLink = 7,
}

/// The size of a subscription.
pub(crate) const SUBSCRIPTION: u32 = 48;
/// The size of an event.
pub(crate) const EVENT: u32 = 32;
/// The size of a directory entry before its name.
pub(crate) const DIRENT: usize = 24;
/// The size of an iovec.
pub(crate) const IOVEC: u32 = 8;
/// The size of an fdstat.
pub(crate) const FDSTAT: u32 = 24;
/// The size of a filestat.
pub(crate) const FILESTAT: u32 = 64;
/// The size of a prestat.
pub(crate) const PRESTAT: u32 = 8;

/// Bytes with values of little-endian numbers at offsets.
macro_rules! layout {
    ($size:expr; $($offset:literal: $value:expr),* $(,)?) => {{
        let mut bytes = [0; $size as usize];
        $({
            let value = $value.to_le_bytes();
            bytes[$offset..$offset + value.len()].copy_from_slice(&value);
        })*
        bytes
    }};
}

/// The state of a descriptor.
pub(crate) fn fdstat(kind: FileType, flags: u16, base: u64, inheriting: u64) -> [u8; FDSTAT as usize] {
    layout!(FDSTAT; 0: kind as u8, 2: flags, 8: base, 16: inheriting)
}

/// The attributes of a file.
pub(crate) fn filestat(of: &Metadata) -> [u8; FILESTAT as usize] {
    layout!(FILESTAT; 0: of.device, 8: of.inode, 16: of.kind as u8, 24: of.links, 32: of.size, 40: of.accessed,
        48: of.modified, 56: of.changed)
}

/// What there is to know of a preopened directory: its tag is 0.
pub(crate) fn prestat(name_len: u32) -> [u8; PRESTAT as usize] {
    layout!(PRESTAT; 0: 0_u8, 4: name_len)
}

/// The head of a directory's entry.
pub(crate) fn dirent(next: u64, inode: u64, name_len: u32, kind: FileType) -> [u8; DIRENT] {
    layout!(DIRENT; 0: next, 8: inode, 16: name_len, 20: kind as u8)
}

/// What came about of a subscription.
pub(crate) fn event(userdata: u64, errno: u16, kind: u8, bytes: u64, flags: u16) -> [u8; EVENT as usize] {
    layout!(EVENT; 0: userdata, 8: errno, 10: kind, 16: bytes, 24: flags)
}

/// One of the subscriptions of `poll_oneoff`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Subscription {
    pub(crate) userdata: u64,
    /// One of the kinds of events, or some other number.
    pub(crate) kind: u8,
    /// The clock, or the descriptor.
    pub(crate) id: u32,
    pub(crate) timeout: u64,
    pub(crate) flags: u16,
}

impl Subscription {
    pub(crate) fn parse(bytes: &[u8; SUBSCRIPTION as usize]) -> Subscription {
        Subscription {
            userdata: u64::from_le_bytes(part(bytes, 0)),
            kind: bytes[8],
            id: u32::from_le_bytes(part(bytes, 16)),
            timeout: u64::from_le_bytes(part(bytes, 24)),
            flags: u16::from_le_bytes(part(bytes, 40)),
        }
    }
}

/// A part of a record. All offsets are constants of this file.
pub(crate) fn part<const N: usize>(bytes: &[u8], at: usize) -> [u8; N] {
    std::array::from_fn(|index| bytes[at + index])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn offsets_are_those_of_the_specification() {
        let bytes = fdstat(FileType::CharacterDevice, 0x0102, 3, 4);
        assert_eq!((bytes[0], bytes[1], bytes[2], bytes[3], bytes[8], bytes[16]), (2, 0, 2, 1, 3, 4));

        let metadata = Metadata {
            device: 1,
            inode: 2,
            kind: FileType::RegularFile,
            links: 3,
            size: 5,
            accessed: 6,
            modified: 7,
            changed: 8,
        };
        let bytes = filestat(&metadata);
        let words: Vec<u64> = (0..8).map(|word| u64::from_le_bytes(part(&bytes, word * 8))).collect();
        assert_eq!(words, [1, 2, 4, 3, 5, 6, 7, 8]);

        // The error stands before the kind.
        let bytes = event(1, 0x0203, 4, 5, 6);
        assert_eq!((bytes[0], bytes[8], bytes[9], bytes[10], bytes[16], bytes[24]), (1, 3, 2, 4, 5, 6));

        let bytes = dirent(1, 2, 3, FileType::SymbolicLink);
        assert_eq!((bytes[0], bytes[8], bytes[16], bytes[20], bytes[21]), (1, 2, 3, 7, 0));
        assert_eq!(prestat(9), [0, 0, 0, 0, 9, 0, 0, 0]);
    }

    #[test]
    fn a_subscription_is_read_from_its_offsets() {
        let mut bytes = [0xee; SUBSCRIPTION as usize];
        bytes[..8].copy_from_slice(&u64::MAX.to_le_bytes());
        bytes[8] = 1;
        bytes[16..20].copy_from_slice(&7_u32.to_le_bytes());
        bytes[24..32].copy_from_slice(&8_u64.to_le_bytes());
        bytes[40..42].copy_from_slice(&1_u16.to_le_bytes());
        let expected = Subscription { userdata: u64::MAX, kind: 1, id: 7, timeout: 8, flags: 1 };
        assert_eq!(Subscription::parse(&bytes), expected);
    }
}
