//! An issue's page: what is wrong with its file, beside the pictures of its mail and its page.

use std::collections::HashMap;

use axum::extract::{Path, Query, State};
use chrono::{DateTime, Utc};
use chrono_tz::Tz;
use maud::{Markup, html};
use strum::VariantArray as _;
use templates::locale::Locale;

use super::Failure;
use super::choices::{Choices, Look, View};
use super::issue_path;
use super::picture::{ADDRESS, Studio};
use super::shell::{self, Place, document};
use super::workspace::{Shown, Workspace};
use crate::config;
use crate::delivery::SampleMail;
use crate::findings::{Finding, harmless};
use crate::issue::{Issue, Status, limits};

pub(super) async fn show(
    State(workspace): State<Workspace>,
    Path(name): Path<String>,
    Query(query): Query<HashMap<String, String>>,
) -> Result<Markup, Failure> {
    let shown = workspace.shown(name.clone()).await?;
    let choices = Choices::read(&query, &shown.setup);
    let studio = Studio::new(&workspace, &shown.setup, &choices);
    let picture = match &shown.issue {
        Some(issue) => Some(Picture {
            issue,
            mail: studio.mail(issue)?,
            due: studio.due(issue),
        }),
        None => None,
    };
    let page = Page {
        path: issue_path(&name),
        name: &name,
        is_alone: workspace.only().is_some(),
        shown: &shown,
        choices: &choices,
        picture,
    };
    Ok(page.document())
}

struct Picture<'a> {
    issue: &'a Issue,
    mail: SampleMail,
    due: DateTime<Utc>,
}

struct Page<'a> {
    path: String,
    name: &'a str,
    /// True if there is no list of issues.
    is_alone: bool,
    shown: &'a Shown,
    choices: &'a Choices,
    /// `None` if no version of the file was without errors.
    picture: Option<Picture<'a>>,
}

/// A frame: its caption, its width and what it shows.
struct Frame {
    caption: &'static str,
    width: Width,
    what: What,
    look: Look,
}

#[derive(Clone, Copy)]
enum Width {
    Desktop,
    Phone,
}

#[derive(Clone, Copy)]
enum What {
    Mail,
    Page,
}

