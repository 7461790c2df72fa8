//! The hashes in the page of payments are computed again from the values beside them.

use param_marketplace::payments::hash;

const PAGE: &str = include_str!("../../../../../docs/providers/param-payments.md");

/// The texts in backticks of a cell.
fn ticked(cell: &str) -> Vec<&str> {
    cell.split('`').skip(1).step_by(2).collect()
}

#[test]
fn the_examples_of_both_forms_come_out() {
    let (_, rows) = PAGE
        .split_once("| form | values in order | hash |\n|---|---|---|\n")
        .unwrap();
    let rows = rows.lines().take_while(|line| line.starts_with('|'));
    let mut forms = Vec::new();
    for row in rows {
        let cells: Vec<&str> = row.split('|').map(str::trim).collect();
        let (form, values, shown) = (cells[1], ticked(cells[2]), ticked(cells[3]));
        assert_eq!(hash(values).as_deref(), Some(shown[0]), "{form}");
        forms.push(form);
    }
    assert_eq!(forms, ["3D Pay", "3D Model"]);
}
