//! LEB128 numbers of a chosen length.
//!
//! Linkers pad the numbers that they may have to change later, and we keep their lengths so that nothing behind them
//! moves.

/// How many bytes `value` needs at least.
pub(crate) fn len(value: u32) -> usize {
    match value {
        0..=0x7f => 1,
        0x80..=0x3fff => 2,
        0x4000..=0x1f_ffff => 3,
        0x20_0000..=0xfff_ffff => 4,
        _ => 5,
    }
}

/// Appends `value` in `width` bytes, or in as many as it needs if those are more. A u32 never has more than 5.
pub(crate) fn write_padded(out: &mut Vec<u8>, value: u32, width: usize) {
    let width = width.clamp(len(value), 5);
    let mut rest = value;
    for _ in 1..width {
        out.push((rest & 0x7f) as u8 | 0x80);
        rest >>= 7;
    }
    out.push(rest as u8);
}

/// The u32 at the start of `bytes` and its length, or `None` if there is none.
pub(crate) fn read(bytes: &[u8]) -> Option<(u32, usize)> {
    let mut value: u64 = 0;
    for (index, &byte) in bytes.iter().take(5).enumerate() {
        value |= u64::from(byte & 0x7f) << (7 * index);
        if byte & 0x80 == 0 {
            return u32::try_from(value).ok().map(|value| (value, index + 1));
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_what_it_writes_in_every_width() {
        for value in [0, 1, 0x7f, 0x80, 0x3fff, 0x4000, 0x1f_ffff, 0x20_0000, 0xfff_ffff, 0x1000_0000, u32::MAX] {
            for width in 0..7 {
                let mut bytes = Vec::new();
                write_padded(&mut bytes, value, width);
                assert_eq!(bytes.len(), width.clamp(len(value), 5), "{value:#x} in {width}");
                assert_eq!(read(&bytes), Some((value, bytes.len())));
            }
        }
    }

    #[test]
    fn refuses_what_is_no_u32() {
        for bytes in [&[][..], &[0x80], &[0x80; 5], &[0xff, 0xff, 0xff, 0xff, 0x1f]] {
            assert_eq!(read(bytes), None, "{bytes:x?}");
        }
    }
}
