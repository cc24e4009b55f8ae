//! Templates: `{name}` is replaced by a value, and a part in square brackets is dropped if one of its values is missing.

use alloc::string::String;

/// Fills in a template; `value_of` returns `None` for a value that is missing.
pub(crate) fn render(template: &str, value_of: &dyn Fn(&str) -> Option<String>) -> String {
    let mut message = String::with_capacity(template.len());
    // The start of the current part, which is dropped if one of its values is missing.
    let (mut start, mut is_whole) = (0, true);
    let mut rest = template;
    while let Some((text, mark, behind)) = next_mark(rest) {
        if mark != '}' {
            message.push_str(text);
        } else if let Some(value) = value_of(text) {
            message.push_str(&value);
        } else {
            is_whole = false;
        }
        if matches!(mark, '[' | ']') {
            if !is_whole {
                message.truncate(start);
            }
            (start, is_whole) = (message.len(), true);
        }
        rest = behind;
    }
    message + rest
}

/// The text before the next mark of a template, the mark, and the text after it.
fn next_mark(template: &str) -> Option<(&str, char, &str)> {
    let at = template.bytes().position(|byte| b"[]{}".contains(&byte))?;
    let (text, marked) = template.split_at(at);
    let mut marked = marked.chars();
    Some((text, marked.next()?, marked.as_str()))
}
