//! The senders, each in its own process: setting up is not measured.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use lettre::address::Envelope;
use lettre::transport::smtp::PoolConfig;
use lettre::{AsyncSmtpTransport, AsyncTransport, Tokio1Executor};
use serde::{Deserialize, Serialize};
use tokio::runtime::Runtime;
use tokio::task::JoinSet;
use tokio_util::sync::CancellationToken;
use verdict::app::App;
use verdict::delivery::{self, Progress};
use verdict::edition::render::Mail;
use verdict::{edition, smtp};

use crate::press::{self, LARGE, Place, SLUG};
use crate::process::Spent;
use crate::schema::Schema;
use crate::server::ServerCost;
use crate::signatures;
use crate::stock::Content;

/// A sender.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum Way {
    /// Verdict with its ledger in a SQLite file.
    Sqlite,
    /// Verdict with its ledger in PostgreSQL.
    Postgres,
    /// Verdict with its ledger in a SQLite file, each mail signed by RSA and by Ed25519; on all cores.
    Signed,
    /// The same, signed by Ed25519 alone; on one core.
    SignedByEd25519,
    /// Verdict's mails and conversations, without a ledger.
    Ledgerless,
    /// lettre's pool, each message built by lettre.
    Building,
    /// lettre's pool, the same bytes for every reader.
    Prepared,
}

/// What a client's sending costs, and the server of its ledger if that has one.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
pub(crate) struct Sent {
    pub(crate) spent: Spent,
    pub(crate) server: Option<ServerCost>,
}

impl From<Spent> for Sent {
    fn from(spent: Spent) -> Self {
        Self {
            spent,
            server: None,
        }
    }
}

/// A run of a client.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
pub(crate) struct Job {
    pub(crate) way: Way,
    pub(crate) port: u16,
    pub(crate) connections: usize,
    pub(crate) messages: usize,
}

impl Job {
    pub(crate) fn run(self) -> Sent {
        let dir = tempfile::tempdir().unwrap();
        let schema = (self.way == Way::Postgres).then(|| Schema::make("client").unwrap());
        let place = Place {
            dir: dir.path(),
            store: schema.as_ref().map(|schema| schema.url.clone()),
            port: self.port,
            connections: self.connections,
        };
        Runtime::new().unwrap().block_on(async {
            let app = place.open(LARGE).await;
            let app = match self.way {
                Way::Signed => signatures::signing(app, true),
                Way::SignedByEd25519 => signatures::signing(app, false),
                _ => app,
            };
            let sent = match self.way {
                Way::Sqlite | Way::Postgres | Way::Signed | Way::SignedByEd25519 => {
                    self.with_ledger(&app, schema.as_ref()).await
                }
                Way::Ledgerless => self.without_ledger(&app).await.into(),
                Way::Building | Way::Prepared => self.lettre(&app).await.into(),
            };
            app.store.close().await;
            sent
        })
    }

    /// With claims, marks and outcomes.
    async fn with_ledger(self, app: &App, schema: Option<&Schema>) -> Sent {
        press::fill_list(app, self.messages).await;
        let log = schema.map(Schema::log_position);
        let edition = edition::open(app, SLUG).await.unwrap().edition;
        let progress = Arc::new(Progress::default());
        let cpu = schema.map(Schema::processor_time);
        let spent = Spent::on(async {
            delivery::send(app, &edition, progress, CancellationToken::new())
                .await
                .unwrap();
        })
        .await;
        let server = schema
            .zip(log)
            .zip(cpu)
            .map(|((schema, log), cpu)| ServerCost {
                cpu: schema.processor_time().saturating_sub(cpu),
                log: schema.log_since(&log),
            });
        Sent { spent, server }
    }

    async fn without_ledger(self, app: &App) -> Spent {
        let mail = Arc::new(press::frozen(app).await);
        Spent::on(self.spread(|numbers| converse(app.clone(), Arc::clone(&mail), numbers))).await
    }

    async fn lettre(self, app: &App) -> Spent {
        let content = Content::of(&sample(app).await);
        let prepared =
            (self.way == Way::Prepared).then(|| content.message(&press::joiner(0)).formatted());
        let submission = Arc::new(Submission { content, prepared });
        let pool = PoolConfig::new().max_size(self.connections as u32);
        let transport = AsyncSmtpTransport::<Tokio1Executor>::builder_dangerous("127.0.0.1")
            .port(self.port)
            .pool_config(pool)
            .build();
        let submit = |numbers| submit(transport.clone(), Arc::clone(&submission), numbers);
        Spent::on(self.spread(submit)).await
    }

