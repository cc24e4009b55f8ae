//! The cells of a route in words: what the pages `routes.md` and the README's table say of each.

use itertools::Itertools;
use seedance_core::Lang;
use seedance_core::table::{
    Alone, Audios, Basis, Cell, Conflict, Duration, Field, Frames, Images, Model, Prompt, Ratio,
    Resolution, Route, Schemes, Source, Unit, VideoLimits, WithFrames,
};

use super::markdown::{codes, comma, speak};

/// One cell: what it is about, what it says, and on whose word.
pub struct Words {
    pub about: String,
    pub value: String,
    pub sources: &'static [Source],
    pub conflicts: &'static [Conflict],
}

/// All cells of a route, in the order of the request's fields.
pub fn of(route: &Route, lang: Lang) -> Vec<Words> {
    let field = |field: Field| format!("`{}`", field.name());
    let media = match route.image_schemes {
        Some(_) => [Field::FirstImage, Field::LastImage, Field::ReferenceVideos].as_slice(),
        None => &[Field::Images, Field::FirstImage, Field::LastImage, Field::ReferenceVideos],
    };
    let schemes = |fields: &[Field], cell| {
        let fields = codes(fields.iter().map(|field| field.name()), comma(lang));
        let about = format!("URL: {fields}");
        words(about, cell, |schemes| schemes_words(schemes, lang))
    };
    let mut cells = vec![
        words(lang.pick("billing", "计费").into(), &route.unit, |unit| {
            unit_words(unit, lang).into()
        }),
        words(lang.pick("billing name", "计费模型名").into(), &route.basis, |basis| {
            billing_names(route.models, *basis, lang)
        }),
        words(field(Field::Prompt), &route.prompt, |prompt| prompt_words(prompt, lang)),
        words(field(Field::Duration), &route.duration, |duration| duration_words(duration, lang)),
        words(field(Field::Resolution), &route.resolution, |it| {
            resolution_words(it, route.models, lang)
        }),
        words(field(Field::Ratio), &route.ratio, |ratio| ratio_words(ratio, lang)),
        words(field(Field::Images), &route.images, |images| images_words(images, lang)),
        words(
            [field(Field::FirstImage), field(Field::LastImage)].join(comma(lang)),
            &route.frames,
            |it| frames_words(it, lang),
        ),
        words(field(Field::ReferenceVideos), &route.videos, |videos| {
            let mut parts = vec![takers(route.models, lang)];
            parts.extend(videos.max.map(|max| at_most(max, lang)));
            parts.extend(no_files(videos.refused_files, lang));
            let alone = lang.pick("not with frames", "不可与首尾帧并用");
            parts.extend(videos.excludes_frames.then(|| alone.into()));
            let limits = videos.limits.as_ref();
            parts.extend(limits.map(|limits| limits_words(limits, lang)));
            parts.join(lang.pick("; ", "；"))
        }),
        words(field(Field::ReferenceAudios), &route.audios, |audios| audios_words(audios, lang)),
        schemes(media, &route.media_schemes),
        schemes(&[Field::ReferenceAudios], &route.audio_schemes),
    ];
    if let Some(images) = &route.image_schemes {
        cells.push(schemes(&[Field::Images], images));
    }
    if !route.extras.value.fields.is_empty() {
        let about = lang.pick("further fields", "其他字段").into();
        cells.push(words(about, &route.extras, |extras| {
            let modes = extras.reference_modes.join(comma(lang));
            let mut named = extras.fields.iter().map(|it| match it {
                Field::ReferenceMode => format!("{} ({modes})", field(*it)),
                _ => field(*it),
            });
            named.join(comma(lang))
        }));
    }
    if !route.listed.value.listed {
        let about = lang.pick("the vendor's menu", "厂商菜单").into();
        cells.push(words(about, &route.listed, |_| {
            lang.pick("lists it no more", "已不再列出").into()
        }));
    }
    cells
}

fn words<T>(about: String, cell: &Cell<T>, show: impl Fn(&T) -> String) -> Words {
    Words { about, value: show(&cell.value), sources: cell.sources, conflicts: cell.conflicts }
}

