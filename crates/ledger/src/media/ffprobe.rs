//! Media facts from the output of ffprobe.

use serde_json::{Value, json};

/// Converts the output of ffprobe (`-print_format json -show_format -show_streams`) to media facts. The text is the output for
/// one video, or a list of at least one. `None` if the text is not from ffprobe.
#[must_use]
pub fn from_ffprobe(text: &[u8]) -> Option<Value> {
    let value: Value = serde_json::from_slice(text).ok()?;
    let videos = match &value {
        Value::Array(videos) if !videos.is_empty() => {
            videos.iter().map(probed).collect::<Option<Vec<_>>>()?
        }
        one => vec![probed(one)?],
    };
    Some(json!({ "reference_videos": videos }))
}

fn probed(value: &Value) -> Option<Value> {
    let streams = value.get("streams").and_then(Value::as_array);
    let format = value.get("format");
    if streams.is_none() && format.is_none() {
        return None;
    }
    // Cover art is a video stream with one frame.
    let is_cover = |stream: &Value| stream.pointer("/disposition/attached_pic") == Some(&json!(1));
    let is_video = |stream: &&Value| stream["codec_type"] == "video" && !is_cover(stream);
    let mut seen = streams.into_iter().flatten().filter(is_video).peekable();
    let stream = seen.peek().copied();
    let of = |from: Option<&Value>, name: &str| number(from?.get(name)?);
    // As in `measure`, that of the longest video stream: the sound of a file may last longer.
    let lengths = seen.filter_map(|stream| of(Some(stream), "duration"));
    let longest = lengths.filter(|length| *length > 0.0).max_by(f64::total_cmp);
    let length = longest.or_else(|| of(format, "duration"));
    let size = ["width", "height"].map(|name| of(stream, name));
    let turned = stream.and_then(|stream| {
        let data = stream["side_data_list"].as_array().into_iter().flatten();
        let mut turns = data.filter_map(|it| number(&it["rotation"]));
        turns.next().or_else(|| number(stream.pointer("/tags/rotate")?))
    });
    let is_turned = turned.is_some_and(|degrees| degrees.rem_euclid(180.0) == 90.0);
    let [width, height] = if is_turned { [size[1], size[0]] } else { size };
    let rates = ["avg_frame_rate", "r_frame_rate"].into_iter();
    let frame_rate = rates.filter_map(|name| of(stream, name)).find(|rate| *rate > 0.0);
    let whole = |number: Option<f64>| number.map(|number| number as u64);
    Some(json!({
        "seconds": length,
        "bytes": whole(of(format, "size")),
        "width": whole(width),
        "height": whole(height),
        "frame_rate": frame_rate.map(thousandths),
    }))
}

/// Reads a number, also from text or a fraction such as `30000/1001`; `None` for `N/A` and `0/0`.
fn number(value: &Value) -> Option<f64> {
    let text = match value {
        Value::String(text) => text,
        other => return other.as_f64(),
    };
    let (above, below) = text.split_once('/').unwrap_or((text, "1"));
    let number = above.parse::<f64>().ok()? / below.parse::<f64>().ok()?;
    number.is_finite().then_some(number)
}

/// Rounds to three decimals, as frame rates are commonly written: 23.976.
pub(super) fn thousandths(rate: f64) -> f64 {
    (rate * 1000.0).round() / 1000.0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_ffprobe_tells() {
        let of = |text: &str| {
            from_ffprobe(text.as_bytes()).map(|facts| facts["reference_videos"].clone())
        };
        let probed = r#"{"streams":[{"codec_type":"audio"},{"codec_type":"video","width":300,"height":300,"disposition":{"attached_pic":1}},
            {"codec_type":"video","width":1920,"height":1080,"avg_frame_rate":"24000/1001","tags":{"rotate":"90"}}],
            "format":{"duration":"3.503500","size":"1048576"}}"#;
        let facts =
            r#"{"bytes":1048576,"frame_rate":23.976,"height":1920,"seconds":3.5035,"width":1080}"#;
        assert_eq!(of(probed), serde_json::from_str(&format!("[{facts}]")).ok());
        assert_eq!(
            of(&format!("[{probed},{probed}]")),
            serde_json::from_str(&format!("[{facts},{facts}]")).ok()
        );
        // The container's length counts where no video stream has one.
        for (first, second, seconds) in
            [("3.4", "3.3", 3.4), ("3.3", "3.4", 3.4), ("N/A", "0.000000", 9.0), ("-1", "0", 9.0)]
        {
            let streams = [first, second]
                .map(|it| format!(r#"{{"codec_type":"video","duration":"{it}"}}"#))
                .join(",");
            let probed = format!(r#"{{"streams":[{streams}],"format":{{"duration":"9.0"}}}}"#);
            assert_eq!(of(&probed).unwrap()[0]["seconds"], seconds, "{probed}");
        }
        let unknown = r#"{"streams":[{"codec_type":"video","avg_frame_rate":"0/0","r_frame_rate":"25/1","duration":"N/A"}]}"#;
        let facts =
            r#"[{"bytes":null,"frame_rate":25.0,"height":null,"seconds":null,"width":null}]"#;
        assert_eq!(of(unknown), serde_json::from_str(facts).ok());
        for ours in [r#"{"reference_videos":[{"seconds":3}]}"#, "null", "[1]", "[]", "x"] {
            assert_eq!(of(ours), None, "{ours}");
        }
    }
}
