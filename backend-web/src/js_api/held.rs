//! [`Held`]: what an object of JavaScript's has, until its page lets go of it.

use std::cell::RefCell;

use crate::error::Error;

/// What an object has. JavaScript may keep the object, and call it, after it was released.
#[derive(Debug)]
pub(super) struct Held<T> {
    what: &'static str,
    value: RefCell<Option<T>>,
}

impl<T: Clone> Held<T> {
    /// What an object of that class has.
    pub(super) fn new(what: &'static str, value: T) -> Held<T> {
        Held { what, value: RefCell::new(Some(value)) }
    }

    /// # Errors
    /// [`Error::Released`].
    pub(super) fn get(&self) -> Result<T, Error> {
        self.value.borrow().clone().ok_or(Error::Released { what: self.what })
    }

    /// Lets go of it. There is nothing to do the second time.
    pub(super) fn release(&self) {
        let value = self.value.take();
        drop(value);
    }
}
