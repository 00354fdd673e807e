//! The harness: the real app on its own store, with the catcher as its relay and pages on a free port.
//!
//! ```ignore
//! let app = TestApp::on(Db::Sqlite).await;
//! app.issue("tea-vs-coffee").reader("ada@example.com").await;
//! app.send("tea-vs-coffee").await;
//! assert_eq!(app.catcher.len(), 1);
//! ```

use std::io::{Seek as _, Write as _};
use std::ops::Deref;
use std::path::Path;
use std::process::{Command, Output};
use std::sync::{Arc, Mutex};

use subscribers::address::Address;
use subscribers::consent::{Consent, ConsentSource};
use tempfile::TempDir;
use tokio::net::TcpListener;
use tokio_util::sync::CancellationToken;
use verdict::app::App;
use verdict::catcher::{Behaviour, Catcher};
use verdict::clock::Clock;
use verdict::config::Config;
use verdict::delivery::{self, Progress, RunResult};
use verdict::edition;
use verdict::outbox;
use verdict::readers::{self, Joiner};
use verdict::store::Store;
use verdict::store::deliveries::{self, Counts};
use verdict::store::editions::{self, Edition};
use verdict::store::nodes;
use verdict::store::subscribers::{self as list, Frequency, Subscriber};
use verdict::web;

use crate::database::{Db, HeldLedger, Schema, by_hand};
use crate::store_check::{check_at_the_end, store_check};

/// Runs each of these functions as a test on SQLite and on PostgreSQL. The compiler reports a function that is not
/// listed as dead code.
macro_rules! on_both_stores {
    ($($name:ident),+ $(,)?) => {$(
        mod $name {
            use crate::database::Db;
            use crate::test_app::run;

            #[test]
            fn sqlite() {
                run(super::$name(Db::Sqlite));
            }

            #[test]
            fn postgres() {
                run(super::$name(Db::Postgres));
            }
        }
    )+};
}
pub(crate) use on_both_stores;

/// Runs a test of both stores. insta mistakes the second use of an inline snapshot for a loop, so it is told to allow
/// that.
pub(crate) fn run(test: impl Future<Output = ()>) {
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build()
        .unwrap();
    insta::allow_duplicates! { runtime.block_on(test) }
}

/// An instance under test and its [`App`]. Its folder, schema, catcher and pages go with it.
pub(crate) struct TestApp {
    inner: App,
    pub(crate) catcher: Arc<Catcher>,
    pub(crate) site: String,
    pub(crate) dir: TempDir,
    pages: CancellationToken,
    sending: Mutex<CancellationToken>,
    schema: Option<Schema>,
}

impl TestApp {
    /// An instance on a new, empty store, with pages served on a free port.
    pub(crate) async fn on(db: Db) -> Self {
        Self::behaving(db, Behaviour::new()).await
    }

    /// An instance whose relay behaves in a given way.
    pub(crate) async fn behaving(db: Db, behaviour: Behaviour) -> Self {
        Self::tuned(db, behaviour, |_| {}).await
    }

    /// An instance with a relay's behaviour and a configuration.
    pub(crate) async fn tuned(
        db: Db,
        behaviour: Behaviour,
        tune: impl FnOnce(&mut Config),
    ) -> Self {
        Self::relaying(db, behaviour, plain_relay, tune).await
    }

    /// An instance whose `[smtp]` section needs the catcher and the folder.
    pub(crate) async fn relaying(
        db: Db,
        behaviour: Behaviour,
        smtp: impl FnOnce(&Catcher, &Path) -> String,
        tune: impl FnOnce(&mut Config),
    ) -> Self {
        let dir = tempfile::tempdir().unwrap();
        let (store, schema) = db.url(dir.path());
        Self::opened(dir, (&store, schema), behaviour, smtp, tune).await
    }

    /// An instance on a given store.
    pub(crate) async fn at(store: &str, behaviour: Behaviour) -> Self {
        let dir = tempfile::tempdir().unwrap();
        Self::opened(dir, (store, None), behaviour, plain_relay, |_| {}).await
    }

