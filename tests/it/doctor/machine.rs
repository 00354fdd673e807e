//! What only a machine of its own can show: a disk that is full, and a relay elsewhere that does not encrypt.

use verdict::catcher::{Behaviour, Catcher, TlsIdentity};

use super::check;
use super::front::certified;
use super::instance::{Clinic, SLUG};
use crate::apart::{self, Needs, OUTLET, on_a_machine_of_its_own};
use crate::child::binary;
use crate::database::by_hand;
use crate::test_app::{sample_issue, stdout};

const NEEDS: Needs = Needs {
    programs: &[],
    root: false,
};

on_a_machine_of_its_own!(
    NEEDS;
    a_full_disk_is_named_and_holds_the_edition_back,
    a_relay_elsewhere_that_does_not_encrypt_holds_the_edition_back
);

async fn a_full_disk_is_named_and_holds_the_edition_back() {
    let catcher = Catcher::start(Behaviour::new()).await.unwrap();
    let dir = tempfile::tempdir().unwrap();
    let run = |args: &[&str]| {
        let mut command = binary();
        command.arg("--dir").arg(dir.path()).args(args);
        command
            .env("VERDICT_NEWSLETTER_FROM", "weekly@example.org")
            .env("VERDICT_NEWSLETTER_POSTAL_ADDRESS", "1 Sample Street")
            .env("VERDICT_SMTP_URL", catcher.url())
            .env("VERDICT_SMTP_PREFLIGHT", "block")
            .output()
            .unwrap()
    };
    stdout(&run(&["init", dir.path().to_str().unwrap()]));
    std::fs::write(
        dir.path().join(format!("issues/{SLUG}.toml")),
        sample_issue(SLUG),
    )
    .unwrap();
    stdout(&run(&["subscribers", "add", "ada@example.com"]));

    // With no space at all, a database that nobody has open cannot be opened.
    let database = dir.path().join("subscribers/verdict.db");
    for (free, code, store) in [(20 << 20, 1, "ok   "), (0, 2, "wrong")] {
        by_hand(None, &database, "PRAGMA wal_checkpoint(TRUNCATE)");
        apart::leave_free(Some(free));
        let doctor = run(&["doctor"]);
        let printed = String::from_utf8(doctor.stdout).unwrap();
        assert_eq!(doctor.status.code(), Some(1), "{printed}");
        for line in ["wrong    disk ".to_owned(), format!("{store}    store ")] {
            assert!(printed.contains(&format!("\n{line}")), "{printed}");
        }
        let send = run(&["send", SLUG]);
        assert_eq!(send.status.code(), Some(code), "{send:?}");
        assert!(catcher.is_empty());
    }
    apart::leave_free(None);
    assert!(stdout(&run(&["doctor"])).contains("\nok       disk "));
    let sent = stdout(&run(&["send", SLUG]));
    assert!(
        sent.contains(&format!("Frozen `{SLUG}` and enrolled 1 reader.")),
        "{sent}"
    );
    assert_eq!(catcher.len(), 1);
}

async fn a_relay_elsewhere_that_does_not_encrypt_holds_the_edition_back() {
    let clinic = Clinic::apart().await;
    apart::forward(&format!("{OUTLET}:25"), clinic.app.catcher.addr()).await;
    let relay = ("VERDICT_SMTP_URL", "smtp://mail.example.org:25");
    let json = clinic.examined(&[relay]).await;
    let (state, text) = check(&json, "relay-tls");
    assert_eq!(
        (state, text),
        (
            "wrong",
            "readers' addresses go to mail.example.org:25 unencrypted"
        )
    );
    let held = clinic.send("block", &[relay]).await;
    assert_eq!(held.status.code(), Some(1), "{held:?}");
    assert!(!clinic.is_frozen().await && clinic.app.catcher.is_empty());

    let identity = certified("mail.example.org");
    std::fs::write(
        clinic.app.dir.path().join("relay-ca.pem"),
        &identity.authority,
    )
    .unwrap();
    let identity = TlsIdentity::from_pem(&identity.certificate, &identity.key).unwrap();
    clinic.app.catcher.set(Behaviour::new().starttls(&identity));
    let authority = ("VERDICT_SMTP_CA_FILE", "relay-ca.pem");
    let json = clinic.examined(&[relay, authority]).await;
    assert_eq!(check(&json, "relay-tls").0, "ok", "{json:#}");
    stdout(&clinic.send("block", &[relay, authority]).await);
    assert_eq!(clinic.app.catcher.len(), 1);
}
