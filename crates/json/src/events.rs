//! Already parsed data as a source of values.

use alloc::borrow::Cow;
use alloc::string::String;
use alloc::vec::{self, Vec};
use core::fmt;

use serde::de::{DeserializeSeed, Deserializer, MapAccess, SeqAccess, Visitor};

use crate::source::{Source, Value};

/// What a self-describing deserializer says, in its order.
#[derive(Debug, Clone)]
pub struct Events<'a>(vec::IntoIter<Event<'a>>);

#[derive(Debug, Clone)]
enum Event<'a> {
    Value(Value<'a>),
    /// Of a list or an object.
    End,
}

impl<'a> Events<'a> {
    /// Reads one value in full. A byte string stands for what JSON cannot hold.
    ///
    /// # Errors
    /// Whatever the deserializer itself fails with.
    pub fn of<D: Deserializer<'a>>(deserializer: D) -> Result<Self, D::Error> {
        let mut events = Vec::new();
        Collect(&mut events).deserialize(deserializer)?;
        Ok(Self(events.into_iter()))
    }
}

impl<'a> Source<'a> for Events<'a> {
    fn value(&mut self) -> Value<'a> {
        match self.0.next() {
            Some(Event::Value(value)) => value,
            // Neither comes up where a value is due.
            Some(Event::End) | None => Value::Foreign,
        }
    }

    fn more(&mut self) -> bool {
        let goes_on = matches!(self.0.as_slice().first(), Some(Event::Value(_)));
        if !goes_on {
            self.0.next();
        }
        goes_on
    }

    fn key(&mut self) -> Option<Cow<'a, str>> {
        match self.0.next() {
            Some(Event::Value(Value::Text(name))) => Some(name),
            _ => None,
        }
    }
}

struct Collect<'e, 'a>(&'e mut Vec<Event<'a>>);

impl<'a> Collect<'_, 'a> {
    fn push<E>(self, value: Value<'a>) -> Result<(), E> {
        self.0.push(Event::Value(value));
        Ok(())
    }
}

impl<'a> DeserializeSeed<'a> for Collect<'_, 'a> {
    type Value = ();

    fn deserialize<D: Deserializer<'a>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_any(self)
    }
}

/// A member's name.
struct Name<'e, 'a>(&'e mut Vec<Event<'a>>);

impl<'a> DeserializeSeed<'a> for Name<'_, 'a> {
    type Value = ();

    fn deserialize<D: Deserializer<'a>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_str(Collect(self.0))
    }
}

impl<'a> Visitor<'a> for Collect<'_, 'a> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value")
    }

    fn visit_unit<E>(self) -> Result<(), E> {
        self.push(Value::Null)
    }

    fn visit_none<E>(self) -> Result<(), E> {
        self.push(Value::Null)
    }

    fn visit_some<D: Deserializer<'a>>(self, inner: D) -> Result<(), D::Error> {
        inner.deserialize_any(self)
    }

    fn visit_bool<E>(self, value: bool) -> Result<(), E> {
        self.push(Value::Bool(value))
    }

    fn visit_i64<E>(self, number: i64) -> Result<(), E> {
        self.push(Value::Signed(number))
    }

    fn visit_u64<E>(self, number: u64) -> Result<(), E> {
        self.push(Value::Unsigned(number))
    }

    fn visit_f64<E>(self, number: f64) -> Result<(), E> {
        self.push(Value::Number(number))
    }

    fn visit_borrowed_str<E>(self, text: &'a str) -> Result<(), E> {
        self.push(Value::Text(Cow::Borrowed(text)))
    }

    fn visit_str<E>(self, text: &str) -> Result<(), E> {
        self.push(Value::Text(Cow::Owned(text.into())))
    }

    fn visit_string<E>(self, text: String) -> Result<(), E> {
        self.push(Value::Text(Cow::Owned(text)))
    }

    fn visit_bytes<E>(self, _: &[u8]) -> Result<(), E> {
        self.push(Value::Foreign)
    }

    fn visit_seq<A: SeqAccess<'a>>(self, mut items: A) -> Result<(), A::Error> {
        self.0.push(Event::Value(Value::List));
        while items.next_element_seed(Collect(self.0))?.is_some() {}
        self.0.push(Event::End);
        Ok(())
    }

    fn visit_map<A: MapAccess<'a>>(self, mut members: A) -> Result<(), A::Error> {
        self.0.push(Event::Value(Value::Object));
        while members.next_key_seed(Name(self.0))?.is_some() {
            members.next_value_seed(Collect(self.0))?;
        }
        self.0.push(Event::End);
        Ok(())
    }
}