impl Page<'_> {
    fn document(&self) -> Markup {
        let findings: Vec<Finding> = self.findings().cloned().collect();
        let place = Place {
            title: self.name,
            events: &format!("{}/events", self.path),
            revision: &self.shown.revision,
            findings: &findings,
        };
        let heading = html! {
            div {
                @if !self.is_alone { p.back { a href="/" { "All issues" } } }
                h1 { (harmless(self.name)) }
            }
        };
        let has_errors = self.shown.findings.has_errors();
        let main = html! {
            nav.choices aria-label="What to show" {
                (self.views())
                @if self.choices.view != View::Text && self.choices.view != View::All { (self.looks()) }
            }
            div.desk {
                section.checks aria-labelledby="checks" {
                    h2 #checks { "Check" }
                    div data-part="findings" aria-live="polite" { (shell::findings(&findings)) }
                }
                section.pictures aria-label="Pictures" {
                    div data-part="note" { @if has_errors { (self.note()) } }
                    div data-part="inbox" { @if let Some(picture) = &self.picture { (self.inbox(picture)) } }
                    div.frames.all[self.choices.view == View::All] data-frames {
                        @if self.picture.is_some() { @for frame in self.frames() { (self.frame(&frame)) } }
                    }
                    div data-part="text" { @if let Some(picture) = &self.picture { (self.text(&picture.mail)) } }
                }
                section.facts {
                    h2 { "Mail" }
                    div data-part="facts" {
                        @if let Some(picture) = &self.picture { (self.facts(picture)) }
                    }
                    h2 { "Reader" }
                    (self.form())
                }
            }
        };
        document(&place, heading, main)
    }

    /// Those of the issue first.
    fn findings(&self) -> impl Iterator<Item = &Finding> {
        self.shown
            .findings
            .iter()
            .chain(self.shown.setup.findings.iter())
    }

    fn note(&self) -> Markup {
        html! {
            p.note role="alert" {
                @match self.picture {
                    Some(_) => "The file has errors. This is the last version without any.",
                    None => "The file has errors. Correct them to see the mail.",
                }
            }
        }
    }

    /// A link to this page with other choices.
    fn link(&self, label: &str, is_on: bool, choose: impl Fn(&mut Choices)) -> Markup {
        let mut choices = self.choices.clone();
        choose(&mut choices);
        let query = choices.query(&self.shown.setup);
        html! { a href={ (self.path) (query) } aria-current=[is_on.then_some("true")] { (label) } }
    }

    fn views(&self) -> Markup {
        let label = |view: &View| match view {
            View::Mail => "Mail",
            View::Text => "Plain text",
            View::Page => "Web page",
            View::All => "Everything",
        };
        html! {
            p.views {
                @for view in View::VARIANTS {
                    (self.link(label(view), self.choices.view == *view, |choices| choices.view = *view))
                }
            }
        }
    }

    fn looks(&self) -> Markup {
        let look = self.choices.look;
        let is_mail = self.choices.view == View::Mail;
        html! {
            p.looks {
                (self.link("Dark", look.dark, |choices| choices.look.dark = !look.dark))
                @if is_mail {
                    (self.link("Images off", look.no_images, |choices| choices.look.no_images = !look.no_images))
                    (self.link("Without <style>", look.no_styles, |choices| choices.look.no_styles = !look.no_styles))
                }
            }
        }
    }

    fn frames(&self) -> Vec<Frame> {
        let look = self.choices.look;
        let pair = |what| {
            [("Desktop", Width::Desktop), ("Phone", Width::Phone)].map(|(caption, width)| Frame {
                caption,
                width,
                what,
                look,
            })
        };
        match self.choices.view {
            View::Mail => pair(What::Mail).into(),
            View::Page => pair(What::Page).into(),
            View::Text => Vec::new(),
            View::All => every().into(),
        }
    }

    /// How a mailbox lists the mail, as wide as a phone.
    fn inbox(&self, picture: &Picture<'_>) -> Markup {
        let from = &self.shown.setup.config.newsletter.from;
        let from = from.name.clone().unwrap_or_else(|| from.email.to_string());
        html! {
            @if matches!(self.choices.view, View::Mail | View::All) {
                figure.inbox {
                    figcaption { "Inbox" }
                    div.glass {
                        p.from { (harmless(&from)) }
                        p.subject { (harmless(&picture.issue.subject)) }
                        p.preheader { (harmless(&picture.issue.preheader)) }
                    }
                }
            }
        }
    }

    fn frame(&self, frame: &Frame) -> Markup {
        let mut choices = self.choices.clone();
        choices.look = frame.look;
        choices.view = View::default();
        let query = choices.query(&self.shown.setup);
        let separator = if query.is_empty() { '?' } else { '&' };
        let what = match frame.what {
            What::Mail => "mail",
            What::Page => "page",
        };
        // The picture's name makes the address of each version another one.
        let (path, picture) = (&self.path, &self.shown.picture);
        let address = format!("{path}/{what}{query}{separator}v={picture}");
        let is_one_of_many = self.choices.view == View::All;
        let class = match (frame.width, frame.what) {
            (Width::Desktop, What::Mail) => "desktop",
            (Width::Desktop, What::Page) => "desktop scaled",
            (Width::Phone, _) => "phone",
        };
        html! {
            figure class=(class) {
                figcaption { (frame.caption) }
                // On a phone, a desktop's picture is scrolled.
                div.glass tabindex=[matches!(frame.width, Width::Desktop).then_some("0")] {
                    iframe src=(address) title=(frame.caption) sandbox="allow-popups allow-popups-to-escape-sandbox"
                        loading=[is_one_of_many.then_some("lazy")] {}
                }
            }
        }
    }

    fn text(&self, mail: &SampleMail) -> Markup {
        let is_shown = matches!(self.choices.view, View::Text | View::All);
        html! {
            @if is_shown {
                figure.text {
                    figcaption { "Plain text" }
                    pre tabindex="0" dir="auto" { (harmless(&mail.text.replace('\r', ""))) }
                }
            }
        }
    }

    fn facts(&self, picture: &Picture<'_>) -> Markup {
        let config = &self.shown.setup.config;
        let (zone, here) = (self.choices.zone, config.schedule.time_zone);
        let html_length = picture.mail.html.len();
        html! {
            dl {
                dt { "From" } dd { (harmless(&config.newsletter.from.to_string())) }
                dt { "Subject" }
                dd { (harmless(&picture.issue.subject)) " " span.quiet { (characters(&picture.issue.subject)) } }
                dt { "Preheader" }
                dd { (harmless(&picture.issue.preheader)) " " span.quiet { (characters(&picture.issue.preheader)) } }
                dt { "Due" }
                @if self.shown.setup.history.sent.contains(&picture.issue.slug) {
                    dd { "Sent already. Readers have the mail as it was then" }
                } @else { dd {
                    (clock(picture.due, zone))
                    @if zone != here { br; span.quiet { (clock(picture.due, here)) } }
                    @if picture.issue.status == Status::Draft { br; span.quiet { "A draft, so not before it is ready" } }
                } }
                dt { "HTML" }
                dd { (kilobytes(html_length)) " of " (kilobytes(limits::MAIL)) }
            }
        }
    }

    fn form(&self) -> Markup {
        let choices = self.choices;
        let own = self.shown.setup.config.newsletter.locale.lang();
        let mut languages: Vec<&str> = Locale::tags().collect();
        if !languages.contains(&own) {
            languages.push(own);
        }
        html! {
            form #reader method="get" action=(self.path) {
                label { "Name" input name="name" value=(choices.name.as_deref().unwrap_or_default()) maxlength="200"; }
                label {
                    "Language"
                    select name="language" {
                        @for tag in languages {
                            option value=(tag) selected[tag == choices.language] { (language(tag)) }
                        }
                    }
                }
                label {
                    "Time zone"
                    select name="zone" {
                        @let zones = config::time_zones();
                        @if !zones.contains(&choices.zone.name()) {
                            option selected { (choices.zone.name()) }
                        }
                        @for zone in zones {
                            option selected[zone == choices.zone.name()] { (zone) }
                        }
                    }
                }
                @for (key, value) in choices.rest() { input type="hidden" name=(key) value=(value); }
                button type="submit" { "Show" }
            }
            p.quiet { "Not on your list: " (ADDRESS) ". The personal links look real but open nothing." }
        }
    }
}

