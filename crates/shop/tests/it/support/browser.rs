//! As much of a browser as the shop's forms need.

use std::io::{Read, Write};
use std::net::TcpStream;

use super::page::Page;

/// A browser without a screen: it follows forms as they are on a page.
#[derive(Clone)]
pub(crate) struct Browser(String);

impl Browser {
    /// Returns a browser at another server.
    pub(crate) fn at(host: &str) -> Self {
        Self(host.to_owned())
    }

    /// Returns host and port of its server.
    pub(crate) fn host(&self) -> &str {
        &self.0
    }

    pub(crate) fn get(&self, path: &str) -> Page {
        self.ask("GET", path, &[], "").unwrap()
    }

    pub(crate) fn post(&self, path: &str, headers: &[(&str, &str)], body: &str) -> Page {
        self.ask("POST", path, headers, body).unwrap()
    }

    /// Sends a form of a page with its own values, and others in their place.
    pub(crate) fn submit(&self, page: &Page, form: &str, values: &[(&str, &str)]) -> Page {
        let (action, body) = page.form(form, values);
        self.post(&action, &[], &body)
    }

    /// Follows a redirect within the shop.
    pub(crate) fn follow(&self, page: &Page) -> Page {
        self.get(page.location())
    }

    pub(crate) fn ask(
        &self,
        method: &str,
        path: &str,
        headers: &[(&str, &str)],
        body: &str,
    ) -> std::io::Result<Page> {
        let mut stream = self.send(method, path, headers, body)?;
        let mut answer = Vec::new();
        stream.read_to_end(&mut answer)?;
        let answer = String::from_utf8_lossy(&answer);
        let (head, body) = answer
            .split_once("\r\n\r\n")
            .ok_or(std::io::ErrorKind::UnexpectedEof)?;
        let mut lines = head.lines();
        let status = lines
            .next()
            .unwrap_or_default()
            .split(' ')
            .nth(1)
            .unwrap_or_default();
        let headers = lines.filter_map(|line| line.split_once(": "));
        Ok(Page {
            status: status.parse().unwrap(),
            headers: headers
                .map(|(name, value)| (name.to_lowercase(), value.to_owned()))
                .collect(),
            body: body.to_owned(),
        })
    }

    /// Sends a request, and returns the connection before anything came back.
    pub(crate) fn send(
        &self,
        method: &str,
        path: &str,
        headers: &[(&str, &str)],
        body: &str,
    ) -> std::io::Result<TcpStream> {
        let mut stream = TcpStream::connect(&self.0)?;
        let own = headers
            .iter()
            .flat_map(|(name, value)| [name, ": ", value, "\r\n"]);
        let own: String = own.collect();
        // A request has one `Host`, so that another one takes its place.
        let is_host = |(name, _): &(&str, &str)| *name == "Host";
        let host = if headers.iter().any(is_host) {
            String::new()
        } else {
            format!("Host: {}\r\n", self.0)
        };
        write!(
            stream,
            "{method} {path} HTTP/1.1\r\n{host}Connection: close\r\n{own}\
             Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {}\r\n\r\n{body}",
            body.len()
        )?;
        Ok(stream)
    }
}
