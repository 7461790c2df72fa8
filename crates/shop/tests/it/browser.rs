//! The pages in a real browser: narrow and wide, light and dark, by keyboard, and on the way to the bank.

use testkit::browser::{Browser, Devtools, chromium_or_notice};

use crate::support::Stage;

fn number(page: &mut Devtools, script: &str) -> u64 {
    page.evaluate(script).as_u64().unwrap()
}

#[test]
fn the_pages_fit_and_the_browser_reaches_the_bank_and_haso() {
    let Some(program) = chromium_or_notice() else {
        return;
    };
    let stage = Stage::new();
    let (order, _) = stage.divided();
    let (open, other) = (stage.order(), stage.order());
    let origin = format!("http://{}", stage.browser().host());
    let browser = Browser::open(&program, "about:blank");
    let mut page = browser.page();
    for width in [390, 1280] {
        page.viewport(width, 900);
        for path in ["/", "/sellers", "/desk", &order, &open] {
            page.navigate(&format!("{origin}{path}"));
            page.dark(false);
            let back = "getComputedStyle(document.body).backgroundColor";
            let light = page.evaluate(back);
            page.dark(true);
            assert_ne!(
                page.evaluate(back),
                light,
                "the style is applied, and knows the dark: {path}"
            );
            let root = "document.documentElement";
            let wider = format!("{root}.scrollWidth - {root}.clientWidth");
            assert_eq!(number(&mut page, &wider), 0, "{path} at {width}");
            let small = "Math.min(...[...document.querySelectorAll('button')].map(one => one.offsetHeight), 99)";
            assert!(
                number(&mut page, small) >= 40,
                "{path}: a thumb can press each button"
            );
        }
    }
    page.press("Tab", 9, "");
    assert_eq!(page.evaluate("document.activeElement.className"), "skip");
    page.press("Enter", 13, "\r");
    assert_eq!(page.evaluate("location.hash"), "#main");

    // A policy that knows only the shop would keep the browser from following the redirect.
    let bank = stage.sandbox.account("param").address;
    for (order, button, provider) in [
        (open, "#pay-button", "/param/"),
        (other, "#haso-button", "/haso/"),
    ] {
        page.navigate(&format!("{origin}{order}"));
        page.click(button);
        let there = page.until(button, |page| {
            let there = page.evaluate("location.href");
            let there = there.as_str()?.to_owned();
            (!there.starts_with(&origin)).then_some(there)
        });
        assert!(
            there.starts_with(bank.trim_end_matches("/param")),
            "{there}"
        );
        assert!(there.contains(provider), "{there}");
    }
}
