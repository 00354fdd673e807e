//! `verdict doctor` and the check before an edition: a sender whose mail arrives, and each thing that keeps it from
//! arriving. DNS is a stub, the relay is the catcher, and the pages are behind a proxy with TLS, all on this machine.

pub(crate) mod front;
pub(crate) mod instance;
mod machine;
pub(crate) mod names;
mod preflight;

use serde_json::Value;
use verdict::app::self_check::{Question, Way};
use verdict::catcher::{Behaviour, Extension};

use self::front::{Front, Manner};
use self::instance::{Clinic, GOOD};
use crate::database::Db;
use crate::http;
use crate::test_app::{TestApp, on_both_stores, stderr, stdout};

on_both_stores!(a_sender_whose_mail_arrives_is_well);

/// The state of a check in the output of `--json`, and its text.
pub(crate) fn check<'j>(json: &'j Value, name: &str) -> (&'j str, &'j str) {
    let checks = json["checks"].as_array().unwrap();
    let found = checks.iter().find(|check| check["name"] == name);
    let found = found.unwrap_or_else(|| panic!("no {name} in {json:#}"));
    (
        found["state"].as_str().unwrap(),
        found["text"].as_str().unwrap(),
    )
}

async fn a_sender_whose_mail_arrives_is_well(db: Db) {
    let clinic = Clinic::on(db).await;
    let output = clinic.run(&["doctor"]).await;
    let printed = String::from_utf8(output.stdout.clone()).unwrap();
    assert!(output.status.success(), "{printed}\n{}", stderr(&output));
    for name in [
        "config",
        "store",
        "disk",
        "permissions",
        "relay",
        "relay-tls",
        "relay-size",
        "spf",
        "dmarc",
        "alignment",
        "mx",
        "ptr",
        "https",
        "pages",
        "one-click",
        "gmail",
        "yahoo",
    ] {
        let line = format!("ok       {name} ");
        assert!(printed.contains(&line), "{name} in:\n{printed}");
    }
    assert!(printed.contains("\n0 wrong, "), "{printed}");
    assert_eq!(stderr(&output), "");
}

/// What is broken, the check that names it, and what it says.
struct Case {
    what: &'static str,
    dns: &'static [(&'static str, &'static str)],
    variables: &'static [(&'static str, &'static str)],
    wrong: &'static str,
    says: &'static str,
}

const SAME: Case = Case {
    what: "",
    dns: &[],
    variables: &[],
    wrong: "",
    says: "",
};

