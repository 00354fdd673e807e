//! The command line as clap types; their doc comments are the help texts.

use std::net::SocketAddr;
use std::num::NonZeroU32;
use std::path::PathBuf;

use chrono::{DateTime, FixedOffset, NaiveDate, TimeDelta};
use clap::builder::{PossibleValuesParser, TypedValueParser};
use clap::{Args, Parser, Subcommand, ValueEnum};
use clap_complete::Shell;
use strum::IntoEnumIterator as _;
use subscribers::address::Address;
use subscribers::consent::Consent;

use crate::config;
use crate::serve::Part;

/// A self-hosted newsletter press: one TOML file becomes a mail in every confirmed reader's inbox.
#[derive(Debug, Parser)]
#[command(
    name = "verdict",
    version,
    propagate_version = true,
    arg_required_else_help = true
)]
pub struct Cli {
    /// The instance folder, which holds verdict.toml and issues/
    #[arg(long, global = true, default_value = ".", value_name = "DIR")]
    pub dir: PathBuf,
    #[command(subcommand)]
    pub command: Command,
}

#[derive(Debug, Subcommand)]
pub enum Command {
    /// Show the whole press at work, with sample readers and nothing outside this machine
    Demo(DemoArgs),
    /// Make an instance folder: configuration, sample issue, .gitignore
    Init {
        /// The folder; made if it does not exist
        dir: PathBuf,
    },
    /// Write an issue file to fill in, with every key explained, dated for the next free slot
    New(NewArgs),
    /// Check issue files: every mistake with file, line, column and a suggestion
    Check(CheckArgs),
    /// Show an issue's mail and page in the browser, and reload them when you save
    Preview(PreviewArgs),
    /// Print the issue format as a JSON Schema, for programs that complete and check while you type
    Schema,
    /// Approve an issue exactly as it is now, for newsletters that require it: any change makes this void
    Approve(ApproveArgs),
    /// Show the coming slots, which issue each would get, and what that lacks
    Calendar {
        /// How many slots
        #[arg(long, default_value_t = 8, value_parser = clap::value_parser!(u16).range(1..=520))]
        count: u16,
    },
    /// Work with schedules
    #[command(subcommand)]
    Schedule(ScheduleCommand),
    /// Work with the list
    #[command(subcommand)]
    Subscribers(SubscribersCommand),
    /// Import the exports of another newsletter system, after showing what would become of everyone
    Import(ImportArgs),
    /// Freeze an issue, enrol every confirmed subscriber and send; run it again to continue
    Send(SendArgs),
    /// Pause an edition: no machine begins another mail of it until you run `resume`
    Pause {
        /// The issue's slug
        slug: String,
    },
    /// Correct an issue while its edition is paused: those who have not received it yet get the text that its file has now
    Revise(ReviseArgs),
    /// Resume a paused edition
    Resume {
        /// The issue's slug
        slug: String,
    },
    /// End an edition for good: readers who have not received it yet never will. This can't be undone
    Cancel {
        /// The issue's slug
        slug: String,
    },
    /// List mails in doubt because no reply came, or settle them
    Settle(SettleArgs),
    /// Send an edition again, only to readers who did not get it
    Resend(ResendArgs),
    /// Shrink the ledger of old editions, of which nothing can be sent again then
    Compact(CompactArgs),
    /// Write the exact mail of one reader to standard output
    Render {
        /// The issue's slug
        slug: String,
        /// The reader's address
        #[arg(long, value_name = "EMAIL")]
        to: String,
    },
    /// Show the ledger's summary of one edition, or of all
    Status {
        /// The issue's slug
        slug: Option<String>,
        /// Print JSON
        #[arg(long)]
        json: bool,
    },
    /// Report what became of an edition: who is missing and why, who left, votes by hour, and growth
    Report(ReportArgs),
    /// List every edition with its outcome, the relay's reply and the time, for one address
    Why {
        /// The reader's address, or `-` to read a bounce or a complaint from standard input
        email: String,
    },
    /// Look for what keeps mail from arriving: relay, DNS, pages and this machine, with what to do about it
    Doctor {
        /// Print JSON
        #[arg(long)]
        json: bool,
    },
    /// Make the keys that sign mails (DKIM), replace them, and print their DNS records
    #[command(subcommand)]
    Dkim(DkimCommand),
    /// Run schedule, sender and web in one process
    Serve(ServeArgs),
    /// Print the manual page, or write one for each command into a folder
    Man {
        /// The folder; made if it does not exist
        #[arg(value_name = "DIR")]
        folder: Option<PathBuf>,
    },
    /// Print a completion script for your shell
    Completions {
        /// The shell
        shell: Shell,
    },
}

