//! The journal keeps what tasks cost, to the digit.

use serde_json::{Value, json};

use crate::support::{ATTEMPT, Ask, CREATE, DRAFT, Desk, Gateway, Reply};

const TASK: &str = "/api/open-api/v1/videos/vid_1";

/// A gateway with one task, which answers the N-th query for it with the N-th of these.
fn gateway(created: &str, queries: &'static [&'static str]) -> Gateway {
    let created = created.to_owned();
    let asked = std::sync::atomic::AtomicUsize::new(0);
    Gateway::start(move |seen| {
        if seen.path() == CREATE {
            return Reply::json(&created);
        }
        let count = asked.fetch_add(1, std::sync::atomic::Ordering::SeqCst);
        Reply::json(queries[count.min(queries.len() - 1)])
    })
}

fn records(desk: &Desk) -> Vec<Value> {
    let journal = std::fs::read_to_string(desk.journal()).unwrap();
    let lines = journal.lines().map(|line| serde_json::from_str(line).unwrap());
    lines.collect()
}

/// The records of charges without their times, once the journal has this many lines.
fn charges(desk: &Desk, lines: usize) -> Vec<Value> {
    for _ in 0..200 {
        if records(desk).len() >= lines {
            break;
        }
        std::thread::sleep(std::time::Duration::from_millis(20));
    }
    let mut charges = records(desk);
    assert_eq!(charges.len(), lines, "{charges:?}");
    charges.retain(|record| record["record"] == "charged");
    for charge in &mut charges {
        assert!(charge["at"].is_u64(), "{charge}");
        charge.as_object_mut().unwrap().remove("at");
    }
    charges
}

#[test]
fn what_a_task_cost_is_journalled_when_it_is_news() {
    let gateway = gateway(
        r#"{"code":20000,"data":{"task_id":"vid_1","status":"queued","cost":0.250}}"#,
        &[
            r#"{"code":20000,"data":{"task_id":"vid_1","status":"queued","cost":0.250}}"#,
            r#"{"code":20000,"data":{"task_id":"vid_1","status":"processing"}}"#,
            r#"{"code":20000,"data":{"task_id":"vid_1","status":"failed","cost":0.00,"usage":{"total_tokens":245388,"echo":"rain"}}}"#,
            r#"{"code":20000,"data":{"task_id":"vid_1","status":"failed","cost":0.00,"usage":{"A fox in the rain":1}}}"#,
            r#"{"code":20000,"data":{"task_id":"vid_1","status":"completed","result":{"video_url":"https://cdn.example/v.mp4"},"cost":12345678901234567.10,"usage":{"total_tokens":245388}}}"#,
        ],
    );
    let desk = Desk::before(&gateway);
    assert_eq!(desk.create(ATTEMPT, DRAFT).send().status, 200);
    let answer: Value =
        serde_json::from_str(records(&desk)[1]["answer"].as_str().unwrap()).unwrap();
    assert_eq!(answer["data"]["task_id"], "vid_1");
    assert!(records(&desk)[1]["answer"].as_str().unwrap().contains("\"cost\":0.250"));
    for _ in 0..7 {
        assert_eq!(desk.get(TASK).send().status, 200);
    }
    let refunded = json!({ "record": "charged", "task": "vid_1", "cost": "0.00" });
    let charged = json!({ "record": "charged", "task": "vid_1", "cost": "12345678901234567.10", "usage": { "total_tokens": 245_388 } });
    assert_eq!(charges(&desk, 4), [refunded, charged.clone()]);
    // Still known after a restart.
    let desk = Desk::in_folder(desk.stop(), &gateway.origin(), &[]);
    assert_eq!(desk.get(TASK).send().status, 200);
    assert_eq!(charges(&desk, 4)[1], charged);
}

