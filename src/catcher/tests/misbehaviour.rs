//! Each misbehaviour, seen from the client.

use std::io::ErrorKind;
use std::time::Duration;

use tokio::io::AsyncBufReadExt as _;
use tokio::time::Instant;

use super::super::{Behaviour, Gate, Step};
use super::{Client, catcher};

#[tokio::test]
async fn a_reply_for_one_recipient_a_number_of_times() {
    let behaviour = Behaviour::new()
        .at(Step::Rcpt)
        .to("bob@example.com")
        .reply(450, "4.2.1 Busy\nTry later")
        .times(2);
    let catcher = catcher(behaviour).await;
    let mut client = Client::greet(&catcher).await;
    client.ask("MAIL FROM:<list@example.org>", "250").await;
    client.ask("RCPT TO:<ada@example.com>", "250").await;
    for _ in 0..2 {
        let reply = client.ask("RCPT TO:<Bob@EXAMPLE.com>", "450").await;
        assert_eq!(reply, "450-4.2.1 Busy\n450 Try later");
    }
    client.ask("RCPT TO:<cy@example.com>", "250").await;
    client.ask("DATA", "354").await;
    client.write("Hello\r\n.\r\n").await;
    client.expect("250").await;
    assert_eq!(catcher.mails()[0].to, ["ada@example.com", "cy@example.com"]);
    assert!(
        client
            .send("bob@example.com", "Hello")
            .await
            .starts_with("250")
    );
    assert_eq!(catcher.for_recipient("BOB@example.com").len(), 1);
}

#[tokio::test]
async fn a_refusal_takes_no_effect_at_any_step() {
    let steps = [
        (Step::Ehlo, "EHLO client.example.com"),
        (Step::Mail, "MAIL FROM:<list@example.org>"),
        (Step::Rcpt, "RCPT TO:<ada@example.com>"),
        (Step::Data, "DATA"),
        (Step::Dot, "Hello\r\n."),
        (Step::Rset, "RSET"),
        (Step::Quit, "QUIT"),
    ];
    for (number, (step, _)) in steps.iter().enumerate() {
        let behaviour = Behaviour::new()
            .at(*step)
            .reply(451, "4.3.0 Not today")
            .times(1);
        let catcher = catcher(behaviour).await;
        let mut client = Client::connect(&catcher).await;
        client.expect("220").await;
        for (_, command) in &steps[..number] {
            client.write(format!("{command}\r\n")).await;
            client.reply().await;
        }
        client.ask(steps[number].1, "451 4.3.0 Not today").await;
        match step {
            Step::Ehlo => client.ask("MAIL FROM:<list@example.org>", "503").await,
            Step::Mail => client.ask("RCPT TO:<ada@example.com>", "503").await,
            Step::Rcpt => client.ask("DATA", "554").await,
            Step::Data => client.ask("DATA", "354").await,
            _ => client.ask("NOOP", "250").await,
        };
        let arrived = usize::from(matches!(step, Step::Rset | Step::Quit));
        assert_eq!(catcher.len(), arrived, "{step:?}");
    }
}

#[tokio::test]
async fn a_refusing_greeting_leaves_only_quit_and_421_leaves_nothing() {
    let catcher = catcher(
        Behaviour::new()
            .at(Step::Connect)
            .reply(554, "5.3.2 Closed"),
    )
    .await;
    let mut client = Client::connect(&catcher).await;
    client.expect("554").await;
    client.ask("EHLO client.example.com", "503").await;
    client.ask("QUIT", "221").await;
    client.rest().await;

    catcher.set(Behaviour::new().at(Step::Connect).reply(421, "4.3.2 Full"));
    let mut client = Client::connect(&catcher).await;
    client.expect("421").await;
    assert!(client.rest().await.is_empty());
}

#[tokio::test]
async fn starttls_and_auth_can_be_scripted() {
    let behaviour = Behaviour::new()
        .with_starttls()
        .credentials("press", "s3cret")
        .at(Step::Auth)
        .reply(454, "4.7.0 Try later");
    let catcher = catcher(behaviour.clone()).await;
    let mut client = Client::greet(&catcher).await;
    client.ask("STARTTLS", "454 4.7.0").await;
    client
        .ask("AUTH PLAIN AHByZXNzAHMzY3JldA==", "454 4.7.0 Try later")
        .await;
    client.ask("MAIL FROM:<list@example.org>", "530").await;
    catcher.set(behaviour.at(Step::StartTls).hang_up());
    client.write("STARTTLS\r\n").await;
    assert!(client.rest().await.is_empty());
}

