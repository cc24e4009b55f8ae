//! The part of a text that is worth showing around a few places.

use std::ops::Range;

/// Texts up to this size are shown from the whole, so that places on different lines show together.
const SMALL_TEXT: usize = 16 * 1024;
/// Longer lines are cut around the place.
const LONG_LINE: usize = 160;
/// How much of a long line is shown on either side of the place.
const AROUND: usize = 40;

/// A piece of text to show, and the places in it.
#[derive(Debug, PartialEq)]
pub struct Excerpt {
    pub text: String,
    pub first_line: usize,
    pub spans: Vec<Range<usize>>,
}

impl Excerpt {
    /// Around the first place, and around the others where everything fits.
    pub fn of(text: &str, places: &[Range<usize>]) -> Option<Self> {
        let first = places.first()?;
        if text.len() <= SMALL_TEXT && text.lines().all(|line| line.len() <= LONG_LINE) {
            let spans = places
                .iter()
                .map(|place| on_one_line(text, place))
                .collect();
            return Some(Self {
                text: text.into(),
                first_line: 1,
                spans,
            });
        }
        let place = on_one_line(text, first);
        let line = line_around(text, place.start);
        let first_line = 1 + memchr::memchr_iter(b'\n', text.as_bytes().get(..line.start)?).count();
        let shown_to = place.end.min(boundary(text, place.start + LONG_LINE));
        let start = line
            .start
            .max(boundary(text, place.start.saturating_sub(AROUND)));
        let end = line.end.min(boundary(text, shown_to + AROUND));
        let before = if start > line.start { "…" } else { "" };
        let after = if end < line.end { "…" } else { "" };
        let shift = |at: usize| at - start + before.len();
        let span = shift(place.start)..shift(shown_to);
        let text = format!("{before}{}{after}", text.get(start..end)?);
        Some(Self {
            text,
            first_line,
            spans: vec![span],
        })
    }
}

/// Of a place on several lines only the first line is marked.
fn on_one_line(text: &str, place: &Range<usize>) -> Range<usize> {
    let end = place
        .end
        .min(line_around(text, place.start).end)
        .max(place.start);
    place.start..end
}

fn line_around(text: &str, at: usize) -> Range<usize> {
    let (before, behind) = text.as_bytes().split_at(at.min(text.len()));
    let start = memchr::memrchr(b'\n', before).map_or(0, |end| end + 1);
    let end = before.len() + memchr::memchr(b'\n', behind).unwrap_or(behind.len());
    let line = text.get(start..end).unwrap_or_default();
    start..end - usize::from(line.ends_with('\r'))
}

/// The nearest character boundary at or before the byte.
fn boundary(text: &str, at: usize) -> usize {
    text.floor_char_boundary(at)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn small_texts_are_shown_whole() {
        let excerpt = Excerpt::of("{\n  \"a\": [\n 1]\n}", &[9..15, 0..1]).unwrap();
        assert_eq!((excerpt.first_line, excerpt.spans), (1, vec![9..10, 0..1]));
    }

    #[test]
    fn long_lines_are_cut_around_the_place() {
        let long = "é".repeat(100_000);
        let text = format!("{{\n\"a\": \"{long}\", \"b\": 5, \"c\": \"{long}\"}}");
        let at = text.find('5').unwrap();
        let excerpt = Excerpt::of(&text, &[at..at + 1, 0..1]).unwrap();
        assert_eq!((excerpt.first_line, excerpt.spans.len()), (2, 1));
        assert_eq!(&excerpt.text[excerpt.spans[0].clone()], "5");
        assert!(
            excerpt.text.starts_with("…é")
                && excerpt.text.ends_with("é…")
                && excerpt.text.len() < 200
        );
        let value = text.find("\"é").unwrap();
        let whole = value..value + long.len() + 2;
        let excerpt = Excerpt::of(&text, std::slice::from_ref(&whole)).unwrap();
        assert!(excerpt.text.len() < 400, "{}", excerpt.text.len());
    }

    #[test]
    fn no_place_no_excerpt() {
        assert_eq!(Excerpt::of("{}", &[]), None);
        assert!(Excerpt::of("", std::slice::from_ref(&(0..0))).is_some());
    }
}
