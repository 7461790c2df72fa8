//! URL-encoded pairs: forms and queries.

/// A name and a value, decoded.
pub type Pair = (Vec<u8>, Vec<u8>);

/// Reads the pairs in order; empty ones are left out.
pub fn pairs(text: &[u8]) -> Vec<Pair> {
    text.split(|b| *b == b'&')
        .filter(|part| !part.is_empty())
        .map(|part| {
            let at = part.iter().position(|b| *b == b'=');
            let (name, value) = match at {
                Some(at) => (&part[..at], &part[at + 1..]),
                None => (part, &[][..]),
            };
            (decode(name), decode(value))
        })
        .collect()
}

/// Resolves `+` and `%XX`. A percent sign without two digits stays as it is.
fn decode(text: &[u8]) -> Vec<u8> {
    let digit = |at: usize| {
        let letter = char::from(*text.get(at)?);
        letter
            .to_digit(16)
            .and_then(|digit| u8::try_from(digit).ok())
    };
    let mut out = Vec::with_capacity(text.len());
    let mut at = 0;
    while at < text.len() {
        match (text[at], digit(at + 1), digit(at + 2)) {
            (b'%', Some(high), Some(low)) => {
                out.push(high * 16 + low);
                at += 2;
            }
            (b'+', _, _) => out.push(b' '),
            (other, _, _) => out.push(other),
        }
        at += 1;
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn decodes_pairs() {
        let pair = |name: &[u8], value: &[u8]| (name.to_vec(), value.to_vec());
        assert_eq!(
            pairs(b"a=1&b+c=%C4%b0%&&d&e=f=g&%zz=%4"),
            [
                pair(b"a", b"1"),
                pair(b"b c", "İ%".as_bytes()),
                pair(b"d", b""),
                pair(b"e", b"f=g"),
                pair(b"%zz", b"%4"),
            ]
        );
    }
}
