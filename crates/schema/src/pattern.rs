//! The regular expressions in schemas, in the part of the syntax that every engine supports.

use seedance_core::table::{Scheme, Schemes};

/// Unicode White_Space, for use inside brackets.
const SPACE: &str =
    r"\u0009-\u000d\u0020\u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000";
/// White space and control characters, for use inside brackets.
const NOT_IN_URL: &str =
    r"\u0000-\u0020\u007f-\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000";

/// Matches a text that has something other than white space.
pub fn not_blank() -> String {
    format!("[^{SPACE}]")
}

/// Matches `W:H`, each 1–99 without a leading zero, and the given words.
pub fn ratio(words: &[&str]) -> String {
    format!("^(?:[1-9][0-9]?:[1-9][0-9]?|{})$", words.join("|"))
}

/// Matches an accepted URL whose path does not end in one of the refused endings.
pub fn url(schemes: &Schemes, refused_files: &[&str]) -> String {
    let all = schemes.accepted.iter().chain(schemes.contested);
    let forms: Vec<_> = all.map(|scheme| form(*scheme)).collect();
    let endings = refused_files.iter();
    let endings: Vec<_> = endings.map(|ending| any_case(ending)).collect();
    let (forms, endings) = (forms.join("|"), endings.join("|"));
    let not_refused = match refused_files {
        [] => String::new(),
        _ => format!(r"(?![^:/?#]*://[^/?#]*/[^?#]*\.(?:{endings})(?:[?#]|$))"),
    };
    format!("^{not_refused}(?:{forms})[^{NOT_IN_URL}]*$")
}

/// Matches the beginning of a URL with this scheme.
fn form(scheme: Scheme) -> String {
    let name = any_case(scheme.name());
    match scheme {
        // The host, after user information, which extends to the last `@` before the path.
        Scheme::Https => format!(r"{name}://(?:[^/?#{NOT_IN_URL}]*@)?[^/?#@:{NOT_IN_URL}]"),
        Scheme::Asset | Scheme::AssetId => format!("{name}://[^/?#{NOT_IN_URL}]"),
    }
}

fn any_case(word: &str) -> String {
    let letters = word.chars().map(|letter| {
        let (upper, lower) = (letter.to_ascii_uppercase(), letter.to_ascii_lowercase());
        match upper == lower {
            true => String::from(letter),
            false => format!("[{upper}{lower}]"),
        }
    });
    letters.collect()
}
