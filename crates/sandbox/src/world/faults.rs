//! The plans for calls and posts, and those of them that nothing has met.

use super::World;
use crate::Plan;
use crate::outbox::Rule;
use crate::stand::Stand;
use crate::values::json;

impl World {
    /// Plans a fault for a call of a provider.
    ///
    /// # Errors
    ///
    /// Returns a sentence for an unknown provider or operation, and for a plan that no call can meet.
    pub fn plan(&mut self, provider: &str, plan: Plan) -> Result<(), String> {
        plan.check()?;
        if let Some(operation) = &plan.operation {
            self.check_operation(Some(provider), operation)?;
        }
        self.stand_mut(provider)?.plan(plan);
        self.changes += 1;
        Ok(())
    }

    /// Draws a fault for `per_thousand` of a thousand calls of a provider that have no planned one.
    ///
    /// # Errors
    ///
    /// Returns a sentence for an unknown provider.
    pub fn draw(&mut self, provider: &str, per_thousand: u32) -> Result<(), String> {
        self.stand_mut(provider)?.draw(per_thousand);
        self.changes += 1;
        Ok(())
    }

    /// Plans what happens to a post that comes up.
    ///
    /// # Errors
    ///
    /// Returns a sentence for an unknown provider or kind, and for a rule that no post can meet.
    pub fn rule(&mut self, rule: Rule) -> Result<(), String> {
        rule.check()?;
        self.check_kind(rule.provider.as_deref(), rule.kind.as_deref())?;
        self.outbox.rule(rule);
        self.changes += 1;
        Ok(())
    }

    /// Returns the planned faults that no call has met, each with its provider.
    pub fn unused_plans(&self) -> Vec<(&'static str, &Plan)> {
        let of = |stand: &'_ dyn Stand| stand.name();
        let plans = self.stands.iter().flat_map(|stand| {
            let name = of(stand.as_ref());
            stand.unused().into_iter().map(move |plan| (name, plan))
        });
        plans.collect()
    }

    /// Returns a sentence for each planned fault and each rule of a post that nothing has met. A test
    /// that leaves one has not tested it.
    pub fn unused(&self) -> Vec<String> {
        let plan = |(provider, plan): (&str, &Plan)| {
            let operation = plan.operation.as_deref().unwrap_or("any call");
            format!(
                "{provider}: {} for {operation} was not applied",
                json::name(&plan.fault)
            )
        };
        let plans = self.unused_plans().into_iter().map(plan);
        let rule = |rule: &Rule| {
            let provider = rule.provider.as_deref().unwrap_or("any provider");
            let kind = rule.kind.as_deref().unwrap_or("any kind");
            format!(
                "{provider}: {} for a post of {kind} was not applied",
                json::name(&rule.how)
            )
        };
        plans.chain(self.outbox.unused().iter().map(rule)).collect()
    }

    /// Takes the plans and rules away that nothing has met.
    pub fn forget_unused(&mut self) {
        for stand in &mut self.stands {
            stand.forget_unused();
        }
        self.outbox.forget_rules();
        self.changes += 1;
    }
}
