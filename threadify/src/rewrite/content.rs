//! What a section will hold, in pieces.

use std::borrow::Cow;

/// A section's new content. What stays of the old one is borrowed, and so copied only once: to where it ends up.
#[derive(Debug, Default)]
pub(super) struct Content<'a> {
    pieces: Vec<Cow<'a, [u8]>>,
}

impl<'a> Content<'a> {
    pub(super) fn push(&mut self, piece: impl Into<Cow<'a, [u8]>>) {
        self.pieces.push(piece.into());
    }

    pub(super) fn len(&self) -> usize {
        self.pieces.iter().map(|piece| piece.len()).sum()
    }

    pub(super) fn is_empty(&self) -> bool {
        self.len() == 0
    }

    pub(super) fn write_to(&self, out: &mut Vec<u8>) {
        for piece in &self.pieces {
            out.extend_from_slice(piece);
        }
    }
}

impl From<Vec<u8>> for Content<'_> {
    fn from(bytes: Vec<u8>) -> Self {
        Content { pieces: vec![bytes.into()] }
    }
}
