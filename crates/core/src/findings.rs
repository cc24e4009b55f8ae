//! Turns hits into findings, with their messages and proven fixes.

use alloc::borrow::Cow;
use alloc::string::String;
use alloc::vec::Vec;

use crate::check::{Ask, Found, Hit, Ordered};
use crate::finding::Finding;
use crate::fix::Fixer;
use crate::table::{Cause, Field, Scheme, Text};
use crate::{Lang, message, pointer};

/// Findings with their proven fixes, and the number of findings left out.
pub(crate) struct Findings {
    pub findings: Vec<Finding>,
    pub omitted: usize,
}

/// All findings on a request.
pub(crate) fn all(found: &Found<'_>, lang: Lang) -> Findings {
    in_words(found, found.hits.all(), lang)
}

/// The findings that stop a request's price.
pub(crate) fn stopping(found: &Found<'_>, lang: Lang) -> Findings {
    in_words(found, found.hits.stopping(), lang)
}

fn in_words(found: &Found<'_>, Ordered { hits, omitted }: Ordered<'_, '_>, lang: Lang) -> Findings {
    if hits.is_empty() {
        return Findings { findings: Vec::new(), omitted };
    }
    let fields = found.ask.fields;
    let mut fixer = Fixer::new(found, lang);
    let in_words = |hit: &Hit<'_>| {
        let (params, related) = (hit.cause.params(), hit.related(fields));
        Finding {
            rule: hit.rule,
            severity: hit.rule.severity(),
            path: hit.place.pointer(fields),
            related: related.iter().map(|field| pointer::member(field.name())).collect(),
            message: message::of(
                hit.rule,
                &hit.cause,
                &params,
                |name| other_word(name, hit, &found.ask, lang),
                lang,
            ),
            params,
            sources: Cow::Borrowed(hit.sources),
            fixes: fixer.fixes(hit),
        }
    };
    Findings { findings: hits.into_iter().map(in_words).collect(), omitted }
}

/// The text for a name in a message that is not a parameter of the rule.
fn other_word(name: &str, hit: &Hit<'_>, ask: &Ask<'_>, lang: Lang) -> Option<String> {
    let field = |field: Field| Some(field.name().into());
    let say = |en, zh| Text::new(en, zh).get(lang).into();
    match name {
        "advice" => {
            let Cause::SchemeNotAccepted { allowed, .. } = &hit.cause else {
                return None;
            };
            let text = hit.place.text(ask.fields)?;
            let takes_https = allowed.contains(&Scheme::Https.name());
            if is_path(text) && takes_https {
                Some(say(
                    "this is a path on your computer; upload the file and use its URL",
                    "这是你电脑上的路径，请先上传文件，再填写上传后的链接",
                ))
            } else {
                Some(about_start(text, allowed)?.get(lang).into())
            }
        }
        // As it was sent: `data:`, but `ftp://`.
        "scheme" => {
            let Cause::SchemeNotAccepted { actual, .. } = hit.cause else {
                return None;
            };
            let scheme = actual?;
            let rest = hit.place.text(ask.fields)?.get(scheme.len()..)?;
            let ending = if rest.starts_with("://") { "://" } else { ":" };
            Some(message::echo(scheme) + ending)
        }
        "related" => {
            let related = hit.related(ask.fields).iter();
            Some(message::listed(related.map(|it| it.name()), message::OR, lang))
        }
        "here" => hit.place.field().and_then(field),
        "ratio" => field(ask.counting(Field::Ratio)),
        "pairing" => ask
            .row
            .filter(|(route, _)| !route.audios.value.not_with_frames_alone)
            .map(|_| say("frames", "首尾帧")),
        "withdrawn" => ask
            .text(Field::Model)
            .filter(|model| !ask.edition.instead_of(model).is_empty())
            .map(|_| message::WITHDRAWN.get(lang).into()),
        _ => None,
    }
}

/// Whether a text is a path on the user's own computer: `C:\1.png`, `file:///1.png`, `/Users/1.png`, `~/1.png`, `./1.png`.
fn is_path(text: &str) -> bool {
    const STARTS: [&str; 5] = ["/", "~/", "./", "../", "\\"];
    let is_path = STARTS.iter().any(|start| text.starts_with(start)) && !text.starts_with("//");
    let scheme = text.split_once(':').map(|(scheme, _)| scheme);
    is_path || scheme.is_some_and(|it| it.len() == 1 || it.eq_ignore_ascii_case("file"))
}

/// What is wrong with the beginning of a text that is a link apart from that: `"https://example.com/1.png`, or a full-width colon
/// as in `https：//example.com/1.png`. Only where such a link is then accepted.
fn about_start(text: &str, allowed: &[&str]) -> Option<Text> {
    let (start, colon) = text.split_at(text.find([':', '：'])?);
    let scheme = start.trim_start_matches(|it: char| !it.is_ascii_alphabetic());
    // A fix makes `http` into `https`.
    let is_allowed = |it: &&str| {
        it.eq_ignore_ascii_case(scheme)
            || *it == Scheme::Https.name() && scheme.eq_ignore_ascii_case("http")
    };
    if !allowed.iter().any(is_allowed) {
        None
    } else if scheme != start {
        Some(Text::new(
            "something, perhaps invisible, is before the link; remove it",
            "链接前面有多余的字符（可能看不见），请移除",
        ))
    } else {
        colon.starts_with('：').then_some(Text::new(
            "this URL's colon is full-width; write `://`",
            "链接中的冒号是全角，请改为 `://`",
        ))
    }
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "as serde calls it")]
pub(crate) const fn is_zero(it: &usize) -> bool {
    *it == 0
}

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
