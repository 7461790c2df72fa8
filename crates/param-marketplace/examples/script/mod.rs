//! The command line and the answers of the scripted server, for all examples.

use std::error::Error;
use std::process::ExitCode;

use contract_kit::faults::Fault;
use contract_kit::matrix::Format;

/// Runs an example, which has no arguments. It exits with 2 after wrong use and with 1 after a failure.
pub(crate) async fn run(
    name: &str,
    about: &str,
    example: impl Future<Output = Result<(), Box<dyn Error>>>,
) -> ExitCode {
    let usage = format!("usage: {name}\n\n{about}");
    match std::env::args().nth(1).as_deref() {
        None => {}
        Some("--help" | "-h") => {
            println!("{usage}");
            return ExitCode::SUCCESS;
        }
        Some(other) => {
            eprintln!("{name}: `{other}` is not understood\n\n{usage}");
            return ExitCode::from(2);
        }
    }
    match example.await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{name}: {error}");
            ExitCode::FAILURE
        }
    }
}

/// Returns the successful answer of an operation.
pub(crate) fn answer(operation: &str, result: &str) -> Fault {
    let body = format!(
        "<soap:Envelope xmlns:soap=\"http://schemas.xmlsoap.org/soap/envelope/\"><soap:Body>\
         <{operation}Response xmlns=\"https://turkpos.com.tr/\"><{operation}Result>{result}</{operation}Result>\
         </{operation}Response></soap:Body></soap:Envelope>"
    );
    Fault::Answer(Format::Xml.answer(200, body.as_bytes()))
}

/// Returns a query's answer with these rows: key, state, product amount, payable, seller.
pub(crate) fn orders(rows: &[[&str; 5]]) -> Fault {
    let rows: Vec<_> = rows
        .iter()
        .map(|[key, state, product, payable, seller]| {
            format!(
                "<Temp><PYSiparis_GUID>{key}</PYSiparis_GUID><Durum>{state}</Durum>\
                 <Tutar_Urun>{product}</Tutar_Urun><Tutar_Odenecek>{payable}</Tutar_Odenecek>\
                 <GUID_AltUyeIsyeri>{seller}</GUID_AltUyeIsyeri></Temp>"
            )
        })
        .collect();
    let table = format!(
        "<DT_Bilgi><d:diffgram xmlns:d=\"urn:schemas-microsoft-com:xml-diffgram-v1\">\
         <NewDataSet xmlns=\"\">{}</NewDataSet></d:diffgram></DT_Bilgi><Sonuc>1</Sonuc>",
        rows.concat()
    );
    answer("Pazaryeri_TP_Islem_Sorgulama", &table)
}
