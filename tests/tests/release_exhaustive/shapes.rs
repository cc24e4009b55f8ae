//! Every shape of a request, as text and as the typed request: which rules fire where, core against oracle.

use std::borrow::Cow;
use std::fmt::Write as _;

use seedance_core::{Edition, Job, Request as Typed};
use seedance_tests::core_side::page;
use seedance_tests::long_run::{Progress, close, cores, on_all_cores, whole};
use seedance_tests::oracle::facts::Facts;
use seedance_tests::oracle::request::{
    DURATION, Entry, FIRST_IMAGE, Given, IMAGES, LAST_IMAGE, ORIENTATION, PROMPT, RATIO,
    REFERENCE_AUDIOS, REFERENCE_VIDEOS, RESOLUTION, Request, Shape,
};
use seedance_tests::oracle::rules;

use super::space::{Kind, Space, entries, url};

/// A debug build is some thirty times slower, so it takes only one in this many combinations of the scalar fields.
fn stride(space: &Space) -> usize {
    if cfg!(debug_assertions) { 499.min(space.scalars() / 16) } else { 1 }
}

/// Lists and frames: as a body's text, as a typed request, and as the oracle has them.
struct Material {
    text: String,
    typed: Typed,
    lists: [Vec<Entry<'static>>; 3],
    frames: [Option<&'static str>; 2],
}

#[test]
fn shapes() {
    for space in Space::all(whole()) {
        close("shapes", compare_all(&space));
    }
}

fn compare_all(space: &Space) -> Result<String, String> {
    let materials = materials(space);
    assert_eq!(materials.len(), space.materials());
    let stride = stride(space);
    let units = space.scalars().div_ceil(stride);
    let progress = Progress::new("shapes", (units * materials.len()) as u64);
    on_all_cores(units, &progress, |unit| {
        compare_scalars(space, unit * stride, &materials).map(|()| materials.len() as u64)
    })?;
    let (done, seconds) = (progress.done(), progress.elapsed().as_secs_f64());
    let found = format!(
        "{done} shapes of {} compared in {seconds:.1} s on {} cores, no disagreement",
        space.edition.name(),
        cores()
    );
    Ok(found)
}

/// Compares one combination of the scalar fields with all materials.
fn compare_scalars(space: &Space, index: usize, materials: &[Material]) -> Result<(), String> {
    let mut rest = index;
    let model = *digit(&mut rest, &space.models);
    let duration = *digit(&mut rest, &space.durations);
    let resolution = *digit(&mut rest, &space.resolutions);
    let ratio = *digit(&mut rest, &space.ratios);
    let orientation = *digit(&mut rest, &space.orientations);
    let mut empty = Request::unreadable(page(space.edition));
    empty.shape = Shape::Object;
    let mut request = empty.with_model(model);
    request.set(PROMPT, Given::Text("x"));
    let mut text = format!(r#"{{"model":"{model}","prompt":"x""#);
    if let Some(duration) = duration {
        request.set(DURATION, Given::Whole(f64::from(duration)));
        let _ = write!(text, r#","duration":{duration}"#);
    }
    for (field, name, value) in [
        (RESOLUTION, "resolution", resolution),
        (ORIENTATION, "orientation", orientation),
        (RATIO, "ratio", ratio),
    ] {
        if let Some(value) = value {
            request.set(field, Given::Text(value));
            let _ = write!(text, r#","{name}":"{value}""#);
        }
    }
    let scalars = text.len();
    for material in materials {
        text.truncate(scalars);
        text.push_str(&material.text);
        text.push('}');
        for (field, list) in
            [IMAGES, REFERENCE_VIDEOS, REFERENCE_AUDIOS].into_iter().zip(&material.lists)
        {
            let given =
                if list.is_empty() { Given::Absent } else { Given::List(Cow::Borrowed(list)) };
            request.set(field, given);
        }
        for (field, frame) in [FIRST_IMAGE, LAST_IMAGE].into_iter().zip(material.frames) {
            request.set(field, frame.map_or(Given::Absent, Given::Text));
        }
        // The typed request always has a duration.
        let typed = duration.map(|duration| {
            let mut typed = material.typed.clone();
            typed.model = model.into();
            typed.duration = duration;
            typed.resolution = resolution.map(String::from);
            typed.orientation = orientation.map(String::from);
            typed.ratio = ratio.map(String::from);
            typed
        });
        compare(space.edition, &text, typed.as_ref(), &request)?;
    }
    Ok(())
}

fn compare(
    edition: Edition,
    text: &str,
    typed: Option<&Typed>,
    request: &Request<'_>,
) -> Result<(), String> {
    let expected = rules::findings(request, &Facts::default());
    let ways = [Some(("text", Job::new(text))), typed.map(|typed| ("typed", Job::new(typed)))];
    for (way, job) in ways.into_iter().flatten() {
        let found = job.edition(edition).fired();
        let same = expected.len() == found.len()
            && expected
                .iter()
                .zip(&found)
                .all(|(a, b)| a.rule == b.rule.name() && a.path == b.path);
        if !same {
            return Err(format!("{text}\noracle {expected:?}\ncore   {found:?} ({way})"));
        }
    }
    Ok(())
}

fn digit<'s, T>(rest: &mut usize, values: &'s [T]) -> &'s T {
    let value = &values[*rest % values.len()];
    *rest /= values.len();
    value
}

fn materials(space: &Space) -> Vec<Material> {
    let mut all = Vec::new();
    for &images in &space.images {
        for &frames in &space.frames {
            for &videos in &space.videos {
                for &audios in &space.audios {
                    let none = images + videos + audios == 0 && frames == (false, false);
                    all.extend(
                        (0..if none { 1 } else { space.classes })
                            .map(|class| material(class, [images, videos, audios], frames)),
                    );
                }
            }
        }
    }
    all
}

fn material(class: usize, many: [usize; 3], frames: (bool, bool)) -> Material {
    let kinds = [Kind::Picture, Kind::Video, Kind::Audio];
    let mut text = String::new();
    let mut list = |place: usize, name: &str| {
        let urls = vec![String::from(url(class, kinds[place])); many[place]];
        if !urls.is_empty() {
            let _ = write!(text, r#","{name}":["{}"]"#, urls.join(r#"",""#));
        }
        urls
    };
    let mut typed = Typed::new("", "x", 0);
    typed.images = list(0, "images");
    typed.reference_videos = list(1, "reference_videos");
    typed.reference_audios = list(2, "reference_audios");
    let picture = url(class, Kind::Picture);
    let frames = [frames.0.then_some(picture), frames.1.then_some(picture)];
    typed.first_image = frames[0].map(String::from);
    typed.last_image = frames[1].map(String::from);
    for (name, frame) in ["first_image", "last_image"].into_iter().zip(frames) {
        if let Some(frame) = frame {
            let _ = write!(text, r#","{name}":"{frame}""#);
        }
    }
    Material {
        text,
        typed,
        lists: [0, 1, 2].map(|place| entries(many[place], class, kinds[place])),
        frames,
    }
}
