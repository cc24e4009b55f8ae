//! Messages: the rules' templates, filled in with the parameters of a finding.
//!
//! `{index}` counts from 1, `{name://}` appends `://` to every name of a list, and some names are not parameters: `{related}`,
//! for example, lists the finding's related fields.

use alloc::string::String;
use alloc::vec::Vec;

use crate::Lang;
use crate::check::{Ask, Hit};
use crate::number;
use crate::params::{Param, Params};
use crate::table::{Cause, Field, RuleId, Scheme, Text};
use crate::template::render;
use crate::wording::{AND, OR, WITHDRAWN, echo, joined, listed};

/// The message of a hit with these `params`.
pub(crate) fn of(hit: &Hit<'_>, ask: &Ask<'_>, params: &Params, lang: Lang) -> String {
    let last = match hit.rule {
        RuleId::RatioUnlisted | RuleId::UrlSuspect => AND,
        _ => OR,
    };
    render(hit.rule.message().get(lang), &|name| {
        let (name, ending) = match name.strip_suffix(URL_START) {
            Some(name) => (name, URL_START),
            None => (name, ""),
        };
        match params.get(name) {
            Some(Param::Number(index)) if name == "index" => Some(number::to_string(index + 1.0)),
            Some(Param::Number(number)) => Some(number::to_string(*number)),
            Some(Param::Numbers(numbers)) => {
                let numbers: Vec<_> = numbers.iter().map(|it| number::to_string(*it)).collect();
                Some(joined(&numbers, last, lang))
            }
            Some(Param::Text(text)) => Some(match hit.cause {
                Cause::NotJson { reason, .. } => reason.get(lang).into(),
                _ => word(name, text, lang),
            }),
            Some(Param::List(names)) => {
                Some(listed(names.iter().map(|it| it.clone() + ending), last, lang))
            }
            None => other_word(name, hit, ask, params, lang),
        }
    })
}

/// The text for a name in a message that is not a parameter of the rule.
fn other_word(
    name: &str,
    hit: &Hit<'_>,
    ask: &Ask<'_>,
    params: &Params,
    lang: Lang,
) -> Option<String> {
    match name {
        "advice" => advice(hit, ask, params).map(|words| words.get(lang).into()),
        // As it was sent: `data:`, but `ftp://`.
        "scheme" => {
            let Cause::SchemeNotAccepted { actual: Some(scheme), .. } = hit.cause else {
                return None;
            };
            let rest = hit.place.text(ask.fields)?.get(scheme.len()..)?;
            Some(echo(scheme) + if rest.starts_with(URL_START) { URL_START } else { ":" })
        }
        "related" => {
            let related = hit.related(ask.fields).iter();
            Some(listed(related.map(|it| it.name()), OR, lang))
        }
        "here" => Some(hit.place.field()?.name().into()),
        "ratio" => Some(ask.counting(Field::Ratio).name().into()),
        "pairing" => {
            let (route, _) = ask.row?;
            let frames_pair = !route.audios.value.not_with_frames_alone;
            frames_pair.then(|| Text::new("frames", "首尾帧").get(lang).into())
        }
        "withdrawn" => {
            let instead = ask.edition.instead_of(ask.text(Field::Model)?);
            (!instead.is_empty()).then(|| WITHDRAWN.get(lang).into())
        }
        _ => None,
    }
}

/// What the user can do about the cause.
fn advice(hit: &Hit<'_>, ask: &Ask<'_>, params: &Params) -> Option<Text> {
    match &hit.cause {
        Cause::UnknownModel { .. } => params.get("suggestions").is_none().then_some(Text::new(
            "`seedance routes` and the form list all models",
            "全部模型见 `seedance routes` 或表单中的列表",
        )),
        Cause::SchemeNotAccepted { allowed, .. } => {
            let is_path = hit.place.text(ask.fields).is_some_and(is_path);
            if *allowed == [Scheme::Asset.name()] {
                Some(Text::new(
                    "upload the file, submit it for asset review, wait until it is Active, and use `asset://ID`",
                    "请先上传文件并提交素材审核，状态变为 Active 后使用 `asset://ID`",
                ))
            } else {
                // Every other route accepts `https`.
                is_path.then_some(Text::new(
                    "this is a path on your computer; upload the file and use its URL",
                    "这是你电脑上的路径，请先上传文件，再填写上传后的链接",
                ))
            }
        }
        _ => None,
    }
}

