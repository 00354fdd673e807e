//! Export of everything Verdict stores about one reader, for that reader.

use chrono::{DateTime, SecondsFormat};
use serde::Serialize;
use subscribers::address::Address;
use subscribers::formula;

use crate::app::App;
use crate::store::subscribers::Subscriber;
use crate::store::votes::{self, Vote};
use crate::store::{StoreError, consent_changes, deliveries};

/// Everything Verdict stores about one reader. Times are RFC 3339 in UTC.
#[derive(Clone, Debug, Serialize)]
pub struct Export {
    address: Option<String>,
    name: Option<String>,
    time_zone: Option<String>,
    consent: &'static str,
    frequency: &'static str,
    paused_until: Option<String>,
    joined_at: String,
    consent_history: Vec<Step>,
    mails: Vec<Mail>,
    votes: Vec<Cast>,
}

#[derive(Clone, Debug, Serialize)]
struct Step {
    at: String,
    consent: &'static str,
    source: &'static str,
    form: Option<String>,
    issue: Option<String>,
    reason: Option<String>,
}

#[derive(Clone, Debug, Serialize)]
struct Mail {
    issue: String,
    state: &'static str,
    at: Option<String>,
    attempts: i64,
    reply: Option<String>,
}

#[derive(Clone, Debug, Serialize)]
struct Cast {
    issue: String,
    tool: String,
    verdict: String,
    at: String,
}

pub async fn export(app: &App, subscriber: &Subscriber) -> Result<Export, StoreError> {
    let history = consent_changes::of(&app.store, subscriber.id).await?;
    let mails = deliveries::history(&app.store, subscriber.id).await?;
    let votes = votes::of(&app.store, subscriber.id).await?;
    Ok(Export {
        address: subscriber.address.as_ref().map(Address::to_string),
        name: subscriber.name.clone(),
        time_zone: subscriber.time_zone.clone(),
        consent: subscriber.consent.into_str(),
        frequency: subscriber.frequency.into_str(),
        paused_until: subscriber.paused_until.map(time),
        joined_at: time(subscriber.created_at),
        consent_history: history.into_iter().map(step).collect(),
        mails: mails.into_iter().map(mail).collect(),
        votes: votes.into_iter().map(cast).collect(),
    })
}

fn step(change: consent_changes::ConsentChange) -> Step {
    Step {
        at: time(change.at),
        consent: change.consent.into_str(),
        source: change.source.into_str(),
        form: change.form,
        issue: change.edition,
        reason: change.reason,
    }
}

fn mail(entry: deliveries::HistoryEntry) -> Mail {
    Mail {
        issue: entry.slug,
        state: entry.state.into_str(),
        at: entry.at.map(time),
        attempts: entry.attempts,
        reply: entry.reply,
    }
}

fn cast(vote: Vote) -> Cast {
    Cast {
        issue: vote.issue,
        tool: vote.tool,
        verdict: vote.verdict,
        at: time(vote.at),
    }
}

fn time(millis: i64) -> String {
    match DateTime::from_timestamp_millis(millis) {
        Some(at) => at.to_rfc3339_opts(SecondsFormat::Millis, true),
        None => millis.to_string(),
    }
}

impl Export {
    /// The export as CSV (RFC 4180), with a line for each fact. Cells that a spreadsheet would run as a formula are
    /// guarded.
    pub fn to_csv(&self) -> String {
        let mut csv = csv::WriterBuilder::new()
            .terminator(csv::Terminator::CRLF)
            .from_writer(Vec::new());
        let mut line = |what: &str, about: &str, at: &str, value: &str| {
            let fields = [what, about, at, value].map(formula::guard);
            // Cannot fail: every line has four fields, and a `Vec` accepts any bytes.
            let _ = csv.write_record(fields.iter().map(|field| field.as_bytes()));
        };
        line("what", "about", "at", "value");
        let text = |text: &Option<String>| text.clone().unwrap_or_default();
        line("address", "", "", &text(&self.address));
        line("name", "", "", &text(&self.name));
        line("time zone", "", "", &text(&self.time_zone));
        line("frequency", "", "", self.frequency);
        line("paused until", "", "", &text(&self.paused_until));
        line("joined", "", &self.joined_at, self.consent);
        for step in &self.consent_history {
            let why = [step.form.as_deref(), step.reason.as_deref()];
            let why: Vec<&str> = [step.source]
                .into_iter()
                .chain(why.into_iter().flatten())
                .collect();
            let value = format!("{} ({})", step.consent, why.join(", "));
            line("consent", &text(&step.issue), &step.at, &value);
        }
        for mail in &self.mails {
            let value = match &mail.reply {
                Some(reply) => format!("{}: {reply}", mail.state),
                None => mail.state.to_owned(),
            };
            line("mail", &mail.issue, &text(&mail.at), &value);
        }
        for vote in &self.votes {
            let about = format!("{} in {}", vote.tool, vote.issue);
            line("vote", &about, &vote.at, &vote.verdict);
        }
        String::from_utf8(csv.into_inner().unwrap_or_default()).unwrap_or_default()
    }
}
