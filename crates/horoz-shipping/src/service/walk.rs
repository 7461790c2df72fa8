//! The texts of a JSON answer, each with the name of its member.

use std::fmt;

use serde::de::{
    Deserialize, DeserializeSeed, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor,
};

/// Visits each text and number of an answer, down to a number of levels. `visit` receives the name of the
/// nearest member around it, which is empty outside of all members, and the text without blanks around it.
pub(crate) fn each_text<'de, D: Deserializer<'de>>(
    deserializer: D,
    levels: usize,
    mut visit: impl FnMut(&str, &str),
) -> Result<(), D::Error> {
    let walk = Walk {
        name: "",
        levels,
        visit: &mut visit,
    };
    walk.deserialize(deserializer)
}

struct Walk<'w> {
    name: &'w str,
    levels: usize,
    visit: &'w mut dyn FnMut(&str, &str),
}

impl Walk<'_> {
    fn inside<'w>(&'w mut self, name: &'w str) -> Walk<'w> {
        Walk {
            name,
            levels: self.levels.saturating_sub(1),
            visit: self.visit,
        }
    }
}

impl<'de> DeserializeSeed<'de> for Walk<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        if self.levels == 0 {
            return IgnoredAny::deserialize(deserializer).map(drop);
        }
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Walk<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("any value")
    }

    /// Visits a text, or the digits of a number.
    fn visit_str<E>(self, text: &str) -> Result<(), E> {
        (self.visit)(self.name, text.trim());
        Ok(())
    }

    fn visit_bool<E>(self, _: bool) -> Result<(), E> {
        Ok(())
    }

    fn visit_unit<E>(self) -> Result<(), E> {
        Ok(())
    }

    fn visit_seq<A: SeqAccess<'de>>(mut self, mut items: A) -> Result<(), A::Error> {
        let name = self.name;
        while items.next_element_seed(self.inside(name))?.is_some() {}
        Ok(())
    }

    fn visit_map<A: MapAccess<'de>>(mut self, mut members: A) -> Result<(), A::Error> {
        while let Some(name) = members.next_key::<String>()? {
            members.next_value_seed(self.inside(&name))?;
        }
        Ok(())
    }
}