/// A finished task without the link to its video; and a task that an error named, whose request may well have made it.
#[test]
fn what_a_task_cost_is_journalled_even_in_doubt() {
    for (created, queries) in [
        (
            r#"{"code":20000,"data":{"task_id":"vid_1","status":"queued"}}"#,
            &[r#"{"code":20000,"data":{"task_id":"vid_1","status":"completed","cost":1.50}}"#],
        ),
        (
            r#"{"code":-1,"msg":"busy","data":{"task_id":"vid_1"}}"#,
            &[r#"{"code":20000,"data":{"task_id":"vid_1","status":"failed","cost":1.50}}"#],
        ),
    ] {
        let gateway = gateway(created, queries);
        let desk = Desk::before(&gateway);
        assert_eq!(desk.create(ATTEMPT, DRAFT).send().status, 200);
        assert_eq!(desk.get(TASK).send().status, 200);
        let charged = json!({ "record": "charged", "task": "vid_1", "cost": "1.50" });
        assert_eq!(charges(&desk, 3), [charged]);
    }
}

/// The prompt is cut out of the journal as far as it is repeated, but neither the task's ID nor the model is part of it.
#[test]
fn a_prompt_that_begins_like_the_id_or_the_model_costs_neither() {
    for (id, prompt) in [
        ("videos_4f1c0de0", "Videos_4 teaser: a fox"),
        ("videos_4f1c0de0", "4f1c0de0 is the code"),
        ("videos_4f1c0de0", "Seedance demo: a fox"),
        ("videos_4f1c0de0", "seedance2.0-mini shows a fox"),
    ] {
        let created = json!({ "code": 20000, "data": { "task_id": id, "model": "seedance2.0-mini", "prompt": prompt, "cost": 0.25 } });
        let queried = json!({ "code": 20000, "data": { "task_id": id, "status": "processing", "cost": 1.50 } });
        let gateway = Gateway::start(move |seen| {
            Reply::json(&if seen.path() == CREATE { &created } else { &queried }.to_string())
        });
        let desk = Desk::before(&gateway);
        let draft = DRAFT.replace("rain", prompt);
        assert_eq!(desk.create(ATTEMPT, draft.clone()).send().status, 200);
        let desk = Desk::in_folder(desk.stop(), &gateway.origin(), &[]);
        let replayed = desk.create(ATTEMPT, draft).send().json();
        let told = json!({ "task_id": id, "model": "seedance2.0-mini", "cost": 0.25 });
        for name in ["task_id", "model", "cost"] {
            assert_eq!(replayed["data"][name], told[name], "{prompt}");
        }
        let echo = replayed["data"]["prompt"].as_str().unwrap();
        assert!(echo.starts_with("[prompt]") && !echo.contains("fox"), "{echo}");
        assert_eq!(desk.get(&format!("/api/open-api/v1/videos/{id}")).send().status, 200);
        assert_eq!(charges(&desk, 3)[0]["task"], id, "{prompt}");
    }
}

/// The response was cut off, so it is only known that it named the task.
#[test]
fn what_a_task_of_a_damaged_error_cost_is_journalled() {
    let error = r#"{"code":-1,"msg":"busy","data":{"task_id":"vid_1"}"#;
    let gateway = Gateway::start(move |seen| match seen.path() {
        CREATE => Reply::json(error),
        _ => Reply::json(r#"{"code":20000,"data":{"status":"processing","cost":1.50}}"#),
    });
    let desk = Desk::before(&gateway);
    assert_eq!(desk.create(ATTEMPT, DRAFT).send().status, 409);
    assert_eq!(desk.get(TASK).send().status, 200);
    assert_eq!(charges(&desk, 3)[0]["task"], "vid_1");
}

#[test]
fn a_task_of_somebody_else_is_not_journalled() {
    let gateway = gateway(
        "{}",
        &[r#"{"code":20000,"data":{"task_id":"vid_1","status":"completed","cost":1}}"#],
    );
    let desk = Desk::before(&gateway);
    assert_eq!(desk.get(TASK).send().status, 200);
    let script = Ask::get(desk.port, TASK).header("Authorization", "Bearer sk_of_the_script");
    assert_eq!(script.send().status, 200);
    assert_eq!(charges(&desk, 0), [Value::Null; 0]);
}
