//! Templates: `{name}` stands for a parameter, and what stands in square brackets is left out when a parameter in it is not given.

use alloc::string::String;

/// A template, filled in with what stands for each name; `None` where that is not given.
pub(crate) fn render(template: &str, value_of: &dyn Fn(&str) -> Option<String>) -> String {
    let mut message = String::with_capacity(template.len());
    // Where the part begins that goes when a parameter in it is not given.
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

/// What stands before a mark of a template, the mark, and what stands behind it.
fn next_mark(template: &str) -> Option<(&str, char, &str)> {
    let at = template.find(['[', ']', '{', '}'])?;
    let (text, marked) = template.split_at(at);
    let mut marked = marked.chars();
    Some((text, marked.next()?, marked.as_str()))
}
