//! Removing a secret from a text, however it is spelled there.

use base64::Engine;
use base64::engine::general_purpose::{STANDARD_NO_PAD, URL_SAFE_NO_PAD};
use zeroize::Zeroizing;

/// Shorter texts are not treated as secrets: they could occur by chance.
const MIN_SECRET: usize = 8;

/// The white space that prompts have.
const WHITE_SPACE: [char; 6] = [' ', '\n', '\r', '\t', '\u{a0}', '\u{3000}'];

/// Replaces a secret in a text: plain, in another case, percent-encoded, with JSON's escapes, or in base64.
pub(super) fn whole(text: Vec<u8>, secret: &str, instead: &[u8]) -> Vec<u8> {
    if secret.len() < MIN_SECRET {
        return text;
    }
    let spellings: Vec<_> =
        std::iter::once(Zeroizing::new(secret.to_owned())).chain(in_base64(secret)).collect();
    replace(&text, instead, |rest| {
        let mut begun = spellings.iter().map(|secret| (secret.len(), common(secret, rest)));
        begun.find_map(|(whole, (length, after))| (length == whole).then_some(after))
    })
}

/// Replaces what matches at least the first [`MIN_SECRET`] bytes of a secret, up to where they differ; base64 is not searched.
/// White space around the secret is ignored, and a run of it inside matches any other.
pub(crate) fn beginnings(text: &[u8], secret: &str, instead: &[u8]) -> Vec<u8> {
    let secret = secret.split_whitespace().collect::<Vec<_>>().join(" ");
    replace(text, instead, |rest| {
        let (length, after) = common(&secret, rest);
        (length >= MIN_SECRET).then_some(after)
    })
}

/// How many bytes of a secret are spelled at the start of a text, and what follows them there. A space in the secret stands for any
/// white space.
fn common<'a>(secret: &str, text: &'a [u8]) -> (usize, &'a [u8]) {
    let mut rest = text;
    for (at, char) in secret.char_indices() {
        let after = if char == ' ' { after_white_space(rest) } else { after_spelled(char, rest) };
        match after {
            Some(after) => rest = after,
            None => return (at, rest),
        }
    }
    (secret.len(), rest)
}

/// Replaces every match. `after` gets the rest of a text and returns what follows a match at its start, if there is one.
fn replace<'a>(
    text: &'a [u8],
    instead: &[u8],
    after: impl Fn(&'a [u8]) -> Option<&'a [u8]>,
) -> Vec<u8> {
    let mut kept = Vec::with_capacity(text.len());
    let mut rest = text;
    while !rest.is_empty() {
        if let Some(after) = after(rest) {
            kept.extend_from_slice(instead);
            rest = after;
        } else {
            // A row of backslashes begins one spelling at most, so it is skipped as a whole.
            let (passed, others) = rest.split_at(backslashes(rest).max(1));
            kept.extend_from_slice(passed);
            rest = others;
        }
    }
    kept
}

/// The base64 characters that encode this secret alone, for each offset that it can have in the encoded text.
fn in_base64(secret: &str) -> impl Iterator<Item = Zeroizing<String>> {
    [&b""[..], b"\0", b"\0\0"].into_iter().flat_map(move |before| {
        let padded = Zeroizing::new([before, secret.as_bytes()].concat());
        // A character encodes six bits; those that also hold bits of a neighbouring byte are left out.
        let (from, to) = ((before.len() * 8).div_ceil(6), padded.len() * 8 / 6);
        [&STANDARD_NO_PAD, &URL_SAFE_NO_PAD].map(|engine| {
            let encoded = Zeroizing::new(engine.encode(&*padded));
            Zeroizing::new(encoded.get(from..to).unwrap_or_default().to_owned())
        })
    })
}

/// What follows a run of white space at the start of a text, if there is one.
fn after_white_space(text: &[u8]) -> Option<&[u8]> {
    let after_one = |text| WHITE_SPACE.into_iter().find_map(|char| after_spelled(char, text));
    std::iter::successors(after_one(text), |rest| after_one(*rest)).last()
}

/// What follows this character at the start of a text, if it is spelled there: as itself in either case, `%XX`, an escape like
/// `\/`, or `\u00XX`. Any number of backslashes will do, since JSON within a string of JSON has more of them.
fn after_spelled(char: char, text: &[u8]) -> Option<&[u8]> {
    let mut buffer = [0; 4];
    let plain = char.encode_utf8(&mut buffer).as_bytes();
    if char == '\\'
        && let Some(rest) = text.strip_prefix(br"\\")
    {
        return Some(rest);
    }
    if let Some((head, rest)) = text.split_at_checked(plain.len())
        && head.eq_ignore_ascii_case(plain)
        // In JSON, these alone are the end of a string and the begin of an escape.
        && !matches!(char, '"' | '\\')
    {
        return Some(rest);
    }
    match text.first()? {
        b'%' => plain.iter().try_fold(text, |rest, &byte| {
            let (digits, rest) = rest.strip_prefix(b"%")?.split_at_checked(2)?;
            let spelled = u8::try_from(number(digits)?).ok()?;
            spelled.eq_ignore_ascii_case(&byte).then_some(rest)
        }),
        b'+' if char == ' ' => text.get(1..),
        b'\\' => after_escape(char, text),
        _ => None,
    }
}

fn after_escape(char: char, text: &[u8]) -> Option<&[u8]> {
    let unescaped = after_backslashes(text);
    let (&escaped, rest) = unescaped.split_first()?;
    let named = match escaped {
        b'n' => '\n',
        b'r' => '\r',
        b't' => '\t',
        // After an even number of backslashes, a quote ends the string.
        b'"' if backslashes(text) % 2 == 1 => '"',
        b'/' => '/',
        b'u' => return after_units(char, text),
        _ => return None,
    };
    (char == named).then_some(rest)
}

