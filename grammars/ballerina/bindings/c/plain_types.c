/** Plain type descriptors. Each reader stops behind its own; what may stand there is for whoever called it. */

#include <string.h>

#include "plain_reader.h"

static const struct span NO_TEXT = {0, 0};

/** Whether a keyword is among some words that are parted and surrounded by blanks. */
static bool is_among(const struct plain_reader *reader, struct span word, const char *words) {
  size_t length = word.end - word.start;
  for (const char *place = words + 1; *place != '\0';) {
    size_t other = strcspn(place, " ");
    if (other == length && memcmp(place, reader->text + word.start, length) == 0) return true;
    place += other + 1;
  }
  return false;
}

/** Keywords that are a type by themselves, and begin no longer one. */
static const char BUILTIN[] = " int string boolean float decimal byte json any anydata never handle readonly ";
/** Keywords that are a type by themselves too, if no `<` stands behind them. */
static const char PARAMETERIZED[] = " error map xml typedesc future ";
/** Keywords that are a prefix without an import. */
static const char PREFIXES[] = " boolean decimal error float function future int map object stream string table transaction "
                               "typedesc xml ";
/** Keywords that begin types of objects and functions. */
static const char QUALIFIED[] = " isolated client service transactional function object ";

/** Read the name of a type: `Name` or `prefix:Name`. */
size_t read_reference(struct plain_reader *reader) {
  struct plain_node node = {.kind = PLAIN_REFERENCE};
  struct plain_reader before = *reader;
  bool may_be_prefix = begins_word(byte_here(reader));
  struct span prefix = skip_word(reader);
  if (!may_be_prefix || byte_here(reader) != ':') {
    *reader = before;
    if (!skip_name(reader, &node.text) || (reader->is_body && is_contextual(reader, node.text))) return 0;
    return add_node(reader, &node);
  }
  if (reader->is_body && is_contextual(reader, prefix)) return 0;
  if (is_reserved(reader, prefix) && !is_among(reader, prefix, PREFIXES)) return 0;
  reader->position++;
  node.prefix = prefix;
  if (!begins_word(byte_here(reader)) || !skip_name(reader, &node.text) || byte_here(reader) == ':') return 0;
  return add_node(reader, &node);
}

/** Read a literal as a type. */
static size_t read_singleton(struct plain_reader *reader) {
  size_t start = reader->position;
  if (byte_here(reader) == '"') {
    if (!skip_string(reader)) return 0;
  } else {
    if (!skip_sign(reader, "-")) skip_sign(reader, "+");
    if (!is_digit(byte_here(reader)) || !skip_number(reader)) return 0;
  }
  return add_type(reader, PLAIN_SINGLETON, (struct span){start, reader->position}, 0);
}

/** Read what stands between parentheses; a pair without anything is nil. */
static size_t read_parenthesized(struct plain_reader *reader) {
  if (skip_sign(reader, "()")) return add_type(reader, PLAIN_NIL, NO_TEXT, 0);
  skip_sign(reader, "(");
  skip_space(reader);
  size_t type = read_type(reader);
  skip_space(reader);
  return skip_sign(reader, ")") ? type : 0;
}

/** Read a type in angle brackets, or two of them. */
static bool read_parameters(struct plain_reader *reader, size_t types[2], bool may_be_two) {
  if (!skip_sign(reader, "<")) return false;
  skip_space(reader);
  types[0] = read_type(reader);
  if (types[0] == 0) return false;
  skip_space(reader);
  if (may_be_two && skip_sign(reader, ",")) {
    skip_space(reader);
    types[1] = read_type(reader);
    if (types[1] == 0) return false;
    skip_space(reader);
  }
  return skip_sign(reader, ">") && byte_here(reader) != '=';
}

static size_t read_parameterized(struct plain_reader *reader, struct span word) {
  size_t types[2] = {0, 0};
  struct plain_reader behind = *reader;
  skip_space(reader);
  if (byte_here(reader) != '<') {
    *reader = behind;
    return add_type(reader, PLAIN_BUILTIN, word, 0);
  }
  if (is_span(reader, word, "error") && skip_sign(reader, "<*>")) return add_type(reader, PLAIN_BUILTIN, word, 0);
  if (!read_parameters(reader, types, false)) return 0;
  return add_type(reader, PLAIN_PARAMETERIZED, word, types[0]);
}

static size_t read_stream(struct plain_reader *reader) {
  struct plain_node node = {.kind = PLAIN_STREAM};
  return read_parameters(reader, node.parts, true) ? add_node(reader, &node) : 0;
}

