//! Makes the mail and the page of an issue for a made-up reader.

use std::borrow::Cow;

use chrono::{DateTime, Utc};
use data_encoding::BASE64;
use subscribers::address::Address;
use templates::comparison::Newsletter;
use templates::page::style_css;
use templates::pages::comparison::{Corrections, ReadOn, comparison};

use super::Failure;
use super::choices::{Choices, Look};
use super::copy::{Copier, between, mark_change};
use super::setup::Setup;
use super::workspace::{Shown, Workspace};
use crate::app;
use crate::config::{Config, Logo};
use crate::delivery::{SampleMail, SampleReader, sample_mail};
use crate::edition::{self, History};
use crate::issue::Issue;
use crate::schedule::Slot;

/// The made-up reader's address.
pub(super) const ADDRESS: &str = "reader@example.com";

/// The parts of a picture that do not depend on the version of the issue.
pub(super) struct Studio<'a> {
    workspace: &'a Workspace,
    choices: &'a Choices,
    config: Cow<'a, Config>,
    newsletter: Newsletter,
    history: &'a History,
    now: DateTime<Utc>,
}

impl<'a> Studio<'a> {
    pub(super) fn new(workspace: &'a Workspace, setup: &'a Setup, choices: &'a Choices) -> Self {
        let config = setup.in_language(&choices.language);
        Self {
            workspace,
            choices,
            newsletter: app::newsletter(&config),
            config,
            history: &setup.history,
            now: workspace.now(),
        }
    }

    /// When the reader would get the issue: in its slot, or now if it has none.
    pub(super) fn due(&self, issue: &Issue) -> DateTime<Utc> {
        let schedule = &self.config.schedule;
        match self.slot(issue) {
            Some(slot) if schedule.local_time => slot.at_in(self.choices.zone),
            Some(slot) => slot.at,
            None => self.now,
        }
    }

    /// The slot of its date, or else the next one.
    fn slot(&self, issue: &Issue) -> Option<Slot> {
        let schedule = edition::schedule_of(&self.config.schedule);
        match issue.send_on {
            Some(day) => schedule.covering(day).filter(|slot| slot.at > self.now),
            None => schedule.next_after(self.now),
        }
    }

    /// The issue with the day on which it goes out.
    fn dated(&self, issue: &Issue) -> Issue {
        let mut issue = issue.clone();
        let here = self.now.with_timezone(&self.config.schedule.time_zone);
        let day = self
            .slot(&issue)
            .map_or(here.date_naive(), |slot| slot.wall.date());
        issue.comparison.date = Some(day);
        issue
    }

    pub(super) fn mail(&self, issue: &Issue) -> Result<SampleMail, Failure> {
        let address = Address::parse(ADDRESS)?;
        let due = self
            .due(issue)
            .with_timezone(&self.config.schedule.time_zone);
        let reader = SampleReader {
            address: &address,
            name: self.choices.name.as_deref(),
            due: due.fixed_offset(),
        };
        let is_sent = self.history.sent.contains(&issue.slug);
        let previous = self.history.previous.as_ref().filter(|_| !is_sent);
        let issue = self.dated(issue);
        Ok(sample_mail(
            &self.config,
            &issue,
            previous,
            &reader,
            self.workspace.key(),
        )?)
    }

    fn page(&self, issue: &Issue) -> String {
        let issue = self.dated(issue);
        let page = comparison(
            &self.newsletter,
            &issue.comparison,
            &Corrections::default(),
            &ReadOn::default(),
        );
        let page = page.into_string();
        // The style sheet as a part of the page, and no script: the frame loads nothing and runs nothing.
        let style = format!("<style>{}</style></head>", style_css(&self.newsletter));
        let page = page.replacen("</head>", &style, 1);
        let page = between(&page, "<link rel=\"stylesheet\"", ">", |_| None);
        between(&page, "<script src=", "</script>", |_| None)
    }

    /// The HTML part of the mail, for a frame.
    pub(super) fn mail_copy(&self, shown: &Shown) -> Result<Option<String>, Failure> {
        let logo = self.newsletter.mail_logo.as_deref();
        let html = |issue: &Issue| Ok(self.mail(issue)?.html);
        self.copy(shown, logo, self.choices.look, html)
    }

    /// The page on the site, for a frame.
    pub(super) fn page_copy(&self, shown: &Shown) -> Result<Option<String>, Failure> {
        let logo = self.newsletter.logo.as_deref();
        let look = Look {
            dark: self.choices.look.dark,
            ..Look::default()
        };
        self.copy(shown, logo, look, |issue| Ok(self.page(issue)))
    }

    fn copy(
        &self,
        shown: &Shown,
        logo: Option<&str>,
        look: Look,
        html: impl Fn(&Issue) -> Result<String, Failure>,
    ) -> Result<Option<String>, Failure> {
        let Some(issue) = &shown.issue else {
            return Ok(None);
        };
        let data = self.config.newsletter.logo.as_ref().map(data_url);
        let copier = Copier {
            look,
            logo: logo.zip(data),
            base: &self.newsletter.base_url,
        };
        let copy = copier.copy(&html(issue)?);
        let Some(before) = &shown.before else {
            return Ok(Some(copy));
        };
        let before = copier.copy(&html(before)?);
        Ok(Some(mark_change(&copy, &before)))
    }
}

fn data_url(logo: &Logo) -> String {
    let data = BASE64.encode(&logo.bytes);
    format!("data:{};base64,{data}", logo.kind.media_type())
}
