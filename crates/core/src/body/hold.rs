//! Unknown fields: their values are kept as they came, because the normalised request sends them.

use alloc::borrow::Cow;
use alloc::string::String;
use alloc::vec::Vec;

use seedance_json::{Nest, Sink, Source, Value};

use super::{Fields, MAX_DEPTH, Unknown};
use crate::number;
use crate::pointer;
use crate::sort::sort;
use crate::table::Field;

impl<'a> Unknown<'a> {
    /// The value as it would be read in the field `field`.
    pub fn reread<'s>(&'s self, field: Field, fields: &mut Fields<'s>) {
        super::text::reread(&self.value, field, fields);
    }
}

/// Reads the value of the unknown field `name`.
pub(super) fn read<'a, S: Source<'a>>(
    source: &mut S,
    name: Cow<'a, str>,
) -> Result<Unknown<'a>, S::Error> {
    let mut held = Held::default();
    let value = if S::IS_TEXT {
        Cow::Borrowed(source.raw()?)
    } else {
        held.write(source, 1)?;
        Cow::Owned(held.json)
    };
    Ok(Unknown {
        name,
        repeated: false,
        value,
        wrong: held.wrong,
    })
}

/// Keeps one entry a name: at its first place, with its last value.
pub(super) fn fold_repeated(unknown: &mut Vec<Unknown<'_>>) {
    if unknown.len() < 2 {
        return;
    }
    let mut order: Vec<usize> = (0..unknown.len()).collect();
    sort(&mut order, |a, b| {
        (&*unknown[*a].name, a) < (&*unknown[*b].name, b)
    });
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
    fn write<'a, S: Source<'a>>(&mut self, source: &mut S, depth: usize) -> Result<(), S::Error> {
        let value = source.value()?;
        match value {
            Value::Null => self.json.null(),
            Value::Bool(value) => self.json.bool(value),
            Value::Signed(number) => self.json.signed(number),
            Value::Unsigned(number) => self.json.unsigned(number),
            Value::Number(number) if number.is_finite() => number::push(&mut self.json, number),
            Value::Text(text) => self.json.text(&text),
            Value::List if depth < MAX_DEPTH => self.write_list(source, depth)?,
            Value::Object if depth < MAX_DEPTH => self.write_object(source, depth)?,
            // Not JSON, or deeper than JSON text may be.
            Value::Number(_) | Value::List | Value::Object | Value::Foreign => {
                source.skip(&value)?;
                self.wrong.push(self.path.clone());
                self.json.null();
            }
        }
        Ok(())
    }

    fn write_list<'a, S: Source<'a>>(
        &mut self,
        source: &mut S,
        depth: usize,
    ) -> Result<(), S::Error> {
        self.json.begin(Nest::List);
        for index in 0.. {
            if !source.more()? {
                break;
            }
            self.json.next();
            self.write_member(&pointer::index(index), source, depth)?;
        }
        self.json.end(Nest::List);
        Ok(())
    }

    fn write_object<'a, S: Source<'a>>(
        &mut self,
        source: &mut S,
        depth: usize,
    ) -> Result<(), S::Error> {
        self.json.begin(Nest::Object);
        while let Some(name) = source.key()? {
            self.json.next();
            self.json.text(&name);
            self.json.colon();
            self.write_member(&name, source, depth)?;
        }
        self.json.end(Nest::Object);
        Ok(())
    }

    fn write_member<'a, S: Source<'a>>(
        &mut self,
        token: &str,
        source: &mut S,
        depth: usize,
    ) -> Result<(), S::Error> {
        let end = self.path.len();
        pointer::push(&mut self.path, token);
        self.write(source, depth + 1)?;
        self.path.truncate(end);
        Ok(())
    }
}
