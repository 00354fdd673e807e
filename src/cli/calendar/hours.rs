//! What the calendar predicts for delivery at readers' local time.

use crate::app::App;
use crate::edition;
use crate::schedule::Slot;
use crate::store::StoreError;

/// How many zones have a line of their own: those with the most readers.
const MOST: usize = 12;

/// The lines about who gets a slot's edition when, in the newsletter's zone, the earliest first.
pub(super) async fn lines(app: &App, slot: &Slot) -> Result<Vec<String>, StoreError> {
    let readers = edition::readers_by_zone(app, slot).await?;
    let wall = slot.wall.format("%a %Y-%m-%d %H:%M");
    if readers.is_empty() {
        return Ok(vec![format!("{wall} would reach nobody on today's list.")]);
    }
    let sum = |zones: &[edition::ZoneReaders]| zones.iter().map(|zone| zone.readers).sum::<i64>();
    let (shown, others) = readers.split_at(readers.len().min(MOST));
    let mut shown = shown.to_vec();
    shown.sort_by(|one, other| (one.at, &one.zone).cmp(&(other.at, &other.zone)));
    let count = match sum(&readers) {
        1 => "1 reader".to_owned(),
        count => format!("{count} readers"),
    };
    let mut lines = vec![format!("{wall} would reach {count} of today's list:")];
    for zone in &shown {
        let at = zone.at.with_timezone(&app.config.schedule.time_zone);
        let (at, name) = (at.format("%a %Y-%m-%d %H:%M"), &zone.zone);
        lines.push(format!("  {at}  {:>9}  {name}", zone.readers));
    }
    if !others.is_empty() {
        let zones = match others.len() {
            1 => "1 more zone".to_owned(),
            count => format!("{count} more zones"),
        };
        lines.push(format!("  {:20}  {:>9}  in {zones}", "and", sum(others)));
    }
    Ok(lines)
}
