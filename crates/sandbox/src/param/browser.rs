//! The pages that a customer's browser sees: the bank's, BKM's and the provider's own.

use maud::{Markup, html};

use super::account::same_key;
use super::customer::{Customer, Form};
use super::effect::Effect;
use super::payment::{Flow, Payment, PaymentState};
use super::world::Param;
use crate::page::{Lang, Page, Reach, amount, facts, form_to_shop};
use crate::values::form;
use crate::{Answer, Chance, Moment, Request};

/// The fields in which a page gets its session.
const SESSION: [&str; 2] = ["SID", "id"];

/// The field in which a page gets the customer's choice.
const CHOICE: &str = "choice";

/// What a customer can do, each with its Turkish and its English words.
const CHOICES: [(&str, Choice, [&str; 2]); 5] = [
    (
        "approve",
        Choice::Acts(Customer::Proves),
        ["Onayla ve öde", "Approve and pay"],
    ),
    (
        "wrong_code",
        Choice::Acts(Customer::Fails),
        ["Yanlış kod gir", "Type a wrong code"],
    ),
    (
        "cancel",
        Choice::Acts(Customer::Cancels),
        ["Vazgeç", "Cancel"],
    ),
    ("close", Choice::Closes, ["Sayfayı kapat", "Close the page"]),
    (
        "expire",
        Choice::Expires,
        ["Sürenin dolmasını bekle", "Wait until it expires"],
    ),
];

const CLOSED: [&str; 2] = [
    "Bu sekmeyi şimdi kapatın. Mağaza bir şey duymaz, ödeme bekler.",
    "Close this tab now. The shop hears nothing, and the payment waits.",
];

const EXPIRED: [&str; 2] = [
    "Oturumun süresi doldu. Mağaza bir şey duymaz, para çekilmez.",
    "The session has expired. The shop hears nothing, and no money is taken.",
];

/// The choices behind the line that opens: the shop hears nothing of them.
const UNUSUAL: usize = 3;

#[derive(Clone, Copy)]
enum Choice {
    Acts(Customer),
    /// The page stays as it is, and the customer may come back to it.
    Closes,
    Expires,
}

/// Returns whether the address is one of a page.
pub(crate) fn is_page(request: &Request) -> bool {
    request.route().contains("/page/")
}

