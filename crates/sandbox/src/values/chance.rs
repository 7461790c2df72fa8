//! Numbers and codes drawn from the generator.

use crate::Chance;

/// Draws decimal digits.
pub(crate) fn digits(chance: &mut Chance, count: usize) -> String {
    let draw = |_| char::from(b'0' + u8::try_from(chance.draw() % 10).unwrap_or_default());
    (0..count).map(draw).collect()
}

/// Draws digits until they are new.
pub(crate) fn new_digits(
    chance: &mut Chance,
    count: usize,
    is_taken: impl Fn(&str) -> bool,
) -> String {
    loop {
        let drawn = digits(chance, count);
        if !is_taken(&drawn) {
            return drawn;
        }
    }
}
