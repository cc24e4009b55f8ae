//! Findings shown in the JSON that they are about, like errors of a compiler.

use std::iter;
use std::ops::Range;

use annotate_snippets::renderer::DecorStyle;
use annotate_snippets::{AnnotationKind, Group, Level, Message, Renderer, Snippet};
use itertools::Itertools;
use seedance_batch::numbered_lines;
use seedance_core::{Finding, Lang, RuleId};
use seedance_ledger::jobs::Form;

use crate::input::Document;
use crate::lang::{lang, pick, say};
use crate::output::plain;
use crate::spans::Spans;

/// How many findings are shown. `--format json` lists more.
const MOST_SHOWN: usize = 100;

/// The findings about a request, one block each; `omitted` is the number of those that the report itself leaves out.
pub fn findings(findings: &[Finding], omitted: usize, document: &Document) -> String {
    let mut text = String::from_utf8_lossy(&document.text).into_owned();
    // Otherwise a place behind the last line feed would be shown before it.
    if text.ends_with('\n') {
        text.push(' ');
    }
    let request = Request { document, text: &text, spans: Spans::of(&text) };
    let shown = findings.iter().take(MOST_SHOWN);
    let mut shown: String = shown.map(|finding| request.block(finding) + "\n\n").collect();
    let more = findings.len().saturating_sub(MOST_SHOWN) + omitted;
    if more > 0 {
        let listed = findings.len();
        shown += &say!(
            "{more} more are not shown; `--format json` lists the first {listed}\n\n",
            "另有 {more} 条未显示，`--format json` 会列出前 {listed} 条\n\n"
        );
    }
    shown
}

/// A request in whose text findings are shown, with invalid UTF-8 replaced.
struct Request<'a> {
    document: &'a Document,
    text: &'a str,
    spans: Spans<'a>,
}

impl Request<'_> {
    fn block(&self, finding: &Finding) -> String {
        let message = plain(&finding.message);
        let title = level(finding).primary_title(message).id(finding.rule.name());
        let mut group = Group::with_title(title);
        let places = self.places(finding);
        if !places.is_empty() {
            let kinds = iter::once(AnnotationKind::Primary);
            let kinds = kinds.chain(iter::repeat(AnnotationKind::Context));
            let marks = kinds.zip(places).map(|(kind, place)| kind.span(place));
            let snippet = Snippet::source(self.text).path(plain(&self.document.name));
            group = group.element(snippet.annotations(marks));
        }
        let sources = finding.sources.iter().map(|source| source.id()).join(pick(", ", "、"));
        group = group.element(note(Level::NOTE, "source", "来源", &sources));
        if let Some(advice) = advice(&self.document.text, finding.rule) {
            group = group.element(note(Level::HELP, "help", "提示", advice));
        }
        for fix in &finding.fixes {
            group = group.element(note(Level::HELP, "fix", "修正", &plain(&fix.label)));
        }
        let block = Renderer::styled().decor_style(DecorStyle::Ascii).render(&[group]);
        // The first colon follows the level and the rule.
        match lang() {
            Lang::En => block,
            Lang::Zh => block.replacen(": ", "：", 1),
        }
    }

    /// The place of the finding, then those of related values; of several lines only the first.
    fn places(&self, finding: &Finding) -> Vec<Range<usize>> {
        let mut places: Vec<_> = match finding.rule {
            RuleId::InvalidJson => self.place_of_syntax_error(finding).into_iter().collect(),
            RuleId::DuplicateField | RuleId::UnknownField => self.spans.names(&finding.path),
            _ => {
                let paths = iter::once(&finding.path).chain(&finding.related);
                paths.filter_map(|path| self.spans.value(path)).collect()
            }
        };
        for place in &mut places {
            let marked = self.text.get(place.clone()).and_then(|marked| marked.lines().next());
            place.end = place.start + marked.map_or(0, str::len);
        }
        places
    }

    fn place_of_syntax_error(&self, finding: &Finding) -> Option<Range<usize>> {
        let number = |name: &str| match finding.params.get(name) {
            Some(seedance_core::Param::Number(number)) => Some(*number as usize),
            _ => None,
        };
        let (line, column) = (number("line")?, number("column")?);
        let before = self.text.split_inclusive('\n').take(line.checked_sub(1)?);
        let start: usize = before.map(str::len).sum();
        let places = self.text.get(start..)?.char_indices();
        let places = places.map(|(at, _)| start + at).chain([self.text.len()]);
        let mut places = places.skip(column.checked_sub(1)?);
        let at = places.next().unwrap_or(self.text.len());
        Some(at..places.next().unwrap_or(at))
    }
}

/// A line about the finding, after its name.
fn note<'a>(level: Level<'a>, en: &'a str, zh: &str, text: &str) -> Message<'a> {
    match lang() {
        Lang::En => level.with_name(en).message(text.to_owned()),
        Lang::Zh => level.no_name().message(format!("{zh}：{text}")),
    }
}

fn level(finding: &Finding) -> Level<'static> {
    match finding.is_error() {
        true => Level::ERROR.with_name(pick("error", "错误")),
        false => Level::WARNING.with_name(pick("warning", "警告")),
    }
}

/// What to do, if the text shows that it is not a single request.
fn advice(text: &[u8], rule: RuleId) -> Option<&'static str> {
    let (en, zh) = match rule {
        RuleId::InvalidJson if is_file_of_jobs(text) => (
            "a file of many jobs is read with `--ndjson`",
            "包含多个请求的文件请用 `--ndjson` 读取",
        ),
        RuleId::BodyNotObject if text.trim_ascii_start().starts_with(b"[") => (
            "requests in an array are written one per line by `jq -c '.[]'` and then read with `--ndjson`",
            "数组中的请求可用 `jq -c '.[]'` 写成每行一个，再用 `--ndjson` 读取",
        ),
        _ => return None,
    };
    Some(pick(en, zh))
}

/// Whether a text is a table, or begins with two lines that are objects.
fn is_file_of_jobs(text: &[u8]) -> bool {
    let is_job = |line: &[u8]| line.starts_with(b"{") && line.ends_with(b"}");
    let lines = numbered_lines(text).map(|(_, line)| line.trim_ascii());
    matches!(Form::of(text, false), Ok(Form::Table { .. }))
        || lines.take(2).filter(|line| is_job(line)).count() == 2
}
