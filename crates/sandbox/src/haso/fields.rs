//! The fields of a call, from a form or from JSON, by their names without regard to letter case.

use std::collections::BTreeMap;

use rust_decimal::Decimal;

use crate::Request;
use crate::values::json::Members;
use crate::values::{answers, form};

/// The fields of a call.
pub(super) struct Fields {
    texts: BTreeMap<String, String>,
    lists: BTreeMap<String, Vec<String>>,
}

impl Fields {
    /// Reads the body by its content type. `None` when it is neither a form nor an object.
    pub(super) fn read(request: &Request) -> Option<Self> {
        let content_type = answers::header(request, "content-type").unwrap_or_default();
        let media = content_type.split(';').next().unwrap_or_default().trim();
        match media {
            "application/json" => Self::of_json(&request.body),
            "application/x-www-form-urlencoded" => Self::of_form(&request.body),
            _ => None,
        }
    }

    fn of_json(body: &[u8]) -> Option<Self> {
        let members = Members::parse(body)?;
        let (mut texts, mut lists) = (BTreeMap::new(), BTreeMap::new());
        for name in members.names() {
            if let Some(text) = members.text(name) {
                texts.insert(name.to_lowercase(), text);
            } else if let Some(list) = members.texts(name) {
                lists.insert(name.to_lowercase(), list);
            }
        }
        Some(Self { texts, lists })
    }

    fn of_form(body: &[u8]) -> Option<Self> {
        let (mut texts, mut lists) = (BTreeMap::new(), BTreeMap::<String, Vec<String>>::new());
        for (name, value) in form::pairs(str::from_utf8(body).ok()?)? {
            match name.split_once('[') {
                None => {
                    texts.insert(name.to_lowercase(), value);
                }
                // Members of objects in a list decide nothing here.
                Some((list, index)) if index.ends_with(']') => {
                    lists.entry(list.to_lowercase()).or_default().push(value);
                }
                Some(_) => {}
            }
        }
        Some(Self { texts, lists })
    }

    /// Returns a text; empty when the field is absent.
    pub(super) fn text(&self, name: &str) -> &str {
        let text = self.texts.get(&name.to_lowercase());
        text.map(String::as_str).unwrap_or_default()
    }

    /// Returns a text that is not empty.
    pub(super) fn filled(&self, name: &str) -> Option<&str> {
        Some(self.text(name)).filter(|text| !text.trim().is_empty())
    }

    /// Returns the call's own key: a number of a refund, an order, an installment, a bureau request or a
    /// customer.
    pub(super) fn own_key(&self) -> Option<String> {
        let names = [
            "refundId",
            "merchantOid",
            "paymentCode",
            "kkbRefNo",
            "customerId",
        ];
        let key = names.into_iter().find_map(|name| self.filled(name));
        key.map(str::to_owned)
    }

    /// Returns the texts of a list.
    pub(super) fn list(&self, name: &str) -> &[String] {
        let list = self.lists.get(&name.to_lowercase());
        list.map(Vec::as_slice).unwrap_or_default()
    }

    /// Returns a whole number.
    pub(super) fn count(&self, name: &str) -> Option<u32> {
        self.filled(name)?.parse().ok()
    }

    /// Returns an amount in lira, from digits that mean kuruş.
    pub(super) fn amount(&self, name: &str) -> Option<Decimal> {
        let digits = self.filled(name)?;
        let is_plain = digits.bytes().all(|byte| byte.is_ascii_digit());
        let kurus: i64 = digits.parse().ok().filter(|_| is_plain)?;
        Some(Decimal::new(kurus, 2))
    }
}
