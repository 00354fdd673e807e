//! The content: its end, dots, flaws and size.

use super::super::content::{Scan, unstuffed};
use super::super::{Behaviour, Mail};
use super::{Client, catcher};

async fn received(behaviour: Behaviour, content: &[u8]) -> (String, Option<Mail>, Vec<String>) {
    let catcher = catcher(behaviour).await;
    let mut client = Client::begin(&catcher, "ada@example.com").await;
    client.write(content).await;
    let reply = client.reply().await;
    client.ask("NOOP", "250").await;
    let faults = catcher.faults().into_iter().map(|fault| fault.what);
    (reply, catcher.mails().pop(), faults.collect())
}

#[tokio::test]
async fn dots_are_unstuffed_and_nothing_else_is_touched() {
    let cases: [(&str, &str); 7] = [
        (".\r\n", ""),
        ("\r\n.\r\n", "\r\n"),
        ("..\r\n.\r\n", ".\r\n"),
        ("...\r\n..a\r\nb.\r\n.c\r\n.\r\n", "..\r\n.a\r\nb.\r\nc\r\n"),
        ("a\r\n..\r\n\r\n.\r\n", "a\r\n.\r\n\r\n"),
        ("a..\r\n..\r\n.\r\n", "a..\r\n.\r\n"),
        ("..\r\r\n.\r\n", ".\r\r\n"),
    ];
    for (wire, plain) in cases {
        let (reply, mail, _) = received(Behaviour::new().lenient(), wire.as_bytes()).await;
        assert!(reply.starts_with("250"), "{wire:?}: {reply}");
        let mail = mail.unwrap();
        assert_eq!(mail.content, plain.as_bytes(), "{wire:?}");
        assert_eq!(mail.size, plain.len(), "{wire:?}");
    }
}

#[tokio::test]
async fn flawed_content_is_refused_and_noted() {
    let long = format!("a\r\n{}\r\n.\r\n", "x".repeat(999));
    let cases = [
        ("a\r\nb\nc\r\n.\r\n", "line 2 of the content has a bare LF"),
        ("a\rb\r\n.\r\n", "line 1 of the content has a bare CR"),
        (&long, "line 2 of the content has more than 998 octets"),
        ("zo\u{eb}\r\n.\r\n", "8-bit content without BODY=8BITMIME"),
        // None of these is the end: whoever takes them for it can be fed a second mail.
        ("a\n.\nb\r\n.\r\n", "line 1 of the content has a bare LF"),
        ("a\n.\r\nb\r\n.\r\n", "line 1 of the content has a bare LF"),
        ("a\r\n.\nb\r\n.\r\n", "line 2 of the content has a bare LF"),
        ("a\r.\rb\r\n.\r\n", "line 1 of the content has a bare CR"),
    ];
    for (content, fault) in cases {
        let (reply, mail, faults) = received(Behaviour::new(), content.as_bytes()).await;
        assert!(reply.starts_with("554 5.6."), "{content:?}: {reply}");
        assert_eq!(mail, None);
        assert_eq!(faults, [fault], "{content:?}");
        let (reply, mail, faults) = received(Behaviour::new().lenient(), content.as_bytes()).await;
        assert!(reply.starts_with("250"), "{content:?}: {reply}");
        assert!(mail.is_some());
        assert_eq!(faults, [fault], "{content:?}");
    }
}

#[tokio::test]
async fn the_longest_line_and_declared_8_bit_content_are_fine() {
    // The stuffed dot does not count.
    let content = format!("{}\r\n..{}\r\n.\r\n", "x".repeat(998), "x".repeat(997));
    let (reply, mail, faults) = received(Behaviour::new(), content.as_bytes()).await;
    assert!(reply.starts_with("250"), "{reply}");
    assert_eq!(mail.unwrap().content.len(), 2000);
    assert!(faults.is_empty());

    let catcher = catcher(Behaviour::new()).await;
    let mut client = Client::greet(&catcher).await;
    client.ask("MAIL FROM:<> BODY=8BITMIME", "250").await;
    client.ask("RCPT TO:<ada@example.com>", "250").await;
    client.ask("DATA", "354").await;
    client.write("zo\u{eb}\r\n.\r\n").await;
    client.expect("250").await;
}

#[tokio::test]
async fn too_large_mail_is_refused_and_the_conversation_goes_on() {
    let catcher = catcher(Behaviour::new().max_size(2000)).await;
    let mut client = Client::greet(&catcher).await;
    client.ask("MAIL FROM:<> SIZE=2001", "552 5.3.4").await;
    let line = "x".repeat(98) + "\r\n";
    for (lines, reply) in [(20, "250"), (21, "552 5.3.4"), (20_000, "552 5.3.4")] {
        client.envelope("ada@example.com").await;
        client.ask("DATA", "354").await;
        client.write(line.repeat(lines) + ".\r\n").await;
        client.expect(reply).await;
    }
    assert_eq!(catcher.octets(), 2000);
    // One line without an end leaves nothing to wait for.
    client.envelope("ada@example.com").await;
    client.ask("DATA", "354").await;
    client.write("x".repeat(5000)).await;
    client.expect("552 5.3.4").await;
    client.rest().await;
}

/// A slow and obvious reading of RFC 5321 §4.1.1.4: the reference for [`Scan`].
fn end_by_the_book(bytes: &[u8]) -> Option<usize> {
    if bytes.starts_with(b".\r\n") {
        return Some(0);
    }
    let end = bytes.windows(5).position(|five| five == b"\r\n.\r\n");
    end.map(|end| end + 2)
}

#[test]
fn every_short_content_ends_where_the_book_says_however_it_is_cut() {
    // All 4^8 texts of eight of the octets that matter.
    for number in 0..4_u32.pow(8) {
        let text: Vec<u8> = (0..8)
            .map(|place| b"\r\n.a"[(number >> (2 * place)) as usize & 3])
            .collect();
        let expected = end_by_the_book(&text);
        let mut scan = Scan::default();
        let found = (1..=text.len()).find_map(|cut| scan.advance(&text[..cut]));
        assert_eq!(found, expected, "{text:?} octet by octet");
        assert_eq!(Scan::default().advance(&text), expected, "{text:?} at once");
    }
}

#[test]
fn unstuffing_undoes_stuffing() {
    for number in 0..4_u32.pow(7) {
        let mut plain: Vec<u8> = (0..7)
            .map(|place| b"\r\n.a"[(number >> (2 * place)) as usize & 3])
            .collect();
        plain.extend_from_slice(b"\r\n");
        let mut stuffed = Vec::new();
        for (at, byte) in plain.iter().enumerate() {
            if *byte == b'.' && (at == 0 || plain[..at].ends_with(b"\r\n")) {
                stuffed.push(b'.');
            }
            stuffed.push(*byte);
        }
        assert_eq!(unstuffed(&stuffed), plain, "{stuffed:?}");
    }
}
