//! Any operation of the service by its wire names, for operations without a type of their own.
//!
//! A raw call keeps the login, the redaction, the caps and the errors of the other calls. It checks
//! only that XML can carry it and that it nests no deeper than an answer may. The client never repeats it.
//!
//! The service's own description has a family of `MP_*` operations that no page explains. They
//! wrap the login, and all else in `Data`, in an element `d`:
//!
//! ```no_run
//! use param_marketplace::raw::{RawCall, RawElement};
//! # async fn f(client: &param_marketplace::Client) -> Result<(), param_marketplace::Error> {
//! let call = RawCall::new("MP_OrderDetailQuery").element(RawElement::parent(
//!     "d",
//!     [
//!         RawElement::login("G"),
//!         RawElement::parent(
//!             "Data",
//!             [
//!                 RawElement::text("PaymentGuid", "7f2b9c1e-0000-4000-8000-0000000000a1"),
//!                 RawElement::text("OrderId", ""),
//!                 RawElement::text("OrderDetailGuid", ""),
//!             ],
//!         ),
//!     ],
//! ));
//! let answer = client.call(&call).await?;
//! // The meaning of its numbers is not documented: the caller decides.
//! println!("{:?}", answer.code);
//! # Ok(())
//! # }
//! ```

mod element;

use kervan_core::error::Unreadable;
use kervan_core::{
    Answer, Class, Context, Drift, EncodeError, ForeignText, Personal, Problems, ReadError, Reason,
};
use kervan_wire::soap::{self, Contents};
use serde::Serialize;

pub use self::element::RawElement;
use self::element::{check_all, is_name};
use crate::endpoint::Endpoint;
use crate::rejection::Rejection;
use crate::rules;
use crate::service::{Body, Read, Reading, is_success};
use crate::settings::Settings;
use crate::wire::WireStatus;

/// A call by its wire names.
///
/// Sent at most once, because it may be a write.
///
/// # Errors
///
/// [`Error::Invalid`](crate::Error::Invalid) for a name or text that XML cannot carry;
/// [`Error::Rejected`](crate::Error::Rejected) after a fault or a `Sonuc` or `Response_Code` that is not
/// above zero; [`Error::Decode`](crate::Error::Decode) for a code that is nil or duplicate, or beside a
/// duplicate text.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct RawCall {
    page: Endpoint,
    /// The elements of the call, in this order. Nothing is added, not even the login.
    pub elements: Vec<RawElement>,
}

impl RawCall {
    /// Creates an empty call of the marketplace service. It may reach a bank, so a failure without a detail
    /// leaves its outcome unknown.
    pub fn new(operation: &'static str) -> Self {
        Self {
            page: Endpoint::marketplace(operation, "").at_bank(),
            elements: Vec::new(),
        }
    }

    /// Adds an element.
    #[must_use]
    pub fn element(mut self, element: RawElement) -> Self {
        self.elements.push(element);
        self
    }

    /// Adds an element with a text.
    #[must_use]
    pub fn text(self, name: impl Into<String>, text: impl Into<Personal>) -> Self {
        self.element(RawElement::text(name, text))
    }

    /// Creates an empty call of the payment service.
    #[cfg(feature = "payments")]
    pub fn of_payment_service(operation: &'static str) -> Self {
        Self {
            page: Endpoint::payment(operation, "").at_bank(),
            elements: Vec::new(),
        }
    }

    /// Creates an empty call of the service for stored cards.
    #[cfg(feature = "payments")]
    pub fn of_card_service(operation: &'static str) -> Self {
        Self {
            page: Endpoint::stored_cards(operation, "").at_bank(),
            elements: Vec::new(),
        }
    }
}

/// The answer of a raw call.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct RawAnswer {
    /// The answer's code: `Sonuc` or `Response_Code`, above zero here, or `ResultCode` of the `MP_*`
    /// family, **whose meaning is not documented: it may be a refusal**. `None` when both are absent.
    pub code: Option<String>,
    /// The whole answer, without login and keys where it repeats them unchanged.
    pub text: Personal,
}

// With its path, because the list of calls is made of those that are not raw.
impl kervan_core::Operation for RawCall {
    type Service = Settings;
    type Output = RawAnswer;
    const ENDPOINT: Endpoint = Endpoint::marketplace("raw", "");
    const CLASS: Class = Class::Blind;

    fn endpoint(&self) -> Endpoint {
        self.page
    }

