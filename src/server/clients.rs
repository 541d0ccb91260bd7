//! How many connections does a client hold?
//!
//! A client is an address; one of IPv6 has a whole /64. Must not know: what a connection carries.

use std::collections::HashMap;
use std::collections::hash_map::Entry;
use std::net::{IpAddr, Ipv6Addr};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use crate::graphql::{Code, GraphqlError};

/// Connections by client; those without one are not listed.
#[derive(Debug)]
pub(super) struct Clients {
    most: u64,
    open: Mutex<HashMap<IpAddr, u64>>,
}

/// A connection of a client, counted until dropped.
#[derive(Debug)]
pub(super) struct Held {
    clients: Arc<Clients>,
    client: IpAddr,
}

impl Clients {
    /// Lets each have so many; any number where 0.
    pub(super) fn new(most: u64) -> Arc<Self> {
        Arc::new(Self { most, open: Mutex::default() })
    }

    /// Counts one more connection; `None` where the client has as many as it may have.
    pub(super) fn hold(self: &Arc<Self>, address: IpAddr) -> Option<Held> {
        let client = network(address);
        let mut all = self.all();
        let open = all.entry(client).or_default();
        if self.most > 0 && *open >= self.most {
            return None;
        }
        *open += 1;
        Some(Held { clients: Arc::clone(self), client })
    }

    fn all(&self) -> MutexGuard<'_, HashMap<IpAddr, u64>> {
        self.open.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for Held {
    fn drop(&mut self) {
        if let Entry::Occupied(mut open) = self.clients.all().entry(self.client) {
            *open.get_mut() -= 1;
            if *open.get() == 0 {
                open.remove();
            }
        }
    }
}

/// What a client is told that has as many connections as it may have: a whole answer of HTTP/1.1.
pub(super) fn refusal(most: u64) -> String {
    let message = format!("more than {most} connections from this address");
    let error = GraphqlError::new(Code::Overloaded, message)
        .limit("clientConnections")
        .hint("ask over the connections that are open, or close some");
    let body = serde_json::json!({ "errors": [error] }).to_string();
    format!(
        "HTTP/1.1 503 Service Unavailable\r\ncontent-type: application/json; charset=utf-8\r\ncontent-length: {}\r\n\
         retry-after: 1\r\ncache-control: no-store\r\nconnection: close\r\n\r\n{body}",
        body.len()
    )
}

/// The client that an address belongs to.
pub(super) fn network(address: IpAddr) -> IpAddr {
    match address {
        IpAddr::V6(v6) => match v6.to_ipv4_mapped() {
            Some(v4) => v4.into(),
            None => {
                let [a, b, c, d, ..] = v6.segments();
                Ipv6Addr::new(a, b, c, d, 0, 0, 0, 0).into()
            }
        },
        v4 => v4,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_client_has_so_many_and_none_is_listed_that_has_none() {
        let clients = Clients::new(2);
        let hold = |address: &str| clients.hold(address.parse().unwrap());
        let (one, two) = (hold("10.0.0.1"), hold("::ffff:10.0.0.1"));
        assert!(one.is_some() && two.is_some() && hold("10.0.0.1").is_none());
        let other = (hold("2001:db8::1"), hold("2001:db8::2"));
        assert!(other.0.is_some() && other.1.is_some(), "another client");
        assert!(hold("2001:db8:0:0:ffff::3").is_none() && hold("2001:db8:0:1::1").is_some());
        drop(one);
        assert!(hold("10.0.0.1").is_some());
        drop((two, other));
        assert!(clients.all().is_empty());
        let clients = Clients::new(0);
        let any: Vec<_> = (0..100).map(|_| clients.hold("10.0.0.1".parse().unwrap())).collect();
        assert!(any.iter().all(Option::is_some));
    }
}
