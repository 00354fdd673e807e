//! Where a request comes from, as limits count it: a network, since one machine has many addresses.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};

use axum::extract::{ConnectInfo, FromRef, FromRequestParts};
use axum::http::HeaderMap;
use axum::http::request::Parts;
use std::convert::Infallible;

use crate::engine::Engine;

/// The network that a request comes from: `192.0.2.0/24`, `2001:db8::/56`.
pub(super) struct Network(pub(super) String);

impl<S> FromRequestParts<S> for Network
where
    Engine: FromRef<S>,
    S: Sync,
{
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Infallible> {
        let engine = Engine::from_ref(state);
        let peer = parts.extensions.get::<ConnectInfo<SocketAddr>>();
        let peer = peer.map_or(IpAddr::V4(Ipv4Addr::UNSPECIFIED), |peer| peer.0.ip());
        let client = client(&parts.headers, peer, &engine.config.web.proxies);
        Ok(Self(network(client)))
    }
}

/// The nearest address on the way that is not one of our proxies: what stands left of it anybody may
/// have written.
fn client(headers: &HeaderMap, peer: IpAddr, proxies: &[IpAddr]) -> IpAddr {
    let ours = |address: &IpAddr| proxies.contains(&address.to_canonical());
    if !ours(&peer) {
        return peer;
    }
    let forwarded = headers.get_all("x-forwarded-for").iter();
    let hops: Vec<Option<IpAddr>> = forwarded
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(','))
        .map(|hop| hop.trim().parse().ok())
        .collect();
    let mut nearest = peer;
    for hop in hops.into_iter().rev() {
        match hop {
            Some(hop) if ours(&hop) => nearest = hop,
            Some(hop) => return hop,
            None => return nearest,
        }
    }
    nearest
}

fn network(address: IpAddr) -> String {
    match address.to_canonical() {
        IpAddr::V4(address) => {
            let [a, b, c, _] = address.octets();
            format!("{}/24", Ipv4Addr::new(a, b, c, 0))
        }
        IpAddr::V6(address) => {
            let bits = address.to_bits() >> 72 << 72;
            format!("{}/56", Ipv6Addr::from_bits(bits))
        }
    }
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
        network(client(&headers, peer.parse().unwrap(), &proxies))
    }

    #[test]
    fn a_network_is_what_one_household_has() {
        assert_eq!(of("192.0.2.77", &[], &[]), "192.0.2.0/24");
        assert_eq!(of("::ffff:192.0.2.77", &[], &[]), "192.0.2.0/24");
        assert_eq!(of("2001:db8:1:2ff:3::4", &[], &[]), "2001:db8:1:200::/56");
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
        let garbage = ["198.51.100.1, unknown"];
        assert_eq!(of("127.0.0.1", &garbage, &["127.0.0.1"]), "127.0.0.0/24");
        assert_eq!(of("127.0.0.1", &[], &["127.0.0.1"]), "127.0.0.0/24");
    }
}
