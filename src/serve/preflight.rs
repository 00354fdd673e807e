//! Checks the instance before an edition goes out with a slot, and tells the editors once.

use crate::app::App;
use crate::doctor::{self, Preflight};
use crate::edition;
use crate::schedule::Slot;
use crate::store::{StoreError, slots};
use templates::alert;

/// Marks the alert of a slot among its reminders, which are noted by their hours ahead.
const ALERT: i64 = 0;

/// False if the edition of a slot must wait. Logs what is wrong, and alerts the editors once for each slot.
pub(super) async fn may_go(app: App, slot: Slot) -> bool {
    let preflight = doctor::preflight(&app).await;
    for check in &preflight.wrong {
        tracing::warn!(check = check.name, "{}", check.text);
    }
    if preflight.wrong.is_empty() {
        return true;
    }
    if let Err(error) = tell(&app, &slot, &preflight).await {
        tracing::error!(%error, "cannot alert the editors");
    }
    !preflight.blocks
}

async fn tell(app: &App, slot: &Slot, preflight: &Preflight) -> Result<(), StoreError> {
    let (locale, report) = (app.locale(), preflight.report());
    let alert = match preflight.blocks {
        true => alert::held(locale, edition::here(app, slot.at), &report),
        false => alert::preflight(locale, &report),
    };
    let (at, now) = (slot.at.timestamp_millis(), app.clock.now_millis());
    let mut tx = app.store.begin().await?;
    if slots::remind(&mut tx, at, ALERT, now).await? {
        app.alert(&mut tx, &alert).await?;
    }
    tx.commit().await
}
