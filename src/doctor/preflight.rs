//! The check before an edition (`smtp.preflight`).

use std::fmt::Write as _;
use std::io;
use std::path::Path;

use tokio::time::timeout;

use super::{Check, Depth, Patient, State, WHOLE, examine, free_space, hurts};
use crate::app::App;
use crate::config;

/// What the check before an edition found.
#[derive(Clone, Debug, Default)]
pub struct Preflight {
    /// What is wrong.
    pub wrong: Vec<Check>,
    /// True if the edition must not be frozen now.
    pub blocks: bool,
}

impl Preflight {
    /// What is wrong, as `verdict doctor` shows it; empty if nothing is.
    pub fn report(&self) -> String {
        let mut report = String::new();
        for check in &self.wrong {
            let _ = writeln!(report, "{check}");
        }
        report
    }
}

/// Checks an instance as `smtp.preflight` says. It takes 15 seconds at most, and with "off" asks nobody.
pub async fn preflight(app: &App) -> Preflight {
    preflight_with(app, free_space).await
}

/// As [`preflight`], with another way to measure free space.
pub async fn preflight_with(app: &App, free_space: fn(&Path) -> io::Result<u64>) -> Preflight {
    let mode = app.config.smtp.preflight;
    if mode == config::Preflight::Off {
        return Preflight::default();
    }
    let patient = Patient {
        dir: &app.dir,
        config: &app.config,
        app: Ok(app),
        free_space,
    };
    let examined = timeout(WHOLE, examine(patient, Depth::Quick)).await;
    let checks = examined.unwrap_or_else(|_| {
        vec![Check::unsure(
            "preflight",
            "the checks before the edition took too long",
        )]
    });
    let blocks = mode == config::Preflight::Block && hurts(&checks);
    let wrong = checks
        .into_iter()
        .filter(|check| check.state == State::Wrong);
    Preflight {
        wrong: wrong.collect(),
        blocks,
    }
}
