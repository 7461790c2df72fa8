//! The members of answers and posts, each in one spelling.

/// Every documented name in its documented spelling.
const NAMES: [&str; 35] = [
    "Success",
    "Errors",
    "Data",
    "Key",
    "Value",
    "Message",
    "Token",
    "URL",
    "ExpireDate",
    "NameSurname",
    "CustomerId",
    "CustomerLimit",
    "CustomerInfo",
    "TransactionStatus",
    "TransactionPayments",
    "TransactionCode",
    "MerchantOid",
    "Fee",
    "TotalAmount",
    "DownPayment",
    "InstallmentNo",
    "PaymentCode",
    "PaymentStatus",
    "InstallmentPayment",
    "TermDate",
    "KkbPhones",
    "KkbRefNo",
    "PreDefinedLimit",
    "ErrorCodes",
    "Code",
    "PaymentFunds",
    "Transactions",
    "Payments",
    "InstallmentPlan",
    "RefundId",
];

/// Misspellings of the provider's pages, and their meaning.
const MISSPELT: [(&str, &str); 2] = [("MercantOid", "MerchantOid"), ("Expiredate", "ExpireDate")];

/// Returns the documented spelling of a name in any letter case, misspellings included; any other name
/// as it is.
pub(crate) fn canonical(name: &str) -> &str {
    let misspelt = MISSPELT
        .iter()
        .find(|(other, _)| other.eq_ignore_ascii_case(name));
    let name = misspelt.map_or(name, |(_, meant)| meant);
    let known = NAMES.iter().find(|known| known.eq_ignore_ascii_case(name));
    known.map_or(name, |known| known)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn knows_names_in_any_case_and_misspelt() {
        for (given, meant) in [
            ("success", "Success"),
            ("MERCANTOID", "MerchantOid"),
            ("merchantOid", "MerchantOid"),
            ("Expiredate", "ExpireDate"),
            ("Yeni", "Yeni"),
        ] {
            assert_eq!(canonical(given), meant);
        }
    }
}
