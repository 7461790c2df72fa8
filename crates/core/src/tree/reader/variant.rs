//! Variants of an enum: a text, or an object of one member.

use serde::de::{
    DeserializeSeed, Deserializer, EnumAccess, IntoDeserializer, VariantAccess, Visitor,
};

use super::Reader;
use crate::tree::Value;
use crate::tree::track::Failure;

/// A variant and what it holds.
pub(super) struct Variant<'v, 't, 'n, 'a> {
    pub(super) name: &'v str,
    pub(super) content: Option<Reader<'t, 'n, 'a>>,
}

impl<'t, 'n, 'a> Variant<'_, 't, 'n, 'a> {
    fn content(self) -> Result<Reader<'t, 'n, 'a>, Failure> {
        self.content
            .ok_or_else(|| Failure::expected("a variant with its content"))
    }
}

impl<'de> EnumAccess<'de> for Variant<'_, '_, '_, '_> {
    type Error = Failure;
    type Variant = Self;

    fn variant_seed<V: DeserializeSeed<'de>>(self, seed: V) -> Result<(V::Value, Self), Failure> {
        Ok((seed.deserialize(self.name.into_deserializer())?, self))
    }
}

impl<'de> VariantAccess<'de> for Variant<'_, '_, '_, '_> {
    type Error = Failure;

    fn unit_variant(self) -> Result<(), Failure> {
        match self.content.map(|content| &content.node.value) {
            None | Some(Value::Null) => Ok(()),
            Some(_) => Err(Failure::expected("a variant without content")),
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
