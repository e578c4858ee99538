//! What the register was told while a transaction is followed: each change once, and when the terminal is silent.

use super::conversation::Conversation;
use crate::log;
use crate::terminal::News;

/// So many questions in a row without an answer are told as a lost contact.
const SILENT_POLLS: u32 = 2;

#[derive(Debug, Default)]
pub(super) struct Telling {
    told: Option<News>,
    /// What was told last, but for a lost contact.
    told_in_contact: Option<News>,
    /// How many questions in a row had no answer.
    silent_polls: u32,
    /// What the terminal showed last, in its own words.
    screen: String,
}

impl Telling {
    /// Tells it, unless it was told last.
    pub(super) fn tell(&mut self, conversation: &mut Conversation, news: News) {
        if self.told.as_ref() != Some(&news) {
            conversation.tell(&news);
            if news != News::ContactLost {
                self.told_in_contact = Some(news.clone());
            }
            self.told = Some(news);
        }
    }

    /// The terminal's own words are for the log: the register is told words for the cashier.
    pub(super) fn saw(&mut self, screen: &str) {
        if self.screen != screen {
            log::exchange(|| format!("the terminal says {screen}"));
            screen.clone_into(&mut self.screen);
        }
    }

    pub(super) fn was_answered(&mut self) {
        self.silent_polls = 0;
    }

    /// True when so many questions in a row had no answer that it is to be told.
    pub(super) fn had_no_answer(&mut self) -> bool {
        self.silent_polls += 1;
        self.silent_polls == SILENT_POLLS
    }

    /// It answers again: what was told before the silence holds again, until it says something else.
    pub(super) fn tell_contact(&mut self, conversation: &mut Conversation) {
        if self.silent_polls == 0 && self.told == Some(News::ContactLost) {
            let before = self.told_in_contact.clone().unwrap_or(News::Connecting);
            self.tell(conversation, before);
        }
    }
}
