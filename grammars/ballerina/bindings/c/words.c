#include "words.h"

#include <stdlib.h>
#include <string.h>

static bool is_of_word(int byte) {
  return byte >= 0x80 || byte == '_' || (byte >= '0' && byte <= '9') || ((byte | 0x20) >= 'a' && (byte | 0x20) <= 'z');
}

/** Return which bit of the filter a word has: some of its bytes decide and its size, of which most differ in one. */
static uint32_t bit_of(const char *text, size_t size) {
  const unsigned char *bytes = (const unsigned char *)text;
  uint32_t some = bytes[0] | (uint32_t)bytes[size / 2] << 8 | (uint32_t)bytes[size - 1] << 16 | (uint32_t)size << 24;
  return (some * 2654435761u) / (UINT32_MAX / WORD_FILTER_BITS + 1);
}

static int compare(const char *text, size_t size, const struct wanted_word *word) {
  int order = memcmp(text, word->text, size < word->size ? size : word->size);
  return order != 0 ? order : (size > word->size) - (size < word->size);
}

static int compare_words(const void *left, const void *right) {
  const struct wanted_word *word = left;
  return compare(word->text, word->size, right);
}

void prepare_words(struct wanted_words *wanted) {
  for (int byte = 0; byte < 256; byte++) wanted->of_words[byte] = is_of_word(byte);
  memset(wanted->filter, 0, sizeof wanted->filter);
  for (size_t number = 0; number < wanted->count; number++) {
    if (wanted->words[number].size == 0) continue; /* no word is empty */
    uint32_t bit = bit_of(wanted->words[number].text, wanted->words[number].size);
    wanted->filter[bit / 64] |= (uint64_t)1 << (bit % 64);
  }
  if (wanted->count > 1) qsort(wanted->words, wanted->count, sizeof *wanted->words, compare_words);
}

/** Search by halves: whoever writes names and texts can have many of one bit, but no more than these steps. */
static struct wanted_word *find(const struct wanted_words *wanted, const char *text, size_t size) {
  size_t low = 0;
  size_t high = wanted->count;
  while (low < high) {
    size_t middle = low + (high - low) / 2;
    int order = compare(text, size, &wanted->words[middle]);
    if (order == 0) return &wanted->words[middle];
    if (order < 0) {
      high = middle;
    } else {
      low = middle + 1;
    }
  }
  return NULL;
}

struct wanted_word *next_word(const struct wanted_words *wanted, const char **at, const char *end) {
  const char *place = *at;
  struct wanted_word *found = NULL;
  while (found == NULL && place < end) {
    while (place < end && !wanted->of_words[(unsigned char)*place]) place++;
    const char *start = place;
    while (place < end && wanted->of_words[(unsigned char)*place]) place++;
    if (place == start) break;
    uint32_t bit = bit_of(start, (size_t)(place - start));
    if (wanted->filter[bit / 64] >> (bit % 64) & 1) found = find(wanted, start, (size_t)(place - start));
  }
  *at = place;
  return found;
}