/** Skip the names of a key, and their end. */
static bool skip_key_names(struct plain_reader *reader, struct plain_list *names) {
  skip_space(reader);
  if (skip_sign(reader, ")")) return true;
  do {
    struct plain_node name = {.kind = PLAIN_TOKEN};
    skip_space(reader);
    if (!begins_word(byte_here(reader))) return false;
    name.text = skip_word(reader);
    if (is_reserved(reader, name.text) || !ends_word(reader)) return false;
    if (!append_node(reader, names, add_node(reader, &name))) return false;
    skip_space(reader);
  } while (skip_sign(reader, ","));
  return skip_sign(reader, ")");
}

static size_t read_table(struct plain_reader *reader) {
  struct plain_node node = {.kind = PLAIN_TABLE};
  if (!read_parameters(reader, node.parts, false)) return 0;
  struct plain_reader behind = *reader;
  skip_space(reader);
  if (!skip_keyword(reader, "key")) {
    *reader = behind;
    return add_node(reader, &node);
  }
  if (skip_sign(reader, "(")) {
    struct plain_list names = {.first = 0};
    if (!skip_key_names(reader, &names)) return 0;
    node.marks = MARK_KEYED;
    node.parts[2] = names.first;
    return add_node(reader, &node);
  }
  size_t types[2] = {0, 0};
  if (!read_parameters(reader, types, false)) return 0;
  node.parts[1] = types[0];
  return add_node(reader, &node);
}

static size_t read_tuple(struct plain_reader *reader) {
  struct plain_node node = {.kind = PLAIN_TUPLE};
  struct plain_list members = {.first = 0};
  skip_sign(reader, "[");
  do {
    skip_space(reader);
    size_t type = read_type(reader);
    if (type == 0) return 0;
    skip_space(reader);
    if (skip_sign(reader, "...")) {
      node.parts[1] = type;
      skip_space(reader);
      break;
    }
    if (!append_node(reader, &members, type)) return 0;
  } while (skip_sign(reader, ","));
  node.parts[0] = members.first;
  node.depth = members.depth;
  return skip_sign(reader, "]") ? add_node(reader, &node) : 0;
}

/** Read a type of objects or functions. */
static size_t read_qualified(struct plain_reader *reader) {
  struct plain_node node = {.kind = PLAIN_FUNCTION_TYPE};
  node.marks = skip_qualifiers(reader, MARK_ISOLATED | MARK_TRANSACTIONAL | MARK_CLIENT | MARK_SERVICE);
  if (skip_keyword(reader, "object")) return skip_sign(reader, "{") ? read_object(reader, node.marks, false) : 0;
  if (!skip_keyword(reader, "function") || byte_here(reader) != '(') return 0;
  node.parts[0] = read_signature(reader);
  return node.parts[0] == 0 ? 0 : add_node(reader, &node);
}

static size_t read_basic(struct plain_reader *reader);

/** Read a type that begins with a word. */
static size_t read_worded(struct plain_reader *reader) {
  struct plain_reader before = *reader;
  struct span word = skip_word(reader);
  if (!is_reserved(reader, word) || !ends_word(reader) || byte_here(reader) == ':') {
    *reader = before;
    return read_reference(reader);
  }
  bool is_literal = is_span(reader, word, "true") || is_span(reader, word, "false");
  if (is_literal) return add_type(reader, PLAIN_SINGLETON, word, 0);
  if (is_among(reader, word, BUILTIN)) return add_type(reader, PLAIN_BUILTIN, word, 0);
  if (is_among(reader, word, PARAMETERIZED)) return read_parameterized(reader, word);
  if (is_among(reader, word, QUALIFIED)) {
    *reader = before;
    return read_qualified(reader);
  }
  skip_space(reader);
  if (is_span(reader, word, "record")) return read_record(reader);
  if (is_span(reader, word, "stream")) return read_stream(reader);
  if (is_span(reader, word, "table")) return read_table(reader);
  if (!is_span(reader, word, "distinct") || reader->depth == MOST_DEPTH) return 0;
  reader->depth++;
  size_t member = read_basic(reader);
  reader->depth--;
  if (member == 0 || reader->tree->nodes[member].kind == PLAIN_FUNCTION_TYPE) return 0;
  return add_type(reader, PLAIN_DISTINCT, NO_TEXT, member);
}

/** Read a type without operators and dimensions. */
static size_t read_basic(struct plain_reader *reader) {
  int byte = byte_here(reader);
  if (begins_word(byte)) return read_worded(reader);
  if (byte == '\'') return read_reference(reader);
  if (byte == '(') return read_parenthesized(reader);
  return byte == '[' ? read_tuple(reader) : read_singleton(reader);
}

