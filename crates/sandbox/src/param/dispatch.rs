//! From a request to its operation, and from a result or a refusal to an answer.

use kervan_spec::wire::http::HttpText;

use super::browser;
use super::call::Call;
use super::charge::Way;
use super::completion::Completion;
use super::effect::Effect;
use super::fault::{Fault, Side};
use super::hash::hash;
use super::json_twin;
use super::operations::{OPERATIONS, PAGE, PROVIDER, Service, is_documented, is_simulated};
use super::refusal::{Refusal, Stop, judge};
use super::refused;
use super::reply::{Item, result};
use super::world::{Param, Scene};
use crate::{Answer, Chance, Moment, Provider, Request};

const TURKPOS: &str = "https://turkpos.com.tr/";
const TURKPARA: &str = "https://turkpara.com.tr/";

impl Provider for Param {
    type Effect = Effect;

    fn handle(
        &mut self,
        request: &Request,
        now: Moment,
        chance: &mut Chance,
    ) -> (Answer, Vec<Effect>) {
        let route = request.route();
        if browser::is_page(request) {
            return self.page(request, now, chance);
        }
        if json_twin::is_twin(request) && request.method == "POST" {
            return self.twin(request, now, chance);
        }
        let Some(service) = Service::of(route) else {
            return (elsewhere(), Vec::new());
        };
        if request.method != "POST" {
            let name = format!("{} {route}", request.method);
            return (Answer::not_simulated(&name), Vec::new());
        }
        let call = match Call::read(&request.body) {
            Ok(call) => call,
            Err(why) => {
                return (Fault::unread(Side::Client, &why).answer(), Vec::new());
            }
        };
        if !is_simulated(&call.operation) {
            let answer = if is_documented(&call.operation) {
                Answer::not_simulated(&call.operation)
            } else {
                Fault::no_action("the body: no operation has this name").answer()
            };
            return (answer, Vec::new());
        }
        if !service.has(&call.operation) {
            let rule = "the body: another service has this operation";
            return (Fault::no_action(rule).answer(), Vec::new());
        }
        let mut scene = Scene {
            now,
            chance,
            effects: Vec::new(),
        };
        let namespace = if Service::Cards.has(&call.operation) {
            TURKPARA
        } else {
            TURKPOS
        };
        let answer = match self.answer(request, &call, &mut scene) {
            Ok(items) => result(&call.operation, namespace, &items),
            Err(Stop::Fault(fault)) => fault.answer(),
            Err(Stop::Refused(refusal)) => result(
                &call.operation,
                namespace,
                &refused::items(&call.operation, &refusal),
            )
            .refusing(refusal.code.to_string(), refusal.rule),
        };
        let mut effects = scene.effects;
        effects.extend(self.complete_at_once(now, chance));
        (answer, effects)
    }

    fn tick(&mut self, now: Moment, chance: &mut Chance) -> Vec<Effect> {
        self.complete_due(now, chance)
    }

    fn is_read(&self, request: &Request) -> bool {
        if browser::is_page(request) {
            return browser::only_looks(request);
        }
        if json_twin::is_twin(request) {
            return false;
        }
        let operation = Call::name(&request.body);
        let asks = |(name, is_read): &(&str, bool)| Some(*name) == operation.as_deref() && *is_read;
        OPERATIONS.iter().any(asks)
    }

    /// Returns the name of the element in the envelope, `page` for a customer's page, or the path.
    fn operation(&self, request: &Request) -> String {
        if browser::is_page(request) {
            return PAGE.to_owned();
        }
        if json_twin::is_twin(request) {
            return json_twin::OPERATION.to_owned();
        }
        Call::name(&request.body).unwrap_or_else(|| request.route().to_owned())
    }

    /// Returns the shop's order number, or the key of the entry, the seller, the payment or the card; for a
    /// new entry the payment's number and the seller's key.
    fn own_key(&self, request: &Request) -> Option<String> {
        const KEYS: [&str; 9] = [
            "PYSiparis_GUID",
            "Siparis_ID",
            "Order_ID",
            "d/Order_ID",
            "GUID_AltUyeIsyeri",
            "KS_GUID",
            "Prov_ID",
            "Islem_ID",
            "KK_Islem_ID",
        ];
        if browser::is_page(request) {
            return browser::session(request);
        }
        let mirrored = json_twin::mirrored(request).filter(|_| json_twin::is_twin(request));
        let call = Call::read(&mirrored.as_ref().unwrap_or(request).body).ok()?;
        if call.operation == "Pazaryeri_TP_Siparis_Detay_Ekle" {
            let seller = call.text("GUID_AltUyeIsyeri").to_ascii_lowercase();
            return Some(format!("{}/{seller}", call.text("SanalPOS_Islem_ID")));
        }
        let keys = KEYS.iter().map(|name| call.text(name));
        keys.into_iter().find(|key| !key.is_empty())
    }
}

impl Param {
    /// Answers the JSON twin of the modal page.
    fn twin(
        &mut self,
        request: &Request,
        now: Moment,
        chance: &mut Chance,
    ) -> (Answer, Vec<Effect>) {
        let mirrored = json_twin::mirrored(request).ok_or("the body: not a JSON object".to_owned());
        let read = mirrored.and_then(|mirrored| Ok((Call::read(&mirrored.body)?, mirrored)));
        let (call, mirrored) = match read {
            Ok(read) => read,
            Err(why) => {
                let fault = Fault::unread(Side::Client, &why);
                return (json_twin::unread(&fault), Vec::new());
            }
        };
        let mut scene = Scene {
            now,
            chance,
            effects: Vec::new(),
        };
        let answer = json_twin::answer(self.answer(&mirrored, &call, &mut scene));
        let mut effects = scene.effects;
        effects.extend(self.complete_at_once(now, chance));
        (answer, effects)
    }