    async fn opened(
        dir: TempDir,
        (store, schema): (&str, Option<Schema>),
        behaviour: Behaviour,
        smtp: impl FnOnce(&Catcher, &Path) -> String,
        tune: impl FnOnce(&mut Config),
    ) -> Self {
        let clock = Clock::fixed("2026-11-23T08:00:00Z".parse().unwrap());
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let site = format!("http://{}", listener.local_addr().unwrap());
        let catcher = Arc::new(Catcher::start(behaviour).await.unwrap());
        write_config(dir.path(), &site, &smtp(&catcher, dir.path()), store);
        let mut config = Config::load(dir.path(), |_| None).unwrap();
        // A test sees at once what it has changed.
        config.web.cache = 0;
        tune(&mut config);
        let inner = App::with_config(dir.path(), config, clock).await.unwrap();
        let pages = CancellationToken::new();
        tokio::spawn(web::serve(
            listener,
            web::routes(inner.clone()),
            pages.clone(),
        ));
        let sending = Mutex::default();
        Self {
            inner,
            catcher,
            site,
            dir,
            pages,
            sending,
            schema,
        }
    }

    /// Writes a ready issue file with this slug.
    pub(crate) fn issue(&self, slug: &str) -> &Self {
        self.issue_file(slug, &sample_issue(slug))
    }

    /// Writes an issue file.
    pub(crate) fn issue_file(&self, slug: &str, text: &str) -> &Self {
        let folder = self.dir.path().join("issues");
        std::fs::create_dir_all(&folder).unwrap();
        std::fs::write(folder.join(format!("{slug}.toml")), text).unwrap();
        self
    }

    /// Puts a confirmed reader on the list.
    pub(crate) async fn reader(&self, email: &str) -> &Self {
        self.named_reader(email, None).await
    }

    /// Puts a confirmed reader with a name on the list.
    pub(crate) async fn named_reader(&self, email: &str, name: Option<&str>) -> &Self {
        let joiner = Joiner {
            address: Address::parse(email).unwrap(),
            name: name.map(str::to_owned),
            time_zone: None,
            frequency: Frequency::Every,
            paused_until: None,
        };
        readers::add(&self.inner, &[joiner], true, ConsentSource::Editor)
            .await
            .unwrap();
        self
    }

    /// Puts a confirmed reader in a time zone on the list.
    pub(crate) async fn reader_in(&self, email: &str, zone: &str) -> &Self {
        let joiner = Joiner {
            address: Address::parse(email).unwrap(),
            name: None,
            time_zone: (!zone.is_empty()).then(|| zone.to_owned()),
            frequency: Frequency::Every,
            paused_until: None,
        };
        readers::add(&self.inner, &[joiner], true, ConsentSource::Import)
            .await
            .unwrap();
        self
    }

    /// Puts `count` confirmed readers on the list: `reader-1@example.com` and so on.
    pub(crate) async fn readers(&self, count: usize) -> &Self {
        let joiners: Vec<_> = (1..=count)
            .map(|number| Joiner {
                address: Address::parse(&format!("reader-{number}@example.com")).unwrap(),
                name: None,
                time_zone: None,
                frequency: Frequency::Every,
                paused_until: None,
            })
            .collect();
        readers::add(&self.inner, &joiners, true, ConsentSource::Import)
            .await
            .unwrap();
        self
    }

    /// Freezes an issue and enrols, without sending.
    pub(crate) async fn freeze(&self, slug: &str) -> edition::Opened {
        edition::open(&self.inner, slug).await.unwrap()
    }

    pub(crate) async fn send(&self, slug: &str) -> RunResult {
        self.try_send(slug).await.unwrap()
    }

    /// Freezes, enrols and sends what is due; may fail.
    pub(crate) async fn try_send(&self, slug: &str) -> Result<RunResult, delivery::SendError> {
        let opened = self.freeze(slug).await;
        let progress = Arc::new(Progress::default());
        let stop = self.sending.lock().unwrap().clone();
        delivery::send(&self.inner, &opened.edition, progress, stop).await
    }