    fn check(&self, _context: &Context<'_, Settings>, problems: &mut Problems) {
        // The operation's name stands in a header too.
        if !is_name(self.page.operation) || !self.page.operation.is_ascii() {
            problems.push(rules::RAW_NAME.at("operation"));
        }
        check_all(&self.elements, "elements", 0, problems);
    }

    fn body(&self, context: &Context<'_, Settings>) -> Result<Body, EncodeError> {
        let settings = context.settings();
        let elements = self.elements.iter();
        Ok(elements.fold(Body::new(), |body, element| {
            body.element(element.to_wire(settings))
        }))
    }

    fn read(&self, reading: Reading<'_>) -> Read<RawAnswer> {
        let text = soap::body_text(reading.reply)?;
        if let Contents::Fault(fault) = text.read(self.page.call(), |_| Ok(()))? {
            return Err(reading.fault(fault));
        }
        let status = self.status(&text)?;
        let message = status
            .as_ref()
            .and_then(|(status, _)| status.message.as_deref());
        let message = reading.message(message);
        if let Some((status, Judged::Yes)) = &status
            && !is_success(&status.code)
        {
            let settings = reading.settings;
            let rejection =
                Rejection::new(self.page, settings, &status.code, message, Drift::default());
            return Err(ReadError::Rejected(
                rejection.with_bank_code(settings, status.bank_code.as_deref()),
            ));
        }
        let answer = RawAnswer {
            code: status.map(|(status, _)| reading.settings.shown_code(&status.code)),
            text: ForeignText::new(&text, reading.settings).into(),
        };
        Ok(Answer::new(answer, Drift::default()).message(message))
    }
}

/// Whether pages document which numbers of a code are a success.
#[derive(Clone, Copy)]
enum Judged {
    Yes,
    No,
}

/// The elements with a result's code, in the order of the search.
const CODES: [(&str, Judged); 3] = [
    ("Sonuc", Judged::Yes),
    ("Response_Code", Judged::Yes),
    ("ResultCode", Judged::No),
];

impl RawCall {
    /// Finds the result's code as the other calls do. `None` for an answer without one.
    fn status(&self, text: &soap::Body<'_>) -> Result<Option<(WireStatus, Judged)>, Unreadable> {
        for (code, judged) in CODES {
            let Contents::Result(document) = text.read(self.page.call(), |_| Ok(()))? else {
                return Ok(None);
            };
            match document.around(code, None) {
                Ok(result) => return Ok(Some((result.glance()?, judged))),
                Err(twice) if matches!(twice.reason(), Reason::Twice) => return Err(twice),
                // What has no such element is an answer all the same.
                Err(_) => {}
            }
        }
        Ok(None)
    }
}

#[cfg(test)]
mod tests {
    use kervan_wire::tree::MAX_DEPTH;

    use crate::endpoint::NAMESPACE;
    use kervan_core::Operation;

    use kervan_core::Reply;

    use super::*;
    use crate::{
        BaseUrl, ClientCode, Credentials, Environment, MarketplaceKey, MerchantKey, Password,
        Problem, Username,
    };

    fn settings() -> Settings {
        Settings {
            payment_address: BaseUrl::parse("https://param.example/p.asmx").unwrap(),
            #[cfg(feature = "payments")]
            card_address: BaseUrl::parse("https://param.example/k.asmx").unwrap(),
            #[cfg(feature = "payments")]
            hide_cards: false,
            address: Environment::At(BaseUrl::parse("https://param.example/x.asmx").unwrap())
                .address()
                .unwrap(),
            credentials: Credentials::new(
                ClientCode::new("10738"),
                Username::new("Test & Co"),
                Password::new("p<w"),
            ),
            marketplace: MarketplaceKey::new("KEY-OF-MARKETPLACE"),
            merchant: MerchantKey::new("KEY-OF-MERCHANT"),
        }
    }

    fn call() -> RawCall {
        RawCall::new("MP_OrderDetailAdd")
            .element(RawElement::parent(
                "d",
                [
                    RawElement::login("G"),
                    RawElement::parent(
                        "Data",
                        [RawElement::text("OrderId", "a & <b> ]]> \"ş\" 😀")],
                    ),
                ],
            ))
            .text("Boş", "")
            .element(RawElement::marketplace_key("ETS_GUID"))
    }

