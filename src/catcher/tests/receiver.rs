//! What the receiver reports, and where it listens.

use std::io;
use std::time::Duration;

use super::super::{Behaviour, Catcher, Keep, TooFew};
use super::{Client, SOON, catcher};

#[tokio::test]
async fn only_loopback_addresses_are_bound() {
    for addr in ["0.0.0.0:0", "192.0.2.1:0", "[::]:0", "[2001:db8::1]:0"] {
        let refused = Catcher::start_at(addr.parse().unwrap(), Behaviour::new()).await;
        assert_eq!(refused.unwrap_err().kind(), io::ErrorKind::InvalidInput);
    }
    let catcher = catcher(Behaviour::new()).await;
    let port = catcher.addr().port();
    assert_eq!(catcher.url(), format!("smtp://127.0.0.1:{port}?tls=none"));
    let taken = Catcher::start_at(catcher.addr(), Behaviour::new()).await;
    assert_eq!(taken.unwrap_err().kind(), io::ErrorKind::AddrInUse);
}

#[tokio::test]
async fn waiting_ends_with_the_mail_or_the_time() {
    let catcher = catcher(Behaviour::new()).await;
    let within = Duration::from_millis(20);
    let too_few = TooFew {
        expected: 1,
        arrived: 0,
        within,
    };
    assert_eq!(catcher.wait_for(1, within).await, Err(too_few));
    assert_eq!(too_few.to_string(), "0 of 1 mails arrived within 20ms");
    let mut client = Client::greet(&catcher).await;
    let send = async {
        client.send("ada@example.com", "One").await;
        client.send("ada@example.com", "Two").await;
    };
    let (waited, ()) = tokio::join!(catcher.wait_for(2, SOON), send);
    waited.unwrap();
    assert_eq!(catcher.len(), 2);
    assert_eq!(catcher.mails()[1].seq, 2);
}

#[tokio::test]
async fn connections_are_counted() {
    let catcher = catcher(Behaviour::new()).await;
    let mut one = Client::greet(&catcher).await;
    let mut two = Client::greet(&catcher).await;
    for client in [&mut one, &mut two] {
        client.ask("QUIT", "221").await;
        client.rest().await;
    }
    // The client sees the end of the connection before the receiver has counted it.
    while catcher.connections_open() > 0 {
        tokio::task::yield_now().await;
    }
    let mut three = Client::greet(&catcher).await;
    three.send("ada@example.com", "Hello").await;
    assert_eq!((catcher.connections_opened(), catcher.max_open()), (3, 2));
    assert_eq!(catcher.mails()[0].connection, 3);
}

#[tokio::test]
async fn less_can_be_kept() {
    let catcher = catcher(Behaviour::new().keep(Keep::Envelopes)).await;
    let mut client = Client::greet(&catcher).await;
    for content in ["One", "Two", "One"] {
        client.send("ada@example.com", content).await;
    }
    let mails = catcher.for_recipient("ada@example.com");
    assert!(
        mails
            .iter()
            .all(|mail| mail.content.is_empty() && mail.size == 5)
    );
    assert_eq!(mails[0].digest, mails[2].digest);
    assert_ne!(mails[0].digest, mails[1].digest);

    catcher.set(Behaviour::new().keep(Keep::Counts));
    client.send("ada@example.com", "Four").await;
    assert_eq!(catcher.mails().len(), 3);
    assert_eq!((catcher.len(), catcher.octets()), (4, 21));
}