#[tokio::test]
async fn hang_up_comes_after_the_replies_before_it() {
    let catcher = catcher(Behaviour::new().at(Step::Data).hang_up()).await;
    let mut client = Client::greet(&catcher).await;
    client
        .write("MAIL FROM:<list@example.org>\r\nRCPT TO:<ada@example.com>\r\nDATA\r\n")
        .await;
    client.expect("250 2.1.0").await;
    client.expect("250 2.1.5").await;
    assert!(client.rest().await.is_empty());
}

#[tokio::test]
async fn hang_up_in_the_middle_of_the_content() {
    let behaviour = Behaviour::new().at(Step::Content).after_bytes(10).hang_up();
    let catcher = catcher(behaviour).await;
    // Too short for the rule.
    let mut client = Client::greet(&catcher).await;
    assert!(
        client
            .send("ada@example.com", "1234")
            .await
            .starts_with("250")
    );

    let mut client = Client::begin(&catcher, "ada@example.com").await;
    client.write("1234567").await;
    assert!(client.hears_nothing().await);
    client.write("89\r\n").await;
    assert!(client.rest().await.is_empty());
    assert_eq!(catcher.len(), 1);
}

#[tokio::test]
async fn a_reply_in_the_middle_of_the_content_ends_the_connection() {
    let behaviour = Behaviour::new()
        .at(Step::Content)
        .reply(552, "5.3.4 Enough");
    let catcher = catcher(behaviour).await;
    let mut client = Client::begin(&catcher, "ada@example.com").await;
    client.expect("552 5.3.4 Enough").await;
    client.rest().await;
}

#[tokio::test]
async fn accepting_and_hanging_up_keeps_the_mail() {
    let behaviour = Behaviour::new().at(Step::Dot).nth(2).accept_then_hang_up();
    let catcher = catcher(behaviour).await;
    let mut client = Client::greet(&catcher).await;
    assert!(
        client
            .send("ada@example.com", "One")
            .await
            .starts_with("250")
    );
    client.envelope("bob@example.com").await;
    client.ask("DATA", "354").await;
    client.write("Two\r\n.\r\n").await;
    assert!(client.rest().await.is_empty());
    assert_eq!(catcher.for_recipient("bob@example.com").len(), 1);
    let mut client = Client::greet(&catcher).await;
    assert!(
        client
            .send("cy@example.com", "Three")
            .await
            .starts_with("250")
    );
}

#[tokio::test]
async fn garbage_comes_in_place_of_the_reply() {
    let behaviour = Behaviour::new().at(Step::Mail).garbage(b"\xff\x00?\r\n");
    let catcher = catcher(behaviour).await;
    let mut client = Client::greet(&catcher).await;
    client
        .write("MAIL FROM:<list@example.org>\r\nQUIT\r\n")
        .await;
    assert!(client.rest().await.starts_with(b"\xff\x00?\r\n221"));
}

#[tokio::test]
async fn a_stall_lasts_until_the_catcher_stops() {
    let catcher = catcher(Behaviour::new().at(Step::Dot).stall()).await;
    let mut client = Client::begin(&catcher, "ada@example.com").await;
    client.write("Hello\r\n.\r\nNOOP\r\n").await;
    assert!(client.hears_nothing().await);
    assert_eq!((catcher.len(), catcher.connections_open()), (0, 1));
    catcher.stop().await;
    assert!(client.rest().await.is_empty());
}

#[tokio::test]
async fn a_stalled_connection_is_over_when_the_client_leaves() {
    let catcher = catcher(Behaviour::new().at(Step::Mail).stall()).await;
    let mut client = Client::greet(&catcher).await;
    client.write("MAIL FROM:<list@example.org>\r\n").await;
    drop(client);
    while catcher.connections_open() > 0 {
        tokio::task::yield_now().await;
    }
}

#[tokio::test]
async fn delay_holds_one_reply() {
    let delay = Duration::from_millis(60);
    let catcher = catcher(Behaviour::new().at(Step::Rcpt).delay(delay).times(1)).await;
    let mut client = Client::greet(&catcher).await;
    client.ask("MAIL FROM:<list@example.org>", "250").await;
    let start = Instant::now();
    client.ask("RCPT TO:<ada@example.com>", "250").await;
    assert!(start.elapsed() >= delay);
}

