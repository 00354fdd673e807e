//! Commands, their order, extensions and pipelining.

use std::time::Duration;

use tokio::io::AsyncBufReadExt as _;
use tokio::time::sleep;

use super::super::{Behaviour, Catcher, Extension, Keep};
use super::{Client, SOON, catcher};

const GROUPS: &str = "MAIL FROM:<list@example.org> SIZE=30\r\n\
    RCPT TO:<ada@example.com>\r\nRCPT TO:<\"b> b\"@example.com>\r\nDATA\r\n";
const CONTENT: &str = "Subject: one\r\n\r\n..dot\r\n.\r\n";

#[tokio::test]
async fn a_whole_conversation_step_by_step() {
    let catcher = catcher(Behaviour::new().transcript()).await;
    let mut client = Client::connect(&catcher).await;
    assert_eq!(client.reply().await, "220 catcher.example.net ESMTP");
    let extensions = client.ask("ehlo client.example.com", "250").await;
    assert_eq!(
        extensions,
        "250-catcher.example.net\n250-PIPELINING\n250-8BITMIME\n250-SMTPUTF8\n\
         250-ENHANCEDSTATUSCODES\n250 SIZE 33554432"
    );
    client.ask("mail from:<> body=8bitmime", "250 2.1.0").await;
    client.ask("RCPT TO:<ada@example.com>", "250 2.1.5").await;
    client.ask("RCPT TO:<Postmaster>", "250 2.1.5").await;
    client.ask("DATA", "354 ").await;
    client.write("Hello\r\n.\r\n").await;
    client.expect("250 2.0.0").await;
    client.ask("NOOP", "250").await;
    client.ask("VRFY ada", "252").await;
    client.ask("QUIT", "221").await;
    assert!(client.rest().await.is_empty());

    let mails = catcher.mails();
    assert_eq!(mails.len(), 1);
    assert_eq!((mails[0].seq, mails[0].connection), (1, 1));
    assert_eq!(mails[0].from, "");
    assert_eq!(mails[0].to, ["ada@example.com", "Postmaster"]);
    assert_eq!(mails[0].content, b"Hello\r\n");
    assert_eq!(catcher.faults(), []);
    let transcript = catcher.transcript(1);
    assert_eq!(transcript[0], "S: 220 catcher.example.net ESMTP");
    assert!(transcript.contains(&"C: mail from:<> body=8bitmime".to_owned()));
    assert_eq!(transcript.last().unwrap(), "S: 221 2.0.0 Goodbye");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn groups_may_arrive_cut_at_any_octet() {
    let catcher = catcher(Behaviour::new()).await;
    // The second group begins in the middle of the first mail's end, as the sender writes it.
    let second = format!("{CONTENT}{GROUPS}");
    let third = format!("{CONTENT}QUIT\r\n");
    let cuts = GROUPS.len().max(second.len());
    let mut clients = Vec::new();
    for cut in 1..cuts {
        let mut client = Client::greet(&catcher).await;
        let (second, third) = (second.clone(), third.clone());
        clients.push(tokio::spawn(async move {
            for (group, replies) in [(GROUPS, 4), (&*second, 5), (&*third, 2)] {
                let (one, two) = group.split_at(cut.min(group.len()));
                client.write(one).await;
                sleep(Duration::from_millis(5)).await;
                client.write(two).await;
                for _ in 0..replies {
                    let reply = client.reply().await;
                    assert!(reply.starts_with(['2', '3']), "cut at {cut}: {reply}");
                }
            }
        }));
    }
    for client in clients {
        client.await.unwrap();
    }
    let mails = catcher.mails();
    assert_eq!(mails.len(), 2 * (cuts - 1));
    for mail in mails {
        assert_eq!(mail.to, ["ada@example.com", "\"b> b\"@example.com"]);
        assert_eq!(mail.content, b"Subject: one\r\n\r\n.dot\r\n");
    }
    assert_eq!(catcher.faults(), []);
}

#[tokio::test]
async fn replies_to_a_group_come_in_one_packet() {
    let catcher = catcher(Behaviour::new()).await;
    let mut client = Client::greet(&catcher).await;
    client.write(GROUPS).await;
    let packet = client.0.fill_buf().await.unwrap();
    assert_eq!(packet.iter().filter(|byte| **byte == b'\n').count(), 4);
}

#[tokio::test]
async fn a_whole_conversation_in_one_write_per_reply_to_data() {
    let catcher = catcher(Behaviour::new()).await;
    let mut client = Client::greet(&catcher).await;
    client.write(GROUPS).await;
    for _ in 0..50 {
        for start in ["250 2.1.0", "250 2.1.5", "250 2.1.5", "354"] {
            client.expect(start).await;
        }
        client.write(format!("{CONTENT}{GROUPS}")).await;
        client.expect("250 2.0.0").await;
    }
    catcher.wait_for(50, SOON).await.unwrap();
}

#[tokio::test]
async fn commands_out_of_order_are_refused() {
    let catcher = catcher(Behaviour::new()).await;
    let mut client = Client::connect(&catcher).await;
    client.expect("220").await;
    client
        .ask("MAIL FROM:<list@example.org>", "503 5.5.1")
        .await;
    client.ask("HELO client.example.com", "250 catcher").await;
    client.ask("RCPT TO:<ada@example.com>", "503 5.5.1").await;
    client.ask("DATA", "503 5.5.1").await;
    client.ask("MAIL FROM:<list@example.org>", "250").await;
    client
        .ask("MAIL FROM:<list@example.org>", "503 5.5.1")
        .await;
    client.ask("DATA", "554 5.5.1").await;
    client.ask("RSET", "250").await;
    client.ask("RCPT TO:<ada@example.com>", "503 5.5.1").await;
    client.ask("STARTTLS", "502").await;
    client.ask("AUTH PLAIN AGEAYg==", "502").await;
}

#[tokio::test]
async fn malformed_commands_are_refused_and_noted() {
    let catcher = catcher(Behaviour::new()).await;
    let mut client = Client::greet(&catcher).await;
    let refusals = [
        ("HELLO there", "500 5.5.2"),
        ("EHLO", "501 5.5.4"),
        ("MAIL FROM: <list@example.org>", "501 5.5.4"),
        ("MAIL FROM:list@example.org", "501 5.5.4"),
        ("MAIL FROM:<list@example.org>SIZE=1", "501 5.5.4"),
        ("MAIL FROM:<list>", "501 5.1.7"),
        ("MAIL FROM:<list@example.org> SIZE=many", "555 5.5.4"),
        ("MAIL FROM:<list@example.org> RET=FULL", "555 5.5.4"),
        ("MAIL FROM:<l\u{ef}st@example.org>", "553 5.6.7"),
        ("RCPT TO:<>", "501 5.1.3"),
        ("RCPT TO:<a b@example.com>", "501 5.1.3"),
        ("DATA now", "501 5.5.4"),
    ];
    for (command, reply) in refusals {
        client.ask(command, reply).await;
    }
    client.write("NOOP\n").await;
    client.expect("500 5.5.2").await;
    client.ask("NOOP", "250").await;
    let faults = catcher.faults();
    assert_eq!(faults.len(), refusals.len() + 1);
    assert_eq!(
        faults[0].to_string(),
        "connection 1: answered 500: HELLO there"
    );
    assert!(catcher.is_empty());
}

#[tokio::test]
async fn an_endless_command_line_ends_the_connection() {
    let catcher = catcher(Behaviour::new()).await;
    let mut client = Client::greet(&catcher).await;
    client.write("NOOP ".repeat(4000)).await;
    client.expect("500 5.5.6").await;
    client.rest().await;
    assert_eq!(catcher.faults().len(), 1);
}

#[tokio::test]
async fn withheld_extensions_are_neither_announced_nor_taken() {
    let behaviour = Behaviour::new()
        .without(Extension::Pipelining)
        .without(Extension::EightBitMime)
        .without(Extension::SmtpUtf8)
        .without(Extension::EnhancedStatusCodes)
        .without(Extension::Size);
    let catcher = catcher(behaviour).await;
    let mut client = Client::connect(&catcher).await;
    client.expect("220").await;
    let extensions = client.ask("EHLO client.example.com", "250").await;
    assert_eq!(extensions, "250 catcher.example.net");
    for parameter in ["SIZE=1", "BODY=8BITMIME", "SMTPUTF8"] {
        let command = format!("MAIL FROM:<list@example.org> {parameter}");
        client.ask(&command, "555 A parameter").await;
    }
    client
        .ask("MAIL FROM:<list@example.org>", "250 Sender")
        .await;
}

#[tokio::test]
async fn pipelining_without_leave_is_a_fault() {
    let catcher = catcher(Behaviour::new().without(Extension::Pipelining)).await;
    let mut client = Client::greet(&catcher).await;
    client.write("NOOP\r\nNOOP\r\n").await;
    client.expect("250").await;
    client.expect("503 5.5.0").await;
    assert!(client.rest().await.is_empty());
    assert_eq!(catcher.faults().len(), 1);
}

#[tokio::test]
async fn content_before_the_reply_to_data_is_a_fault() {
    let catcher = catcher(Behaviour::new()).await;
    let mut client = Client::greet(&catcher).await;
    client.envelope("ada@example.com").await;
    client.write("DATA\r\nHello\r\n.\r\n").await;
    client.expect("503 5.5.0").await;
    client.rest().await;
    assert!(catcher.is_empty());
    assert_eq!(catcher.faults().len(), 1);
}

#[tokio::test]
async fn utf8_addresses_need_smtputf8() {
    let catcher = catcher(Behaviour::new()).await;
    let mut client = Client::greet(&catcher).await;
    client.ask("MAIL FROM:<list@example.org>", "250").await;
    client
        .ask("RCPT TO:<zo\u{eb}@example.com>", "553 5.6.7")
        .await;
    client.ask("RSET", "250").await;
    client
        .ask("MAIL FROM:<list@example.org> SMTPUTF8", "250")
        .await;
    client.ask("RCPT TO:<zo\u{eb}@example.com>", "250").await;
}

#[tokio::test]
async fn authentication_by_plain_and_login() {
    let behaviour = Behaviour::new()
        .credentials("press", "s3cret")
        .keep(Keep::Counts);
    let catcher = catcher(behaviour).await;
    // press, s3cret, wrong
    let (user, password, wrong) = ("cHJlc3M=", "czNjcmV0", "d3Jvbmc=");
    let plain = "AHByZXNzAHMzY3JldA==";

    let mut client = Client::connect(&catcher).await;
    client.expect("220").await;
    let extensions = client.ask("EHLO client.example.com", "250").await;
    assert!(extensions.contains("AUTH PLAIN LOGIN"), "{extensions}");
    client
        .ask("MAIL FROM:<list@example.org>", "530 5.7.0")
        .await;
    client.ask("AUTH CRAM-MD5", "504").await;
    client.ask("AUTH PLAIN !", "501").await;
    client.ask("AUTH PLAIN", "334 ").await;
    client.ask("*", "501").await;
    client
        .ask(&format!("AUTH LOGIN {user}"), "334 UGFzc3dvcmQ6")
        .await;
    client.ask(wrong, "535 5.7.8").await;
    client
        .ask(&format!("AUTH PLAIN {plain}"), "235 2.7.0")
        .await;
    client.ask(&format!("AUTH PLAIN {plain}"), "503").await;
    client.send("ada@example.com", "Hello").await;

    let mut client = Client::greet(&catcher).await;
    client.ask("AUTH LOGIN", "334 VXNlcm5hbWU6").await;
    client.ask(user, "334 UGFzc3dvcmQ6").await;
    client.ask(password, "235").await;
    client.send("ada@example.com", "Hello").await;
    assert_eq!(catcher.len(), 2);
}

#[tokio::test]
async fn the_port_is_free_again_after_stop_and_can_be_taken() {
    let first = catcher(Behaviour::new()).await;
    let mut client = Client::greet(&first).await;
    first.stop().await;
    assert!(client.rest().await.is_empty());
    let again = Catcher::start_at(first.addr(), Behaviour::new())
        .await
        .unwrap();
    Client::greet(&again).await;
    assert_eq!(first.connections_open(), 0);
}
