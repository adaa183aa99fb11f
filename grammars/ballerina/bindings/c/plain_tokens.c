/** The tokens of plain declarations, and the tree that is made of them. */

#include <stdlib.h>
#include <string.h>

#include "declarations.h"
#include "plain_reader.h"

/** Skip white space. */
bool skip_blank(struct plain_reader *reader) {
  size_t start = reader->position;
  for (;; reader->position++) {
    int byte = byte_here(reader);
    if (byte == '\n') {
      reader->line++;
      reader->line_start = reader->position + 1;
    } else if (byte != ' ' && byte != '\t' && byte != '\f') {
      return reader->position > start;
    }
  }
}

static void skip_line(struct plain_reader *reader) {
  const unsigned char *from = reader->text + reader->position;
  const unsigned char *newline = memchr(from, '\n', reader->size - reader->position);
  reader->position = newline == NULL ? reader->size : (size_t)(newline - reader->text);
}

/** Skip white space and comments. */
bool skip_space(struct plain_reader *reader) {
  bool skipped = skip_blank(reader);
  while (byte_here(reader) == '/' && byte_ahead(reader, 1) == '/') {
    skip_line(reader);
    skip_blank(reader);
    skipped = true;
  }
  return skipped;
}

/** Whether no word goes on here, as it does with an escape or with letters that are not ASCII. */
bool ends_word(const struct plain_reader *reader) {
  int behind = byte_here(reader);
  return !begins_word(behind) && !is_digit(behind) && behind != '\\' && behind != '\'' && behind < 0x80;
}

/** Skip a keyword with the space behind it, if it stands here. */
bool skip_keyword(struct plain_reader *reader, const char *keyword) {
  size_t before = reader->position;
  if (skip_sign(reader, keyword) && ends_word(reader)) {
    skip_space(reader);
    return true;
  }
  reader->position = before;
  return false;
}

/** Skip those qualifiers, each once and in any order, and return which there were. */
unsigned skip_qualifiers(struct plain_reader *reader, unsigned among) {
  static const char *const words[] = {"isolated", "transactional", "client",       "service", "distinct",
                                      "readonly", "final",         "configurable", "remote",  "resource"};
  unsigned found = 0;
  for (size_t one = 0; one < sizeof words / sizeof *words;) {
    unsigned mark = 1U << one;
    bool is_next = (among & ~found & mark) != 0 && skip_keyword(reader, words[one]);
    if (is_next) found |= mark;
    one = is_next ? 0 : one + 1;
  }
  return found;
}

bool is_span(const struct plain_reader *reader, struct span span, const char *word) {
  size_t length = strlen(word);
  return span.end - span.start == length && memcmp(reader->text + span.start, word, length) == 0;
}

/** Skip letters and digits, and return them. */
struct span skip_word(struct plain_reader *reader) {
  struct span word = {.start = reader->position};
  while (begins_word(byte_here(reader)) || is_digit(byte_here(reader))) reader->position++;
  word.end = reader->position;
  return word;
}

bool is_reserved(const struct plain_reader *reader, struct span word) {
  return is_reserved_word(reader->text + word.start, word.end - word.start);
}

/** Skip what goes on with a word by escapes of signs, which are no letters; all others are for the parser. */
static void skip_escapes(struct plain_reader *reader, struct span *name) {
  while (byte_here(reader) == '\\') {
    int escaped = byte_ahead(reader, 1);
    if (escaped <= ' ' || escaped > '~' || (begins_word(escaped) && escaped != '_')) return;
    reader->position += 2;
    skip_word(reader);
  }
  name->end = reader->position;
}

/** Whether a word, which is a name elsewhere, is one that the parser takes for a keyword in some expressions. */
bool is_contextual(const struct plain_reader *reader, struct span word) {
  static const char *const words[] = {"natural", "re", "collect", "group", "_"};
  for (size_t one = 0; one < sizeof words / sizeof *words; one++) {
    if (is_span(reader, word, words[one])) return true;
  }
  return false;
}

/** Skip a name: perhaps with a quote, which is no part of it, and with escapes, which are told apart by `name_of`. */
bool skip_name(struct plain_reader *reader, struct span *name) {
  bool is_quoted = skip_sign(reader, "'");
  if (!is_quoted && is_digit(byte_here(reader))) return false;
  *name = skip_word(reader);
  bool is_reserved_name = !is_quoted && is_reserved(reader, *name);
  if (byte_here(reader) == '\\') {
    skip_escapes(reader, name);
    is_reserved_name = false;
  }
  return ends_word(reader) && name->start != name->end && !is_reserved_name;
}

