//! The table of routes says no less than docs/routes.md, which is made from the same rows.

use std::collections::BTreeMap;

use crate::support::{examples, seedance};

/// A route's cells by the names of their columns.
type Row = BTreeMap<String, String>;

fn rows(edition: &str, lang: &str) -> Vec<Row> {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("routes.csv");
    let out = file.to_str().unwrap();
    let run = seedance(&["routes", "--edition", edition, "--lang", lang, "--out", out]);
    assert_eq!(run.code, 0, "{run:?}");
    csv::Reader::from_path(&file).unwrap().deserialize().map(Result::unwrap).collect()
}

#[test]
fn the_table_says_what_the_docs_say() {
    let mut compared = 0;
    for (edition, lang, file) in [
        ("2026-07", "en", "routes.md"),
        ("2026-07", "zh", "routes.zh.md"),
        ("2026-09", "en", "routes-2026-09.md"),
        ("2026-09", "zh", "routes-2026-09.zh.md"),
    ] {
        let docs = std::fs::read_to_string(examples().join("../docs").join(file)).unwrap();
        for row in rows(edition, lang) {
            let route = &row["route"];
            let (_, section) = docs.split_once(&format!("\n## `{route}`\n")).unwrap();
            let section = section.split("\n## ").next().unwrap();
            for (column, field) in [
                ("duration", "`duration`"),
                ("resolution", "`resolution`"),
                ("ratio", "`ratio`"),
                ("images", "`images`"),
                ("frames", "`first_image`"),
                ("videos", "`reference_videos`"),
                ("audios", "`reference_audios`"),
            ] {
                let line = section.lines().rfind(|line| line.starts_with(&format!("| {field}")));
                let said = line.unwrap().split(" | ").nth(1).unwrap().replace('`', "");
                assert_eq!(row[column], said, "{file}, {route}, {column}");
                compared += 1;
            }
        }
    }
    assert_eq!(compared, 2 * (8 + 14) * 7);
}

#[test]
fn limits_of_single_models_and_files() {
    let (en, zh) = (rows("2026-09", "en"), rows("2026-09", "zh"));
    let cell = |rows: &[Row], route: &str, column: &str| {
        rows.iter().find(|row| row["route"] == route).unwrap()[column].clone()
    };
    for (route, column, in_english, in_chinese) in [
        (
            "full",
            "videos",
            "no stated limit; reference-video models only",
            "未写明上限；仅参考视频专用模型",
        ),
        (
            "sp",
            "videos",
            "no stated limit; docs disagree about seedance2.0-fast-sp",
            "未写明上限；seedance2.0-fast-sp 能否使用，文档说法不一",
        ),
        ("sp", "urls", "https:// (asset://: docs disagree)", "https://（asset:// 文档说法不一）"),
        (
            "fast-md",
            "videos",
            "≤ 3; together at most 15 s and 200 MiB; sides of 720–2160 px; 24–60 fps (docs disagree about 23.97 up to 24)",
            "≤ 3；总时长最多 15 秒，总大小最多 200 MiB；每边 720–2160 像素；帧率 24–60 fps（23.97 起、不足 24 文档说法不一）",
        ),
        ("fast-i2v", "videos", "no", "不支持"),
        (
            "std",
            "videos",
            "no stated limit; no .jpg, .jpeg, .png, .gif, .webp, .bmp, .svg",
            "未写明上限；不可为 .jpg、.jpeg、.png、.gif、.webp、.bmp、.svg",
        ),
        (
            "gz",
            "videos",
            "≤ 3; required on reference-video models; not with frames",
            "≤ 3；参考视频专用模型必须提供；不可与首尾帧并用",
        ),
        (
            "gz",
            "resolution",
            "480p, 720p (default), 1080p, or by name; seedance2.0-gz-fast: 480p, 720p (default); seedance2.0-gz-fast-video: 480p, 720p (default)",
            "480p、720p（默认）、1080p，或由模型名决定；seedance2.0-gz-fast：480p、720p（默认）；seedance2.0-gz-fast-video：480p、720p（默认）",
        ),
        (
            "933-720p",
            "urls",
            "https://; images: https:// asset://",
            "https://；参考图：https:// asset://",
        ),
    ] {
        assert_eq!(cell(&en, route, column), in_english, "{route}, {column}");
        assert_eq!(cell(&zh, route, column), in_chinese, "{route}, {column}");
    }
    let shown = seedance(&["routes", "md"]).out;
    let header: Vec<&str> = shown
        .lines()
        .next()
        .unwrap()
        .split("  ")
        .map(str::trim)
        .filter(|name| !name.is_empty())
        .collect();
    assert_eq!(
        header,
        [
            "ROUTE",
            "MODELS",
            "BILLED",
            "DURATION",
            "RESOLUTION",
            "ASPECT RATIO",
            "IMAGES",
            "FRAMES",
            "REFERENCE VIDEOS",
            "REFERENCE AUDIO",
            "URLS"
        ]
    );
}