#[tokio::test]
async fn over_a_slow_network_commands_are_read_while_replies_travel() {
    let delay = Duration::from_millis(500);
    let catcher = catcher(Behaviour::new()).await;
    let mut client = Client::begin(&catcher, "ada@example.com").await;
    catcher.set(Behaviour::new().reply_delay(delay).transcript());
    // The end of a content, and the next group once that has been read: two packets of replies.
    let start = Instant::now();
    client.write("Hello\r\n.\r\n").await;
    catcher.wait_for(1, super::SOON).await.unwrap();
    client
        .write("MAIL FROM:<list@example.org>\r\nNOOP\r\n")
        .await;
    while !catcher.transcript(1).contains(&"C: NOOP".to_owned()) {
        tokio::task::yield_now().await;
    }
    let early = client.0.get_ref().try_read(&mut [0]).unwrap_err();
    assert_eq!(early.kind(), ErrorKind::WouldBlock);
    for start in ["250 2.0.0 Taken", "250 2.1.0", "250 2.0.0 Ok"] {
        client.expect(start).await;
    }
    assert!(start.elapsed() >= delay);
}

#[tokio::test]
async fn split_replies_come_octet_by_octet() {
    for behaviour in [
        Behaviour::new().at(Step::Mail).split_reply(),
        Behaviour::new().split_replies(),
    ] {
        let catcher = catcher(behaviour).await;
        let mut client = Client::greet(&catcher).await;
        client.write("MAIL FROM:<list@example.org>\r\n").await;
        let first = client.0.fill_buf().await.unwrap().len();
        assert!(first < 10, "{first} octets at once");
        assert_eq!(client.reply().await, "250 2.1.0 Sender ok");
    }
}

#[tokio::test]
async fn rules_can_wait_for_a_connection_and_an_occurrence() {
    let behaviour = Behaviour::new()
        .at(Step::Mail)
        .nth_connection(2)
        .nth(2)
        .reply(451, "4.3.0 Second of the second")
        .at(Step::Mail)
        .after(4)
        .reply(452, "4.3.1 From now on");
    let catcher = catcher(behaviour).await;
    let mut replies = Vec::new();
    for _ in 0..2 {
        let mut client = Client::greet(&catcher).await;
        for _ in 0..4 {
            client
                .write("MAIL FROM:<list@example.org>\r\nRSET\r\n")
                .await;
            replies.push(client.reply().await[..3].to_owned());
            client.reply().await;
        }
    }
    // A step that the first rule answered is not met by the second.
    let expected = ["250", "250", "250", "250", "452", "451", "452", "452"];
    assert_eq!(replies, expected);
}

#[tokio::test]
async fn the_first_rule_that_answers_decides() {
    let behaviour = Behaviour::new()
        .at(Step::Mail)
        .delay(Duration::from_millis(1))
        .at(Step::Mail)
        .reply(451, "4.3.0 One")
        .at(Step::Mail)
        .reply(452, "4.3.0 Two");
    let catcher = catcher(behaviour).await;
    let mut client = Client::greet(&catcher).await;
    client.ask("MAIL FROM:<list@example.org>", "451").await;
}

#[tokio::test]
async fn a_gate_holds_connections_until_it_is_released() {
    let catcher = catcher(Behaviour::new()).await;
    let mut client = Client::greet(&catcher).await;
    let gate = catcher.pause_at(Step::Data);
    client.envelope("ada@example.com").await;
    client.write("DATA\r\n").await;
    gate.reached().await;
    assert!(client.hears_nothing().await);
    gate.release();
    client.expect("354").await;
    client.write("Hello\r\n.\r\n").await;
    client.expect("250").await;
    assert!(
        client
            .send("bob@example.com", "Hello")
            .await
            .starts_with("250")
    );
    assert_eq!(gate.arrivals(), 2);
}

#[tokio::test]
async fn a_gate_can_choose_the_mail_and_opens_when_dropped() {
    let gate = Gate::new();
    let behaviour = Behaviour::new().at(Step::Mail).nth(2).pause(&gate);
    let catcher = catcher(behaviour).await;
    let mut client = Client::greet(&catcher).await;
    client.send("ada@example.com", "Hello").await;
    client.write("MAIL FROM:<list@example.org>\r\n").await;
    gate.reached().await;
    assert!(client.hears_nothing().await);
    drop(gate);
    client.expect("250").await;
}
