//! What becomes of each person: the files against the list.

use std::collections::HashMap;

use subscribers::address::AddressKey;
use subscribers::consent::{Change, Consent, apply};
use subscribers::departure::Departure;

use super::people::Person;
use crate::app::App;
use crate::readers::departures;
use crate::store::{StoreError, Tx, subscribers as list};

/// How many people are looked up and written in one transaction.
pub(super) const BATCH: usize = 20_000;

/// What becomes of a person.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Outcome {
    /// Joins the list.
    New(Consent),
    /// Is on the list, and leaves it.
    Leaves(i64, Consent),
    /// Is suppressed, for a less strict reason.
    KeptOff(Departure),
    /// Is on or off the list already.
    Known(Consent),
    /// Left here, was erased or moved away: only their own opt-in brings them back.
    Stays,
}

fn outcome(
    person: &Person,
    known: Option<(i64, Consent)>,
    suppressed: Option<Departure>,
) -> Outcome {
    let departure = Departure::of(person.consent);
    let change = departure.map_or(Change::Add { confirmed: false }, Departure::change);
    match (known, departure, suppressed) {
        // Signed up again after a departure, which only a confirmation clears.
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

/// What would become of each of these people, with their canonical addresses. Set `none_is_listed` if none of them can
/// be on the list: without the lookup, an import into a new instance takes a quarter less time.
pub(super) async fn outcomes(
    app: &App,
    tx: &mut Tx,
    people: &[Person],
    keys: &[AddressKey],
    none_is_listed: bool,
) -> Result<Vec<Outcome>, StoreError> {
    let keys: Vec<&AddressKey> = keys.iter().collect();
    let known = match none_is_listed {
        true => HashMap::new(),
        false => list::known(tx, &keys).await?,
    };
    let suppressed = departures::suppressed(app, tx, &keys).await?;
    let outcomes = people.iter().zip(keys).map(|(person, key)| {
        outcome(
            person,
            known.get(key).copied(),
            suppressed.get(key).copied(),
        )
    });
    Ok(outcomes.collect())
}
