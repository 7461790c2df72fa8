//! The pages that a customer's browser sees: the bank's, BKM's and the provider's own.

use super::account::same_key;
use super::customer::{Customer, Form};
use super::effect::Effect;
use super::html::Html;
use super::payment::{Flow, Payment};
use super::world::Param;
use crate::values::form;
use crate::{Answer, Chance, Moment, Request};

/// The fields in which a page gets its session.
const SESSION: [&str; 2] = ["SID", "id"];

/// The field in which a page gets the customer's choice.
const CHOICE: &str = "choice";

const CHOICES: [(&str, Customer, &str); 3] = [
    ("approve", Customer::Proves, "Onayla / Approve"),
    ("wrong_code", Customer::Fails, "Yanlış kod / Wrong code"),
    ("cancel", Customer::Cancels, "Vazgeç / Cancel"),
];

const BANNER: &str =
    "Bu bir deneme sayfasıdır, para çekilmez. / This is a sandbox, no money moves.";

/// Returns whether the address is one of a page.
pub(crate) fn is_page(request: &Request) -> bool {
    request.route().contains("/page/")
}

/// Returns whether a request for a page leaves everything as it is: it has no choice of the customer.
pub(crate) fn only_looks(request: &Request) -> bool {
    request.method == "GET" || field(request, &[CHOICE]).is_none()
}

/// Returns the session that a request for a page names, in its query or its form.
pub(crate) fn session(request: &Request) -> Option<String> {
    field(request, &SESSION)
}

fn field(request: &Request, names: &[&str]) -> Option<String> {
    let query = request.path.split_once('?').map_or("", |(_, query)| query);
    let body = str::from_utf8(&request.body).unwrap_or_default();
    let sources = [query, if request.method == "POST" { body } else { "" }];
    let mut pairs = sources.into_iter().filter_map(form::pairs).flatten();
    let found = pairs.find(|(name, _)| names.contains(&name.as_str()));
    found.map(|(_, value)| value)
}

impl Param {
    /// Returns whether a request is for a page of a session of this account.
    pub(crate) fn is_page_of_own(&self, request: &Request) -> bool {
        let session = session(request).filter(|_| is_page(request));
        session.is_some_and(|session| self.has_page(&session))
    }

    /// Returns whether a page of this account has the session.
    pub(crate) fn has_page(&self, session: &str) -> bool {
        let mut payments = self.payments.iter();
        payments.any(|one| one.is_secure && same_key(&one.session, session))
            || self
                .checks
                .iter()
                .any(|one| same_key(&one.session, session))
    }

    /// Answers a request for a page: shows it, or does what the customer chose. The form that follows
    /// is in the answer, and the browser posts it. The outbox has it too, to be looked at.
    pub(crate) fn page(
        &mut self,
        request: &Request,
        now: Moment,
        chance: &mut Chance,
    ) -> (Answer, Vec<Effect>) {
        let session = session(request).unwrap_or_default();
        if session.is_empty() || !matches!(request.method.as_str(), "GET" | "POST") {
            return (unknown(), Vec::new());
        }
        if self.session_of(&session).is_err() || !self.is_page_of_own(request) {
            let was_there = self.is_page_of_own(request);
            return (if was_there { ended() } else { unknown() }, Vec::new());
        }
        if only_looks(request) {
            return (self.choices(&session), Vec::new());
        }
        let chosen = field(request, &[CHOICE]).unwrap_or_default();
        let known = CHOICES.iter().find(|(name, ..)| *name == chosen);
        let Some((_, does, _)) = known else {
            let rule = "choice: neither `approve` nor `wrong_code` nor `cancel`";
            return (
                message(400, "Bilinmeyen seçim / Unknown choice", rule),
                Vec::new(),
            );
        };
        let about = self.about(&session);
        match self.customer(&session, *does, now, chance) {
            Some((form, effects)) => {
                self.post(&about, &form);
                (way_back(&form), effects)
            }
            None => (ended(), Vec::new()),
        }
    }

    /// Returns the page with a form for each choice.
    fn choices(&self, session: &str) -> Answer {
        let is_it = |payment: &&Payment| same_key(&payment.session, session);
        let payment = self.payments.iter().find(is_it);
        let (title, address) = match payment.map(|one| one.flow) {
            None => ("Kart doğrulama / Card check", self.session_url(session)),
            Some(Flow::Bkm) => ("BKM Express", self.bkm_url(session)),
            Some(Flow::Modal) => ("Param", self.modal_url(session)),
            Some(_) => ("3D Secure", self.session_url(session)),
        };
        let mut html = Html::begin(title, BANNER);
        if let Some(payment) = payment {
            let amount = format!("{} {}", payment.amount.comma(), payment.currency);
            html.line(&format!("Sipariş / Order: {}", payment.order));
            html.line(&format!("Tutar / Amount: {amount}"));
            if !payment.card.is_empty() {
                html.line(&format!("Kart / Card: {}", payment.card));
            }
        }
        for (name, _, words) in CHOICES {
            let fields = [("SID", session), (CHOICE, name)];
            html.form(&address, &fields, words);
        }
        html.answer(200)
    }
}

/// Returns the page whose form goes to the shop.
fn way_back(form: &Form) -> Answer {
    let mut html = Html::begin("Mağazaya dönüş / Back to the shop", BANNER);
    let schemes = ["http://", "https://"];
    if !schemes.iter().any(|scheme| form.url.starts_with(scheme)) {
        html.line("Dönüş adresi yok. / There is no web address to return to.");
        return html.answer(200);
    }
    let fields: Vec<(&str, &str)> = form.fields.iter().map(|(n, v)| (&**n, &**v)).collect();
    html.form(&form.url, &fields, "Mağazaya dön / Back to the shop");
    html.answer(200)
}

fn unknown() -> Answer {
    let words = "Bu oturum bilinmiyor. / This session is unknown.";
    message(404, words, "SID: no page has this session")
}

fn ended() -> Answer {
    let words = "Bu oturum sona erdi. / This session has ended.";
    message(410, words, "SID: the page of this session has ended")
}

fn message(status: u16, words: &str, rule: &str) -> Answer {
    let mut html = Html::begin("Param", BANNER);
    html.line(words);
    html.answer(status).refusing("", rule)
}
