//! The fields of a form in documented order, ready for a template of the shop's own.

use std::fmt;

use kervan_core::{Operation, Url};

use super::page::{Page, PageTexts};
use crate::client::Client;
use crate::error::Error;
use crate::settings::Settings;
use crate::token::error::TokenError;
use crate::token::value::Token;

/// A form for the customer's browser: its address, and its fields in documented order.
///
/// It holds a token and personal data, so it does not print them and does not serialise. One form
/// is for one order: HASO takes each order number once.
#[derive(Clone, PartialEq, Eq)]
pub struct BrowserForm {
    action: Url,
    fields: Vec<(String, String)>,
}

/// The reason why a form could not be made. Nothing was ordered.
///
/// Make the form anew once the reason is gone. Only [`Call`](Self::Call) may have an unknown outcome; the
/// error in it reports it.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum StartError {
    /// The request breaks a rule.
    #[error("the form cannot be made")]
    Invalid(#[source] Error),
    /// The token came, but the call that needed it failed. Only [`limit_link`](crate::Client::limit_link)
    /// makes one.
    #[error("the request failed")]
    Call(#[source] Error),
    /// No token came: the call for one, or the program's own source, failed.
    #[error(transparent)]
    Token(#[from] TokenError),
}

impl BrowserForm {
    /// Checks a request, gets a token, and writes the form.
    pub(crate) async fn make<O>(
        client: &Client,
        with_token: impl Fn(Token) -> O,
    ) -> Result<Self, StartError>
    where
        O: Operation<Service = Settings>,
    {
        // A problem of the request shows before a token is used up for it.
        client
            .dry_run(&with_token(Token::from("?")))
            .map_err(StartError::Invalid)?;
        let token = client.tokens().token(client).await?;
        let posted = with_token(token);
        let request = client.dry_run(&posted).map_err(StartError::Invalid)?;
        // The dry run has shown that they can be written.
        let body = posted.body(&client.context());
        let pairs = body.and_then(|body| body.pairs(client.settings(), &posted.endpoint()));
        let fields = pairs.unwrap_or_default();
        Ok(Self {
            action: request.url,
            fields,
        })
    }

    /// Returns the address that the form is posted to.
    pub fn action(&self) -> &str {
        self.action.as_str()
    }

    /// Returns the fields, name and value, in documented order. **They hold the token and personal
    /// data.** A template that writes them into a page has to escape them; [`page`](BrowserForm::page)
    /// does.
    pub fn fields(&self) -> impl Iterator<Item = (&str, &str)> {
        self.fields
            .iter()
            .map(|(name, value)| (name.as_str(), value.as_str()))
    }

    /// Writes a whole page that posts the form by itself, and by a button where scripts are off.
    pub fn page(&self, texts: &PageTexts) -> Page {
        Page::write(self.action(), self.fields(), texts)
    }
}

impl fmt::Debug for BrowserForm {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let names: Vec<_> = self.fields.iter().map(|(name, _)| name).collect();
        f.debug_struct("BrowserForm")
            .field("action", &self.action)
            .field("fields", &names)
            .finish()
    }
}
