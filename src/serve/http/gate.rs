//! Who may ask: only browsers that called this server by an address of its own.
//!
//! A page of a stranger's site can make a browser send requests here. It cannot choose the Host header, so a name that was
//! pointed at this machine (DNS rebinding) is told by it; it cannot hide its Origin from a stream either.

use std::net::{IpAddr, Ipv6Addr, SocketAddr};

use hyper::Uri;
use hyper::header::{HOST, HeaderMap, HeaderValue, ORIGIN};

use super::listen::is_pair;

/// The names under which this server answers.
#[derive(Debug)]
pub struct Gate {
    port: u16,
    /// Whether any address in figures is good: with `--host`, where this machine may have several.
    any_address: bool,
}

impl Gate {
    /// For a server at `address`.
    pub fn new(address: SocketAddr) -> Self {
        Self { port: address.port(), any_address: !is_pair(address.ip()) }
    }

    /// The Host of a request, if it has exactly one, that is ours, and a full address in the first line says the same.
    pub fn host<'a>(&self, uri: &Uri, headers: &'a HeaderMap) -> Option<&'a str> {
        let mut hosts = headers.get_all(HOST).iter();
        let host = hosts.next()?.to_str().ok()?;
        let agrees = match (uri.scheme_str(), uri.authority()) {
            (None, None) => true,
            (Some("http"), Some(authority)) => authority.as_str().eq_ignore_ascii_case(host),
            _ => false,
        };
        (hosts.next().is_none() && agrees && self.is_ours(host)).then_some(host)
    }

    /// Whether a stream of news may go to who asks, called `host` by him: a page of this server, or no page at all.
    pub fn is_own_page(headers: &HeaderMap, host: &str) -> bool {
        let all = |name: &str, good: &dyn Fn(&HeaderValue) -> bool| headers.get_all(name).iter().all(good);
        let own = format!("http://{host}");
        all(ORIGIN.as_str(), &|origin| origin.as_bytes().eq_ignore_ascii_case(own.as_bytes()))
            && all("sec-fetch-site", &|site| matches!(site.as_bytes(), b"same-origin" | b"none"))
    }

    fn is_ours(&self, host: &str) -> bool {
        let name = match host.rsplit_once(':') {
            Some((name, port)) if port == self.port.to_string() => name,
            // Browsers leave out the port that is HTTP's own.
            _ if self.port == 80 => host,
            _ => return false,
        };
        // Names of hosts have no case (RFC 3986, 3.2.2), and neither do the digits of an address of the sixth version.
        let own = ["localhost", "127.0.0.1", "[::1]"];
        own.iter().any(|own| own.eq_ignore_ascii_case(name)) || self.any_address && is_address(name)
    }
}

/// Whether a host is an address in figures, as a browser writes it.
fn is_address(name: &str) -> bool {
    match name.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')) {
        Some(six) => six.parse::<Ipv6Addr>().is_ok(),
        None => name.parse::<IpAddr>().is_ok_and(|address| address.is_ipv4()),
    }
}

#[cfg(test)]
mod tests {
    use hyper::Request;
    use hyper::http::request::Parts;

    use super::*;

