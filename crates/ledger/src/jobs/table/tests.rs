use super::*;

fn jobs(table: &str, delimiter: u8) -> String {
    let mut jobs = TableJobs::new(table.as_bytes(), delimiter).unwrap();
    let mut read = String::new();
    jobs.read_to_string(&mut read).unwrap();
    read
}

#[test]
fn rows_are_jobs_on_their_own_lines() {
    let table = "\
ID,Model,prompt,duration,images,image_1,reference_video_1,reference_video_2,seconds_2
0012,m,\"a
b\",5,x | y,z,v,w,3.20
,,,,,,,,
,m,\"q\"\"\",5.0,,,,,
k,m,q,five,,,,,
";
    let expected = r#"
{"id":"0012","request":{"model":"m","prompt":"a\nb","duration":5,"images":["x","y","z"],"reference_videos":["v","w"]},"media":{"reference_videos":[null,{"seconds":3.20}]}}


{"request":{"model":"m","prompt":"q\"","duration":5.0}}
{"id":"k","request":{"model":"m","prompt":"q","duration":"five"}}
"#;
    assert_eq!(jobs(table, b','), expected);
}

#[test]
fn columns_have_the_names_of_fields() {
    for (name, column) in [
        ("First Image", Meaning::Field(Field::FirstImage)),
        ("image", Meaning::Field(Field::Images)),
        ("Reference-Video", Meaning::Field(Field::ReferenceVideos)),
        ("images_2", Meaning::Item(Field::Images, 2)),
        ("reference audio 1", Meaning::Item(Field::ReferenceAudios, 1)),
        ("seconds_1", Meaning::Seconds(1)),
        ("second 2", Meaning::Seconds(2)),
        ("seconds3", Meaning::Seconds(3)),
        ("Image2", Meaning::Item(Field::Images, 2)),
        ("image_0", Meaning::Item(Field::Images, 0)),
        ("image_99999999999999999999", Meaning::Carried),
        ("model_1", Meaning::Carried),
        ("note", Meaning::Carried),
    ] {
        assert_eq!(Meaning::named(name), column, "{name}");
    }
}

#[test]
fn a_length_may_have_a_decimal_comma() {
    let table = "sep=;\nmodel;second_1;seconds_2\n\nm;3,2;3 s\n";
    let expected = "\n\n\n{\"request\":{\"model\":\"m\"},\"media\":{\"reference_videos\":[{\"seconds\":3.2},{\"seconds\":\"3 s\"}]}}\n";
    assert_eq!(jobs(table, b';'), expected);
    assert!(jobs("model,seconds_1\nm,\"3,2\"\n", b',').contains("{\"seconds\":3.2}"));
}

/// The newer edition's name of the list counts, too.
#[test]
fn a_length_is_that_of_the_video_of_its_number() {
    for name in ["reference_video", "video"] {
        let table = format!("model,{name}_1,{name}_2,seconds_2\nm,a,b,4\n");
        let facts = "\"media\":{\"reference_videos\":[null,{\"seconds\":4}]}";
        assert!(jobs(&table, b',').contains(facts), "{}", jobs(&table, b','));
    }
}

#[test]
fn the_id_may_have_its_chinese_name() {
    assert_eq!(jobs("编号,model\n7,m\n", b','), "\n{\"id\":\"7\",\"request\":{\"model\":\"m\"}}\n");
    // The name itself counts before it.
    let both = "\n{\"carried\":[\"7\"],\"job\":{\"id\":\"8\",\"request\":{\"model\":\"m\"}}}\n";
    assert_eq!(jobs("编号,ID,model\n7,8,m\n", b','), both);
    let twice = TableJobs::new("编号,编号,model\n".as_bytes(), b',').unwrap_err();
    assert_eq!(twice.to_string(), "line 1: the columns `编号` and `编号` mean the same; keep one");
}

