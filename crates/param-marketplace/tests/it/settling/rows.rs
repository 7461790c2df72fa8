//! Rows of a read-back that prove an outcome, and rows that prove nothing.

use super::*;

#[tokio::test]
async fn w2_an_amount_that_stood_before_proves_no_refund() {
    let same = part("2.00", "1.75");
    let before = row("1", "1.7500");
    for now in [&before, &row("13", "1.7500"), &row("1", "0.0000")] {
        assert_eq!(settled(&[&before, now], &same).await, "unclear");
        assert_eq!(settled_late(&[&before, now], &same).await, "unclear");
    }
    // The second refund of the same seller moves the amount once more.
    let second = part("1.00", "0.75");
    assert_eq!(
        settled(&[&row("13", "1.75"), &row("13", "0.75")], &second).await,
        "done"
    );
    let same = [&*row("13", "1.75"), &*row("13", "1.75")];
    assert_eq!(settled(&same, &second).await, "too early");
    assert_eq!(settled_late(&same, &second).await, "not done");
    // An amount that is neither the old nor the new one is somebody else's.
    let third = [&*row("1", "1.75"), &*row("1", "0.50")];
    assert_eq!(settled_late(&third, &second).await, "unclear");
}

#[tokio::test]
async fn w2_a_state_that_may_have_stood_before_is_not_called_this_writes() {
    assert_eq!(settled(&[&row("1", "1")], &approval()).await, "in state");
    assert_eq!(
        settled(&[&row("12", "1")], &refund(RefundAmount::Full)).await,
        "in state"
    );
    let entered = orders(&[ENTERED]);
    let same = [&*entered, &*entered];
    assert_eq!(settled(&same, &detail()).await, "too early");
    assert_eq!(settled_late(&same, &detail()).await, "not done");
    let listed = sellers("1", &[SAME]);
    assert_eq!(
        settled_late(&[&listed, &listed], &new_seller()).await,
        "not done"
    );
    // A second entry of the same seller and amounts is a row more.
    let mut again = ENTERED;
    again[0] = "1d4e8a77-0000-4000-8000-0000000000b3";
    let two = orders(&[ENTERED, again]);
    let Settled::Done(Some(found)) =
        settled_after(Duration::ZERO, &[&entered, &two], &detail()).await
    else {
        panic!("the new row is this entry")
    };
    assert_eq!(found.order.as_str(), again[0]);
}

#[tokio::test]
async fn w8_keys_are_compared_without_letter_case() {
    let upper = |key: &str| key.to_uppercase();
    let mut write = detail();
    write.seller = SubMerchantId::from(upper(SELLER));
    let found = [&*orders(&[]), &*orders(&[ENTERED])];
    assert_eq!(settled(&found, &write).await, "done");
    // The same row in capitals is not a new one.
    let key = upper(ORDER);
    let mut shouted = ENTERED;
    shouted[0] = &key;
    let same = [&*orders(&[ENTERED]), &*orders(&[shouted])];
    assert_eq!(settled(&same, &write).await, "too early");
    // Nor is a seller, a state or an amount that of another key.
    let seller = upper(SELLER);
    let listed: Columns<'_> = &[("GUID", &seller), ("TC_VN", NUMBER), ("IBAN_No", IBAN)];
    let same = [&*sellers("1", &[SAME]), &*sellers("1", &[listed])];
    assert_eq!(settled(&same, &new_seller()).await, "too early");
    assert_eq!(
        settled(&[&sellers("1", &[listed])], &removal()).await,
        "too early"
    );
    let approved = orders(&[[&key, "1", "1", "1", SELLER]]);
    assert_eq!(settled(&[&approved], &approval()).await, "in state");
    let spaced = SetOrderStatus::approve(OrderKey::from(format!("{key} ")));
    let desk = Desk::new([said(&approved)]);
    let attempt = desk.client.prepare(&approval()).await.unwrap();
    assert_eq!(attempt.key(), kervan_settling::Settle::key(&spaced));
}

