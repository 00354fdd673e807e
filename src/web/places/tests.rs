//! Tests with client addresses that a real test can't connect from.

use super::*;

const PROXY: &str = "203.0.113.1";
const NEVER: Duration = Duration::from_secs(3600);

fn places(grace: Duration) -> Arc<Places> {
    Arc::new(Places::new(&Limits {
        connections: 12,
        loopback: 4,
        network: 3,
        reserve: 4,
        proxies: vec![PROXY.parse().unwrap()],
        grace,
        wait: NEVER,
        ..Limits::default()
    }))
}

/// Admits clients from these addresses: `.` gets an ordinary place, `r` one in the reserve, `-` has to wait.
fn come(places: &Arc<Places>, from: &[&str]) -> (String, Vec<Guest>) {
    let mut guests = Vec::new();
    let come = from.iter().map(|address| {
        let Ok(guest) = places.admit(address.parse().unwrap()) else {
            return '-';
        };
        let is_placeless = guest.0.is_placeless();
        guests.push(guest);
        if is_placeless { 'r' } else { '.' }
    });
    (come.collect(), guests)
}

fn is_displaced(guest: &Guest) -> bool {
    guest.0.displaced.is_cancelled()
}

#[test]
fn a_network_has_its_share_and_no_more() {
    let places = places(NEVER);
    let one = ["192.0.2.1", "192.0.2.2", "::ffff:192.0.2.3"];
    let (signs, _one) = come(&places, &one);
    assert_eq!(signs, "...");
    let (signs, more) = come(&places, &["192.0.2.77", "192.0.2.78", "192.0.3.1"]);
    assert_eq!(signs, "rr.");
    let displaced: Vec<_> = more.iter().map(is_displaced).collect();
    assert_eq!(displaced, [true, false, false], "of the reserve too");
    let customer = [
        "2001:db8:1::1",
        "2001:db8:1:100::1",
        "2001:db8:1:ff00::1",
        "2001:db8:1:2::1",
        "2001:db8:2::1",
    ];
    let (signs, _customer) = come(&places, &customer);
    assert_eq!(signs, "...r.");
}

#[test]
fn a_share_is_left_to_this_machine() {
    let places = places(NEVER);
    let (signs, _proxied) = come(&places, &[PROXY; 9]);
    assert_eq!(signs, "........r", "a proxy is no network");
    let (signs, _remote) = come(&places, &["192.0.2.1", "198.51.100.1", "192.0.3.1"]);
    assert_eq!(signs, "rr-");
    let this = ["127.0.0.1", "::1", "127.0.0.9", "::ffff:127.0.0.1"];
    let (signs, mut local) = come(&places, &this);
    assert_eq!(signs, "....");
    let (signs, _more) = come(&places, &["127.0.0.1", "::1"]);
    assert_eq!(signs, "r-", "there is a share in the reserve too");
    local.pop();
    let (signs, _last) = come(&places, &["127.0.0.1"]);
    assert_eq!(signs, ".", "who leaves makes room");
}

#[test]
fn the_one_that_is_silent_longest_makes_room() {
    let places = places(Duration::ZERO);
    let (_, others) = come(&places, &["198.51.100.1"]);
    let (_, mut guests) = come(&places, &["192.0.2.1"; 4]);
    let late = guests.pop().unwrap();
    guests[0].0.begin();
    assert!(!late.0.begin() && places.promote(&late.0).is_ok());
    let displaced: Vec<_> = guests.iter().map(is_displaced).collect();
    assert_eq!(displaced, [false, true, false]);
    assert!(!is_displaced(&others[0]), "it is of another network");
    assert!(guests[2].0.begin());
    assert!(!guests[1].0.begin(), "its next request needs a place");
}

#[test]
fn nobody_is_closed_who_was_answered_a_moment_ago() {
    let places = places(NEVER);
    let (_, mut guests) = come(&places, &["127.0.0.1"; 13]);
    let late = guests.pop().unwrap();
    assert!(places.promote(&late.0).is_err());
}

#[test]
fn nobody_is_closed_in_the_middle_of_a_request() {
    let places = places(Duration::ZERO);
    let (_, mut guests) = come(&places, &["127.0.0.1"; 13]);
    let late = guests.pop().unwrap();
    assert!(guests.iter().all(|guest| guest.0.begin()));
    assert!(places.promote(&late.0).is_err());
    guests[0].0.answered();
    assert!(places.promote(&late.0).is_err(), "its answer is not out");
    guests[0].0.flushed();
    assert!(places.promote(&late.0).is_ok());
    assert!(is_displaced(&guests[0]));
}

#[tokio::test]
async fn the_reserve_is_left_by_who_came_first() {
    let places = places(Duration::ZERO);
    let (_, guests) = come(&places, &["127.0.0.1"; 16]);
    assert!(guests.iter().take(12).all(|guest| guest.0.begin()));
    let next = places.admitted(PROXY.parse().unwrap()).await;
    assert!(next.0.is_placeless() && !is_displaced(&next));
    let displaced: Vec<_> = guests[12..].iter().map(is_displaced).collect();
    assert_eq!(displaced, [true, false, false, false]);
    assert!(!guests[12].0.place().await, "it does not wait for a place");
}

#[tokio::test]
async fn a_request_waits_until_a_place_is_free() {
    let places = places(NEVER);
    let (_, mut guests) = come(&places, &["127.0.0.1"; 13]);
    let late = guests.pop().unwrap();
    let (placed, ()) = tokio::join!(late.0.place(), async { drop(guests.pop()) });
    assert!(placed);
    drop((guests, late));
    places.empty().await;
}
