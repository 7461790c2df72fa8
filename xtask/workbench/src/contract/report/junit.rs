//! The XML that CI systems read: a suite an operation, a test case a case.

use quick_xml::Writer;
use quick_xml::events::{BytesDecl, BytesEnd, BytesStart, BytesText, Event};

use super::{Report, Totals};
use crate::contract::result::CaseResult;

type Written = std::io::Result<()>;

pub(super) fn render(report: &Report) -> String {
    let mut writer = Writer::new_with_indent(Vec::new(), b' ', 2);
    match write(report, &mut writer) {
        Ok(()) => String::from_utf8_lossy(&writer.into_inner()).into_owned() + "\n",
        Err(error) => format!("<!-- {error} -->\n"),
    }
}

fn write(report: &Report, writer: &mut Writer<Vec<u8>>) -> Written {
    writer.write_event(Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), None)))?;
    let mut suites = BytesStart::new("testsuites");
    suites.push_attribute(("name", "contract-test"));
    count(&mut suites, report.totals());
    writer.write_event(Event::Start(suites))?;
    let operation = |result: &CaseResult| (result.provider.clone(), result.operation.clone());
    for group in report.results.chunk_by(|a, b| operation(a) == operation(b)) {
        suite(group, writer)?;
    }
    writer.write_event(Event::End(BytesEnd::new("testsuites")))
}

fn suite(group: &[CaseResult], writer: &mut Writer<Vec<u8>>) -> Written {
    let name = format!("{}.{}", group[0].provider, group[0].operation);
    let mut suite = BytesStart::new("testsuite");
    suite.push_attribute(("name", name.as_str()));
    count(&mut suite, Totals::of(group.iter()));
    writer.write_event(Event::Start(suite))?;
    for result in group {
        let mut case = BytesStart::new("testcase");
        case.push_attribute(("classname", name.as_str()));
        case.push_attribute(("name", result.case.as_str()));
        if result.passed() {
            writer.write_event(Event::Empty(case))?;
        } else {
            writer.write_event(Event::Start(case))?;
            failure(result, writer)?;
            writer.write_event(Event::End(BytesEnd::new("testcase")))?;
        }
    }
    writer.write_event(Event::End(BytesEnd::new("testsuite")))
}

fn failure(result: &CaseResult, writer: &mut Writer<Vec<u8>>) -> Written {
    let lines: Vec<_> = result
        .differences
        .iter()
        .map(|d| plain(&d.to_string()))
        .collect();
    let mut failure = BytesStart::new("failure");
    failure.push_attribute(("message", lines.first().map_or("", String::as_str)));
    writer.write_event(Event::Start(failure))?;
    writer.write_event(Event::Text(BytesText::new(&lines.join("\n"))))?;
    writer.write_event(Event::End(BytesEnd::new("failure")))
}

fn count(element: &mut BytesStart<'_>, totals: Totals) {
    element.push_attribute(("tests", totals.cases.to_string().as_str()));
    element.push_attribute(("failures", totals.failed.to_string().as_str()));
}

/// Text without the characters that XML cannot hold.
fn plain(text: &str) -> String {
    let held = |c: char| matches!(c, '\n' | ' '..='\u{fffd}' | '\u{10000}'..);
    text.chars()
        .map(|c| if held(c) { c } else { '\u{fffd}' })
        .collect()
}
