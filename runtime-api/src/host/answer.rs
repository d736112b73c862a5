//! What a call returns, on its way to the guest.

use super::Call;
use crate::abi::Status;

/// What a method of [`Threads`](crate::Threads) returns, as a value of the guest's: a status is its number, and a
/// pointer has the width of the module's pointers. `W` is the type that the import has: see
/// [`call_type`](crate::call_type).
pub trait Answer<W> {
    /// The value for the guest.
    ///
    /// # Errors
    /// [`Unwind`](crate::Unwind): the call does not return.
    fn answer(self) -> Call<W>;
}

impl Answer<()> for Call<()> {
    fn answer(self) -> Call<()> {
        self
    }
}

impl Answer<i32> for Call<i32> {
    fn answer(self) -> Call<i32> {
        self
    }
}

impl Answer<i32> for Call<Status> {
    fn answer(self) -> Call<i32> {
        self.map(Status::code)
    }
}

impl Answer<i32> for i32 {
    fn answer(self) -> Call<i32> {
        Ok(self)
    }
}

impl Answer<i64> for i64 {
    fn answer(self) -> Call<i64> {
        Ok(self)
    }
}

impl Answer<u32> for u64 {
    fn answer(self) -> Call<u32> {
        Ok(self as u32)
    }
}

impl Answer<u64> for u64 {
    fn answer(self) -> Call<u64> {
        Ok(self)
    }
}
