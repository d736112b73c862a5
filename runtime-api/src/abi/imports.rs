//! The calls that a guest may import from [`MODULE`]: a constant for each name, and [`IMPORTS`]. They are declared in
//! [`for_each_call`](crate::for_each_call).

use super::Signature;

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

impl Import {
    /// A row of an ABI's table.
    #[doc(hidden)]
    #[must_use]
    pub const fn new(name: &'static str, signature: Signature, returns: bool, blocks: bool) -> Import {
        Import { name, signature, returns, blocks }
    }
}

/// Makes of an ABI's table, in the format of [`for_each_call`](crate::for_each_call), the name of its module, `MODULE`,
/// a constant for the name of each call, and the list of all, `IMPORTS`.
///
/// Besides the types of that table it takes `u32` and `u64`, which are the guest's `i32` and `i64`, and `errno`, an
/// error number as an `i32`.
#[macro_export]
macro_rules! define_imports {
    (@ty P) => {
        $crate::abi::Ty::P
    };
    (@ty i64) => {
        $crate::abi::Ty::I64
    };
    (@ty u64) => {
        $crate::abi::Ty::I64
    };
    // `i32`, `u32`, `status` and `errno`.
    (@ty $other:tt) => {
        $crate::abi::Ty::I32
    };
    (@results ()) => {
        &[]
    };
    (@results !) => {
        &[]
    };
    (@results $ty:tt) => {
        &[$crate::define_imports!(@ty $ty)]
    };
    (@returns !) => {
        false
    };
    (@returns $ty:tt) => {
        true
    };
    (@blocks blocks) => {
        true
    };
    (@blocks infallible) => {
        false
    };
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
        pub const IMPORTS: &[$crate::abi::imports::Import] = &[$($crate::abi::imports::Import::new(
            $constant,
            $crate::abi::Signature {
                params: &[$($crate::define_imports!(@ty $ty)),*],
                results: $crate::define_imports!(@results $result),
            },
            $crate::define_imports!(@returns $result),
            false $(|| $crate::define_imports!(@blocks $note))?,
        )),*];
    };
}

crate::for_each_call!(define_imports);

/// The import of that name.
#[must_use]
pub fn find(name: &str) -> Option<&'static Import> {
    IMPORTS.iter().find(|import| import.name == name)
}
