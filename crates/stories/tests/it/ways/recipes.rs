//! Every recipe of the documents has a story.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

/// The recipes, with the file below this folder and the story in it that plays the steps.
const RECIPES: [(&str, &str); 19] = [
    (
        "aras-came-back.md",
        "aras/register.rs: a_parcel_that_came_back_is_sent_again_under_a_reference_of_its_own",
    ),
    (
        "aras-change-order.md",
        "aras/register.rs: an_order_is_changed_until_its_waybill_is_cut",
    ),
    (
        "aras-many-parcels.md",
        "aras/register.rs: many_parcels_are_registered_once_each_and_a_second_run_sends_nothing",
    ),
    (
        "aras-register.md",
        "aras/register.rs: a_parcel_is_registered_printed_and_tracked",
    ),
    (
        "aras-link-to-status.md",
        "aras/tracked.rs: a_pasted_link_leads_to_the_status",
    ),
    (
        "aras-undelivered.md",
        "aras/undelivered.rs: parcels_wait_with_their_reasons_until_they_are_delivered",
    ),
    (
        "axum.md",
        "axum.rs: the_posts_of_an_order_begin_one_activation_over_an_axum_server",
    ),
    (
        "haso-order.md",
        "haso/orders.rs: an_order_is_paid_by_the_plan_of_the_service_and_given_back",
    ),
    (
        "horoz-broken-places.md",
        "horoz/orders.rs: broken_places_are_corrected_under_the_same_number",
    ),
    (
        "horoz-lost-answer.md",
        "horoz/orders.rs: an_order_is_resumed_after_a_crash",
    ),
    (
        "horoz-many-orders.md",
        "horoz/orders.rs: many_orders_are_made_once_each_though_answers_are_lost",
    ),
    (
        "horoz-returns.md",
        "horoz/orders.rs: a_return_has_a_number_of_its_own_and_goes_to_the_supplier",
    ),
    (
        "horoz-undo.md",
        "horoz/labels.rs: a_label_and_its_order_are_cancelled",
    ),
    (
        "ledger.md",
        "ledger.rs: a_share_is_entered_and_approved_once_though_answers_are_lost_and_programs_end",
    ),
    (
        "lost-answer.md",
        "jobs.rs: a_job_goes_on_by_its_stored_attempt_whatever_its_write",
    ),
    (
        "param-web-shop.md",
        "param/marketplace.rs: a_sale_goes_from_the_card_to_the_sellers",
    ),
    (
        "reconciliation.md",
        "param/reconciled.rs: a_day_is_compared_with_the_list_of_the_service",
    ),
    (
        "refund-part.md",
        "param/marketplace.rs: a_part_of_one_share_goes_back_on_the_next_day",
    ),
    (
        "script-answers.md",
        "shop_test.rs: a_shop_is_tested_with_scripted_answers_and_with_a_simulated_provider",
    ),
];

fn here() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// Recipes without a client of this workspace. Tests of the sandbox run them as they are.
const OF_THE_SANDBOX: [&str; 2] = ["sandbox-curl.md", "sandbox-python.md"];

#[test]
fn every_recipe_has_a_story() {
    let files = fs::read_dir(here().join("../../docs/recipes")).unwrap();
    let files: BTreeSet<_> = files
        .map(|file| file.unwrap().path())
        .filter(|path| path.extension().is_some_and(|ending| ending == "md"))
        .map(|path| path.file_name().unwrap().to_str().unwrap().to_owned())
        .collect();
    let told = RECIPES.map(|(recipe, _)| recipe);
    let told = told.into_iter().chain(OF_THE_SANDBOX);
    let told: BTreeSet<String> = told.map(str::to_owned).collect();
    assert_eq!(told, files);
}

#[test]
fn every_story_of_a_recipe_is_a_test() {
    for (recipe, story) in RECIPES {
        let (path, name) = story.split_once(": ").unwrap();
        let text = fs::read_to_string(here().join("tests/it/ways").join(path)).unwrap();
        let wanted = format!("#[test]\nfn {name}() {{");
        assert!(text.contains(&wanted), "{recipe}: {story}");
    }
}