    fn host<'a>(gate: &Gate, parts: &'a Parts) -> Option<&'a str> {
        gate.host(&parts.uri, &parts.headers)
    }

    fn asks(uri: &str, hosts: &[&str]) -> Parts {
        let request = hosts.iter().fold(Request::builder().uri(uri), |r, host| r.header(HOST, *host));
        request.body(()).expect("a request").into_parts().0
    }

    #[test]
    fn only_own_names_with_the_own_port_pass() {
        let gate = Gate::new("127.0.0.1:1111".parse().expect("an address"));
        for good in ["localhost:1111", "127.0.0.1:1111", "[::1]:1111"] {
            assert_eq!(host(&gate, &asks("/", &[good])), Some(good));
            let full = format!("http://{good}/x");
            assert_eq!(host(&gate, &asks(&full, &[good])), Some(good), "{full}");
        }
        let bad = [
            "",
            "localhost",
            "LOCALHOST",
            "LOCALHOST:1112",
            "localhost:1112",
            "localhost:80",
            "localhost:",
            "localhost:01111",
            "localhost.:1111",
            "evil.example:1111",
            "127.0.0.2:1111",
            "127.1:1111",
            "2130706433:1111",
            "[::]:1111",
            "0.0.0.0:1111",
            "::1:1111",
            "localhost:1111 ",
            "a@localhost:1111",
            "localhost:1111, evil.example",
            "192.168.1.4:1111",
        ];
        for bad in bad {
            assert_eq!(host(&gate, &asks("/", &[bad])), None, "{bad}");
        }
        assert_eq!(host(&gate, &asks("/", &[])), None, "no Host");
        assert_eq!(host(&gate, &asks("/", &["localhost:1111", "localhost:1111"])), None, "two of them");
        for full in
            ["http://evil.example/", "https://localhost:1111/", "http://a@localhost:1111/", "localhost:1111"]
        {
            assert_eq!(host(&gate, &asks(full, &["localhost:1111"])), None, "{full}");
        }
    }

    #[test]
    fn names_of_hosts_have_no_case() {
        let gate = Gate::new("127.0.0.1:1111".parse().expect("an address"));
        for good in ["LOCALHOST:1111", "Localhost:1111"] {
            assert_eq!(host(&gate, &asks("/", &[good])), Some(good));
            for full in ["http://localhost:1111/x", "HTTP://LocalHost:1111/x"] {
                assert_eq!(host(&gate, &asks(full, &[good])), Some(good), "{full}");
            }
            let from =
                |origin: &'static str| HeaderMap::from_iter([(ORIGIN, HeaderValue::from_static(origin))]);
            assert!(Gate::is_own_page(&from("http://localhost:1111"), good));
            assert!(Gate::is_own_page(&from("http://LOCALHOST:1111"), good));
            assert!(!Gate::is_own_page(&from("https://localhost:1111"), good));
        }
        assert_eq!(host(&gate, &asks("/", &["EVIL.EXAMPLE:1111"])), None);
        let wide = Gate::new("0.0.0.0:1111".parse().expect("an address"));
        assert!(wide.is_ours("[FE80::1]:1111") && !wide.is_ours("EVIL.EXAMPLE:1111"));
    }

    #[test]
    fn with_a_host_of_the_network_addresses_pass_and_names_do_not() {
        let gate = Gate::new("0.0.0.0:1111".parse().expect("an address"));
        for good in ["192.168.1.4:1111", "[fe80::1]:1111", "127.0.0.1:1111", "localhost:1111"] {
            assert!(gate.is_ours(good), "{good}");
        }
        for bad in [
            "evil.example:1111",
            "192.168.1.4",
            "192.168.1.4:2222",
            "1.2.3:1111",
            "fe80::1:1111",
            "[1.2.3.4]:1111",
        ] {
            assert!(!gate.is_ours(bad), "{bad}");
        }
        assert!(Gate::new("0.0.0.0:80".parse().expect("an address")).is_ours("10.0.0.1"));
    }

    #[test]
    fn streams_go_to_own_pages_only() {
        let own = |name: &'static str, value: &'static str| {
            let headers = HeaderMap::from_iter([(
                hyper::header::HeaderName::from_static(name),
                HeaderValue::from_static(value),
            )]);
            Gate::is_own_page(&headers, "localhost:1111")
        };
        assert!(Gate::is_own_page(&HeaderMap::new(), "localhost:1111"));
        assert!(own("origin", "http://localhost:1111") && own("sec-fetch-site", "same-origin"));
        for bad in [
            "null",
            "",
            "http://localhost",
            "https://localhost:1111",
            "http://localhost:1111/",
            "http://127.0.0.1:1111",
        ] {
            assert!(!own("origin", bad), "{bad}");
        }
        for bad in ["cross-site", "same-site", ""] {
            assert!(!own("sec-fetch-site", bad), "{bad}");
        }
    }
}
