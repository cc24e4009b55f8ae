//! What to do with a text that is no request but something else.

use seedance_core::RuleId;
use seedance_ledger::jobs::Form;

use crate::lang::pick;

/// What the text is, where that explains the finding, and what to do.
pub fn advice(text: &[u8], rule: RuleId) -> Option<&'static str> {
    let (en, zh) = match rule {
        RuleId::InvalidJson => not_json(text)?,
        RuleId::BodyNotObject if text.trim_ascii_start().starts_with(b"[") => (
            "requests in an array are written one per line by `jq -c '.[]'` and then read with `--ndjson`",
            "数组中的请求可用 `jq -c '.[]'` 写成每行一个，再用 `--ndjson` 读取",
        ),
        _ => return None,
    };
    Some(pick(en, zh))
}

fn not_json(text: &[u8]) -> Option<(&'static str, &'static str)> {
    let several =
        ("a file of many jobs is read with `--ndjson`", "包含多个请求的文件请用 `--ndjson` 读取");
    if matches!(Form::of(text, false), Ok(Form::Table { .. })) {
        return Some(several);
    }
    let mut lines =
        text.split(|byte| *byte == b'\n').map(<[u8]>::trim_ascii).filter(|line| !line.is_empty());
    let (first, second) = (lines.next()?, lines.next()?);
    let is_job = |line: &[u8]| line.starts_with(b"{") && line.ends_with(b"}");
    (is_job(first) && is_job(second)).then_some(several)
}
