/** Plain members of records and objects, and signatures. */

#include "plain_reader.h"

/** Read an inclusion behind its sign. */
static size_t read_inclusion(struct plain_reader *reader) {
  skip_space(reader);
  size_t reference = read_reference(reader);
  skip_space(reader);
  return skip_sign(reader, ";") ? reference : 0;
}

/** Skip `= expression`, if it stands here, with the space around it. */
static bool skip_value(struct plain_reader *reader, size_t *value) {
  skip_space(reader);
  if (!skip_sign(reader, "=")) return true;
  skip_space(reader);
  *value = read_expression(reader);
  skip_space(reader);
  return *value != 0;
}

/** Skip the space behind a type, and return whether a word may follow, because none ends here. */
static bool skip_parting_space(struct plain_reader *reader) {
  int before = reader->text[reader->position - 1];
  return skip_space(reader) || before == ']' || before == '>' || before == '?' || before == ')' || before == '}';
}

/** Skip a name, and note its place. */
static bool skip_placed_name(struct plain_reader *reader, struct plain_node *node) {
  note_place(reader, node);
  return skip_name(reader, &node->text);
}

/** Skip `readonly` as a qualifier, not as a type. */
static bool skip_readonly(struct plain_reader *reader) {
  struct plain_reader before = *reader;
  if (!skip_keyword(reader, "readonly")) return false;
  if (byte_here(reader) != '&' && byte_here(reader) != '|') return true;
  *reader = before;
  return false;
}

/** Read a field, or the rest of a closed record, which is a type. */
static size_t read_field(struct plain_reader *reader, bool is_closed, bool *is_rest) {
  struct plain_node node = {.kind = PLAIN_FIELD};
  if (!skip_metadata(reader, &node)) return 0;
  if (skip_readonly(reader)) node.marks |= MARK_READONLY;
  node.parts[0] = read_type(reader);
  if (node.parts[0] == 0) return 0;
  bool is_parted = skip_parting_space(reader);
  if (skip_sign(reader, "...")) {
    *is_rest = true;
    if (!is_closed || node.documentation.end != 0 || node.annotations != 0 || node.marks != 0) return 0;
    skip_space(reader);
    return skip_sign(reader, ";") ? node.parts[0] : 0;
  }
  if (!is_parted || !skip_placed_name(reader, &node)) return 0;
  skip_space(reader);
  if (skip_sign(reader, "?")) {
    node.marks |= MARK_OPTIONAL;
    skip_space(reader);
  } else if (!skip_value(reader, &node.parts[1])) {
    return 0;
  }
  return skip_sign(reader, ";") ? add_node(reader, &node) : 0;
}

/** Read a record behind its keyword. */
size_t read_record(struct plain_reader *reader) {
  struct plain_node node = {.kind = PLAIN_RECORD};
  struct plain_list fields = {.first = 0};
  struct plain_list inclusions = {.first = 0};
  bool is_closed = skip_sign(reader, "{|");
  if (!is_closed && !skip_sign(reader, "{")) return 0;
  const char *end = is_closed ? "|}" : "}";
  bool is_over = false;  // nothing stands behind the rest of a record
  if (is_closed) node.marks = MARK_CLOSED;
  for (;;) {
    skip_space(reader);
    if (skip_sign(reader, end)) break;
    if (is_over) return 0;
    if (skip_sign(reader, "*")) {
      if (!append_node(reader, &inclusions, read_inclusion(reader))) return 0;
      continue;
    }
    size_t field = read_field(reader, is_closed, &is_over);
    if (is_over) {
      node.parts[2] = field;
      if (field == 0) return 0;
    } else if (!append_node(reader, &fields, field)) {
      return 0;
    }
  }
  node.parts[0] = fields.first;
  node.parts[1] = inclusions.first;
  node.depth = fields.depth;
  return add_node(reader, &node);
}

static size_t read_parameter(struct plain_reader *reader) {
  struct plain_node node = {.kind = PLAIN_PARAMETER};
  struct plain_list annotations = {.first = 0};
  if (!skip_annotations(reader, &annotations)) return 0;
  node.annotations = annotations.first;
  if (skip_sign(reader, "*")) {
    node.marks |= MARK_INCLUDED;
    skip_space(reader);
  }
  note_place(reader, &node);
  node.parts[0] = read_type(reader);
  if (node.parts[0] == 0) return 0;
  bool is_parted = skip_parting_space(reader);
  if (node.marks == 0 && skip_sign(reader, "...")) {
    node.marks |= MARK_REST;
    skip_space(reader);
    is_parted = true;
  }
  if (byte_here(reader) == ',' || byte_here(reader) == ')') return add_node(reader, &node);  // it has no name
  if (!is_parted || !skip_placed_name(reader, &node)) return 0;
  skip_space(reader);
  if (byte_here(reader) != '=') return add_node(reader, &node);
  if (node.marks != 0) return 0;
  reader->position++;
  skip_space(reader);
  bool is_inferred = byte_here(reader) == '<';
  if (is_inferred) node.marks |= MARK_INFERRED;
  node.parts[1] = is_inferred ? read_inferred_default(reader) : read_expression(reader);
  skip_space(reader);
  return node.parts[1] == 0 ? 0 : add_node(reader, &node);
}