    fn complete_at_once(&mut self, now: Moment, chance: &mut Chance) -> Vec<Effect> {
        if self.rules.completion == Completion::AtOnce {
            self.complete_due(now, chance)
        } else {
            Vec::new()
        }
    }

    fn answer(
        &mut self,
        request: &Request,
        call: &Call,
        scene: &mut Scene<'_>,
    ) -> Result<Vec<Item>, Stop> {
        let headers: Vec<(&str, &str)> = request
            .headers
            .iter()
            .map(|(name, value)| (name.as_str(), value.as_str()))
            .collect();
        let path = match request.path.as_str() {
            "" => "/",
            path => path,
        };
        let line = format!("POST {path} HTTP/1.1");
        let request = HttpText::new(&line, &headers, request.body.clone());
        let findings = kervan_spec::check(PROVIDER, &call.operation, &request)
            .map_err(|why| Stop::Fault(Fault::unread(Side::Server, &why.to_string())))?;
        let judged = judge(call, &findings);
        if let Err(fault @ Stop::Fault(_)) = judged {
            return Err(fault);
        }
        // A wrong login is refused before a value is looked at.
        self.account.check_login(call).map_err(Stop::Refused)?;
        judged?;
        self.account.check_keys(call).map_err(Stop::Refused)?;
        let ordered = self.refusals.iter();
        let mut ordered = ordered.map(|(operation, _)| operation);
        if let Some(at) = ordered.position(|operation| *operation == call.operation) {
            let (_, code) = self.refusals.remove(at);
            let rule = "a refusal of this operation with this code was ordered";
            return Err(Stop::Refused(Refusal::code(code, rule)));
        }
        self.run(call, scene).map_err(Stop::Refused)
    }

    fn run(&mut self, call: &Call, scene: &mut Scene<'_>) -> Result<Vec<Item>, Refusal> {
        if let Some(way) = Way::of(&call.operation) {
            return self.charge(call, &way, scene);
        }
        match call.operation.as_str() {
            "BIN_SanalPos" => Param::bins(call),
            "ILCE_LISTESI" => Ok(Param::districts_of(call)),
            "IL_LISTESI" => Ok(Param::provinces()),
            "Il_Liste" => Ok(Param::provinces_of_test_service()),
            "KS_Kart_Ekle" => self.store_card(call, scene),
            "KS_Kart_Liste" | "KS_Kart_Liste_Pagination" => Ok(self.list_cards(call)),
            "KS_Kart_Sil" => self.remove_card(call, scene),
            "KS_Tahsilat" | "KS_Tahsilat_UCD" => self.charge_stored(call, scene),
            "Param_Pazaryeri_Islem_Izleme" => Ok(self.trace_orders(call)),
            "Pazaryeri_TP_AltUyeIsyeri_Ekleme" | "Pazaryeri_TP_AltUyeIsyeri_Ekleme_v2" => {
                Ok(self.add_seller(call, scene))
            }
            "Pazaryeri_TP_AltUyeIsyeri_Guncelleme" | "Pazaryeri_TP_AltUyeIsyeri_Guncelleme_v2" => {
                self.update_seller(call, scene)
            }
            "Pazaryeri_TP_AltUyeIsyeri_Liste" => Ok(self.list_sellers(call)),
            "Pazaryeri_TP_AltUyeIsyeri_Silme" => self.remove_seller(call, scene),
            "Pazaryeri_TP_Iptal_Iade" => self.refund_order(call, scene),
            "Pazaryeri_TP_Islem_Sorgulama" => Ok(self.query_orders(call)),
            "Pazaryeri_TP_Limit_Kontrol" => self.check_limit(call),
            "Pazaryeri_TP_Siparis_Detay_Ekle" => self.enter_order(call, scene),
            "Pazaryeri_TP_Siparis_Onay" => self.set_order_state(call, scene),
            "SHA2B64" => Ok(vec![Item::Plain(hash(&[&call.text("Data")]))]),
            "TP_Islem_Iptal_Iade_Kismi2" | "TP_Islem_Iptal_Iade_Kismi4" => self.refund(call, scene),
            "TP_Islem_Iptal_OnProv" => self.release(call, scene),
            "TP_Islem_Izleme" => self.history(call),
            "TP_Islem_Odeme_BKM" => self.start_bkm(call, scene),
            "TP_Islem_Odeme_OnProv_Kapa" => self.capture(call, scene),
            "TP_Islem_Sorgulama4" => {
                self.count_query(call, scene);
                self.payment_status(call)
            }
            "TP_KK_Verify" => self.verify_card(call, scene),
            "TP_Ozel_Oran_Liste" | "TP_Ozel_Oran_SK_Liste" => Ok(self.rates(call, scene.now.day())),
            "TP_Modal_Payment" | "TP_Modal_Payment_WD" => self.start_modal(call, scene),
            "TP_Mutabakat_Detay" => self.reconciliation(call),
            "TP_Mutabakat_Ozet" => self.summary(call),
            "TP_WMD_Pay" => self.complete(call, scene),
            _ => Err(Refusal::code(
                -207,
                "the sandbox does not know how to do this",
            )),
        }
    }
}

/// Answers at an address where no service is.
fn elsewhere() -> Answer {
    let page =
        "<!DOCTYPE html><html><body><h2>404 - File or directory not found.</h2></body></html>";
    Answer::new(404, "text/html; charset=utf-8", page)
        .refusing("404", "the address: no service is there")
}