#[test]
fn further_columns_are_carried() {
    let table = "episode;model;note\nE1;m;\"a;b\"\n;n;\n";
    let expected = "\n{\"carried\":[\"E1\",\"a;b\"],\"job\":{\"request\":{\"model\":\"m\"}}}\n{\"carried\":[\"\",\"\"],\"job\":{\"request\":{\"model\":\"n\"}}}\n";
    assert_eq!(jobs(table, b';'), expected);
    let jobs = TableJobs::new(table.as_bytes(), b';').unwrap();
    assert_eq!(jobs.carried(), ["episode", "note"]);
}

#[test]
fn columns_that_were_perhaps_meant_as_fields() {
    let remark = |header: &str, edition, lang| {
        TableJobs::new(header.as_bytes(), b',').unwrap().remark(edition, lang)
    };
    for (name, meant) in [
        ("res", "resolution"),
        ("Resolutoin", "resolution"),
        ("first frame", "first_image"),
        ("seconds", "duration"),
        ("分辨率", "resolution"),
        ("首帧", "first_image"),
    ] {
        let told = format!(
            "columns that are not fields of the request: `{name}` (did you mean `{meant}`?)"
        );
        let remark = remark(&format!("{name},model"), Edition::LATEST, Lang::En);
        assert_eq!(remark, Some(told));
    }
    for name in ["job_id", "Task ID", "任务编号"] {
        let told =
            format!("columns that are not fields of the request: `{name}` (did you mean `id`?)");
        assert_eq!(remark(&format!("model,{name}"), Edition::LATEST, Lang::En), Some(told));
        assert_eq!(remark(&format!("model,{name},id"), Edition::LATEST, Lang::En), None);
    }
    for header in [
        "episode,model",
        "model,scene_id,镜头编号",
        "model,note,镜头,shot_2,no",
        "model,mode,prompt,text",
        ",model",
    ] {
        assert_eq!(remark(header, Edition::LATEST, Lang::En), None, "{header}");
    }
    // The older edition does not have the field `videos`.
    for name in ["video_0", "video_1", "videos"] {
        let told = format!(
            "以下列不是请求字段：`{name}`（是否想写 `reference_videos`？）、`first frame`（是否想写 `first_image`？）"
        );
        let header = format!("{name},model,first frame,image_1,note");
        assert_eq!(remark(&header, Edition::V2026_07, Lang::Zh), Some(told));
    }
}

/// A spreadsheet may write every column that it can have. Comparing each with all others would take minutes.
#[test]
fn thousands_of_columns_without_a_name() {
    let table = format!("model{}", ",".repeat(16_383));
    let names = TableJobs::new(table.as_bytes(), b',').unwrap().carried();
    assert_eq!(
        (names.len(), names.first(), names.last()),
        (16_383, Some(&String::new()), Some(&"(16384)".into()))
    );
}

#[test]
fn headers_that_are_none() {
    let refused = |table: &str| {
        let refused = TableJobs::new(table.as_bytes(), b',');
        refused.unwrap_err().to_string()
    };
    for blank in ["", "\n\n", "\r\n \r\n", "\u{feff}\n"] {
        let refused = TableJobs::new(blank.as_bytes(), b',').unwrap_err();
        assert_eq!(
            (refused.line, refused.problem.message(Lang::En), refused.problem.message(Lang::Zh)),
            (
                1,
                "the table has no header; its first line must name the columns".into(),
                "表格没有表头，首行应写明各列的名称".into()
            )
        );
    }
    assert_eq!(
        refused("prompt,duration\n"),
        "line 1: the header has no column `model`; it has `prompt`, `duration`"
    );
    assert_eq!(
        refused("model,prompt,Model\n"),
        "line 1: the columns `model` and `Model` mean the same; keep one"
    );
}

