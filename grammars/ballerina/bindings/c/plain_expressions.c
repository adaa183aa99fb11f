/**
 * Plain expressions and annotations: literals, names, lists and mappings, calls, `new`, sums.
 *
 * Their tokens are all that is kept of them, so that nothing here tells which operator binds tighter.
 */

#include "plain_reader.h"

static bool append_token(struct plain_reader *reader, struct plain_list *tokens, size_t start, struct span prefix) {
  struct plain_node token = {.kind = PLAIN_TOKEN, .text = {start, reader->position}, .prefix = prefix};
  return append_node(reader, tokens, add_node(reader, &token));
}

static const struct span NO_PREFIX = {0, 0};

/** Skip a sign, and append it. */
static bool take(struct plain_reader *reader, struct plain_list *tokens, const char *sign) {
  size_t start = reader->position;
  return skip_sign(reader, sign) && append_token(reader, tokens, start, NO_PREFIX);
}

static bool take_keyword(struct plain_reader *reader, struct plain_list *tokens, const char *keyword) {
  size_t start = reader->position;
  if (skip_sign(reader, keyword) && ends_word(reader) && byte_here(reader) != ':') {
    return append_token(reader, tokens, start, NO_PREFIX);
  }
  reader->position = start;
  return false;
}

/** Skip a name, or one of another module if that may be. */
static bool skip_named(struct plain_reader *reader, struct plain_list *tokens, bool may_have_prefix) {
  struct span word = skip_word(reader);
  if (!ends_word(reader) || is_reserved(reader, word) || is_contextual(reader, word)) return false;
  if (byte_here(reader) != ':') return append_token(reader, tokens, word.start, NO_PREFIX);
  reader->position++;
  if (!may_have_prefix || !begins_word(byte_here(reader))) return false;
  struct span name = skip_word(reader);
  if (!ends_word(reader) || byte_here(reader) == ':' || is_reserved(reader, name)) return false;
  return append_token(reader, tokens, name.start, word);
}

static bool skip_expression(struct plain_reader *reader, struct plain_list *tokens, bool may_have_prefix);

/** Skip a field of a mapping: a name, or a name or string with a value. */
static bool skip_mapping_field(struct plain_reader *reader, struct plain_list *tokens) {
  size_t start = reader->position;
  if (byte_here(reader) == '"') {
    if (!skip_string(reader)) return false;
  } else {
    struct span name = skip_word(reader);
    if (name.start == name.end || is_digit(reader->text[name.start]) || !ends_word(reader)) return false;
    if (is_reserved(reader, name) || is_contextual(reader, name)) return false;
  }
  bool is_string = reader->text[start] == '"';
  if (!append_token(reader, tokens, start, NO_PREFIX)) return false;
  skip_blank(reader);
  if (byte_here(reader) != ':') return !is_string;
  if (!take(reader, tokens, ":")) return false;
  bool may_have_prefix = skip_blank(reader) || is_string;  // `a:b:c` may be read in two ways
  return skip_expression(reader, tokens, may_have_prefix);
}

/** Skip what is between brackets, and their end, in which commas part expressions or the fields of a mapping. */
static bool skip_listed(struct plain_reader *reader, struct plain_list *tokens, const char *end) {
  bool is_mapping = *end == '}';
  skip_blank(reader);
  if (take(reader, tokens, end)) return true;
  do {
    skip_blank(reader);
    bool is_part = is_mapping ? skip_mapping_field(reader, tokens) : skip_expression(reader, tokens, true);
    if (!is_part) return false;
    skip_blank(reader);
  } while (take(reader, tokens, ","));
  return take(reader, tokens, end);
}

/** Whether an argument begins here that has a name. */
static bool begins_named_argument(const struct plain_reader *reader) {
  struct plain_reader ahead = *reader;
  if (!begins_word(byte_here(reader))) return false;
  struct span word = skip_word(&ahead);
  if (!ends_word(&ahead) || is_reserved(&ahead, word) || is_contextual(&ahead, word)) return false;
  skip_blank(&ahead);
  return byte_here(&ahead) == '=' && byte_ahead(&ahead, 1) != '=' && byte_ahead(&ahead, 1) != '>';
}

/** Skip arguments in parentheses: those with names stand last. */
static bool skip_arguments(struct plain_reader *reader, struct plain_list *tokens) {
  if (!take(reader, tokens, "(")) return false;
  skip_blank(reader);
  if (take(reader, tokens, ")")) return true;
  bool is_named = false;
  do {
    skip_blank(reader);
    bool has_name = begins_named_argument(reader);
    if (is_named && !has_name) return false;
    is_named = has_name;
    if (has_name) {
      size_t start = reader->position;
      skip_word(reader);
      if (!append_token(reader, tokens, start, NO_PREFIX)) return false;
      skip_blank(reader);
      if (!take(reader, tokens, "=")) return false;
      skip_blank(reader);
    }
    if (!skip_expression(reader, tokens, true)) return false;
    skip_blank(reader);
  } while (take(reader, tokens, ","));
  return take(reader, tokens, ")");
}

