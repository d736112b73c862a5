//! Arguments that are worth passing: good ones, almost good ones, and the ends of every range.

use raddle_runtime_api::abi::{
    PointerWidth,
    Ty::{self, I32, I64, P},
};

use crate::{
    driver::table,
    script::Arg::{self, FromEnd, Literal, Me, Register},
    world::{self, ATTRIBUTES, DETACHED_ATTRIBUTES, NO_TEXT, OUT, TEXT, TEXT_LEN, WORDS},
};

/// What the registers hold while the values below are passed.
pub(crate) mod register {
    /// The id of a thread that lives as long as the process.
    pub(crate) const LIVE: u8 = 0;
    /// Of a thread that has ended and was not joined, or by now may have been.
    pub(crate) const ENDED: u8 = 1;
    /// Of a thread that was joined.
    pub(crate) const JOINED: u8 = 2;
    /// Of a thread that was detached, and lives.
    pub(crate) const DETACHED: u8 = 3;
    /// A TLS key.
    pub(crate) const KEY: u8 = 4;
    /// A TLS key that was deleted.
    pub(crate) const DELETED: u8 = 5;
}

/// An hour in nanoseconds: longer than any test is patient.
pub(crate) const HOUR: i64 = 3_600_000_000_000;

/// The values to pass for a type.
pub(crate) fn of(ty: Ty, width: PointerWidth) -> Vec<Arg> {
    match ty {
        P => pointers(width),
        I32 => narrow(),
        I64 => [0, 1, 1_000, 50_000, -1, i64::MIN, i64::MAX, HOUR].map(Literal).into(),
    }
}

/// Addresses, sizes, functions and numbers, whichever the call takes a pointer-sized argument for.
fn pointers(width: PointerWidth) -> Vec<Arg> {
    let mut values = vec![0, table::RUN, table::DESTROY, table::STRANGE, 4, 8, table::len(), 63, 64, 65, TEXT_LEN];
    values.extend((0..world::WORD_COUNT).map(|word| WORDS + 4 * word));
    values.extend([WORDS + 1, WORDS + 2, OUT, ATTRIBUTES, DETACHED_ATTRIBUTES, TEXT, NO_TEXT]);
    let u32_max = i64::from(u32::MAX);
    values.extend([1 << 31, u32_max - 7, u32_max - 3, u32_max]);
    if width == PointerWidth::Bits64 {
        values.extend([1 << 32, (1 << 32) + WORDS, i64::MAX, i64::MIN, -8, -4, -1]);
    }
    let ends = [-8, -4, -2, -1, 0, 1, 4].map(FromEnd);
    values.into_iter().map(Literal).chain(ends).collect()
}

/// Ids, keys, streams, counts, flags.
fn narrow() -> Vec<Arg> {
    use register::{DELETED, DETACHED, ENDED, JOINED, KEY, LIVE};

    let numbers = [0, 1, 2, 3, -1, i32::MIN, i32::MAX, 0x1fff_ffff, 0x2000_0000];
    let registers = [LIVE, ENDED, JOINED, DETACHED, KEY, DELETED];
    numbers.map(|number| Literal(number.into())).into_iter().chain(registers.map(Register)).chain([Me(0)]).collect()
}
