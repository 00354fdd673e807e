//! Zip archives and folders.

use std::io::{Cursor, Write as _};

use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

use super::tables::{OF_MAILCHIMP, mailchimp};
use super::{Move, moves};
use crate::database::Db;
use crate::test_app::on_both_stores;

on_both_stores!(mailchimp_as_its_zip, a_folder_with_unrelated_files);

fn zip(files: &[(&str, &[u8])], method: CompressionMethod) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, contents) in files {
        let options = SimpleFileOptions::default().compression_method(method);
        zip.start_file(*name, options).unwrap();
        zip.write_all(contents).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

/// Replaces a two-byte number after each of these signatures.
fn patched(mut zip: Vec<u8>, places: &[(&[u8], usize, u16)]) -> Vec<u8> {
    for (signature, behind, number) in places {
        let at = zip.windows(4).position(|four| four == *signature).unwrap() + behind;
        zip[at..at + 2].copy_from_slice(&number.to_le_bytes());
    }
    zip
}

const LOCAL: &[u8] = b"PK\x03\x04";
const CENTRAL: &[u8] = b"PK\x01\x02";

async fn mailchimp_as_its_zip(db: Db) {
    let files = mailchimp();
    let mut files: Vec<(&str, &[u8])> = files
        .iter()
        .map(|(name, contents)| (*name, contents.as_slice()))
        .collect();
    files.push((
        "__MACOSX/._subscribed_email_audience_export_0f1e.csv",
        b"\0\x05\x16\x07not a list",
    ));
    files.push((".DS_Store", b"\0\0"));
    files.push(("readme.pdf", b"%PDF"));
    for method in [CompressionMethod::Stored, CompressionMethod::Deflated] {
        let zip = zip(&files, method);
        moves(
            db,
            "Mailchimp",
            &[("audience_export.ZIP", &zip)],
            &[],
            &OF_MAILCHIMP,
        )
        .await;
    }
}

async fn a_folder_with_unrelated_files(db: Db) {
    let there = Move::on(db).await;
    there.file(
        "old/list.csv",
        "email,status\nada@example.com,subscribed\nben@example.com,subscribed\n",
    );
    there.file(
        "old/left/list.csv",
        "email,status\nBEN@example.com,unsubscribed\n",
    );
    let inner: [(&str, &[u8]); 1] = [("more.csv", b"email,status\ncy@example.com,active\n")];
    there.file("old/more.zip", zip(&inner, CompressionMethod::Stored));
    there.file("old/notes.docx", "a@example.com");
    there.file("old/.list.csv.swp", "email\neve@example.com\n");
    there.file("old/empty.csv", "\r\n\r\n");
    let printed = there.import(&[there.folder().join("old").to_str().unwrap()]);
    there.expect(&[
        ("ada@example.com", "confirmed", ""),
        ("BEN@example.com", "unsubscribed", ""),
        ("cy@example.com", "confirmed", ""),
    ]);
    let passed_over = printed["plan"]["passed_over"].to_string();
    assert!(
        passed_over.contains("notes.docx") && passed_over.contains(".list.csv.swp"),
        "{passed_over}"
    );
    // Files that may be a list but are not are reported, not ignored.
    there.file("old/readme.txt", "Dear successor,\nhere are the lists.\n");
    let printed = there.refuses(&[there.folder().join("old").to_str().unwrap()]);
    assert!(
        printed.contains("readme.txt has no column `email`"),
        "{printed}"
    );
    std::fs::create_dir(there.folder().join("none")).unwrap();
    let printed = there.refuses(&[there.folder().join("none").to_str().unwrap()]);
    assert!(printed.contains("no .csv"), "{printed}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_archive_that_cannot_be_unpacked_is_named() {
    let there = Move::on(Db::Sqlite).await;
    let files: [(&str, &[u8]); 2] = [
        ("list.csv", b"email\nada@example.com\n"),
        ("left-unsubscribed.csv", b"email\nben@example.com\n"),
    ];
    let good = zip(&files, CompressionMethod::Stored);
    let encrypted = patched(good.clone(), &[(LOCAL, 6, 1), (CENTRAL, 8, 1)]);
    let unknown = patched(good.clone(), &[(LOCAL, 8, 97), (CENTRAL, 10, 97)]);
    // The list's bytes are changed, so its checksum is wrong.
    let mut damaged = good.clone();
    let at = damaged
        .windows(3)
        .position(|three| three == b"ada")
        .unwrap();
    damaged[at] = b'e';
    for (name, contents, reason) in [
        (
            "encrypted.zip",
            encrypted.as_slice(),
            "list.csv is encrypted",
        ),
        ("method.zip", &unknown, "list.csv"),
        ("half.zip", &good[..good.len() / 2], "half.zip"),
        ("no.zip", b"email\nada@example.com\n", "no.zip"),
        ("nothing.zip", b"", "nothing.zip"),
        ("damaged.zip", &damaged, "list.csv"),
    ] {
        let file = there.file(name, contents);
        let printed = there.refuses(&[&file, "--confirmed"]);
        assert!(
            printed.contains(name) && printed.contains(reason),
            "{name}: {printed}"
        );
    }
    let other: [(&str, &[u8]); 1] = [("photo.jpg", b"x")];
    let file = there.file("photos.zip", zip(&other, CompressionMethod::Stored));
    assert!(there.refuses(&[&file]).contains("no .csv"));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_bomb_is_refused() {
    let there = Move::on(Db::Sqlite).await;
    let bomb = vec![b'\n'; 100 << 20];
    let files: [(&str, &[u8]); 2] = [
        ("list.csv", b"email\nada@example.com\n"),
        ("more.csv", &bomb),
    ];
    let bomb = zip(&files, CompressionMethod::Deflated);
    assert!(bomb.len() < 1 << 20, "{}", bomb.len());
    let file = there.file("bomb.zip", &bomb);
    let printed = there.refuses(&[&file]);
    assert!(
        printed.contains("bomb.zip")
            && printed.contains("more.csv would unpack to 104857600 bytes"),
        "{printed}"
    );
    // One that claims to be small is stopped at the size it claims.
    let at = bomb.windows(4).rposition(|four| four == CENTRAL).unwrap();
    let mut liar = bomb;
    liar[at + 24..at + 28].copy_from_slice(&1000_u32.to_le_bytes());
    let file = there.file("liar.zip", liar);
    let printed = there.refuses(&[&file]);
    assert!(
        printed.contains("more.csv") && printed.contains("larger than its declared"),
        "{printed}"
    );
}
