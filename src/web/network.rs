//! The network that a request comes from. Limits count networks, since one machine may have many addresses.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};

use axum::extract::{ConnectInfo, FromRef, FromRequestParts};
use axum::http::HeaderMap;
use axum::http::request::Parts;
use std::convert::Infallible;

use crate::app::{App, Origin};

/// Extracts a network such as `192.0.2.0/24`, or `2001:db8::/56` within `2001:db8::/48`.
pub(super) struct Network(pub(super) Origin);

impl<S> FromRequestParts<S> for Network
where
    App: FromRef<S>,
    S: Sync,
{
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Infallible> {
        let app = App::from_ref(state);
        let peer = parts.extensions.get::<ConnectInfo<SocketAddr>>();
        let peer = peer.map_or(IpAddr::V4(Ipv4Addr::UNSPECIFIED), |peer| peer.0.ip());
        let client = client(&parts.headers, peer, &app.config.web.proxies);
        Ok(Self(origin(client)))
    }
}

/// The last address on the way that is not one of our proxies. The client may have forged those before it.
fn client(headers: &HeaderMap, peer: IpAddr, proxies: &[IpAddr]) -> IpAddr {
    let ours = |address: &IpAddr| proxies.contains(&address.to_canonical());
    if !ours(&peer) {
        return peer;
    }
    let forwarded = headers.get_all("x-forwarded-for").iter();
    let hops = forwarded.filter_map(|value| value.to_str().ok());
    let hops: Vec<&str> = hops.flat_map(|value| value.split(',')).collect();
    let mut nearest = peer;
    for written in hops.into_iter().rev() {
        match hop(written) {
            Some(hop) if ours(&hop) => nearest = hop,
            Some(hop) => return hop,
            None => return nearest,
        }
    }
    nearest
}

/// Parses an address as proxies write it: alone, with its port, in brackets or in quotes.
fn hop(written: &str) -> Option<IpAddr> {
    let written = written.trim().trim_matches('"');
    let with_port = || written.parse().map(|address: SocketAddr| address.ip());
    let in_brackets = || written.strip_prefix('[')?.strip_suffix(']')?.parse().ok();
    let alone = written.parse().or_else(|_| with_port()).ok();
    alone.or_else(in_brackets)
}

fn origin(address: IpAddr) -> Origin {
    match address.to_canonical() {
        IpAddr::V4(address) => Origin {
            network: format!("{}/24", first_24(address)),
            site: None,
        },
        IpAddr::V6(address) => Origin {
            network: format!("{}/56", first(address, 56)),
            site: Some(format!("{}/48", first(address, 48))),
        },
    }
}

/// The first address of the largest block that providers give to one customer: an IPv4 /24 or an IPv6 /48.
pub(super) fn site(address: IpAddr) -> IpAddr {
    match address.to_canonical() {
        IpAddr::V4(address) => first_24(address).into(),
        IpAddr::V6(address) => first(address, 48).into(),
    }
}

fn first_24(address: Ipv4Addr) -> Ipv4Addr {
    Ipv4Addr::from_bits(address.to_bits() & !0xff)
}

fn first(address: Ipv6Addr, bits: u32) -> Ipv6Addr {
    let host = 128 - bits;
    Ipv6Addr::from_bits(address.to_bits() >> host << host)
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    fn of(peer: &str, forwarded: &[&str], proxies: &[&str]) -> String {
        let mut headers = HeaderMap::new();
        for value in forwarded {
            headers.append("x-forwarded-for", value.parse().unwrap());
        }
        let proxies: Vec<IpAddr> = proxies.iter().map(|ip| ip.parse().unwrap()).collect();
        origin(client(&headers, peer.parse().unwrap(), &proxies)).network
    }

    #[test]
    fn a_network_is_what_one_household_has() {
        assert_eq!(of("192.0.2.77", &[], &[]), "192.0.2.0/24");
        assert_eq!(of("::ffff:192.0.2.77", &[], &[]), "192.0.2.0/24");
        assert_eq!(of("2001:db8:1:2ff:3::4", &[], &[]), "2001:db8:1:200::/56");
        let site = |address: &str| origin(address.parse().unwrap()).site;
        assert_eq!(
            site("2001:db8:1:2ff:3::4").as_deref(),
            Some("2001:db8:1::/48")
        );
        assert_eq!(site("192.0.2.77"), None);
    }

    #[test]
    fn only_a_proxy_of_ours_is_believed() {
        let forged = ["198.51.100.1"];
        assert_eq!(of("192.0.2.77", &forged, &[]), "192.0.2.0/24");
        assert_eq!(of("192.0.2.77", &forged, &["192.0.2.78"]), "192.0.2.0/24");
        assert_eq!(of("127.0.0.1", &forged, &["127.0.0.1"]), "198.51.100.0/24");
        let chain = ["203.0.113.9, 198.51.100.1", "127.0.0.2"];
        assert_eq!(
            of("127.0.0.1", &chain, &["127.0.0.1", "127.0.0.2"]),
            "198.51.100.0/24"
        );
        for written in [
            "198.51.100.1:4711",
            "[2001:db8::1]:4711",
            "[2001:db8::1]",
            "\"[2001:db8::1]:4711\"",
        ] {
            let wanted = match written.contains("db8") {
                true => "2001:db8::/56",
                false => "198.51.100.0/24",
            };
            assert_eq!(of("127.0.0.1", &[written], &["127.0.0.1"]), wanted);
        }
        let ports = ["203.0.113.9:1, 198.51.100.1:4711", "127.0.0.2:80"];
        assert_eq!(
            of("127.0.0.1", &ports, &["127.0.0.1", "127.0.0.2"]),
            "198.51.100.0/24"
        );
        let garbage = ["198.51.100.1, unknown"];
        assert_eq!(of("127.0.0.1", &garbage, &["127.0.0.1"]), "127.0.0.0/24");
        assert_eq!(of("127.0.0.1", &[], &["127.0.0.1"]), "127.0.0.0/24");
    }
}
