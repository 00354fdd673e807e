//! What the instance needs of this machine: configuration, store, clock, disk and permissions.

use std::io;
use std::path::{Path, PathBuf};
use std::time::Duration;

use chrono::TimeDelta;
use futures_util::future::join3;
use tokio::time::timeout;

use super::{Check, Depth, PATIENCE, Patient};
use crate::app::App;
use crate::config::Config;
use crate::private_file;
use crate::store::slots;

/// How long reading the whole database may take.
const READING: Duration = Duration::from_secs(120);

/// How far this machine's clock may be from the database's.
const DRIFT: TimeDelta = TimeDelta::seconds(5);

/// What an edition writes for each reader, in bytes, with the log beside the database.
const PER_READER: u64 = 1024;
/// What must be free in any case.
const LEAST: u64 = 64 << 20;

pub(super) async fn checks(patient: Patient<'_>, readers: i64, depth: Depth) -> Vec<Check> {
    let mut checks = vec![configuration(patient.config)];
    let Ok(app) = patient.app else {
        let why = patient.app.err().unwrap_or_default();
        checks.push(Check::wrong("store", why));
        // A full disk may be why.
        checks.push(disk(patient, readers).await);
        checks.extend(permissions(patient));
        return checks;
    };
    let (store, clock, disk) = join3(
        store(app, readers, depth),
        clock(app),
        disk(patient, readers),
    )
    .await;
    checks.extend([store, clock, disk]);
    checks.extend(permissions(patient));
    checks
}

fn configuration(config: &Config) -> Check {
    const NAME: &str = "config";
    if let Err(reasons) = config.may_mail() {
        return Check::wrong(NAME, reasons.to_string().trim_end());
    }
    match config.warnings.is_empty() {
        true => Check::ok(NAME, "verdict.toml can be used"),
        false => Check::warning(NAME, "verdict.toml has warnings")
            .advice(config.warnings.to_string().trim_end()),
    }
}

async fn store(app: &App, readers: i64, depth: Depth) -> Check {
    const NAME: &str = "store";
    let looking = async {
        app.store.check_version().await?;
        app.journal.head().await?;
        match depth {
            Depth::Quick => Ok(Vec::new()),
            Depth::Thorough => app.store.damage().await,
        }
    };
    let patience = match depth {
        Depth::Quick => PATIENCE,
        Depth::Thorough => READING,
    };
    match timeout(patience, looking).await {
        Err(_) => Check::unsure(
            NAME,
            "reading the database took too long, so not all of it was read",
        ),
        Ok(Err(error)) => {
            let error: &dyn std::error::Error = &error;
            let cause = error.source().map(|cause| format!(": {cause}"));
            Check::wrong(NAME, format!("{error}{}", cause.unwrap_or_default()))
        }
        Ok(Ok(damage)) if !damage.is_empty() => Check::wrong(
            NAME,
            format!("the database is damaged: {}", damage.join("; ")),
        )
        .advice("stop all processes, restore a backup, and keep the journal of departures"),
        Ok(Ok(_)) => {
            let place = match app.store.file() {
                Some(file) => file.display().to_string(),
                None => "the database".to_owned(),
            };
            Check::ok(
                NAME,
                format!(
                    "{place} and the journal can be read; the key fits; confirmed readers: {readers}"
                ),
            )
        }
    }
}

/// On SQLite there is no other clock: our own pages would answer with this one. A clock that a test has set is none.
async fn clock(app: &App) -> Check {
    const NAME: &str = "clock";
    if app.store.file().is_some() || !app.clock.is_system() {
        return Check::skipped(
            NAME,
            "there is no other clock to compare this machine's with",
        );
    }
    match timeout(PATIENCE, slots::now(&app.store)).await {
        Ok(Ok(theirs)) => judge_clock(TimeDelta::milliseconds(app.clock.now_millis() - theirs)),
        _ => Check::unsure(NAME, "the database's clock cannot be read"),
    }
}

fn judge_clock(ahead: TimeDelta) -> Check {
    const NAME: &str = "clock";
    let seconds = ahead.num_seconds().abs();
    match ahead.abs() > DRIFT {
        false => Check::ok(NAME, "this machine's clock and the database's agree"),
        true => {
            let which = if ahead > TimeDelta::zero() {
                "ahead of"
            } else {
                "behind"
            };
            Check::wrong(NAME, format!("this machine's clock is {seconds} s {which} the database's"))
                .advice("let NTP set both: slots are decided by the database's, and mails are dated by this one")
        }
    }
}

