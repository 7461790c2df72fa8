//! A world in a file: its state, and steps that prepare it.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::{PROVIDERS, World};
use crate::outbox::Entry;
use crate::stand::Stand;
use crate::{Clock, Moment};

/// The version of the form that this program writes and reads.
const VERSION: u32 = 1;

/// The highest number of a post, which every reader of JSON reads as it is written.
const HIGHEST: u64 = 1 << 53;

/// A world in a file. It holds state and not calls.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct WorldFile {
    /// The version of the form: 1.
    pub version: u32,
    /// The clock; the present one is kept when it is absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub clock: Option<Clock>,
    /// The state of each provider by its name. A provider that is absent keeps its own.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub state: BTreeMap<String, Value>,
    /// Posts to shops that are still to be sent.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub callbacks: Vec<Entry>,
    /// Steps in order, each with the member `provider` beside its own, done when the file is read.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub steps: Vec<Value>,
}

impl WorldFile {
    /// Reads a file.
    ///
    /// # Errors
    ///
    /// Returns a sentence with the line when it is not JSON of this form, or of another version.
    pub fn read(text: &str) -> Result<Self, String> {
        let file: WorldFile = serde_json::from_str(text).map_err(|why| why.to_string())?;
        if file.version == VERSION {
            Ok(file)
        } else {
            Err(format!(
                "version {} is not known, this program reads version {VERSION}",
                file.version
            ))
        }
    }
}

impl World {
    /// Returns the state, to be stored in a file.
    ///
    /// # Errors
    ///
    /// Returns a sentence when a state cannot be written as JSON.
    pub fn export(&self) -> Result<WorldFile, String> {
        let mut state = BTreeMap::new();
        for stand in &self.stands {
            state.insert(stand.name().to_owned(), stand.state()?);
        }
        let waiting = self
            .outbox
            .entries()
            .filter(|entry| !entry.state.is_final());
        Ok(WorldFile {
            version: VERSION,
            clock: Some(self.clock),
            state,
            callbacks: waiting.cloned().collect(),
            steps: Vec::new(),
        })
    }

    /// Takes over state, waiting posts and steps. Nothing changes when a part of the file is wrong.
    ///
    /// # Errors
    ///
    /// Returns a sentence that names the part.
    pub fn import(&mut self, file: &WorldFile, machine: Moment) -> Result<(), String> {
        let mut read = Vec::new();
        for (provider, state) in &file.state {
            let (index, base) = (self.place(provider)?, self.address(provider));
            let mut stand = self.stands[index].with_state(state)?;
            stand.move_to(&base);
            read.push((index, stand));
        }
        let numbers = 1..=HIGHEST;
        let mut callbacks = file.callbacks.iter();
        if let Some(at) = callbacks.position(|entry| !numbers.contains(&entry.number)) {
            return Err(format!("callbacks[{at}]: its number is not 1 to {HIGHEST}"));
        }
        for (at, entry) in file.callbacks.iter().enumerate() {
            self.check_kind(Some(&entry.provider), Some(&entry.post.kind))
                .map_err(|why| format!("callbacks[{at}]: {why}"))?;
        }
        let goes_back = |clock: &Clock| clock.now(machine) < self.clock.now(machine);
        let is_whole = file.state.len() == PROVIDERS.len();
        if file.clock.as_ref().is_some_and(goes_back) && !is_whole && !self.log.is_empty() {
            let text = "clock: it goes back only with the state of every provider";
            return Err(text.to_owned());
        }
        if file.steps.is_empty() {
            self.restore(file, read);
            return Ok(());
        }
        let before = self.copy();
        self.restore(file, read);
        for (index, step) in file.steps.iter().enumerate() {
            if let Err(why) = self.step_of(step, machine) {
                *self = before;
                return Err(format!("steps[{index}]: {why}"));
            }
        }
        Ok(())
    }

    fn step_of(&mut self, step: &Value, machine: Moment) -> Result<(), String> {
        let mut step = step.clone();
        let members = step.as_object_mut().ok_or("is not an object")?;
        let provider = members.remove("provider");
        let provider = provider.as_ref().and_then(Value::as_str);
        let provider = provider.ok_or("has no member `provider`")?.to_owned();
        self.act(&provider, step, machine)
    }

    /// Takes over what a file says, with the providers that were read from it.
    fn restore(&mut self, file: &WorldFile, read: Vec<(usize, Box<dyn Stand>)>) {
        if let Some(clock) = file.clock {
            self.clock = clock;
        }
        for (index, stand) in read {
            self.stands[index] = stand;
        }
        // A file of steps alone leaves the posts alone too.
        if !file.state.is_empty() || !file.callbacks.is_empty() {
            self.outbox.replace_waiting(file.callbacks.clone());
        }
        self.changes += 1;
        self.learn_secrets();
    }
}
