//! Enums of the table whose variants have names, each written once.

/// An enum whose variants are read and written as JSON by their names; the given function returns the name. A derived `Serialize`
/// would hold each name a second time.
macro_rules! named {
    ($(#[$meta:meta])* pub enum $Enum:ident, $(#[$doc:meta])* $name:ident {
        $($(#[$about:meta])* $variant:ident = $word:literal,)*
    }) => {
        $(#[$meta])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Deserialize)]
        pub enum $Enum {
            $($(#[$about])* #[serde(rename = $word)] $variant,)*
        }

        impl $Enum {
            $(#[$doc])*
            #[must_use]
            pub const fn $name(self) -> &'static str {
                match self {
                    $(Self::$variant => $word,)*
                }
            }
        }

        impl serde::Serialize for $Enum {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_unit_variant(stringify!($Enum), *self as u32, self.$name())
            }
        }
    };
}
pub(super) use named;