#[derive(Debug, Subcommand)]
pub enum DkimCommand {
    /// Make an RSA and an Ed25519 key, name them in verdict.toml and print the DNS records to publish
    Init {
        /// The domain that signs [default: that of newsletter.from]
        #[arg(long)]
        domain: Option<String>,
        /// What the selectors begin with [default: verdict- and the date]
        #[arg(long, value_name = "NAME")]
        selector: Option<String>,
    },
    /// Make keys that replace those in use, and print the DNS records to publish first
    Rotate {
        /// What the new selectors begin with [default: verdict- and the date]
        #[arg(long, value_name = "NAME")]
        selector: Option<String>,
        /// Sign with the new keys, whose records are published, and with the old ones no more
        #[arg(long, conflicts_with = "selector")]
        finish: bool,
    },
    /// Print the DNS record of each key
    Records,
}

#[derive(Debug, Args)]
pub struct ReviseArgs {
    /// The issue's slug
    pub slug: String,
    /// Mail a correction notice to those who have an earlier text: what was wrong, and what is right
    #[arg(long)]
    pub notify: bool,
    /// List who has an earlier text, one address a line, with which one; write nothing
    #[arg(long, conflicts_with = "notify")]
    pub list: bool,
}

#[derive(Debug, Args)]
pub struct SendArgs {
    /// The issue's slug: its file name without .toml
    pub slug: String,
    /// Print everyone who would get it, one address a line, and why others would not; write nothing
    #[arg(long, conflicts_with_all = ["test", "yes"])]
    pub dry_run: bool,
    /// Mail the issue, draft or ready, to these addresses only, marked as a test; they need not be on the list
    #[arg(long, value_name = "EMAIL,…", value_delimiter = ',', conflicts_with = "yes", value_parser = address)]
    pub test: Vec<Address>,
    /// Send without asking
    #[arg(long)]
    pub yes: bool,
}

fn address(text: &str) -> Result<Address, String> {
    Address::parse(text.trim()).map_err(|error| error.to_string())
}

#[derive(Debug, Args)]
pub struct NewArgs {
    /// The name of the first tool, with its version
    pub tool_a: String,
    /// The name of the second tool
    pub tool_b: String,
    /// The day to send it, such as 2026-12-01; the next free slot's if not given
    #[arg(long, value_name = "DATE", value_parser = day)]
    pub send_on: Option<NaiveDate>,
    /// The file's name without .toml; made from the tools' names if not given
    #[arg(long, value_name = "SLUG")]
    pub slug: Option<String>,
}

/// A day with four digits for the year, as in TOML.
fn day(text: &str) -> Result<NaiveDate, &'static str> {
    let date = text.parse::<NaiveDate>().ok();
    date.filter(|date| text.len() == 10 && date.to_string() == text)
        .ok_or("expected a day such as 2026-12-01")
}

#[derive(Debug, Args)]
pub struct ApproveArgs {
    /// The issue's slug: its file name without .toml
    pub slug: String,
    /// Your name. The author can't approve their own issue
    #[arg(long = "as", value_name = "NAME", value_parser = person)]
    pub name: String,
    /// Print the approval as a line for the issue's file instead, for issues under version control
    #[arg(long)]
    pub print: bool,
}

/// A name on one line.
fn person(text: &str) -> Result<String, String> {
    let name = text.trim();
    let most = crate::issue::limits::PERSON;
    if name.is_empty() || name.chars().any(char::is_control) {
        return Err("write a name on one line".to_owned());
    }
    if name.chars().count() > most {
        return Err(format!("a name has at most {most} characters"));
    }
    Ok(name.to_owned())
}

