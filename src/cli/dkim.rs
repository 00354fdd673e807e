//! `verdict dkim`: keys, their DNS records, and how one pair of keys replaces another.
//!
//! The key files are on disk before `verdict.toml` names them, and it changes by one rename: a command killed at any
//! moment leaves a configuration that works.

mod config_file;

use std::fs;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use chrono::Days;

use super::{CliResult, exit_code};
use crate::cli::arguments::DkimCommand;
use crate::cli::output;
use crate::clock::Clock;
use crate::config::{self, Config, Dkim};
use crate::dkim::{Record, Selector, Signer, SigningKey};
use crate::private_file;
use config_file::ConfigFile;

/// Old records stay this long: relays retry for five days (RFC 5321 §4.5.4.1), and readers' servers check on arrival.
const KEEP_OLD: Days = Days::new(7);

pub(super) fn run(dir: &Path, command: DkimCommand) -> CliResult {
    let config = Config::load(dir, |name| std::env::var(name).ok())?;
    match command {
        DkimCommand::Init { domain, selector } => init(dir, &config, domain, selector),
        DkimCommand::Rotate { finish: true, .. } => finish(dir, in_use(config)?),
        DkimCommand::Rotate { selector, .. } => rotate(dir, in_use(config)?, selector),
        DkimCommand::Records => records(&in_use(config)?),
    }
}

fn in_use(config: Config) -> CliResult<Dkim> {
    let none = "verdict.toml names no keys yet: `verdict dkim init` makes them";
    config.dkim.ok_or_else(|| none.into())
}

fn init(
    dir: &Path,
    config: &Config,
    domain: Option<String>,
    selector: Option<String>,
) -> CliResult {
    if config.dkim.is_some() {
        return Err(
            "verdict.toml names keys already: `verdict dkim records` prints their records, and \
                    `verdict dkim rotate` replaces them"
                .into(),
        );
    }
    let mut file = ConfigFile::read(dir)?;
    let from = config.newsletter.from.email.domain();
    let domain = match domain.or_else(|| file.get("domain")) {
        Some(text) => config::domain(&text).ok_or_else(|| format!("`{text}` is not a domain"))?,
        None => from.to_owned(),
    };
    if !config::is_aligned(&domain, from) {
        return Err(format!(
            "`newsletter.from` is an address at {from}, and mailboxes count only a signature of {from} or of a domain \
             above it (DMARC), not of {domain}"
        )
        .into());
    }
    let keys = file.get("keys");
    let keys = dir.join(keys.as_deref().unwrap_or(config::DKIM_KEYS));
    let made = NewKeys::make(&keys, selector)?;
    file.spell_out(&["domain", "selectors"]);
    made.keep_if(
        file.set("domain", &domain)
            .and_then(|()| file.set_list("selectors", &made.names()))
            .and_then(|()| file.replace(dir)),
    )?;
    output::line(format_args!(
        "Made two keys in {} and named them in verdict.toml. Publish these TXT records:\n",
        keys.display()
    ))?;
    let signer = Signer::new(&domain, made.selectors);
    print(&signer.records())?;
    output::done(
        "Mails are signed from the next start on, so publish the records first, then restart `verdict serve`. \
         Every machine\nthat sends needs the key files too.",
    )
}

fn rotate(dir: &Path, dkim: Dkim, selector: Option<String>) -> CliResult {
    if !dkim.next.is_empty() {
        return Err(
            "new keys wait already: `verdict dkim records` prints their records; when these are published, \
             `verdict dkim rotate --finish` signs with them"
                .into(),
        );
    }
    let mut file = ConfigFile::read(dir)?;
    let made = NewKeys::make(&dkim.keys, selector)?;
    file.spell_out(&["next"]);
    made.keep_if(
        file.set_list("next", &made.names())
            .and_then(|()| file.replace(dir)),
    )?;
    output::line(format_args!(
        "Made two keys in {}. Publish these TXT records, and leave the old ones:\n",
        dkim.keys.display()
    ))?;
    let signer = Signer::new(dkim.signer.domain(), made.selectors);
    print(&signer.records())?;
    output::done(
        "Mails are still signed with the old keys. Copy the key files to every machine that sends. When the records \
         are\npublished, run `verdict dkim rotate --finish`.",
    )
}

