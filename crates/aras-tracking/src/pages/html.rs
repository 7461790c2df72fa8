//! The parts of a page: texts by the ids of their elements, rows of tables, links.
//!
//! Tokens come from `html5gum`, which follows the standard's rules for broken markup, entities and scripts.
//! No tree is built, so the cost of a page grows only with its length.

use std::collections::{BTreeMap, BTreeSet};

use html5gum::emitters::default::DefaultEmitter;
use html5gum::{StartTag, Token, Tokenizer};

/// The longest text of a field, in characters.
const MAX_TEXT: usize = 500;
const MAX_ROWS: usize = 1000;
const MAX_CELLS: usize = 16;
const MAX_LINKS: usize = 200;
/// How much of the page's own text is kept, in bytes.
const MAX_BODY: usize = 32 << 10;

/// The parts to look for in a page.
pub(super) struct Wanted<'a> {
    pub(super) ids: &'a [&'static str],
    pub(super) tables: &'a [&'static str],
}

/// The parts that were found in a page.
#[derive(Default)]
pub(super) struct Parts {
    /// The text of an element by its id; the first of several.
    pub(super) texts: BTreeMap<&'static str, String>,
    /// The rows of a table by its id, cell by cell.
    pub(super) tables: BTreeMap<&'static str, Vec<Vec<String>>>,
    /// The addresses of links, in order.
    pub(super) links: Vec<String>,
    /// The addresses of forms, in order. A page of this server posts to itself.
    pub(super) forms: Vec<String>,
    /// The text of the page.
    pub(super) body: String,
    /// The text in red, which is how a tab says that its parcel is unknown.
    pub(super) red: String,
    /// Whether the page ends in the middle: inside of a tag, of an element that is wanted, or of a document
    /// that was begun.
    pub(super) is_cut: bool,
}

impl Parts {
    /// Replaces the texts of elements and cells by the result of `hide`.
    pub(super) fn hide(&mut self, hide: impl Fn(&str) -> String) {
        let cells = self.tables.values_mut().flatten().flatten();
        for text in self.texts.values_mut().chain(cells) {
            *text = hide(text);
        }
    }
}

/// A text that is being put together: blanks in a row are one.
#[derive(Default)]
struct Text {
    text: String,
    chars: usize,
}

impl Text {
    fn push(&mut self, more: &str) {
        for letter in more.chars() {
            if self.chars >= MAX_TEXT {
                return;
            }
            let blank = letter.is_whitespace() || letter.is_control();
            let letter = if blank { ' ' } else { letter };
            if blank && (self.text.is_empty() || self.text.ends_with(' ')) {
                continue;
            }
            self.text.push(letter);
            self.chars += 1;
        }
    }

    fn finish(self) -> String {
        self.text.trim_end().to_owned()
    }
}

/// A wanted element that is still open.
struct Open {
    id: &'static str,
    is_exact: bool,
    tag: Vec<u8>,
    /// How many elements of the same name are open inside, itself included.
    depth: usize,
    text: Text,
}

/// A wanted table that is still open.
struct OpenTable {
    id: &'static str,
    is_exact: bool,
    depth: usize,
    rows: Vec<Vec<String>>,
    cell: Option<Text>,
}

#[derive(Default)]
struct Reader {
    parts: Parts,
    open: Vec<Open>,
    tables: Vec<OpenTable>,
    /// The script or style that is open. Its text does not belong to the page.
    hidden: Option<Vec<u8>>,
    /// The ids that were found as they are, not as the end of a longer one.
    exact: BTreeSet<&'static str>,
    /// How many `font` elements are open since one in red, itself included.
    red_depth: usize,
    red: Text,
    /// Whether a whole document was begun, and whether it was ended.
    is_begun: bool,
    is_ended: bool,
    /// Whether the page ends inside of a tag or a comment.
    ends_inside: bool,
}

/// Reads a page.
pub(super) fn read(page: &str, wanted: &Wanted<'_>) -> Parts {
    let mut emitter = DefaultEmitter::default();
    // Scripts and styles are read to their end tags, as browsers do.
    emitter.naively_switch_states(true);
    let mut reader = Reader::default();
    for token in Tokenizer::new_with_emitter(page, emitter) {
        let Ok(token) = token;
        match token {
            Token::StartTag(tag) => reader.start(&tag, wanted),
            Token::EndTag(tag) => reader.end(&tag.name),
            Token::String(text) => reader.text(&String::from_utf8_lossy(&text)),
            Token::Error(error) => reader.ends_inside |= is_end(*error),
            Token::Comment(_) | Token::Doctype(_) => {}
        }
    }
    reader.finish()
}

