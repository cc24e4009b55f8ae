//! Findings as the contract writes them. All their types are written by one function, so that each adds no more than a list of
//! its members to the code.

use alloc::borrow::Cow;
use alloc::string::String;
use alloc::vec::Vec;

use serde::ser::SerializeStruct;
use serde::{Serialize, Serializer};

use super::{Finding, Fix, Param, Params, PatchOp};
use crate::table::{RuleId, Severity, Source};

/// Whatever stands in a finding, pointed at.
#[derive(Clone, Copy)]
enum Value<'v> {
    Param(&'v Param),
    Rule(RuleId),
    Severity(Severity),
    Source(Source),
    Text(&'v String),
    Word(&'v &'static str),
    // Lists.
    Fixes(&'v Vec<Fix>),
    Patch(&'v Vec<PatchOp>),
    Sources(&'v Cow<'static, [Source]>),
    Texts(&'v Vec<String>),
    // Objects.
    Finding(&'v Finding),
    Fix(&'v Fix),
    Op(&'v PatchOp),
    Params(&'v Params),
}

impl Value<'_> {
    /// The item of this index of a list.
    fn item(self, index: usize) -> Option<Self> {
        match self {
            Self::Fixes(fixes) => fixes.get(index).map(Self::Fix),
            Self::Patch(patch) => patch.get(index).map(Self::Op),
            Self::Sources(sources) => sources.get(index).copied().map(Self::Source),
            Self::Texts(texts) => texts.get(index).map(Self::Text),
            _ => None,
        }
    }
}

impl Serialize for Value<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let value = *self;
        let members: &[(&str, Value<'_>)] = match value {
            Self::Param(Param::Number(number)) => {
                return crate::number::serialize(*number, serializer);
            }
            Self::Param(Param::List(list)) => return Value::Texts(list).serialize(serializer),
            Self::Param(Param::Text(text)) | Self::Text(text) => {
                return serializer.serialize_str(text);
            }
            Self::Word(word) => return serializer.serialize_str(word),
            Self::Rule(rule) => return rule.serialize(serializer),
            Self::Severity(severity) => return severity.serialize(serializer),
            Self::Source(source) => return source.serialize(serializer),
            Self::Fixes(_) | Self::Patch(_) | Self::Sources(_) | Self::Texts(_) => {
                return serializer.collect_seq((0..).map_while(|index| value.item(index)));
            }
            Self::Params(params) => {
                return serializer
                    .collect_map(params.iter().map(|(name, it)| (name, Self::Param(it))));
            }
            Self::Finding(finding) => &[
                ("rule", Self::Rule(finding.rule)),
                ("severity", Self::Severity(finding.severity)),
                ("path", Self::Text(&finding.path)),
                ("related", Self::Texts(&finding.related)),
                ("params", Self::Params(&finding.params)),
                ("message", Self::Text(&finding.message)),
                ("sources", Self::Sources(&finding.sources)),
                ("fixes", Self::Fixes(&finding.fixes)),
            ],
            Self::Fix(Fix { label, patch }) => {
                &[("label", Self::Text(label)), ("patch", Self::Patch(patch))]
            }
            Self::Op(PatchOp::Remove { path }) => {
                &[("op", Self::Word(&"remove")), ("path", Self::Text(path))]
            }
            Self::Op(PatchOp::Move { from, path }) => &[
                ("op", Self::Word(&"move")),
                ("from", Self::Text(from)),
                ("path", Self::Text(path)),
            ],
            Self::Op(op @ (PatchOp::Add { path, value } | PatchOp::Replace { path, value })) => {
                let name = match op {
                    PatchOp::Add { .. } => &"add",
                    _ => &"replace",
                };
                &[
                    ("op", Self::Word(name)),
                    ("path", Self::Text(path)),
                    ("value", Self::Param(value)),
                ]
            }
        };
        let mut object = serializer.serialize_struct("Finding", members.len())?;
        for (name, value) in members {
            object.serialize_field(name, value)?;
        }
        object.end()
    }
}

macro_rules! written_as {
    ($($type:ident: $value:ident;)*) => {
        $(impl Serialize for $type {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                Value::$value(self).serialize(serializer)
            }
        })*
    };
}

written_as! {
    Finding: Finding;
    Fix: Fix;
    Params: Params;
    PatchOp: Op;
}

impl Serialize for Param {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        Value::Param(self).serialize(serializer)
    }
}