fn finish(dir: &Path, dkim: Dkim) -> CliResult {
    if dkim.next.is_empty() {
        return Err(
            "no keys wait to replace the old ones: `verdict dkim rotate` makes them".into(),
        );
    }
    let mut file = ConfigFile::read(dir)?;
    let names: Vec<&str> = dkim.next.iter().map(|next| next.name.as_str()).collect();
    file.set_list("selectors", &names)?;
    // An empty list: a key that goes takes its explanation with it.
    file.set_list("next", &[])?;
    file.replace(dir)?;
    let until = Clock::system().now().date_naive() + KEEP_OLD;
    output::line(format_args!(
        "verdict.toml signs with {}. Restart `verdict serve`, on every machine.\n\nMails that are on their way still \
         need the old records. From {until} on, remove them, and then the files of their keys:\n",
        names.join(" and ")
    ))?;
    for record in dkim.signer.records() {
        let file = config::key_file(&dkim.keys, &record.selector);
        output::line(format_args!("  {}  {}", record.name, file.display()))?;
    }
    Ok(exit_code(true))
}

fn records(dkim: &Dkim) -> CliResult {
    print(&dkim.signer.records())?;
    if !dkim.next.is_empty() {
        output::line("These sign after `verdict dkim rotate --finish`:\n")?;
        print(&dkim.records()[dkim.signer.selectors().len()..])?;
    }
    Ok(exit_code(true))
}

/// Each record as a zone file has it, and as a form on a web page asks for it.
fn print(records: &[Record]) -> io::Result<()> {
    for record in records {
        let (name, value) = (&record.name, &record.value);
        output::line(format_args!("{name}. IN TXT ( {} )\n", record.strings()))?;
        output::line(format_args!("  name   {name}\n  value  {value}\n"))?;
    }
    Ok(())
}

/// An RSA and an Ed25519 key whose files were made just now.
struct NewKeys {
    selectors: Vec<Selector>,
    files: Vec<PathBuf>,
}

impl NewKeys {
    /// Makes the keys and writes their files, or neither. `base` is what their selectors begin with.
    fn make(folder: &Path, base: Option<String>) -> CliResult<Self> {
        let today = Clock::system().now().format("%Y%m%d");
        let base = base.unwrap_or_else(|| format!("verdict-{today}"));
        if !config::is_selector(&base) {
            let message =
                format!("`{base}` cannot begin a selector: use letters, digits and hyphens");
            return Err(message.into());
        }
        let mut keys = Self {
            selectors: Vec::new(),
            files: Vec::new(),
        };
        make_folder(folder)
            .map_err(|error| format!("cannot make {}: {error}", folder.display()))?;
        let made = [
            ("rsa", SigningKey::make_rsa()?),
            ("ed25519", SigningKey::make_ed25519()?),
        ];
        for (kind, (key, pem)) in made {
            let name = format!("{base}-{kind}");
            let file = config::key_file(folder, &name);
            if let Err(error) = write_new(&file, &pem) {
                keys.remove();
                return Err(refused(&file, &error).into());
            }
            keys.files.push(file);
            keys.selectors.push(Selector { name, key });
        }
        sync(folder)?;
        Ok(keys)
    }

    fn names(&self) -> Vec<&str> {
        let names = self.selectors.iter().map(|one| one.name.as_str());
        names.collect()
    }

    /// Removes the files again if the configuration could not name them.
    fn keep_if(&self, named: CliResult<()>) -> CliResult<()> {
        if named.is_err() {
            self.remove();
        }
        named
    }

    fn remove(&self) {
        for file in &self.files {
            // The error that led here tells more.
            let _ = fs::remove_file(file);
        }
    }
}

fn refused(file: &Path, error: &io::Error) -> String {
    let shown = file.display();
    match error.kind() {
        io::ErrorKind::AlreadyExists => format!(
            "{shown} exists already, and keys are never overwritten; nothing was written. Choose another name with \
             `--selector`"
        ),
        _ => format!("cannot write {shown}: {error}"),
    }
}

/// A folder whose files no repository takes by mistake.
fn make_folder(folder: &Path) -> io::Result<()> {
    if folder.is_dir() {
        return Ok(());
    }
    fs::create_dir_all(folder)?;
    fs::write(folder.join(".gitignore"), "*\n")
}

fn write_new(path: &Path, text: &str) -> io::Result<()> {
    let mut file = private_file::create_new(path)?;
    let written = file
        .write_all(text.as_bytes())
        .and_then(|()| file.sync_all());
    if written.is_err() {
        // Half a key helps nobody.
        let _ = fs::remove_file(path);
    }
    written
}

/// Makes the names in a folder durable.
fn sync(folder: &Path) -> io::Result<()> {
    #[cfg(unix)]
    fs::File::open(folder)?.sync_all()?;
    #[cfg(not(unix))]
    let _ = folder;
    Ok(())
}
