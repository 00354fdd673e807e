//! What `verdict serve` exposes: metrics for Prometheus, and a log without addresses.

use std::collections::BTreeMap;
use std::process::Command;

use subscribers::consent::{Consent, ConsentSource};
use verdict::catcher::{Behaviour, Step};
use verdict::store::consent_changes::Cause;
use verdict::store::subscribers as list;

use crate::child::{Running, binary, until};
use crate::database::Db;
use crate::http;
use crate::test_app::{TestApp, find_subscriber, on_both_stores};

on_both_stores!(every_outcome_is_counted, a_debug_log_has_no_addresses);

const SLUG: &str = "tea-vs-coffee";
const READERS: [&str; 6] = [
    "ada@example.net",
    "reader-1@example.com",
    "reader-2@example.com",
    "reader-3@example.com",
    "reader-4@example.com",
    "reader-5@example.com",
];

/// A relay that answers each reader differently and quotes the address, as relays do.
fn moody() -> Behaviour {
    Behaviour::new()
        .at(Step::Rcpt)
        .to("ada@example.net")
        .reply(451, "4.7.1 <ada@example.net> Slow down")
        .at(Step::Rcpt)
        .to("reader-1@example.com")
        .reply(550, "5.1.1 <reader-1@example.com> No such user")
        .at(Step::Dot)
        .to("reader-2@example.com")
        .times(1)
        .accept_then_hang_up()
        .at(Step::Rcpt)
        .to("reader-5@example.com")
        .reply(552, "5.2.2 reader-5@example.com is full")
}

fn command(app: &TestApp, variables: &[(&str, &str)]) -> Command {
    let mut command = binary();
    command.arg("--dir").arg(app.dir.path());
    command.envs(variables.iter().copied());
    command
}

/// An instance whose edition was frozen by a process without a relay.
async fn frozen(db: Db) -> TestApp {
    let app = TestApp::behaving(db, moody()).await;
    app.issue(SLUG);
    for reader in READERS {
        app.reader(reader).await;
    }
    let no_relay = [("VERDICT_SMTP_URL", "smtp://127.0.0.1:1?tls=none")];
    let mut send = Running::start(command(&app, &no_relay).args(["send", SLUG]));
    assert_eq!(send.ended().await.0.code(), Some(2));
    leaves_held_by_a_sender(&app, "reader-3@example.com").await;
    app
}

/// The mark skips a reader who leaves while a sender works on their mail.
async fn leaves_held_by_a_sender(app: &TestApp, email: &str) {
    let store = &app.store;
    let reader = find_subscriber(store, email).await.unwrap();
    let (cause, now) = (Cause::by(ConsentSource::Editor), app.clock.now_millis());
    let mut tx = store.begin().await.unwrap();
    list::set_consent(&mut tx, &[(reader.id, Consent::Unsubscribed, cause)], now)
        .await
        .unwrap();
    tx.commit().await.unwrap();
}

/// Starts `verdict serve --only send`, waits until every delivery has an outcome, and returns it with the address of
/// its metrics.
async fn serving(app: &TestApp) -> (Running, String) {
    let variables = [
        ("VERDICT_METRICS_LISTEN", "127.0.0.1:0"),
        ("VERDICT_LOG", "verdict=trace,warn"),
    ];
    let mut serve = Running::start(command(app, &variables).args(["serve", "--only", "send"]));
    let line = serve.line("serving metrics").await;
    let address = line.split("address=").nth(1).unwrap().trim().to_owned();
    until("everyone has an outcome", || async {
        let counts = app.counts(SLUG).await;
        counts.queued + counts.held() == 0 && counts.deferred == 1
    })
    .await;
    (serve, format!("http://{address}/metrics"))
}

/// The samples of an answer in the OpenMetrics text format, which must be complete.
fn samples(text: &str) -> BTreeMap<String, f64> {
    assert!(text.ends_with("# EOF\n"), "{text}");
    let told = text.lines().filter(|line| !line.starts_with('#'));
    told.map(|line| {
        let (name, value) = line.rsplit_once(' ').unwrap_or_else(|| panic!("{line}"));
        (
            name.to_owned(),
            value.parse().unwrap_or_else(|_| panic!("{line}")),
        )
    })
    .collect()
}

