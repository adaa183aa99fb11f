#include "words.h"

#include <stdlib.h>
#include <string.h>

static const uint32_t HASH_BEGINNING = 2166136261u; /* FNV-1a */
static const uint32_t HASH_FACTOR = 16777619u;

static bool is_of_word(unsigned char byte) {
  return byte >= 0x80 || byte == '_' || (byte >= '0' && byte <= '9') || ((byte | 0x20) >= 'a' && (byte | 0x20) <= 'z');
}

static uint32_t hash_with(uint32_t hash, unsigned char byte) { return (hash ^ byte) * HASH_FACTOR; }

/** Return the bit of a hash in the filter: both halves decide. */
static uint32_t bit_of(uint32_t hash) { return (hash ^ (hash >> 16)) % WORD_FILTER_BITS; }

static int compare(const char *text, size_t size, const struct wanted_word *word) {
  int order = memcmp(text, word->text, size < word->size ? size : word->size);
  return order != 0 ? order : (size > word->size) - (size < word->size);
}

static int compare_words(const void *left, const void *right) {
  const struct wanted_word *word = left;
  return compare(word->text, word->size, right);
}

void prepare_words(struct wanted_words *wanted) {
  memset(wanted->filter, 0, sizeof wanted->filter);
  for (size_t number = 0; number < wanted->count; number++) {
    const struct wanted_word *word = &wanted->words[number];
    uint32_t hash = HASH_BEGINNING;
    for (size_t index = 0; index < word->size; index++) hash = hash_with(hash, (unsigned char)word->text[index]);
    uint32_t bit = bit_of(hash);
    wanted->filter[bit / 64] |= (uint64_t)1 << (bit % 64);
  }
  if (wanted->count > 1) qsort(wanted->words, wanted->count, sizeof *wanted->words, compare_words);
}

/** Search by halves: whoever writes names and texts can have many of one hash, but no more than these steps. */
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
    while (place < end && !is_of_word((unsigned char)*place)) place++;
    const char *start = place;
    uint32_t hash = HASH_BEGINNING;
    while (place < end && is_of_word((unsigned char)*place)) hash = hash_with(hash, (unsigned char)*place++);
    uint32_t bit = bit_of(hash);
    bool may_be_wanted = place > start && (wanted->filter[bit / 64] >> (bit % 64) & 1);
    if (may_be_wanted) found = find(wanted, start, (size_t)(place - start));
  }
  *at = place;
  return found;
}
