//! The model test: random sequences of what readers, strangers, editors, relays and operators do, against the real
//! store and a model of consent (`model/consent.rs`). After each step, no reader whom the model excludes is queued,
//! claimed, in flight or mailed, and no reader is lost.

mod backup;
mod checks;
mod consent;
mod sending;
mod steps;
mod world;

use std::cell::Cell;
use std::fmt::Debug;

use proptest::strategy::Strategy;
use proptest::test_runner::{Config, RngAlgorithm, TestCaseError, TestError, TestRng, TestRunner};

use self::checks::Checked;
use self::steps::Step;
use self::world::World;
use crate::child::is_soak;
use crate::database::Db;

/// How many sequences a normal run and a soak run take.
const SEQUENCES: (u32, u32) = (50, 2_000);

#[test]
fn whatever_happens_nobody_is_mailed_against_their_consent_on_sqlite() {
    holds(Db::Sqlite);
}

#[test]
fn whatever_happens_nobody_is_mailed_against_their_consent_on_postgres() {
    holds(Db::Postgres);
}

fn holds(db: Db) {
    let cases = std::env::var("VERDICT_MODEL_SEQUENCES").ok();
    let cases = cases.map(|cases| cases.parse().unwrap());
    let cases = cases.unwrap_or(if is_soak() { SEQUENCES.1 } else { SEQUENCES.0 });
    hold_for(cases, 250, &steps::sequence(), async |steps| {
        run(db, steps).await
    });
}

/// Runs this many sequences of steps, until one fails: shrinks that one in at most `shrinks` tries, and reports it.
pub(crate) fn hold_for<T: Debug>(
    cases: u32,
    shrinks: u32,
    sequence: &impl Strategy<Value = Vec<T>>,
    run: impl AsyncFn(&[T]) -> Result<(), String>,
) {
    let config = Config {
        cases,
        failure_persistence: None,
        max_shrink_iters: shrinks,
        max_shrink_time: 120_000,
        ..Config::default()
    };
    let runtime = runtime();
    let (tried, found) = (Cell::new(0), Cell::new(None));
    // The normal run takes the same sequences each time; the soak takes new ones.
    let mut runner = match is_soak() {
        true => TestRunner::new(config),
        false => {
            let rng = TestRng::deterministic_rng(RngAlgorithm::ChaCha);
            TestRunner::new_with_rng(config, rng)
        }
    };
    let outcome = runner.run(sequence, |steps| {
        tried.set(tried.get() + 1);
        let run = runtime.block_on(run(&steps));
        run.map_err(|wrong| {
            found.set(found.get().or(Some(tried.get())));
            TestCaseError::fail(wrong)
        })
    });
    match outcome {
        Ok(()) => {}
        Err(TestError::Abort(why)) => panic!("{why}"),
        Err(TestError::Fail(why, steps)) => {
            let steps: Vec<String> = steps.iter().map(|step| format!("{step:?}")).collect();
            let found = found.get().unwrap_or_default();
            panic!(
                "sequence {found} failed: {why}\nThe steps, shrunk in {} tries:\n  {}\n",
                tried.get() - found,
                steps.join(",\n  ")
            );
        }
    }
}

fn runtime() -> tokio::runtime::Runtime {
    tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build()
        .unwrap()
}

/// Runs a sequence; a failure reports all steps before it.
async fn run(db: Db, steps: &[Step]) -> Checked {
    let mut world = World::new(db).await;
    let mut done = Ok(());
    for step in steps {
        done = world.step(step).await;
        if done.is_err() {
            break;
        }
    }
    if done.is_ok() {
        done = world.check_who_gets_the_last().await;
    }
    done = done.and_then(|()| world.app.check_store());
    done.map_err(|wrong| {
        format!(
            "{wrong}\n\nWhat happened:\n  {}\n",
            world.story.join("\n  ")
        )
    })
}
