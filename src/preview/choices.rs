//! What to show, as the address of a page or a frame says: to which made-up reader, and how.

use std::collections::HashMap;

use chrono_tz::Tz;
use strum::{EnumString, IntoStaticStr, VariantArray};
use subscribers::profile;
use templates::locale::Locale;
use url::form_urlencoded::Serializer;

use super::setup::Setup;

/// The name of the made-up reader, unless another one is chosen.
const NAME: &str = "Ada";

/// What is beside the findings.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, EnumString, IntoStaticStr, VariantArray)]
#[strum(serialize_all = "kebab-case", const_into_str)]
pub(super) enum View {
    #[default]
    Mail,
    Text,
    Page,
    /// Every way to show it.
    All,
}

/// How a mail or a page looks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Look {
    pub(super) dark: bool,
    /// The mail program loads no images.
    pub(super) no_images: bool,
    /// The mail program drops `style` elements.
    pub(super) no_styles: bool,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Choices {
    /// The reader's name.
    pub(super) name: Option<String>,
    /// The newsletter's language.
    pub(super) language: String,
    /// The reader's time zone.
    pub(super) zone: Tz,
    pub(super) view: View,
    pub(super) look: Look,
}

impl Choices {
    /// Reads a query. What is wrong or missing is as if nothing had been chosen.
    pub(super) fn read(query: &HashMap<String, String>, setup: &Setup) -> Self {
        let config = &setup.config;
        let given = |key: &str| query.get(key).map(String::as_str);
        let name = given("name").unwrap_or(NAME);
        let language = given("language").filter(|one| Locale::tags().any(|tag| tag == *one));
        let zone = given("zone").and_then(|zone| profile::time_zone(zone).ok()?);
        let is_on = |key: &str| given(key) == Some("1");
        Self {
            name: profile::name(name).unwrap_or(Some(NAME)).map(str::to_owned),
            language: language
                .unwrap_or(config.newsletter.locale.lang())
                .to_owned(),
            zone: zone.unwrap_or(config.schedule.time_zone),
            view: given("view")
                .and_then(|view| view.parse().ok())
                .unwrap_or_default(),
            look: Look {
                dark: is_on("dark"),
                no_images: is_on("no-images"),
                no_styles: is_on("no-styles"),
            },
        }
    }

    /// The choices as a query, with its `?`; empty if nothing was chosen.
    pub(super) fn query(&self, setup: &Setup) -> String {
        let mut query = Serializer::for_suffix("?".to_owned(), 1);
        for (key, value) in self.reader(setup).into_iter().chain(self.rest()) {
            query.append_pair(key, &value);
        }
        let query = query.finish();
        match query.as_str() {
            "?" => String::new(),
            _ => query,
        }
    }

    fn reader(&self, setup: &Setup) -> Vec<(&'static str, String)> {
        let config = &setup.config;
        let mut chosen = Vec::new();
        if self.name.as_deref() != Some(NAME) {
            chosen.push(("name", self.name.clone().unwrap_or_default()));
        }
        if self.language != config.newsletter.locale.lang() {
            chosen.push(("language", self.language.clone()));
        }
        if self.zone != config.schedule.time_zone {
            chosen.push(("zone", self.zone.name().to_owned()));
        }
        chosen
    }

    /// The choices that are not about the reader.
    pub(super) fn rest(&self) -> Vec<(&'static str, String)> {
        let mut chosen = Vec::new();
        if self.view != View::default() {
            chosen.push(("view", self.view.into_str().to_owned()));
        }
        let Look {
            dark,
            no_images,
            no_styles,
        } = self.look;
        for (key, is_on) in [
            ("dark", dark),
            ("no-images", no_images),
            ("no-styles", no_styles),
        ] {
            if is_on {
                chosen.push((key, "1".to_owned()));
            }
        }
        chosen
    }
}
