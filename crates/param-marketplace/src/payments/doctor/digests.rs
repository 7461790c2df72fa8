//! From a text to a hash: the right way first, then the wrong ones in circulation.

use base64::Engine;
use base64::engine::general_purpose::{STANDARD, STANDARD_NO_PAD, URL_SAFE, URL_SAFE_NO_PAD};
use kervan_wire::charset::encode_iso_8859_9;
use sha1::Digest as _;
use sha1::Sha1;
use sha2::{Sha256, Sha512};

use super::mistake::Mistake;

/// A way from a text to a hash.
pub(super) struct Digest {
    charset: fn(&str) -> Option<Vec<u8>>,
    sum: fn(&[u8]) -> Vec<u8>,
    write: fn(&[u8]) -> String,
    /// The mistake in it, if it is a wrong way.
    pub(super) mistake: Option<Mistake>,
}

impl Digest {
    /// Returns whether this way leads from a text to that hash.
    pub(super) fn gives(&self, text: &str, hash: &str) -> bool {
        (self.charset)(text).is_some_and(|bytes| (self.write)(&(self.sum)(&bytes)) == hash)
    }
}

/// Creates a wrong way.
const fn wrong(
    charset: fn(&str) -> Option<Vec<u8>>,
    sum: fn(&[u8]) -> Vec<u8>,
    write: fn(&[u8]) -> String,
    code: &'static str,
    en: &'static str,
    tr: &'static str,
) -> Digest {
    Digest {
        charset,
        sum,
        write,
        mistake: Some(Mistake {
            code,
            field: None,
            en,
            tr,
        }),
    }
}

#[expect(clippy::unnecessary_wraps, reason = "other charsets lack letters")]
fn utf_8(text: &str) -> Option<Vec<u8>> {
    Some(text.as_bytes().to_vec())
}

#[expect(clippy::unnecessary_wraps, reason = "other charsets lack letters")]
fn utf_16(text: &str) -> Option<Vec<u8>> {
    Some(text.encode_utf16().flat_map(u16::to_le_bytes).collect())
}

/// Encodes as ASCII, with a question mark for each other letter, as many libraries do.
#[expect(clippy::unnecessary_wraps, reason = "other charsets lack letters")]
fn ascii(text: &str) -> Option<Vec<u8>> {
    let byte = |c: char| if c.is_ascii() { c as u8 } else { b'?' };
    Some(text.chars().map(byte).collect())
}

fn sha_1(bytes: &[u8]) -> Vec<u8> {
    Sha1::digest(bytes).to_vec()
}

fn sha_256(bytes: &[u8]) -> Vec<u8> {
    Sha256::digest(bytes).to_vec()
}

fn sha_512(bytes: &[u8]) -> Vec<u8> {
    Sha512::digest(bytes).to_vec()
}

fn base64(bytes: &[u8]) -> String {
    STANDARD.encode(bytes)
}

fn hex(bytes: &[u8]) -> String {
    let digit = |half: u8| char::from(b"0123456789abcdef"[usize::from(half)]);
    let digits = |&byte: &u8| [digit(byte >> 4), digit(byte & 15)];
    bytes.iter().flat_map(digits).collect()
}

/// Every way; the first is the right one.
pub(super) static DIGESTS: [Digest; 15] = [
    Digest {
        charset: encode_iso_8859_9,
        sum: sha_1,
        write: base64,
        mistake: None,
    },
    wrong(
        utf_8,
        sha_1,
        base64,
        "utf_8",
        "the text was hashed in UTF-8; it has to be ISO-8859-9",
        "metin UTF-8 olarak özetlenmiş; ISO-8859-9 olmalı",
    ),
    wrong(
        utf_16,
        sha_1,
        base64,
        "utf_16",
        "the text was hashed in UTF-16; it has to be ISO-8859-9",
        "metin UTF-16 olarak özetlenmiş; ISO-8859-9 olmalı",
    ),
    wrong(
        ascii,
        sha_1,
        base64,
        "ascii",
        "letters outside ASCII were hashed as question marks; the charset has to be ISO-8859-9",
        "ASCII dışındaki harfler soru işareti olarak özetlenmiş; karakter kümesi ISO-8859-9 olmalı",
    ),
    wrong(
        encode_iso_8859_9,
        sha_256,
        base64,
        "sha_256",
        "SHA-256 was used; in spite of the name SHA2B64 it has to be SHA-1",
        "SHA-256 kullanılmış; adı SHA2B64 olsa da SHA-1 olmalı",
    ),
    wrong(
        utf_8,
        sha_256,
        base64,
        "sha_256_utf_8",
        "SHA-256 over UTF-8 was used; it has to be SHA-1 over ISO-8859-9",
        "UTF-8 üzerinde SHA-256 kullanılmış; ISO-8859-9 üzerinde SHA-1 olmalı",
    ),
    wrong(
        encode_iso_8859_9,
        sha_512,
        base64,
        "sha_512",
        "SHA-512 was used; it has to be SHA-1",
        "SHA-512 kullanılmış; SHA-1 olmalı",
    ),
    wrong(
        encode_iso_8859_9,
        sha_1,
        hex,
        "hex",
        "the hash was written in hexadecimal; it has to be base64",
        "özet onaltılık yazılmış; base64 olmalı",
    ),
    wrong(
        encode_iso_8859_9,
        sha_1,
        |bytes| hex(bytes).to_uppercase(),
        "hex",
        "the hash was written in hexadecimal; it has to be base64",
        "özet onaltılık yazılmış; base64 olmalı",
    ),
    wrong(
        encode_iso_8859_9,
        sha_1,
        |bytes| base64(hex(bytes).as_bytes()),
        "base64_of_hex",
        "base64 of the hexadecimal text was sent; it has to be base64 of the 20 bytes",
        "onaltılık metnin base64 hali gönderilmiş; 20 baytın base64 hali olmalı",
    ),
    wrong(
        encode_iso_8859_9,
        sha_1,
        |bytes| base64(hex(bytes).to_uppercase().as_bytes()),
        "base64_of_hex",
        "base64 of the hexadecimal text was sent; it has to be base64 of the 20 bytes",
        "onaltılık metnin base64 hali gönderilmiş; 20 baytın base64 hali olmalı",
    ),
    wrong(
        encode_iso_8859_9,
        sha_1,
        |bytes| STANDARD_NO_PAD.encode(bytes),
        "no_padding",
        "the `=` at the end of the base64 is missing",
        "base64 sonundaki `=` eksik",
    ),
    wrong(
        encode_iso_8859_9,
        sha_1,
        |bytes| URL_SAFE.encode(bytes),
        "url_safe",
        "the base64 of addresses (`-`, `_`) was used; it has to be the usual one (`+`, `/`)",
        "adres base64 alfabesi (`-`, `_`) kullanılmış; olağan alfabe (`+`, `/`) olmalı",
    ),
    wrong(
        encode_iso_8859_9,
        sha_1,
        |bytes| URL_SAFE_NO_PAD.encode(bytes),
        "url_safe",
        "the base64 of addresses (`-`, `_`, no `=`) was used; it has to be the usual one",
        "adres base64 alfabesi (`-`, `_`, `=` yok) kullanılmış; olağan alfabe olmalı",
    ),
    wrong(
        encode_iso_8859_9,
        sha_1,
        |bytes| base64(bytes).replace('+', " "),
        "plus_became_blank",
        "a `+` of the hash became a blank on the way: the form was decoded twice or not encoded",
        "özetteki `+` yolda boşluğa dönüşmüş: form iki kez çözülmüş ya da kodlanmamış",
    ),
];
