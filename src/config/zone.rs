//! The schedule's expression and its zone.

use chrono_tz::{TZ_VARIANTS, Tz};

use crate::diagnostic::{Finding, Report};
use crate::document::{Value, closest};
use crate::schedule::Cron;

/// A crontab expression; what is wrong with it is pointed at inside the quotes.
pub(super) fn cron(value: &Value<'_>, report: &mut Report) -> Option<Cron> {
    let text = value.text(report)?;
    match Cron::parse(text) {
        Ok(cron) => Some(cron),
        Err(error) => {
            let span = value.locate(error.span);
            let finding = Finding::error("bad-cron", error.message, value.source(), span);
            report.push(match error.help {
                Some(help) => finding.help(help),
                None => finding,
            });
            None
        }
    }
}

/// An IANA time zone.
pub(super) fn time_zone(value: &Value<'_>, report: &mut Report) -> Option<Tz> {
    match named(value.text(report)?) {
        Ok(zone) => Some(zone),
        Err(unknown) => {
            report.push(
                value
                    .fault("unknown-zone", unknown.to_string())
                    .help("use a name of the IANA database, such as `Europe/Berlin` or `UTC`"),
            );
            None
        }
    }
}

/// A name that is not in the IANA database; says which one may be meant.
#[derive(Debug, thiserror::Error)]
#[error("there is no time zone `{name}`{}", .guess.map(|zone| format!(", did you mean `{zone}`?")).unwrap_or_default())]
pub struct UnknownZone {
    name: String,
    guess: Option<&'static str>,
}

/// The IANA time zone with this name.
///
/// # Errors
/// [`UnknownZone`] if there is none.
pub fn named(name: &str) -> Result<Tz, UnknownZone> {
    name.parse().map_err(|_| UnknownZone {
        name: name.to_owned(),
        guess: nearest(name),
    })
}

/// The names of all IANA time zones, in order.
pub fn all() -> Vec<&'static str> {
    let mut names: Vec<&str> = TZ_VARIANTS.iter().map(|zone| zone.name()).collect();
    names.sort_unstable();
    names
}

/// The zone of that city, or else one spelled like it.
fn nearest(text: &str) -> Option<&'static str> {
    let wanted = text.trim().replace(' ', "_");
    let names = || TZ_VARIANTS.iter().map(|zone| zone.name());
    let city = names().find(|name| {
        let city = name.rsplit('/').next();
        city.is_some_and(|city| city.eq_ignore_ascii_case(&wanted))
    });
    let cities = || names().filter_map(|name| name.rsplit('/').next());
    city.or_else(|| closest(&wanted, names())).or_else(|| {
        let city = closest(&wanted, cities())?;
        names().find(|name| name.ends_with(city))
    })
}

#[cfg(test)]
mod tests {
    use super::nearest;

    #[test]
    fn the_nearest_zone_is_found_by_city_or_spelling() {
        assert_eq!(nearest("Europe/Belrin"), Some("Europe/Berlin"));
        assert_eq!(nearest("berlin"), Some("Europe/Berlin"));
        assert_eq!(nearest("New York"), Some("America/New_York"));
        assert_eq!(nearest("Belrin"), Some("Europe/Berlin"));
        assert_eq!(nearest("Middle-earth/Shire"), None);
    }
}
