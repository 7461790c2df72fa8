//! Answers as the platform writes them.

use quick_xml::Writer;
use quick_xml::events::{BytesDecl, BytesEnd, BytesStart, BytesText, Event};

use crate::Answer;

const XSI: &str = "http://www.w3.org/2001/XMLSchema-instance";
const XSD: &str = "http://www.w3.org/2001/XMLSchema";
const XML: &str = "text/xml; charset=utf-8";

/// A row: names of columns and their values; a column that is NULL is left out.
pub(crate) type Row = Vec<(&'static str, String)>;

/// One item of a result.
#[derive(Clone, Debug)]
pub(crate) enum Item {
    /// An element with a text.
    Text(&'static str, String),
    /// An element with its type written beside it, because its declaration has none.
    Typed(&'static str, &'static str, String),
    /// An element that holds elements.
    Group(&'static str, Vec<Item>),
    /// A table in `DT_Bilgi`: the name of its rows, its columns and its rows.
    Table(&'static str, &'static [&'static str], Vec<Row>),
    /// A table in an element of another name, which comes first.
    TableIn(
        &'static str,
        &'static str,
        &'static [&'static str],
        Vec<Row>,
    ),
    /// The text of the result itself, which has no elements then.
    Plain(String),
}

/// An element with a text.
#[expect(
    clippy::needless_pass_by_value,
    reason = "numbers and texts are passed alike"
)]
pub(crate) fn text(name: &'static str, value: impl ToString) -> Item {
    Item::Text(name, value.to_string())
}

/// Answers a call with a result.
pub(crate) fn result(operation: &str, namespace: &str, items: &[Item]) -> Answer {
    let mut out = Out::begin();
    let (response, result) = (format!("{operation}Response"), format!("{operation}Result"));
    out.start(&response, &[("xmlns", namespace)]);
    // The declared type of this result is any.
    if operation == "Pazaryeri_TP_AltUyeIsyeri_Silme" {
        out.start(&result, &[("xsi:type", "Sonuc_Uyelik")]);
    } else {
        out.start(&result, &[]);
    }
    out.items(items);
    out.end(&result);
    out.end(&response);
    Answer::new(200, XML, out.finish())
}

/// Writes a request, for a call that came in another form.
pub(crate) fn request(operation: &str, items: &[Item]) -> Vec<u8> {
    let mut out = Out::begin();
    out.start(operation, &[("xmlns", "https://turkpos.com.tr/")]);
    out.items(items);
    out.end(operation);
    out.finish()
}

/// Answers with a fault, which travels with the status 500.
pub(crate) fn fault(code: &str, message: &str) -> Answer {
    let mut out = Out::begin();
    out.start("soap:Fault", &[]);
    out.element("faultcode", &[], code);
    out.element("faultstring", &[], message);
    out.element("detail", &[], "");
    out.end("soap:Fault");
    Answer::new(500, XML, out.finish())
}

struct Out(Writer<Vec<u8>>);

impl Out {
    fn begin() -> Self {
        let mut out = Out(Writer::new(Vec::new()));
        out.put(Event::Decl(BytesDecl::new("1.0", Some("utf-8"), None)));
        let envelope = "http://schemas.xmlsoap.org/soap/envelope/";
        let names = [
            ("xmlns:soap", envelope),
            ("xmlns:xsi", XSI),
            ("xmlns:xsd", XSD),
        ];
        out.start("soap:Envelope", &names);
        out.start("soap:Body", &[]);
        out
    }

    fn finish(mut self) -> Vec<u8> {
        self.end("soap:Body");
        self.end("soap:Envelope");
        self.0.into_inner()
    }

    /// Writing to memory does not fail.
    fn put(&mut self, event: Event<'_>) {
        let written = self.0.write_event(event);
        debug_assert!(written.is_ok());
    }

    fn start(&mut self, name: &str, attributes: &[(&str, &str)]) {
        let start = BytesStart::new(name).with_attributes(attributes.iter().copied());
        self.put(Event::Start(start));
    }

    fn end(&mut self, name: &str) {
        self.put(Event::End(BytesEnd::new(name)));
    }

    fn element(&mut self, name: &str, attributes: &[(&str, &str)], text: &str) {
        self.start(name, attributes);
        self.text(text);
        self.end(name);
    }

    fn text(&mut self, text: &str) {
        if !text.is_empty() {
            self.put(Event::Text(BytesText::new(text)));
        }
    }

    fn items(&mut self, items: &[Item]) {
        for item in items {
            match item {
                Item::Text(name, text) => self.element(name, &[], text),
                Item::Typed(name, kind, text) => self.element(name, &[("xsi:type", kind)], text),
                Item::Group(name, items) => {
                    self.start(name, &[]);
                    self.items(items);
                    self.end(name);
                }
                Item::Table(row, columns, rows) => self.table("DT_Bilgi", row, columns, rows),
                Item::TableIn(name, row, columns, rows) => self.table(name, row, columns, rows),
                Item::Plain(text) => self.text(text),
            }
        }
    }

    /// A table with its schema, as .NET serialises it.
    fn table(&mut self, outer: &str, name: &str, columns: &[&str], rows: &[Row]) {
        const MSDATA: (&str, &str) = ("xmlns:msdata", "urn:schemas-microsoft-com:xml-msdata");
        self.start(outer, &[]);
        let schema = [
            ("id", "NewDataSet"),
            ("xmlns", ""),
            ("xmlns:xs", XSD),
            MSDATA,
        ];
        self.start("xs:schema", &schema);
        let set = [
            ("name", "NewDataSet"),
            ("msdata:IsDataSet", "true"),
            ("msdata:MainDataTable", name),
        ];
        self.start("xs:element", &set);
        self.start("xs:complexType", &[]);
        let choice = [("minOccurs", "0"), ("maxOccurs", "unbounded")];
        self.start("xs:choice", &choice);
        self.start("xs:element", &[("name", name)]);
        self.start("xs:complexType", &[]);
        self.start("xs:sequence", &[]);
        for column in columns {
            let column = [("name", *column), ("type", "xs:string"), ("minOccurs", "0")];
            self.element("xs:element", &column, "");
        }
        let open = "xs:sequence xs:complexType xs:element xs:choice xs:complexType xs:element";
        for name in open.split(' ') {
            self.end(name);
        }
        self.end("xs:schema");
        let diffgram = ("xmlns:diffgr", "urn:schemas-microsoft-com:xml-diffgram-v1");
        self.start("diffgr:diffgram", &[diffgram, MSDATA]);
        if !rows.is_empty() {
            self.start("NewDataSet", &[("xmlns", "")]);
            for (index, row) in rows.iter().enumerate() {
                let (id, order) = (format!("{name}{}", index + 1), index.to_string());
                self.start(name, &[("diffgr:id", &id), ("msdata:rowOrder", &order)]);
                for (column, value) in row {
                    self.element(column, &[], value);
                }
                self.end(name);
            }
            self.end("NewDataSet");
        }
        self.end("diffgr:diffgram");
        self.end(outer);
    }
}
