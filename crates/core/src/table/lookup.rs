//! What an edition says: its routes, models, fields, rules and billing names.

use alloc::string::String;
use alloc::vec::Vec;

use super::conflicts::CONFLICTS;
use super::sources::SOURCES;
use super::{
    Cell, Conflict, ConflictInfo, Duration, Edition, FIELDS, Field, FieldInfo, Model, Route, Rule,
    RuleId, Scheme, Source, SourceInfo, Table, Unit, edition_2026_07, edition_2026_09,
    shared_and_later,
};

/// A row of the table: a route, and one of its models.
pub type Row = (&'static Route, &'static Model);

impl Edition {
    /// The words that every open list of ratios accepts besides `W:H`, even if it does not list them.
    #[must_use]
    pub const fn ratio_words(self) -> &'static [&'static str] {
        match self {
            Self::V2026_07 => &["Adaptive"],
            Self::V2026_09 => &["Adaptive", "auto"],
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
        Table { edition: self, fields: self.fields(), routes: self.routes() }
    }

    /// All fields and what holds for them on every route, in report order.
    #[must_use]
    pub fn fields(self) -> &'static [FieldInfo] {
        match self {
            Self::V2026_07 => shared_and_later().0,
            Self::V2026_09 => &FIELDS,
        }
    }

    /// Whether it has fields that are aliases of others.
    pub(crate) fn has_aliases(self) -> bool {
        self != Self::V2026_07
    }

    /// The field of this exact name.
    pub(crate) fn field(self, name: &str) -> Option<Field> {
        Field::named(name).filter(|field| (*field as usize) < self.fields().len())
    }

    /// All routes, in the order in which they are always listed.
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

    /// The rule with this id; `None` if the edition does not have it.
    #[must_use]
    pub fn rule(self, id: RuleId) -> Option<Rule> {
        Rule::of(id, self)
    }

    /// Every source that the edition is based on, in the order of [`Source`](super::Source).
    pub fn sources(self) -> impl Iterator<Item = &'static SourceInfo> {
        let is_used = move |info: &&SourceInfo| info.editions.contains(&self);
        SOURCES.iter().filter(is_used)
    }

    /// Every disagreement between these sources, in the order of [`Conflict`].
    #[must_use]
    pub fn conflicts(self) -> &'static [ConflictInfo] {
        let (first, later) = CONFLICTS.split_at(Conflict::N1 as usize);
        match self {
            Self::V2026_07 => first,
            Self::V2026_09 => later,
        }
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

    /// The model of this exact name or alias, with its route.
    ///
    /// ```
    /// let (route, model) = seedance_core::Edition::default().find_model("seedance2.0-md").unwrap();
    /// assert_eq!((route.id.name(), model.takes_videos), ("md", true));
    /// ```
    #[must_use]
    pub fn find_model(self, name: &str) -> Option<Row> {
        let named = self.models().find(|(_, model)| model.name == name);
        named.or_else(|| self.models().find(|(_, model)| model.aliases.contains(&name)))
    }

    /// Every billing name that a route can produce, each once, in the table's order.
    pub fn billing_names(self) -> impl Iterator<Item = String> {
        let mut names: Vec<String> = Vec::new();
        for (route, model) in self.models() {
            for name in model.billing_names(route) {
                if !names.contains(&name) {
                    names.push(name);
                }
            }
        }
        names.into_iter()
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

    /// The model and resolution of a billing name that includes a resolution, in any case; `None` if the name is a model's.
    pub(crate) fn model_of_billing_name(
        self,
        name: &str,
    ) -> Option<(&'static Model, &'static str)> {
        let name = name.to_ascii_lowercase();
        let is_model = self.models().any(|(_, model)| model.name == name);
        let mut rows = self.models().filter(|_| !is_model);
        rows.find_map(|(route, model)| {
            let mut offered = model.resolution(route).offered.iter();
            offered
                .find(|it| model.bills_resolution() && model.billing_name(it) == name)
                .map(|it| (model, *it))
        })
    }

    /// The vendor's schema of the endpoint.
    pub(crate) const fn schema(self) -> &'static [Source] {
        match self {
            Self::V2026_07 => &[Source::SeedOpenapi],
            Self::V2026_09 => &[Source::DocsOpenapi],
        }
    }

    /// The path of the endpoint that a model belongs to, if it is another one than this.
    pub(crate) fn endpoint_of(self, model: &str) -> Option<&'static str> {
        let endpoints: &[(&str, _)] = match self {
            Self::V2026_07 => &[],
            Self::V2026_09 => &edition_2026_09::ENDPOINTS,
        };
        let mut endpoints = endpoints.iter();
        let (_, endpoint) = endpoints.find(|(prefix, _)| model.starts_with(prefix))?;
        Some(endpoint)
    }

    /// The models that replace a model that the vendor withdrew, in any case and between blanks; none for other names.
    #[must_use]
    pub fn instead_of(self, model: &str) -> &'static [&'static str] {
        let mut withdrawn = edition_2026_09::WITHDRAWN.iter();
        let is_withdrawn =
            self == Self::V2026_09 && withdrawn.any(|it| it.eq_ignore_ascii_case(model.trim()));
        if is_withdrawn { &edition_2026_09::INSTEAD } else { &[] }
    }

    /// The range for `duration` if the route is unknown: from the shortest to the longest that any route allows.
    #[must_use]
    pub fn widest_duration(self) -> &'static Cell<Duration> {
        match self {
            Self::V2026_07 => &edition_2026_07::WIDEST_DURATION,
            Self::V2026_09 => &edition_2026_09::WIDEST_DURATION,
        }
    }

    /// Whether some route accepts URLs of this scheme.
    pub(crate) fn accepts(self, scheme: Scheme) -> bool {
        let accepts = |route: &Route| route.media_schemes.value.accepted.contains(&scheme);
        self.routes().iter().any(accepts)
    }

    /// The ratios that every route lists, as examples where the route is unknown.
    pub(crate) fn common_ratios(self) -> Vec<&'static str> {
        let is_listed =
            |ratio: &&str| self.routes().iter().all(|route| route.ratio.value.list.contains(ratio));
        let first = self.routes().first();
        let ratios = first.map_or(&[][..], |route| route.ratio.value.list);
        ratios.iter().copied().filter(is_listed).collect()
    }
}
