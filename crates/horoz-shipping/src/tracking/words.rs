//! The meaning of the tracking service's words, as a third party's program has met them.

use kervan_tracking::{EventTime, NonDeliveryReason, TrackingEvent, TrackingStatus};
use kervan_turkiye::text::fold;

use super::members::Members;

/// The longest word of a state that is kept. A longer text is not a state.
const LONGEST: usize = 40;

/// A word and its meaning for a parcel.
pub(super) struct Word {
    /// As the service writes it.
    pub(super) text: String,
    pub(super) status: TrackingStatus,
    pub(super) non_delivery: Option<NonDeliveryReason>,
}

/// Returns the state of a known word, folded: entered and left a transfer centre, delivered.
fn known(word: &str) -> Option<TrackingStatus> {
    match fold(word).as_str() {
        "GIRIS" | "CIKIS" => Some(TrackingStatus::InTransit),
        "TESLIM" => Some(TrackingStatus::Delivered),
        _ => None,
    }
}

/// Returns whether a member's name means the present state. Other states, and the times of states, have names
/// of their own.
fn is_of_state(name: &str) -> bool {
    let name = fold(name);
    let has = |parts: &[&str]| parts.iter().any(|part| name.contains(part));
    has(&["STATE", "STATUS", "DURUM"])
        && !has(&["ONCEKI", "PREV", "ESKI", "DATE", "TARIH", "TIME", "SAAT"])
}

/// Returns whether a member's name is that of a state and of nothing else.
fn is_plain_state(name: &str) -> bool {
    matches!(fold(name).as_str(), "STATE" | "STATUS" | "DURUM")
}

/// Returns whether a member is the number of a state beside its word.
fn is_number(name: &str, text: &str) -> bool {
    let name = fold(name);
    let is_code = ["CODE", "KOD"].iter().any(|part| name.contains(part));
    is_code && text.bytes().all(|byte| byte.is_ascii_digit())
}

fn is_word(text: &str) -> bool {
    let count = text.chars().count();
    (1..=LONGEST).contains(&count) && text.chars().all(|c| c.is_alphabetic() || c == ' ')
}

/// Returns the texts in an object with a state in their names.
fn states(members: &Members) -> impl Iterator<Item = (&str, &str)> {
    let texts = members.texts.iter();
    texts
        .map(|(name, text)| (name.as_str(), text.as_str()))
        .filter(|(name, text)| is_of_state(name) && !text.is_empty() && !is_number(name, text))
}

/// Returns the word that all texts share. `None` when one of them differs, or is not a word.
fn agreed<'m>(texts: impl IntoIterator<Item = &'m str>) -> Option<Word> {
    let mut said = texts.into_iter();
    let text = said.next().filter(|text| is_word(text))?;
    if said.any(|other| !is_word(other) || fold(other) != fold(text)) {
        return None;
    }
    let is_problem = fold(text) == "TESLIMSORUN";
    Some(Word {
        text: text.to_owned(),
        status: known(text).unwrap_or_else(|| TrackingStatus::Unknown(text.to_owned())),
        non_delivery: is_problem.then(|| NonDeliveryReason::Other(text.to_owned())),
    })
}

/// Returns the state in an object: the word that all members with a state in their names share. `None` when
/// one of them differs, is not a word, or is an object or a list.
pub(super) fn state(members: &Members) -> Option<Word> {
    if members.is_cut || members.nested.iter().any(|name| is_of_state(name)) {
        return None;
    }
    agreed(states(members).map(|(_, text)| text))
}

/// Returns the state of a movement, and the members that contradict it. A plain `status` or `durum` goes
/// before compound names such as `deliveryStatus`, which may be the order's.
fn movement(members: &Members) -> (Option<Word>, Vec<(&str, &str)>) {
    let plain = || states(members).filter(|(name, _)| is_plain_state(name));
    let is_open = members.is_cut || members.nested.iter().any(|name| is_plain_state(name));
    if is_open || plain().next().is_none() {
        return (state(members), Vec::new());
    }
    let word = agreed(plain().map(|(_, text)| text));
    let beside = states(members).filter(|(name, text)| {
        let is_same = word
            .as_ref()
            .is_some_and(|word| fold(&word.text) == fold(text));
        !is_plain_state(name) && !is_same
    });
    let beside = beside.collect();
    (word, beside)
}

/// Returns the reason why a delivery failed, in the service's words. Wire: `deliveryProblem`.
fn problem(members: &Members) -> Option<&str> {
    let texts = members.texts.iter();
    let mut problems = texts.filter(|(name, text)| {
        let name = fold(name);
        !text.is_empty() && ["PROBLEM", "SORUN"].iter().any(|part| name.contains(part))
    });
    problems.next().map(|(_, text)| text.as_str())
}

/// Returns the time in an object: the first date in a member with a date in its name, and the time of day
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

