//! `verdict render`: the exact mail of one reader.

use std::io::{self, Write as _};
use std::path::Path;
use std::process::ExitCode;

use subscribers::address::Address;

use super::{Outcome, open};
use crate::edition;
use crate::render::Mail;
use crate::send::personal;
use crate::store::{editions, subscribers as list};

pub(super) async fn run(dir: &Path, slug: &str, email: &str) -> Outcome {
    let engine = open(dir).await?;
    let address = Address::parse(email)?;
    let Some(subscriber) = list::find(&engine.store, address.key().as_str()).await? else {
        return Err(
            format!("{email} is not on the list: add it with `verdict subscribers add`").into(),
        );
    };
    // A frozen edition shows what was sent; an issue that was not sent, what would be. Its number
    // is not known yet, so its links carry 0.
    let (mail, number) = match editions::find(&engine.store, slug).await? {
        Some(edition) => (editions::mail(&engine.store, edition.id).await?, edition.id),
        None => {
            let issue = edition::checked_issue(&engine, slug)?;
            (edition::freeze(&engine, &issue, None).await?.1.mail, 0)
        }
    };
    let mut content = Vec::new();
    let name = subscriber.name.as_deref();
    personal::compose(
        &engine.key,
        &Mail::parse(&mail)?,
        number,
        subscriber.id,
        &address,
        name,
        &mut content,
    );
    io::stdout().write_all(&content)?;
    Ok(ExitCode::SUCCESS)
}