#[derive(Debug, Args)]
pub struct ImportArgs {
    /// All files to import: CSV, JSON or lists of addresses, folders, or zip archives; or
    /// postgres://USER:PASSWORD@HOST/DATABASE for a listmonk database
    #[arg(required_unless_present = "undo", value_name = "FILE")]
    pub files: Vec<PathBuf>,
    /// The system that they come from; detected if not given
    #[arg(long, value_name = "SYSTEM")]
    pub from: Option<String>,
    /// The list or newsletter to import, if the files hold several
    #[arg(long, value_name = "NAME")]
    pub list: Option<String>,
    /// Take everyone in the files as unsubscribed, bounced, complained or blocked
    #[arg(long = "as", value_name = "STATUS", conflicts_with_all = ["from", "list", "confirmed"])]
    pub status: Option<String>,
    /// Import readers without a status as confirmed: you vouch for them
    #[arg(long)]
    pub confirmed: bool,
    /// Mail pending readers a link to confirm, once: PER_HOUR of them an hour, 500 if not given
    #[arg(long, value_name = "PER_HOUR", num_args = 0..=1, require_equals = true, default_missing_value = "500")]
    pub ask: Option<NonZeroU32>,
    /// Import even if the files do not show who left
    #[arg(long)]
    pub anyway: bool,
    /// Write without asking
    #[arg(long)]
    pub yes: bool,
    /// Print the plan and the result as JSON
    #[arg(long)]
    pub json: bool,
    /// Where to write rows that were rejected or fixed; subscribers/import-N.csv in the instance if not given
    #[arg(long, value_name = "FILE")]
    pub report: Option<PathBuf>,
    /// Undo the import with this number, except for readers who were mailed or did something since
    #[arg(long, value_name = "N", conflicts_with = "files")]
    pub undo: Option<i64>,
}

#[derive(Debug, Args)]
pub struct ReportArgs {
    /// The issue's slug
    pub slug: String,
    /// Print JSON
    #[arg(long)]
    pub json: bool,
    /// Print one HTML file with charts, which loads nothing
    #[arg(long, conflicts_with = "json")]
    pub html: bool,
}

#[derive(Debug, Args)]
pub struct ServeArgs {
    /// Run only these parts: machines can share the work on one PostgreSQL database
    #[arg(long, value_name = "PART", value_delimiter = ',')]
    pub only: Vec<Part>,
}

#[derive(Debug, Args)]
pub struct SettleArgs {
    /// The issue's slug
    pub slug: String,
    #[command(flatten)]
    pub decision: Decision,
    /// Only these readers; everyone in doubt if none is given
    #[arg(value_name = "EMAIL", requires = "decision")]
    pub emails: Vec<String>,
}

#[derive(Clone, Copy, Debug, Args)]
#[group(id = "decision", multiple = false)]
pub struct Decision {
    /// Send these mails again, under the same Message-ID
    #[arg(long)]
    pub resend: bool,
    /// Leave these mails as they are: no longer in doubt, not sent again
    #[arg(long)]
    pub leave: bool,
}

#[derive(Debug, Args)]
pub struct ResendArgs {
    /// The issue's slug
    pub slug: String,
    #[command(flatten)]
    pub what: ResendWhat,
}

#[derive(Clone, Copy, Debug, Args)]
#[group(required = true, multiple = true)]
pub struct ResendWhat {
    /// Readers whom the relay refused, if they may still get mail
    #[arg(long)]
    pub refused: bool,
    /// Readers whose mail the relay deferred: now, not when it is due
    #[arg(long)]
    pub deferred: bool,
}

#[derive(Debug, Args)]
#[group(required = true, multiple = false)]
pub struct CompactArgs {
    /// The issues' slugs
    #[arg(value_name = "SLUG")]
    pub slugs: Vec<String>,
    /// Every edition that ended this long ago, such as 180d, or earlier
    #[arg(long, value_name = "AGE", value_parser = config::compact_after)]
    pub older_than: Option<TimeDelta>,
}

#[derive(Debug, Args)]
pub struct DemoArgs {
    /// End after the send; exit 0 only if every mail arrived
    #[arg(long)]
    pub once: bool,
    /// Where to serve the site and the inbox
    #[arg(long, default_value = "127.0.0.1:0", value_name = "ADDRESS:PORT")]
    pub listen: SocketAddr,
}

#[derive(Debug, Args)]
pub struct CheckArgs {
    /// Issue files or folders of them; the instance's issues/ if none is given
    pub paths: Vec<PathBuf>,
    /// Take warnings as errors
    #[arg(long)]
    pub strict: bool,
    /// Ask whether links answer: HEAD or GET requests, never to a private address
    #[arg(long)]
    pub links: bool,
    /// How to print the findings; `github` as workflow commands, which show them beside the lines of a change
    #[arg(long, value_enum, value_name = "FORMAT", default_value_t)]
    pub format: CheckFormat,
    /// The same as `--format json`
    #[arg(long, hide = true, conflicts_with = "format")]
    pub json: bool,
}

