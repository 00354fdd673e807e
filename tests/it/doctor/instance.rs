//! An instance that mails people elsewhere, as far as the doctor can see.

use std::process::{Command, Output};

use serde_json::Value;
use verdict::store::editions;

use super::front::{Front, Manner};
use super::names::Names;
use crate::apart::NAMES;
use crate::child::binary;
use crate::database::Db;
use crate::test_app::TestApp;

pub(crate) const SLUG: &str = "tea-vs-coffee";

/// A sender with all records. Mail leaves from 192.0.2.25.
pub(crate) const GOOD: &str = "\
example.org TXT v=spf1 ip4:192.0.2.25 -all
example.org MX mail.example.org
mail.example.org A 192.0.2.25
192.0.2.25 PTR mail.example.org
_dmarc.example.org TXT v=DMARC1; p=none
news.example.org A 127.0.0.1
";

pub(crate) struct Clinic {
    pub(crate) app: TestApp,
    pub(crate) names: Names,
    pub(crate) front: Front,
}

impl Clinic {
    pub(crate) async fn new() -> Self {
        Self::on(Db::Sqlite).await
    }

    pub(crate) async fn on(db: Db) -> Self {
        let names = Names::start(GOOD).await;
        Self::with(db, Front::start(Manner::Forward).await, names).await
    }

    /// On a machine of its own, whose DNS server answers for it.
    pub(crate) async fn apart() -> Self {
        let names = Names::start_at(NAMES, GOOD).await;
        Self::with(Db::Sqlite, Front::start(Manner::Forward).await, names).await
    }

    pub(crate) async fn behind(front: Front) -> Self {
        let names = Names::start(GOOD).await;
        Self::with(Db::Sqlite, front, names).await
    }

    async fn with(db: Db, front: Front, names: Names) -> Self {
        let app = TestApp::on(db).await;
        app.issue(SLUG).reader("ada@example.com").await;
        std::fs::write(app.dir.path().join("pages-ca.pem"), &front.authority).unwrap();
        front.lead_to(&app.site);
        Self { app, names, front }
    }

    pub(crate) async fn run(&self, args: &[&str]) -> Output {
        self.run_with(args, &[]).await
    }

    /// The binary with variables that change the configuration.
    pub(crate) fn command(&self, args: &[&str], variables: &[(&str, &str)]) -> Command {
        let port = |text: &str| {
            let plain = self.app.site.rsplit(':').next().unwrap_or_default();
            let relay = self.app.catcher.addr().port().to_string();
            text.replace("PLAIN", plain).replace("RELAY", &relay)
        };
        let mut command = binary();
        command
            .arg("--dir")
            .arg(self.app.dir.path())
            .args(args)
            .env("SSL_CERT_FILE", self.app.dir.path().join("pages-ca.pem"))
            .env("VERDICT_DNS_SERVER", self.names.at.to_string())
            .env("VERDICT_SMTP_SENDS_FROM", "192.0.2.25")
            .env("VERDICT_ALERTS_TO", "editor@example.net")
            .env(
                "VERDICT_WEB_BASE_URL",
                format!("https://news.example.org:{}", self.front.at.port()),
            )
            .envs(variables.iter().map(|(name, value)| (*name, port(value))));
        command
    }

    pub(crate) async fn run_with(&self, args: &[&str], variables: &[(&str, &str)]) -> Output {
        let mut command = self.command(args, variables);
        // The pages are served by this process meanwhile.
        let output = tokio::task::spawn_blocking(move || command.output()).await;
        let output = output.unwrap().unwrap();
        let printed = String::from_utf8_lossy(&output.stderr);
        assert!(!printed.contains("panicked"), "{printed}");
        output
    }

    /// What `verdict doctor --json` prints.
    pub(crate) async fn examined(&self, variables: &[(&str, &str)]) -> Value {
        let output = self.run_with(&["doctor", "--json"], variables).await;
        let json: Value = serde_json::from_slice(&output.stdout).unwrap();
        let code = i32::from(json["hurts"] == true);
        assert_eq!(output.status.code(), Some(code), "{output:?}");
        json
    }

    /// Sends the issue with `smtp.preflight`.
    pub(crate) async fn send(&self, preflight: &str, variables: &[(&str, &str)]) -> Output {
        let mut variables = variables.to_vec();
        variables.push(("VERDICT_SMTP_PREFLIGHT", preflight));
        self.run_with(&["send", SLUG], &variables).await
    }

    pub(crate) async fn is_frozen(&self) -> bool {
        let edition = editions::find(&self.app.store, SLUG).await;
        edition.unwrap().is_some()
    }
}
