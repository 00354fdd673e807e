//! digests: every month is decided once.

use verdict::store::digests::{DigestDecision, decide, is_any_ahead, latest, take_back};

use super::{NOW, TestStore};
use crate::database::Db;
use crate::test_app::on_both_stores;

on_both_stores!(a_month_is_decided_once, a_fast_clocks_decisions_are_deleted,);

async fn a_month_is_decided_once(db: Db) {
    let t = TestStore::on(db).await;
    assert_eq!(latest(&t.store, "2026-11").await.unwrap(), None);
    let one = async |month, decision| {
        t.write(async |tx| decide(tx, month, decision, NOW).await)
            .await
    };
    assert!(one("2026-10", DigestDecision::Unneeded).await);
    assert!(one("2026-11", DigestDecision::Sent).await);
    assert!(!one("2026-11", DigestDecision::Lost).await);
    assert!(one("2031-01", DigestDecision::Lost).await);
    let latest = async |until| latest(&t.store, until).await.unwrap();
    assert_eq!(latest("2026-12").await.as_deref(), Some("2026-11"));
    assert_eq!(latest("2026-09").await, None);
}

async fn a_fast_clocks_decisions_are_deleted(db: Db) {
    let t = TestStore::on(db).await;
    for (month, at) in [("2026-10", NOW), ("2026-11", NOW + 1)] {
        t.write(async |tx| decide(tx, month, DigestDecision::Unneeded, at).await)
            .await;
    }
    assert!(is_any_ahead(&t.store, NOW).await.unwrap());
    assert_eq!(t.write(async |tx| take_back(tx, NOW).await).await, 1);
    assert!(!is_any_ahead(&t.store, NOW).await.unwrap());
    let latest = latest(&t.store, "2026-12").await.unwrap();
    assert_eq!(latest.as_deref(), Some("2026-10"));
}
