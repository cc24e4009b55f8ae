//! Unknown fields: their values are kept as they came, because the normalised request sends them.

use alloc::borrow::Cow;
use alloc::string::String;
use alloc::vec::Vec;

use seedance_json::{Nest, Sink, Source, Value};

use super::{Fields, MAX_DEPTH, Unknown};
use crate::number;
use crate::pointer;
use crate::table::Field;

impl<'a> Unknown<'a> {
    /// The value as it would be read in the field `field`.
    pub fn reread<'s>(&'s self, field: Field, fields: &mut Fields<'s>) {
        super::text::reread(&self.value, field, fields);
    }
}

/// Reads the value of the unknown field `name`.
pub(super) fn read<'a>(source: &mut dyn Source<'a>, name: Cow<'a, str>) -> Unknown<'a> {
    let mut held = Held::default();
    let value = match source.raw() {
        Some(json) => Cow::Borrowed(json),
        None => {
            held.write(source, 1);
            Cow::Owned(held.json)
        }
    };
    Unknown {
        name,
        repeated: false,
        value,
        wrong: held.wrong,
    }
}

/// Keeps one entry a name: at its first place, with its last value.
pub(super) fn fold_repeated(unknown: &mut Vec<Unknown<'_>>) {
    if unknown.len() < 2 {
        return;
    }
    let mut order: Vec<usize> = (0..unknown.len()).collect();
    order.sort_unstable_by(|a, b| unknown[*a].name.cmp(&unknown[*b].name).then(a.cmp(b)));
    let mut first = order[0];
    for later in order.into_iter().skip(1) {
        if unknown[first].name == unknown[later].name {
            // The latest value so far goes to the first place.
            unknown.swap(first, later);
            unknown[first].repeated = true;
            // No JSON text is empty: what is so goes.
            unknown[later].value = Cow::Borrowed("");
        } else {
            first = later;
        }
    }
    unknown.retain(|field| !field.value.is_empty());
}

/// A value written as JSON text, in its own order.
#[derive(Default)]
struct Held {
    json: String,
    /// Pointers to the parts that JSON cannot hold.
    wrong: Vec<String>,
    /// The pointer to the part that is being written.
    path: String,
}

impl Held {
    /// Writes the next value, around which there are `depth` levels of arrays and objects.
    fn write(&mut self, source: &mut dyn Source<'_>, depth: usize) {
        let value = source.value();
        match value {
            Value::Null => self.json.null(),
            Value::Bool(value) => self.json.bool(value),
            Value::Signed(number) => self.json.signed(number),
            Value::Unsigned(number) => self.json.unsigned(number),
            Value::Number(number) if number.is_finite() => number::push(&mut self.json, number),
            Value::Text(text) => self.json.text(&text),
            Value::List if depth < MAX_DEPTH => self.write_list(source, depth),
            Value::Object if depth < MAX_DEPTH => self.write_object(source, depth),
            // Not JSON, or deeper than JSON text may be.
            Value::Number(_) | Value::List | Value::Object | Value::Foreign => {
                source.skip(&value);
                self.wrong.push(self.path.clone());
                self.json.null();
            }
        }
    }

    fn write_list(&mut self, source: &mut dyn Source<'_>, depth: usize) {
        self.json.begin(Nest::List);
        for index in 0.. {
            if !source.more() {
                break;
            }
            self.json.next();
            self.write_member(&pointer::index(index), source, depth);
        }
        self.json.end(Nest::List);
    }

    fn write_object(&mut self, source: &mut dyn Source<'_>, depth: usize) {
        self.json.begin(Nest::Object);
        while let Some(name) = source.key() {
            self.json.next();
            self.json.text(&name);
            self.json.colon();
            self.write_member(&name, source, depth);
        }
        self.json.end(Nest::Object);
    }

    fn write_member(&mut self, token: &str, source: &mut dyn Source<'_>, depth: usize) {
        let end = self.path.len();
        pointer::push(&mut self.path, token);
        self.write(source, depth + 1);
        self.path.truncate(end);
    }
}