#[derive(Debug, Args)]
pub struct PreviewArgs {
    /// An issue file, or the slug of one in issues/; all of the instance's issues if not given
    pub file: Option<PathBuf>,
    /// Where to serve the preview, on this machine only; a free port if not given
    #[arg(long, default_value = "127.0.0.1:0", value_name = "ADDRESS:PORT", value_parser = loopback)]
    pub listen: SocketAddr,
}

fn loopback(text: &str) -> Result<SocketAddr, String> {
    let address: SocketAddr = text.parse().map_err(|error| format!("{error}"))?;
    match address.ip().is_loopback() {
        true => Ok(address),
        false => Err("drafts are shown on this machine only: use 127.0.0.1 or [::1]".to_owned()),
    }
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum CheckFormat {
    #[default]
    Text,
    Json,
    Github,
}

#[derive(Debug, Subcommand)]
pub enum ScheduleCommand {
    /// Print the coming instants of a schedule in UTC, as RFC 3339, one a line
    Next {
        /// A five-field crontab expression
        #[arg(long, value_name = "EXPR", allow_hyphen_values = true)]
        cron: String,
        /// An IANA time zone
        #[arg(long, value_name = "ZONE")]
        zone: String,
        /// Only instants after this one, RFC 3339; schedules run from 1970 to 2100
        #[arg(long, value_name = "INSTANT", value_parser = instant)]
        after: DateTime<FixedOffset>,
        /// How many instants
        #[arg(long, default_value_t = 1, value_parser = clap::value_parser!(u32).range(1..))]
        count: u32,
    },
}

fn instant(text: &str) -> Result<DateTime<FixedOffset>, &'static str> {
    DateTime::parse_from_rfc3339(text).map_err(
        |_| "expected an instant such as 2026-11-23T09:00:00Z or 2026-11-23T09:00:00+01:00",
    )
}

#[derive(Debug, Subcommand)]
pub enum SubscribersCommand {
    /// Import a CSV file with a header row: email, and where known name, time_zone, frequency and paused_until
    Import {
        /// The file
        file: PathBuf,
        /// They have all confirmed; without this they are pending and get no mail
        #[arg(long)]
        confirmed: bool,
        /// Where to write rejected rows; FILE.rejected.csv if not given
        #[arg(long, value_name = "FILE")]
        rejected: Option<PathBuf>,
    },
    /// Add one confirmed subscriber
    Add {
        /// The address
        email: String,
        /// The reader's name
        #[arg(long)]
        name: Option<String>,
        /// The reader's IANA time zone
        #[arg(long, value_name = "ZONE")]
        time_zone: Option<String>,
        /// They have not confirmed yet
        #[arg(long)]
        pending: bool,
    },
    /// Take a subscriber off the list, or block an address that isn't on it
    Remove {
        /// The address
        #[arg(required_unless_present = "token", conflicts_with = "token")]
        email: Option<String>,
        /// Instead of an address, the token of a mail to `smtp.unsubscribe_address`, or an address or link that contains it; `-` reads the whole mail from standard input
        #[arg(long, value_name = "TOKEN", allow_hyphen_values = true)]
        token: Option<String>,
        /// Why, for the record
        #[arg(long)]
        reason: Option<String>,
        /// Forget everything about them but a keyed hash that keeps them from being added again
        #[arg(long, conflicts_with = "token")]
        erase: bool,
    },
    /// List subscribers, one a line: address, consent, name, time zone, frequency, end of a pause
    List {
        /// Only those with this consent
        #[arg(long, value_parser = consent())]
        consent: Option<Consent>,
    },
    /// Write the list as CSV, in the form that import reads
    Export {
        /// The file; standard output if not given
        file: Option<PathBuf>,
        /// Only those with this consent
        #[arg(long, value_parser = consent())]
        consent: Option<Consent>,
    },
}

fn consent() -> impl TypedValueParser<Value = Consent> {
    let words = Consent::iter().map(<&str>::from);
    PossibleValuesParser::new(words).try_map(|word| word.parse::<Consent>())
}
