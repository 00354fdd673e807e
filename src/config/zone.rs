//! The schedule's expression and its zone.

use chrono_tz::{TZ_VARIANTS, Tz};

use crate::findings::{Finding, Report};
use crate::schedule::Cron;
use crate::toml_source::{Value, closest};

/// A crontab expression; findings point inside the quotes.
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

/// An expression that follows real time has no wall-clock time for readers in other zones.
pub(super) fn refuse_real_time(value: &Value<'_>, cron: &Cron, report: &mut Report) {
    let Some(part) = cron.real_time_part() else {
        return;
    };
    let message = "`local_time` needs fixed times, and this expression follows real time";
    let finding = Finding::error("no-fixed-time", message, value.source(), value.locate(part));
    report.push(
        finding
            .label("a `*` or a step in the minute or the hour")
            .help("write both as numbers, such as `0 9 * * TUE`, or leave out `local_time`"),
    );
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

/// A name that is not in the IANA database, with a suggestion.
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

/// The names of the time zones to offer, in order and by region. [`named`] also knows those that are left out.
pub fn all() -> Vec<&'static str> {
    let names = include_str!("time_zones.txt").lines();
    names.filter(|name| !name.starts_with('#')).collect()
}

/// The zone of that city, or one with a similar name.
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
#[allow(clippy::unwrap_used)]
mod tests {
    use std::path::Path;

    use super::{all, named, nearest};
    use crate::config::Config;

    /// What is said of the template with this expression and `local_time`.
    fn with_local_time(cron: &str) -> Result<Config, String> {
        let file = Config::template().replace("0 9 * * TUE\"", &format!("{cron}\""));
        let file = file.replace("# local_time = false", "local_time = true");
        let config = Config::parse(Path::new("verdict.toml"), file.as_bytes(), |_| None);
        config.map_err(|error| error.to_string())
    }

    #[test]
    fn local_time_asks_for_fixed_times_and_points_at_what_is_none() {
        for cron in ["0,30 8-10 * * TUE", "@daily"] {
            assert!(with_local_time(cron).unwrap().schedule.local_time);
        }
        for (cron, carets) in [
            ("*/15 9 * * TUE", "^^^^"),
            ("0  8-18/2 * * *", "   ^^^^^^"),
            ("5 * * * *", "  ^"),
            (" @Hourly", " ^^^^^^^"),
        ] {
            let found = with_local_time(cron).unwrap_err();
            let message = "error[no-fixed-time]: `local_time` needs fixed times";
            assert!(found.contains(message), "{found}");
            let marked = format!("| cron = \"{cron}\"\n   |         {carets} a `*` or a step");
            assert!(found.contains(&marked), "{found}");
            assert!(found.contains("such as `0 9 * * TUE`"), "{found}");
        }
    }

    #[test]
    fn a_variable_that_asks_for_it_is_pointed_at() {
        let file = Config::template().replace("# local_time = false", "local_time = true");
        let hourly = |name: &str| (name == "VERDICT_SCHEDULE_CRON").then(|| "* 9 * * *".to_owned());
        let config = Config::parse(Path::new("verdict.toml"), file.as_bytes(), hourly);
        let found = config.unwrap_err().to_string();
        assert!(found.contains("--> VERDICT_SCHEDULE_CRON:1:1"), "{found}");
    }

    #[test]
    fn every_zone_on_offer_exists_and_regions_are_together() {
        let names = all();
        assert!(names.len() > 400 && names[0] == "UTC");
        for name in &names {
            assert_eq!(named(name).unwrap().name(), *name);
        }
        assert!(names[1..].is_sorted());
        assert!(!names.contains(&"US/Eastern") && named("US/Eastern").is_ok());
    }

    #[test]
    fn the_nearest_zone_is_found_by_city_or_spelling() {
        assert_eq!(nearest("Europe/Belrin"), Some("Europe/Berlin"));
        assert_eq!(nearest("berlin"), Some("Europe/Berlin"));
        assert_eq!(nearest("New York"), Some("America/New_York"));
        assert_eq!(nearest("Belrin"), Some("Europe/Berlin"));
        assert_eq!(nearest("Middle-earth/Shire"), None);
    }
}