#[tokio::test]
async fn w12_an_answer_that_repeats_another_request_is_unreadable() {
    let key = format!("<Sonuc>1</Sonuc><PYSiparis_GUID>{ORDER}</PYSiparis_GUID>");
    for echo in [
        "<SanalPOS_Islem_ID>1247910826</SanalPOS_Islem_ID>",
        "<GUID_AltUyeIsyeri>7f2b9c1e-0000-4000-8000-0000000000a2</GUID_AltUyeIsyeri>",
    ] {
        let error = answered(&detail(), ENTRY, &orders(&[]), &format!("{key}{echo}")).await;
        assert!(matches!(error, Error::Decode(_)), "{error}");
        assert_eq!(error.outcome(), Outcome::Unknown);
    }
    let own = format!(
        "{key}<SanalPOS_Islem_ID>1247910825</SanalPOS_Islem_ID><GUID_AltUyeIsyeri>{}</GUID_AltUyeIsyeri>",
        SELLER.to_uppercase()
    );
    let desk = Desk::new([said(&orders(&[])), said(&body(ENTRY, &own))]);
    assert!(matches!(
        desk.client.send_or_settle(&detail()).await,
        Ok(Sent::Done(_))
    ));
    // A step that is answered by another state than the one that was asked for.
    for state in ["0", "-1", "12"] {
        let result = format!("<Sonuc>1</Sonuc><Durum>{state}</Durum>");
        let error = answered(&approval(), STEP, "", &result).await;
        assert!(matches!(error, Error::Decode(_)), "{state}: {error}");
    }
}

/// Returns the payment's rows with this payment's number.
fn of_payment(payment: &str, state: &str) -> String {
    let columns: Columns<'_> = &[
        ("PYSiparis_GUID", ORDER),
        ("Durum", state),
        ("Tutar_Urun", "9.8300"),
        ("Tutar_Odenecek", "1.7500"),
        ("GUID_AltUyeIsyeri", SELLER),
        ("SanalPOS_Islem_ID", payment),
    ];
    body(QUERY, &table(&[columns]))
}

#[tokio::test]
async fn w13_rows_of_another_question_prove_nothing() {
    let stray = orders(&[["o2", "1", "9.83", "1.75", SELLER]]);
    assert_eq!(settled_late(&[&stray], &approval()).await, "failed");
    assert_eq!(
        settled_late(&[&stray], &refund(RefundAmount::Full)).await,
        "failed"
    );
    let found = [&*row("1", "3.00"), &*stray];
    assert_eq!(settled_late(&found, &part("2.00", "1.75")).await, "failed");
    // Without the row of the order, or with rows of another payment, there is no baseline.
    for (write, before) in [
        (&part("2.00", "1.75"), stray),
        (&part("2.00", "1.75"), orders(&[])),
    ] {
        let desk = Desk::new([said(&before)]);
        let error = desk.client.prepare(write).await.unwrap_err();
        assert_eq!(error.outcome(), Outcome::NotDone);
        assert_eq!(desk.arrived(), [QUERY]);
    }
    for payment in ["1247910826", "0", "", " "] {
        let desk = Desk::new([said(&of_payment(payment, "0"))]);
        let error = desk.client.prepare(&detail()).await.unwrap_err();
        assert_eq!(error.outcome(), Outcome::NotDone, "{payment}");
        assert_eq!(desk.arrived(), [QUERY], "{payment}");
        let code = error.report().code;
        assert_eq!(code.as_deref(), Some("unprepared"), "{payment}");
    }
}

/// Returns the rows of the entry without the column of the payment's number.
fn nameless(keys: &[&str]) -> String {
    let row = |key: &&str| {
        format!(
            "<Temp><PYSiparis_GUID>{key}</PYSiparis_GUID><Durum>0</Durum><Tutar_Urun>9.83</Tutar_Urun>\
             <Tutar_Odenecek>1.75</Tutar_Odenecek><GUID_AltUyeIsyeri>{SELLER}</GUID_AltUyeIsyeri></Temp>"
        )
    };
    let rows: String = keys.iter().map(row).collect();
    body(
        QUERY,
        &table(&[]).replace(
            "<NewDataSet xmlns=\"\">",
            &format!("<NewDataSet xmlns=\"\">{rows}"),
        ),
    )
}