/// `per second` or `per task`.
pub fn unit_words(unit: &Unit, lang: Lang) -> &'static str {
    match unit {
        Unit::Second => lang.pick("per second", "按秒计费"),
        Unit::Task => lang.pick("per task", "按次计费"),
        Unit::MillionTokens => lang.pick("per million tokens", "按百万 tokens 计费"),
    }
}

fn billing_names(models: &[Model], basis: Basis, lang: Lang) -> String {
    let names = match models.iter().all(|model| model.billing == model.name) {
        true => lang.pick("the model itself", "与模型名相同").to_owned(),
        false => codes(models.iter().map(|model| model.billing), comma(lang)),
    };
    let basis = match basis {
        Basis::Documented => lang.pick("documented", "文档写明"),
        Basis::Inferred => lang.pick("inferred", "推断"),
    };
    speak!(lang, "{names} ({basis})", "{names}（{basis}）")
}

fn prompt_words(prompt: &Prompt, lang: Lang) -> String {
    match prompt.max {
        None => lang.pick("no stated limit", "未写明上限").into(),
        Some(max) => speak!(lang, "at most {max} characters", "最多 {max} 个字符"),
    }
}

/// `1–15 s (1–3 s contested)`.
pub fn duration_words(duration: &Duration, lang: Lang) -> String {
    let Duration { min, max, .. } = duration;
    let s = lang.pick(" s", " 秒");
    let default = duration.default;
    let optional = match duration.optional {
        true => speak!(lang, ", may be left out: {default} s", "，可省略，默认 {default} 秒"),
        false => String::new(),
    };
    let contested = duration.undisputed_from.map(|from| from - 1);
    match (duration.choices, contested) {
        ([], None) => format!("{min}–{max}{s}{optional}"),
        ([], Some(last)) => speak!(
            lang,
            "{min}–{max} s ({min}–{last} s contested)",
            "{min}–{max} 秒（{min}–{last} 秒有争议）"
        ),
        (choices, _) => format!("{}{s}{optional}", choices.iter().format(comma(lang))),
    }
}

/// The choices with the default marked, or what the models deliver.
pub fn resolution_words(resolution: &Resolution, models: &[Model], lang: Lang) -> String {
    if resolution.is_fixed() {
        let delivered = models.iter().filter_map(|model| model.delivers).unique();
        let delivered: Vec<_> = delivered.collect();
        let by = match delivered[..] {
            [_, _, ..] => lang.pick("by model: ", "由模型决定："),
            _ => lang.pick("always ", "固定 "),
        };
        return format!("{by}{}", delivered.join(comma(lang)));
    }
    let mut words = choices(resolution.offered, resolution.default, resolution.contested, lang);
    if models.iter().any(|model| model.delivers.is_some()) {
        words.push_str(lang.pick(", or by name", "，或由模型名决定"));
    }
    words
}

/// The list with the default marked, and whether it is all there is.
pub fn ratio_words(ratio: &Ratio, lang: Lang) -> String {
    let mut list = choices(ratio.list, ratio.default, &[], lang);
    if !ratio.with_references.is_empty() {
        let words = ratio.with_references.join(comma(lang));
        list.push_str(&speak!(lang, " ({words} with references only)", "（{words} 须有参考素材）"));
    }
    if !ratio.closed {
        list.push_str(lang.pick(", others with a warning", "，其他值给出警告"));
    }
    list
}

fn choices(list: &[&str], default: Option<&str>, contested: &[&str], lang: Lang) -> String {
    let show = |value: &&str| {
        let mark = if Some(*value) == default {
            lang.pick(" (default)", "（默认）")
        } else if contested.contains(value) {
            lang.pick(" (contested)", "（有争议）")
        } else {
            ""
        };
        format!("{value}{mark}")
    };
    list.iter().map(show).join(comma(lang))
}

/// The most images, and what counts.
pub fn images_words(images: &Images, lang: Lang) -> String {
    let mut parts = vec![match images.max {
        Some(max) if images.counts_frames => {
            speak!(lang, "at most {max}, frames included", "最多 {max} 张（含首尾帧）")
        }
        Some(max) => speak!(lang, "at most {max}", "最多 {max} 张"),
        None => lang.pick("no stated limit", "未写明上限").into(),
    }];
    let expected = lang.pick("expected", "应当提供");
    parts.extend(images.expected.then(|| expected.into()));
    parts.extend(no_files(images.refused_files, lang));
    parts.join(lang.pick("; ", "；"))
}

