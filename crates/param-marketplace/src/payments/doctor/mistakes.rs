//! The mistakes with the values: a wrong, an additional or a missing field, or another order.

use std::borrow::Cow;

use super::mistake::Mistake;
use super::signed::Signed;

/// Values with mistakes made on purpose.
#[derive(Clone)]
pub(super) struct Made {
    fields: Vec<(&'static str, String)>,
    separator: &'static str,
    pub(super) mistakes: Vec<Mistake>,
}

impl Made {
    /// Returns the values without a mistake.
    pub(super) fn right(values: &Signed) -> Self {
        Self {
            fields: values.right(),
            separator: "",
            mistakes: Vec::new(),
        }
    }

    /// Returns the text that is hashed.
    pub(super) fn text(&self) -> String {
        let values: Vec<_> = self
            .fields
            .iter()
            .map(|(_, value)| value.as_str())
            .collect();
        values.join(self.separator)
    }

    fn with(&self, mistake: Mistake, change: impl FnOnce(&mut Self)) -> Self {
        let mut made = self.clone();
        made.mistakes.push(mistake);
        change(&mut made);
        made
    }
}

fn mistake(
    code: &'static str,
    field: impl Into<Cow<'static, str>>,
    en: &'static str,
    tr: &'static str,
) -> Mistake {
    Mistake {
        code,
        field: Some(field.into()),
        en,
        tr,
    }
}

/// Returns the values with each possible further mistake.
pub(super) fn all(made: &Made) -> Vec<Made> {
    let mut found = Vec::new();
    for at in 0..made.fields.len() {
        found.extend(of_value(made, at));
    }
    found.extend(both_amounts(made));
    found.extend(missing_or_twice(made));
    found.extend(order(made));
    found.extend(separators(made));
    found.extend(strangers(made));
    // A change that changes nothing explains nothing.
    let text = made.text();
    found.retain(|changed| changed.text() != text);
    found
}

/// A way to write a value wrongly.
struct Rewrite {
    code: &'static str,
    en: &'static str,
    tr: &'static str,
    applies: fn(&str) -> bool,
    write: fn(&str) -> Option<String>,
}

fn any(_: &str) -> bool {
    true
}

fn is_key(name: &str) -> bool {
    matches!(name, "GUID" | "islemGUID")
}

fn is_amount(name: &str) -> bool {
    name.ends_with("Tutar") || matches!(name, "Amount" | "Tahsilat_Tutari")
}

fn is_address(name: &str) -> bool {
    name.ends_with("_URL")
}

fn is_order(name: &str) -> bool {
    matches!(name, "Siparis_ID" | "Order_ID" | "orderId")
}

/// Splits an amount with a comma and without thousands into its whole part and its decimals.
fn parts(amount: &str) -> Option<(&str, &str)> {
    amount.split_once(',')
}

fn grouped(amount: &str, group: char, point: char) -> Option<String> {
    let (whole, decimals) = parts(amount)?;
    let mut text = String::new();
    for (at, digit) in whole.chars().enumerate() {
        if at > 0 && (whole.len() - at).is_multiple_of(3) {
            text.push(group);
        }
        text.push(digit);
    }
    Some(format!("{text}{point}{decimals}"))
}

const AMOUNTS: [Rewrite; 6] = [
    Rewrite {
        code: "amount_with_point",
        en: "`{field}` was hashed with a decimal point; it is sent with a comma",
        tr: "`{field}` nokta ile özetlenmiş; virgülle gönderilir",
        applies: is_amount,
        write: |amount| Some(amount.replace(',', ".")),
    },
    Rewrite {
        code: "amount_grouped",
        en: "`{field}` was hashed with thousands separated; it is sent without",
        tr: "`{field}` binlik ayracıyla özetlenmiş; ayraçsız gönderilir",
        applies: is_amount,
        write: |amount| grouped(amount, '.', ','),
    },
    Rewrite {
        code: "amount_grouped",
        en: "`{field}` was hashed with thousands separated; it is sent without",
        tr: "`{field}` binlik ayracıyla özetlenmiş; ayraçsız gönderilir",
        applies: is_amount,
        write: |amount| grouped(amount, ',', '.'),
    },
    Rewrite {
        code: "amount_in_kurus",
        en: "`{field}` was hashed in kuruş; it is sent in lira with a comma",
        tr: "`{field}` kuruş olarak özetlenmiş; virgüllü lira olarak gönderilir",
        applies: is_amount,
        write: |amount| Some(amount.replace(',', "")),
    },
    Rewrite {
        code: "amount_without_decimals",
        en: "`{field}` was hashed without its decimals; it is sent with two",
        tr: "`{field}` ondalıksız özetlenmiş; iki ondalıkla gönderilir",
        applies: is_amount,
        write: |amount| parts(amount).map(|(whole, _)| whole.to_owned()),
    },
    Rewrite {
        code: "amount_short_decimals",
        en: "`{field}` was hashed without the zeros at its end; it is sent with two decimals",
        tr: "`{field}` sondaki sıfırlar olmadan özetlenmiş; iki ondalıkla gönderilir",
        applies: is_amount,
        write: |amount| {
            let short = amount.trim_end_matches('0');
            (short.len() < amount.len()).then(|| short.trim_end_matches(',').to_owned())
        },
    },
];

const TEXTS: [Rewrite; 13] = [
    Rewrite {
        code: "upper_case",
        en: "`{field}` was hashed in upper case",
        tr: "`{field}` büyük harfle özetlenmiş",
        applies: any,
        write: |text| Some(text.to_uppercase()),
    },
    Rewrite {
        code: "lower_case",
        en: "`{field}` was hashed in lower case",
        tr: "`{field}` küçük harfle özetlenmiş",
        applies: any,
        write: |text| Some(text.to_lowercase()),
    },
    Rewrite {
        code: "stray_blank",
        en: "`{field}` was hashed with a blank behind it",
        tr: "`{field}` sonunda bir boşlukla özetlenmiş",
        applies: any,
        write: |text| Some(format!("{text} ")),
    },
    Rewrite {
        code: "stray_blank",
        en: "`{field}` was hashed with a blank in front of it",
        tr: "`{field}` önünde bir boşlukla özetlenmiş",
        applies: any,
        write: |text| Some(format!(" {text}")),
    },
    Rewrite {
        code: "blanks_removed",
        en: "`{field}` was hashed without the blanks around it; it is sent with them",
        tr: "`{field}` çevresindeki boşluklar olmadan özetlenmiş; boşluklarla gönderilir",
        applies: any,
        write: |text| Some(text.trim().to_owned()),
    },
    Rewrite {
        code: "line_feed",
        en: "`{field}` was hashed with a line feed behind it",
        tr: "`{field}` sonunda bir satır sonuyla özetlenmiş",
        applies: any,
        write: |text| Some(format!("{text}\n")),
    },
    Rewrite {
        code: "key_without_dashes",
        en: "`{field}` was hashed without its dashes",
        tr: "`{field}` tireleri olmadan özetlenmiş",
        applies: is_key,
        write: |text| Some(text.replace('-', "")),
    },
    Rewrite {
        code: "key_in_braces",
        en: "`{field}` was hashed in braces",
        tr: "`{field}` süslü ayraç içinde özetlenmiş",
        applies: is_key,
        write: |text| Some(format!("{{{text}}}")),
    },
    Rewrite {
        code: "address_escaped",
        en: "`{field}` was hashed percent-encoded; it is sent as it is",
        tr: "`{field}` yüzde kodlamasıyla özetlenmiş; olduğu gibi gönderilir",
        applies: is_address,
        write: |text| {
            let fields = kervan_wire::form::encode([("", text)]);
            fields.strip_prefix('=').map(str::to_owned)
        },
    },
    Rewrite {
        code: "ampersand_escaped",
        en: "`{field}` was hashed with `&amp;`; the escaping of XML comes after the hash",
        tr: "`{field}` `&amp;` ile özetlenmiş; XML kaçışı özetten sonra gelir",
        applies: is_address,
        write: |text| Some(text.replace('&', "&amp;")),
    },
    Rewrite {
        code: "slash_at_end",
        en: "`{field}` was hashed with another end: one has a slash, the other none",
        tr: "`{field}` sonundaki eğik çizgi farklı özetlenmiş",
        applies: is_address,
        write: |text| {
            let shorter = text.strip_suffix('/').map(str::to_owned);
            shorter.or_else(|| Some(format!("{text}/")))
        },
    },
    Rewrite {
        code: "turkish_letters_replaced",
        en: "`{field}` was hashed with its Turkish letters replaced by ASCII ones",
        tr: "`{field}` Türkçe harfleri ASCII harflerle değiştirilerek özetlenmiş",
        applies: is_order,
        write: |text| Some(text.chars().map(without_accent).collect()),
    },
    Rewrite {
        code: "single_payment_as_zero",
        en: "`{field}` was hashed as 0; a single payment is 1 in requests",
        tr: "`{field}` 0 olarak özetlenmiş; tek çekim isteklerde 1'dir",
        applies: |name| name == "Taksit",
        write: |text| (text == "1").then(|| "0".to_owned()),
    },
];

fn without_accent(letter: char) -> char {
    match letter {
        'ç' => 'c',
        'ğ' => 'g',
        'ı' => 'i',
        'ö' => 'o',
        'ş' => 's',
        'ü' => 'u',
        'Ç' => 'C',
        'Ğ' => 'G',
        'İ' => 'I',
        'Ö' => 'O',
        'Ş' => 'S',
        'Ü' => 'U',
        other => other,
    }
}

fn of_value(made: &Made, at: usize) -> impl Iterator<Item = Made> {
    let (name, value) = &made.fields[at];
    let rewrites = AMOUNTS.iter().chain(&TEXTS);
    let fitting = rewrites.filter(|rewrite| (rewrite.applies)(name));
    fitting.filter_map(move |rewrite| {
        let wrong = (rewrite.write)(value)?;
        let mistake = mistake(rewrite.code, *name, rewrite.en, rewrite.tr);
        Some(made.with(mistake, |made| made.fields[at].1 = wrong))
    })
}

/// Writes both amounts wrongly in the same way, which counts as one mistake.
fn both_amounts(made: &Made) -> impl Iterator<Item = Made> {
    AMOUNTS.iter().filter_map(move |rewrite| {
        let amounts = || {
            let all = made.fields.iter().enumerate();
            all.filter(|(_, (name, _))| is_amount(name))
        };
        if amounts().count() < 2 {
            return None;
        }
        let wrong: Vec<_> = amounts()
            .map(|(at, (_, value))| Some((at, (rewrite.write)(value)?)))
            .collect::<Option<_>>()?;
        let names: Vec<_> = amounts().map(|(_, (name, _))| *name).collect();
        let mistake = mistake(rewrite.code, names.join("`, `"), rewrite.en, rewrite.tr);
        Some(made.with(mistake, |made| {
            for (at, value) in wrong {
                made.fields[at].1 = value;
            }
        }))
    })
}

fn missing_or_twice(made: &Made) -> Vec<Made> {
    let mut found = Vec::new();
    for (at, (name, _)) in made.fields.iter().enumerate() {
        let missing = mistake(
            "field_missing",
            *name,
            "`{field}` is missing in the hash",
            "`{field}` özette yok",
        );
        found.push(made.with(missing, |made| drop(made.fields.remove(at))));
        let twice = mistake(
            "field_twice",
            *name,
            "`{field}` stands in the hash twice",
            "`{field}` özette iki kez var",
        );
        found.push(made.with(twice, |made| {
            made.fields.insert(at, made.fields[at].clone());
        }));
    }
    let addresses = made.fields.iter().any(|(name, _)| is_address(name));
    if addresses {
        let missing = mistake(
            "addresses_missing",
            "Hata_URL`, `Basarili_URL",
            "both addresses are missing in the hash",
            "iki adres de özette yok",
        );
        found.push(made.with(missing, |made| {
            made.fields.retain(|(name, _)| !is_address(name));
        }));
    }
    found
}

/// Exchanges two fields, or moves one to another place.
fn order(made: &Made) -> Vec<Made> {
    let mut found = Vec::new();
    let count = made.fields.len();
    for one in 0..count {
        for other in one + 1..count {
            let (first, second) = (made.fields[one].0, made.fields[other].0);
            let exchanged = if is_address(first) && is_address(second) {
                mistake(
                    "addresses_swapped",
                    format!("{first}`, `{second}"),
                    "the addresses are swapped in the hash; the one for failure comes first",
                    "özette adresler yer değiştirmiş; önce hata adresi gelir",
                )
            } else {
                mistake(
                    "fields_swapped",
                    format!("{first}`, `{second}"),
                    "`{field}` are swapped in the hash",
                    "`{field}` özette yer değiştirmiş",
                )
            };
            found.push(made.with(exchanged, |made| made.fields.swap(one, other)));
        }
        for to in (0..count).filter(|to| to.abs_diff(one) > 1) {
            let moved = mistake(
                "field_moved",
                made.fields[one].0,
                "`{field}` stands at another place in the hash",
                "`{field}` özette başka bir yerde",
            );
            found.push(made.with(moved, |made| {
                let field = made.fields.remove(one);
                made.fields.insert(to, field);
            }));
        }
    }
    found
}

/// Adds a separator between the values.
fn separators(made: &Made) -> impl Iterator<Item = Made> {
    ["|", ";", ",", ":", "&", "-", " ", "\n", "+", "."]
        .into_iter()
        .filter(|_| made.separator.is_empty())
        .map(|separator| {
            let mistake = Mistake {
                code: "separator",
                field: None,
                en: "the values were hashed with a separator between them; there is none",
                tr: "değerler araya ayraç konarak özetlenmiş; ayraç yoktur",
            };
            made.with(mistake, |made| made.separator = separator)
        })
}

/// Adds a field of another method's hash, with its usual values.
fn strangers(made: &Made) -> Vec<Made> {
    let mut found = Vec::new();
    let has = |name: &str| made.fields.iter().any(|(own, _)| *own == name);
    if let Some(after_key) = made.fields.iter().position(|(name, _)| *name == "GUID")
        && !has("Taksit")
        && has("Islem_Tutar")
    {
        for count in ["0", "1", "2", "3", "6", "9", "12"] {
            let extra = mistake(
                "installment_added",
                "Taksit",
                "`{field}` stands in the hash; this method's hash has none",
                "`{field}` özette var; bu yöntemin özetinde yoktur",
            );
            found.push(made.with(extra, |made| {
                made.fields
                    .insert(after_key + 1, ("Taksit", count.to_owned()));
            }));
        }
    }
    found
}
