//! From a text to a hash: the right way first, then the wrong ones in circulation.

use base64::Engine;
use base64::engine::general_purpose::{STANDARD, STANDARD_NO_PAD, URL_SAFE, URL_SAFE_NO_PAD};
use kervan_core::charset::encode_iso_8859_9;
use sha1::Digest as _;
use sha1::Sha1;
use sha2::{Sha256, Sha512};

use super::Mistake;

/// A way from a text to a hash.
pub(super) struct Digest {
    charset: fn(&str) -> Option<Vec<u8>>,
    sum: fn(&[u8]) -> Vec<u8>,
    write: fn(&[u8]) -> String,
    /// What is wrong with it.
    pub(super) mistake: Option<Mistake>,
}

impl Digest {
    /// Whether this way leads from a text to that hash.
    pub(super) fn gives(&self, text: &str, hash: &str) -> bool {
        (self.charset)(text).is_some_and(|bytes| (self.write)(&(self.sum)(&bytes)) == hash)
    }
}

const fn whole(code: &'static str, en: &'static str, tr: &'static str) -> Option<Mistake> {
    Some(Mistake {
        code,
        field: None,
        en,
        tr,
    })
}

fn utf_8(text: &str) -> Option<Vec<u8>> {
    Some(text.as_bytes().to_vec())
}

fn utf_16(text: &str) -> Option<Vec<u8>> {
    Some(text.encode_utf16().flat_map(u16::to_le_bytes).collect())
}

/// ISO-8859-9 where a letter without a byte becomes a question mark, as many libraries write it.
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
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Every way; the first is the right one.
pub(super) static DIGESTS: [Digest; 15] = [
    Digest {
        charset: encode_iso_8859_9,
        sum: sha_1,
        write: base64,
        mistake: None,
    },
    Digest {
        charset: utf_8,
        sum: sha_1,
        write: base64,
        mistake: whole(
            "utf_8",
            "the text was hashed in UTF-8; it has to be ISO-8859-9",
            "metin UTF-8 olarak özetlenmiş; ISO-8859-9 olmalı",
        ),
    },
    Digest {
        charset: utf_16,
        sum: sha_1,
        write: base64,
        mistake: whole(
            "utf_16",
            "the text was hashed in UTF-16; it has to be ISO-8859-9",
            "metin UTF-16 olarak özetlenmiş; ISO-8859-9 olmalı",
        ),
    },
    Digest {
        charset: ascii,
        sum: sha_1,
        write: base64,
        mistake: whole(
            "ascii",
            "letters outside ASCII were hashed as question marks; the charset has to be ISO-8859-9",
            "ASCII dışındaki harfler soru işareti olarak özetlenmiş; karakter kümesi ISO-8859-9 olmalı",
        ),
    },
    Digest {
        charset: encode_iso_8859_9,
        sum: sha_256,
        write: base64,
        mistake: whole(
            "sha_256",
            "SHA-256 was used; in spite of the name SHA2B64 it has to be SHA-1",
            "SHA-256 kullanılmış; adı SHA2B64 olsa da SHA-1 olmalı",
        ),
    },
    Digest {
        charset: utf_8,
        sum: sha_256,
        write: base64,
        mistake: whole(
            "sha_256_utf_8",
            "SHA-256 over UTF-8 was used; it has to be SHA-1 over ISO-8859-9",
            "UTF-8 üzerinde SHA-256 kullanılmış; ISO-8859-9 üzerinde SHA-1 olmalı",
        ),
    },
    Digest {
        charset: encode_iso_8859_9,
        sum: sha_512,
        write: base64,
        mistake: whole(
            "sha_512",
            "SHA-512 was used; it has to be SHA-1",
            "SHA-512 kullanılmış; SHA-1 olmalı",
        ),
    },
    Digest {
        charset: encode_iso_8859_9,
        sum: sha_1,
        write: hex,
        mistake: whole(
            "hex",
            "the hash was written in hexadecimal; it has to be base64",
            "özet onaltılık yazılmış; base64 olmalı",
        ),
    },
    Digest {
        charset: encode_iso_8859_9,
        sum: sha_1,
        write: |bytes| hex(bytes).to_uppercase(),
        mistake: whole(
            "hex",
            "the hash was written in hexadecimal; it has to be base64",
            "özet onaltılık yazılmış; base64 olmalı",
        ),
    },
    Digest {
        charset: encode_iso_8859_9,
        sum: sha_1,
        write: |bytes| base64(hex(bytes).as_bytes()),
        mistake: whole(
            "base64_of_hex",
            "base64 of the hexadecimal text was sent; it has to be base64 of the 20 bytes",
            "onaltılık metnin base64 hali gönderilmiş; 20 baytın base64 hali olmalı",
        ),
    },
    Digest {
        charset: encode_iso_8859_9,
        sum: sha_1,
        write: |bytes| base64(hex(bytes).to_uppercase().as_bytes()),
        mistake: whole(
            "base64_of_hex",
            "base64 of the hexadecimal text was sent; it has to be base64 of the 20 bytes",
            "onaltılık metnin base64 hali gönderilmiş; 20 baytın base64 hali olmalı",
        ),
    },
    Digest {
        charset: encode_iso_8859_9,
        sum: sha_1,
        write: |bytes| STANDARD_NO_PAD.encode(bytes),
        mistake: whole(
            "no_padding",
            "the `=` at the end of the base64 is missing",
            "base64 sonundaki `=` eksik",
        ),
    },
    Digest {
        charset: encode_iso_8859_9,
        sum: sha_1,
        write: |bytes| URL_SAFE.encode(bytes),
        mistake: whole(
            "url_safe",
            "the base64 of addresses (`-`, `_`) was used; it has to be the usual one (`+`, `/`)",
            "adres base64 alfabesi (`-`, `_`) kullanılmış; olağan alfabe (`+`, `/`) olmalı",
        ),
    },
    Digest {
        charset: encode_iso_8859_9,
        sum: sha_1,
        write: |bytes| URL_SAFE_NO_PAD.encode(bytes),
        mistake: whole(
            "url_safe",
            "the base64 of addresses (`-`, `_`, no `=`) was used; it has to be the usual one",
            "adres base64 alfabesi (`-`, `_`, `=` yok) kullanılmış; olağan alfabe olmalı",
        ),
    },
    Digest {
        charset: encode_iso_8859_9,
        sum: sha_1,
        write: |bytes| base64(bytes).replace('+', " "),
        mistake: whole(
            "plus_became_blank",
            "a `+` of the hash became a blank on the way: the form was decoded twice or not encoded",
            "özetteki `+` yolda boşluğa dönüşmüş: form iki kez çözülmüş ya da kodlanmamış",
        ),
    },
];
