//! Why a rule fired, as typed parameters: one variant for each set of parameters. Findings, messages, the documents and the
//! TypeScript types all take the parameters' names and types from here.

use alloc::string::String;
use alloc::vec::Vec;
use core::marker::PhantomData;

use serde::Serialize;

use super::Field;
use crate::near::Near;
use crate::number::Number;
use crate::params::{Param, Params};
use crate::syntax::OwnedText;

/// One parameter of a rule's findings.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct ParamInfo {
    /// Its name in `params`.
    pub name: &'static str,
    /// Its JSON type.
    #[serde(rename = "type")]
    pub kind: ParamKind,
    /// Whether a finding may leave it out.
    pub optional: bool,
}

/// The JSON type of a parameter.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum ParamKind {
    /// A whole number.
    Integer,
    /// An array of whole numbers.
    Integers,
    /// An array of strings.
    List,
    /// A number.
    Number,
    /// A string.
    Text,
}

/// A name from the table or the program, not from the request.
type Name = &'static str;
type Names = &'static [&'static str];
type Seconds = &'static [u32];

macro_rules! causes {
    ($($(#[$doc:meta])* $variant:ident { $($name:ident: $type:ty),* $(,)? },)*) => {
        /// Why a rule fired.
        #[derive(Debug, Clone)]
        pub(crate) enum Cause<'a> {
            $($(#[$doc])* $variant { $($name: $type),* },)*
        }

        impl Cause<'_> {
            /// The parameters as JSON types.
            pub(crate) fn params(&self) -> Params {
                let mut params = Params::default();
                match self {
                    $(Self::$variant { $($name),* } => {
                        $(params.put(stringify!($name), $name.param());)*
                    })*
                }
                params
            }
        }

        /// The parameters of each variant of [`Cause`], for the rows of the rules.
        pub(super) struct ParamsOf<'a>(PhantomData<&'a ()>);

        #[expect(non_upper_case_globals, reason = "named as the variants of `Cause`")]
        impl<'a> ParamsOf<'a> {
            $(pub(super) const $variant: &'static [ParamInfo] = &[
                $(ParamInfo {
                    name: stringify!($name),
                    kind: <$type as Parameter>::KIND,
                    optional: <$type as Parameter>::IS_OPTIONAL,
                }),*
            ];)*
        }
    };
}

causes! {
    Nothing {},
    Model { model: Name },
    Field { field: &'a str },
    NotJson { line: usize, column: usize, reason: &'a OwnedText },
    NotObject { found: Name },
    UnknownField { field: &'a str, suggestions: Near<'a> },
    WrongType {
        field: &'a str,
        index: Option<usize>,
        expected: Name,
        found: Name,
        actual: Option<String>,
    },
    FieldNotForModel { model: Name, field: Field },
    Overridden { field: Field, by: Field },
    EmptyItem { field: Name, index: usize },
    UnknownModel { actual: &'a str, suggestions: Near<'a> },
    WrongEndpoint { actual: &'a str, endpoint: Name },
    DurationOutOfRange { model: Option<Name>, min: u32, max: u32, actual: Number },
    DurationNotOffered { model: Name, actual: Number, allowed: Seconds },
    DurationContested { model: Name, actual: u32, undisputed_from: u32 },
    ResolutionNotOffered { model: Option<Name>, actual: &'a str, allowed: Names },
    ResolutionContested { model: Name, actual: &'a str },
    ResolutionIgnored { model: Name, actual: &'a str, delivered: Name },
    ReferenceModeNotOffered { model: Name, actual: &'a str, allowed: Names },
    NotAmong { actual: &'a str, allowed: Vec<Name> },
    RatioNeedsReferences { model: Name, actual: &'a str },
    RatioNotListed { model: Name, actual: &'a str, allowed: Names },
    TooMany { model: Name, limit: usize, actual: usize },
    TooManyImages { model: Name, limit: usize, actual: usize, frames: Option<usize> },
    FramePairIncomplete { model: Name, missing: Field },
    Partner { model: Name, partner: Option<Name> },
    SchemeNotAccepted { model: Name, allowed: Vec<Name>, actual: Option<&'a str> },
    SchemeContested { model: Name, actual: &'a str, allowed: Vec<Name> },
    UrlMalformed { problem: Name },
    HostNotPublic { host: String },
    /// The suspect pieces, each once; invisible characters as `U+200B`.
    UrlSuspect { found: Vec<String> },
    ImageInVideos { model: Name, ending: Name },
    /// Lengths in seconds; `bound` is `at-least` or `at-most` where some are not known exactly.
    Together { model: Name, limit: u32, actual: Number, bound: Option<Name> },
    /// Sizes in bytes; `bound` is `at-least` where some are not known.
    VideosTooLarge { model: Name, limit: u64, actual: u64, bound: Option<Name> },
    /// Sides in pixels.
    VideoSize { model: Name, min: u32, max: u32, width: u64, height: u64 },
    /// Frames per second.
    FrameRate { model: Name, min: u32, max: u32, actual: Number },
    /// Frames per second.
    FrameRateContested { model: Name, min: u32, actual: Number },
}

/// A type that a parameter can have.
trait Parameter {
    const KIND: ParamKind;
    const IS_OPTIONAL: bool = false;

    /// The value as a [`Param`]; `None` leaves it out.
    fn param(&self) -> Option<Param>;
}

macro_rules! parameters {
    ($($kind:ident: $($type:ty)|+ => $param:expr;)*) => {
        $($(
            impl Parameter for $type {
                const KIND: ParamKind = ParamKind::$kind;

                fn param(&self) -> Option<Param> {
                    let param: fn(&Self) -> Param = $param;
                    Some(param(self))
                }
            }
        )+)*
    };
}

parameters! {
    // JSON numbers are read as binary64 anyway.
    Integer: u32 | u64 | usize => |number| Param::Number(*number as f64);
    Integers: Seconds => |seconds| Param::Numbers(seconds.iter().map(|&it| it.into()).collect());
    List: Vec<String> => |names| Param::List(names.clone());
    List: Vec<Name> | Names => |names| Param::List(names.iter().map(|&name| name.into()).collect());
    Number: Number => |number| Param::Number(number.0);
    Text: &str => |text| Param::Text((*text).into());
    Text: String => |text| Param::Text(text.clone());
    Text: Field => |field| Param::Text(field.name().into());
    Text: &OwnedText => |reason| Param::Text(reason.en.clone());
}

impl Parameter for Near<'_> {
    const KIND: ParamKind = ParamKind::List;
    const IS_OPTIONAL: bool = true;

    fn param(&self) -> Option<Param> {
        Some(self.names()).filter(|names| !names.is_empty()).map(Param::List)
    }
}

impl<T: Parameter> Parameter for Option<T> {
    const KIND: ParamKind = T::KIND;
    const IS_OPTIONAL: bool = true;

    fn param(&self) -> Option<Param> {
        self.as_ref()?.param()
    }
}