/// Every way to show a mail and a page.
fn every() -> [Frame; 9] {
    let light = Look::default();
    let dark = Look {
        dark: true,
        ..light
    };
    let no_images = Look {
        no_images: true,
        ..light
    };
    let no_styles = Look {
        no_styles: true,
        ..light
    };
    let frame = |caption, width, what, look| Frame {
        caption,
        width,
        what,
        look,
    };
    [
        frame("Desktop", Width::Desktop, What::Mail, light),
        frame("Phone", Width::Phone, What::Mail, light),
        frame("Desktop, dark", Width::Desktop, What::Mail, dark),
        frame("Phone, dark", Width::Phone, What::Mail, dark),
        frame("Desktop, images off", Width::Desktop, What::Mail, no_images),
        frame(
            "Phone, without <style>",
            Width::Phone,
            What::Mail,
            no_styles,
        ),
        frame("Web page, desktop", Width::Desktop, What::Page, light),
        frame("Web page, phone", Width::Phone, What::Page, light),
        frame("Web page, dark", Width::Desktop, What::Page, dark),
    ]
}

fn clock(at: DateTime<Utc>, zone: Tz) -> String {
    let shown = at.with_timezone(&zone).format("%a %-d %b %Y %H:%M");
    format!("{shown}, {zone}")
}

fn characters(text: &str) -> String {
    format!("({} characters)", text.chars().count())
}

fn kilobytes(bytes: usize) -> String {
    format!("{} KB", bytes.div_ceil(1000))
}

/// The name of a language in English, or its tag.
fn language(tag: &str) -> &str {
    match tag {
        "ar" => "Arabic",
        "de" => "German",
        "en" => "English",
        "es" => "Spanish",
        "fr" => "French",
        "it" => "Italian",
        "ja" => "Japanese",
        "nl" => "Dutch",
        "pl" => "Polish",
        "pt-BR" => "Portuguese (Brazil)",
        "zh-Hans" => "Chinese (simplified)",
        tag => tag,
    }
}