async fn every_outcome_is_counted(db: Db) {
    let app = frozen(db).await;
    let (mut serve, url) = serving(&app).await;
    let answer = http::get(&url).await;
    assert_eq!(answer.status, 200);
    let kind = answer.header("content-type").unwrap();
    assert!(kind.starts_with("application/openmetrics-text"), "{kind}");
    let told = samples(&answer.body);
    let wanted = [
        ("verdict_deliveries_total{outcome=\"accepted\"}", 1.0),
        ("verdict_deliveries_total{outcome=\"deferred\"}", 1.0),
        ("verdict_deliveries_total{outcome=\"refused\"}", 2.0),
        ("verdict_deliveries_total{outcome=\"unknown\"}", 1.0),
        ("verdict_deliveries_total{outcome=\"skipped\"}", 1.0),
        ("verdict_smtp_replies_total{class=\"2xx\"}", 1.0),
        ("verdict_smtp_replies_total{class=\"4.7.x\"}", 1.0),
        ("verdict_smtp_replies_total{class=\"5xx\"}", 2.0),
        ("verdict_smtp_replies_total{class=\"5.7.x\"}", 0.0),
        ("verdict_smtp_connections_open", 0.0),
        (
            "verdict_queue_deliveries{edition=\"tea-vs-coffee\",state=\"queued\"}",
            0.0,
        ),
        (
            "verdict_queue_deliveries{edition=\"tea-vs-coffee\",state=\"deferred\"}",
            1.0,
        ),
        (
            "verdict_queue_deliveries{edition=\"tea-vs-coffee\",state=\"unknown\"}",
            1.0,
        ),
        (
            "verdict_queue_oldest_age_seconds{edition=\"tea-vs-coffee\"}",
            0.0,
        ),
        ("verdict_editions{state=\"sending\"}", 1.0),
        ("verdict_editions{state=\"paused\"}", 0.0),
    ];
    for (name, value) in wanted {
        assert_eq!(told.get(name), Some(&value), "{name}\n{}", answer.body);
    }
    let rest = told["verdict_domain_rest_seconds{domain=\"example.net\"}"];
    assert!(rest > 0.0 && rest < 60.0, "{rest}");
    assert!(told["verdict_smtp_connections_opened_total"] >= 1.0);
    assert!(told["verdict_ledger_group_size_sum"] >= 6.0);
    assert_eq!(
        told["verdict_ledger_group_size_count"],
        told["verdict_ledger_commit_seconds_count"]
    );
    assert!(
        !answer.body.contains('@'),
        "no address is told: {}",
        answer.body
    );
    assert_eq!(serve.end_by("TERM").await, Some(0));
}

async fn a_debug_log_has_no_addresses(db: Db) {
    let app = frozen(db).await;
    let (mut serve, _) = serving(&app).await;
    serve.signal("TERM");
    let (status, log) = serve.ended().await;
    assert_eq!(status.code(), Some(0), "{log}");
    assert!(log.contains("sent what was due"), "{log}");
    for reader in READERS {
        assert!(!log.contains(reader), "{reader} is in the log:\n{log}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_machine_without_pages_has_health_checks_beside_its_metrics() {
    let app = TestApp::on(Db::Sqlite).await;
    let variables = [("VERDICT_METRICS_LISTEN", "127.0.0.1:0")];
    let mut serve = Running::start(command(&app, &variables).args(["serve", "--only", "send"]));
    let line = serve.line("serving metrics").await;
    let address = line.split("address=").nth(1).unwrap().trim();
    for (path, printed) in [("healthz", "ok\n"), ("readyz", "ready\n")] {
        let answer = http::get(&format!("http://{address}/{path}")).await;
        assert_eq!((answer.status, answer.body.as_str()), (200, printed));
    }
    assert_eq!(serve.end_by("TERM").await, Some(0));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_port_in_use_is_reported_at_once() {
    let app = TestApp::on(Db::Sqlite).await;
    let taken = app.site.trim_start_matches("http://");
    let variables = [("VERDICT_METRICS_LISTEN", taken)];
    let mut serve = Running::start(command(&app, &variables).arg("serve"));
    let (status, printed) = serve.ended().await;
    assert_eq!(status.code(), Some(2), "{printed}");
    assert!(
        printed.contains("`metrics.listen` in verdict.toml"),
        "{printed}"
    );
}
