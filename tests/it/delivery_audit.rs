//! An audit after senders died: it counts each reader's mails at the receiver and compares them with the ledger.

use verdict::catcher::Mail;

use crate::test_app::TestApp;

/// With `on_doubt = "hold"`: nobody got two mails, and every reader got one or is listed as in doubt. Returns how
/// many are in doubt.
pub(crate) async fn held(app: &TestApp, slug: &str, readers: usize, most_in_doubt: usize) -> usize {
    let counts = app.counts(slug).await;
    assert_eq!(counts.open(), 0, "{counts:?}");
    let in_doubt = app.in_doubt(slug).await;
    assert!(
        in_doubt.len() <= most_in_doubt,
        "{} in doubt, not {most_in_doubt}: {in_doubt:?}",
        in_doubt.len()
    );
    for (email, mails) in arrived(app, readers) {
        match mails.len() {
            0 => assert!(in_doubt.contains(&email), "{email} is lost"),
            1 => {}
            mails => panic!("{email} got {mails} mails"),
        }
    }
    no_faults(app);
    in_doubt.len()
}

/// With `on_doubt = "resend"`: every reader got a mail, at most twice, and a reader in doubt twice is held and
/// listed. Returns how many mails were doubles, and how many readers are held.
pub(crate) async fn resent(
    app: &TestApp,
    slug: &str,
    readers: usize,
    most_doubles: usize,
) -> (usize, usize) {
    let counts = app.counts(slug).await;
    let accepted = usize::try_from(counts.accepted).unwrap();
    let held = app.in_doubt(slug).await;
    assert_eq!(accepted + held.len(), readers, "{counts:?}");
    let mut doubles = 0;
    for (email, mails) in arrived(app, readers) {
        assert!(
            !mails.is_empty() || held.contains(&email),
            "{email} is lost"
        );
        assert!(mails.len() <= 2, "{email} got {} mails", mails.len());
        doubles += mails.len().saturating_sub(1);
        for again in mails.iter().skip(1) {
            assert_eq!(message_id(again), message_id(&mails[0]), "{email}");
        }
    }
    assert!(
        doubles <= most_doubles,
        "{doubles} doubles, not {most_doubles}"
    );
    no_faults(app);
    (doubles, held.len())
}

fn arrived(app: &TestApp, readers: usize) -> impl Iterator<Item = (String, Vec<Mail>)> {
    (1..=readers).map(|number| {
        let email = format!("reader-{number}@example.com");
        let mails = app.catcher.for_recipient(&email);
        (email, mails)
    })
}

/// The header's line; panics without it.
fn message_id(mail: &Mail) -> String {
    let text = String::from_utf8_lossy(&mail.content);
    let line = text.lines().find(|line| line.starts_with("Message-ID: <"));
    line.expect("a Message-ID").to_owned()
}

fn no_faults(app: &TestApp) {
    let faults = app.catcher.faults();
    assert!(faults.is_empty(), "{faults:?}");
}
