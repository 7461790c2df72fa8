//! Requests and responses as files: start line, headers, a blank line, the body.
//!
//! Two rules keep the files editable by hand:
//!
//! - Lines of the head end with a line feed or with carriage return and line feed. The body is
//!   everything after the blank line, byte for byte.
//! - One line feed at the very end of the file belongs to the editor, not to the body: reading
//!   drops it, writing adds it. This holds for every body, so reading undoes writing even for
//!   a body that is binary, is cut off, or ends with line feeds of its own. A body that ends with a
//!   line feed therefore ends with two in its file, and one that ends with carriage return and
//!   line feed with `\r\n\n`; a carriage return is never dropped.

/// A request or a response.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct HttpText {
    /// `POST /createOrder HTTP/1.1` or `HTTP/1.1 200 OK`.
    pub start_line: String,
    /// Names and values in order, blanks around the values removed.
    pub headers: Vec<(String, String)>,
    /// The body; empty when it is absent.
    pub body: Vec<u8>,
}

impl HttpText {
    /// Puts a request or a response together.
    pub fn new(start_line: &str, headers: &[(&str, &str)], body: impl Into<Vec<u8>>) -> Self {
        HttpText {
            start_line: start_line.to_owned(),
            headers: headers
                .iter()
                .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))
                .collect(),
            body: body.into(),
        }
    }

    /// Reads a file.
    ///
    /// # Errors
    ///
    /// Names the line of the head that cannot be read. Header values are never repeated.
    pub fn parse(file: &[u8]) -> Result<Self, String> {
        let (head, body) = split_head(file);
        let body = body.strip_suffix(b"\n").unwrap_or(body);
        let (start_line, headers) = read_head(head)?;
        Ok(HttpText {
            start_line,
            headers,
            body: body.to_vec(),
        })
    }

    /// Writes the file that [`HttpText::parse`] reads back the same.
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut out = Vec::new();
        out.extend_from_slice(self.start_line.as_bytes());
        out.push(b'\n');
        for (name, value) in &self.headers {
            out.extend_from_slice(name.as_bytes());
            out.extend_from_slice(b": ");
            out.extend_from_slice(value.as_bytes());
            out.push(b'\n');
        }
        out.push(b'\n');
        if !self.body.is_empty() {
            out.extend_from_slice(&self.body);
            out.push(b'\n');
        }
        out
    }

    /// Returns the method and the target (path and query) of a request.
    ///
    /// # Errors
    ///
    /// When the start line is not that of a request.
    pub fn request_line(&self) -> Result<(&str, &str), String> {
        let mut words = self.start_line.split(' ');
        let (method, target) = (words.next(), words.next());
        let version_fits = match words.next() {
            None => true,
            Some(version) => version.starts_with("HTTP/") && words.next().is_none(),
        };
        match (method, target) {
            (Some(method), Some(target))
                if version_fits
                    && !method.is_empty()
                    && method.bytes().all(|b| b.is_ascii_uppercase())
                    && target.starts_with('/') =>
            {
                Ok((method, target))
            }
            _ => Err(
                "line 1: a request starts with `METHOD /path HTTP/1.1`, the path without a host"
                    .to_owned(),
            ),
        }
    }

    /// Returns the status of a response.
    ///
    /// # Errors
    ///
    /// When the start line is not that of a response.
    pub fn status(&self) -> Result<u16, String> {
        let mut words = self.start_line.splitn(3, ' ');
        let version = words.next().unwrap_or_default();
        let status = words.next().unwrap_or_default();
        let three_digits = status.len() == 3 && status.bytes().all(|b| b.is_ascii_digit());
        match status.parse() {
            Ok(status @ 100..=599) if three_digits && version.starts_with("HTTP/") => Ok(status),
            _ => Err("line 1: a response starts with `HTTP/1.1 200 OK`".to_owned()),
        }
    }

    /// Returns the first header of that name, in any letter case.
    pub fn header(&self, name: &str) -> Option<&str> {
        header(&self.headers, name)
    }
}

/// Returns the first header of that name, in any letter case.
pub fn header<'a>(headers: &'a [(String, String)], name: &str) -> Option<&'a str> {
    headers
        .iter()
        .find(|(listed, _)| listed.eq_ignore_ascii_case(name))
        .map(|(_, value)| value.as_str())
}

/// Cuts at the first blank line, which belongs to neither part.
fn split_head(bytes: &[u8]) -> (&[u8], &[u8]) {
    let mut line_start = 0;
    while let Some(length) = bytes[line_start..].iter().position(|b| *b == b'\n') {
        let line = &bytes[line_start..line_start + length];
        let next = line_start + length + 1;
        if line.is_empty() || line == b"\r" {
            return (&bytes[..line_start], &bytes[next..]);
        }
        line_start = next;
    }
    (bytes, &[])
}

/// A start line and its headers.
pub type Head = (String, Vec<(String, String)>);

