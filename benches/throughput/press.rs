//! An instance for the benches, with an issue of a given size, and readers.

use std::fmt::Write as _;
use std::path::Path;

use subscribers::address::Address;
use subscribers::consent::ConsentSource;
use subscribers::token::{self, Purpose, Token};
use verdict::app::App;
use verdict::clock::Clock;
use verdict::config::Config;
use verdict::config::instance;
use verdict::delivery::personalise;
use verdict::edition;
use verdict::edition::render::Mail;
use verdict::readers::{self, Joiner};
use verdict::store::subscribers::Frequency;

/// The issue's slug.
pub(crate) const SLUG: &str = "large-vs-small";

/// An edition outside the ledger, to compose mails without one.
const EDITION: i64 = 1;

/// Readers added in one transaction, as `subscribers import` does.
const BATCH: usize = 20_000;

/// How much of an issue file's limits is used.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Fill {
    /// The share of each text's limit.
    texts: f64,
    facts: usize,
    reviews: usize,
}

/// A mail of about 48 KB.
pub(crate) const LARGE: Fill = Fill {
    texts: 0.334,
    facts: 12,
    reviews: 5,
};

/// As small as a mail with a comparison can be.
pub(crate) const SMALL: Fill = Fill {
    texts: 0.01,
    facts: 0,
    reviews: 1,
};

/// Where an instance's list is and where it sends.
pub(crate) struct Place<'a> {
    pub(crate) dir: &'a Path,
    /// `None`: a SQLite file in the folder.
    pub(crate) store: Option<String>,
    pub(crate) port: u16,
    pub(crate) connections: usize,
}

impl Place<'_> {
    /// Writes the instance's files, if missing, and opens it.
    pub(crate) async fn open(&self, fill: Fill) -> App {
        let issue = self.dir.join(format!("issues/{SLUG}.toml"));
        if !issue.exists() {
            std::fs::create_dir_all(issue.parent().unwrap()).unwrap();
            std::fs::write(&issue, text_of_issue(fill)).unwrap();
            std::fs::write(self.dir.join("verdict.toml"), instance::CONFIG).unwrap();
        }
        let config = Config::load(self.dir, |name| match name {
            "VERDICT_SMTP_URL" => Some(format!("smtp://127.0.0.1:{}?tls=none", self.port)),
            "VERDICT_SMTP_CONNECTIONS" => Some(self.connections.to_string()),
            "VERDICT_STORE_URL" => self.store.clone(),
            _ => None,
        });
        App::with_config(self.dir, config.unwrap(), Clock::system())
            .await
            .unwrap()
    }
}

/// Writes the issue once more under another slug, which it returns.
pub(crate) fn another_issue(dir: &Path, number: usize) -> String {
    let slug = format!("{SLUG}-{number}");
    let first = std::fs::read_to_string(dir.join(format!("issues/{SLUG}.toml"))).unwrap();
    std::fs::write(dir.join(format!("issues/{slug}.toml")), first).unwrap();
    slug
}

/// Adds this many confirmed readers to the list.
pub(crate) async fn fill_list(app: &App, readers: usize) {
    for first in (0..readers).step_by(BATCH) {
        let batch: Vec<_> = (first..readers.min(first + BATCH)).map(joiner).collect();
        let added = readers::add(app, &batch, true, ConsentSource::Import).await;
        assert_eq!(added.unwrap().accepted, batch.len() as u64);
    }
}

/// A reader; half of them have a name. The numbers are scattered, like addresses on a real list.
pub(crate) fn joiner(number: usize) -> Joiner {
    let scattered = (number as u64).wrapping_mul(0x9E37_79B9_7F4A_7C15) >> 40;
    let address = format!("reader-{scattered}.{number}@example.com");
    Joiner {
        address: Address::parse(&address).unwrap(),
        name: number.is_multiple_of(2).then(|| format!("Reader {number}")),
        time_zone: None,
        frequency: Frequency::Every,
        paused_until: None,
    }
}

/// The issue's mail, as frozen now.
pub(crate) async fn frozen(app: &App) -> Mail {
    let issue = edition::checked_issue(app, SLUG).await.unwrap();
    let (_, frozen) = edition::freeze(app, &issue, None).await.unwrap();
    Mail::parse(&frozen.mail, app.locale()).unwrap()
}

/// Composes a reader's mail as the sender does, with signed links.
pub(crate) fn compose(
    app: &App,
    mail: &Mail,
    number: usize,
    reader: &Joiner,
    content: &mut Vec<u8>,
) {
    let delivery = personalise::Delivery {
        edition: EDITION,
        subscriber: number as i64,
        address_tag: 0,
        address: &reader.address,
        name: reader.name.as_deref(),
        date: personalise::date(0, app.config.schedule.time_zone),
    };
    personalise::compose(&app.key, mail, &delivery, content);
}

/// The envelope's sender, one for each reader, as the sender makes it.
pub(crate) fn return_path(app: &App, number: usize) -> String {
    let token = Token::new(Purpose::Bounce, number as i64, EDITION);
    token::return_path(&app.key, &app.config.smtp.bounce_address, token)
}

fn text_of_issue(fill: Fill) -> String {
    let text = |limit: f64| prose((limit * fill.texts) as usize);
    let mut toml = format!(
        "status = \"ready\"\nquestion = \"{}\"\nintro = \"{}\"\n",
        text(200.0),
        text(2000.0)
    );
    for name in ["Large", "Small"] {
        let _ = write!(
            toml,
            "\n[[tools]]\nname = \"{name}\"\nmaker = \"A maker\"\ncategory = \"Developer tool\"\n\
             tagline = \"{}\"\nprice = \"free\"\nurl = \"https://{name}.example.com/\"\n\
             description = \"{}\"\nfacts = [\n",
            text(140.0),
            text(4000.0)
        );
        for _ in 0..fill.facts {
            let _ = writeln!(toml, "  \"{}\",", text(240.0));
        }
        toml.push_str("]\n");
        let roles = ["builder", "skeptic", "futurist", "creator", "founder"];
        for role in &roles[..fill.reviews] {
            let _ = write!(
                toml,
                "\n[[tools.reviews]]\nreviewer = \"{role}\"\nverdict = \"ship\"\nquote = \"{}\"\n",
                text(600.0)
            );
        }
    }
    toml
}

/// This many characters of English, a few of them outside ASCII, as in real issues.
fn prose(length: usize) -> String {
    let sentence =
        "It reads the manual’s examples, runs them, and says which of them fail and why. ";
    let text: String = sentence.chars().cycle().take(length.max(8)).collect();
    text.trim_end().to_owned()
}
