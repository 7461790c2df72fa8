//! The shop's storage: JSON, and nothing else survives a crash.

use std::cell::RefCell;
use std::marker::PhantomData;
use std::rc::Rc;

use serde::Serialize;
use serde::de::DeserializeOwned;

/// A row of a shop's database.
#[derive(Debug)]
pub(super) struct Store<T> {
    text: Rc<RefCell<String>>,
    of: PhantomData<T>,
}

impl<T> Clone for Store<T> {
    fn clone(&self) -> Self {
        Self {
            text: Rc::clone(&self.text),
            of: PhantomData,
        }
    }
}

#[expect(
    clippy::expect_used,
    reason = "a state that cannot be stored is a fault of the story"
)]
impl<T: Default + Serialize + DeserializeOwned> Store<T> {
    pub(super) fn new() -> Self {
        let store = Self {
            text: Rc::default(),
            of: PhantomData,
        };
        store.write(&T::default());
        store
    }

    /// Returns the row as JSON.
    pub(super) fn text(&self) -> String {
        self.text.borrow().clone()
    }

    pub(super) fn read(&self) -> T {
        serde_json::from_str(&self.text.borrow()).expect("a state that was stored")
    }

    /// Changes the row.
    pub(super) fn change(&self, change: impl FnOnce(&mut T)) {
        let mut row = self.read();
        change(&mut row);
        self.write(&row);
    }

    fn write(&self, row: &T) {
        let text = serde_json::to_string(row).expect("a state that can be stored");
        *self.text.borrow_mut() = text;
    }
}