#[tokio::test]
async fn w13_rows_that_do_not_name_the_payment_prove_neither_done_nor_not_done() {
    let (before, entered) = (orders(&[]), orders(&[ENTERED]));
    // The new row without the payment's number is not this entry.
    let now = nameless(&[ORDER]);
    assert_eq!(settled(&[&before, &now], &detail()).await, "unclear");
    assert_eq!(settled_late(&[&before, &now], &detail()).await, "unclear");
    // The old rows without it, or those of another payment, do not say that nothing is new.
    let of_another = entered.replace("1247910825", "1247910826");
    for (now, word) in [(&now, "unclear"), (&of_another, "failed")] {
        assert_eq!(settled_late(&[&entered, now], &detail()).await, word);
    }
    // One row of another question is enough to doubt the whole answer.
    for stray in ["<SanalPOS_Islem_ID></SanalPOS_Islem_ID>", ""] {
        let two = orders(&[["o2", "0", "1", "1", "s2"], ENTERED]);
        let own = "<SanalPOS_Islem_ID>1247910825</SanalPOS_Islem_ID>";
        let mixed = two.replacen(own, stray, 1);
        assert_eq!(settled_late(&[&before, &mixed], &detail()).await, "unclear");
        assert_eq!(settled(&[&before, &two], &detail()).await, "done");
    }
    // Rows in a data set without its own namespace are not the empty answer.
    let lost = entered.replace("<NewDataSet xmlns=\"\">", "<d:NewDataSet>");
    let lost = lost.replace("</NewDataSet>", "</d:NewDataSet>");
    assert_ne!(lost, entered);
    assert_eq!(settled_late(&[&before, &lost], &detail()).await, "failed");
    // The documented empty answer holds no row that could be another's.
    let nothing = [&*before, &*before];
    assert_eq!(settled(&nothing, &detail()).await, "too early");
    assert_eq!(settled_late(&nothing, &detail()).await, "not done");
}

#[tokio::test]
async fn w15_rows_that_cannot_be_the_entry_never_prove_it() {
    let before = orders(&[]);
    for state in ["-1", "12", "13", "77", ""] {
        let now = of_payment("1247910825", state);
        assert_eq!(
            settled_late(&[&before, &now], &detail()).await,
            "unclear",
            "{state}"
        );
    }
    for (payment, word) in [("1247910826", "failed"), ("0", "unclear"), ("x", "failed")] {
        let now = of_payment(payment, "0");
        assert_eq!(
            settled_late(&[&before, &now], &detail()).await,
            word,
            "{payment}"
        );
    }
    for state in ["0", "1"] {
        let now = of_payment(" 1247910825 ", state);
        assert_eq!(
            settled(&[&before, &now], &detail()).await,
            "done",
            "{state}"
        );
    }
    // An old row that is cancelled or refunded is not an entry either.
    for state in ["-1", "13"] {
        let old = of_payment("1247910825", state);
        assert_eq!(
            settled_late(&[&old, &old], &detail()).await,
            "not done",
            "{state}"
        );
    }
}

#[tokio::test]
async fn w15_a_seller_that_cannot_be_the_new_one_never_proves_it() {
    const ELSEWHERE: &str = "TR970006200013600006299881";
    let before = sellers("0", &[]);
    let of = |number, iban| {
        sellers(
            "1",
            &[&[("GUID", SELLER), ("TC_VN", number), ("IBAN_No", iban)]],
        )
    };
    for (number, iban, word) in [
        // Another person, and this one with another account or with none.
        ("20000000046", IBAN, "not done"),
        (NUMBER, ELSEWHERE, "unclear"),
        (NUMBER, "", "unclear"),
        ("", IBAN, "unclear"),
    ] {
        let found = [&*before, &*of(number, iban)];
        let (old, new) = (new_seller(), new_seller_v2());
        assert_eq!(settled_late(&found, &old).await, word, "{number} {iban}");
        assert_eq!(settled_late(&found, &new).await, word, "{number} {iban}");
    }
    // Of two new ones nobody knows which it is.
    let other: Columns<'_> = &[("GUID", "s2"), ("TC_VN", NUMBER), ("IBAN_No", IBAN)];
    let two = sellers("2", &[SAME, other]);
    assert_eq!(
        settled_late(&[&before, &two], &new_seller()).await,
        "unclear"
    );
    let one = of(NUMBER, IBAN);
    assert_eq!(settled(&[&before, &one], &new_seller()).await, "done");
}
