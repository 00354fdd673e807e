//! The Atom feed (RFC 4287), the sitemap and robots.txt.

use atom_syndication::{Content, Entry, Feed, Generator, Link, Person, Text};
use axum::extract::State;
use axum::http::header;
use axum::response::IntoResponse;
use chrono::SecondsFormat;
use templates::card::fits_xml;
use templates::comparison::{Comparison, Newsletter, tool_path};
use templates::locale::{Locale, Message};
use templates::pages::{self, comparison as page};

use super::error::AppResult;
use crate::app::App;
use crate::clock::instant;
use crate::edition::count_votes;
use crate::store::archive::{self, Dated, Filter};
use crate::store::editions::Edition;

/// Comparisons in the feed.
const LATEST: i64 = 20;

pub(super) async fn feed(State(app): State<App>) -> AppResult<impl IntoResponse> {
    let newsletter = app.newsletter();
    let editions = archive::find(&app.store, &Filter::default(), 0, LATEST).await?;
    let mut entries = Vec::new();
    for edition in &editions {
        if let Some(mut comparison) = edition.readable_comparison() {
            count_votes(&app, &mut comparison).await?;
            entries.push(entry(&newsletter, edition, &comparison));
        }
    }
    let latest = editions.first().map_or(0, |edition| edition.created_at);
    let home = format!("{}/", newsletter.base_url);
    let this = format!("{home}feed.xml");
    let feed = Feed {
        title: Text::plain(newsletter.name.clone()),
        subtitle: Some(Text::plain(newsletter.tagline.clone())),
        id: home.clone(),
        updated: instant(latest).fixed_offset(),
        links: vec![
            link("self", &this, "application/atom+xml"),
            link("alternate", &home, "text/html"),
        ],
        authors: vec![Person {
            name: newsletter.name.clone(),
            uri: Some(home),
            ..Person::default()
        }],
        lang: Some(newsletter.locale.lang().to_owned()),
        generator: Some(Generator {
            value: "Verdict".to_owned(),
            ..Generator::default()
        }),
        entries,
        ..Feed::default()
    };
    let kind = [(header::CONTENT_TYPE, "application/atom+xml; charset=utf-8")];
    let mut xml = feed.to_string();
    xml.retain(fits_xml);
    Ok((kind, xml))
}

fn entry(newsletter: &Newsletter, edition: &Edition, comparison: &Comparison) -> Entry {
    let url = newsletter.comparison_url(&comparison.slug);
    let sent = instant(edition.created_at).fixed_offset();
    Entry {
        title: Text::plain(comparison.title.clone()),
        id: url.clone(),
        updated: sent,
        published: Some(sent),
        summary: Some(Text::plain(summary(&newsletter.locale, comparison))),
        links: vec![link("alternate", &url, "text/html")],
        content: Some(Content {
            base: Some(url.clone()),
            value: Some(page::in_feed(newsletter, comparison).into_string()),
            content_type: Some("html".to_owned()),
            ..Content::default()
        }),
        ..Entry::default()
    }
}

/// The question and its answer.
fn summary(locale: &Locale, comparison: &Comparison) -> String {
    let question = Message::from(&*comparison.question);
    let result = pages::result(locale, comparison);
    locale.sentences([question, result]).into_text()
}

fn link(rel: &str, href: &str, kind: &str) -> Link {
    Link {
        rel: rel.to_owned(),
        href: href.to_owned(),
        mime_type: Some(kind.to_owned()),
        ..Link::default()
    }
}

pub(super) async fn sitemap(State(app): State<App>) -> AppResult<impl IntoResponse> {
    let base = &app.config.web.base_url;
    let comparisons = archive::comparisons(&app.store).await?;
    let tools = archive::tools(&app.store).await?;
    let latest = comparisons.first().map(|one| one.at);
    let mut xml = String::from(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\
         <urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n",
    );
    for path in ["/", "/issues"] {
        url(&mut xml, &format!("{base}{path}"), latest);
    }
    url(&mut xml, &format!("{base}/subscribe"), None);
    for Dated { slug, at } in &comparisons {
        url(&mut xml, &format!("{base}/issues/{slug}"), Some(*at));
    }
    for Dated { slug, at } in &tools {
        url(&mut xml, &format!("{base}{}", tool_path(slug)), Some(*at));
    }
    xml += "</urlset>\n";
    let kind = [(header::CONTENT_TYPE, "application/xml; charset=utf-8")];
    Ok((kind, xml))
}

/// One address. Neither paths nor the base address contain other characters that XML escapes.
fn url(xml: &mut String, address: &str, changed: Option<i64>) {
    *xml += &format!("<url><loc>{}</loc>", address.replace('&', "&amp;"));
    if let Some(at) = changed {
        let day = instant(at).to_rfc3339_opts(SecondsFormat::Secs, true);
        *xml += &format!("<lastmod>{day}</lastmod>");
    }
    *xml += "</url>\n";
}

/// Disallows nothing: pages behind a token have their own `noindex`.
pub(super) async fn robots(State(app): State<App>) -> impl IntoResponse {
    let base = &app.config.web.base_url;
    let kind = [(header::CONTENT_TYPE, "text/plain; charset=utf-8")];
    let text = format!("User-agent: *\nDisallow:\n\nSitemap: {base}/sitemap.xml\n");
    (kind, text)
}
