//! The three forms of an answer: JSON in a text, XML in a text, and a data set.

use std::fmt::Write;

use quick_xml::escape::partial_escape as escape;

use crate::Answer;
use crate::aras::settings::Method;

const XML: &str = "text/xml; charset=utf-8";
const ENVELOPE: &str = "http://schemas.xmlsoap.org/soap/envelope/";
const NAMESPACE: &str = "http://tempuri.org/";
const DISPATCHER: &str =
    "http://schemas.microsoft.com/net/2005/12/windowscommunicationfoundation/dispatcher";
const ADDRESSING: &str = "http://schemas.microsoft.com/ws/2005/05/addressing/none";

/// One row: names and values in order.
pub(crate) type Row = Vec<(&'static str, String)>;

/// Rows of one name.
pub(super) struct Table {
    pub(super) name: &'static str,
    pub(super) rows: Vec<Row>,
    /// Whether a data set has it under this name too.
    pub(super) is_named: bool,
}

/// Returns the rows in the form of the method.
pub(super) fn rows(method: Method, tables: &[Table]) -> Answer {
    match method {
        Method::Json => text(method, &json(tables)),
        Method::Xml => text(method, &document(tables)),
        Method::DataSet => result(method, &data_set(tables)),
    }
}

/// The name of a data set's table: those of one table are called as .NET does by itself.
fn table_name(table: &Table) -> &'static str {
    if table.is_named { table.name } else { "Table" }
}

/// Returns a text in place of the rows; an empty one is an empty result.
pub(super) fn text(method: Method, text: &str) -> Answer {
    result(method, &escape(text))
}

/// A wrong login. The real text is not public.
pub(super) fn wrong_login() -> Answer {
    let text = "Kullanıcı adı veya şifre hatalı";
    fault("<faultcode>s:Client</faultcode>", text)
}

/// The service's own fault about anything that it did not expect.
pub(super) fn internal_fault() -> Answer {
    let code = format!("<faultcode xmlns:a=\"{DISPATCHER}\">a:InternalServiceFault</faultcode>");
    let text = "The server was unable to process the request due to an internal error.";
    fault(&code, text)
}

/// The fault of WCF for another action.
pub(super) fn wrong_action() -> Answer {
    let code = format!("<faultcode xmlns:a=\"{ADDRESSING}\">a:ActionNotSupported</faultcode>");
    let text = "The message with Action cannot be processed at the receiver, due to a \
                ContractFilter mismatch at the EndpointDispatcher.";
    fault(&code, text)
}

/// The name of the operation.
pub(super) fn operation(method: Method) -> &'static str {
    match method {
        Method::Json => "GetQueryJSON",
        Method::Xml => "GetQueryXML",
        Method::DataSet => "GetQueryDS",
    }
}

fn fault(code: &str, text: &str) -> Answer {
    let text = escape(text);
    let body = format!(
        "<s:Fault>{code}<faultstring xml:lang=\"tr-TR\">{text}</faultstring><detail/></s:Fault>"
    );
    Answer::new(500, XML, envelope(&body))
}

fn result(method: Method, inner: &str) -> Answer {
    let name = operation(method);
    let body = format!(
        "<{name}Response xmlns=\"{NAMESPACE}\"><{name}Result>{inner}</{name}Result></{name}Response>"
    );
    Answer::new(200, XML, envelope(&body))
}

fn envelope(body: &str) -> String {
    format!("<s:Envelope xmlns:s=\"{ENVELOPE}\"><s:Body>{body}</s:Body></s:Envelope>")
}

/// XML turned into JSON: one row is an object, several are an array, none is a null.
fn json(tables: &[Table]) -> String {
    let object = |row: &Row| {
        let members = row
            .iter()
            .map(|(name, value)| format!("{}:{}", quoted(name), quoted(value)));
        format!("{{{}}}", members.collect::<Vec<_>>().join(","))
    };
    let members: Vec<String> = tables
        .iter()
        .filter(|table| !table.rows.is_empty())
        .map(|table| {
            let rows: Vec<String> = table.rows.iter().map(object).collect();
            let rows = match rows.as_slice() {
                [row] => row.clone(),
                rows => format!("[{}]", rows.join(",")),
            };
            format!("{}:{rows}", quoted(table.name))
        })
        .collect();
    if members.is_empty() {
        return r#"{"QueryResult":null}"#.to_owned();
    }
    format!("{{\"QueryResult\":{{{}}}}}", members.join(","))
}

fn quoted(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}

/// A document whose declaration names another encoding than its envelope, as .NET writes it.
fn document(tables: &[Table]) -> String {
    let mut text = "<?xml version=\"1.0\" encoding=\"utf-16\"?><QueryResult>".to_owned();
    for table in tables {
        for row in &table.rows {
            let _ = write!(text, "<{0}>{1}</{0}>", table.name, cells(row));
        }
    }
    text + "</QueryResult>"
}

/// A data set of .NET: a schema that lists tables and columns, and a diffgram with the rows.
pub(crate) fn data_set_of(name: &'static str, rows: Vec<Row>) -> String {
    data_set(&[Table {
        name,
        rows,
        is_named: true,
    }])
}

fn data_set(tables: &[Table]) -> String {
    let mut schema = String::new();
    let mut rows = String::new();
    for table in tables {
        let name = table_name(table);
        let mut columns: Vec<&str> = Vec::new();
        for (index, row) in table.rows.iter().enumerate() {
            for (column, _) in row {
                if !columns.contains(column) {
                    columns.push(column);
                }
            }
            let number = index + 1;
            let cells = cells(row);
            let _ = write!(
                rows,
                "<{name} diffgr:id=\"{name}{number}\" msdata:rowOrder=\"{index}\">{cells}</{name}>"
            );
        }
        let _ = write!(
            schema,
            "<xs:element name=\"{name}\"><xs:complexType><xs:sequence>"
        );
        for column in columns {
            let _ = write!(
                schema,
                "<xs:element name=\"{column}\" type=\"xs:string\" minOccurs=\"0\"/>"
            );
        }
        schema += "</xs:sequence></xs:complexType></xs:element>";
    }
    if !rows.is_empty() {
        rows = format!("<NewDataSet xmlns=\"\">{rows}</NewDataSet>");
    }
    format!(
        "<xs:schema id=\"NewDataSet\" xmlns=\"\" xmlns:xs=\"http://www.w3.org/2001/XMLSchema\" \
         xmlns:msdata=\"urn:schemas-microsoft-com:xml-msdata\"><xs:element name=\"NewDataSet\" \
         msdata:IsDataSet=\"true\"><xs:complexType><xs:choice minOccurs=\"0\" \
         maxOccurs=\"unbounded\">{schema}</xs:choice></xs:complexType></xs:element></xs:schema>\
         <diffgr:diffgram xmlns:diffgr=\"urn:schemas-microsoft-com:xml-diffgram-v1\" \
         xmlns:msdata=\"urn:schemas-microsoft-com:xml-msdata\">{rows}</diffgr:diffgram>"
    )
}

fn cells(row: &Row) -> String {
    let cells = row
        .iter()
        .map(|(name, value)| format!("<{name}>{}</{name}>", escape(value.as_str())));
    cells.collect()
}