/// Reads the lines before the blank one.
///
/// # Errors
///
/// Names the line that cannot be read.
pub fn read_head(head: &[u8]) -> Result<Head, String> {
    let mut lines = Vec::new();
    for (index, line) in head.split(|b| *b == b'\n').enumerate() {
        let line = line.strip_suffix(b"\r").unwrap_or(line);
        let number = index + 1;
        let line = str::from_utf8(line).map_err(|_| format!("line {number}: not UTF-8"))?;
        if line.starts_with('\u{feff}') {
            return Err(format!("line {number}: starts with a byte order mark"));
        }
        if line.chars().any(|c| c.is_control() && c != '\t') {
            return Err(format!("line {number}: holds a control character"));
        }
        lines.push(line);
    }
    // What follows the last line end is no line.
    if lines.last() == Some(&"") {
        lines.pop();
    }
    let mut lines = lines.into_iter().enumerate();
    let Some((_, start_line)) = lines.next() else {
        return Err("line 1: the start line is missing".to_owned());
    };
    let mut headers = Vec::new();
    for (index, line) in lines {
        let number = index + 1;
        let Some((name, value)) = line.split_once(':') else {
            return Err(format!("line {number}: a header is `Name: value`"));
        };
        if name.is_empty() || !name.bytes().all(is_token) {
            return Err(format!("line {number}: not a header name before the colon"));
        }
        headers.push((name.to_owned(), value.trim_matches([' ', '\t']).to_owned()));
    }
    Ok((start_line.to_owned(), headers))
}

/// Returns whether a content type announces JSON.
pub fn is_json(content_type: &str) -> bool {
    let essence = content_type.split(';').next().unwrap_or_default();
    let essence = essence.trim().to_ascii_lowercase();
    matches!(essence.as_str(), "application/json" | "text/json") || essence.ends_with("+json")
}

fn is_token(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&byte)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_line_feeds_and_carriage_returns_alike() {
        let unix = b"POST /a?b=c HTTP/1.1\nX-A:  1 \nx-b: a:b\n\n{\"a\":\r\n1}\n";
        let dos = b"POST /a?b=c HTTP/1.1\r\nX-A:  1 \r\nx-b: a:b\r\n\r\n{\"a\":\r\n1}\n";
        let text = HttpText::parse(unix).unwrap();
        assert_eq!(text, HttpText::parse(dos).unwrap());
        assert_eq!(text.request_line().unwrap(), ("POST", "/a?b=c"));
        assert_eq!(text.header("x-a"), Some("1"));
        assert_eq!(text.header("X-B"), Some("a:b"));
        assert_eq!(text.header("x-c"), None);
        assert_eq!(text.body, b"{\"a\":\r\n1}");
    }

    #[test]
    fn drops_one_final_line_feed_and_nothing_else() {
        let body = |file: &[u8]| HttpText::parse(file).unwrap().body;
        assert_eq!(body(b"HTTP/1.1 200 OK\n\nab"), b"ab");
        assert_eq!(body(b"HTTP/1.1 200 OK\n\nab\n"), b"ab");
        assert_eq!(body(b"HTTP/1.1 200 OK\n\nab\n\n"), b"ab\n");
        assert_eq!(body(b"HTTP/1.1 200 OK\n\nab\r\n"), b"ab\r");
        assert_eq!(body(b"HTTP/1.1 200 OK\n\n\n"), b"");
        assert_eq!(body(b"HTTP/1.1 200 OK\n\n"), b"");
        assert_eq!(body(b"HTTP/1.1 200 OK\n"), b"");
        assert_eq!(body(b"HTTP/1.1 200 OK"), b"");
    }

    #[test]
    fn reading_undoes_writing_for_every_body() {
        let bodies: [&[u8]; 8] = [
            b"",
            b"\n",
            b"\r\n",
            b"a",
            b"a\n\n",
            b"\xff\xfe\n",
            b"\xc3",
            b"{\"a\": 1",
        ];
        for body in bodies {
            let text = HttpText::new("HTTP/1.1 200 OK", &[("A", "b"), ("a", "c")], body);
            assert_eq!(HttpText::parse(&text.to_bytes()).unwrap(), text, "{body:?}");
        }
    }

    #[test]
    fn keeps_a_body_that_is_not_utf_8() {
        let text = HttpText::parse(b"HTTP/1.1 200 OK\n\n\xde\xfd\xf0\n").unwrap();
        assert_eq!(text.body, b"\xde\xfd\xf0");
    }

    #[test]
    fn reads_start_lines() {
        let text = |line: &str| HttpText::new(line, &[], "");
        assert_eq!(text("HTTP/1.1 200 OK").status().unwrap(), 200);
        assert_eq!(text("HTTP/1.1 503").status().unwrap(), 503);
        assert_eq!(text("GET /x").request_line().unwrap(), ("GET", "/x"));
        for line in [
            "GET",
            "GET x",
            "get /x",
            "GET /x HTTP/1.1 y",
            "GET /x y",
            " /x",
            "",
        ] {
            assert!(text(line).request_line().is_err(), "{line}");
        }
        for line in [
            "HTTP/1.1",
            "HTTP/1.1 20",
            "HTTP/1.1 600 X",
            "200 OK",
            "HTTP/1.1 +20 X",
        ] {
            assert!(text(line).status().is_err(), "{line}");
        }
    }

    #[test]
    fn names_the_line_of_a_bad_head() {
        let cases: [(&[u8], &str); 7] = [
            (b"", "line 1"),
            (b"\nx", "line 1"),
            (b"\xef\xbb\xbfGET / HTTP/1.1\n\n", "byte order mark"),
            (b"GET / HTTP/1.1\nA: b\nbroken\n\n", "line 3"),
            (b"GET / HTTP/1.1\nA b: c\n\n", "line 2"),
            (b"GET / HTTP/1.1\nA: \xff\n\n", "line 2: not UTF-8"),
            (b"GET / HTTP/1.1\nA: b\x00\n\n", "control"),
        ];
        for (file, expected) in cases {
            let message = HttpText::parse(file).unwrap_err();
            assert!(message.contains(expected), "{message} for {file:?}");
        }
    }
}