    fn context(settings: &Settings) -> Context<'_, Settings> {
        Context::new(settings, std::time::SystemTime::UNIX_EPOCH)
    }

    fn answered(result: &str) -> Read<RawAnswer> {
        let operation = "MP_OrderDetailAdd";
        let body = format!(
            "<e:Envelope xmlns:e=\"http://schemas.xmlsoap.org/soap/envelope/\"><e:Body>\
             <{operation}Response xmlns=\"{NAMESPACE}\">{result}</{operation}Response></e:Body></e:Envelope>"
        );
        let reply = Reply::new(200, Vec::new(), body.into_bytes());
        call().decode(&settings(), &reply)
    }

    #[test]
    fn writes_what_it_is_given_and_escapes_it() {
        assert!(call().problems(&context(&settings())).is_empty());
        let request = call().encode(&context(&settings())).unwrap();
        let body = String::from_utf8(request.body).unwrap();
        let inner = body.split("<soap:Body>").nth(1).unwrap();
        let inner = inner.split("</soap:Body>").next().unwrap();
        assert_eq!(
            inner,
            "<MP_OrderDetailAdd xmlns=\"https://turkpos.com.tr/\"><d><G><CLIENT_CODE>10738</CLIENT_CODE>\
             <CLIENT_USERNAME>Test &amp; Co</CLIENT_USERNAME><CLIENT_PASSWORD>p&lt;w</CLIENT_PASSWORD></G>\
             <Data><OrderId>a &amp; &lt;b&gt; ]]&gt; \"ş\" 😀</OrderId></Data></d><Boş></Boş>\
             <ETS_GUID>KEY-OF-MARKETPLACE</ETS_GUID></MP_OrderDetailAdd>"
        );
    }

    #[test]
    fn refuses_names_that_are_markup_and_texts_that_xml_cannot_carry() {
        for name in ["", "a b", "a><b", "1a", "a:b", "-a", "a\"", "a\n"] {
            let call = RawCall::new("X").text(name, "");
            let problems = call.problems(&context(&settings()));
            let found: Vec<_> = problems.iter().map(|p| (p.code(), p.path())).collect();
            assert_eq!(found, [("param.raw_name", "elements[0]")], "{name}");
        }
        let odd = RawElement::parent("a", [RawElement::text("b", "\u{7}")]);
        let problems = RawCall::new("Ş")
            .element(odd)
            .problems(&context(&settings()));
        let found: Vec<_> = problems.iter().map(|p| (p.code(), p.path())).collect();
        assert_eq!(
            found,
            [
                ("param.raw_name", "operation"),
                ("text.control_character", "elements[0][0]")
            ]
        );
        let mut deep = RawElement::text("a", "");
        for _ in 0..MAX_DEPTH + 2 {
            deep = RawElement::parent("a", [deep]);
        }
        let problems = RawCall::new("X")
            .element(deep)
            .problems(&context(&settings()));
        assert_eq!(
            problems.iter().map(Problem::code).collect::<Vec<_>>(),
            ["param.raw_too_deep"]
        );
    }

    #[test]
    fn reads_either_code_and_judges_only_the_documented_one() {
        let code = |result| answered(result).map(|answer| answer.value.code);
        let mp = "<MP_OrderDetailAddResult><ResultCode>-5</ResultCode><Data><OrderId>1</OrderId></Data>\
                  </MP_OrderDetailAddResult>";
        assert_eq!(code(mp).unwrap().as_deref(), Some("-5"));
        assert_eq!(
            code("<R><Sonuc>1</Sonuc></R>").unwrap().as_deref(),
            Some("1")
        );
        assert_eq!(code("<R>text</R>").unwrap(), None);
        assert_eq!(code("").unwrap(), None);
        for refused in ["0", "-101", "OK", ""] {
            let answer = answered(&format!("<R><Sonuc>{refused}</Sonuc></R>"));
            assert!(matches!(answer, Err(ReadError::Rejected(_))), "{refused}");
        }
    }

    #[test]
    fn neither_the_call_nor_its_answer_prints_data() {
        let answer = answered(
            "<R><ResultDescription>KEY-OF-MARKETPLACE secret</ResultDescription><ResultCode>secret data</ResultCode></R>",
        );
        let answer = answer.unwrap();
        let shown = format!("{answer:?} {:?}", call());
        assert!(
            !shown.contains("secret") && !shown.contains("<b>"),
            "{shown}"
        );
        assert!(!answer.text.as_str().contains("KEY-OF-MARKETPLACE"));
    }
}
