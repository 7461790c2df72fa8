//! Chance that can be repeated.

use serde::{Deserialize, Serialize};

/// A small deterministic generator (`SplitMix64`): ids, times and order come from its seed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Chance(u64);

impl Chance {
    /// Begins at a seed.
    pub fn new(seed: u64) -> Self {
        Chance(seed)
    }

    /// Draws a number.
    pub fn draw(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// Draws a number below a limit; 0 when the limit is 0.
    pub fn below(&mut self, limit: u64) -> u64 {
        let drawn = self.draw();
        // The high half of the product, which is as even as the remainder and needs no division.
        u64::try_from((u128::from(drawn) * u128::from(limit)) >> 64).unwrap_or(0)
    }

    /// Returns `true` in `times` of a thousand cases.
    pub fn one_in_thousand(&mut self, times: u32) -> bool {
        self.below(1000) < u64::from(times)
    }

    /// Draws one of a list; `None` when it is empty.
    pub fn pick<'a, T>(&mut self, list: &'a [T]) -> Option<&'a T> {
        let index = self.below(list.len() as u64);
        usize::try_from(index).ok().and_then(|at| list.get(at))
    }

    /// Draws a GUID of version 4, in small letters with dashes.
    pub fn guid(&mut self) -> String {
        let high = (self.draw() & 0xffff_ffff_ffff_0fff) | 0x4000;
        let low = (self.draw() & 0x3fff_ffff_ffff_ffff) | 0x8000_0000_0000_0000;
        let (high, low) = (format!("{high:016x}"), format!("{low:016x}"));
        format!(
            "{}-{}-{}-{}-{}",
            &high[..8],
            &high[8..12],
            &high[12..],
            &low[..4],
            &low[4..]
        )
    }

    /// Splits off a generator of its own, so that draws of one part do not move those of another.
    #[must_use]
    pub fn fork(&mut self) -> Chance {
        Chance(self.draw())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn draws_the_published_sequence() {
        // The first numbers of SplitMix64 for the seed 1234567, as its authors print them.
        let mut chance = Chance::new(1_234_567);
        let drawn: Vec<u64> = (0..3).map(|_| chance.draw()).collect();
        let expected = [
            6_457_827_717_110_365_317,
            3_203_168_211_198_807_973,
            9_817_491_932_198_370_423,
        ];
        assert_eq!(drawn, expected);
    }

    #[test]
    fn stays_below_its_limit_and_reaches_all() {
        let mut chance = Chance::new(7);
        let mut seen = [false; 5];
        for _ in 0..200 {
            let drawn = usize::try_from(chance.below(5)).unwrap();
            seen[drawn] = true;
        }
        assert_eq!(seen, [true; 5]);
        assert_eq!(chance.below(0), 0);
        assert_eq!(chance.pick::<u8>(&[]), None);
    }

    #[test]
    fn guids_have_their_shape() {
        let guid = Chance::new(1).guid();
        assert_eq!(guid.len(), 36);
        assert_eq!(&guid[14..15], "4");
        assert!(matches!(&guid[19..20], "8" | "9" | "a" | "b"), "{guid}");
        assert_eq!(guid, Chance::new(1).guid());
        assert_ne!(guid, Chance::new(2).guid());
    }
}