/// The same for `\uXXXX`: one or two units of UTF-16.
fn after_units(char: char, text: &[u8]) -> Option<&[u8]> {
    let mut buffer = [0; 2];
    char.encode_utf16(&mut buffer).iter().try_fold(text, |rest, &unit| {
        let (digits, rest) = after_backslashes(rest).strip_prefix(b"u")?.split_at_checked(4)?;
        let lower =
            |unit: u32| u8::try_from(unit).map_or(unit, |byte| byte.to_ascii_lowercase().into());
        (lower(number(digits)?) == lower(unit.into())).then_some(rest)
    })
}

/// The value of hexadecimal digits; `from_str_radix` would accept a sign, too.
fn number(digits: &[u8]) -> Option<u32> {
    digits.iter().try_fold(0, |number, &digit| Some(number * 16 + char::from(digit).to_digit(16)?))
}

fn after_backslashes(text: &[u8]) -> &[u8] {
    text.split_at(backslashes(text)).1
}

fn backslashes(text: &[u8]) -> usize {
    text.iter().take_while(|&&byte| byte == b'\\').count()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn without(text: &str, secret: &str) -> String {
        String::from_utf8(whole(text.into(), secret, b"[key]")).unwrap()
    }

    /// The journal reserves room for the unredacted answer, so redaction must not lengthen it.
    #[test]
    fn a_text_without_a_secret_is_no_longer_than_with_it() {
        let shortest = &"sk_CANARY"[..MIN_SECRET];
        for text in [shortest.to_owned(), URL_SAFE_NO_PAD.encode(shortest)] {
            assert!(without(&text, shortest).len() <= text.len(), "{text}");
            assert!(
                beginnings(text.as_bytes(), shortest, b"[prompt]").len() <= text.len(),
                "{text}"
            );
        }
        assert_eq!(without("sk_CANA", "sk_CANA"), "sk_CANA");
    }

    #[test]
    fn a_secret_is_found_in_another_case_and_percent_encoded() {
        for text in ["SK/CANARY+1", "sk%2Fcanary%2b1", "%73%6B/CANARY+1"] {
            assert_eq!(without(text, "sk/CANARY+1"), "[key]", "{text}");
        }
        assert_eq!(without("sk%2gCANARY+1", "sk/CANARY+1"), "sk%2gCANARY+1");
    }

    #[test]
    fn a_secret_is_found_in_base64_wherever_it_begins() {
        for before in ["", "a", "ab", "Bearer "] {
            for after in ["", "b", "cd"] {
                for engine in [&STANDARD_NO_PAD, &URL_SAFE_NO_PAD] {
                    let text = engine.encode(format!("{before}sk_CANARY?>~{after}"));
                    let kept = without(&text, "sk_CANARY?>~");
                    assert!(
                        kept.contains("[key]") && kept.len() < text.len() - 8,
                        "{text}: {kept}"
                    );
                }
            }
        }
    }

    #[test]
    fn a_prompt_is_taken_out_as_far_as_it_is_repeated() {
        let prompt = "一只狐狸 \"in\"\n snow 🦊 at night";
        let cut =
            |text: &str| String::from_utf8(beginnings(text.as_bytes(), prompt, b"-")).unwrap();
        assert_eq!(cut("bad: 一只狐狸 \\\"in\\\"\\n snow… code"), "bad: -… code");
        assert_eq!(
            cut(r"\u4e00\u53ea\u72d0\u72f8 \u0022IN\u0022\n snow \ud83e\udd8a at night."),
            "-."
        );
        assert_eq!(cut("%E4%B8%80%E5%8F%AA%E7%8B%90%E7%8B%B8+%22in"), "-");
        assert_eq!(cut("一只 fox"), "一只 fox");
    }

    #[test]
    fn white_space_in_a_prompt_matches_any_other() {
        let prompt = "\n    a secret\n    fox\u{3000}in\t\"snow\"\n";
        let cut =
            |text: &str| String::from_utf8(beginnings(text.as_bytes(), prompt, b"-")).unwrap();
        for echo in [
            r#"a secret fox in \"snow\""#,
            r#"a secret\n    fox\u3000in\t\"snow\""#,
            r#"a  secret\r\nfox in \"snow\""#,
            "a%20secret%0Afox%E3%80%80in%09%22snow%22",
            "a+secret+fox+in+%22snow%22",
        ] {
            assert_eq!(cut(echo), "-", "{echo}");
        }
        assert_eq!(cut("{\n    \"a\": 1\n}"), "{\n    \"a\": 1\n}", "indentation");
        assert_eq!(cut("asecretfox"), "asecretfox");
    }

    #[test]
    fn the_end_of_a_json_string_is_no_part_of_a_prompt() {
        let cut = |prompt: &str, text: &str| {
            String::from_utf8(beginnings(text.as_bytes(), prompt, b"-")).unwrap()
        };
        assert_eq!(cut(r#"a secret "fox"#, r#"{"cut":"a secret "}"#), r#"{"cut":"-"}"#);
        assert_eq!(cut(r#"a secret\"fox"#, r#"{"cut":"a secret\\"}"#), r#"{"cut":"-"}"#);
        assert_eq!(cut(r#"a secret\"fox"#, r#"{"all":"a secret\\\"fox"}"#), r#"{"all":"-"}"#);
        assert_eq!(cut(r"a secret\nfox", r#"{"all":"a secret\\nfox"}"#), r#"{"all":"-"}"#);
    }

    #[test]
    fn short_prompts_stay() {
        assert_eq!(beginnings(b"rain", "rain", b"-"), b"rain");
    }
}