/// Returns whether a request for a page leaves everything as it is: it has no choice of the customer, or
/// the customer only closes the page.
pub(crate) fn only_looks(request: &Request) -> bool {
    let choice = field(request, &[CHOICE]);
    request.method != "POST" || choice.is_none_or(|choice| choice == "close")
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
    /// is in the answer, and the browser posts it. The outbox has it too, to be looked at. A page whose
    /// choice was made shows the same form again, because people click twice and go back.
    pub(crate) fn page(
        &mut self,
        request: &Request,
        now: Moment,
        chance: &mut Chance,
    ) -> (Answer, Vec<Effect>) {
        let lang = Lang::of(request);
        let session = session(request).unwrap_or_default();
        if session.is_empty() || !matches!(request.method.as_str(), "GET" | "HEAD" | "POST") {
            return (unknown(lang), Vec::new());
        }
        if let Some((_, form)) = self.returned.iter().find(|(of, _)| same_key(of, &session)) {
            return (self.way_back(lang, &session, form), Vec::new());
        }
        if self.session_of(&session).is_err() || !self.is_page_of_own(request) {
            let was_there = self.is_page_of_own(request);
            return (
                if was_there {
                    ended(lang)
                } else {
                    unknown(lang)
                },
                Vec::new(),
            );
        }
        let chosen = field(request, &[CHOICE]).filter(|_| request.method == "POST");
        let Some(chosen) = chosen else {
            return (self.choices(lang, &session), Vec::new());
        };
        let known = CHOICES.iter().find(|(name, ..)| *name == chosen);
        match known.map(|(_, choice, _)| *choice) {
            Some(Choice::Acts(does)) => {
                let about = self.about(&session);
                let Some((form, effects)) = self.customer(&session, does, now, chance) else {
                    return (ended(lang), Vec::new());
                };
                self.post(&about, &form);
                let answer = self.way_back(lang, &session, &form);
                self.keep_returned(session, form);
                (answer, effects)
            }
            Some(Choice::Closes) => (self.left(lang, &session, CLOSED), Vec::new()),
            Some(Choice::Expires) => {
                let answer = self.left(lang, &session, EXPIRED);
                self.expire_page(&session, now);
                (answer, Vec::new())
            }
            None => {
                let words = lang.pick("Bilinmeyen seçim.", "This choice is unknown.");
                let rule = "choice: none of those on the page";
                (message(lang, 400, words, rule), Vec::new())
            }
        }
    }

    /// Keeps the forms of the last pages that ended in a browser.
    fn keep_returned(&mut self, session: String, form: Form) {
        const KEPT: usize = 100;
        self.returned.push_back((session, form));
        if self.returned.len() > KEPT {
            self.returned.pop_front();
        }
    }

    /// Returns the page with the customer's choices.
    fn choices(&self, lang: Lang, session: &str) -> Answer {
        let (title, address) = self.title(lang, session);
        let choice = |(name, choice, words): &(&str, Choice, [&str; 2])| {
            let class = matches!(choice, Choice::Acts(Customer::Proves)).then_some("main");
            html! {
                button class=[class] type="submit" name=(CHOICE) value=(name) {
                    (lang.pick(words[0], words[1]))
                }
            }
        };
        let (usual, unusual) = CHOICES.split_at(UNUSUAL);
        let content = html! {
            (self.about_payment(lang, session))
            p {
                (self.real_page(lang, session))
            }
            form method="post" action=(address) {
                input type="hidden" name="SID" value=(session);
                input type="hidden" name="lang" value=(lang.code());
                @for one in usual { (choice(one)) }
                details {
                    summary { (lang.pick("Mağazaya bildirmeden çık", "Leave without telling the shop")) }
                    @for one in unusual { (choice(one)) }
                }
            }
        };
        Page::new(lang, title, &address, Reach::Framed).answer(200, &content)
    }

    /// Returns the page after the customer's choice, whose form goes to the shop.
    fn way_back(&self, lang: Lang, session: &str, form: &Form) -> Answer {
        let (_, address) = self.title(lang, session);
        let title = lang.pick("Mağazaya dönüş", "Back to the shop");
        let back = form_to_shop(lang, &form.url, &form.fields);
        let content = html! {
            (self.about_payment(lang, session))
            @if let Some(result) = self.paid_on(session).map(|payment| result(lang, payment)) {
                p #result { strong { (result) } }
            }
            p { (lang.pick("Bu sayfadaki işlem tamamlandı. Sonucu mağazaya tarayıcınız iletir.",
                "This page is done. Your browser takes the result to the shop.")) }
            @match back {
                Some(back) => (back),
                None => p.bad { (lang.pick("Dönüş adresi bir web adresi değil.",
                    "The address to return to is not one of the web.")) },
            }
        };
        Page::new(lang, title, &address, Reach::ToShop).answer(200, &content)
    }

    /// Returns the page of a customer who leaves without a result for the shop.
    fn left(&self, lang: Lang, session: &str, words: [&str; 2]) -> Answer {
        let (title, address) = self.title(lang, session);
        let content = html! {
            p { (lang.pick(words[0], words[1])) }
            @if words == CLOSED {
                p { a href=(address) { (lang.pick("Sayfayı yeniden aç", "Open the page again")) } }
            }
        };
        Page::new(lang, title, &address, Reach::Framed).answer(200, &content)
    }

    /// Returns the title of a session's page, and its address.
    fn title(&self, lang: Lang, session: &str) -> (&'static str, String) {
        match self.paid_on(session).map(|payment| payment.flow) {
            None => (
                lang.pick("Kart doğrulama", "Card check"),
                self.session_url(session),
            ),
            Some(Flow::Bkm) => ("BKM Express", self.bkm_url(session)),
            Some(Flow::Modal) => (
                lang.pick("Param ödeme sayfası", "Param payment page"),
                self.modal_url(session),
            ),
            Some(_) => ("3D Secure", self.session_url(session)),
        }
    }

    /// Says what a customer does on the real page.
    fn real_page(&self, lang: Lang, session: &str) -> &'static str {
        match self.paid_on(session).map(|payment| payment.flow) {
            Some(Flow::Bkm) => lang.pick(
                "Gerçek sayfada müşteri burada kartını seçer ve ödemeyi onaylar.",
                "On the real page, the customer chooses a card and approves the payment here.",
            ),
            Some(Flow::Modal) => lang.pick(
                "Gerçek sayfada müşteri burada kartını, ardından bankasının kodunu yazar.",
                "On the real page, the customer types the card and then the bank's code here.",
            ),
            _ => lang.pick(
                "Gerçek sayfada müşteri burada bankasının kodunu yazar.",
                "On the real page, the customer types the bank's code here.",
            ),
        }
    }

    /// Returns the lines about the payment; a check has none.
    fn about_payment(&self, lang: Lang, session: &str) -> Markup {
        let payment = self.paid_on(session);
        let lines = payment.map(|payment| {
            let sum = payment.amount.comma().replace(',', ".");
            let sum = format!("{} {}", amount(lang, &sum), payment.currency);
            let installments = payment.installments;
            let plan = (installments > 1).then(|| installments.to_string());
            [
                (lang.pick("Sipariş", "Order"), payment.order.clone()),
                (lang.pick("Tutar", "Amount"), sum),
                (
                    lang.pick("Taksit", "Installments"),
                    plan.unwrap_or_default(),
                ),
                (lang.pick("Kart", "Card"), payment.card.clone()),
            ]
        });
        html! { @if let Some(lines) = lines { (facts(lines)) } }
    }

    fn paid_on(&self, session: &str) -> Option<&Payment> {
        let mut payments = self.payments.iter();
        payments.find(|payment| same_key(&payment.session, session))
    }
}

