//! Reads a request as its options say, and fixes it.

use std::slice;

use itertools::Itertools;
use seedance_core::{Edition, Facts, Field, Job};
use seedance_ledger::media;
use seedance_ledger::request::{Applied, Converted, Extent, Foreign, Mending, expiry, lenient};
use serde_json::{Map, Value};

use crate::args::{Format, Global, Input};
use crate::failure::Failure;
use crate::input::{self, Document};
use crate::lang::{lang, pick, say};
use crate::{human, output};

/// Reads the request, and writes every change that this took to standard error.
pub fn read(options: &Input) -> Result<Document, Failure> {
    let mut document = input::read(&options.file)?;
    if options.lenient
        && let Ok(text) = str::from_utf8(&document.text)
        && let Some(meant) = lenient(text, lang()).filter(|_| !Job::new(text).body().is_object())
    {
        for change in meant.changes {
            output::note(&change.message);
        }
        let how = pick("as it was meant", "按原意");
        document = document.changed(how, meant.json.into_bytes());
    }
    if let Some(from) = options.from {
        convert(&mut document, from)?;
    }
    warn_of_expiry(&document.text);
    Ok(document)
}

/// Converts another vendor's request into one of ours.
fn convert(document: &mut Document, foreign: Foreign) -> Result<(), Failure> {
    let body: Option<Map<String, Value>> = serde_json::from_slice(&document.text).ok();
    let Some(body) = body.filter(|body| Foreign::of(body) == Some(foreign)) else {
        let (file, name) = (&document.name, foreign.name());
        return Err(Failure::Told(say!(
            "`{file}`: not a request in {name}'s shape",
            "`{file}`：不是 {name} 格式的请求"
        )));
    };
    let Converted { request, left_out } = foreign.convert(body);
    if !left_out.is_empty() {
        let names = left_out.iter().map(|name| format!("`{name}`")).join(pick(", ", "、"));
        output::note(&say!(
            "left out, because the request has no such field: {names}",
            "没有对应字段，已略去：{names}"
        ));
    }
    let text = serde_json::to_vec_pretty(&request).unwrap_or_default();
    *document = document.changed(pick("converted", "已转换"), text);
    Ok(())
}

/// The job in a document, with its media facts, which may be ffprobe's output. Facts are ignored if the body is not an object.
pub fn job<'a>(
    document: &'a Document,
    options: &Input,
    edition: Edition,
) -> Result<Job<'a>, Failure> {
    let job = Job::new(document.text.as_slice()).edition(edition);
    let media = options.media.as_deref().map(input::read).transpose()?;
    let Some(Document { name, text }) = media.filter(|_| job.body().is_object()) else {
        return Ok(job);
    };
    let facts = match media::from_ffprobe(&text) {
        Some(facts) => Facts::from_value(&facts),
        None => Facts::from_slice(&text),
    };
    let job = facts.and_then(|facts| job.with_facts(facts));
    job.map_err(|error| Failure::about(&name, &error.message(lang())))
}

/// Applies the fixes of a job's errors and writes the result; tells whether it is accepted.
pub fn mend(
    document: &Document,
    job: Job<'_>,
    extent: Extent,
    global: Global,
) -> Result<bool, Failure> {
    let mended = Mending { extent, lang: lang() }.request(job, &document.text);
    match (global.format, &mended.request) {
        (Format::Json, _) => output::json(&mended)?,
        // Standard output is for the fixed request, which people redirect to a file.
        (Format::Human, None) => output::aside(&human::report(&mended.report, document)),
        (Format::Human, Some(request)) => {
            output::json(request)?;
            for Applied { path, label, .. } in &mended.applied {
                output::note(&say!("fixed {path}: {label}", "已修正 {path}：{label}"));
            }
            if !mended.report.findings.is_empty() {
                let text = serde_json::to_vec_pretty(request).unwrap_or_default();
                let fixed = document.changed(pick("fixed", "已修正"), text);
                output::aside(&human::report(&mended.report, &fixed));
            }
        }
    }
    Ok(mended.report.accepted)
}

/// Warns of signed links that have expired or soon will: a task may wait before its media are fetched.
fn warn_of_expiry(text: &[u8]) {
    let soon = time::UtcDateTime::now() + time::Duration::HOUR;
    let Ok(Value::Object(body)) = serde_json::from_slice(text) else {
        return;
    };
    let links = body.iter().filter(|(name, _)| Field::named(name).is_some());
    for (name, value) in links {
        let items = value.as_array().map_or(slice::from_ref(value), Vec::as_slice);
        for (index, item) in items.iter().enumerate() {
            if item.as_str().and_then(expiry).is_some_and(|end| end < soon) {
                let place = match value.is_array() {
                    true => format!("/{name}/{index}"),
                    false => format!("/{name}"),
                };
                output::warn(say!(
                    "{place}: the signed link has expired or will within the hour; use a new one",
                    "{place}：签名链接已过期或将在一小时内过期，请换用新的链接"
                ));
            }
        }
    }
}