/// Returns whether an error says that the page ends inside of something.
fn is_end(error: html5gum::Error) -> bool {
    use html5gum::Error as End;
    matches!(
        error,
        End::EofBeforeTagName
            | End::EofInCdata
            | End::EofInComment
            | End::EofInDoctype
            | End::EofInScriptHtmlCommentLikeText
            | End::EofInTag
    )
}

/// Returns whether elements of a name have no content and no end.
fn is_void(tag: &[u8]) -> bool {
    const VOID: [&[u8]; 10] = [
        b"area", b"base", b"br", b"col", b"hr", b"img", b"input", b"link", b"meta", b"wbr",
    ];
    VOID.contains(&tag)
}

impl Reader {
    fn start(&mut self, tag: &StartTag<()>, wanted: &Wanted<'_>) {
        let name = tag.name.as_slice();
        if name == b"font" {
            let colour = tag.attributes.get(b"color".as_slice());
            let is_red =
                |c: &[u8]| c.eq_ignore_ascii_case(b"red") || c.eq_ignore_ascii_case(b"#ff0000");
            if self.red_depth > 0 || colour.is_some_and(|colour| is_red(colour)) {
                self.red_depth += 1;
            }
        }
        self.is_begun |= matches!(name, b"html" | b"body");
        if matches!(name, b"script" | b"style") {
            self.hidden = Some(name.to_vec());
        }
        self.link(tag);
        if matches!(name, b"br" | b"p" | b"div" | b"tr" | b"td" | b"th" | b"li") {
            self.text(" ");
        }
        self.table_part(name);
        // The end of a cell, row or item may be left out: the next one ends it.
        let ends_itself = matches!(name, b"td" | b"th" | b"tr" | b"li" | b"option" | b"p");
        let mut ended = Vec::new();
        for (at, open) in self.open.iter_mut().enumerate() {
            if open.tag == name {
                if ends_itself && open.depth == 1 {
                    ended.push(at);
                } else {
                    open.depth += 1;
                }
            }
        }
        for at in ended.into_iter().rev() {
            self.close(at);
        }
        let id = tag.attributes.get(b"id".as_slice());
        let id = id
            .map(|id| String::from_utf8_lossy(id).into_owned())
            .unwrap_or_default();
        let value = tag.attributes.get(b"value".as_slice());
        let value = value.map(|value| String::from_utf8_lossy(value));
        self.open_wanted(name, &id, &value.unwrap_or_default(), wanted);
    }

