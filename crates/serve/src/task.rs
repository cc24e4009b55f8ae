//! Task IDs: what can be one, and where a text that may be damaged names one.

/// The member that holds the task ID in an answer.
const TASK_ID: [&str; 2] = ["task_id", "taskId"];
pub(crate) const MAX_TASK_ID: usize = 128;

/// Whether this text can be a task ID. It becomes a segment of a path, where `.` and `..` would lead elsewhere.
pub(crate) fn is_task_id(text: &str) -> bool {
    (1..=MAX_TASK_ID).contains(&text.len())
        && text.chars().all(is_of_task_id)
        && !matches!(text, "." | "..")
}

fn is_of_task_id(char: char) -> bool {
    char.is_ascii_alphanumeric() || matches!(char, '_' | '-' | '.' | ':' | '=')
}

/// What a text says about a task.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Mention {
    /// Nothing.
    None,
    /// It names this one.
    Of(String),
    /// There may be one, but its ID is cut off or there are several.
    Unclear,
}

/// Looks through a text that may be broken for `task_id` or `taskId`, a colon, and a quoted ID or a number.
pub(crate) fn find_task(text: &[u8]) -> Mention {
    // Without its zeros, ASCII text in UTF-16 is plain ASCII.
    let text = String::from_utf8_lossy(text).replace('\0', "");
    let named: Vec<_> = TASK_ID
        .iter()
        .flat_map(|name| text.match_indices(name))
        .filter_map(|(at, name)| value_after(text.get(at + name.len()..)?))
        .collect();
    let mut whole = named.iter().filter(|(_, is_whole)| *is_whole).map(|(id, _)| *id);
    match whole.next() {
        None if named.is_empty() => Mention::None,
        Some(first) if whole.all(|other| other == first) => Mention::Of(first.to_owned()),
        _ => Mention::Unclear,
    }
}

/// The ID after the name of its member, as far as it goes, and whether it is whole; `None` for values such as `null` and `""`.
fn value_after(text: &str) -> Option<(&str, bool)> {
    const QUOTES: [char; 3] = ['"', '\'', '\\'];
    let text = text.trim_start_matches(|char| QUOTES.contains(&char) || char == ' ');
    let text = text.strip_prefix(':')?.trim_ascii_start();
    let unquoted = text.trim_start_matches(QUOTES);
    // No further than an ID can reach, so that a text of nothing but names is not searched again from each of them.
    let within = unquoted.bytes().take(MAX_TASK_ID + 1);
    let length = within.take_while(|byte| is_of_task_id(char::from(*byte))).count();
    let (id, rest) = unquoted.split_at(length);
    let is_quoted = unquoted.len() < text.len();
    let is_whole = match is_quoted {
        true => rest.starts_with(QUOTES),
        false => !rest.is_empty() && id.bytes().all(|byte| byte.is_ascii_digit()),
    };
    let is_none = match id {
        // The text may end here, or the ID be inside an array or an object.
        "" => !rest.is_empty() && !rest.starts_with(['[', '{']),
        // A bare word such as `null` is not an ID.
        id => !is_quoted && !id.bytes().any(|byte| byte.is_ascii_digit()),
    };
    (!is_none).then_some((id, is_whole && is_task_id(id)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::outcome::MAX_ANSWER;

    #[test]
    fn a_task_id_is_found_in_what_is_not_json() {
        for text in [
            r#"{"data":{"task_id":"vid_1","status":"queued"#,
            "\u{feff}{\"task_id\": \"vid_1\"}",
            r#"cb({task_id:'vid_1'});"#,
            r#"{"code":40003,"taskId":"vid_1","#,
            r#""{\"data\":{\"task_id\":\"vid_1\"}}""#,
            "t\0a\0s\0k\0_\0i\0d\0\"\0:\0\"\0v\0i\0d\0_\x001\0\"\0",
            r#"{"task_id":null} {"task_id" : "vid_1"} {"task_id":"vid_1"}"#,
        ] {
            assert_eq!(find_task(text.as_bytes()), Mention::Of("vid_1".to_owned()), "{text}");
        }
        assert_eq!(find_task(br#"{"task_id":17,"#), Mention::Of("17".to_owned()));
    }

    #[test]
    fn half_an_id_and_two_ids_are_unclear() {
        for text in [
            r#"{"task_id":"vid_1"#,
            r#"{"task_id":""#,
            r#"{"task_id":"#,
            r#"{"task_id":17"#,
            r#"{"task_id":"a b"}"#,
            r#"{"task_id":["vid_1"]}"#,
            r#"{"task_id":"vid_1"}{"task_id":"vid_2"}"#,
            r#"{"task_id":"vid_1","taskId":"vid_2"}"#,
            "task_id: vid_1",
        ] {
            assert_eq!(find_task(text.as_bytes()), Mention::Unclear, "{text}");
        }
    }

    #[test]
    fn no_id_is_none() {
        for text in [
            r#"{"task_id":null}"#,
            r#"{"task_id":""}"#,
            r#"{"msg":"task_id: not found"}"#,
            r#"{"task_ids":["vid_1"]}"#,
            "task_id",
            "",
        ] {
            assert_eq!(find_task(text.as_bytes()), Mention::None, "{text}");
        }
    }

    /// If each name were searched to the end of the text, this would take minutes.
    #[test]
    fn a_text_of_names_is_searched_once() {
        let text = "task_id:".repeat(MAX_ANSWER / "task_id:".len());
        assert_eq!(find_task(text.as_bytes()), Mention::Unclear);
    }
}
