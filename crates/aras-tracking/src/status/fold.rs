//! Names of columns and words of states in one spelling.

/// Drops everything but letters and digits, takes Turkish letters for their Latin bases, and the
/// rest in upper case: `İŞLEM TARİHİ`, `Islem_Tarihi` and `_x0130_şlem tarihi` become one.
///
/// Letters are folded before their case is changed: the lower case of `İ` has two characters.
pub(crate) fn fold(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(letter) = rest.chars().next() {
        let (letter, after) = match escaped(rest) {
            Some(found) => found,
            None => (letter, &rest[letter.len_utf8()..]),
        };
        rest = after;
        match letter {
            'İ' | 'ı' | 'i' | 'I' | 'Î' | 'î' => folded.push('I'),
            'Ş' | 'ş' => folded.push('S'),
            'Ğ' | 'ğ' => folded.push('G'),
            'Ü' | 'ü' | 'Û' | 'û' => folded.push('U'),
            'Ö' | 'ö' => folded.push('O'),
            'Ç' | 'ç' => folded.push('C'),
            'Â' | 'â' => folded.push('A'),
            other if other.is_alphanumeric() => folded.extend(other.to_uppercase()),
            _ => {}
        }
    }
    folded
}

/// A character that .NET wrote as `_xHHHH_` into a name, and what follows.
fn escaped(text: &str) -> Option<(char, &str)> {
    let digits = text.strip_prefix("_x")?.get(..4)?;
    let after = text.get(6..)?.strip_prefix('_')?;
    let letter = u32::from_str_radix(digits, 16)
        .ok()
        .and_then(char::from_u32)?;
    Some((letter, after))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn folds_every_spelling_of_a_name() {
        for name in [
            "İŞLEM TARİHİ",
            "ISLEM_TARIHI",
            "İşlem_tarihi",
            "islem tarihi",
            "_x0130_ŞLEM_x0020_TARİHİ",
        ] {
            assert_eq!(fold(name), "ISLEMTARIHI", "{name}");
        }
        assert_eq!(fold("TUTAR(KDV'SİZ)"), "TUTARKDVSIZ");
        assert_eq!(fold("TUTAR_x0028_KDV_x0027_SİZ_x0029_"), "TUTARKDVSIZ");
        assert_eq!(fold("_x00ZZ_ _x_ _x12"), "X00ZZXX12");
    }
}
