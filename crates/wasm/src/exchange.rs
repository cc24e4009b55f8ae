//! The memory through which a call's arguments come in and its answer goes out, kept from call to call.

use std::borrow::Cow;
use std::cell::RefCell;

use seedance_core::{BookError, FactsError, Lang, UnknownLang};
use seedance_json::Fault;

use crate::Function;
use crate::answer::Answer;
use crate::region;
use crate::tape::{CONSTANTS, CUT_OFF, Reader};

thread_local! {
    static EXCHANGE: RefCell<Exchange> = const { RefCell::new(Exchange::EMPTY) };
}

struct Exchange {
    words: Vec<u32>,
    text: Vec<u8>,
    told: Told,
    places: Places,
}

/// What the last call answered: a tape, JSON text, or a sentence instead of either.
struct Told {
    words: Vec<u32>,
    text: String,
}

impl Told {
    const NOTHING: Self = Self {
        words: Vec::new(),
        text: String::new(),
    };
}

/// Where everything is, in the order in which JavaScript looks at it.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct Places {
    words: *const u32,
    words_room: usize,
    text: *const u8,
    text_room: usize,
    told_words: *const u32,
    told_text: *const u8,
    told_bytes: usize,
    constants: *const u8,
}

impl Exchange {
    const EMPTY: Self = {
        let told = Told::NOTHING;
        Self {
            words: Vec::new(),
            text: Vec::new(),
            places: Self::look(&[], &[], &told),
            told,
        }
    };

    const fn look(words: &[u32], text: &[u8], told: &Told) -> Places {
        Places {
            words: words.as_ptr(),
            words_room: words.len(),
            text: text.as_ptr(),
            text_room: text.len(),
            told_words: told.words.as_ptr(),
            told_text: told.text.as_str().as_ptr(),
            told_bytes: told.text.as_str().len(),
            constants: CONSTANTS.start,
        }
    }
}

/// Makes room for a call's arguments, keeping the words that are there, and the text where they have room enough; tells where the
/// places are.
pub fn reserve(words: usize, bytes: usize) -> *const Places {
    EXCHANGE.with_borrow_mut(|exchange| {
        let bytes = bytes.max(exchange.text.len());
        exchange.told = Told::NOTHING;
        if words > exchange.words.len() {
            exchange.text = Vec::new();
        }
        give_back_behind(&exchange.words, &exchange.text);
        grow(&mut exchange.words, words);
        grow(&mut exchange.text, bytes);
        exchange.places = Exchange::look(&exchange.words, &exchange.text, &exchange.told);
        &raw const exchange.places
    })
}

/// By no more than what is wanted.
fn grow<T: Clone + Default>(room: &mut Vec<T>, length: usize) {
    let more = length.saturating_sub(room.len());
    room.reserve_exact(more);
    room.resize(room.len() + more, T::default());
}

/// Gives back all memory behind what is kept from call to call.
fn give_back_behind(words: &[u32], text: &[u8]) {
    let end = text.as_ptr_range().end.max(words.as_ptr_range().end.cast());
    // SAFETY: nothing else is kept, and what was told is not there any more.
    unsafe {
        region::give_back(end);
    }
}

/// Runs one function over the arguments in memory. Returns whether what was told is its answer; otherwise it is a sentence that
/// JavaScript throws.
///
/// The sizes say how much of what lies in memory it takes: words of the tape, bytes of its text, which are so many units of
/// UTF-16, and behind them the bytes of the arguments that are JSON text.
pub fn call(sizes: [usize; 4], function: Function) -> bool {
    EXCHANGE.with_borrow_mut(
        |Exchange {
             words,
             text,
             told,
             places,
         }| {
            *told = Told::NOTHING;
            give_back_behind(words, text);
            let done = answer(words, text, sizes, function, told);
            let answered = done.is_ok();
            if let Err(Refusal(sentence)) = done {
                told.text = sentence.into_owned();
            }
            *places = Exchange::look(words, text, told);
            answered
        },
    )
}

fn answer(
    words: &[u32],
    text: &[u8],
    [words_given, bytes, units, documents]: [usize; 4],
    function: Function,
    Told {
        words: told,
        text: said,
    }: &mut Told,
) -> Result<(), Refusal> {
    let words = words.get(..words_given).ok_or(CUT_OFF)?;
    let (strings, behind) = text.split_at_checked(bytes).ok_or(CUT_OFF)?;
    let documents = behind.get(..documents).ok_or(CUT_OFF)?;
    let strings = std::str::from_utf8(strings).map_err(|_| CUT_OFF)?;
    let answer = Answer {
        words: told,
        text: said,
        given: (strings, units),
    };
    let mut reader = Reader::new(words, strings, units, documents);
    function(&mut reader, answer)?;
    Ok(reader.end()?)
}

/// Why a call has no answer, in one sentence.
// Not by way of `Display`: `core`'s formatting would come along.
#[derive(Debug)]
pub struct Refusal(Cow<'static, str>);

impl Refusal {
    /// This sentence.
    pub const fn new(sentence: &'static str) -> Self {
        Self(Cow::Borrowed(sentence))
    }
}

impl From<Fault> for Refusal {
    fn from(fault: Fault) -> Self {
        Self::new(fault.reason)
    }
}

impl From<UnknownLang> for Refusal {
    fn from(error: UnknownLang) -> Self {
        Self::new(error.message())
    }
}

impl From<FactsError> for Refusal {
    fn from(error: FactsError) -> Self {
        Self(error.message(Lang::En).into())
    }
}

impl From<BookError> for Refusal {
    fn from(error: BookError) -> Self {
        Self(error.message(Lang::En).into())
    }
}
