use super::*;
use crate::fixture::{comparison, review};
use strum::IntoEnumIterator as _;

fn tally(ship: u64, skip: u64) -> Tally {
    Tally { ship, skip }
}

/// The fixture, with panels of so many ships and skips.
fn with_panels(panels: [Tally; 2]) -> Comparison {
    let mut comparison = comparison();
    for (tool, panel) in comparison.tools.iter_mut().zip(panels) {
        let verdicts = [(Verdict::Ship, panel.ship), (Verdict::Skip, panel.skip)];
        tool.reviews = verdicts
            .into_iter()
            .flat_map(|(verdict, count)| (0..count).map(move |at| (verdict, at)))
            .map(|(verdict, at)| {
                review(&format!("{}{at}", verdict.into_str()), verdict, "Because.")
            })
            .collect();
    }
    comparison
}

#[test]
fn shares_are_rounded_half_up_and_need_an_answer() {
    let cases = [
        (tally(0, 0), None),
        (tally(0, 4), Some(0)),
        (tally(3, 1), Some(75)),
        (tally(1, 2), Some(33)),
        (tally(2, 1), Some(67)),
        (tally(1, 7), Some(13)),
        (tally(1, 199), Some(1)),
        (tally(1, 201), Some(0)),
        (tally(u64::MAX, 0), Some(100)),
    ];
    for (tally, want) in cases {
        assert_eq!(tally.ship_percent(), want, "{tally:?}");
    }
}

#[test]
fn the_result_is_decided_by_exact_shares() {
    let cases = [
        ([tally(3, 1), tally(4, 0)], PanelResult::Wins(Side::B)),
        ([tally(3, 1), tally(6, 2)], PanelResult::Tie),
        // 66.67 % and 66.99 %: both are shown as 67 %.
        ([tally(2, 1), tally(69, 34)], PanelResult::Wins(Side::B)),
        ([tally(1, 3), tally(0, 0)], PanelResult::NoContest),
        ([tally(0, 2), tally(0, 0)], PanelResult::NoContest),
        ([tally(0, 0), tally(0, 0)], PanelResult::NoContest),
    ];
    for (panels, want) in cases {
        assert_eq!(with_panels(panels).result(), want, "{panels:?}");
    }
}

#[test]
fn the_scorecard_follows_a_and_then_who_only_reviewed_b() {
    let comparison = comparison();
    let rows = comparison.scorecard();
    let rows: Vec<_> = rows
        .iter()
        .map(|row| (row.reviewer, row.reviews.map(|review| review.is_some())))
        .collect();
    let want = [
        ("builder", [true, true]),
        ("skeptic", [true, true]),
        ("creator", [true, false]),
        ("founder", [false, true]),
    ];
    assert_eq!(rows, want);
}

#[test]
fn the_split_names_who_disagrees() {
    let mut comparison = comparison();
    let split = comparison.split();
    assert_eq!(split.between, Vec::<&str>::new());
    assert_eq!(split.within, [vec!["creator"], vec![]]);
    assert!(!split.is_unanimous());

    comparison.tools[1].reviews[2].verdict = Verdict::Skip;
    assert_eq!(comparison.split().between, ["builder"]);
    assert_eq!(
        comparison.split().within,
        [vec!["creator"], vec!["builder"]]
    );

    assert!(
        with_panels([tally(3, 0), tally(0, 2)])
            .split()
            .is_unanimous()
    );
}

#[test]
fn an_even_split_names_both_camps_skips_first() {
    let comparison = with_panels([tally(1, 1), tally(1, 0)]);
    assert_eq!(comparison.split().within[0], ["skip0", "ship0"]);
}

#[test]
fn the_words_of_files_are_the_words_of_storage() {
    for entry in Entry::iter() {
        let stored = serde_json::to_string(&entry).unwrap();
        assert_eq!(stored, format!("\"{}\"", entry.into_str()));
    }
    for verdict in [Verdict::Ship, Verdict::Skip] {
        let stored = serde_json::to_string(&verdict).unwrap();
        assert_eq!(stored, format!("\"{}\"", verdict.into_str()));
    }
    let stored = serde_json::to_string(&comparison()).unwrap();
    assert_eq!(
        serde_json::from_str::<Comparison>(&stored).unwrap(),
        comparison()
    );
}
