//! An export of Verdict itself: `verdict subscribers export`.

use subscribers::consent::Consent;

use super::{Columns, Header, StatusSource, System};

/// `email, name, time_zone, consent`; later releases write more.
pub(super) fn columns(header: &Header) -> Option<Columns> {
    let (email, consent) = (header.find(&["email"])?, header.find(&["consent"])?);
    let status = StatusSource::Columns(vec![consent], |cells| {
        let consent = cells.first()?.parse::<Consent>().ok()?;
        (consent != Consent::Erased).then_some(consent)
    });
    Some(Columns {
        name: header.all(&["name"]),
        time_zone: header.find(&["time_zone"]),
        language: header.find(&["language"]),
        created_at: header.find(&["created_at"]),
        frequency: header.find(&["frequency"]),
        paused_until: header.find(&["paused_until"]),
        why: header.all(&["evidence"]),
        ..Columns::new(System::Verdict, email, status)
    })
}
