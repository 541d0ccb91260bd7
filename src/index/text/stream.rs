//! How does tantivy ask for the words of a text?
//!
//! Must not know: how a text falls into words (that is `token`), or where it comes from.

use std::sync::Arc;
use std::vec::IntoIter;

use tantivy::tokenizer::{Token, TokenStream};

use super::token::{Tokenizer, Word};

/// Our words, as tantivy asks for them.
#[derive(Clone)]
pub(super) struct Words(pub(super) Arc<Tokenizer>);

impl tantivy::tokenizer::Tokenizer for Words {
    type TokenStream<'a> = Stream;

    fn token_stream<'a>(&'a mut self, text: &'a str) -> Stream {
        Stream { words: self.0.words(text).into_iter(), token: Token::default() }
    }
}

/// The words of one text.
pub(super) struct Stream {
    words: IntoIter<Word>,
    token: Token,
}

impl TokenStream for Stream {
    fn advance(&mut self) -> bool {
        let Some(word) = self.words.next() else { return false };
        let position = self.token.position.wrapping_add(1);
        self.token =
            Token { offset_from: word.start, offset_to: word.end, position, text: word.text, position_length: 1 };
        true
    }

    fn token(&self) -> &Token {
        &self.token
    }

    fn token_mut(&mut self) -> &mut Token {
        &mut self.token
    }
}
