//! Forms in `multipart/form-data`, as far as a text form needs it.

use kervan_core::Reason;
use kervan_core::error::Unreadable;
use kervan_wire::charset::Charset;
use kervan_wire::form::MAX_FIELDS;

/// Returns the boundary of a content type.
pub(super) fn boundary(content_type: &str) -> Option<&str> {
    let (media, parameters) = content_type.split_once(';')?;
    if !media.trim().eq_ignore_ascii_case("multipart/form-data") {
        return None;
    }
    let boundary = parameters.split(';').find_map(|parameter| {
        let (name, value) = parameter.split_once('=')?;
        name.trim()
            .eq_ignore_ascii_case("boundary")
            .then(|| value.trim().trim_matches('"'))
    })?;
    (1..=70).contains(&boundary.len()).then_some(boundary)
}

/// Returns the fields of a body, in order.
pub(super) fn fields(boundary: &str, body: &[u8]) -> Result<Vec<(String, String)>, Unreadable> {
    let malformed = || Unreadable::whole(Reason::Malformed);
    let mark = format!("--{boundary}");
    let mut fields = Vec::new();
    let mut rest = after(body, mark.as_bytes()).ok_or_else(malformed)?;
    while !rest.starts_with(b"--") {
        if fields.len() == MAX_FIELDS {
            return Err(Unreadable::whole(Reason::TooLarge));
        }
        let part = rest
            .strip_prefix(b"\r\n")
            .or_else(|| rest.strip_prefix(b"\n"))
            .ok_or_else(malformed)?;
        let end = find(part, mark.as_bytes()).ok_or_else(|| Unreadable::whole(Reason::CutOff))?;
        let (content, following) = (&part[..end], &part[end + mark.len()..]);
        let (head, value) = split_head(content).ok_or_else(malformed)?;
        let value = value
            .strip_suffix(b"\r\n")
            .or_else(|| value.strip_suffix(b"\n"))
            .unwrap_or(value);
        let name = name_of(head).ok_or_else(malformed)?;
        if name.contains(&0) || value.contains(&0) {
            return Err(Unreadable::whole(Reason::Charset));
        }
        fields.push((name, value));
        rest = following;
    }
    if fields.is_empty() {
        return Err(Unreadable::whole(Reason::Empty));
    }
    let texts = fields.iter().flat_map(|&(name, value)| [name, value]);
    let charset = Charset::of(texts, false);
    let text = |bytes: &[u8]| charset.decode(bytes).text.into_owned();
    let fields = fields.into_iter();
    Ok(fields
        .map(|(name, value)| (text(name), text(value)))
        .collect())
}

fn find(text: &[u8], mark: &[u8]) -> Option<usize> {
    text.windows(mark.len()).position(|window| window == mark)
}

fn after<'a>(text: &'a [u8], mark: &[u8]) -> Option<&'a [u8]> {
    find(text, mark).map(|at| &text[at + mark.len()..])
}

fn split_head(part: &[u8]) -> Option<(&[u8], &[u8])> {
    ["\r\n\r\n", "\n\n"].iter().find_map(|gap| {
        let at = find(part, gap.as_bytes())?;
        Some((&part[..at], &part[at + gap.len()..]))
    })
}

fn name_of(head: &[u8]) -> Option<&[u8]> {
    head.split(|&byte| byte == b'\n').find_map(|line| {
        let is_disposition = line
            .get(..20)
            .is_some_and(|start| start.eq_ignore_ascii_case(b"content-disposition:"));
        if !is_disposition {
            return None;
        }
        let rest = after(line, b" name=\"").or_else(|| after(line, b";name=\""))?;
        let end = rest.iter().position(|&byte| byte == b'"')?;
        Some(&rest[..end])
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const BODY: &str = "--x\r\nContent-Disposition: form-data; name=\"Success\"\r\n\r\ntrue\r\n--x\r\n\
        content-disposition: form-data; name=\"Ad\"\r\nContent-Type: text/plain\r\n\r\nŞule\r\nÖ\r\n--x--\r\n";

    #[test]
    fn reads_fields_in_order() {
        assert_eq!(boundary("multipart/form-data; boundary=\"x\""), Some("x"));
        assert_eq!(boundary("text/plain; boundary=x"), None);
        let read = fields("x", BODY.as_bytes()).unwrap();
        let wanted =
            [("Success", "true"), ("Ad", "Şule\r\nÖ")].map(|(n, v)| (n.to_owned(), v.to_owned()));
        assert_eq!(read, wanted);
    }

    #[test]
    fn a_body_cut_anywhere_is_refused_and_never_panics() {
        for end in 0..BODY.len() - 4 {
            assert!(fields("x", &BODY.as_bytes()[..end]).is_err(), "{end}");
        }
        assert!(fields("y", BODY.as_bytes()).is_err());
    }
}
