/**
 * Plain declarations by their tokens: most records, aliases, constants and heads of functions are no more.
 *
 * Whatever has an annotation, a comment, an escape, or a type or value of another form is for the parser.
 * `tests/syntax/test_plain_declarations.py` compares what is read here with the trees. Each byte is read a bounded
 * number of times, and nothing recurses.
 */

#include "plain_declarations.h"

#include <string.h>

#include "declarations.h"

static int byte_at(const struct plain_reader *reader, size_t place) {
  return place < reader->size ? reader->text[place] : 0;
}

static int byte_here(const struct plain_reader *reader) { return byte_at(reader, reader->position); }

static bool begins_word(int byte) {
  return (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z') || byte == '_';
}

static bool is_digit(int byte) { return byte >= '0' && byte <= '9'; }

/** Skip white space, and return whether there was any. */
static bool skip_space(struct plain_reader *reader) {
  size_t start = reader->position;
  for (;; reader->position++) {
    int byte = byte_here(reader);
    if (byte == '\n') {
      reader->row++;
      reader->line_start = reader->position + 1;
      reader->continuations = 0;
    } else if (byte != ' ' && byte != '\t' && byte != '\f') {
      return reader->position > start;
    }
  }
}

/** Skip a text if it stands here. */
static bool accept(struct plain_reader *reader, const char *expected) {
  size_t length = strlen(expected);
  if (reader->size - reader->position < length) return false;
  if (memcmp(reader->text + reader->position, expected, length) != 0) return false;
  reader->position += length;
  return true;
}

/** Skip letters and digits, and return them. */
static struct span skip_word(struct plain_reader *reader) {
  struct span word = {.start = reader->position};
  while (begins_word(byte_here(reader)) || is_digit(byte_here(reader))) reader->position++;
  word.end = reader->position;
  return word;
}

static bool is_reserved(const struct plain_reader *reader, struct span word) {
  return is_reserved_word(reader->text + word.start, word.end - word.start);
}

/** Skip a keyword with the white space behind it, if it stands here. */
static bool accept_keyword(struct plain_reader *reader, const char *keyword) {
  struct plain_reader before = *reader;
  if (accept(reader, keyword) && skip_space(reader)) return true;
  *reader = before;
  return false;
}

/** Skip documentation with the white space around it. */
static void skip_documentation(struct plain_reader *reader, struct span *documentation) {
  skip_space(reader);
  documentation->start = reader->position;
  while (byte_here(reader) == '#') {
    const unsigned char *from = reader->text + reader->position;
    const unsigned char *newline = memchr(from, '\n', reader->size - reader->position);
    reader->position = newline == NULL ? reader->size : (size_t)(newline - reader->text);
    documentation->end = reader->position;
    skip_space(reader);
  }
}

/** Skip a name. */
static bool skip_name(struct plain_reader *reader, struct plain_part *part) {
  bool is_quoted = byte_here(reader) == '\'';
  part->row = reader->row;
  part->column = reader->position - reader->line_start - reader->continuations;
  if (is_quoted) {
    reader->position++;
  } else if (!begins_word(byte_here(reader))) {
    return false;
  }
  part->name = skip_word(reader);
  int behind = byte_here(reader);
  if (behind == '\\' || behind >= 0x80 || part->name.start == part->name.end) return false;
  return is_quoted || !is_reserved(reader, part->name);
}

/** Skip a string that is written as it is meant. */
static bool skip_string(struct plain_reader *reader) {
  reader->position++;
  for (; reader->position < reader->size; reader->position++) {
    int byte = byte_here(reader);
    if (byte == '"') {
      reader->position++;
      return true;
    }
    if (byte == '\n' || byte == '\r' || byte == '\\') return false;
    reader->continuations += (byte & 0xC0) == 0x80;
  }
  return false;
}

/** Skip a string as a type: one in which nothing could be taken for a part of a type. */
static bool skip_string_type(struct plain_reader *reader) {
  size_t start = reader->position;
  if (!skip_string(reader)) return false;
  for (size_t place = start + 1; place + 1 < reader->position; place++) {
    int byte = reader->text[place];
    if (!begins_word(byte) && !is_digit(byte) && byte != '-' && byte != '.' && byte != '/') return false;
  }
  return true;
}

/** Whether a keyword is a type by itself, and begins no longer one. */
static bool is_type_keyword(const struct plain_reader *reader, struct span word) {
  static const char *const keywords[] = {"int",  "float",  "decimal", "string",  "boolean", "byte",
                                         "json", "handle", "any",     "anydata", "never",   "error"};
  size_t length = word.end - word.start;
  for (size_t one = 0; one < sizeof keywords / sizeof *keywords; one++) {
    if (strlen(keywords[one]) == length && memcmp(keywords[one], reader->text + word.start, length) == 0) return true;
  }
  return false;
}

/** Skip the name of a type, be it of another module. */
static bool skip_type_name(struct plain_reader *reader, struct span word) {
  if (byte_here(reader) == '\\' || byte_here(reader) >= 0x80) return false;
  if (is_reserved(reader, word)) return byte_here(reader) != ':' && is_type_keyword(reader, word);
  if (byte_here(reader) != ':') return true;
  reader->position++;
  if (!begins_word(byte_here(reader))) return false;
  struct span name = skip_word(reader);
  int behind = byte_here(reader);
  return behind != '\\' && behind < 0x80 && behind != ':' && !is_reserved(reader, name);
}

/** Skip a type of names, strings and nil, in arrays, maps, options and unions. */
static bool skip_type(struct plain_reader *reader, struct span *type) {
  size_t depth = 0;
  type->start = reader->position;
  for (;;) {
    if (begins_word(byte_here(reader))) {
      struct span word = skip_word(reader);
      if (word.end - word.start == 3 && memcmp(reader->text + word.start, "map", 3) == 0) {
        if (!accept(reader, "<")) return false;
        depth++;
        skip_space(reader);
        continue;
      }
      if (!skip_type_name(reader, word)) return false;
    } else if (byte_here(reader) == '"') {
      if (!skip_string_type(reader)) return false;
    } else if (!accept(reader, "()")) {
      return false;
    }
    for (;;) {
      type->end = reader->position;
      if (accept(reader, "[]")) continue;
      if (byte_here(reader) == '?') {
        int behind = byte_at(reader, reader->position + 1);
        if (behind == '.' || behind == ':' || behind == '?' || behind == '[') return false;  // perhaps another sign
        reader->position++;
        continue;
      }
      if (depth == 0 || !accept(reader, ">")) break;
      depth--;
    }
    struct plain_reader behind = *reader;
    skip_space(reader);
    int next = byte_at(reader, reader->position + 1);
    if (byte_here(reader) != '|' || next == '}' || next == '|') {
      *reader = behind;
      return depth == 0;
    }
    reader->position++;
    skip_space(reader);
  }
}

/** Skip a value that is one literal. */
static bool skip_literal(struct plain_reader *reader, struct span *value) {
  value->start = reader->position;
  if (byte_here(reader) == '"') {
    if (!skip_string(reader)) return false;
  } else {
    struct span word = skip_word(reader);
    size_t length = word.end - word.start;
    const unsigned char *text = reader->text + word.start;
    bool is_boolean = (length == 4 && memcmp(text, "true", 4) == 0) || (length == 5 && memcmp(text, "false", 5) == 0);
    if (!is_boolean) {
      if (length == 0 || (text[0] == '0' && length > 1)) return false;
      for (size_t place = 0; place < length; place++) {
        if (!is_digit(text[place])) return false;
      }
    }
  }
  value->end = reader->position;
  return true;
}

/** Skip the value behind `=` and what ends it; it is one literal. */
static bool skip_value(struct plain_reader *reader, struct span *value) {
  if (!accept(reader, "=")) return false;
  skip_space(reader);
  if (!skip_literal(reader, value)) return false;
  skip_space(reader);
  return true;
}

/** Skip a field, an inclusion, or the rest of a closed record. */
static bool skip_field(struct plain_reader *reader, struct plain_part *part, bool is_closed) {
  skip_documentation(reader, &part->documentation);
  if (accept(reader, "*")) {
    if (part->documentation.end != 0) return false;
    part->is_included = true;
    skip_space(reader);
    part->type.start = reader->position;
    if (!begins_word(byte_here(reader))) return false;
    struct span word = skip_word(reader);
    if (is_reserved(reader, word) || !skip_type_name(reader, word)) return false;
    part->type.end = reader->position;
    skip_space(reader);
    return accept(reader, ";");
  }
  part->is_readonly = accept_keyword(reader, "readonly");
  if (!skip_type(reader, &part->type)) return false;
  if (accept(reader, "...")) {
    part->is_rest = true;
    if (!is_closed || part->documentation.end != 0 || part->is_readonly) return false;
    skip_space(reader);
    return accept(reader, ";");
  }
  if (!skip_space(reader) || !skip_name(reader, part)) return false;
  skip_space(reader);
  if (accept(reader, "?")) {
    part->is_optional = true;
    skip_space(reader);
  } else if (byte_here(reader) == '=' && !skip_value(reader, &part->value)) {
    return false;
  }
  return accept(reader, ";");
}

static bool skip_record(struct plain_reader *reader, struct plain_declaration *found, part_receiver receive,
                        void *receiver) {
  found->is_closed = accept(reader, "{|");
  if (!found->is_closed && !accept(reader, "{")) return false;
  const char *end = found->is_closed ? "|}" : "}";
  bool is_over = false;  // nothing stands behind the rest of a record
  for (;;) {
    skip_space(reader);
    if (accept(reader, end)) return true;
    struct plain_part part = {.is_rest = false};
    if (is_over || !skip_field(reader, &part, found->is_closed) || !receive(receiver, &part)) return false;
    is_over = part.is_rest;
  }
}

/** Skip a parameter that has a name. */
static bool skip_parameter(struct plain_reader *reader, struct plain_part *part) {
  if (accept(reader, "*")) {
    part->is_included = true;
    skip_space(reader);
  }
  if (!skip_type(reader, &part->type)) return false;
  if (!part->is_included && accept(reader, "...")) part->is_rest = true;
  if (!skip_space(reader) || !skip_name(reader, part)) return false;
  skip_space(reader);
  if (byte_here(reader) != '=') return true;
  return !part->is_included && !part->is_rest && skip_value(reader, &part->value);
}

static bool skip_function(struct plain_reader *reader, struct plain_declaration *found, part_receiver receive,
                          void *receiver) {
  if (!skip_name(reader, &found->head)) return false;
  skip_space(reader);
  if (!accept(reader, "(")) return false;
  skip_space(reader);
  bool is_over = accept(reader, ")");
  while (!is_over) {
    struct plain_part part = {.is_rest = false};
    if (!skip_parameter(reader, &part) || !receive(receiver, &part)) return false;
    is_over = accept(reader, ")");
    if (!is_over && (part.is_rest || !accept(reader, ","))) return false;
    skip_space(reader);
  }
  skip_space(reader);
  if (accept_keyword(reader, "returns")) {
    if (!skip_type(reader, &found->head.type)) return false;
    skip_space(reader);
  }
  found->body = reader->position;
  return byte_here(reader) == '{' && reader->text[reader->size - 1] == '}';
}

static bool skip_constant(struct plain_reader *reader, struct plain_declaration *found) {
  struct plain_reader before = *reader;
  if (!skip_name(reader, &found->head) || (skip_space(reader), byte_here(reader) != '=')) {
    *reader = before;
    if (!skip_type(reader, &found->head.type) || !skip_space(reader) || !skip_name(reader, &found->head)) return false;
    skip_space(reader);
  }
  return skip_value(reader, &found->head.value) && accept(reader, ";");
}

static bool skip_type_definition(struct plain_reader *reader, struct plain_declaration *found, part_receiver receive,
                                 void *receiver) {
  if (!skip_name(reader, &found->head) || !skip_space(reader)) return false;
  struct plain_reader before = *reader;
  if (accept(reader, "record") && (skip_space(reader), byte_here(reader) == '{')) {
    found->form = PLAIN_RECORD;
    if (!skip_record(reader, found, receive, receiver)) return false;
  } else {
    *reader = before;
    found->form = PLAIN_ALIAS;
    if (!skip_type(reader, &found->head.type)) return false;
  }
  skip_space(reader);
  return accept(reader, ";");
}

bool read_plain_declaration(const char *text, size_t size, struct plain_declaration *found, part_receiver receive,
                            void *receiver) {
  struct plain_reader reader = {.text = (const unsigned char *)text, .size = size};
  *found = (struct plain_declaration){.form = PLAIN_FUNCTION};
  if (skip_space(&reader)) return false;  // a declaration begins with what is its own
  skip_documentation(&reader, &found->head.documentation);
  found->is_public = accept_keyword(&reader, "public");
  if (accept_keyword(&reader, "type")) {
    return skip_type_definition(&reader, found, receive, receiver) && reader.position == size;
  }
  if (accept_keyword(&reader, "const")) {
    found->form = PLAIN_CONSTANT;
    return skip_constant(&reader, found) && reader.position == size;
  }
  found->is_isolated = accept_keyword(&reader, "isolated");
  return accept_keyword(&reader, "function") && skip_function(&reader, found, receive, receiver);
}
