//! Hostile input, each answered within seconds.

use std::time::Duration;

use cpu_time::ThreadTime;
use seedance_core::{Body, Job, Lang, PriceBook, RuleId};
use serde::Deserialize;
use serde_json::json;

/// A debug build gets input of a hundredth of the size, so that it runs the same code.
const FACTOR: usize = if cfg!(debug_assertions) { 100 } else { 1 };

/// "Inside a few seconds" of processor time, which does not depend on the machine's load.
const LIMIT: Duration = Duration::from_secs(5);

/// The most bytes allocated at once for one body, with its report, its quote and their JSON.
const MEMORY: u64 = 200_000_000;

/// How many findings a report leaves out.
#[derive(Deserialize)]
struct Capped {
    #[serde(default)]
    omitted: u64,
}

/// How many findings there are, including those left out, and the rule of the first.
fn ask(what: &str, bytes: &[u8]) -> (u64, Option<RuleId>) {
    let book =
        PriceBook::from_slice(br#"{"currency": "USD", "prices": {"seedance2.0-std": "0.30"}}"#)
            .expect("a good book");
    let (mut found, mut first, mut written) = (0, None, String::new());
    let start = ThreadTime::now();
    let memory = allocation_counter::measure(|| {
        let job = Job::new(Body::from(bytes));
        let report = job.check(Lang::En);
        found = report.findings.len() as u64;
        first = report.findings.first().map(|finding| finding.rule);
        written = serde_json::to_string(&report).expect("a report is JSON");
        drop(serde_json::to_vec(&job.quote(&book, Lang::En)).expect("a quote is JSON"));
    });
    let (took, size) = (start.elapsed(), bytes.len());
    assert!(took < LIMIT, "{what}: {took:?} for {size} bytes in");
    let most = memory.bytes_max;
    assert!(most < MEMORY, "{what}: {most} B at once for {size} bytes in");
    let capped: Capped = serde_json::from_str(&written).expect("a report is JSON");
    (found + capped.omitted, first)
}

fn std_with(member: &str) -> String {
    format!(r#"{{"model":"seedance2.0-std","prompt":"x","duration":5,{member}}}"#)
}

#[test]
fn a_hundred_megabytes_of_brackets() {
    for bracket in ["[", "{", "]", "{\"a\":", "[[[[[[[[[[[[[[[[,"] {
        let text = bracket.repeat(100_000_000 / FACTOR / bracket.len());
        assert_eq!(ask(bracket, text.as_bytes()), (1, Some(RuleId::InvalidJson)));
    }
}

#[test]
fn an_unknown_field_of_parsed_data_is_written_as_it_is_read() {
    let text = std_with(&format!("\"x\":[{}1]", "1,".repeat(10_000_000 / FACTOR)));
    let memory = allocation_counter::measure(|| {
        let mut data = serde_json::Deserializer::from_str(&text);
        assert!(Body::from_deserializer(&mut data).expect("it is JSON").is_object());
    });
    assert!(memory.bytes_max < MEMORY, "{} B at once", memory.bytes_max);
}

#[test]
fn nested_to_the_edge_and_past_it() {
    let nested = |levels: usize| "[".repeat(levels) + &"]".repeat(levels);
    assert_eq!(ask("10,000 arrays", nested(10_000).as_bytes()), (1, Some(RuleId::InvalidJson)));
    assert_eq!(ask("128 arrays", nested(128).as_bytes()), (1, Some(RuleId::InvalidJson)));
    assert_eq!(ask("127 arrays", nested(127).as_bytes()), (1, Some(RuleId::BodyNotObject)));
    assert_eq!(
        ask("10,000 inside", std_with(&format!("\"x\":{}", nested(10_000))).as_bytes()),
        (1, Some(RuleId::InvalidJson))
    );
    assert_eq!(
        ask("128 inside", std_with(&format!("\"x\":{}", nested(127))).as_bytes()),
        (1, Some(RuleId::InvalidJson))
    );
    assert_eq!(
        ask("127 inside", std_with(&format!("\"x\":{}", nested(126))).as_bytes()),
        (1, Some(RuleId::UnknownField))
    );
    assert_eq!(
        ask("127 in a list", std_with(&format!("\"images\":{}", nested(126))).as_bytes()),
        (1, Some(RuleId::WrongType))
    );
}

#[test]
fn bytes_that_are_no_text() {
    let lone = |escape: &str| std_with(&format!(r#""x":"{escape}""#));
    for text in [
        lone(r"\ud800"),
        lone(r"\udfff"),
        lone(r"\ud800\ud800"),
        lone(r"\udc00\ud800"),
        lone(r"\ud83d\u0041"),
    ] {
        assert_eq!(ask(&text, text.as_bytes()), (1, Some(RuleId::InvalidJson)));
    }
    let utf16: Vec<u8> = std_with(r#""x":1"#).encode_utf16().flat_map(u16::to_le_bytes).collect();
    let marked: Vec<u8> = [0xff, 0xfe].into_iter().chain(utf16.iter().copied()).collect();
    let surrogate = [b"{\"model\":\"".as_slice(), &[0xed, 0xa0, 0x80], b"\"}"].concat();
    let overlong = [b"{\"model\":\"".as_slice(), &[0xc0, 0xaf], b"\"}"].concat();
    let nul = vec![0; 1_000_000];
    for bytes in [
        utf16,
        marked,
        surrogate,
        overlong,
        nul,
        vec![0xff; 1_000_000],
        b"\xef\xbb\xbf{}".to_vec(),
        b"{}\0".to_vec(),
    ] {
        assert_eq!(ask("bytes", &bytes), (1, Some(RuleId::InvalidJson)));
    }
}

#[test]
fn a_prompt_of_twenty_megabytes() {
    let long = "雨".repeat(20_000_000 / FACTOR / 3);
    let body = |model: &str, prompt: &str| {
        format!(r#"{{"model":"{model}","prompt":"{prompt}","duration":5}}"#)
    };
    assert_eq!(ask("std", body("seedance2.0-std", &long).as_bytes()), (0, None));
    assert_eq!(
        ask("md", body("seedance2.0-md", &long).as_bytes()),
        (1, Some(RuleId::PromptTooLong))
    );
    let escaped = r"\u96e8".repeat(20_000_000 / FACTOR / 6);
    assert_eq!(
        ask("escaped", body("seedance2.0-md", &escaped).as_bytes()),
        (1, Some(RuleId::PromptTooLong))
    );
    assert_eq!(
        ask("blank", body("seedance2.0-std", &" ".repeat(20_000_000 / FACTOR)).as_bytes()),
        (1, Some(RuleId::EmptyPrompt))
    );
    let url = std_with(&format!(r#""images":["https://example.com/{long}"]"#));
    assert_eq!(ask("a long URL", url.as_bytes()), (0, None));
}

#[test]
fn a_hundred_thousand_images() {
    let many = 100_000 / FACTOR;
    let list = |url: &str| format!(r#""images":[{}]"#, vec![url; many].join(","));
    assert_eq!(
        ask("good ones", std_with(&list(r#""https://example.com/a.png""#)).as_bytes()),
        (1, Some(RuleId::TooManyImages))
    );
    for (what, item) in [
        ("bad schemes", r#""http://example.com/a.png""#),
        ("empty", r#""""#),
        ("wrong types", "5"),
        ("private", r#""https://localhost/""#),
        ("malformed", r#""https://""#),
    ] {
        assert_eq!(
            ask(what, std_with(&list(item)).as_bytes()),
            (many as u64 + 1, Some(RuleId::TooManyImages)),
            "{what}"
        );
    }
}

#[test]
fn a_hundred_thousand_fields() {
    let many = 100_000 / FACTOR;
    let different: Vec<String> = (0..many).map(|index| format!("\"x{index}\":{index}")).collect();
    assert_eq!(
        ask("different", std_with(&different.join(",")).as_bytes()),
        (many as u64, Some(RuleId::UnknownField))
    );
    let same = vec![r#""x":1"#; many].join(",");
    assert_eq!(ask("the same", std_with(&same).as_bytes()), (2, Some(RuleId::DuplicateField)));
    let known = vec![r#""prompt":"y""#; many].join(",");
    assert_eq!(ask("known", std_with(&known).as_bytes()), (1, Some(RuleId::DuplicateField)));
}

#[test]
fn numbers_of_a_million_digits() {
    let digits = "9".repeat(1_000_000);
    let duration =
        |spelt: &str| format!(r#"{{"model":"seedance2.0-std","prompt":"x","duration":{spelt}}}"#);
    assert_eq!(ask("an integer", duration(&digits).as_bytes()), (1, Some(RuleId::InvalidJson)));
    assert_eq!(ask("a fraction", duration(&format!("4.{digits}")).as_bytes()), (0, None));
    assert_eq!(
        ask("an exponent", duration(&format!("4e{digits}")).as_bytes()),
        (1, Some(RuleId::InvalidJson))
    );
    assert_eq!(
        ask("a small one", duration(&format!("4e-{digits}")).as_bytes()),
        (1, Some(RuleId::DurationOutOfRange))
    );
}

#[test]
fn a_book_and_facts_of_the_same_kind() {
    let start = ThreadTime::now();
    let many = 100_000 / FACTOR;
    let prices: serde_json::Map<String, serde_json::Value> =
        (0..many).map(|index| (format!("seedance2.0-mini-{index}"), json!("0.05"))).collect();
    let book = PriceBook::from_value(&json!({ "currency": "USD", "prices": prices }))
        .expect("strange names are kept");
    assert_eq!(book.warnings().len(), many);
    for text in [
        "[".repeat(10_000_000 / FACTOR),
        format!(r#"{{"currency":"USD","prices":{{"a":{}"#, "[".repeat(100_000)),
        "\u{feff}{}".to_owned(),
        String::new(),
    ] {
        assert!(PriceBook::from_slice(text.as_bytes()).is_err());
        assert!(seedance_core::Facts::from_slice(text.as_bytes()).is_err());
    }
    assert!(start.elapsed() < LIMIT, "{:?}", start.elapsed());
}