    /// One task for each connection; they take the readers' numbers from one counter.
    async fn spread<F>(self, task: impl Fn(Numbers) -> F)
    where
        F: Future<Output = ()> + Send + 'static,
    {
        let numbers = Numbers {
            next: Arc::default(),
            end: self.messages,
        };
        let mut tasks = JoinSet::new();
        for _ in 0..self.connections {
            tasks.spawn(task(numbers.clone()));
        }
        while let Some(task) = tasks.join_next().await {
            task.unwrap();
        }
    }
}

/// The readers without a mail yet.
#[derive(Clone)]
struct Numbers {
    next: Arc<AtomicUsize>,
    end: usize,
}

impl Iterator for Numbers {
    type Item = usize;

    fn next(&mut self) -> Option<usize> {
        let number = self.next.fetch_add(1, Ordering::Relaxed);
        (number < self.end).then_some(number)
    }
}

pub(crate) async fn sample(app: &App) -> Vec<u8> {
    let mail = press::frozen(app).await;
    let mut content = Vec::new();
    press::compose(app, &mail, 0, &press::joiner(0), &mut content);
    content
}

/// One of Verdict's conversations: the next envelope goes out behind each content.
async fn converse(app: App, mail: Arc<Mail>, mut numbers: Numbers) {
    let hello = app.config.smtp.bounce_address.domain_ascii();
    let opened = smtp::Conversation::open(&app.config.smtp.relay, hello).await;
    let mut conversation = opened.unwrap();
    let mut content = Vec::new();
    let mut first = true;
    let mut turn = numbers.next().map(|number| Turn::new(&app, number));
    while let Some(now) = turn {
        if std::mem::take(&mut first) {
            conversation.envelope(now.envelope()).await.unwrap();
        }
        press::compose(&app, &mail, now.number, &now.reader, &mut content);
        let next = numbers.next().map(|number| Turn::new(&app, number));
        let envelope = next.as_ref().map(Turn::envelope);
        let written = conversation.content(&mut content, envelope).await;
        assert_eq!(written.content.unwrap().code, 250);
        written.next.transpose().unwrap();
        turn = next;
    }
    conversation.quit().await;
}

struct Turn {
    number: usize,
    reader: verdict::readers::Joiner,
    return_path: String,
    to: String,
}

impl Turn {
    fn new(app: &App, number: usize) -> Self {
        let reader = press::joiner(number);
        Self {
            number,
            return_path: press::return_path(app, number),
            to: reader.address.on_the_wire().into_owned(),
            reader,
        }
    }

    fn envelope(&self) -> smtp::Envelope<'_> {
        smtp::Envelope {
            from: &self.return_path,
            to: &self.to,
            octets: None,
        }
    }
}

/// The input for lettre.
struct Submission {
    content: Content,
    /// The same bytes for every reader; if `None`, each message is built.
    prepared: Option<Vec<u8>>,
}

async fn submit(
    transport: AsyncSmtpTransport<Tokio1Executor>,
    submission: Arc<Submission>,
    numbers: Numbers,
) {
    for number in numbers {
        let reader = press::joiner(number);
        let sent = if let Some(bytes) = &submission.prepared {
            let from = Some("weekly@example.com".parse().unwrap());
            let to = reader.address.on_the_wire().parse().unwrap();
            let envelope = Envelope::new(from, vec![to]).unwrap();
            transport.send_raw(&envelope, bytes).await
        } else {
            transport.send(submission.content.message(&reader)).await
        };
        assert!(sent.unwrap().is_positive());
    }
}

/// The size of a reader's mail, in bytes.
pub(crate) fn size_of_mail() -> usize {
    let dir = tempfile::tempdir().unwrap();
    let place = Place {
        dir: dir.path(),
        store: None,
        port: 25,
        connections: 1,
    };
    Runtime::new().unwrap().block_on(async {
        let app = place.open(LARGE).await;
        let size = sample(&app).await.len();
        app.store.close().await;
        size
    })
}
