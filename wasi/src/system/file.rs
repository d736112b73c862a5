//! [`File`]: something with a length, read and written at offsets.

use super::{Metadata, Times};
use crate::abi::{Errno, Result};

/// A regular file that is open. What it is not open for was refused before.
pub trait File: Send + Sync {
    /// The attributes.
    ///
    /// # Errors
    /// Those of the platform, as of all methods here.
    fn metadata(&self) -> Result<Metadata>;

    /// Reads at an offset, and answers how many bytes there were: 0 at the end.
    ///
    /// # Errors
    /// See [`metadata`](File::metadata).
    fn read_at(&self, offset: u64, into: &mut [u8]) -> Result<usize>;

    /// Writes at an offset, and answers how many bytes were written. A gap before it is filled with zeros.
    ///
    /// # Errors
    /// See [`metadata`](File::metadata).
    fn write_at(&self, offset: u64, bytes: &[u8]) -> Result<usize>;

    /// Writes at the end of that moment, in one step, and answers how many bytes, and where they end.
    ///
    /// # Errors
    /// See [`metadata`](File::metadata).
    fn append(&self, bytes: &[u8]) -> Result<(usize, u64)>;

    /// Makes it longer, with zeros, or shorter.
    ///
    /// # Errors
    /// See [`metadata`](File::metadata).
    fn set_len(&self, len: u64) -> Result<()>;

    /// Makes it at least so long, in one step.
    ///
    /// # Errors
    /// `NOTSUP` where that cannot be done; see [`metadata`](File::metadata).
    fn allocate(&self, len: u64) -> Result<()> {
        let _ = len;
        Err(Errno::NotSupported)
    }

    /// Sets times.
    ///
    /// # Errors
    /// See [`metadata`](File::metadata).
    fn set_times(&self, times: Times) -> Result<()>;

    /// Sees to it that the content is on the disk, and the attributes, too, unless only data is asked for.
    ///
    /// # Errors
    /// See [`metadata`](File::metadata).
    fn sync(&self, only_data: bool) -> Result<()> {
        let _ = only_data;
        Ok(())
    }

    /// The cursor, if it is not this process's own: a standard stream that was redirected to a file shares it with the
    /// other programs that were given that file.
    fn cursor(&self) -> Option<&dyn Cursor> {
        None
    }
}

/// The cursor of an open file that others share. Each method moves it.
pub trait Cursor {
    /// Reads.
    ///
    /// # Errors
    /// Those of the platform, as of all methods here.
    fn read(&self, into: &mut [u8]) -> Result<usize>;

    /// Writes, at the end if the file was opened so.
    ///
    /// # Errors
    /// See [`read`](Cursor::read).
    fn write(&self, bytes: &[u8]) -> Result<usize>;

    /// Moves it to an offset from the beginning, from where it is, or from the end, as `whence` says, and answers where
    /// it is then.
    ///
    /// # Errors
    /// `INVAL` if that is before the beginning.
    fn seek(&self, offset: i64, whence: u32) -> Result<u64> {
        let _ = (offset, whence);
        Err(Errno::Pipe)
    }
}