#[test]
fn a_row_that_is_too_long() {
    let mut jobs = TableJobs::new(&b"model,prompt\nm,a\nm,a,b\n"[..], b',').unwrap();
    let mut buffer = [0; 100];
    let read = jobs.read(&mut buffer).unwrap();
    let before = "\n{\"request\":{\"model\":\"m\",\"prompt\":\"a\"}}\n";
    assert_eq!(str::from_utf8(&buffer[..read]).unwrap(), before);
    let error = jobs.read(&mut buffer).unwrap_err();
    assert_eq!(
        error.to_string(),
        "line 3: fields on this line: 3, in the header: 2; put a cell that holds the separator in quotation marks"
    );
}

#[test]
fn errors_name_the_line_that_a_row_begins_on() {
    fn refused(table: impl Read) -> String {
        let jobs = TableJobs::new(table, b',');
        let read = jobs.map(|mut jobs| io::copy(&mut jobs, &mut io::sink()));
        read.map_or_else(|error| error.to_string(), |read| read.unwrap_err().to_string())
    }
    let too_long = "fields on this line: 3, in the header: 2; put a cell that holds the separator in quotation marks";
    let no_model = "the header has no column `model`; it has `prompt`";
    let not_utf8 = "not UTF-8; save the file as UTF-8";
    for lines_end in ["\n", "\r\n", "\r"] {
        for (table, line, problem) in [
            ("model,prompt\nm,a\nm,a,b\n", 3, too_long),
            ("model,prompt\n\n\nm,a\n\n\nm,a,b", 7, too_long),
            ("\nmodel,prompt\nm,\"a\n\nb\"\nm,\"c\nd\",e\n", 6, too_long),
            ("model,prompt\nm,a\n,\n,\nm,a,b\n", 5, too_long),
            ("\n\nprompt\n", 3, no_model),
            ("model,prompt\nm,a\n\nm,\u{0}\nm,a\n", 4, not_utf8),
        ] {
            let table = table.replace('\n', lines_end).into_bytes();
            // The byte 0xFF never occurs in UTF-8.
            let table: Vec<u8> =
                table.into_iter().map(|byte| if byte == 0 { 0xFF } else { byte }).collect();
            let expected = format!("line {line}: {problem}");
            let shown = table.escape_ascii();
            assert_eq!(refused(table.as_slice()), expected, "{shown}");
            assert_eq!(refused(ByteByByte(&table)), expected, "{shown}, byte by byte");
        }
        for (table, line) in [("model\nm\n,a\n", 3), ("\nmodel\nm,a\n", 3)] {
            let marked = format!("\u{feff}{table}").replace('\n', lines_end);
            let expected = format!(
                "line {line}: fields on this line: 2, in the header: 1; put a cell that holds the separator in quotation marks"
            );
            assert_eq!(refused(marked.as_bytes()), expected, "{marked:?}");
        }
        let cut_off = "model\nm\n\nm".replace('\n', lines_end);
        assert_eq!(refused(cut_off.as_bytes().chain(Broken)), "line 4: it broke");
    }
}

struct ByteByByte<'a>(&'a [u8]);

impl Read for ByteByByte<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let length = buffer.len().min(1);
        self.0.read(&mut buffer[..length])
    }
}

struct Broken;

impl Read for Broken {
    fn read(&mut self, _: &mut [u8]) -> io::Result<usize> {
        Err(io::Error::other("it broke"))
    }
}

#[test]
fn rows_come_together_but_none_waits() {
    /// Panics where a real source, such as a pipe, would block.
    struct Never;

    impl Read for Never {
        fn read(&mut self, _: &mut [u8]) -> io::Result<usize> {
            panic!("it waits")
        }
    }

    let job = "{\"request\":{\"model\":\"m\"}}\n";
    for table in ["model\nm\nm\n", "model\r\nm\r\nm\r\n"] {
        let mut jobs = TableJobs::new(table.as_bytes().chain(Never), b',').unwrap();
        let mut buffer = [0; 100];
        let read = jobs.read(&mut buffer).unwrap();
        let jobs = str::from_utf8(&buffer[..read]).unwrap();
        assert_eq!(jobs.trim_start(), job.repeat(2));
    }
}
