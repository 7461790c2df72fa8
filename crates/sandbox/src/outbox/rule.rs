//! Plans for posts that come up.

use serde::{Deserialize, Serialize};

/// The plan for one post, made before it comes up.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct Rule {
    /// The provider; any when it is absent.
    #[serde(default)]
    pub provider: Option<String>,
    /// The kind of post; any when it is absent.
    #[serde(default)]
    pub kind: Option<String>,
    /// Which of these posts, from 1, counted from the moment the rule is made. Default: the next one.
    #[serde(default = "first")]
    pub nth: u32,
    /// The plan.
    pub how: How,
}

/// The fate of a post.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum How {
    /// It goes out as soon as the answer to the call that caused it is written.
    Deliver,
    /// It goes out before that answer.
    BeforeAnswer,
    /// It stays here until somebody sends it.
    Hold,
    /// It goes out again after the shop has answered.
    Double,
    /// Two copies go out at the same moment.
    DoubleAtOnce,
    /// It goes out this many milliseconds later.
    Late(i64),
    /// It goes out after the next post of any kind.
    AfterNext,
    /// A field has another value than the provider gives it.
    Tamper {
        /// The name on the wire.
        field: String,
        /// The value. Absent: the field is left out.
        #[serde(default)]
        value: Option<String>,
    },
    /// It has another content type.
    ContentType(String),
    /// It never goes out.
    Never,
}

const fn first() -> u32 {
    1
}

impl Rule {
    /// Plans for the next post of any kind.
    pub fn next(how: How) -> Self {
        Rule {
            provider: None,
            kind: None,
            nth: 1,
            how,
        }
    }

    /// Plans for the next post of a kind of one provider.
    pub fn on(provider: &str, kind: &str, how: How) -> Self {
        Rule {
            provider: Some(provider.to_owned()),
            kind: Some(kind.to_owned()),
            nth: 1,
            how,
        }
    }

    /// Moves it to the nth of these posts, from 1.
    #[must_use]
    pub fn nth(mut self, nth: u32) -> Self {
        self.nth = nth;
        self
    }

    /// Refuses a rule that no post can meet, whatever its kind is.
    pub(crate) fn check(&self) -> Result<(), String> {
        match (self.nth, &self.how) {
            (0, _) => Err("`nth` counts from 1".to_owned()),
            (_, How::Late(..0)) => Err("`late` is not before the callback".to_owned()),
            _ => Ok(()),
        }
    }

    pub(super) fn is_about(&self, provider: &str, kind: &str) -> bool {
        let fits =
            |asked: &Option<String>, is: &str| asked.as_ref().is_none_or(|asked| asked == is);
        fits(&self.provider, provider) && fits(&self.kind, kind)
    }
}
