//! Which sign-ups look suspicious. Such a sign-up is not refused: a second page says why and asks once more, with a
//! stamp. See docs/decisions/0018-one-submit.md.
//!
//! A form with a *stamp* was fetched here. It is suspicious if
//! - the stamp is not ours, is more than two hours old, or was used for another address;
//! - it comes back within two seconds;
//! - another site sent it.
//!
//! A form without one comes from a page that caches keep, or from another site. Both are welcome, as long as
//! - a person sent it, as far as the browser tells: not a script, not a frame, and for another site, only a press of
//!   a button (`Sec-Fetch-*`, <https://www.w3.org/TR/fetch-metadata/>; programs and old browsers tell nothing);
//! - it is encoded as forms are;
//! - there are not unusually many of them this hour, from its network or in all ([`App::is_usual_without_stamp`]).

use axum::http::{HeaderMap, HeaderValue};
use subscribers::token::stamp;
use templates::pages::subscribe::Doubt;

use super::form::is_form;
use crate::app::{App, Stamp};

/// How long after a form was fetched it may be posted, in milliseconds.
const LEAST_AGE: i64 = 2_000;
const GREATEST_AGE: i64 = 2 * 3_600_000;

/// Reads the stamp of a form, which may have none.
///
/// # Errors
/// The reason for a second step.
pub(super) fn check<'a>(
    app: &App,
    headers: &HeaderMap,
    text: &'a str,
) -> Result<Option<Stamp<'a>>, Doubt> {
    let sent = Sent::read(headers);
    if text.is_empty() {
        return match is_form(headers) && sent.by_a_person() {
            true => Ok(None),
            false => Err(Doubt::Elsewhere),
        };
    }
    let Some(at) = stamp::read(&app.key, text) else {
        return Err(Doubt::Expired);
    };
    match app.clock.now_millis() - at {
        _ if sent.from_another_site => Err(Doubt::Elsewhere),
        LEAST_AGE..=GREATEST_AGE => Ok(Some(Stamp {
            text,
            until: at + GREATEST_AGE + 1,
        })),
        age if age < LEAST_AGE => Err(Doubt::Quick),
        _ => Err(Doubt::Expired),
    }
}

/// How a browser says that a request came about. A missing header says nothing against it.
struct Sent {
    from_another_site: bool,
    /// It opens a page, rather than being a script's request or a frame.
    opens_a_page: bool,
    by_a_press: bool,
}

impl Sent {
    fn read(headers: &HeaderMap) -> Self {
        let header = |name| {
            headers
                .get(name)
                .map(|value: &HeaderValue| value.as_bytes())
        };
        let is = |name, wanted: &[u8]| header(name).is_none_or(|value| value == wanted);
        Self {
            from_another_site: header("sec-fetch-site") == Some(b"cross-site"),
            opens_a_page: is("sec-fetch-mode", b"navigate") && is("sec-fetch-dest", b"document"),
            by_a_press: header("sec-fetch-user") == Some(b"?1"),
        }
    }

    fn by_a_person(&self) -> bool {
        self.opens_a_page && (self.by_a_press || !self.from_another_site)
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    /// Whether a form without a stamp seems to be sent by a person, by `site mode dest user`.
    fn seems_a_person(told: &str) -> bool {
        let names = ["site", "mode", "dest", "user"];
        let mut headers = HeaderMap::new();
        for (name, value) in names.iter().zip(told.split(' ')) {
            if value != "-" {
                let name = format!("sec-fetch-{name}");
                let name: axum::http::HeaderName = name.parse().unwrap();
                headers.insert(name, value.parse().unwrap());
            }
        }
        Sent::read(&headers).by_a_person()
    }

    #[test]
    fn a_press_of_a_button_seems_a_person_and_a_script_does_not() {
        for told in [
            "- - - -",
            "same-origin navigate document ?1",
            "same-origin navigate document -",
            "same-site navigate document ?1",
            "none navigate document ?1",
            "cross-site navigate document ?1",
        ] {
            assert!(seems_a_person(told), "{told}");
        }
        for told in [
            "cross-site navigate document -",
            "cross-site navigate iframe ?1",
            "cross-site no-cors empty -",
            "same-origin cors empty -",
            "cross-site - - -",
        ] {
            assert!(!seems_a_person(told), "{told}");
        }
    }
}