    /// Decides the requests and sends the messages that are due, as `verdict serve` does.
    pub(crate) async fn deliver_outbox(&self) {
        let node = self.node().await;
        loop {
            let round = outbox::deliver_due(&self.inner, node).await.unwrap();
            if round.done == 0 || round.relay_is_away {
                break;
            }
        }
        let mut tx = self.inner.store.begin().await.unwrap();
        nodes::leave(&mut tx, node).await.unwrap();
        tx.commit().await.unwrap();
    }

    /// Registers this process as a node.
    pub(crate) async fn node(&self) -> i64 {
        let mut tx = self.inner.store.begin().await.unwrap();
        let lease = std::time::Duration::from_secs(600);
        let node = nodes::register(&mut tx, "send", "a test", lease)
            .await
            .unwrap();
        tx.commit().await.unwrap();
        node
    }

    /// The link that begins with `path` in the last mail to an address.
    pub(crate) fn link(&self, email: &str, path: &str) -> String {
        let mails = self.catcher.for_recipient(email);
        let mail = mails.last().expect("a mail arrived");
        link_in(&mail.content, &format!("{}{path}", self.site))
    }

    /// Tells the running send to stop.
    pub(crate) fn stop_sending(&self) {
        self.sending.lock().unwrap().cancel();
    }

    /// Lets the next send run.
    pub(crate) fn go_on_sending(&self) {
        *self.sending.lock().unwrap() = CancellationToken::new();
    }

    pub(crate) async fn edition(&self, slug: &str) -> Edition {
        let found = editions::find(&self.inner.store, slug).await;
        found.unwrap().unwrap()
    }

    /// The counts of an edition's deliveries.
    pub(crate) async fn counts(&self, slug: &str) -> Counts {
        let edition = self.edition(slug).await;
        deliveries::counts(&self.inner.store, edition.id)
            .await
            .unwrap()
    }

    /// The addresses in doubt.
    pub(crate) async fn in_doubt(&self, slug: &str) -> Vec<String> {
        let edition = self.edition(slug).await;
        deliveries::in_doubt(&self.inner.store, edition.id)
            .await
            .unwrap()
    }

    pub(crate) async fn consent(&self, email: &str) -> Consent {
        let found = find_subscriber(&self.inner.store, email).await;
        found.unwrap().consent
    }

    /// The unsubscribe link in the last edition that an address received.
    pub(crate) fn unsubscribe_link(&self, email: &str) -> String {
        let link = |mail: &verdict::catcher::Mail| {
            let text = String::from_utf8(mail.content.clone()).unwrap();
            let (_, rest) = text.split_once("List-Unsubscribe: <")?;
            rest.split('>').next().map(str::to_owned)
        };
        let mails = self.catcher.for_recipient(email);
        mails
            .iter()
            .rev()
            .find_map(link)
            .expect("an edition arrived")
    }

    /// Ends the leases of all senders, as time would. On SQLite, the file lock decides.
    pub(crate) fn forget_leases(&self) {
        if let Some(schema) = &self.schema {
            schema.execute("UPDATE senders SET lease_until = 0");
        }
    }

    /// The instance's PostgreSQL schema.
    pub(crate) fn schema(&self) -> &Schema {
        self.schema.as_ref().expect("an instance on PostgreSQL")
    }

    /// Runs statements directly, as an operator could.
    pub(crate) fn by_hand(&self, statements: &str) {
        let file = self.inner.store.file().unwrap_or(Path::new(""));
        by_hand(self.schema.as_ref(), file, statements);
    }

    /// Locks the ledger against writers; reading continues.
    pub(crate) async fn hold_ledger(&self) -> HeldLedger {
        match &self.schema {
            Some(schema) => HeldLedger::Table(schema.hold("deliveries")),
            None => HeldLedger::File(self.inner.store.begin().await.unwrap()),
        }
    }

    /// Checks what must hold of every store.
    pub(crate) fn check_store(&self) -> Result<(), String> {
        let file = self.inner.store.file().unwrap_or(Path::new(""));
        store_check(self.schema.as_ref(), file)
    }