const CASES: &[Case] = &[
    Case {
        what: "no SPF record",
        dns: &[("example.org TXT v=spf1 ip4:192.0.2.25 -all", "")],
        wrong: "spf",
        says: "has no SPF record",
        ..SAME
    },
    Case {
        what: "SPF without the relay",
        dns: &[("ip4:192.0.2.25 -all", "ip4:198.51.100.1 -all")],
        wrong: "spf",
        says: "refuses 192.0.2.25",
        ..SAME
    },
    Case {
        what: "an SPF record that costs too much",
        dns: &[(
            "ip4:192.0.2.25 -all",
            "ip4:192.0.2.25 a:a a:b a:c a:d a:e a:f a:g a:h a:i a:j a:k -all",
        )],
        wrong: "spf",
        says: "needs 11 DNS lookups",
        ..SAME
    },
    Case {
        what: "two DMARC records",
        dns: &[(
            "v=DMARC1; p=none",
            "v=DMARC1; p=none\n_dmarc.example.org TXT v=DMARC1; p=reject",
        )],
        wrong: "dmarc",
        says: "several DMARC records",
        ..SAME
    },
    Case {
        what: "From that is not aligned",
        dns: &[
            ("p=none", "p=reject"),
            ("example.org TXT v=spf1", "example.net TXT v=spf1"),
            ("example.org MX", "example.net MX"),
        ],
        variables: &[("VERDICT_SMTP_BOUNCE_ADDRESS", "bounces@example.net")],
        wrong: "alignment",
        says: "the envelope sender is at example.net",
    },
    Case {
        what: "no way for returned mail",
        dns: &[("example.org MX mail.example.org", "")],
        wrong: "mx",
        says: "example.org has no mail server",
        ..SAME
    },
    Case {
        what: "no PTR record",
        dns: &[("192.0.2.25 PTR mail.example.org", "")],
        wrong: "ptr",
        says: "192.0.2.25 has no name",
        ..SAME
    },
    Case {
        what: "links without https",
        variables: &[("VERDICT_WEB_BASE_URL", "http://news.example.org:PLAIN")],
        wrong: "https",
        says: "one-click over https only",
        ..SAME
    },
    Case {
        what: "a relay that does not encrypt",
        variables: &[("VERDICT_SMTP_URL", "smtp://localhost:RELAY?tls=required")],
        wrong: "relay-tls",
        says: "does not offer STARTTLS",
        ..SAME
    },
    Case {
        what: "a relay that is down",
        variables: &[("VERDICT_SMTP_URL", "smtp://127.0.0.1:1")],
        wrong: "relay",
        says: "takes no mail",
        ..SAME
    },
];

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn each_broken_thing_is_named_and_holds_the_edition_back() {
    let clinic = Clinic::new().await;
    for case in CASES {
        let mut zone = GOOD.to_owned();
        for (from, to) in case.dns {
            assert!(zone.contains(from), "{}: {from}", case.what);
            zone = zone.replace(from, to);
        }
        clinic.names.set(&zone);
        let json = clinic.examined(case.variables).await;
        let (state, text) = check(&json, case.wrong);
        assert_eq!(state, "wrong", "{}: {json:#}", case.what);
        assert!(text.contains(case.says), "{}: {text}", case.what);
        assert_eq!(json["hurts"], true);
        let output = clinic.send("block", case.variables).await;
        assert_eq!(output.status.code(), Some(1), "{}: {output:?}", case.what);
        let printed = stderr(&output);
        assert!(printed.contains(case.says), "{}: {printed}", case.what);
        assert!(!clinic.is_frozen().await, "{}", case.what);
    }
    clinic.names.set(GOOD);
    stdout(&clinic.send("block", &[]).await);
    assert_eq!(clinic.app.catcher.len(), 1);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_mail_programs_would_meet_instead_of_the_pages_is_named() {
    for (manner, name, says) in [
        (
            Manner::Impostor,
            "pages",
            "is not this instance: it answers 200 OK",
        ),
        (Manner::Impostor, "one-click", "not by us"),
        (
            Manner::Redirect,
            "pages",
            "redirects to https://www.example.org/",
        ),
        (
            Manner::RedirectPosts,
            "one-click",
            "redirected to https://www.example.org/",
        ),
        (Manner::Forbid, "one-click", "answered with 403 Forbidden"),
        (
            Manner::DropBodies,
            "one-click",
            "answered with 404 Not Found",
        ),
        (Manner::HangUp, "pages", "does not answer from here"),
    ] {
        let clinic = Clinic::behind(Front::start(manner).await).await;
        let json = clinic.examined(&[]).await;
        let (state, text) = check(&json, name);
        assert_eq!(state, "wrong", "{manner:?}: {json:#}");
        assert!(text.contains(says), "{manner:?}: {text}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_instance_with_another_key_is_another_one() {
    let clinic = Clinic::new().await;
    let other = TestApp::on(Db::Sqlite).await;
    clinic.front.lead_to(&other.site);
    let json = clinic.examined(&[]).await;
    let (state, text) = check(&json, "pages");
    assert_eq!(
        (state, text.contains("404 Not Found")),
        ("wrong", true),
        "{text}"
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_wrong_password_is_named() {
    let clinic = Clinic::new().await;
    let relay = Behaviour::new().credentials("ann", "right");
    clinic.app.catcher.set(relay);
    for (password, state) in [("wrong", "wrong"), ("right", "ok")] {
        let url = format!("smtp://ann:{password}@127.0.0.1:RELAY?tls=none");
        let json = clinic.examined(&[("VERDICT_SMTP_URL", &url)]).await;
        let (found, text) = check(&json, "relay");
        assert_eq!(found, state, "{text}");
        assert!(text.contains("user and password"), "{text}");
        assert!(!json.to_string().contains(&format!(":{password}@")));
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_question_is_answered_in_its_own_way_only() {
    let app = TestApp::on(Db::Sqlite).await;
    let (get, click) = (Way::Get, Way::OneClick);
    let [get, click] = [get, click].map(|way| Question::new(&app.key, way).unwrap());
    let url = |question: &Question| format!("{}/u/{}", app.site, question.token);
    let form = "List-Unsubscribe=One-Click";
    let answer = http::get(&url(&get)).await;
    assert_eq!((answer.status, &answer.body), (200, &get.answer));
    assert_eq!(answer.header("cache-control"), Some("no-store"));
    let answer = http::post(&url(&click), form).await;
    assert_eq!((answer.status, &answer.body), (200, &click.answer));
    for answer in [
        http::get(&url(&click)).await,
        http::post(&url(&get), form).await,
        http::post(&url(&click), "").await,
    ] {
        assert_eq!(answer.status, 404);
        assert!(!answer.body.contains(&click.answer) && !answer.body.contains(&get.answer));
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_the_relay_offers_is_told() {
    let clinic = Clinic::new().await;
    clinic.app.catcher.set(Behaviour::new().max_size(10_000));
    let json = clinic.examined(&[]).await;
    assert_eq!(check(&json, "relay-size").0, "wrong", "{json:#}");
    clinic
        .app
        .catcher
        .set(Behaviour::new().without(Extension::Pipelining));
    let json = clinic.examined(&[]).await;
    assert_eq!(check(&json, "relay-extensions").0, "warning", "{json:#}");
    let faults = clinic.app.catcher.faults();
    assert!(
        faults.is_empty() && clinic.app.catcher.is_empty(),
        "{faults:?}"
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_rules_for_bulk_senders_bind_a_long_list() {
    let clinic = Clinic::new().await;
    clinic
        .names
        .set(&GOOD.replace("_dmarc.example.org", "other.example.org"));
    let json = clinic.examined(&[]).await;
    for name in ["dmarc", "gmail-bulk", "yahoo-bulk", "outlook-bulk"] {
        assert_eq!(check(&json, name).0, "warning", "{name}");
    }
    assert_eq!(json["hurts"], false);
    clinic.app.readers(5_001).await;
    let json = clinic.examined(&[]).await;
    for name in ["gmail-bulk", "yahoo-bulk", "outlook-bulk"] {
        let (state, text) = check(&json, name);
        assert!(
            state == "wrong" && text.contains("not kept: dmarc"),
            "{name}: {text}"
        );
    }
    let sources = json["checks"].as_array().unwrap().iter();
    let sources: Vec<_> = sources
        .filter_map(|check| check["source"]["url"].as_str())
        .collect();
    assert!(
        sources.len() == 5 && sources.iter().all(|url| url.starts_with("https://")),
        "{sources:?}"
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn silence_of_dns_is_no_fault() {
    let clinic = Clinic::new().await;
    clinic.names.fail();
    let json = clinic.examined(&[]).await;
    for name in [
        "spf",
        "dmarc",
        "alignment",
        "mx",
        "ptr",
        "pages",
        "one-click",
        "gmail",
    ] {
        let (state, text) = check(&json, name);
        assert_eq!(state, "warning", "{name}: {text}");
    }
    assert_eq!(json["hurts"], false);
    let nobody = [("VERDICT_DNS_SERVER", "127.0.0.1:1")];
    let json = clinic.examined(&nobody).await;
    assert_eq!(check(&json, "spf").0, "warning", "{json:#}");
    assert_eq!(json["hurts"], false);
    stdout(&clinic.send("block", &[]).await);
    assert_eq!(clinic.app.catcher.len(), 1);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn on_one_machine_nobody_elsewhere_is_asked() {
    let clinic = Clinic::new().await;
    let here = [("VERDICT_WEB_BASE_URL", clinic.app.site.as_str())];
    let output = clinic.run_with(&["doctor"], &here).await;
    let printed = stdout(&output);
    for name in [
        "spf",
        "dkim",
        "dmarc",
        "alignment",
        "mx",
        "ptr",
        "https",
        "pages",
        "one-click",
    ] {
        let start = format!("skipped  {name} ");
        let line = printed
            .lines()
            .find(|line| line.starts_with(&start))
            .unwrap();
        assert!(
            line.ends_with("relay and pages are on this machine, so nobody elsewhere gets mail"),
            "{line}"
        );
    }
    assert_eq!(clinic.names.asked(), [""; 0]);
}

#[test]
fn a_configuration_that_cannot_be_used_is_a_finding_and_none_is_an_error() {
    let dir = tempfile::tempdir().unwrap();
    let none = crate::test_app::verdict(dir.path(), &["doctor"]);
    assert_eq!(none.status.code(), Some(2), "{none:?}");
    assert!(stderr(&none).contains("there is no verdict.toml"));
    std::fs::write(dir.path().join("verdict.toml"), "[smtp]\nurl = 1\n").unwrap();
    let broken = crate::test_app::verdict(dir.path(), &["doctor"]);
    assert_eq!(broken.status.code(), Some(1), "{broken:?}");
    let printed = String::from_utf8(broken.stdout).unwrap();
    assert!(printed.starts_with("wrong    config "), "{printed}");
    assert!(printed.contains("`url`"), "{printed}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn files_that_others_can_read_are_named_and_none_are_made() {
    use std::os::unix::fs::PermissionsExt as _;
    let app = TestApp::on(Db::Sqlite).await;
    let database = app.store.file().unwrap().to_path_buf();
    let open = std::fs::Permissions::from_mode(0o644);
    std::fs::set_permissions(&database, open).unwrap();
    let output = app.verdict(&["doctor"]);
    let printed = String::from_utf8(output.stdout).unwrap();
    assert_eq!(output.status.code(), Some(1), "{printed}");
    assert!(
        printed.contains(&format!("run `chmod 600 {}`", database.display())),
        "{printed}"
    );
    drop(app);
    let dir = tempfile::tempdir().unwrap();
    let init = crate::test_app::verdict(dir.path(), &["init", dir.path().to_str().unwrap()]);
    stdout(&init);
    let output = crate::test_app::verdict(dir.path(), &["doctor"]);
    let printed = String::from_utf8(output.stdout).unwrap();
    assert_eq!(output.status.code(), Some(1), "{printed}");
    assert!(
        printed.contains("there is no database at subscribers/verdict.db yet"),
        "{printed}"
    );
    assert!(printed.contains("nothing is mailed yet"), "{printed}");
    assert!(
        !dir.path().join("secret.key").exists(),
        "the doctor makes nothing"
    );
}

#[test]
fn a_damaged_database_is_named() {
    use std::os::unix::fs::FileExt as _;
    let dir = tempfile::tempdir().unwrap();
    let run = |args: &[&str]| crate::test_app::verdict(dir.path(), args);
    stdout(&run(&["init", dir.path().to_str().unwrap()]));
    stdout(&run(&["status"]));
    let sound = String::from_utf8(run(&["doctor"]).stdout).unwrap();
    assert!(sound.contains("ok       store "), "{sound}");
    let path = dir.path().join("subscribers/verdict.db");
    let file = std::fs::File::options().write(true).open(path).unwrap();
    let end = file.metadata().unwrap().len();
    file.write_all_at(&[0xff; 4096], end - 4096).unwrap();
    let damaged = run(&["doctor"]);
    let printed = String::from_utf8(damaged.stdout).unwrap();
    assert_eq!(damaged.status.code(), Some(1), "{printed}");
    // Some pages are read before the whole file is checked.
    let named = [
        "the database is damaged: ",
        "database disk image is malformed",
    ];
    assert!(named.iter().any(|text| printed.contains(text)), "{printed}");
}