/// The endings of files that are refused.
fn no_files(endings: &[&str], lang: Lang) -> Option<String> {
    let mut named = endings.iter().map(|ending| format!("`.{ending}`"));
    let named = named.join(comma(lang));
    (!endings.is_empty()).then(|| speak!(lang, "no {named}", "不可为 {named}"))
}

/// What one frame without the other means.
pub fn frames_words(frames: &Frames, lang: Lang) -> String {
    match frames.alone {
        Alone::Fine => lang.pick("first, last or both", "首帧、尾帧或首尾帧"),
        Alone::LastUnstated => lang
            .pick("first or both; last alone with a warning", "首帧或首尾帧；只有尾帧时给出警告"),
        Alone::LastRefused => lang.pick("first or both", "首帧或首尾帧"),
        Alone::Refused => lang.pick("both or none", "首尾帧须同时提供"),
        Alone::NotTaken => lang.pick("no", "不支持"),
    }
    .into()
}

/// Which models of a route take reference videos.
pub fn takers(models: &[Model], lang: Lang) -> String {
    let takers = models.iter().filter(|model| model.takes_videos);
    match takers.clone().count() {
        0 => lang.pick("no", "不支持").into(),
        all if all == models.len() => lang.pick("yes", "支持").into(),
        _ => {
            let takers = codes(takers.map(|model| model.name), comma(lang));
            speak!(lang, "only {takers}", "仅 {takers}")
        }
    }
}

fn limits_words(limits: &VideoLimits, lang: Lang) -> String {
    let VideoLimits {
        min_seconds,
        max_seconds,
        max_bytes,
        min_side,
        max_side,
        min_frame_rate,
        contested_frame_rate,
        max_frame_rate,
    } = limits;
    let least = min_seconds.map_or_else(String::new, |min| {
        speak!(lang, " (under {min} s contested)", "（不足 {min} 秒有争议）")
    });
    let mib = max_bytes / (1024 * 1024);
    speak!(
        lang,
        "together at most {max_seconds} s{least} and {mib} MiB, \
             sides of {min_side}–{max_side} px, {min_frame_rate}–{max_frame_rate} frames per second ({contested_frame_rate} up to {min_frame_rate} contested)",
        "总时长最多 {max_seconds} 秒{least}，总大小最多 {mib} MiB，每边 {min_side}–{max_side} 像素，\
             帧率 {min_frame_rate}–{max_frame_rate}（{contested_frame_rate} 起、不足 {min_frame_rate} 有争议）"
    )
}

/// Whether audios are taken, and beside what.
pub fn audios_words(audios: &Audios, lang: Lang) -> String {
    if !audios.taken {
        return lang.pick("no", "不支持").into();
    }
    let mut parts =
        vec![audios.max.map_or_else(|| lang.pick("yes", "支持").into(), |max| at_most(max, lang))];
    parts.extend(
        audios
            .max_seconds
            .map(|most| speak!(lang, "together at most {most} s", "总时长最多 {most} 秒")),
    );
    let paired = match audios.not_with_frames_alone {
        true => lang.pick("only with images or reference videos", "须搭配参考图或参考视频"),
        false => lang.pick("never alone", "不可单独使用"),
    };
    parts.extend(audios.paired.then(|| paired.into()));
    match audios.with_frames {
        WithFrames::Fine => {}
        WithFrames::Contested => {
            parts.push(lang.pick("with frames contested", "能否与首尾帧并用，文档说法不一").into())
        }
        WithFrames::Refused => {
            parts.push(lang.pick("not with frames", "不可与首尾帧并用").into());
        }
    }
    parts.join(lang.pick("; ", "；"))
}

/// The schemes, with the contested ones marked.
pub fn schemes_words(schemes: &Schemes, lang: Lang) -> String {
    let mark = lang.pick(" (contested)", "（有争议）");
    let (accepted, contested) = (schemes.accepted.iter(), schemes.contested.iter());
    let accepted = accepted.map(|scheme| format!("`{}://`", scheme.name()));
    let contested = contested.map(|scheme| format!("`{}://`{mark}", scheme.name()));
    accepted.chain(contested).join(comma(lang))
}

fn at_most(max: u32, lang: Lang) -> String {
    speak!(lang, "at most {max}", "最多 {max} 个")
}