/** Skip what stands behind a name: arguments, and names of fields and methods with theirs. */
static bool skip_accesses(struct plain_reader *reader, struct plain_list *tokens) {
  if (byte_here(reader) == '(' && !skip_arguments(reader, tokens)) return false;
  while (byte_here(reader) == '.' && begins_word(byte_ahead(reader, 1))) {
    if (!take(reader, tokens, ".") || !skip_named(reader, tokens, false)) return false;
    if (byte_here(reader) == ':' || (byte_here(reader) == '(' && !skip_arguments(reader, tokens))) return false;
  }
  return byte_here(reader) != '.';
}

/** Skip what stands behind the keyword `new`, which was skipped. */
static bool skip_new(struct plain_reader *reader, struct plain_list *tokens) {
  struct plain_reader behind = *reader;
  skip_blank(reader);
  if (begins_word(byte_here(reader))) {
    if (!skip_named(reader, tokens, true)) return false;
    behind = *reader;
    skip_blank(reader);
  }
  if (byte_here(reader) == '(') return skip_arguments(reader, tokens);
  *reader = behind;
  return true;
}

/** Skip what begins with a word. */
static bool skip_worded(struct plain_reader *reader, struct plain_list *tokens, bool may_have_prefix) {
  if (take_keyword(reader, tokens, "new")) return skip_new(reader, tokens);
  if (take_keyword(reader, tokens, "check")) return skip_blank(reader) && skip_expression(reader, tokens, true);
  if (take_keyword(reader, tokens, "table")) {
    skip_blank(reader);
    return take(reader, tokens, "[") && skip_listed(reader, tokens, "]");
  }
  if (take_keyword(reader, tokens, "true") || take_keyword(reader, tokens, "false")) return true;
  if (take_keyword(reader, tokens, "null")) return true;
  return skip_named(reader, tokens, may_have_prefix) && skip_accesses(reader, tokens);
}

static bool skip_operand(struct plain_reader *reader, struct plain_list *tokens, bool may_have_prefix) {
  size_t start = reader->position;
  int byte = byte_here(reader);
  if (byte == '"') return skip_string(reader) && append_token(reader, tokens, start, NO_PREFIX);
  if (begins_word(byte)) return skip_worded(reader, tokens, may_have_prefix);
  if (byte == '-' && is_digit(byte_ahead(reader, 1)) && !take(reader, tokens, "-")) return false;
  start = reader->position;
  if (is_digit(byte_here(reader))) return skip_number(reader) && append_token(reader, tokens, start, NO_PREFIX);
  if (take(reader, tokens, "{")) return skip_listed(reader, tokens, "}");
  if (take(reader, tokens, "[")) return skip_listed(reader, tokens, "]");
  return byte == '(' && byte_ahead(reader, 1) == ')' && take(reader, tokens, "(") && take(reader, tokens, ")");
}

/** Skip operands with plus signs between them. */
static bool skip_sum(struct plain_reader *reader, struct plain_list *tokens, bool may_have_prefix) {
  if (!skip_operand(reader, tokens, may_have_prefix)) return false;
  for (;;) {
    struct plain_reader behind = *reader;
    skip_blank(reader);
    if (byte_here(reader) != '+') {
      *reader = behind;
      return true;
    }
    if (!take(reader, tokens, "+")) return false;
    skip_blank(reader);
    if (!skip_operand(reader, tokens, true)) return false;
  }
}

static bool skip_expression(struct plain_reader *reader, struct plain_list *tokens, bool may_have_prefix) {
  if (reader->depth == MOST_DEPTH) return false;
  reader->depth++;
  bool is_one = skip_sum(reader, tokens, may_have_prefix);
  reader->depth--;
  return is_one;
}

static size_t add_expression(struct plain_reader *reader, size_t start, size_t end, const struct plain_list *tokens) {
  struct plain_node node = {.kind = PLAIN_EXPRESSION, .text = {start, end}, .parts = {tokens->first}};
  return add_node(reader, &node);
}

size_t read_expression(struct plain_reader *reader) {
  struct plain_list tokens = {.first = 0};
  size_t start = reader->position;
  return skip_expression(reader, &tokens, true) ? add_expression(reader, start, reader->position, &tokens) : 0;
}

/** Read the default `<>` of a parameter. */
size_t read_inferred_default(struct plain_reader *reader) {
  struct plain_list tokens = {.first = 0};
  size_t start = reader->position;
  bool is_one = take(reader, &tokens, "<") && take(reader, &tokens, ">");
  return is_one ? add_expression(reader, start, reader->position, &tokens) : 0;
}

/** Skip annotations with the space behind them. */
bool skip_annotations(struct plain_reader *reader, struct plain_list *annotations) {
  while (skip_sign(reader, "@")) {
    if (!begins_word(byte_here(reader))) return false;
    size_t tag = read_reference(reader);
    if (tag == 0) return false;
    skip_space(reader);
    size_t value = 0;
    if (byte_here(reader) == '{') {
      value = read_expression(reader);
      if (value == 0) return false;
      skip_space(reader);
    }
    struct plain_node node = {.kind = PLAIN_ANNOTATION, .parts = {tag, value}};
    if (!append_node(reader, annotations, add_node(reader, &node))) return false;
  }
  return true;
}

/** Skip documentation and annotations, and note them. */
bool skip_metadata(struct plain_reader *reader, struct plain_node *node) {
  struct plain_list annotations = {.first = 0};
  if (!skip_documentation(reader, &node->documentation)) return false;
  if (!skip_annotations(reader, &annotations)) return false;
  node->annotations = annotations.first;
  return true;
}
