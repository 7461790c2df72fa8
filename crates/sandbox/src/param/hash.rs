//! The signature of payments: SHA-1 over the bytes of ISO-8859-9, in Base64.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use sha1::{Digest, Sha1};

/// Hashes texts that are joined without anything between them.
pub(crate) fn hash(parts: &[&str]) -> String {
    let mut sha = Sha1::new();
    for part in parts {
        let bytes: Vec<u8> = part.chars().map(byte).collect();
        sha.update(&bytes);
    }
    STANDARD.encode(sha.finalize())
}

/// A letter that the charset does not have becomes a question mark.
fn byte(letter: char) -> u8 {
    match letter {
        'Ğ' => 0xd0,
        'İ' => 0xdd,
        'Ş' => 0xde,
        'ğ' => 0xf0,
        'ı' => 0xfd,
        'ş' => 0xfe,
        'Ð' | 'Ý' | 'Þ' | 'ð' | 'ý' | 'þ' => b'?',
        other => u8::try_from(u32::from(other)).unwrap_or(b'?'),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const KEY: &str = "0c13d406-873b-403b-9c09-a5766840d98c";

    #[test]
    fn published_values_come_out() {
        let url = "http://localhost:62361/turkpos.api/Sonuc.aspx";
        let bkm = ["10738", KEY, "100,00", "sipariş1", url, url];
        assert_eq!(hash(&bkm), "4HaFjeEYpcVMQYgq94lxuYWHAV8=");
        let callback = [
            "10738",
            KEY,
            "3007300695",
            "10,01",
            "20250119BACB",
            "1944A39AD0AEA92E173D665B",
        ];
        assert_eq!(hash(&callback), "LOpkL9J8vne8E2j0A0HKOhUWGhI=");
        assert_eq!(byte('Ý'), b'?');
        assert_eq!(byte('€'), b'?');
    }
}