/// Says how a payment that left its page is going on.
fn result(lang: Lang, payment: &Payment) -> &'static str {
    match payment.state {
        PaymentState::Charged => lang.pick("Para çekildi.", "The card was charged."),
        PaymentState::Reserved => lang.pick("Tutar bloke edildi.", "The amount is reserved."),
        PaymentState::Proven => lang.pick(
            "Kart sahibi doğrulandı. Para, mağaza ödemeyi tamamlayınca çekilir.",
            "The card's owner is proven. The shop has to complete the payment.",
        ),
        PaymentState::Refused(_) => lang.pick(
            "Banka reddetti. Para çekilmedi.",
            "The bank refused. No money was taken.",
        ),
        PaymentState::Released => lang.pick("Bloke kaldırıldı.", "The reservation was released."),
        PaymentState::Waiting | PaymentState::NotProven => {
            lang.pick("Para çekilmedi.", "No money was taken.")
        }
    }
}

fn unknown(lang: Lang) -> Answer {
    let words = lang.pick("Bu oturum bilinmiyor.", "This session is unknown.");
    message(lang, 404, words, "SID: no page has this session")
}

fn ended(lang: Lang) -> Answer {
    let words = lang.pick("Bu oturum sona erdi.", "This session has ended.");
    message(lang, 410, words, "SID: the page of this session has ended")
}

fn message(lang: Lang, status: u16, words: &str, rule: &str) -> Answer {
    let page = Page::new(lang, "Param", "", Reach::Framed);
    page.answer(status, &html! { p { (words) } })
        .refusing("", rule)
}
