//! A decoded request body. Any input can be decoded, and everything that the rules need is kept.

mod fields;
mod given;
#[cfg(feature = "ordinary")]
mod ordinary;
mod read;
mod typed;
mod unknown;

use alloc::string::String;
use alloc::vec::Vec;

use serde::Deserializer;
use serde_json::Value;

pub(crate) use fields::{Fields, LISTS};
pub(crate) use given::{Given, Item, Kind, Wrong, is_blank};
pub(crate) use read::Root;
pub use unknown::MAX_DEPTH;
pub(crate) use unknown::Unknown;

use crate::syntax::Syntax;

/// A decoded request body.
///
/// A body is made from JSON text (a `String` or `Vec<u8>`, borrowed or owned, and with the feature `bytes` a `Bytes`), from a
/// [`serde_json::Value`], from a typed [`Request`](crate::Request), or from any other self-describing deserializer. Decoding
/// never stops at a fault in the body: the report lists all faults as findings.
///
/// ```
/// use seedance_core::Body;
/// assert!(Body::from(r#"{"model": 5}"#).is_object());
/// assert!(!Body::from("[1, 2").is_object());
/// ```
#[derive(Debug, Clone)]
pub struct Body<'a> {
    pub(crate) root: Root<'a>,
}

impl<'a> Body<'a> {
    /// Reads a body from any self-describing deserializer of already parsed data.
    ///
    /// A byte string counts as a value that JSON cannot hold.
    ///
    /// # Errors
    /// The deserializer's own errors. A value of the wrong type is not an error; a check reports it as a finding.
    ///
    /// ```
    /// let value = serde_json::json!({"model": "seedance2.0-mini"});
    /// assert!(seedance_core::Body::from_deserializer(&value).unwrap().is_object());
    /// ```
    pub fn from_deserializer<D: Deserializer<'a>>(deserializer: D) -> Result<Self, D::Error> {
        Ok(Self { root: Root::read(deserializer, false)? })
    }

    /// A shortcut to [`from_deserializer`](Self::from_deserializer) for the npm package's bindings, where each access to the data
    /// is a call to JavaScript. `members` is the number of the object's own members. Returns `None` unless there is at least one
    /// and all of them are fields of the first edition with a value of the right type.
    ///
    /// The number is needed because some deserializers visit only a struct's own fields, so that other members would be lost.
    ///
    /// ```
    /// use seedance_core::Body;
    /// let value = serde_json::json!({"model": "seedance2.0-mini", "duration": 5});
    /// assert!(Body::from_ordinary(&value, 2).is_some());
    /// assert!(Body::from_ordinary(&value, 3).is_none());
    /// assert!(Body::from_ordinary(&serde_json::json!({"duration": "5"}), 1).is_none());
    /// ```
    #[doc(hidden)]
    pub fn from_ordinary<D: Deserializer<'a>>(deserializer: D, members: usize) -> Option<Self> {
        let fields = typed::read(deserializer, members)?;
        Some(Self { root: Root::Object(fields) })
    }

    /// The same body, owning all its data.
    #[must_use]
    pub fn into_owned(self) -> Body<'static> {
        let root = match self.root {
            Root::Object(fields) => Root::Object(fields.to_owned_fields()),
            Root::NotObject(kind) => Root::NotObject(kind),
            Root::NotJson(syntax) => Root::NotJson(syntax),
        };
        Body { root }
    }

    /// Whether the body is a JSON object; nothing else can be sent.
    #[must_use]
    pub const fn is_object(&self) -> bool {
        matches!(self.root, Root::Object(_))
    }

    /// The fields, mutable, if the body is an object.
    pub(crate) const fn fields_mut(&mut self) -> Option<&mut Fields<'a>> {
        match &mut self.root {
            Root::Object(fields) => Some(fields),
            Root::NotJson(_) | Root::NotObject(_) => None,
        }
    }

    /// The fields, if the body is an object.
    pub(crate) const fn fields(&self) -> Option<&Fields<'a>> {
        match &self.root {
            Root::Object(fields) => Some(fields),
            Root::NotJson(_) | Root::NotObject(_) => None,
        }
    }
}

impl<'a> From<&'a str> for Body<'a> {
    fn from(text: &'a str) -> Self {
        #[cfg(feature = "ordinary")]
        if let Some(fields) = ordinary::read(text) {
            return Self { root: Root::Object(fields) };
        }
        Self { root: Root::of_text(text) }
    }
}

impl<'a> From<&'a [u8]> for Body<'a> {
    fn from(bytes: &'a [u8]) -> Self {
        match core::str::from_utf8(bytes) {
            Ok(text) => text.into(),
            Err(fault) => Self { root: Root::NotJson(Syntax::not_utf8(bytes, fault)) },
        }
    }
}

impl<'a> From<&'a Value> for Body<'a> {
    fn from(value: &'a Value) -> Self {
        // Reading from a parsed value cannot fail.
        let nothing = Self { root: Root::NotObject(Kind::Null) };
        Self::from_deserializer(value).unwrap_or(nothing)
    }
}

impl From<Value> for Body<'_> {
    fn from(value: Value) -> Self {
        Body::from(&value).into_owned()
    }
}

impl<'a, const N: usize> From<&'a [u8; N]> for Body<'a> {
    fn from(bytes: &'a [u8; N]) -> Self {
        bytes.as_slice().into()
    }
}

/// Makes bodies from the owner of a text or of bytes: from a borrowed one without copying.
macro_rules! from_owner {
    ($($(#[$cfg:meta])? $owner:ty as $lent:ty;)*) => {$(
        $(#[$cfg])?
        impl<'a> From<&'a $owner> for Body<'a> {
            fn from(owner: &'a $owner) -> Self {
                let lent: &$lent = owner;
                lent.into()
            }
        }

        $(#[$cfg])?
        impl From<$owner> for Body<'_> {
            fn from(owner: $owner) -> Self {
                Body::from(&owner).into_owned()
            }
        }
    )*};
}

from_owner! {
    String as str;
    Vec<u8> as [u8];
    #[cfg(feature = "bytes")]
    bytes::Bytes as [u8];
}
