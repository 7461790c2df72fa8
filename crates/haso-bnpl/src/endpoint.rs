//! The address of a call, and the rules on the method's page.

use crate::codes;
use crate::settings::method::Encoding;
use crate::settings::quirks::Quirks;

/// A method, and the rules on its page.
#[derive(Clone, Copy, Debug)]
pub struct Endpoint {
    /// The method's name in errors, and in the settings' changes.
    pub(crate) name: &'static str,
    area: Area,
    /// The last part of the path, or all of it.
    method: &'static str,
    pub(crate) token: TokenRule,
    /// The fields that `requestToken` signs besides the salt, in order.
    pub(crate) signed: &'static [&'static str],
    /// Whether a success has to say `RS100`.
    pub(crate) says_success: bool,
    /// Whether the method changes something.
    pub(crate) is_write: bool,
}

/// The first part of a path.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Area {
    /// `/Index/*`.
    Index,
    /// `/RequestV2/*`.
    RequestV2,
    /// `/ServletV2/*`, which browsers post to.
    ServletV2,
    /// The method is a whole path.
    Anywhere,
}

/// Whether a method takes `requestToken`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum TokenRule {
    /// It has the other token, or does not have a token.
    Never,
    /// Its page leaves it out; it is sent where the client can sign.
    IfPossible,
    /// Its page asks for it.
    Always,
}

impl Endpoint {
    /// Creates the endpoint of a method that changes nothing, and is not signed.
    pub(crate) const fn read(area: Area, method: &'static str) -> Self {
        Self {
            name: method,
            area,
            method,
            token: TokenRule::Never,
            signed: &[],
            says_success: false,
            is_write: false,
        }
    }

    /// Creates the endpoint of a method that changes something, and is not signed.
    pub(crate) const fn write(area: Area, method: &'static str) -> Self {
        Self {
            is_write: true,
            ..Self::read(area, method)
        }
    }

    /// Creates the endpoint of a method that no page documents, by its path. Its name is the last part
    /// of the path.
    pub(crate) fn raw(path: &'static str) -> Self {
        let end = path.find(['?', '#']).unwrap_or(path.len());
        let path_only = path[..end].trim_end_matches('/');
        let name = path_only.rsplit('/').next().unwrap_or_default();
        Self::write(Area::Anywhere, path).named(name)
    }

    /// Sets another name, as for one of two calls of the same method.
    pub(crate) const fn named(mut self, name: &'static str) -> Self {
        self.name = name;
        self
    }

    /// Sets the fields that `requestToken` signs. The page asks for it.
    pub(crate) const fn signed(mut self, fields: &'static [&'static str]) -> Self {
        self.token = TokenRule::Always;
        self.signed = fields;
        self
    }

    /// Sets the fields that `requestToken` signs where the client can sign. The page leaves it out.
    pub(crate) const fn signed_if_possible(mut self, fields: &'static [&'static str]) -> Self {
        self.token = TokenRule::IfPossible;
        self.signed = fields;
        self
    }

    /// Sets that a success has to say `RS100`.
    pub(crate) const fn saying_success(mut self) -> Self {
        self.says_success = true;
        self
    }

    /// Returns the path below the base address.
    pub(crate) fn path(&self) -> String {
        let area = match self.area {
            Area::Index => "Index",
            Area::RequestV2 => "RequestV2",
            Area::ServletV2 => "ServletV2",
            Area::Anywhere => return self.method.to_owned(),
        };
        [area, "/", self.method].concat()
    }

    /// Returns how the fields are written, unless the settings name this method.
    pub(crate) fn encoding(&self, quirks: &Quirks) -> Encoding {
        match self.area {
            Area::Index => quirks.index,
            Area::RequestV2 => quirks.request_v2,
            Area::ServletV2 | Area::Anywhere => Encoding::Form,
        }
    }

    /// Returns whether the order of a successful answer may still wait for its activation.
    pub(crate) fn may_wait(&self) -> bool {
        !self.is_write || self.is_documented("CreateTransaction")
    }

    /// Returns whether a text in `Data` is a value, and not a message.
    pub(crate) fn has_text(&self) -> bool {
        self.is_documented("GetToken")
    }

    /// Returns whether it is this documented method. A raw call may have its name, but is judged as any
    /// other that no page describes.
    fn is_documented(&self, name: &str) -> bool {
        !matches!(self.area, Area::Anywhere) && self.name == name
    }
}

impl kervan_core::Endpoint for Endpoint {
    fn name(&self) -> &'static str {
        self.name
    }

    fn result_codes(&self) -> Vec<&'static str> {
        codes::of(self.name)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_raw_call_is_named_by_the_last_part_of_its_path() {
        for (path, name) in [
            ("RequestV2/SuspendCustomer", "SuspendCustomer"),
            ("RequestV2/SuspendCustomer/", "SuspendCustomer"),
            ("SuspendCustomer?a=b/c", "SuspendCustomer"),
            ("", ""),
        ] {
            let endpoint = Endpoint::raw(path);
            assert_eq!((endpoint.name, &*endpoint.path()), (name, path));
        }
    }

    #[test]
    fn a_raw_call_of_a_documented_name_has_no_leniency_of_its_page() {
        assert!(Endpoint::write(Area::RequestV2, "CreateTransaction").may_wait());
        assert!(!Endpoint::raw("RequestV2/CreateTransaction").may_wait());
        assert!(Endpoint::read(Area::Index, "GetToken").has_text());
        assert!(!Endpoint::raw("Index/GetToken").has_text());
    }
}
