//! Taking a port, on both loopback addresses at once, and finding room for many connections.

use std::io::{self, ErrorKind};
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr, TcpListener};
use std::path::Path;

use crate::fs::{Action, Failure};

/// How many ports after the asked one are tried.
const PORTS_TRIED: u16 = 50;

/// Most connections at a time: a thousand browsers that listen, and as many that ask.
const MOST_CONNECTIONS: usize = 2_048;

/// Descriptors that are left to the rest of the program: watches, sources being read, the terminal.
const DESCRIPTORS_SPARED: usize = 128;

/// Takes `port` of `host`, or the next free one; with what was taken.
pub fn bind(host: IpAddr, port: u16) -> Result<(Vec<TcpListener>, SocketAddr), Failure> {
    let mut tried = 0;
    loop {
        let address = SocketAddr::new(host, port.saturating_add(tried));
        let error = match bind_exactly(address) {
            Ok(listeners) => return Ok(listeners),
            Err(error) => error,
        };
        // Windows keeps ranges of ports for itself and calls that a lack of permission.
        let reserved = error.kind() == ErrorKind::PermissionDenied && address.port() >= 1024;
        let next = error.kind() == ErrorKind::AddrInUse || reserved;
        if !next || tried == PORTS_TRIED || address.port() == u16::MAX {
            let asked = SocketAddr::new(host, port).to_string();
            return Err(Failure::of(Action::Listen, Path::new(&asked))(error));
        }
        tried += 1;
    }
}

/// Whether `localhost` means this address, so that its twin of the other family belongs to it.
pub fn is_pair(host: IpAddr) -> bool {
    host == Ipv4Addr::LOCALHOST || host == Ipv6Addr::LOCALHOST
}

/// How many connections this process can hold; asks the system for more descriptors where it gives few.
pub fn most_connections() -> usize {
    let descriptors = descriptors(MOST_CONNECTIONS + DESCRIPTORS_SPARED);
    MOST_CONNECTIONS.min(descriptors.saturating_sub(DESCRIPTORS_SPARED).max(descriptors / 2)).max(16)
}

fn bind_exactly(address: SocketAddr) -> io::Result<(Vec<TcpListener>, SocketAddr)> {
    let first = TcpListener::bind(address)?;
    let bound = first.local_addr()?;
    let mut listeners = vec![first];
    if is_pair(address.ip()) {
        let twin = match address.ip() {
            IpAddr::V4(_) => IpAddr::V6(Ipv6Addr::LOCALHOST),
            IpAddr::V6(_) => IpAddr::V4(Ipv4Addr::LOCALHOST),
        };
        match TcpListener::bind(SocketAddr::new(twin, bound.port())) {
            Ok(listener) => listeners.push(listener),
            // Somebody else's server at one of the two would be met by chance.
            Err(error) if error.kind() == ErrorKind::AddrInUse => return Err(error),
            // A machine without this family.
            Err(_) => {}
        }
    }
    for listener in &listeners {
        listener.set_nonblocking(true)?;
    }
    Ok((listeners, bound))
}

#[cfg(target_os = "linux")]
fn descriptors(wanted: usize) -> usize {
    use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};
    let wanted = wanted as u64;
    let limit = getrlimit(Resource::Nofile);
    let current = limit.current.unwrap_or(u64::MAX);
    if current >= wanted {
        return usize::try_from(current).unwrap_or(usize::MAX);
    }
    let raised = limit.maximum.map_or(wanted, |most| most.min(wanted)).max(current);
    let set = setrlimit(Resource::Nofile, Rlimit { current: Some(raised), maximum: limit.maximum });
    usize::try_from(if set.is_ok() { raised } else { current }).unwrap_or(usize::MAX)
}

/// Elsewhere the limit is not asked for: accepting sends somebody away when it is met.
#[cfg(not(target_os = "linux"))]
fn descriptors(wanted: usize) -> usize {
    wanted
}

#[cfg(test)]
mod tests {
    use super::*;

    const LOOPBACK: IpAddr = IpAddr::V4(Ipv4Addr::LOCALHOST);

    #[test]
    fn a_port_in_use_gives_the_next_free_one() {
        let (taken, address) = bind(LOOPBACK, 0).expect("a port is free");
        let (_, other) = bind(LOOPBACK, address.port()).expect("another port is free");
        assert!(other.port() > address.port() && other.port() <= address.port() + PORTS_TRIED, "{other}");
        drop(taken);
        let (_, again) = bind(LOOPBACK, address.port()).expect("the port is free again");
        assert_eq!(again.port(), address.port());
    }

    #[test]
    fn a_port_in_use_at_the_other_loopback_counts_as_in_use() {
        let Ok(six) = TcpListener::bind((Ipv6Addr::LOCALHOST, 0)) else { return };
        let port = six.local_addr().expect("it has an address").port();
        let (_, address) = bind(LOOPBACK, port).expect("another port is free");
        assert_ne!(address.port(), port);
    }

    #[test]
    fn an_address_of_another_machine_is_a_failure_that_names_it() {
        let failure = bind("192.0.2.1".parse().expect("an address"), 1111).expect_err("it is not ours");
        assert!(failure.to_string().starts_with("cannot listen at 192.0.2.1:1111: "), "{failure}");
    }
}