/// Returns a movement as an event; `None` when neither its time nor its state is known. `note` receives the
/// members with another state, which the event keeps as its note.
pub(super) fn event(members: &Members, mut note: impl FnMut(&str, &str)) -> Option<TrackingEvent> {
    let (word, beside) = movement(members);
    let at = time(members);
    if at.day().is_none() && word.is_none() {
        return None;
    }
    let mut notes: Vec<&str> = problem(members).into_iter().collect();
    for (name, text) in beside {
        note(name, text);
        notes.push(text);
    }
    let event = TrackingEvent::new(at).note(notes.join("; "));
    let Some(word) = word else {
        return Some(event);
    };
    let event = match word.status {
        TrackingStatus::Unknown(_) => event,
        status => event.status(status),
    };
    let reason = problem(members).filter(|text| is_word(text));
    let reason = reason.map(|text| NonDeliveryReason::Other(text.to_owned()));
    let event = match word.non_delivery {
        Some(failed) => event.non_delivery(reason.unwrap_or(failed)),
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
        state(&parsed(text)).map(|word| word.status)
    }

    fn parsed(text: &str) -> Members {
        kervan_wire::json::parse(text).unwrap().glance().unwrap()
    }

    /// Returns the state of a movement, its note, its reason, and the names that contradict it.
    fn read(text: &str) -> (Option<TrackingStatus>, String, Option<String>, Vec<String>) {
        let mut beside = Vec::new();
        let event = event(&parsed(text), |name, _| beside.push(name.to_owned())).unwrap();
        let reason = event.non_delivery.map(|reason| match reason {
            NonDeliveryReason::Other(text) => text,
            other => other.code().to_owned(),
        });
        let note = event
            .note
            .map_or_else(String::new, |note| note.as_str().to_owned());
        (event.status, note, reason, beside)
    }

    #[test]
    fn p3_a_movement_keeps_its_state_beside_dates_and_compound_names() {
        use TrackingStatus::{Delivered, InTransit};

        let none = || (String::new(), None, Vec::new());
        for (text, status, (note, reason, beside)) in [
            (
                r#"{"status":"ÇIKIŞ","statusDate":"20.11.2026 10:30","deliveryStatus":"ÇIKIŞ"}"#,
                Some(InTransit),
                none(),
            ),
            (
                r#"{"durum":"TESLİM","durumTarihi":"2026-11-20","durumSaati":"10:30"}"#,
                Some(Delivered),
                none(),
            ),
            (
                r#"{"STATUS":"GİRİŞ","Status_Time":"2026-11-20T10:30:00","stateUpdateDate":"x"}"#,
                Some(InTransit),
                none(),
            ),
            (
                r#"{"status":"GİRİŞ","deliveryStatus":"BEKLİYOR"}"#,
                Some(InTransit),
                (
                    "BEKLİYOR".to_owned(),
                    None,
                    vec!["deliveryStatus".to_owned()],
                ),
            ),
            (
                r#"{"durum":"ÇIKIŞ","teslimDurumu":"5 gün sonra","teslimDurumKodu":"5"}"#,
                Some(InTransit),
                (
                    "5 gün sonra".to_owned(),
                    None,
                    vec!["teslimDurumu".to_owned()],
                ),
            ),
            (
                r#"{"status":"TESLİM SORUN","statusDate":"2026-11-20","deliveryProblem":"ADRES YETERSİZ"}"#,
                None,
                (
                    "ADRES YETERSİZ".to_owned(),
                    Some("ADRES YETERSİZ".to_owned()),
                    Vec::new(),
                ),
            ),
            (
                r#"{"status":"TESLİM SORUN","deliveryProblem":""}"#,
                None,
                (String::new(), Some("TESLİM SORUN".to_owned()), Vec::new()),
            ),
            // Without a plain name, compound names have to agree.
            (
                r#"{"deliveryStatus":"ÇIKIŞ","statusDate":"2026-11-20"}"#,
                Some(InTransit),
                none(),
            ),
            (
                r#"{"sonDurum":"ÇIKIŞ","deliveryStatus":"TESLİM","tarih":"2026-11-20"}"#,
                None,
                none(),
            ),
            // Two plain names that differ say nothing.
            (
                r#"{"status":"ÇIKIŞ","durum":"TESLİM","tarih":"2026-11-20"}"#,
                None,
                none(),
            ),
        ] {
            assert_eq!(read(text), (status, note, reason, beside), "{text}");
        }
        let dated = event(
            &parsed(r#"{"status":"ÇIKIŞ","statusDate":"20.11.2026 10:30"}"#),
            |_, _| {},
        );
        let at = EventTime::read("2026-11-20T10:30:00");
        assert_eq!(dated.unwrap().at, at);
        assert_eq!(
            of_json(r#"{"deliveryStatus":"TESLİM","statusDate":"2026-11-20"}"#),
            Some(Delivered)
        );
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
    fn t12_an_event_has_its_time_in_one_member_or_in_two() {
        let at = |texts: &[(&str, &str)]| event(&members(texts), |_, _| {}).map(|event| event.at);
        let moment = EventTime::read("2026-11-20T10:30:00");
        assert_eq!(
            at(&[("movementDate", "20.11.2026 10:30")]),
            Some(moment.clone())
        );
        assert_eq!(
            at(&[("tarih", "2026-11-20"), ("saat", "10:30")]),
            Some(moment)
        );
        // .NET's empty date is none, so that another member says when it was (T12).
        for empty in ["0001-01-01T00:00:00", "01.01.0001", "0001-01-01T00:00:00Z"] {
            let texts = [("oldDate", empty), ("statusDate", "2026-11-20 10:30")];
            assert_eq!(at(&texts), Some(EventTime::read("2026-11-20T10:30:00")));
            let alone = at(&[("durum", "GİRİŞ"), ("statusDate", empty)]);
            assert_eq!(alone.unwrap().day(), None);
        }
        assert_eq!(at(&[("x", "y")]), None);
        assert_eq!(at(&[("durum", "GİRİŞ")]).unwrap().day(), None);
    }
}
