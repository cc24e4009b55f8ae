use super::*;

fn without(text: &str, secret: &str) -> String {
    String::from_utf8(whole(text.as_bytes(), secret, b"[key]")).unwrap()
}

/// The journal reserves room for the unredacted answer, so redaction must not lengthen it.
#[test]
fn a_text_without_a_secret_is_no_longer_than_with_it() {
    let shortest = &"sk_CANARY"[..MIN_SECRET];
    for text in [shortest.to_owned(), URL_SAFE_NO_PAD.encode(shortest)] {
        assert!(without(&text, shortest).len() <= text.len(), "{text}");
        assert!(
            beginnings(text.as_bytes(), shortest, &[], b"[prompt]").len() <= text.len(),
            "{text}"
        );
    }
    assert_eq!(without("sk_CANA", "sk_CANA"), "sk_CANA");
}

#[test]
fn a_secret_is_found_in_another_case_and_percent_encoded() {
    for text in ["SK/CANARY+1", "sk%2Fcanary%2b1", "%73%6B/CANARY+1"] {
        assert_eq!(without(text, "sk/CANARY+1"), "[key]", "{text}");
    }
    assert_eq!(without("sk%2gCANARY+1", "sk/CANARY+1"), "sk%2gCANARY+1");
}

#[test]
fn a_secret_is_found_in_base64_wherever_it_begins() {
    for before in ["", "a", "ab", "Bearer "] {
        for after in ["", "b", "cd"] {
            for engine in [&STANDARD_NO_PAD, &URL_SAFE_NO_PAD] {
                let text = engine.encode(format!("{before}sk_CANARY?>~{after}"));
                let kept = without(&text, "sk_CANARY?>~");
                assert!(kept.contains("[key]") && kept.len() < text.len() - 8, "{text}: {kept}");
            }
        }
    }
}

#[test]
fn a_prompt_is_taken_out_as_far_as_it_is_repeated() {
    let prompt = "一只狐狸 \"in\"\n snow 🦊 at night";
    let cut =
        |text: &str| String::from_utf8(beginnings(text.as_bytes(), prompt, &[], b"-")).unwrap();
    assert_eq!(cut("bad: 一只狐狸 \\\"in\\\"\\n snow… code"), "bad: -… code");
    assert_eq!(cut(r"\u4e00\u53ea\u72d0\u72f8 \u0022IN\u0022\n snow \ud83e\udd8a at night."), "-.");
    assert_eq!(cut("%E4%B8%80%E5%8F%AA%E7%8B%90%E7%8B%B8+%22in"), "-");
    assert_eq!(cut("一只 fox"), "一只 fox");
}

#[test]
fn white_space_in_a_prompt_matches_any_other() {
    let prompt = "\n    a secret\n    fox\u{3000}in\t\"snow\"\n";
    let cut =
        |text: &str| String::from_utf8(beginnings(text.as_bytes(), prompt, &[], b"-")).unwrap();
    for echo in [
        r#"a secret fox in \"snow\""#,
        r#"a secret\n    fox\u3000in\t\"snow\""#,
        "a secret fox\u{3000} in\u{a0}\\\"snow\\\"",
        r#"a  secret\r\nfox in \"snow\""#,
        "a%20secret%0Afox%E3%80%80in%09%22snow%22",
        "a+secret+fox+in+%22snow%22",
    ] {
        assert_eq!(cut(echo), "-", "{echo}");
    }
    assert_eq!(cut("{\n    \"a\": 1\n}"), "{\n    \"a\": 1\n}", "indentation");
    assert_eq!(cut("asecretfox"), "asecretfox");
}

#[test]
fn the_end_of_a_json_string_is_no_part_of_a_prompt() {
    let cut = |prompt: &str, text: &str| {
        String::from_utf8(beginnings(text.as_bytes(), prompt, &[], b"-")).unwrap()
    };
    assert_eq!(cut(r#"a secret "fox"#, r#"{"cut":"a secret "}"#), r#"{"cut":"-"}"#);
    assert_eq!(cut(r#"a secret\"fox"#, r#"{"cut":"a secret\\"}"#), r#"{"cut":"-"}"#);
    assert_eq!(cut(r#"a secret\"fox"#, r#"{"all":"a secret\\\"fox"}"#), r#"{"all":"-"}"#);
    assert_eq!(cut(r"a secret\nfox", r#"{"all":"a secret\\nfox"}"#), r#"{"all":"-"}"#);
}

/// What looks like an escape in a secret is none.
#[test]
fn a_secret_that_has_escapes_is_found_as_it_is_and_escaped() {
    for text in ["sk%41bc%zz_CANARY", "sk%2541bc%25zz_CANARY", r"sk\u002541bc%zz_CANARY"] {
        assert_eq!(without(text, "sk%41bc%zz_CANARY"), "[key]", "{text}");
    }
    let prompt = r"100%beautiful \new snow";
    let cut =
        |text: &str| String::from_utf8(beginnings(text.as_bytes(), prompt, &[], b"-")).unwrap();
    for text in [r"100%beautiful \\new snow", "100%25beautiful+%5Cnew+snow"] {
        assert_eq!(cut(text), "-", "{text}");
    }
}

#[test]
fn short_prompts_stay() {
    assert_eq!(beginnings(b"rain", "rain", &[], b"-"), b"rain");
}

#[test]
fn a_name_stays_unless_the_prompt_goes_on_behind_it() {
    let cut = |prompt: &str, text: &str| {
        let names = ["videos_4f1c", "seedance2.0-mini"];
        String::from_utf8(beginnings(text.as_bytes(), prompt, &names, b"-")).unwrap()
    };
    let id = r#"{"task_id":"videos_4f1c","url":"/videos%5F4f1c"}"#;
    for prompt in ["Videos_4 teaser", "ideos_4f1 teaser", "videos_4f1c", "videos_4f1cx"] {
        assert_eq!(cut(prompt, id), id, "{prompt}");
    }
    assert_eq!(cut("Seedance demo", r#""seedance2.0-mini-720""#), r#""seedance2.0-mini-720""#);
    assert_eq!(cut("videos_4f1c: a fox", r#""VIDEOS_4f1c: a fox""#), r#""-""#);
    assert_eq!(cut("4f1c: a secret fox", "videos_4f1c: a secret fox"), "videos_-");
    assert_eq!(cut("a fox of videos_4f1c", "a fox of videos_4f1c"), "-");
}
