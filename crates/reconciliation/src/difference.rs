//! Differences between a shop and its providers, and what a person does about each.

use kervan_core::Language;
use kervan_turkiye::Money;

use crate::line::Kind;

/// One difference: all lines of one kind and subject, on both sides.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Difference {
    /// The matter of the lines.
    pub kind: Kind,
    /// The number that both sides have.
    pub subject: String,
    /// How they differ.
    pub what: What,
    /// The shop's lines that it believes to have happened.
    pub ours: Side,
    /// The lines of the list that happened.
    pub theirs: Side,
}

/// The lines of one side.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Side {
    /// How many.
    pub count: u32,
    /// Their sum. `None` where one has no amount, or none that can be read.
    pub sum: Option<Money>,
}

/// How two sides differ, the worst first.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub enum What {
    /// The list has it oftener than the shop: it may have happened twice.
    Twice,
    /// The list has it, and the shop believes that it did not happen.
    DoneThere,
    /// The list has it, and the shop knows nothing of it.
    MissingHere,
    /// The shop believes that it happened, and the list says that it failed.
    FailedThere,
    /// The shop believes that it happened, and the list does not have it.
    MissingThere,
    /// Both have it, with other amounts.
    Amount,
    /// It was open here, and the list has it.
    Settled,
    /// It is open here, and the list does not have it either. That does not prove that it did not happen.
    Open,
    /// A row of the list cannot be read.
    Unreadable {
        /// The column, by its name on the wire.
        column: &'static str,
        /// The text in it.
        text: String,
    },
}

impl What {
    /// Returns the kind of difference in one word, as in files.
    pub fn name(&self) -> &'static str {
        match self {
            Self::Twice => "twice",
            Self::DoneThere => "done_there",
            Self::MissingHere => "missing_here",
            Self::FailedThere => "failed_there",
            Self::MissingThere => "missing_there",
            Self::Amount => "amount",
            Self::Settled => "settled",
            Self::Open => "open",
            Self::Unreadable { .. } => "unreadable",
        }
    }

    /// Returns the difference as words for people.
    pub fn text(&self, language: Language) -> &'static str {
        let (english, turkish) = match self {
            Self::Twice => ("oftener there than here", "orada buradakinden fazla"),
            Self::DoneThere => (
                "happened there, refused here",
                "orada yapılmış, burada reddedilmiş görünüyor",
            ),
            Self::MissingHere => ("unknown here", "burada yok"),
            Self::FailedThere => (
                "failed there, done here",
                "orada başarısız, burada yapılmış",
            ),
            Self::MissingThere => ("missing there", "orada yok"),
            Self::Amount => ("other amounts", "tutarlar farklı"),
            Self::Settled => (
                "was open here and happened there",
                "burada açıktı, orada yapılmış",
            ),
            Self::Open => (
                "still open here, missing there",
                "burada hâlâ açık, orada yok",
            ),
            Self::Unreadable { .. } => ("a row that cannot be read", "okunamayan satır"),
        };
        match language {
            Language::Turkish => turkish,
            _ => english,
        }
    }

    /// Returns what a person does about it.
    pub fn advice(&self, language: Language) -> &'static str {
        let (english, turkish) = match self {
            Self::Twice => (
                "look at the customer's payments in the provider's panel, and give the second one back",
                "sağlayıcının panelinde müşterinin ödemelerine bakın, ikincisini iade edin",
            ),
            Self::DoneThere => (
                "do not ask the customer for money again; take it as done, or undo it",
                "müşteriden yeniden para istemeyin; yapılmış sayın ya da geri alın",
            ),
            Self::MissingHere => (
                "find out who made it: another program, the panel, or an order that this shop has lost",
                "kimin yaptığını bulun: başka bir program, panel ya da bu mağazanın kaybettiği bir sipariş",
            ),
            Self::FailedThere => (
                "stop what follows from it, as a parcel; ask the provider",
                "gönderi gibi sonraki işleri durdurun; sağlayıcıya sorun",
            ),
            Self::MissingThere => (
                "it may be in the next day's list; if it is not, ask the provider with the number",
                "ertesi günün listesinde olabilir; orada da yoksa numarayla sağlayıcıya sorun",
            ),
            Self::Amount => (
                "compare the single lines; a part may have been given back, or charged beside it",
                "satırları tek tek karşılaştırın; bir bölümü iade edilmiş ya da ayrıca çekilmiş olabilir",
            ),
            Self::Settled => (
                "nothing: the next question of the worker ends it; if it does not, resolve it as done",
                "bir şey gerekmez: bir sonraki sorgu kapatır; kapatmazsa yapıldı olarak işaretleyin",
            ),
            Self::Open => (
                "nothing yet: it is asked about until it is settled, or comes to a person",
                "henüz bir şey gerekmez: sonuçlanana ya da bir kişiye düşene kadar sorulur",
            ),
            Self::Unreadable { .. } => (
                "read the row in the provider's panel, and compare it by hand",
                "satıra sağlayıcının panelinde bakın, elle karşılaştırın",
            ),
        };
        match language {
            Language::Turkish => turkish,
            _ => english,
        }
    }
}
