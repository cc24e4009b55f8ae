use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;
use core::fmt;
use core::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

use super::{
    CONFLICTS, Cell, ConflictInfo, Duration, FIELDS, FieldInfo, Model, Route, Rule, RuleId,
    SOURCES, SourceInfo, Table, Unit, edition_2026_07, edition_2026_09,
};
use crate::Lang;

/// A row of the table: a route, and one of its models.
pub type Row = (&'static Route, &'static Model);

/// Which state of the vendor's documents decides: each edition is a table of its own.
///
/// ```
/// use seedance_core::Edition;
/// assert_eq!(Edition::default().name(), "2026-07");
/// assert_eq!("latest".parse(), Ok(Edition::LATEST));
/// ```
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Edition {
    /// The documents of July 2026.
    #[default]
    V2026_07,
    /// The documents of September 2026.
    V2026_09,
}

impl Edition {
    /// Every edition, the oldest first.
    pub const ALL: [Self; 2] = [Self::V2026_07, Self::V2026_09];

    /// The newest edition.
    pub const LATEST: Self = Self::V2026_09;

    /// The name as it stands in reports.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::V2026_07 => "2026-07",
            Self::V2026_09 => "2026-09",
        }
    }

    /// The whole table, to be written as JSON.
    ///
    /// ```
    /// let json = serde_json::to_value(seedance_core::Edition::V2026_07.table())?;
    /// assert_eq!(json["routes"][3]["route"], "mini");
    /// assert_eq!(json["routes"][3]["fields"]["duration"]["max"], 15);
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    #[must_use]
    pub fn table(self) -> Table {
        Table {
            edition: self,
            fields: self.fields(),
            routes: self.routes(),
        }
    }

    /// What holds of each field on every route, in report order.
    #[must_use]
    pub fn fields(self) -> &'static [FieldInfo] {
        &FIELDS
    }

    /// All routes, in the order of every list.
    #[must_use]
    pub fn routes(self) -> &'static [Route] {
        match self {
            Self::V2026_07 => &edition_2026_07::ROUTES,
            Self::V2026_09 => &edition_2026_09::ROUTES,
        }
    }

    /// Every rule, in the order of findings at one path.
    pub fn rules(self) -> impl Iterator<Item = Rule> {
        RuleId::ALL.into_iter().filter_map(move |id| self.rule(id))
    }

    /// A rule, where the edition has it.
    #[must_use]
    pub fn rule(self, id: RuleId) -> Option<Rule> {
        Rule::of(id, self)
    }

    /// Every page that the edition rests on, in the order of [`Source`](super::Source).
    pub fn sources(self) -> impl Iterator<Item = &'static SourceInfo> {
        SOURCES.iter()
    }

    /// Every disagreement between those pages, in the order of [`Conflict`](super::Conflict).
    #[must_use]
    pub fn conflicts(self) -> &'static [ConflictInfo] {
        CONFLICTS
    }

    /// All models with their routes, in the table's order.
    ///
    /// ```
    /// let (route, model) = seedance_core::Edition::default().models().next().unwrap();
    /// assert_eq!((route.id.name(), model.name), ("full", "sd2_mx_720p"));
    /// ```
    pub fn models(self) -> impl Iterator<Item = Row> {
        let of_route = |route: &'static Route| route.models.iter().map(move |model| (route, model));
        self.routes().iter().flat_map(of_route)
    }

    /// The model of this exact name, with its route.
    ///
    /// ```
    /// let (route, model) = seedance_core::Edition::default().find_model("seedance2.0-md").unwrap();
    /// assert_eq!((route.id.name(), model.takes_videos), ("md", true));
    /// ```
    #[must_use]
    pub fn find_model(self, name: &str) -> Option<Row> {
        self.models().find(|(_, model)| model.name == name)
    }

    /// Every billing name that a route can produce, in the table's order.
    pub fn billing_names(self) -> impl Iterator<Item = String> {
        self.models()
            .flat_map(|(route, model)| model.billing_names(route))
    }

    /// How a billing name is charged; `None` for a name that no route can produce.
    ///
    /// ```
    /// use seedance_core::{Edition, table::Unit};
    /// let edition = Edition::default();
    /// assert_eq!(edition.billing_unit("seedance2.0-mini-sp-480p"), Some(Unit::Task));
    /// assert_eq!(edition.billing_unit("seedance2.0-mini-sp-1080p"), None);
    /// ```
    #[must_use]
    pub fn billing_unit(self, name: &str) -> Option<Unit> {
        let mut rows = self.models();
        let (route, _) =
            rows.find(|(route, model)| model.billing_names(route).iter().any(|it| it == name))?;
        Some(route.unit.value)
    }

    /// The model and resolution behind a billing name that carries a resolution, in whatever case.
    pub(crate) fn model_of_billing_name(
        self,
        name: &str,
    ) -> Option<(&'static Model, &'static str)> {
        let name = name.to_ascii_lowercase();
        self.models().find_map(|(route, model)| {
            let mut offered = route.resolution.value.offered.iter();
            offered
                .find(|it| model.billing_name(it) == name)
                .map(|it| (model, *it))
        })
    }

    /// The widest range that any route gives for `duration`: what is checked when the route is unknown.
    #[must_use]
    pub fn widest_duration(self) -> &'static Cell<Duration> {
        match self {
            Self::V2026_07 => &edition_2026_07::WIDEST_DURATION,
            Self::V2026_09 => &edition_2026_09::WIDEST_DURATION,
        }
    }

    /// The ratios that every route lists: examples where the route is unknown.
    pub(crate) fn common_ratios(self) -> Vec<&'static str> {
        let is_listed = |ratio: &&str| {
            self.routes()
                .iter()
                .all(|route| route.ratio.value.list.contains(ratio))
        };
        let first = self.routes().first();
        let ratios = first.map_or(&[][..], |route| route.ratio.value.list);
        ratios.iter().copied().filter(is_listed).collect()
    }
}