    /// Runs the binary on this instance.
    pub(crate) fn verdict(&self, args: &[&str]) -> Output {
        verdict(self.dir.path(), args)
    }

    /// Runs the binary on this instance, with this on standard input.
    pub(crate) fn verdict_reading(&self, args: &[&str], input: &[u8]) -> Output {
        let mut file = tempfile::tempfile().unwrap();
        file.write_all(input).unwrap();
        file.rewind().unwrap();
        command(self.dir.path(), args).stdin(file).output().unwrap()
    }
}

impl Deref for TestApp {
    type Target = App;

    fn deref(&self) -> &App {
        &self.inner
    }
}

impl Drop for TestApp {
    fn drop(&mut self) {
        self.pages.cancel();
        check_at_the_end(self.schema.as_ref(), self.inner.store.file());
        drop(self.schema.take());
    }
}

/// The first address in the text part of a mail that begins with `start`.
fn link_in(content: &[u8], start: &str) -> String {
    let message = mail_parser::MessageParser::default()
        .parse(content)
        .unwrap();
    let text = message.body_text(0).unwrap().into_owned();
    let at = text
        .find(start)
        .unwrap_or_else(|| panic!("no {start} in:\n{text}"));
    let rest = text[at..].split_whitespace().next().unwrap();
    rest.to_owned()
}

/// Runs the binary on an instance folder.
pub(crate) fn verdict(dir: &Path, args: &[&str]) -> Output {
    command(dir, args).output().unwrap()
}

fn command(dir: &Path, args: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_verdict"));
    command.arg("--dir").arg(dir).args(args);
    command.env_remove("VERDICT_SECRET");
    command
}

/// Standard output of a command that must have succeeded.
pub(crate) fn stdout(output: &Output) -> String {
    assert!(
        output.status.success(),
        "{:?}\n{}\n{}",
        output.status,
        String::from_utf8_lossy(&output.stdout),
        String::from_utf8_lossy(&output.stderr)
    );
    String::from_utf8(output.stdout.clone()).unwrap()
}

pub(crate) fn stderr(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).unwrap()
}

fn plain_relay(catcher: &Catcher, _: &Path) -> String {
    format!("url = \"{}\"\nconnections = 4", catcher.url())
}

fn write_config(dir: &Path, site: &str, smtp: &str, store: &str) {
    let config = format!(
        r#"
        [newsletter]
        name = "Weekly AI Tool Verdicts"
        tagline = "Two tools, one question, every week"
        from = "Verdict <weekly@example.org>"
        postal_address = "Verdict, 1 Sample Street, Exampleton"

        [schedule]
        cron = "0 9 * * thu"
        time_zone = "Europe/Berlin"

        [store]
        url = "{store}"

        [smtp]
        preflight = "off"
        {smtp}

        [web]
        listen = "127.0.0.1:0"
        base_url = "{site}"
        "#
    );
    std::fs::write(dir.join("verdict.toml"), config).unwrap();
}

/// A small ready issue.
pub(crate) fn sample_issue(slug: &str) -> String {
    let tool = |name: &str, verdict: &str| {
        format!(
            r#"
[[tools]]
name = "{name}"
maker = "Sample Works"
category = "Writing"
tagline = "{name} in one line"
price = "free"
url = "https://example.com/{slug}"
description = "What *{name}* is."

[[tools.reviews]]
reviewer = "builder"
verdict = "{verdict}"
quote = "{name}: {verdict} it."
"#
        )
    };
    format!(
        "question = \"Which of the two in {slug}?\"\nintro = \"An intro.\"\nstatus = \"ready\"\n{}{}",
        tool(&format!("Alpha of {slug}"), "ship"),
        tool(&format!("Beta of {slug}"), "skip"),
    )
}

/// The subscriber with this address.
pub(crate) async fn find_subscriber(store: &Store, email: &str) -> Option<Subscriber> {
    let address = Address::parse(email).unwrap();
    list::find(store, address.key()).await.unwrap()
}
