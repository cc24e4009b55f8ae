use serde_json::json;

use super::*;

fn read(list: &Value) -> (Value, Vec<String>) {
    let answer = json!({ "code": 20000, "msg": "ok", "data": { "list": list } });
    let catalog = Catalog::read(Edition::default(), answer.to_string().as_bytes(), None).unwrap();
    let left_out = catalog.left_out.iter();
    (
        serde_json::to_value(&catalog.book).unwrap()["prices"].clone(),
        left_out.map(|it| it.message(Lang::En)).collect(),
    )
}

#[test]
fn the_vendors_example_is_a_book() {
    let answer = br#"{"code": 20000, "msg": "ok", "data": {"list": [{"model_name": "seedance2.0-mini-720p",
        "display_name": "Mini", "model_type": "video", "price_mode": "per_second", "unit_price": 0.05,
        "official_price": 0.08, "remark": "", "group": "default"}]}}"#;
    let catalog = Catalog::read(Edition::default(), answer, Some("2026-11-28")).unwrap();
    assert!(catalog.left_out.is_empty());
    assert_eq!(
        serde_json::to_string(&catalog.book).unwrap(),
        r#"{"currency":"JimiCoin","as_of":"2026-11-28","prices":{"seedance2.0-mini-720p":{"price":"0.05","per":"second"}}}"#
    );
}

#[test]
fn a_price_is_per_task_where_no_mode_is_said_and_every_name_is_kept() {
    let list = json!([
        { "model_name": "seedance2.0-md", "unit_price": 0.30 },
        { "model_name": "some-voice", "model_type": "audio", "price_mode": "", "unit_price": "0.010" },
        { "model_name": "free", "price_mode": "per_second", "unit_price": 0 },
        { "model_name": "free", "price_mode": "per_second", "unit_price": 0.0, "group": "vip" },
    ]);
    let prices = json!({
        "free": { "price": "0", "per": "second" },
        "seedance2.0-md": { "price": "0.3", "per": "task" },
        "some-voice": { "price": "0.010", "per": "task" },
    });
    assert_eq!(read(&list), (prices, Vec::new()));
}

#[test]
fn what_cannot_be_used_is_left_out_and_named() {
    let list = json!([
        { "model_name": "seedance2.0-mini-sp-480p", "price_mode": "per_second", "unit_price": 0.05 },
        { "model_name": "seedance2.0-mini-sp-480p", "price_mode": "per_task", "unit_price": 0.5 },
        { "model_name": "voice", "price_mode": "per_10k_char", "unit_price": 1 },
        { "model_name": "llm", "price_mode": "pay_as_you_go", "unit_price": 1 },
        { "model_name": "negative", "unit_price": -0.5 },
        { "model_name": "without" },
        { "model_name": "twice", "unit_price": 1 },
        { "model_name": "twice", "unit_price": 2 },
        { "model_name": "twice", "unit_price": 1 },
        { "display_name": "Mini", "unit_price": 1 },
        { "model_name": "odd", "price_mode": 1, "unit_price": 1 },
        null,
        { "model_name": " ", "unit_price": 1 },
    ]);
    let left_out = [
        "`seedance2.0-mini-sp-480p` is left out: the catalogue has it as `per_second`, but its route bills per `task`",
        "`voice` is left out: no video is billed as `per_10k_char`",
        "`llm` is left out: no video is billed as `pay_as_you_go`",
        "`negative` is left out: its `unit_price` is -0.5, which is not a price",
        "`without` is left out: its `unit_price` is null, which is not a price",
        "`twice` is left out: the catalogue has two prices for it; enter your account's own",
        "`#10` is left out: the entry has no `model_name`, or a `price_mode` that is not text",
        "`#11` is left out: the entry has no `model_name`, or a `price_mode` that is not text",
        "`#12` is left out: the entry has no `model_name`, or a `price_mode` that is not text",
        "`#13` is left out: the entry has no `model_name`, or a `price_mode` that is not text",
    ];
    let prices = json!({ "seedance2.0-mini-sp-480p": { "price": "0.5", "per": "task" } });
    assert_eq!(read(&list), (prices, left_out.map(String::from).into()));
}

