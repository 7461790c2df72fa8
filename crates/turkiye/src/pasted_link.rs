//! Links that were copied out of a sentence.

/// Takes off what belongs to the sentence around a link: blanks, `<>`, brackets, quotes, and a full stop
/// or comma behind it.
///
/// A closing bracket stays where its opening one is in the link. The link itself is not judged. A text of more
/// than 8192 bytes is not a link and stays as it is.
///
/// ```
/// use kervan_turkiye::pasted_link::link_in;
/// let link = "https://kargotakip.example/mainpage.aspx?code=3513773163316";
/// assert_eq!(link_in(&format!("<{link}>.")), link);
/// assert_eq!(link_in(&format!("({link}).")), link);
/// assert_eq!(link_in("https://tr.example/wiki/Kargo_(anlam)"), "https://tr.example/wiki/Kargo_(anlam)");
/// ```
pub fn link_in(text: &str) -> &str {
    let mut link = text.trim_matches(is_blank);
    if link.len() > MOST_BYTES {
        return link;
    }
    loop {
        let shorter = without_end(link)
            .trim_start_matches(|letter| "<([{\"'“„‘«".contains(letter))
            .trim_matches(is_blank);
        if shorter.len() == link.len() {
            return link;
        }
        link = shorter;
    }
}

/// Browsers and servers take no longer links; each closing bracket is counted.
const MOST_BYTES: usize = 8192;

fn is_blank(letter: char) -> bool {
    letter.is_whitespace() || matches!(letter, '\u{200b}' | '\u{feff}' | '\u{200e}' | '\u{200f}')
}

fn without_end(link: &str) -> &str {
    let Some(last) = link.chars().next_back() else {
        return link;
    };
    let belongs = match last {
        ')' => closes(link, '(', ')'),
        ']' => closes(link, '[', ']'),
        '}' => closes(link, '{', '}'),
        // None of these is the end of a link as it travels, and all of them end sentences.
        '>' | '"' | '“' | '”' | '’' | '»' | '\'' | '…' | '.' | ',' | ';' | ':' | '!' | '?' => {
            false
        }
        _ => true,
    };
    if belongs {
        link
    } else {
        &link[..link.len() - last.len_utf8()]
    }
}

/// Returns whether the last bracket closes one of the link. Brackets before its first character go in the
/// same turn, and the next turn counts without them.
fn closes(link: &str, open: char, close: char) -> bool {
    let count = |wanted: char| link.chars().filter(|letter| *letter == wanted).count();
    count(open) >= count(close)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn t11_what_is_around_a_link_is_taken_off() {
        let link = "https://kargotakip.example/mainpage.aspx?code=3513773163316";
        for (before, behind) in [
            ("", "."),
            ("", ")"),
            ("<", ">"),
            ("(", ")."),
            (" ", "\n"),
            // Two more: quotes, and a bracket with a stop inside of it.
            ("“", "”,"),
            ("'", "'"),
            ("(<", ">.)"),
            ("\u{feff}", "…"),
        ] {
            assert_eq!(link_in(&format!("{before}{link}{behind}")), link);
        }
    }

    #[test]
    fn t11_what_belongs_to_a_link_stays() {
        for link in [
            "https://a.example/b_(c)",
            "https://a.example/?q=[1]",
            "https://a.example/yol/",
            "https://a.example/?q=a%20",
            "https://a.example/#x-",
        ] {
            assert_eq!(link_in(link), link);
            assert_eq!(link_in(&format!("({link})")), link);
        }
        assert_eq!(link_in(""), "");
        assert_eq!(link_in("<()>."), "");
        let long = ")".repeat(1 << 20);
        assert_eq!(link_in(&long), long);
    }
}