    /// Opens the element or table of an id that is wanted. Of two with one id inside each other the outer one
    /// is read, so that few elements are open at once.
    fn open_wanted(&mut self, name: &[u8], id: &str, value: &str, wanted: &Wanted<'_>) {
        // Controls inside others have the names of both: `ctl00_Son_Durum`.
        let named = |known: &&&'static str| {
            let before = id.strip_suffix(**known);
            before.is_some_and(|before| before.is_empty() || before.ends_with('_'))
        };
        if let Some(known) = wanted.tables.iter().find(named)
            && name == b"table"
        {
            let is_exact = id == *known;
            let same = |open: &OpenTable| open.id == *known && open.is_exact == is_exact;
            if !self.tables.iter().any(same) {
                self.tables.push(OpenTable {
                    id: known,
                    is_exact,
                    depth: 1,
                    rows: Vec::new(),
                    cell: None,
                });
            }
        }
        if let Some(known) = wanted.ids.iter().find(named) {
            let is_exact = id == *known;
            let same = |open: &Open| open.id == *known && open.is_exact == is_exact;
            if is_void(name) {
                let mut text = Text::default();
                text.push(value);
                self.keep(known, is_exact, text.finish());
            } else if !self.open.iter().any(same) {
                self.open.push(Open {
                    id: known,
                    is_exact,
                    tag: name.to_vec(),
                    depth: 1,
                    text: Text::default(),
                });
            }
        }
    }

    /// Keeps a text. An id as it is counts before the end of a longer one, which may be a caption's;
    /// of two alike the first that is not empty.
    fn keep(&mut self, id: &'static str, is_exact: bool, text: String) {
        let was_exact = self.exact.contains(id);
        let replaces = match self.parts.texts.get(id) {
            Some(kept) if is_exact == was_exact => kept.is_empty(),
            Some(_) => is_exact,
            None => true,
        };
        if replaces {
            self.parts.texts.insert(id, text);
            if is_exact {
                self.exact.insert(id);
            }
        }
    }

    fn link(&mut self, tag: &StartTag<()>) {
        let (attribute, links) = match tag.name.as_slice() {
            b"a" => (b"href".as_slice(), &mut self.parts.links),
            b"form" => (b"action".as_slice(), &mut self.parts.forms),
            _ => return,
        };
        if let Some(link) = tag.attributes.get(attribute)
            && links.len() < MAX_LINKS
        {
            links.push(String::from_utf8_lossy(link).into_owned());
        }
    }

    /// Begins tables, rows and cells in the open tables.
    fn table_part(&mut self, name: &[u8]) {
        for table in &mut self.tables {
            match name {
                b"table" => table.depth += 1,
                b"tr" if table.depth == 1 => {
                    table.end_cell();
                    if table.rows.len() < MAX_ROWS {
                        table.rows.push(Vec::new());
                    }
                }
                b"td" | b"th" if table.depth == 1 => {
                    table.end_cell();
                    table.cell = Some(Text::default());
                }
                _ => {}
            }
        }
    }

    fn end(&mut self, name: &[u8]) {
        self.is_ended |= matches!(name, b"html" | b"body");
        if self.hidden.as_deref() == Some(name) {
            self.hidden = None;
        }
        if name == b"font" {
            self.red_depth = self.red_depth.saturating_sub(1);
        }
        let mut ended = Vec::new();
        for (at, open) in self.open.iter_mut().enumerate() {
            if open.tag == name {
                open.depth -= 1;
                if open.depth == 0 {
                    ended.push(at);
                }
            }
        }
        for at in ended.into_iter().rev() {
            self.close(at);
        }
        let mut done = Vec::new();
        for (at, table) in self.tables.iter_mut().enumerate() {
            match name {
                b"table" => {
                    table.depth -= 1;
                    if table.depth == 0 {
                        done.push(at);
                    }
                }
                b"td" | b"th" | b"tr" if table.depth == 1 => table.end_cell(),
                _ => {}
            }
        }
        for at in done.into_iter().rev() {
            self.close_table(at);
        }
    }

    fn text(&mut self, text: &str) {
        if self.hidden.is_some() {
            return;
        }
        for open in &mut self.open {
            open.text.push(text);
        }
        for table in &mut self.tables {
            if let Some(cell) = &mut table.cell {
                cell.push(text);
            }
        }
        if self.red_depth > 0 {
            self.red.push(text);
        }
        let room = MAX_BODY.saturating_sub(self.parts.body.len());
        let kept = text.char_indices().map(|(at, c)| at + c.len_utf8());
        let end = kept.take_while(|end| *end <= room).last().unwrap_or(0);
        self.parts.body.push_str(&text[..end]);
    }

    fn close(&mut self, at: usize) {
        let open = self.open.remove(at);
        self.keep(open.id, open.is_exact, open.text.finish());
    }

    fn close_table(&mut self, at: usize) {
        let mut table = self.tables.remove(at);
        table.end_cell();
        let was_exact = self.exact.contains(table.id);
        let replaces = match self.parts.tables.get(table.id) {
            Some(rows) if table.is_exact == was_exact => rows.is_empty(),
            Some(_) => table.is_exact,
            None => true,
        };
        if replaces {
            self.parts.tables.insert(table.id, table.rows);
            if table.is_exact {
                self.exact.insert(table.id);
            }
        }
    }

    /// Closes the elements that the page left open.
    fn finish(mut self) -> Parts {
        let is_open = self.is_begun || !self.open.is_empty() || !self.tables.is_empty();
        self.parts.is_cut = !self.is_ended && (is_open || self.ends_inside);
        while !self.open.is_empty() {
            self.close(self.open.len() - 1);
        }
        while !self.tables.is_empty() {
            self.close_table(self.tables.len() - 1);
        }
        self.parts.red = self.red.finish();
        self.parts
    }
}

