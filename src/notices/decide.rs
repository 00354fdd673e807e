//! What becomes of a request that a page took without looking at the list.

use subscribers::address::Address;
use subscribers::consent::{Consent, Way};
use subscribers::token::suppression_hash;

use crate::engine::Engine;
use crate::store::consent_changes::{self, Cause};
use crate::store::notices::{self, Kind, Notice};
use crate::store::subscribers::{self as list, NewSubscriber};
use crate::store::{StoreError, Tx, suppressions};

/// Decides a request, once; whatever was decided before is left as it is. `None` if nothing is to be said.
pub(super) async fn decide(engine: &Engine, notice: Notice) -> Result<Option<Notice>, StoreError> {
    if !matches!(notice.kind, Kind::Join | Kind::Move) {
        return Ok(Some(notice));
    }
    let asked = notice.address.as_deref().map(Address::parse);
    let Some(Ok(address)) = asked else {
        return Ok(None);
    };
    let mut tx = engine.store.begin().await?;
    let decided = match known(engine, &mut tx, &address).await? {
        Known::Never => None,
        known if notice.kind == Kind::Join => Some(join(&mut tx, &notice, &address, known).await?),
        known => Some(move_to(&notice, known)),
    };
    let Some((kind, subscriber)) = decided else {
        return Ok(None);
    };
    notices::decide(&mut tx, notice.id, kind, subscriber).await?;
    tx.commit().await?;
    Ok(Some(Notice {
        kind,
        subscriber,
        ..notice
    }))
}

/// What the list knows of an address.
#[derive(Clone, Copy)]
enum Known {
    /// Nothing.
    Unknown,
    /// This subscriber, who may be asked to confirm or has.
    As(i64, Consent),
    /// It may not be mailed again.
    Never,
}

async fn known(engine: &Engine, tx: &mut Tx, address: &Address) -> Result<Known, StoreError> {
    let key = address.key().as_str();
    if let Some((id, consent)) = list::known(tx, &[key]).await?.remove(key) {
        let may = consent == Consent::Confirmed || consent.may_be_asked();
        return Ok(if may {
            Known::As(id, consent)
        } else {
            Known::Never
        });
    }
    let hash = suppression_hash(&engine.key, address.key());
    let suppressed = suppressions::among(tx, &[hash]).await?;
    Ok(if suppressed.is_empty() {
        Known::Unknown
    } else {
        Known::Never
    })
}

/// Somebody asks that an address join. Only its owner's confirmation changes the consent of one that is
/// known.
async fn join(
    tx: &mut Tx,
    notice: &Notice,
    address: &Address,
    known: Known,
) -> Result<(Kind, Option<i64>), StoreError> {
    let cause = Cause {
        form: notice.form.as_deref(),
        ..Cause::by(Way::Form)
    };
    let at = notice.created_at;
    match known {
        Known::As(id, Consent::Confirmed) => Ok((Kind::Already, Some(id))),
        Known::As(id, consent) => {
            if consent == Consent::Pending {
                let (name, zone) = (notice.name.as_deref(), notice.time_zone.as_deref());
                list::describe(tx, id, name, zone).await?;
                consent_changes::record(tx, &[id], consent, cause, at).await?;
            }
            Ok((Kind::Confirm, Some(id)))
        }
        Known::Unknown | Known::Never => {
            let new = NewSubscriber {
                address: address.as_given().to_owned(),
                address_key: address.key().as_str().to_owned(),
                name: notice.name.clone(),
                time_zone: notice.time_zone.clone(),
            };
            let ids = list::insert(tx, &[new], Consent::Pending, cause, at).await?;
            Ok((Kind::Confirm, ids.first().copied()))
        }
    }
}

/// A reader asks for another address: its owner confirms, unless somebody has it.
fn move_to(notice: &Notice, known: Known) -> (Kind, Option<i64>) {
    match known {
        Known::As(id, _) if Some(id) != notice.subscriber => (Kind::Taken, notice.subscriber),
        _ => (Kind::Address, notice.subscriber),
    }
}
