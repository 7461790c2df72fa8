//! How the wire spells things where the pages leave it open.
//!
//! The pages show names and types and no raw answer. A client has to read every form that fits them, so
//! each form is a setting here. The defaults are the pages' own spellings in the plainest form.

use serde::{Deserialize, Serialize};

/// The choices of spelling and form.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is a choice of its own, and an enum would only say yes and no"
)]
#[non_exhaustive]
pub struct Dialect {
    /// How a form sends the browser on.
    pub redirect: Redirect,
    /// The form of `Data`.
    pub data: DataForm,
    /// The spelling of names in `Data`.
    pub spelling: Spelling,
    /// The form of amounts.
    pub decimals: Decimals,
    /// The form of dates and times.
    pub dates: Dates,
    /// Where a payment plan is.
    pub plan: PlanForm,
    /// Where the token of `GetToken` is.
    pub token: TokenPlace,
    /// Whether customer numbers and status codes are JSON numbers.
    pub has_number_codes: bool,
    /// Whether plans and activations come with the order's status.
    pub shows_status: bool,
    /// The answer to a refund or the question about one.
    pub refund: RefundForm,
    /// The answer about an unknown customer.
    pub unknown_customer: UnknownCustomer,
    /// Whether a bureau's answer with a limit leaves the numbers of the customer and the request out.
    pub hides_numbers: bool,
    /// The form of the list of codes.
    pub codes: CodeList,
    /// A member that no page describes.
    pub new_member: NewMember,
    /// The form of the envelope.
    pub envelope: EnvelopeForm,
    /// The form of `Errors` in a refusal.
    pub errors: ErrorsForm,
    /// Whether a refusal has the status 400 in place of 200.
    pub refuses_with_400: bool,
    /// The form of result posts.
    pub posts: PostForm,
    /// The form of `Errors` in the post of a failure.
    pub post_errors: PostErrors,
}

/// How a form sends the browser on.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Redirect {
    /// Status 302.
    #[default]
    Found,
    /// Status 303.
    SeeOther,
    /// A page with a link, status 200.
    Page,
}

/// The form of `Data`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum DataForm {
    /// An object.
    #[default]
    Object,
    /// An object as JSON in a text.
    Text,
    /// A list of `Key` and `Value`.
    Pairs,
    /// An object whose members are objects as JSON in a text.
    InnerText,
}

/// The spelling of names in `Data`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Spelling {
    /// As the method's page has it, misspellings included.
    #[default]
    Page,
    /// With a small letter at the beginning: `customerInfo`, `url`, `expireDate`.
    Small,
    /// With a capital at the beginning: `Token`, `ExpireDate`.
    Capital,
}

/// The form of amounts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Decimals {
    /// A number: `1234.5`.
    #[default]
    Number,
    /// A text with a point: `"1234.5"`.
    Text,
    /// A text in the Turkish form: `"1.234,50"`.
    Turkish,
}

/// The form of dates and times.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Dates {
    /// `2026-12-22T14:05:00`.
    #[default]
    Iso,
    /// `2026-12-22`.
    Day,
    /// `22.12.2026 14:05`.
    Turkish,
    /// `/Date(1796072400000)/`, milliseconds since 1970.
    Net,
}

/// Where a payment plan is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum PlanForm {
    /// In `TransactionPayments`: as JSON in a text, and as an object in `CreateTransaction`.
    #[default]
    Page,
    /// In `TransactionPayments`, as an object.
    Object,
    /// In `TransactionPayments`, as JSON in a text.
    Text,
    /// In `Data` itself; in a post as with `Object`.
    Data,
}

/// Where the token of `GetToken` is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum TokenPlace {
    /// In `Data.token`.
    #[default]
    Member,
    /// `Data` is the token.
    Data,
    /// In `token`, beside `Success`.
    Beside,
}

/// The answer to a refund or the question about one.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum RefundForm {
    /// The shop's number, in `RefundId`.
    #[default]
    Number,
    /// Nothing but `Success`.
    Nothing,
    /// The amount, in `RefundInfo.Amount` as a text.
    Info,
}

/// The answer about an unknown customer.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum UnknownCustomer {
    /// `CustomerInfo` is null.
    #[default]
    NullInfo,
    /// `Data` is null.
    NullData,
}

/// The form of the list of codes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum CodeList {
    /// Rows in `ErrorCodes`.
    #[default]
    Rows,
    /// One object of codes and texts.
    Dictionary,
}

/// A member that no page describes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum NewMember {
    /// None.
    #[default]
    Absent,
    /// In `Data`.
    InData,
    /// Beside `Data`.
    Beside,
}

/// The form of the envelope.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum EnvelopeForm {
    /// `Success` as a flag, and `Errors` and `Data` always.
    #[default]
    Whole,
    /// `Success` as a text, and the other two only when they hold something. The post of a failure has no
    /// `Success` then.
    Short,
}

/// The form of `Errors` in a refusal.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum ErrorsForm {
    /// A list with the code, or with a sentence where there is no code.
    #[default]
    Code,
    /// A list with the code and a sentence: `H307: İade daha önce yapılmış`.
    CodeAndText,
    /// One text in place of the list.
    Text,
}

/// The form of result posts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum PostForm {
    /// A form whose field `Data` holds JSON.
    #[default]
    DataText,
    /// A form whose field `Data` holds a JSON list of `Key` and `Value`.
    Pairs,
    /// A form with a field for each member: `Data.NameSurname`.
    Dotted,
    /// A form with a field for each member, without `Data` before it.
    TopLevel,
    /// A form with one field that holds the whole envelope.
    OneField,
    /// JSON. A browser cannot post it, so its form is that of `DataText`.
    Json,
}

/// The form of `Errors` in the post of a failure.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum PostErrors {
    /// One text.
    #[default]
    Text,
    /// A field for each: `Errors[0]`.
    Indexed,
    /// A field for each: `Errors[]`.
    Brackets,
    /// A JSON list.
    List,
    /// Nothing.
    Absent,
}
