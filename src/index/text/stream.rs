//! How does tantivy ask for the words of a text?
//!
//! Must not know: how a text falls into words (that is `token`), or where it comes from.

use std::sync::Arc;

use tantivy::tokenizer::{Token, TokenStream};

use super::token::{Cut, Tokenizer};

/// Our words, as tantivy asks for them.
#[derive(Clone)]
pub(super) struct Words {
    tokenizer: Arc<Tokenizer>,
    cut: Cut,
    token: Token,
}

impl Words {
    pub(super) fn new(tokenizer: Arc<Tokenizer>) -> Self {
        Self { tokenizer, cut: Cut::default(), token: Token::default() }
    }
}

impl tantivy::tokenizer::Tokenizer for Words {
    type TokenStream<'a> = Stream<'a>;

    fn token_stream<'a>(&'a mut self, text: &'a str) -> Stream<'a> {
        self.tokenizer.cut(text, &mut self.cut);
        Stream { cut: &self.cut, token: &mut self.token, next: 0 }
    }
}

/// The words of one text.
pub(super) struct Stream<'a> {
    cut: &'a Cut,
    token: &'a mut Token,
    next: usize,
}

impl TokenStream for Stream<'_> {
    fn advance(&mut self) -> bool {
        let Some((word, start, end)) = self.cut.word(self.next) else { return false };
        self.token.text.clear();
        self.token.text.push_str(word);
        (self.token.offset_from, self.token.offset_to, self.token.position) = (start, end, self.next);
        self.next += 1;
        true
    }

    fn token(&self) -> &Token {
        self.token
    }

    fn token_mut(&mut self) -> &mut Token {
        self.token
    }
}
