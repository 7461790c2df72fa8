//! The style of all pages: narrow and wide, light and dark, without a file of its own.

pub(super) const STYLE: &str = "
:root { color-scheme: light dark; --line: light-dark(#c8ccd4, #454b57); --soft: light-dark(#f3f4f7, #22262e);
  --text: light-dark(#1b1e24, #e9ebef); --back: light-dark(#ffffff, #16191f); --accent: light-dark(#0b57a4, #8bbcf5);
  --bad: light-dark(#a31515, #ff9c94); --good: light-dark(#17692f, #8fdca5); }
* { box-sizing: border-box; }
body { margin: 0; color: var(--text); background: var(--back); font: 1rem/1.5 system-ui, sans-serif; }
header { border-bottom: 1px solid var(--line); background: var(--soft); }
nav, main { max-width: 62rem; margin: 0 auto; padding: .75rem 1rem; }
nav { display: flex; flex-wrap: wrap; gap: .25rem 1.25rem; }
nav a:last-child { margin-left: auto; }
a { color: var(--accent); padding: .25rem 0; }
.skip { position: absolute; left: -99rem; }
.skip:focus { left: 1rem; top: .5rem; background: var(--back); padding: .5rem; }
h1 { font-size: 1.5rem; margin: .5rem 0 1rem; overflow-wrap: anywhere; }
h2 { font-size: 1.15rem; margin: 1.75rem 0 .5rem; }
section { border-top: 1px solid var(--line); }
ul { padding-left: 1.2rem; }
li, p, td { overflow-wrap: anywhere; }
.field { display: grid; gap: .2rem; margin: 0 0 .75rem; }
.fields { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 15rem), 1fr)); gap: 0 1rem; }
fieldset { border: 1px solid var(--line); border-radius: .4rem; margin: 0 0 1rem; padding: .5rem 1rem; }
fieldset label { display: block; padding: .35rem 0; }
input, select, button { font: inherit; color: inherit; min-height: 2.75rem; border-radius: .4rem;
  border: 1px solid var(--line); background: var(--back); padding: .4rem .7rem; max-width: 100%; }
input[type=checkbox] { min-height: 1.2rem; width: 1.2rem; height: 1.2rem; vertical-align: middle; margin-right: .5rem; }
button { background: var(--accent); color: var(--back); border-color: var(--accent); cursor: pointer; font-weight: 600; }
:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; }
table { border-collapse: collapse; width: 100%; }
th, td { text-align: left; vertical-align: top; padding: .4rem .6rem .4rem 0; border-bottom: 1px solid var(--line); }
.label { display: none; }
@media (max-width: 44rem) {
  .cards, .cards tbody, .cards tr, .cards td { display: block; }
  .cards thead { display: none; }
  .cards tr { border: 1px solid var(--line); border-radius: .4rem; padding: .5rem 1rem; margin: 0 0 1rem; }
  .cards td { border: 0; padding: .25rem 0; }
  .label { display: block; font-size: .875rem; opacity: .75; }
}
small { opacity: .75; }
.said { font-style: italic; font-weight: normal; }
.bad { color: var(--bad); font-weight: 600; }
.good { color: var(--good); font-weight: 600; }
form { margin: .5rem 0; }
";
