/** The words of a text: which of many names does it have, and where?
 *
 * A word is a longest run of letters, digits and underscores in ASCII, and of bytes above. A text is looked through
 * once, whatever the number of names, and what it and the names hold decides about a logarithm at most.
 */

#ifndef WORDS_H
#define WORDS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { WORD_FILTER_BITS = 1 << 16 };

/** A name to look for. `number` is the caller's; `seen` is for whoever wants to tell each once. */
struct wanted_word {
  const char *text;
  size_t size;
  size_t number;
  size_t seen;
};

/** Names in order, and a filter: most words of a text are told apart from all of them by that. */
struct wanted_words {
  struct wanted_word *words;
  size_t count;
  bool of_words[256];
  uint64_t filter[WORD_FILTER_BITS / 64];
};

/** Put the words in order, before any is looked for. */
void prepare_words(struct wanted_words *wanted);

/** Return the next wanted word between two places of a text and move the first behind it; NULL if there is none. */
struct wanted_word *next_word(const struct wanted_words *wanted, const char **at, const char *end);

#endif
