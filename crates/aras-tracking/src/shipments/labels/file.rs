//! A file in an answer.

use std::fmt;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// A file of a label: its bytes, which travel in base64. It shows the recipient, so it does not print itself.
#[derive(Clone, Default, PartialEq, Eq, Hash)]
pub struct LabelFile(Vec<u8>);

impl LabelFile {
    /// Takes the bytes of a file.
    pub fn new(bytes: impl Into<Vec<u8>>) -> Self {
        Self(bytes.into())
    }

    /// Reads base64. Whitespace in it is ignored, as XML allows it. `None` for anything else.
    pub(crate) fn from_base64(text: &str) -> Option<Self> {
        let decoded = STANDARD.decode(text).or_else(|_| {
            let letters = text.bytes().filter(|byte| !byte.is_ascii_whitespace());
            STANDARD.decode(letters.collect::<Vec<_>>())
        });
        decoded.ok().map(Self)
    }

    /// Writes base64, as it travels and is stored.
    pub(crate) fn to_base64(&self) -> String {
        STANDARD.encode(&self.0)
    }

    /// Returns the bytes.
    pub fn as_bytes(&self) -> &[u8] {
        &self.0
    }

    /// Returns the bytes, without the file.
    pub fn into_bytes(self) -> Vec<u8> {
        self.0
    }

    /// Returns the usual end of the file's name, by its first bytes: `pdf`, `png`, `jpg`, `gif` or `bmp`.
    pub fn extension(&self) -> Option<&'static str> {
        let starts: [(&[u8], &str); 5] = [
            (b"%PDF-", "pdf"),
            (b"\x89PNG\r\n\x1a\n", "png"),
            (b"\xff\xd8\xff", "jpg"),
            (b"GIF8", "gif"),
            (b"BM", "bmp"),
        ];
        let mut starts = starts.into_iter();
        let (_, extension) = starts.find(|(start, _)| self.0.starts_with(start))?;
        Some(extension)
    }
}

impl fmt::Debug for LabelFile {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "LabelFile({} bytes)", self.0.len())
    }
}

impl Serialize for LabelFile {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.to_base64())
    }
}

impl<'de> Deserialize<'de> for LabelFile {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text =
            String::deserialize(deserializer).map_err(|_| D::Error::custom("expected a text"))?;
        Self::from_base64(&text).ok_or_else(|| D::Error::custom("expected base64"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn base64_is_read_with_line_breaks_and_nothing_else() {
        let bytes = |text: &str| LabelFile::from_base64(text).map(LabelFile::into_bytes);
        assert_eq!(bytes("QUFB").as_deref(), Some(b"AAA".as_slice()));
        assert_eq!(bytes("QU\r\n FB\n").as_deref(), Some(b"AAA".as_slice()));
        assert_eq!(bytes("QQ==").as_deref(), Some(b"A".as_slice()));
        for odd in [
            "QQ",
            "QQ=",
            "Q",
            "Q===",
            "QQ==QQ==",
            "QU_B",
            "ç",
            "https://x",
        ] {
            assert_eq!(bytes(odd), None, "{odd}");
        }
    }

    #[test]
    fn a_file_is_known_by_its_first_bytes_and_hides_them() {
        for (bytes, extension) in [
            (b"%PDF-1.4\n".as_slice(), Some("pdf")),
            (b"\x89PNG\r\n\x1a\nIHDR", Some("png")),
            (b"\xff\xd8\xff\xe0", Some("jpg")),
            (b"GIF89a", Some("gif")),
            (b"BM6", Some("bmp")),
            (b"AAA", None),
            (b"", None),
        ] {
            let file = LabelFile::new(bytes);
            assert_eq!(file.extension(), extension);
            assert_eq!(
                format!("{file:?}"),
                format!("LabelFile({} bytes)", bytes.len())
            );
            let text = serde_json::to_string(&file).unwrap();
            assert_eq!(serde_json::from_str::<LabelFile>(&text).unwrap(), file);
        }
    }
}
