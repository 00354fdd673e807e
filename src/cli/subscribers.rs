//! `verdict subscribers`: works with the list.

mod export;
mod import;
mod remove;

use std::io::{self, Write as _};
use std::path::Path;
use std::process::ExitCode;

use ::subscribers::address::Address;
use ::subscribers::consent::{Consent, ConsentSource};
use ::subscribers::profile;

use super::{CliResult, open};
use crate::app::App;
use crate::cli::arguments::SubscribersCommand;
use crate::cli::output;
use crate::readers::{self, Joiner};
use crate::store::subscribers::{self as list, Frequency, Subscriber};

/// Subscribers per page: memory never holds the whole list.
const PAGE: i64 = 1000;

pub(super) async fn run(dir: &Path, command: SubscribersCommand) -> CliResult {
    let app = open(dir).await?;
    match command {
        SubscribersCommand::Import {
            file,
            confirmed,
            rejected,
        } => import::run(&app, &file, confirmed, rejected).await,
        SubscribersCommand::Add {
            email,
            name,
            time_zone,
            pending,
        } => add(&app, &email, name, time_zone, !pending).await,
        SubscribersCommand::Remove {
            email,
            token,
            reason,
            erase,
        } => {
            let reason = reason.as_deref();
            match token {
                Some(token) => remove::by_token(&app, &token, reason).await,
                None => {
                    let email = email.unwrap_or_default();
                    remove::by_address(&app, &email, reason, erase).await
                }
            }
        }
        SubscribersCommand::List { consent } => show(&app, consent).await,
        SubscribersCommand::Export { file, consent } => {
            export::run(&app, file.as_deref(), consent).await
        }
    }
}

async fn add(
    app: &App,
    email: &str,
    name: Option<String>,
    time_zone: Option<String>,
    confirmed: bool,
) -> CliResult {
    let joiner = Joiner {
        address: Address::parse(email)?,
        name: profile::name(name.as_deref().unwrap_or_default())?.map(str::to_owned),
        time_zone: profile::time_zone(time_zone.as_deref().unwrap_or_default())?
            .map(|zone| zone.name().to_owned()),
        frequency: Frequency::Every,
        paused_until: None,
    };
    let added = readers::add(app, &[joiner], confirmed, ConsentSource::Editor).await?;
    if added.suppressed > 0 {
        return Err(format!(
            "{email} is suppressed: they left, complained or bounced, and only they can come back"
        )
        .into());
    }
    let done = match (added.accepted, added.confirmed) {
        (1, _) => "added",
        (_, 1) => "confirmed",
        _ => "already on the list; nothing changed",
    };
    output::done(format_args!("{email}: {done}"))
}

async fn show(app: &App, consent: Option<Consent>) -> CliResult {
    let mut stdout = output::stdout();
    each(app, consent, |subscriber| {
        writeln!(
            stdout,
            "{}\t{}\t{}\t{}\t{}\t{}",
            subscriber.email(),
            subscriber.consent,
            subscriber.name.as_deref().unwrap_or_default(),
            subscriber.time_zone.as_deref().unwrap_or_default(),
            subscriber.frequency.into_str(),
            export::paused_until(subscriber),
        )
    })
    .await?;
    Ok(ExitCode::SUCCESS)
}

/// Calls `take` with every subscriber who has this consent, in the list's order.
pub(super) async fn each(
    app: &App,
    consent: Option<Consent>,
    mut take: impl FnMut(&Subscriber) -> io::Result<()>,
) -> CliResult<()> {
    let mut after = 0;
    loop {
        let page = list::page(&app.store, consent, after, PAGE).await?;
        let Some(last) = page.last() else {
            return Ok(());
        };
        after = last.id;
        page.iter().try_for_each(&mut take)?;
    }
}
