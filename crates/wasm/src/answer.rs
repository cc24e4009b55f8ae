//! Where a call's answer goes.

use seedance_core::{Normalised, Report};
use seedance_json::{Nest, Sink, write};
use serde::Serialize;

use crate::tape::Writer;

/// Room for one answer.
#[derive(Debug)]
pub struct Answer<'a> {
    /// The words of a tape.
    pub words: &'a mut Vec<u32>,
    /// The strings of a tape, or JSON text.
    pub text: &'a mut String,
    /// The strings of the arguments, and how many code units of UTF-16 they are.
    pub given: (&'a str, usize),
}

impl<'a> Answer<'a> {
    /// To be written as a tape.
    pub fn tape(self) -> Out<'a> {
        Out::Tape(Writer::new(self.words, self.text, self.given))
    }

    /// To be written as JSON text, with a number beside it.
    pub const fn json(self) -> (Out<'a>, &'a mut Vec<u32>) {
        (Out::Json(self.text), self.words)
    }
}

/// Both ways of writing an answer, of one type: whatever can be written is compiled for it once.
#[derive(Debug)]
pub enum Out<'a> {
    /// JSON text.
    Json(&'a mut String),
    /// A tape.
    Tape(Writer<'a>),
}

impl Out<'_> {
    /// Writes a report. Where its request is the very object that was given, JavaScript has it, and it is only pointed at.
    pub fn report(&mut self, mut report: Report<'_>, is_value: bool) {
        let is_unchanged = report
            .request
            .as_ref()
            .is_some_and(Normalised::is_unchanged);
        let is_same = is_value && is_unchanged && self.has_given_strings();
        if is_same {
            report.request = None;
        }
        self.answer(&report);
        if is_same {
            self.reopen();
            self.word("request");
            self.same();
            self.end(Nest::Object);
        }
    }

    /// Writes any other answer.
    pub fn answer(&mut self, answer: &(impl Serialize + ?Sized)) {
        // Answers can be written.
        let _ = write(self, answer);
    }

    const fn has_given_strings(&self) -> bool {
        match self {
            Self::Json(_) => false,
            Self::Tape(tape) => tape.has_given_strings(),
        }
    }

    fn same(&mut self) {
        if let Self::Tape(tape) = self {
            tape.same();
        }
    }

    /// Takes back the end that was written last, so that the list or object goes on.
    pub fn reopen(&mut self) {
        match self {
            Self::Json(text) => {
                text.pop();
            }
            Self::Tape(tape) => tape.reopen(),
        }
    }
}

macro_rules! sink {
    ($($(#[$how:meta])* $name:ident($($given:ident: $type:ty),*);)*) => {
        impl Sink for Out<'_> {
            $($(#[$how])*
            fn $name(&mut self $(, $given: $type)*) {
                match self {
                    Self::Json(text) => text.$name($($given),*),
                    Self::Tape(tape) => tape.$name($($given),*),
                }
            })*

            fn written(&self) -> &str {
                match self {
                    Self::Json(text) => text,
                    Self::Tape(_) => "",
                }
            }
        }
    };
}

sink! {
    null();
    bool(value: bool);
    signed(number: i64);
    unsigned(number: u64);
    number(number: f64);
    text(text: &str);
    word(word: &'static str);
    // Every line of a batch is some of these.
    #[inline]
    raw(json: &str);
    begin(nest: Nest);
    end(nest: Nest);
    next();
    colon();
}
