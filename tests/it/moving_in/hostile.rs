//! Files of random bytes: the import ends with the reason, and never panics.

use proptest::prelude::*;
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};

use super::Move;
use crate::database::Db;

/// The beginnings of files in known forms.
const STARTS: [&str; 19] = [
    "",
    "\u{feff}",
    "email,name,consent\n",
    "uuid,email,name,attributes,status,created_at,updated_at\n",
    "id,email,name,note,subscribed_to_emails,created_at,deleted_at\n",
    "Email Address,First Name,MEMBER_RATING,OPTIN_TIME,TIMEZONE,LEID\n",
    "email;active_subscription;email_disabled;created_at\n",
    "email_address,creation_date,type,source\n",
    "Subscriber\tName\tSubscribed\tGroups\n",
    "id\tEmail\tIs this subscriber confirmed\tIs this subscriber blacklisted\n",
    "=?utf-8?q?Jos=C3=A9?= <jose@example.com>\n",
    "{\"data\": {\"results\": [{\"uuid\": 1, \"email\": [], \"lists\": {}}, ",
    "[{\"email\": \"ada@example.com\", \"newsletters\": 7}, ",
    "{\"subscribers\": [{\"email_address\": null, \"type\": {}}]}",
    "\u{feff}[[[[[[[[[[[[[[[[",
    "{\"email_address\": \"ada@example.com\", \"type\": \"regular\"}\n",
    "[][]\u{feff}{}",
    "sep=;\r\nemail;status\r\n",
    "PK\x03\x04",
];

const ENDINGS: [&str; 5] = ["csv", "txt", "json", "zip", "byuser.list"];

/// Imports bytes as a file under each of these names.
fn survives(there: &Move, bytes: &[u8], name: &str) {
    let file = there.file(name, bytes);
    let output = there.run(&["import", "--yes", "--anyway", "--confirmed", &file]);
    assert!(matches!(output.status.code(), Some(0..=2)), "{output:?}");
    let printed = String::from_utf8(output.stderr).unwrap();
    assert_eq!(
        output.status.code() == Some(2),
        !printed.is_empty(),
        "{printed}"
    );
}

/// Pseudo-random numbers, the same each time.
fn bytes(count: usize) -> Vec<u8> {
    let mut state = 0x9e37_79b9_u32;
    std::iter::repeat_with(|| {
        state ^= state << 13;
        state ^= state >> 17;
        state ^= state << 5;
        state.to_le_bytes()[1]
    })
    .take(count)
    .collect()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn many_bytes_of_any_kind_as_any_format() {
    let there = Move::on(Db::Sqlite).await;
    let noise = bytes(200_000);
    for ending in ENDINGS {
        survives(&there, &noise, &format!("noise.{ending}"));
    }
    for start in STARTS {
        survives(&there, &[start.as_bytes(), &noise].concat(), "noise.csv");
    }
    // Deep nesting and an endless line.
    survives(&there, &vec![b'['; 200_000], "deep.json");
    survives(&there, &vec![b'a'; 200_000], "long.csv");
    survives(&there, &vec![0; 200_000], "nul.csv");
    for system in ["mailman", "listmonk", "table", "ghost"] {
        let file = there.file("noise.csv", &noise);
        let output = there.run(&["import", "--yes", "--anyway", "--from", system, &file]);
        assert!(matches!(output.status.code(), Some(0..=2)), "{output:?}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn files_of_any_bytes_never_panic() {
    let there = Move::on(Db::Sqlite).await;
    let config = Config {
        cases: 64,
        failure_persistence: None,
        ..Config::default()
    };
    let rng = TestRng::deterministic_rng(RngAlgorithm::ChaCha);
    let piece = prop_oneof![
        proptest::collection::vec(any::<u8>(), 0..40),
        "[,;\t\"'<>@\r\n{}\\[\\]:=\\\\ -~\u{e9}\u{2028}]{0,40}".prop_map(String::into_bytes),
        "[a-z]{1,3}@[a-z]{1,3}\\.example\\.com[,;\t\n]".prop_map(String::into_bytes),
    ];
    let files = (
        proptest::sample::select(STARTS.to_vec()),
        proptest::collection::vec(piece, 0..12),
        proptest::sample::select(ENDINGS.to_vec()),
        any::<bool>(),
    );
    TestRunner::new_with_rng(config, rng)
        .run(&files, |(start, pieces, ending, wide)| {
            let mut file = start.as_bytes().to_vec();
            file.extend(pieces.concat());
            if wide {
                file = super::utf16(&String::from_utf8_lossy(&file));
            }
            survives(&there, &file, &format!("any.{ending}"));
            Ok(())
        })
        .unwrap();
}