#[test]
fn names_that_no_route_bills_under_are_kept_and_told() {
    let mut list = vec![json!({ "model_name": "seedance2.0-md", "unit_price": 0.3 })];
    let mut told = || {
        let answer = json!({ "data": { "list": list } }).to_string();
        let catalog = Catalog::read(Edition::default(), answer.as_bytes(), None).unwrap();
        let name = format!("painter-{}", list.len());
        list.push(json!({ "model_name": name, "unit_price": 1 }));
        [Lang::En, Lang::Zh].map(|lang| catalog.kept_message(lang).unwrap_or_default())
    };
    assert_eq!(told(), ["", ""]);
    assert_eq!(
        told(),
        [
            "kept, though no route bills under these names: `painter-1`",
            "没有线路使用以下计费模型名，已保留：`painter-1`"
        ]
    );
    assert_eq!(
        told(),
        [
            "kept, though no route bills under these names: `painter-1`, `painter-2`",
            "没有线路使用以下计费模型名，已保留：`painter-1`、`painter-2`"
        ]
    );
}

#[test]
fn the_edition_says_how_a_name_is_charged() {
    let answer = br#"{"data": {"list": [
        {"model_name": "seedance2.0-gz", "price_mode": "per_million_tokens", "unit_price": 6.5},
        {"model_name": "seedance2.0-gz-mini", "price_mode": "per_second", "unit_price": 0.05}
    ]}}"#;
    let read = |edition| {
        let catalog = Catalog::read(edition, answer, None).unwrap();
        let prices = serde_json::to_value(&catalog.book).unwrap()["prices"].clone();
        let left_out = catalog.left_out.iter();
        (prices, left_out.map(|it| it.message(Lang::En)).collect::<Vec<_>>())
    };
    let gz = json!({ "price": "6.5", "per": "million-tokens" });
    let mini = json!({ "price": "0.05", "per": "second" });
    let both = json!({ "seedance2.0-gz": gz, "seedance2.0-gz-mini": mini });
    assert_eq!(read(Edition::V2026_07), (both, Vec::new()));
    let left_out = "`seedance2.0-gz-mini` is left out: the catalogue has it as `per_second`, but its route bills per `million-tokens`";
    let left_out = vec![left_out.to_owned()];
    assert_eq!(read(Edition::V2026_09), (json!({ "seedance2.0-gz": gz }), left_out));
}

#[test]
fn a_refusal_is_no_catalogue() {
    let read = |answer: &str| Catalog::read(Edition::default(), answer.as_bytes(), None);
    for (code, msg, en, zh) in [
        ("20001", r#""x""#, ": x", "：x"),
        (r#""20002""#, r#""x""#, ": x", "：x"),
        ("-1", "null", "", ""),
        ("50000", r#""x""#, ": x", "：x"),
    ] {
        for data in [r#"{"list":[]}"#, r#"{"list":[null,{}]}"#, "null"] {
            let refused =
                read(&format!(r#"{{"code":{code},"msg":{msg},"data":{data}}}"#)).unwrap_err();
            let en = format!("the platform refused to give its model catalogue{en}");
            assert_eq!(refused.message(Lang::En), en);
            assert_eq!(refused.message(Lang::Zh), format!("平台拒绝返回模型目录{zh}"));
        }
    }
    for code in ["0", "20000", r#""20000""#, "null"] {
        assert!(read(&format!(r#"{{"code":{code},"data":{{"list":[]}}}}"#)).is_ok(), "{code}");
    }
    // Models come with a code that is not known, too, but not with a refusal.
    for (code, is_read) in [("200", true), ("20001", false)] {
        let model = r#"{"model_name":"seedance2.0-md","unit_price":"0.60"}"#;
        let answer = format!(r#"{{"code":{code},"msg":"success","data":{{"list":[{model}]}}}}"#);
        assert_eq!(read(&answer).is_ok(), is_read, "{code}");
    }
}

#[test]
fn what_is_no_catalogue_is_refused_in_a_sentence() {
    for (answer, said) in [
        (r#"{"code": 20000, "msg": "no"}"#, ""),
        ("<html>", ": invalid JSON at column 1: a value is expected here"),
    ] {
        assert_eq!(
            Catalog::read(Edition::default(), answer.as_bytes(), None).unwrap_err().to_string(),
            format!(
                "not a response of the model catalogue, which has its models in `data.list`{said}"
            )
        );
    }
    let empty = br#"{"data": {"list": []}}"#;
    assert_eq!(
        Catalog::read(Edition::default(), empty, Some(" ")).unwrap_err().to_string(),
        "price book: `/as_of`: must not be blank"
    );
}
