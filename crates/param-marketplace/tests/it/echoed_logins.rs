//! A login that the service repeats in unexpected places: as a code, escaped, in another letter case, as
//! the name of an element, inside of another part of the login.

use contract_kit::faults::{Fault, FaultServer};
use contract_kit::matrix::Format;
use kervan_core::Operation;
use param_marketplace::raw::RawCall;
use param_marketplace::{
    Client, ClientCode, Credentials, Environment, MarketplaceKey, MerchantKey, Password, Username,
};
use testkit::{Peer, config, sockets};

use crate::sentinel::{show, show_error};
use crate::support::{body, detail, table, trace};

/// The password begins with the user name, and XML escapes it.
const USER: &str = "gizliad";
const PASSWORD: &str = "gizliad&<\"ş'9";
const KEYS: [&str; 2] = [
    "0C13D406-873B-403B-9C09-A5766840D98C",
    "1d24e517-984c-514c-ad1a-b6877951ea9d",
];

/// Returns everything that a call shows of an answer.
async fn shown<O>(operation: &O, answer: &str) -> String
where
    O: Operation<Service = param_marketplace::Settings>,
    O::Output: std::fmt::Debug + serde::Serialize,
{
    let answer = Format::Xml.answer(200, answer.as_bytes());
    let server = FaultServer::start(Fault::Answer(answer));
    let peer = Peer::from(&server);
    let login = Credentials::new(
        ClientCode::new("10738"),
        Username::new(USER),
        Password::new(PASSWORD),
    );
    let [marketplace, merchant] = KEYS;
    let keys = (MarketplaceKey::new(marketplace), MerchantKey::new(merchant));
    let environment = Environment::At(peer.base());
    let builder = Client::builder(&environment, login, keys.0, keys.1).unwrap();
    let client: Client = builder.config(config(1)).build_over(sockets(), peer.host);
    let mut texts = Vec::new();
    match client.call(operation).await {
        Ok(answer) => {
            show(&mut texts, &answer);
            texts.push(serde_json::to_string(&answer).unwrap());
        }
        Err(error) => {
            show_error(&mut texts, &error);
            if let Some(refusal) = error.rejection() {
                texts.push(serde_json::to_string(refusal).unwrap());
            }
        }
    }
    texts.join("\n")
}

fn assert_hidden(text: &str) {
    let folded = text.to_lowercase();
    let keys = KEYS.map(str::to_lowercase);
    for secret in [USER, "ş'9", "s&apos;9", "10738", &keys[0], &keys[1]] {
        assert!(!folded.contains(secret), "{secret} in {text}");
    }
}

const DETAIL: &str = "Pazaryeri_TP_Siparis_Detay_Ekle";

#[tokio::test]
async fn is_hidden_as_a_code() {
    let codes = ["gizliad", "-10738"];
    for code in codes {
        let refused = body(DETAIL, &format!("<Sonuc>{code}</Sonuc>"));
        assert_hidden(&shown(&detail(), &refused).await);
        let refused = body(
            DETAIL,
            &format!("<Sonuc>-1</Sonuc><Banka_Sonuc_Kod>{code}</Banka_Sonuc_Kod>"),
        );
        assert_hidden(&shown(&detail(), &refused).await);
        let raw = body("X", &format!("<ResultCode>{code}</ResultCode>"));
        assert_hidden(&shown(&RawCall::new("X"), &raw).await);
        let fault = format!(
            "<s:Envelope xmlns:s=\"http://schemas.xmlsoap.org/soap/envelope/\"><s:Body><s:Fault>\
             <faultcode>s:{code}</faultcode></s:Fault></s:Body></s:Envelope>"
        );
        assert_hidden(&shown(&detail(), &fault).await);
        let fault = fault.replace(code, KEYS[1]);
        assert_hidden(&shown(&detail(), &fault).await);
    }
}

#[tokio::test]
async fn a_listed_code_keeps_its_meaning() {
    let refused = body(
        DETAIL,
        "<Sonuc>-101</Sonuc><Banka_Sonuc_Kod>51</Banka_Sonuc_Kod>",
    );
    let text = shown(&detail(), &refused).await;
    assert!(text.contains("-101") && text.contains("51"), "{text}");
}

#[tokio::test]
async fn is_hidden_as_xml_escapes_it() {
    for echo in [
        "gizliad&amp;&lt;\"ş'9",
        "gizliad&amp;&lt;&quot;ş&apos;9",
        "gizliad&#38;&#60;&#34;&#351;&#39;9",
        "gizliad&#x26;&#x3C;&#x22;&#x15f;&#x27;9",
        "<![CDATA[gizliad&<\"ş'9]]>",
    ] {
        let result = format!(
            "<Sonuc>1</Sonuc><PYSiparis_GUID>k</PYSiparis_GUID><Sonuc_Str>{echo}</Sonuc_Str>\
             <Ek>a {echo} b</Ek><Ek2><A>{echo}</A></Ek2>"
        );
        assert_hidden(&shown(&detail(), &body(DETAIL, &result)).await);
        assert_hidden(&shown(&RawCall::new("X"), &body("X", &result)).await);
        let refused = result.replace("<Sonuc>1<", "<Sonuc>-101<");
        assert_hidden(&shown(&detail(), &body(DETAIL, &refused)).await);
        let row = [("Plaka", "1"), ("Yeni", echo)];
        let rows = body("Param_Pazaryeri_Islem_Izleme", &table(&[&row]));
        assert_hidden(&shown(&trace(), &rows).await);
    }
}

#[tokio::test]
async fn keys_are_hidden_in_any_letter_case() {
    for echo in KEYS
        .map(str::to_lowercase)
        .iter()
        .chain(&KEYS.map(str::to_uppercase))
    {
        let result = format!(
            "<Sonuc>1</Sonuc><PYSiparis_GUID>k</PYSiparis_GUID><Sonuc_Str>{{{echo}}}</Sonuc_Str><Ek>{echo}</Ek>"
        );
        assert_hidden(&shown(&detail(), &body(DETAIL, &result)).await);
        assert_hidden(&shown(&RawCall::new("X"), &body("X", &result)).await);
    }
}

#[tokio::test]
async fn is_hidden_as_the_name_of_an_element() {
    let long = format!("{}{}", "x".repeat(58), KEYS[1]);
    for name in [USER, KEYS[1], &format!("a{}", KEYS[1]), &long] {
        let answers = [
            format!("<{name}><Sonuc><a/></Sonuc></{name}>"),
            format!("<{name}><Sonuc>1</Sonuc><PYSiparis_GUID><a/></PYSiparis_GUID></{name}>"),
            format!("<Sonuc>1</Sonuc><PYSiparis_GUID>k</PYSiparis_GUID><{name}>x</{name}>"),
            format!(
                "<{name}><d:diffgram xmlns:d=\"urn:schemas-microsoft-com:xml-diffgram-v1\">x</d:diffgram></{name}>"
            ),
        ];
        for answer in answers {
            let whole =
                body(DETAIL, "").replace(&format!("<{DETAIL}Result></{DETAIL}Result>"), &answer);
            let text = shown(&detail(), &whole).await;
            assert_hidden(&text);
            assert!(!text.contains("1d24e"), "{text}");
            assert_hidden(&shown(&detail(), &body(DETAIL, &answer)).await);
        }
    }
}