/** Read parameters and result, without the space behind them. */
size_t read_signature(struct plain_reader *reader) {
  struct plain_node node = {.kind = PLAIN_SIGNATURE};
  struct plain_list parameters = {.first = 0};
  if (!skip_sign(reader, "(")) return 0;
  skip_space(reader);
  bool is_over = skip_sign(reader, ")");
  while (!is_over) {
    size_t parameter = read_parameter(reader);
    if (!append_node(reader, &parameters, parameter)) return 0;
    is_over = skip_sign(reader, ")");
    bool is_rest = (reader->tree->nodes[parameter].marks & MARK_REST) != 0;
    if (!is_over && (is_rest || !skip_sign(reader, ","))) return 0;
    if (!is_over) skip_space(reader);
  }
  node.parts[0] = parameters.first;
  node.depth = parameters.depth;
  struct plain_reader behind = *reader;
  skip_space(reader);
  if (skip_keyword(reader, "returns")) {
    struct plain_list annotations = {.first = 0};
    if (!skip_annotations(reader, &annotations)) return 0;
    node.parts[2] = annotations.first;
    node.parts[1] = read_type(reader);
    if (node.parts[1] == 0) return 0;
  } else {
    *reader = behind;
  }
  return add_node(reader, &node);
}

/** Read a segment of a resource path. */
static size_t read_segment(struct plain_reader *reader) {
  struct plain_node node = {.kind = PLAIN_SEGMENT};
  if (!skip_sign(reader, "[")) return skip_name(reader, &node.text) ? add_node(reader, &node) : 0;
  skip_space(reader);
  node.parts[0] = read_type(reader);
  if (node.parts[0] == 0) return 0;
  bool is_parted = skip_parting_space(reader);
  if (skip_sign(reader, "...")) {
    node.marks |= MARK_REST;
    skip_space(reader);
    is_parted = true;
  }
  if (byte_here(reader) != ']' && !(is_parted && skip_name(reader, &node.text))) return 0;
  skip_space(reader);
  return skip_sign(reader, "]") ? add_node(reader, &node) : 0;
}

static bool skip_path(struct plain_reader *reader, size_t *first) {
  if (skip_sign(reader, ".")) return true;
  struct plain_list segments = {.first = 0};
  do {
    skip_space(reader);
    if (!append_node(reader, &segments, read_segment(reader))) return false;
    skip_space(reader);
  } while (skip_sign(reader, "/"));
  *first = segments.first;
  return true;
}

/** Read a method behind its keyword; `node` has what stands before that. */
static size_t read_method(struct plain_reader *reader, struct plain_node *node, bool has_body) {
  if (!skip_placed_name(reader, node)) return 0;
  bool is_parted = skip_space(reader);
  if ((node->marks & MARK_RESOURCE) != 0) {
    if (!is_parted || !skip_path(reader, &node->parts[1])) return 0;
    skip_space(reader);
  }
  node->parts[0] = read_signature(reader);
  if (node->parts[0] == 0) return 0;
  skip_space(reader);
  bool is_over = has_body ? skip_body(reader, node) : skip_sign(reader, ";");
  return is_over ? add_node(reader, node) : 0;
}

/** Skip the qualifiers and the keyword of a method; if it is none, stay before them. */
static bool skip_method_keyword(struct plain_reader *reader, unsigned *marks) {
  struct plain_reader before = *reader;
  unsigned found = skip_qualifiers(reader, MARK_ISOLATED | MARK_TRANSACTIONAL | MARK_REMOTE | MARK_RESOURCE);
  if (skip_keyword(reader, "function") && (begins_word(byte_here(reader)) || byte_here(reader) == '\'')) {
    *marks |= found;
    return true;
  }
  *reader = before;
  return false;
}

/** Read a field or a method of an object. */
static size_t read_member(struct plain_reader *reader, bool is_class) {
  struct plain_node node = {.kind = PLAIN_OBJECT_FIELD};
  if (!skip_metadata(reader, &node)) return 0;
  if (skip_keyword(reader, "public")) {
    node.marks |= MARK_PUBLIC;
  } else if (skip_keyword(reader, "private")) {
    node.marks |= MARK_PRIVATE;
  }
  bool has_visibility = node.marks != 0;
  if (skip_method_keyword(reader, &node.marks)) {
    unsigned network = node.marks & (MARK_REMOTE | MARK_RESOURCE);
    if (network == (MARK_REMOTE | MARK_RESOURCE) || (network == MARK_RESOURCE && has_visibility)) return 0;
    node.kind = PLAIN_METHOD;
    return read_method(reader, &node, is_class);
  }
  if (skip_keyword(reader, "final")) node.marks |= MARK_FINAL;
  node.parts[0] = read_type(reader);
  if (node.parts[0] == 0 || !skip_parting_space(reader) || !skip_placed_name(reader, &node) || !skip_value(reader, &node.parts[1])) return 0;
  return skip_sign(reader, ";") ? add_node(reader, &node) : 0;
}

/** Read the members of an object behind its brace, and its end. */
size_t read_object(struct plain_reader *reader, unsigned qualifiers, bool is_class) {
  struct plain_node node = {.kind = PLAIN_OBJECT, .marks = qualifiers};
  struct plain_list fields = {.first = 0};
  struct plain_list methods = {.first = 0};
  struct plain_list inclusions = {.first = 0};
  for (;;) {
    skip_space(reader);
    if (skip_sign(reader, "}")) break;
    if (skip_sign(reader, "*")) {
      if (!append_node(reader, &inclusions, read_inclusion(reader))) return 0;
      continue;
    }
    size_t member = read_member(reader, is_class);
    if (member == 0) return 0;
    bool is_method = reader->tree->nodes[member].kind == PLAIN_METHOD;
    append_node(reader, is_method ? &methods : &fields, member);
  }
  node.parts[0] = fields.first;
  node.parts[1] = methods.first;
  node.parts[2] = inclusions.first;
  node.depth = fields.depth > methods.depth ? fields.depth : methods.depth;
  return add_node(reader, &node);
}
