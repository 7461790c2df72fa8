//! What the words of the tracking service mean, as a third party's program has met them.

use kervan_core::text::fold;
use kervan_core::tracking::{EventTime, NonDeliveryReason, TrackingEvent, TrackingStatus};

use super::members::Members;

/// The longest word of a state that is kept. What is longer is no state.
const LONGEST: usize = 40;

/// What a word says of a parcel.
pub(super) struct Word {
    /// As the service writes it.
    pub(super) text: String,
    pub(super) status: TrackingStatus,
    pub(super) non_delivery: Option<NonDeliveryReason>,
}

/// The words, folded: entered and left a transfer centre, delivered.
fn known(word: &str) -> Option<TrackingStatus> {
    match fold(word).as_str() {
        "GIRIS" | "CIKIS" => Some(TrackingStatus::InTransit),
        "TESLIM" => Some(TrackingStatus::Delivered),
        _ => None,
    }
}

/// Whether a member's name speaks of the present state. Other states have names of their own.
fn is_of_state(name: &str) -> bool {
    let name = fold(name);
    let has = |parts: &[&str]| parts.iter().any(|part| name.contains(part));
    has(&["STATE", "STATUS", "DURUM"]) && !has(&["ONCEKI", "PREV", "ESKI"])
}

/// Whether a member is the number of a state beside its word.
fn is_number(name: &str, text: &str) -> bool {
    let name = fold(name);
    let is_code = ["CODE", "KOD"].iter().any(|part| name.contains(part));
    is_code && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// The state in an object: what all members whose names speak of a state say alike. When one of them
/// says something else, is no word, or is an object or a list, nothing is known.
pub(super) fn state(members: &Members) -> Option<Word> {
    let is_word = |text: &str| {
        let count = text.chars().count();
        (1..=LONGEST).contains(&count) && text.chars().all(|c| c.is_alphabetic() || c == ' ')
    };
    if members.is_cut || members.nested.iter().any(|name| is_of_state(name)) {
        return None;
    }
    let texts = members.texts.iter();
    let mut said = texts
        .filter(|(name, text)| is_of_state(name) && !text.is_empty() && !is_number(name, text))
        .map(|(_, text)| text);
    let text = said.next().filter(|text| is_word(text))?;
    if said.any(|other| !is_word(other) || fold(other) != fold(text)) {
        return None;
    }
    let is_problem = fold(text) == "TESLIMSORUN";
    Some(Word {
        text: text.clone(),
        status: known(text).unwrap_or_else(|| TrackingStatus::Unknown(text.clone())),
        non_delivery: is_problem.then(|| NonDeliveryReason::Other(text.clone())),
    })
}

/// The time in an object: the first date in a member whose name speaks of one, with the time of day
/// beside it.
fn time(members: &Members) -> EventTime {
    let speaks = |name: &str, parts: [&str; 2]| {
        let name = fold(name);
        parts.iter().any(|part| name.contains(part))
    };
    let texts = members.texts.iter();
    let clock = texts
        .clone()
        .find(|(name, _)| speaks(name, ["TIME", "SAAT"]) && !speaks(name, ["DATE", "TARIH"]))
        .map_or("", |(_, text)| text.as_str());
    let mut times = texts
        .filter(|(name, _)| speaks(name, ["DATE", "TARIH"]))
        .map(|(_, text)| EventTime::read_apart(text, clock));
    let found = times.find(|time| time.day().is_some());
    found.unwrap_or_else(|| EventTime::read(""))
}

/// A movement as an event; `None` when neither its time nor its state can be told.
pub(super) fn event(members: &Members) -> Option<TrackingEvent> {
    let (at, word) = (time(members), state(members));
    if at.day().is_none() && word.is_none() {
        return None;
    }
    let event = TrackingEvent::new(at);
    let Some(word) = word else {
        return Some(event);
    };
    let event = match word.status {
        TrackingStatus::Unknown(_) => event,
        status => event.status(status),
    };
    let event = match word.non_delivery {
        Some(reason) => event.non_delivery(reason),
        None => event,
    };
    Some(event.text(word.text))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn members(texts: &[(&str, &str)]) -> Members {
        let own = |(name, text): &(&str, &str)| ((*name).to_owned(), (*text).to_owned());
        Members {
            texts: texts.iter().map(own).collect(),
            ..Members::default()
        }
    }

    fn status(texts: &[(&str, &str)]) -> Option<TrackingStatus> {
        state(&members(texts)).map(|word| word.status)
    }

    #[test]
    fn delivered_is_read_from_a_state_only() {
        use TrackingStatus::{Delivered, InTransit, Unknown};
        assert_eq!(status(&[("state", "TESLİM")]), Some(Delivered));
        assert_eq!(status(&[("sonDurum", "TESLIM")]), Some(Delivered));
        assert_eq!(status(&[("deliveryType", "TESLİM")]), None);
        assert_eq!(status(&[("state", "ÇIKIŞ"), ("status", "TESLİM")]), None);
        assert_eq!(status(&[("state", "GİRİŞ")]), Some(InTransit));
        let other = |text: &str| Some(Unknown(text.to_owned()));
        assert_eq!(
            status(&[("state", "TESLİM EDİLEMEDİ")]),
            other("TESLİM EDİLEMEDİ")
        );
        assert_eq!(status(&[("state", "TESLİM SORUN")]), other("TESLİM SORUN"));
        assert_eq!(status(&[("state", "BEKLİYOR")]), other("BEKLİYOR"));
        assert_eq!(status(&[("state", "5"), ("state2", "")]), None);
    }

    fn of_json(text: &str) -> Option<TrackingStatus> {
        state(&serde_json::from_str(text).unwrap()).map(|word| word.status)
    }

    #[test]
    fn whatever_speaks_against_a_state_makes_it_unknown() {
        for text in [
            r#"{"state":"TESLİM","statusDescription":"TESLİM EDİLEMEDİ (ADRES YETERSİZ)"}"#,
            r#"{"durum":"TESLİM","sonDurum":"TESLİM SORUN."}"#,
            r#"{"state":"TESLİM","durum":"İADE/GÖNDERİCİYE"}"#,
            r#"{"oncekiDurum":"TESLİM","durum":{"ad":"İADE"}}"#,
            r#"{"state":"TESLİM","durum":"ALICI ADRESİNDE BULUNAMADI VE ŞUBEYE GERİ GÖTÜRÜLDÜ"}"#,
            r#"{"state":"TESLİM","durumlar":["İADE"]}"#,
            r#"{"state":"TESLİM","durum":"5"}"#,
            r#"{"state":"TESLİM","statusOk":false}"#,
            r#"{"prevState":"TESLİM"}"#,
            r#"{"eskiDurum":"TESLİM","durum":""}"#,
        ] {
            assert_eq!(of_json(text), None, "{text}");
        }
        for text in [
            r#"{"state":"TESLİM","stateCode":"5","durumKodu":"12"}"#,
            r#"{"state":"TESLİM","durum":"Teslim","sonDurum":null,"statusText":" "}"#,
            r#"{"prevState":"ÇIKIŞ","state":"TESLİM","previousStates":[{"x":"GİRİŞ"}]}"#,
        ] {
            assert_eq!(of_json(text), Some(TrackingStatus::Delivered), "{text}");
        }
    }

    #[test]
    fn an_object_with_too_many_members_has_no_state() {
        let many = r#""x":"y","#.repeat(300);
        let text = format!(r#"{{"state":"TESLİM",{many}"durum":"İADE"}}"#);
        assert_eq!(of_json(&text), None);
    }

    #[test]
    fn an_event_has_its_time_in_one_member_or_in_two() {
        let at = |texts: &[(&str, &str)]| event(&members(texts)).map(|event| event.at);
        let moment = EventTime::read("2026-11-20T10:30:00");
        assert_eq!(
            at(&[("movementDate", "20.11.2026 10:30")]),
            Some(moment.clone())
        );
        assert_eq!(
            at(&[("tarih", "2026-11-20"), ("saat", "10:30")]),
            Some(moment)
        );
        assert_eq!(at(&[("x", "y")]), None);
        assert_eq!(at(&[("durum", "GİRİŞ")]).unwrap().day(), None);
    }
}
