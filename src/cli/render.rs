//! `verdict render`: prints the exact mail of one reader.

use std::io::Write as _;
use std::path::Path;
use std::process::ExitCode;

use subscribers::address::Address;

use super::{CliResult, open};
use crate::cli::output;
use crate::delivery::personalise::{self, Delivery};
use crate::edition;
use crate::edition::render::Mail;
use crate::store::{deliveries, editions, revisions, subscribers as list};

pub(super) async fn run(dir: &Path, slug: &str, email: &str) -> CliResult {
    let app = open(dir).await?;
    let address = Address::parse(email)?;
    let Some(subscriber) = list::find(&app.store, address.key()).await? else {
        let hint = "add it with `verdict subscribers add`";
        return Err(format!("{email} is not on the list: {hint}").into());
    };
    // A frozen edition shows what was sent, any other issue what would be sent: with 0 as its edition's ID in
    // links, since it has none yet.
    let (mail, number, due) = match editions::find(&app.store, slug).await? {
        Some(edition) => {
            let (store, id) = (&app.store, edition.id);
            let due = deliveries::first_due(store, id, subscriber.id).await?;
            let revision = deliveries::revision_of(store, id, subscriber.id).await?;
            let revision = usize::try_from(revision.unwrap_or(edition.revision))?;
            let mail = revisions::mails(store, id).await?.into_iter().nth(revision);
            (
                mail.unwrap_or_default(),
                id,
                due.unwrap_or(edition.created_at),
            )
        }
        None => {
            let issue = edition::checked_issue(&app, slug).await?;
            let mail = edition::freeze(&app, &issue, None).await?.1.mail;
            (mail, 0, app.clock.now_millis())
        }
    };
    let mut content = Vec::new();
    let delivery = Delivery {
        edition: number,
        subscriber: subscriber.id,
        address_tag: subscriber.address_tag,
        address: &address,
        name: subscriber.name.as_deref(),
        date: personalise::date(due, app.config.schedule.time_zone),
    };
    let mail = Mail::parse(&mail, app.locale())?;
    personalise::compose(&app.key, &mail, &delivery, &mut content);
    output::data().write_all(&app.signed(content).await?)?;
    Ok(ExitCode::SUCCESS)
}