const URL_START: &str = "://";
/// Whether a text is a path on the user's own computer: `C:\1.png`, `file:///1.png`, `/Users/1.png`, `~/1.png`, `./1.png`.
fn is_path(text: &str) -> bool {
    const STARTS: [&str; 5] = ["/", "~/", "./", "../", "\\"];
    let is_path = STARTS.iter().any(|start| text.starts_with(start)) && !text.starts_with("//");
    let scheme = text.split_once(':').map(|(scheme, _)| scheme);
    is_path || scheme.is_some_and(|it| it.len() == 1 || it.eq_ignore_ascii_case("file"))
}

/// A text parameter as it appears in a sentence: a code is replaced by its words, a caller's text is repeated.
fn word(name: &str, text: &str, lang: Lang) -> String {
    match name {
        "bound" | "expected" | "found" | "problem" => {
            let mut words = WORDS.iter().filter(|(of, code, _)| *of == name && *code == text);
            words.next().map_or(text, |(.., words)| words.get(lang)).into()
        }
        _ => echo(text),
    }
}

/// The words for the codes of some parameters: parameter, code, words.
static WORDS: &[(&str, &str, Text)] = &[
    ("bound", "at-least", Text::new("at least", "至少")),
    ("bound", "at-most", Text::new("at most", "至多")),
    ("expected", "array", Text::new("an array of strings", "字符串数组")),
    ("expected", "boolean", Text::new("a boolean", "布尔值")),
    ("expected", "integer", Text::new("an integer", "整数")),
    ("expected", "json", Text::new("a JSON value", " JSON 值")),
    ("expected", "string", Text::new("a string", "字符串")),
    ("found", "array", Text::new("an array", "数组")),
    ("found", "boolean", Text::new("a boolean", "布尔值")),
    ("found", "fraction", Text::new("a number with decimals", "带小数的数字")),
    (
        "found",
        "not-json",
        Text::new("a value that JSON cannot hold, such as NaN", " JSON 无法表示的值（如 NaN）"),
    ),
    ("found", "null", Text::new("null", " null")),
    ("found", "number", Text::new("a number", "数字")),
    ("found", "object", Text::new("an object", "对象")),
    ("found", "string", Text::new("a string", "字符串")),
    (
        "problem",
        "bad-address",
        Text::new("the part in brackets is not an IPv6 address", "方括号中不是 IPv6 地址"),
    ),
    ("problem", "no-asset-id", Text::new("it has no asset ID", "缺少素材 ID")),
    ("problem", "no-host", Text::new("it has no host", "缺少主机名")),
    (
        "problem",
        "white-space",
        Text::new("it contains white space or control characters", "含有空白或控制字符"),
    ),
];

#[cfg(test)]
mod tests {
    use alloc::collections::BTreeSet;

    use super::*;
    use crate::table::{Edition, RuleId};

    /// Every name in a message is either a parameter of its rule or one of `OTHER`, and each of `OTHER` is used.
    #[test]
    fn names_in_messages_are_parameters_or_other_words() {
        const OTHER: [&str; 7] =
            ["advice", "here", "pairing", "ratio", "related", "scheme", "withdrawn"];
        let all = RuleId::ALL.into_iter().filter_map(|id| {
            let mut rules = Edition::ALL.into_iter().filter_map(|edition| edition.rule(id));
            rules.next()
        });
        let mut used = BTreeSet::new();
        for rule in all {
            let params: Vec<&str> = rule.params.iter().map(|param| param.name).collect();
            assert!(!params.iter().any(|name| OTHER.contains(name)));
            for template in [rule.message.en, rule.message.zh] {
                let names = template.split('{').filter_map(|it| it.split_once('}'));
                for name in names.map(|(name, _)| name.trim_end_matches("://")) {
                    let is_param = params.contains(&name);
                    assert!(is_param || OTHER.contains(&name), "{name}");
                    used.extend((!is_param).then_some(name));
                }
            }
        }
        assert_eq!(used.len(), OTHER.len(), "{used:?}");
    }
}
