//! The orders of a trial.

use aras_tracking::CustomerReference;
use aras_tracking::shipments::{CollectedBy, NewOrder, Payment, Piece, Pieces, Receiver, SetOrder};
use horoz_shipping::{CreateSupplierPaysOrder, OrderDays, OrderLine, Party, SupplierCode};

/// Returns orders of Horoz as JSON lines.
pub(super) fn horoz(count: usize) -> Result<Vec<u8>, String> {
    let day = |text: &str| text.parse().map_err(|_| "a day".to_owned());
    let days = OrderDays::requested_on(day("2026-11-20")?).delivery(day("2026-11-23")?);
    let supplier = SupplierCode::new(801_452).ok_or("a supplier code")?;
    let mut lines = Vec::new();
    for n in 0..count {
        let recipient = Party::new(format!("Ayşe Örnek {n}"))
            .city("İzmir")
            .county("Karşıyaka")
            .address("Deneme Mah. Çiçekli Sk. No: 1")
            .phone("05550000001");
        let desi = "320.5".parse().map_err(|_| "a measure".to_owned())?;
        let line = OrderLine::new("YT-160", 2, desi)
            .name("Çift kişilik yatak")
            .category("Yatak");
        let order =
            CreateSupplierPaysOrder::delivery(format!("KV-{n:06}"), supplier, recipient, days)
                .line(line);
        serde_json::to_writer(&mut lines, &order).map_err(|error| error.to_string())?;
        lines.push(b'\n');
    }
    Ok(lines)
}

/// Returns parcels of Aras as JSON lines.
pub(super) fn aras(count: usize) -> Result<Vec<u8>, String> {
    let mut lines = Vec::new();
    for n in 0..count {
        let receiver = Receiver::new(format!("Ayşe Örnek {n}"))
            .address("Deneme Mah. Çiçekli Sk. No: 1")
            .phone("05550000001")
            .city("İzmir")
            .town("Karşıyaka");
        let amount = "349.90".parse().map_err(|_| "an amount".to_owned())?;
        let payment = match n % 2 {
            0 => Payment::SenderPays,
            _ => Payment::CashOnDelivery {
                amount,
                by: CollectedBy::Cash,
            },
        };
        let code = format!("2026{n:06}");
        let piece = |at: u32| {
            Piece::new(format!("{code}0{at}"))
                .desi(at + 3)
                .weight_kg(at)
        };
        let pieces = Pieces::one(piece(1)).and(piece(2));
        let reference = CustomerReference::new(&code).map_err(|error| error.to_string())?;
        let order = NewOrder::new(reference, receiver, payment, pieces).waybill(&code);
        let order = SetOrder::new(order);
        serde_json::to_writer(&mut lines, &order).map_err(|error| error.to_string())?;
        lines.push(b'\n');
    }
    Ok(lines)
}