impl fmt::Display for Edition {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}

impl Serialize for Edition {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.name())
    }
}

impl<'de> Deserialize<'de> for Edition {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let name = alloc::borrow::Cow::<str>::deserialize(deserializer)?;
        name.parse().map_err(de::Error::custom)
    }
}

impl FromStr for Edition {
    type Err = UnknownEdition;

    /// An edition by its name; `latest` is the newest.
    fn from_str(name: &str) -> Result<Self, UnknownEdition> {
        if name == LATEST {
            return Ok(Self::LATEST);
        }
        let known = Self::ALL.into_iter().find(|known| known.name() == name);
        known.ok_or_else(|| UnknownEdition { name: name.into() })
    }
}

/// The word for whichever edition is the newest.
const LATEST: &str = "latest";

/// A name that no edition has.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{}", self.message(Lang::En))]
pub struct UnknownEdition {
    name: String,
}

impl UnknownEdition {
    /// The one sentence that says so.
    ///
    /// ```
    /// use seedance_core::{Edition, Lang};
    /// let error = "2025".parse::<Edition>().unwrap_err();
    /// assert_eq!(error.message(Lang::En), "unknown edition `2025`; use `2026-07`, `2026-09` or `latest`");
    /// ```
    #[must_use]
    pub fn message(&self, lang: Lang) -> String {
        let quoted: Vec<_> = Edition::ALL.map(|known| format!("`{known}`")).into();
        let name = &self.name;
        match lang {
            Lang::En => format!(
                "unknown edition `{name}`; use {} or `{LATEST}`",
                quoted.join(", ")
            ),
            Lang::Zh => format!(
                "没有名为 `{name}` 的规则版本，可选 {} 或 `{LATEST}`",
                quoted.join("、")
            ),
        }
    }
}
