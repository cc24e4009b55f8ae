//! The table as data: what `seedance routes` and `seedance explain` print, and what the form is built from.

use alloc::string::String;
use alloc::vec::Vec;

use serde::ser::SerializeMap;
use serde::{Serialize, Serializer};

use super::{
    Cell, ConflictInfo, Edition, Field, FieldInfo, Model, Route, Rule, RuleId, Schemes, SourceInfo,
};

/// The whole table.
#[derive(Debug, Clone, Serialize)]
#[non_exhaustive]
pub struct Table {
    /// The edition.
    pub edition: Edition,
    /// All fields and what holds for them on every route.
    pub fields: &'static [FieldInfo],
    /// All routes.
    pub routes: &'static [Route],
}

/// A rule with its sources and conflicts in full.
#[derive(Debug, Clone, Serialize)]
#[non_exhaustive]
pub struct Explanation {
    /// The rule.
    #[serde(flatten)]
    pub rule: RuleRow,
    /// The sources that it is based on.
    pub sources: Vec<&'static SourceInfo>,
    /// Where these sources disagree.
    pub conflicts: Vec<&'static ConflictInfo>,
}

/// A rule without its sources and conflicts, which an [`Explanation`] gives in full.
#[derive(Debug, Clone, Copy)]
pub struct RuleRow(pub Rule);

impl Serialize for RuleRow {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("rule", &self.0.id)?;
        map.serialize_entry("severity", &self.0.severity)?;
        map.serialize_entry("path", self.0.path)?;
        map.serialize_entry("fires", &self.0.fires)?;
        map.serialize_entry("message", &self.0.message)?;
        map.serialize_entry("params", self.0.params)?;
        map.end()
    }
}

impl Edition {
    /// A rule with its sources and conflicts in full; `None` if the edition does not have the rule.
    ///
    /// ```
    /// use seedance_core::{Edition, RuleId};
    /// let explanation = Edition::V2026_07.explain(RuleId::DurationContested).unwrap();
    /// assert_eq!(explanation.conflicts[0].conflict.id(), "C1");
    /// ```
    #[must_use]
    pub fn explain(self, id: RuleId) -> Option<Explanation> {
        let rule = self.rule(id)?;
        Some(Explanation {
            rule: RuleRow(rule),
            sources: self.sources().filter(|info| rule.sources.contains(&info.source)).collect(),
            conflicts: self
                .conflicts()
                .iter()
                .filter(|info| rule.conflicts.contains(&info.conflict))
                .collect(),
        })
    }
}

impl Model {
    /// The names under which its requests are billed: one for each resolution if the name includes it, and the name of requests
    /// with reference videos if that differs.
    #[must_use]
    pub fn billing_names(&self, route: &Route) -> Vec<String> {
        let offered = self.resolution(route).offered;
        let mut names: Vec<_> = if self.bills_resolution() {
            offered.iter().map(|it| self.billing_name(it)).collect()
        } else {
            alloc::vec![self.billing.into()]
        };
        names.extend(self.billing_with_videos.map(String::from));
        names
    }
}

impl Serialize for Route {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let models: Vec<_> = self.models.iter().map(|model| ModelRow(self, model)).collect();
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("route", &self.id)?;
        map.serialize_entry("title", &self.title)?;
        if !self.listed.value {
            map.serialize_entry("listed", &false)?;
        }
        map.serialize_entry("unit", &self.unit.value)?;
        map.serialize_entry("basis", &self.basis.value)?;
        map.serialize_entry("models", &models)?;
        map.serialize_entry("fields", &Cells(self))?;
        let (unit, basis) = (self.unit.stated(), self.basis.stated());
        let listed = (!self.listed.value).then(|| self.listed.stated());
        map.serialize_entry("cells", &Stated { unit, basis, listed })?;
        map.end()
    }
}

/// The sources and conflicts of `unit`, `basis` and, where it is there, `listed`.
#[derive(Serialize)]
struct Stated {
    unit: Cell<()>,
    basis: Cell<()>,
    #[serde(skip_serializing_if = "Option::is_none")]
    listed: Option<Cell<()>>,
}

impl<T> Cell<T> {
    const fn stated(&self) -> Cell<()> {
        Cell { value: (), sources: self.sources, conflicts: self.conflicts }
    }
}

/// A model as it is listed under its route.
pub(super) struct ModelRow<'r>(pub &'r Route, pub &'r Model);

impl Serialize for ModelRow<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Self(route, model) = self;
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("model", model.name)?;
        map.serialize_entry("title", &model.title)?;
        if !model.aliases.is_empty() {
            map.serialize_entry("aliases", model.aliases)?;
        }
        map.serialize_entry("billing_models", &model.billing_names(route))?;
        map.serialize_entry("takes_videos", &model.takes_videos)?;
        if model.contests_videos {
            map.serialize_entry("contests_videos", &true)?;
        }
        map.serialize_entry("expects_videos", &model.expects_videos)?;
        if model.requires_videos {
            map.serialize_entry("requires_videos", &true)?;
        }
        map.serialize_entry("bills_first_video", &model.bills_first_video)?;
        if let Some(resolution) = model.delivers {
            map.serialize_entry("delivers", resolution)?;
        }
        if let Some(resolution) = &model.resolution {
            map.serialize_entry("resolution", resolution)?;
        }
        if let Some(partner) = model.partner {
            map.serialize_entry("partner", partner)?;
        }
        map.end()
    }
}

struct Cells<'r>(&'r Route);

impl Serialize for Cells<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let route = self.0;
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("prompt", &route.prompt)?;
        map.serialize_entry("duration", &route.duration)?;
        map.serialize_entry("resolution", &route.resolution)?;
        map.serialize_entry("ratio", &route.ratio)?;
        let images = MediaRow { limits: &route.images, schemes: route.schemes(Field::Images) };
        map.serialize_entry("images", &images)?;
        let frames = MediaRow { limits: &route.frames, schemes: &route.media_schemes };
        map.serialize_entry("frames", &frames)?;
        let videos = MediaRow { limits: &route.videos, schemes: &route.media_schemes };
        map.serialize_entry("reference_videos", &videos)?;
        let audios = MediaRow { limits: &route.audios, schemes: &route.audio_schemes };
        map.serialize_entry("reference_audios", &audios)?;
        if !route.extras.value.fields.is_empty() {
            map.serialize_entry("extras", &route.extras)?;
        }
        map.end()
    }
}

/// A cell about URLs, together with the schemes that they may have.
#[derive(Serialize)]
struct MediaRow<'r, T: 'static> {
    #[serde(flatten)]
    limits: &'r Cell<T>,
    schemes: &'r Cell<Schemes>,
}
