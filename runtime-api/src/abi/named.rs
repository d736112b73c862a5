//! Enumerations whose variants have names outside of Rust: each variant stands in one place, with its name.

/// An enumeration with a list of its variants, `ALL`, and the name of each, `name()`. The comments on these two are their
/// documentation.
macro_rules! named {
    (
        $(#[$meta:meta])* pub enum $enum:ident;
        $(#[$all:meta])* ALL;
        $(#[$name:meta])* name;
        $($(#[$of:meta])* $variant:ident $(= $number:literal)? => $text:literal,)*
    ) => {
        $(#[$meta])*
        pub enum $enum {
            $($(#[$of])* $variant $(= $number)?,)*
        }

        impl $enum {
            $(#[$all])*
            pub const ALL: &'static [$enum] = &[$($enum::$variant),*];

            $(#[$name])*
            #[must_use]
            pub const fn name(self) -> &'static str {
                match self {
                    $($enum::$variant => $text,)*
                }
            }
        }
    };
}
pub(crate) use named;
