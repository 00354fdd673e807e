//! What becomes of each person: what the files say of them against what the list knows.

use std::collections::HashMap;

use subscribers::consent::{Change, Consent, apply};
use subscribers::departure::Departure;

use super::people::Person;
use crate::app::App;
use crate::store::{StoreError, Tx, subscribers as list, suppressions};

/// How many people are looked up and written in one transaction.
pub(super) const BATCH: usize = 20_000;

/// What becomes of a person.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Outcome {
    /// Comes onto the list.
    New(Consent),
    /// Is on the list, and leaves it.
    Leaves(i64, Consent),
    /// Is not on the list, is kept off it already, and that becomes stricter.
    KeptOff(Departure),
    /// Is on the list, or off it, and stays so.
    Known(Consent),
    /// Left here, or was erased or moved away: only their own opt-in brings them back.
    Stays,
}

/// What an import says of a person, against what the list knows.
pub(super) fn outcome(
    person: &Person,
    known: Option<(i64, Consent)>,
    suppressed: Option<Departure>,
) -> Outcome {
    let departure = Departure::of(person.consent);
    let change = departure.map_or(Change::Add { confirmed: false }, Departure::change);
    match (known, departure, suppressed) {
        // Signed up again after a departure, and has not confirmed: only that clears it.
        (Some((_, Consent::Pending)), None, Some(_)) => Outcome::Stays,
        (Some((id, from)), _, _) => match apply(from, change) {
            Ok(to) if to != from => Outcome::Leaves(id, to),
            Ok(to) => Outcome::Known(to),
            Err(_) => Outcome::Stays,
        },
        (None, Some(departure), Some(reason)) if departure > reason => Outcome::KeptOff(departure),
        (None, Some(_), Some(_)) => Outcome::Known(person.consent),
        (None, None, Some(_)) => Outcome::Stays,
        (None, _, None) => Outcome::New(person.consent),
    }
}

/// What each of these people would become. `none_is_listed` says that none of them can be on the list: they are then
/// not looked up, which takes a quarter of the time of an import into a new instance.
pub(super) async fn outcomes(
    app: &App,
    tx: &mut Tx,
    people: &[Person],
    none_is_listed: bool,
) -> Result<Vec<Outcome>, StoreError> {
    let keys: Vec<&str> = people.iter().map(Person::key).collect();
    let known = match none_is_listed {
        true => HashMap::new(),
        false => list::known(tx, &keys).await?,
    };
    let reasons = if suppressions::is_empty(tx).await? {
        HashMap::new()
    } else {
        let hashes: Vec<String> = keys.iter().map(|key| app.hash_of(key)).collect();
        let found = suppressions::reasons(tx, &hashes).await?;
        let found = keys.iter().zip(&hashes).filter_map(|(key, hash)| {
            let reason = found.get(hash)?;
            Some((*key, *reason))
        });
        found.collect()
    };
    let outcomes = people.iter().map(|person| {
        let suppressed = reasons.get(person.key()).copied();
        outcome(person, known.get(person.key()).copied(), suppressed)
    });
    Ok(outcomes.collect())
}
