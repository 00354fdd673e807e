//! An export of Verdict itself: `verdict subscribers export`.

use subscribers::consent::Consent;

use crate::readers::import::columns::{Columns, Says};
use crate::readers::import::header::Header;
use crate::readers::import::origin::System;

/// `email, name, time_zone, consent` and, from later releases, more.
pub(super) fn columns(header: &Header) -> Option<Columns> {
    let (email, consent) = (header.find(&["email"])?, header.find(&["consent"])?);
    let says = Says::Columns(vec![consent], |cells| match cells {
        [word] => word
            .parse::<Consent>()
            .ok()
            .filter(|consent| *consent != Consent::Erased),
        _ => None,
    });
    Some(Columns {
        name: header.all(&["name"]),
        time_zone: header.find(&["time_zone"]),
        language: header.find(&["language"]),
        created_at: header.find(&["created_at"]),
        frequency: header.find(&["frequency"]),
        paused_until: header.find(&["paused_until"]),
        why: header.all(&["evidence"]),
        ..Columns::new(System::Verdict, email, says)
    })
}
