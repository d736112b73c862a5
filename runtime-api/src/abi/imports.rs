//! The calls that a guest may import from [`MODULE`]: a constant for each name, and [`IMPORTS`]. They are declared in
//! [`for_each_call`](crate::for_each_call).

use super::{Signature, Ty};

/// One import of the ABI.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct Import {
    /// The name of the field in [`MODULE`].
    pub name: &'static str,
    /// Its type.
    pub signature: Signature,
    /// Whether it ever returns to the guest.
    pub returns: bool,
    /// Whether it may block. It does so no longer than the process lives.
    pub blocks: bool,
}

/// The constants and the list of an ABI's imports.
macro_rules! imports {
    ([] $module:literal; $(
        $(#[$meta:meta])* $constant:ident: $safety:tt
        fn $name:ident($($param:ident: $ty:tt),*) -> $result:tt $(, $note:ident)?;
    )*) => {
        /// The import module name. An incompatible ABI gets a new name, and a host may offer both.
        pub const MODULE: &str = $module;

        $(
            $(#[$meta])*
            ///
            #[doc = concat!("`(", stringify!($($param: $ty),*), ") -> ", stringify!($result), "`")]
            pub const $constant: &str = stringify!($name);
        )*

        /// Every import of the ABI with its type.
        pub const IMPORTS: &[Import] = &[$(Import {
            name: $constant,
            signature: Signature { params: &[$(ty!($ty)),*], results: results!($result) },
            returns: returns!($result),
            blocks: false $(|| blocks!($note))?,
        }),*];
    };
}

macro_rules! ty {
    (P) => {
        Ty::P
    };
    (i32) => {
        Ty::I32
    };
    (i64) => {
        Ty::I64
    };
    (status) => {
        Ty::I32
    };
}

macro_rules! results {
    (()) => {
        &[]
    };
    (!) => {
        &[]
    };
    ($ty:tt) => {
        &[ty!($ty)]
    };
}

macro_rules! returns {
    (!) => {
        false
    };
    ($ty:tt) => {
        true
    };
}

macro_rules! blocks {
    (blocks) => {
        true
    };
    (infallible) => {
        false
    };
}

crate::for_each_call!(imports);

/// The import of that name.
#[must_use]
pub fn find(name: &str) -> Option<&'static Import> {
    IMPORTS.iter().find(|import| import.name == name)
}