impl OpenTable {
    fn end_cell(&mut self) {
        let Some(cell) = self.cell.take() else { return };
        if self.rows.is_empty() {
            self.rows.push(Vec::new());
        }
        if let Some(row) = self.rows.last_mut()
            && row.len() < MAX_CELLS
        {
            row.push(cell.finish());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const WANTED: Wanted<'_> = Wanted {
        ids: &["a", "b"],
        tables: &["t"],
    };

    fn text(page: &str) -> String {
        read(page, &WANTED)
            .texts
            .remove("a")
            .unwrap_or_else(|| "-".to_owned())
    }

    #[test]
    fn finds_texts_by_id() {
        assert_eq!(
            text("<span id=a class=x> YOLDA&nbsp; &amp;\n <b>A&Ccedil;</b> </span>x"),
            "YOLDA & AÇ"
        );
        // An id as it is counts before one that only ends so, and a text before none.
        assert_eq!(text("<span id='x_a'>1</span><span id=a>2</span>"), "2");
        assert_eq!(text("<p id='x_a'>1 <span id=a>2</span></p>"), "2");
        assert_eq!(text("<span id=a>2</span><span id='x_a'>1</span>"), "2");
        assert_eq!(text("<span id='x_a'>1</span><span id=a></span>"), "");
        assert_eq!(text("<span id='x_a'></span><b id='y_a'>1</b>"), "1");
        assert_eq!(text("<span id=a> </span><input id=a value=1>"), "1");
        assert_eq!(text("<span id=a><span>1</span>2</span>3"), "12");
        assert_eq!(text("<SPAN ID=a>1</SPAN>2"), "1");
        assert_eq!(text("<input id=a value='1 &lt; 2'>x"), "1 < 2");
        assert_eq!(text("<td id=a>1<td>2"), "1");
        assert_eq!(text("<a id=a href=x>1<br>2</a>"), "1 2");
        assert_eq!(text("<span id=a>1"), "1");
        assert_eq!(text("<span id=ab>1</span>"), "-");
        assert_eq!(text("<!-- <span id=a>1</span> -->"), "-");
        assert_eq!(text("<script>'<span id=a>1</span>'</script>"), "-");
        assert_eq!(
            text(&format!("<p id=a>{}</p>", "ş".repeat(1 << 16)))
                .chars()
                .count(),
            MAX_TEXT
        );
    }

    #[test]
    fn finds_rows_whatever_is_left_out() {
        let rows = [["1", "2"], ["3", "4"]];
        for page in [
            "<table id=t><tbody><tr><td>1</td><th><b>2</b></th></tr><tr><td>3</td><td>4</td></tr></table>",
            "<table id=t><tr><td>1<td>2<tr><td>3<td>4",
            "<table id=x_t><tr><td>1</td><td>2</td></tr><tr><td>3</td><td>4</td></tr></table><table><tr><td>9</table>",
        ] {
            assert_eq!(read(page, &WANTED).tables["t"], rows, "{page}");
        }
        let nested =
            "<table id=t><tr><td>1<table><tr><td>x</td></tr></table></td><td>2</td></tr></table>";
        assert_eq!(read(nested, &WANTED).tables["t"], [["1 x", "2"]]);
    }

    #[test]
    fn finds_links_with_their_entities() {
        let parts = read(
            "<a href='x.aspx?a=1&amp;b=2'>x</a><form action=y></form><a>z</a>",
            &WANTED,
        );
        assert_eq!(parts.links, ["x.aspx?a=1&b=2"]);
        assert_eq!(parts.forms, ["y"]);
    }

    #[test]
    fn keeps_the_text_in_red() {
        let red = |page: &str| read(page, &WANTED).red;
        assert_eq!(red("a<font color=Red>b<font>c</font>d</font>e"), "bcd");
        assert_eq!(red("<font color='#FF0000'>b"), "b");
        assert_eq!(red("<font color=blue>b</font></font>c"), "");
    }

    #[test]
    fn a_hostile_page_leaves_little() {
        let page = "<table id=t>".to_owned() + &"<tr><td>x".repeat(100_000);
        let parts = read(&page, &WANTED);
        assert_eq!(parts.tables["t"].len(), MAX_ROWS);
        assert!(parts.body.len() <= MAX_BODY);
        let deep = "<span id=a>".to_owned() + &"<span>".repeat(200_000) + "x";
        assert_eq!(read(&deep, &WANTED).texts["a"], "x");
    }
}
