//! Numbers and strings as bytes: the encoding of the section `raddle.threads` and of outcomes in the control words.

use alloc::{string::String, vec::Vec};

/// The bytes end too early, or hold something impossible, at this offset.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Malformed {
    pub(crate) offset: usize,
}

/// Writes an unsigned LEB128 number.
pub(crate) fn write_number(out: &mut Vec<u8>, mut value: u64) {
    while value >= 0x80 {
        out.push((value as u8 & 0x7f) | 0x80);
        value >>= 7;
    }
    out.push(value as u8);
}

/// Writes a string with its length in front.
pub(crate) fn write_text(out: &mut Vec<u8>, text: &str) {
    write_number(out, text.len() as u64);
    out.extend_from_slice(text.as_bytes());
}

/// Reads what the functions above write, and knows its offset.
pub(crate) struct Reader<'a> {
    /// The bytes up to the end of what is read.
    bytes: &'a [u8],
    offset: usize,
}

impl<'a> Reader<'a> {
    pub(crate) fn new(bytes: &'a [u8]) -> Self {
        Reader { bytes, offset: 0 }
    }

    pub(crate) fn at_end(&self) -> bool {
        self.offset >= self.bytes.len()
    }

    pub(crate) fn malformed(&self) -> Malformed {
        Malformed { offset: self.offset }
    }

    pub(crate) fn u64(&mut self) -> Result<u64, Malformed> {
        let mut value = 0;
        for shift in (0..64).step_by(7) {
            let &byte = self.bytes.get(self.offset).ok_or(self.malformed())?;
            let bits = u64::from(byte & 0x7f);
            if (bits << shift) >> shift != bits {
                return Err(self.malformed());
            }
            self.offset += 1;
            value |= bits << shift;
            if byte & 0x80 == 0 {
                return Ok(value);
            }
        }
        Err(self.malformed())
    }

    pub(crate) fn u32(&mut self) -> Result<u32, Malformed> {
        let value = self.u64()?;
        u32::try_from(value).map_err(|_| self.malformed())
    }

    /// The end of something that has its length in front.
    fn end(&mut self) -> Result<usize, Malformed> {
        let len = self.u64()?;
        let end = usize::try_from(len).ok().and_then(|len| self.offset.checked_add(len));
        end.filter(|&end| end <= self.bytes.len()).ok_or(self.malformed())
    }

    /// A reader of something that has its length in front.
    pub(crate) fn field(&mut self) -> Result<Reader<'a>, Malformed> {
        let end = self.end()?;
        let field = Reader { bytes: &self.bytes[..end], offset: self.offset };
        self.offset = end;
        Ok(field)
    }

    pub(crate) fn text(&mut self) -> Result<String, Malformed> {
        let end = self.end()?;
        let text = core::str::from_utf8(&self.bytes[self.offset..end]).map_err(|_| self.malformed())?;
        self.offset = end;
        Ok(text.into())
    }
}