/** Skip a string; escapes with a number are for the parser. */
bool skip_string(struct plain_reader *reader) {
  for (reader->position++; reader->position < reader->size; reader->position++) {
    int byte = byte_here(reader);
    if (byte == '"') {
      reader->position++;
      return true;
    }
    if (byte == '\n' || byte == '\r') return false;
    if (byte == '\\') {
      reader->position++;
      int escaped = byte_here(reader);
      if (escaped != 't' && escaped != 'n' && escaped != 'r' && escaped != '\\' && escaped != '"') return false;
    }
  }
  return false;
}

static bool skip_digits(struct plain_reader *reader) {
  size_t start = reader->position;
  while (is_digit(byte_here(reader))) reader->position++;
  return reader->position > start;
}

/** Skip a number in decimal notation without an exponent. */
bool skip_number(struct plain_reader *reader) {
  bool is_zero = byte_here(reader) == '0';
  size_t start = reader->position;
  if (!skip_digits(reader) || (is_zero && reader->position > start + 1)) return false;
  if (skip_sign(reader, ".") && !skip_digits(reader)) return false;
  if (byte_here(reader) != 0 && strchr("fFdD", byte_here(reader)) != NULL) reader->position++;
  return ends_word(reader) && byte_here(reader) != '.';
}

/** Skip documentation, if any, with the space around it; return whether no comment stands within it. */
bool skip_documentation(struct plain_reader *reader, struct span *documentation) {
  skip_space(reader);
  documentation->start = reader->position;
  while (byte_here(reader) == '#') {
    skip_line(reader);
    documentation->end = reader->position;
    skip_blank(reader);
  }
  skip_space(reader);
  return byte_here(reader) != '#';
}

/** Skip the body of a function, and note whether it is for the parser to tell that it parses. */
bool skip_body(struct plain_reader *reader, struct plain_node *node) {
  struct declaration_scan scan = {
      .text = reader->text,
      .size = reader->size,
      .position = reader->position,
      .line = reader->line,
      .line_start = reader->line_start,
  };
  if (!skip_function_body(&scan)) return false;
  node->body = (struct span){.start = reader->position, .end = scan.position};
  if (!is_plain_body(reader, node->body)) node->marks |= MARK_DOUBTFUL;
  reader->position = scan.position;
  reader->line = scan.line;
  reader->line_start = scan.line_start;
  return true;
}

/** Note that a node is named here. No byte is counted twice, but where the reader has gone back. */
void note_place(struct plain_reader *reader, struct plain_node *node) {
  node->line = reader->line;
  if (reader->is_ascii) {
    node->column = reader->position - reader->line_start + 1;
  } else {
    if (reader->counted_start != reader->line_start || reader->counted_position > reader->position) {
      reader->counted_start = reader->line_start;
      reader->counted_position = reader->line_start;
      reader->counted_column = 0;
    }
    for (; reader->counted_position < reader->position; reader->counted_position++) {
      reader->counted_column += (reader->text[reader->counted_position] & 0xC0) != 0x80;
    }
    node->column = reader->counted_column + 1;
  }
  if (reader->line_start == 0) node->column += reader->first_column;
}

static unsigned depth_of(const struct plain_reader *reader, size_t node) {
  return node == 0 ? 0 : reader->tree->nodes[node].depth;
}

/** Add a node, and return its number; 0 if there is no room, or if it would be too deep or one too many. */
size_t add_node(struct plain_reader *reader, const struct plain_node *node) {
  struct plain_tree *tree = reader->tree;
  if (tree->count == tree->room) {
    size_t room = tree->room == 0 ? 64 : tree->room * 2;
    struct plain_node *nodes = room > MOST_NODES ? NULL : realloc(tree->nodes, room * sizeof *nodes);
    if (nodes == NULL) return 0;
    if (tree->count == 0) tree->count = 1;  // the number 0 is none
    tree->nodes = nodes;
    tree->room = room;
  }
  unsigned depth = node->depth;
  for (size_t part = 0; part < MOST_PARTS; part++) {
    unsigned inner = depth_of(reader, node->parts[part]);
    if (inner > depth) depth = inner;
  }
  if (depth >= MOST_DEPTH) return 0;
  tree->nodes[tree->count] = *node;
  tree->nodes[tree->count].depth = depth + 1;
  return tree->count++;
}

/** Append a node to a list; false for no node. */
bool append_node(struct plain_reader *reader, struct plain_list *list, size_t node) {
  if (node == 0) return false;
  if (list->first == 0) {
    list->first = node;
  } else {
    reader->tree->nodes[list->last].next = node;
  }
  list->last = node;
  if (depth_of(reader, node) > list->depth) list->depth = depth_of(reader, node);
  return true;
}

size_t add_type(struct plain_reader *reader, enum plain_kind kind, struct span text, size_t part) {
  return add_node(reader, &(struct plain_node){.kind = kind, .text = text, .parts = {part}});
}

void free_plain_tree(struct plain_tree *tree) {
  free(tree->nodes);
  *tree = (struct plain_tree){.nodes = NULL};
}