async fn disk(patient: Patient<'_>, readers: i64) -> Check {
    let kept = &patient.config.store;
    let store = kept.url.file().map(|file| patient.dir.join(file));
    let journal = patient.dir.join(&kept.journal);
    let free_space = patient.free_space;
    let measuring = tokio::task::spawn_blocking(move || {
        let folders = store.iter().chain([&journal]).map(|file| folder_of(file));
        let measured = folders.map(|folder| Ok((free_space(&folder)?, folder)));
        measured.collect::<io::Result<Vec<_>>>()
    });
    match timeout(PATIENCE, measuring).await {
        Ok(Ok(Ok(measured))) => match measured.into_iter().min() {
            Some((free, folder)) => judge_disk(free, &folder, readers),
            None => Check::skipped("disk", "nothing is kept on this machine"),
        },
        Ok(Ok(Err(error))) => Check::unsure("disk", format!("free space cannot be read: {error}")),
        _ => Check::unsure("disk", "free space cannot be read"),
    }
}

/// The folder that a file is in, or the closest one that exists.
fn folder_of(file: &Path) -> PathBuf {
    let mut folders = file.ancestors().skip(1);
    let found = folders.find(|folder| folder.is_dir());
    found.map_or_else(|| PathBuf::from("."), Path::to_path_buf)
}

fn judge_disk(free: u64, folder: &Path, readers: i64) -> Check {
    const NAME: &str = "disk";
    let needed = LEAST + u64::try_from(readers).unwrap_or_default() * PER_READER;
    let (free_mb, needed_mb, folder) = (free >> 20, needed >> 20, folder.display());
    let text = format!("{free_mb} MB are free at {folder}; an edition needs up to {needed_mb} MB");
    if free < needed {
        Check::wrong(NAME, text)
            .advice("free some space: with a full disk, sending stops and nobody can leave")
    } else if free < needed * 4 {
        Check::warning(NAME, text)
    } else {
        Check::ok(NAME, format!("{free_mb} MB are free at {folder}"))
    }
}

/// The bytes that an ordinary user may still write on a path's file system.
///
/// # Errors
/// If the system does not tell.
#[cfg(unix)]
pub fn free_space(path: &Path) -> io::Result<u64> {
    let found = rustix::fs::statvfs(path)?;
    Ok(found.f_bavail.saturating_mul(found.f_frsize))
}

/// Other systems are not asked.
///
/// # Errors
/// Always.
#[cfg(not(unix))]
pub fn free_space(_: &Path) -> io::Result<u64> {
    Err(io::ErrorKind::Unsupported.into())
}

fn permissions(patient: Patient<'_>) -> [Check; 1] {
    const NAME: &str = "permissions";
    let mut private = vec![patient.dir.join("secret.key")];
    if let Ok(app) = patient.app {
        private.push(app.journal.path().to_path_buf());
        private.extend(
            app.store
                .file()
                .into_iter()
                .flat_map(private_file::with_companions),
        );
    }
    let exposed: Vec<String> = private
        .iter()
        .filter(|path| private_file::is_exposed(path))
        .map(|path| path.display().to_string())
        .collect();
    [match exposed.is_empty() {
        true => Check::ok(NAME, "nobody else can read the key and the list"),
        false => Check::wrong(NAME, format!("others can read {}", exposed.join(", ")))
            .advice(format!("run `chmod 600 {}`", exposed.join(" "))),
    }]
}

#[cfg(test)]
mod tests {
    use super::super::State;
    use super::*;

    #[test]
    fn space_is_judged_by_the_number_of_readers() {
        let state = |free: u64, readers| judge_disk(free, Path::new("subscribers"), readers).state;
        assert_eq!(state(LEAST - 1, 0), State::Wrong);
        assert_eq!(state(LEAST, 0), State::Warning);
        assert_eq!(state(LEAST * 4, 0), State::Ok);
        assert_eq!(state(LEAST * 4, 1_000_000), State::Wrong);
    }

    #[test]
    fn a_clock_may_be_a_little_off() {
        for (seconds, state) in [
            (0, State::Ok),
            (5, State::Ok),
            (6, State::Wrong),
            (-6, State::Wrong),
        ] {
            assert_eq!(
                judge_clock(TimeDelta::seconds(seconds)).state,
                state,
                "{seconds}"
            );
        }
    }
}