/** Skip the length of an array up to the bracket; one that is a name is a part of the node. */
static bool skip_length(struct plain_reader *reader, struct plain_node *array) {
  size_t start = reader->position;
  if (byte_here(reader) == ']') return true;
  if (begins_word(byte_here(reader))) {
    array->parts[1] = read_reference(reader);
    return array->parts[1] != 0 && byte_here(reader) == ']';
  }
  if (!skip_sign(reader, "*") && !(is_digit(byte_here(reader)) && skip_number(reader))) return false;
  array->text = (struct span){start, reader->position};
  bool is_whole = byte_here(reader) == ']';
  for (size_t place = start + 1; place < reader->position; place++) is_whole = is_whole && is_digit(reader->text[place]);
  return is_whole;
}

/** Read `[2][3]` behind a type: the first dimension is the outer one. */
static size_t read_dimensions(struct plain_reader *reader, size_t member) {
  size_t outer = 0;
  size_t inner = 0;
  unsigned count = 0;
  while (skip_sign(reader, "[")) {
    struct plain_node node = {.kind = PLAIN_ARRAY, .depth = reader->tree->nodes[member].depth};
    if (++count == MOST_DEPTH || !skip_length(reader, &node) || !skip_sign(reader, "]")) return 0;
    size_t array = add_node(reader, &node);
    if (array == 0) return 0;
    if (outer == 0) outer = array;
    if (inner != 0) reader->tree->nodes[inner].parts[0] = array;
    inner = array;
  }
  reader->tree->nodes[inner].parts[0] = member;
  reader->tree->nodes[outer].depth += count;
  return reader->tree->nodes[outer].depth < MOST_DEPTH ? outer : 0;
}

/** Read a type with the dimensions and question marks behind it. */
static size_t read_postfixed(struct plain_reader *reader) {
  bool is_enclosed = byte_here(reader) == '(';
  size_t type = read_basic(reader);
  while (type != 0) {
    int byte = byte_here(reader);
    if (byte != '?' && byte != '[') return type;
    // What a function returns takes all that it can.
    if (!is_enclosed && reader->tree->nodes[type].kind == PLAIN_FUNCTION_TYPE) return 0;
    if (byte == '[') {
      type = read_dimensions(reader, type);
    } else {
      int behind = byte_ahead(reader, 1);
      if (behind == '?' || behind == ':') return 0;  // another sign
      if (behind == '.' && (byte_ahead(reader, 2) != '.' || byte_ahead(reader, 3) != '.')) return 0;
      reader->position++;
      type = add_type(reader, PLAIN_OPTIONAL, NO_TEXT, type);
    }
  }
  return 0;
}

/** Skip an operator with the space around it, if another operand follows. */
static bool skip_operator(struct plain_reader *reader, int sign) {
  struct plain_reader before = *reader;
  skip_space(reader);
  int behind = byte_ahead(reader, 1);
  if (byte_here(reader) != sign || behind == sign || behind == '}' || behind == '=') {
    *reader = before;
    return false;
  }
  reader->position++;
  skip_space(reader);
  return true;
}

/** Append an operand, or those of one that is of the same kind, as it may be in parentheses. */
static bool append_operand(struct plain_reader *reader, struct plain_list *operands, enum plain_kind kind, size_t node) {
  if (node == 0) return false;
  if (reader->tree->nodes[node].kind != kind) return append_node(reader, operands, node);
  for (size_t one = reader->tree->nodes[node].parts[0]; one != 0;) {
    size_t next = reader->tree->nodes[one].next;
    append_node(reader, operands, one);
    one = next;
  }
  return true;
}

/** Read the operands of a union, or those of an intersection, which are those of no union. */
static size_t read_operands(struct plain_reader *reader, enum plain_kind kind) {
  bool is_union = kind == PLAIN_UNION;
  struct plain_list operands = {.first = 0};
  size_t first = 0;
  bool is_last = false;  // what a function returns takes all that it can
  bool is_many = false;
  do {
    bool is_enclosed = byte_here(reader) == '(';
    size_t operand = is_union ? read_operands(reader, PLAIN_INTERSECTION) : read_postfixed(reader);
    if (operand == 0 || is_last) return 0;
    is_last = !is_enclosed && reader->tree->nodes[operand].kind == PLAIN_FUNCTION_TYPE;
    if (first == 0) {
      first = operand;
      continue;
    }
    if (!is_many && !append_operand(reader, &operands, kind, first)) return 0;
    if (!append_operand(reader, &operands, kind, operand)) return 0;
    is_many = true;
  } while (skip_operator(reader, is_union ? '|' : '&'));
  if (!is_many) return first;
  if (is_last && !is_union) return 0;
  return add_node(reader, &(struct plain_node){.kind = kind, .depth = operands.depth, .parts = {operands.first}});
}

size_t read_type(struct plain_reader *reader) {
  if (reader->depth == MOST_DEPTH) return 0;
  reader->depth++;
  size_t type = read_operands(reader, PLAIN_UNION);
  reader->depth--;
  return type;
}
