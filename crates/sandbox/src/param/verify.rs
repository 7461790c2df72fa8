//! Checking a card without charging it: `TP_KK_Verify`.

use serde::{Deserialize, Serialize};

use super::account::same_key;
use super::call::Call;
use super::charge::{check_code, check_number_and_expiry};
use super::customer::{Customer, Form};
use super::effect::Effect;
use super::payment::Verdict;
use super::refusal::Refusal;
use super::reply::{Item, text};
use super::world::{Param, Scene};
use crate::{Kurus, Moment};

/// A check that waits for its customer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct CardCheck {
    pub(crate) session: String,
    pub(crate) started: Moment,
    return_url: String,
    data: [String; 5],
    verdict: Verdict,
}

impl Param {
    pub(crate) fn verify_card(
        &mut self,
        call: &Call,
        scene: &mut Scene<'_>,
    ) -> Result<Vec<Item>, Refusal> {
        check_number_and_expiry(call)?;
        check_code(call)?;
        let id = self.payment_number(scene.chance);
        let session = scene.chance.guid();
        let url = self.session_url(&session);
        self.checks.push(CardCheck {
            session: session.clone(),
            started: scene.now,
            return_url: call.text("Return_URL"),
            data: ["Data1", "Data2", "Data3", "Data4", "Data5"].map(|name| call.text(name)),
            verdict: self.verdict(&call.text("KK_No")),
        });
        let token = call.text("Data1");
        scene.happened(Effect::CardCheckStarted { session, token });
        Ok(vec![
            text("Islem_ID", id),
            text("UCD_URL", url),
            text("Sonuc", 1),
            text("Sonuc_Str", "İşlem Başarılı"),
            text("Banka_Sonuc_Kod", 0),
            text("Komisyon_Oran", Kurus(self.rules.commission).double()),
        ])
    }

    /// Returns the end of a check's page. Its form has no signature.
    pub(crate) fn end_check(&mut self, session: &str, does: Customer) -> Option<Form> {
        let is_it = |check: &CardCheck| same_key(&check.session, session);
        let index = self.checks.iter().position(is_it)?;
        let check = self.checks.remove(index);
        let good = does == Customer::Proves && !matches!(check.verdict, Verdict::Refuses(_));
        let (code, words) = if good {
            ("1", "Dogrulama Basarili")
        } else {
            ("-1", "Dogrulama Basarisiz")
        };
        let mut fields = vec![
            ("KK_VERIFY_Sonuc".to_owned(), code.to_owned()),
            ("KK_VERIFY_Sonuc_Str".to_owned(), words.to_owned()),
        ];
        for (index, value) in check.data.into_iter().enumerate() {
            fields.push((format!("KK_VERIFY_Data{}", index + 1), value));
        }
        Some(Form {
            url: check.return_url,
            fields,
        })
    }
}
