//! The frame of a page, and its parts.

use quick_xml::escape::escape;

use crate::Answer;
use crate::page::{Reach, STYLE, strict};

/// Returns a page of ASP.NET around a body. `form` is the address that its form posts to.
///
/// The script mentions an element, as scripts of such pages do. The policy of the page does not let it run.
/// The labels are Turkish in every language, because programs read them.
pub(super) fn page(form: &str, body: &str) -> Answer {
    let form = escape(form);
    let text = format!(
        "<!DOCTYPE html PUBLIC \"-//W3C//DTD XHTML 1.0 Transitional//EN\" \
         \"http://www.w3.org/TR/xhtml1/DTD/xhtml1-transitional.dtd\">\n\
         <html xmlns=\"http://www.w3.org/1999/xhtml\" lang=\"tr\"><head><title>Kargo Takip · kervan-sandbox</title>\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\" />\n\
         <script type=\"text/javascript\">var bos = \"<span id='Son_Durum'></span>\";</script>\n\
         <style>{STYLE}</style></head><body class=\"visitor\">\n\
         <div class=\"banner\" role=\"note\"><p><strong>Deneme ortamı / Sandbox</strong> Bu sayfa bir taklittir, \
         Aras Kargo ile ilgisi yoktur. <span lang=\"en\">Aras Kargo has nothing to do with this page.</span></p></div>\n\
         <main><h1>Kargo Takip</h1>\n\
         <form method=\"post\" action=\"./{form}\" id=\"form1\">\
         <input type=\"hidden\" name=\"__VIEWSTATE\" id=\"__VIEWSTATE\" value=\"/wEP\" />\n\
         {body}\n</form>\n</main>\n</body></html>\n"
    );
    strict(
        Answer::new(200, "text/html; charset=utf-8", text),
        Reach::Framed,
        None,
    )
}

/// Returns an element with a text; an absent one is empty.
pub(super) fn span(id: &str, text: Option<&str>) -> String {
    let text = escape(text.unwrap_or_default());
    format!("<span id=\"{id}\">{text}</span>")
}

/// Returns an element with a text inside a link.
pub(super) fn linked_span(id: &str, text: &str) -> String {
    let text = escape(text);
    format!("<span id=\"{id}\"><a href=\"sube.aspx\">{text}</a></span>")
}

/// Returns a table of ASP.NET, whose heading row has ordinary cells.
pub(super) fn table<const N: usize>(id: &str, heading: [&str; N], rows: &[[String; N]]) -> String {
    let cells = |row: &[String; N]| {
        let cells = row.iter().map(|cell| {
            let cell = escape(cell.as_str());
            format!("<td>{cell}</td>")
        });
        format!("<tr>{}</tr>\n", cells.collect::<String>())
    };
    let heading = heading
        .map(|cell| format!("<td><b>{cell}</b></td>"))
        .concat();
    let rows: String = rows.iter().map(cells).collect();
    let id = if id.is_empty() {
        String::new()
    } else {
        format!(" id=\"{id}\"")
    };
    format!("<table class=\"grid\"{id}><tr>{heading}</tr>\n{rows}</table>")
}

/// Two letters of each word, and stars.
pub(super) fn masked(name: &str) -> String {
    let word = |word: &str| {
        let letters = word.chars().enumerate();
        letters
            .map(|(index, letter)| if index < 2 { letter } else { '*' })
            .collect::<String>()
    };
    name.split_whitespace()
        .map(word)
        .collect::<Vec<_>>()
        .join(" ")
}
