//! Variants of an enum: a text, or an object of one member.

use serde::de::{
    Deserialize, DeserializeSeed, Deserializer, EnumAccess, IgnoredAny, IntoDeserializer,
    VariantAccess, Visitor,
};

use crate::tree::track::Failure;

/// A variant and what it holds.
pub(super) struct Variant<'v, D> {
    pub(super) name: &'v str,
    pub(super) content: Option<D>,
}

impl<D> Variant<'_, D> {
    fn content(self) -> Result<D, Failure> {
        self.content
            .ok_or_else(|| Failure::expected("a variant with its content"))
    }
}

impl<'de, D: Deserializer<'de, Error = Failure>> EnumAccess<'de> for Variant<'_, D> {
    type Error = Failure;
    type Variant = Self;

    fn variant_seed<V: DeserializeSeed<'de>>(self, seed: V) -> Result<(V::Value, Self), Failure> {
        Ok((seed.deserialize(self.name.into_deserializer())?, self))
    }
}

impl<'de, D: Deserializer<'de, Error = Failure>> VariantAccess<'de> for Variant<'_, D> {
    type Error = Failure;

    fn unit_variant(self) -> Result<(), Failure> {
        let content = self.content.map(Option::<IgnoredAny>::deserialize);
        match content.transpose()? {
            None | Some(None) => Ok(()),
            Some(Some(_)) => Err(Failure::expected("a variant without content")),
        }
    }

    fn newtype_variant_seed<T: DeserializeSeed<'de>>(self, seed: T) -> Result<T::Value, Failure> {
        seed.deserialize(self.content()?)
    }

    fn tuple_variant<V: Visitor<'de>>(self, _len: usize, visitor: V) -> Result<V::Value, Failure> {
        self.content()?.deserialize_seq(visitor)
    }

    fn struct_variant<V: Visitor<'de>>(
        self,
        fields: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Failure> {
        self.content()?.deserialize_struct("", fields, visitor)
    }
}
