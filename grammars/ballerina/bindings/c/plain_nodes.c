/** Builds the nodes of plain declarations: each by a call of its class, from the inside out. */

#include "plain_nodes.h"

#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "declarations.h"

enum { MOST_KEPT = 4096 };

/**
 * Call a maker with arguments that are owned here; if one is not there, an exception is set. Nothing is called while one
 * is: other arguments may have been built after it.
 */
static PyObject *make(const struct node_builder *builder, int maker, int count, ...) {
  PyObject *arguments = PyTuple_New(count);
  bool made = arguments != NULL && PyErr_Occurred() == NULL;
  va_list given;
  va_start(given, count);
  for (int one = 0; one < count; one++) {
    PyObject *argument = va_arg(given, PyObject *);
    if (made && argument != NULL) {
      made = PyTuple_SetItem(arguments, one, argument) == 0;
    } else {
      made = false;
      Py_XDECREF(argument);
    }
  }
  va_end(given);
  PyObject *callable = PyTuple_GetItem(builder->makers, maker);
  PyObject *node = made && callable != NULL ? PyObject_CallObject(callable, arguments) : NULL;
  Py_XDECREF(arguments);
  return node;
}

static PyObject *text_of(const struct node_builder *builder, struct span span) {
  return PyUnicode_FromStringAndSize(builder->text + span.start, (Py_ssize_t)(span.end - span.start));
}

/** The name that an identifier means, of which the quote was left out: a backslash stands before a sign. */
static PyObject *name_of(const struct node_builder *builder, struct span span) {
  const char *from = builder->text + span.start;
  size_t size = span.end - span.start;
  if (memchr(from, '\\', size) == NULL) return text_of(builder, span);
  char *out = malloc(size);
  if (out == NULL) return PyErr_NoMemory();
  Py_ssize_t written = 0;
  for (size_t place = 0; place < size; place++) {
    if (from[place] == '\\' && place + 1 < size) place++;
    out[written++] = from[place];
  }
  PyObject *name = PyUnicode_FromStringAndSize(out, written);
  free(out);
  return name;
}

static PyObject *none(void) { return Py_NewRef(Py_None); }

static PyObject *truth(const struct plain_node *node, unsigned mark) { return PyBool_FromLong((node->marks & mark) != 0); }

static PyObject *word(const char *text) { return PyUnicode_InternFromString(text); }

static PyObject *optional(const struct node_builder *builder, size_t number) {
  return number == 0 ? none() : build_node(builder, number);
}

static PyObject *list_of(const struct node_builder *builder, size_t first) {
  Py_ssize_t count = 0;
  for (size_t one = first; one != 0; one = builder->nodes[one].next) count++;
  PyObject *list = PyTuple_New(count);
  Py_ssize_t entry = 0;
  for (size_t one = first; list != NULL && one != 0; one = builder->nodes[one].next) {
    PyObject *node = build_node(builder, one);
    if (node != NULL && PyTuple_SetItem(list, entry++, node) == 0) continue;
    Py_CLEAR(list);
  }
  return list;
}

/** Keep what is owned here under a key that is, too, and return it. */
static PyObject *keep(const struct node_builder *builder, PyObject *key, PyObject *value) {
  bool kept = key != NULL && value != NULL;
  if (kept && PyDict_Size(builder->kept) >= MOST_KEPT) PyDict_Clear(builder->kept);
  kept = kept && PyDict_SetItem(builder->kept, key, value) == 0;
  Py_XDECREF(key);
  if (!kept) Py_CLEAR(value);
  return value;
}

/** A type that is no more than a name of this module or a keyword: one object for each. */
static PyObject *named_type(const struct node_builder *builder, const struct plain_node *node) {
  PyObject *name = name_of(builder, node->text);
  size_t length = node->text.end - node->text.start;
  bool is_keyword = is_reserved_word((const unsigned char *)builder->text + node->text.start, length);
  // A keyword with a quote is another type than the keyword.
  if (is_keyword && node->kind == PLAIN_REFERENCE) return make(builder, PLAIN_REFERENCE, 2, none(), name);
  PyObject *known = name == NULL ? NULL : PyDict_GetItemWithError(builder->kept, name);
  if (known != NULL) {
    Py_DECREF(name);
    return Py_NewRef(known);
  }
  if (name == NULL || PyErr_Occurred() != NULL) {
    Py_XDECREF(name);
    return NULL;
  }
  PyObject *type = node->kind == PLAIN_BUILTIN ? make(builder, PLAIN_BUILTIN, 1, Py_NewRef(name))
                                               : make(builder, PLAIN_REFERENCE, 2, none(), Py_NewRef(name));
  return keep(builder, name, type);
}

static PyObject *module_of(const struct node_builder *builder, const struct plain_node *node) {
  return make(builder, MAKE_MODULE, 2, text_of(builder, node->prefix), Py_NewRef(builder->imports));
}

static PyObject *reference(const struct node_builder *builder, const struct plain_node *node) {
  if (node->prefix.end == 0) return named_type(builder, node);
  return make(builder, PLAIN_REFERENCE, 2, module_of(builder, node), name_of(builder, node->text));
}

static PyObject *new_set(unsigned marks) {
  static const struct {
    enum plain_mark mark;
    const char *word;
  } words[] = {
      {MARK_ISOLATED, "isolated"}, {MARK_TRANSACTIONAL, "transactional"}, {MARK_CLIENT, "client"},
      {MARK_SERVICE, "service"},   {MARK_DISTINCT, "distinct"},           {MARK_READONLY, "readonly"},
      {MARK_FINAL, "final"},       {MARK_CONFIGURABLE, "configurable"},
  };
  PyObject *list = PyList_New(0);
  for (size_t one = 0; list != NULL && one < sizeof words / sizeof *words; one++) {
    if ((marks & words[one].mark) == 0) continue;
    PyObject *name = word(words[one].word);
    if (name == NULL || PyList_Append(list, name) < 0) Py_CLEAR(list);
    Py_XDECREF(name);
  }
  PyObject *set = list == NULL ? NULL : PyFrozenSet_New(list);
  Py_XDECREF(list);
  return set;
}

/** The qualifiers among these marks: one set for each choice of them. */
static PyObject *qualifiers(const struct node_builder *builder, const struct plain_node *node, unsigned among) {
  PyObject *key = PyLong_FromUnsignedLong(node->marks & among);
  PyObject *known = key == NULL ? NULL : PyDict_GetItemWithError(builder->kept, key);
  if (known != NULL) {
    Py_DECREF(key);
    return Py_NewRef(known);
  }
  if (key == NULL || PyErr_Occurred() != NULL) {
    Py_XDECREF(key);
    return NULL;
  }
  return keep(builder, key, new_set(node->marks & among));
}

/** White space as Python strips and splits at it, as far as it is ASCII. */
static bool is_space(unsigned char byte) { return byte == ' ' || (byte >= '\t' && byte <= '\r') || (byte >= 0x1C && byte <= 0x1F); }

/** Write documentation as it is meant, and return its size; -1 where it takes Python to tell what is white space. */
static Py_ssize_t write_documentation(char *out, const unsigned char *from, const unsigned char *end) {
  char *to = out;
  char *last = out;  // behind what is no white space
  while (from < end) {
    const unsigned char *newline = memchr(from, '\n', (size_t)(end - from));
    const unsigned char *stop = newline == NULL ? end : newline;
    const unsigned char *next = newline == NULL ? end : newline + 1;
    while (from < stop && is_space(*from)) from++;
    while (from < stop && is_space(stop[-1])) stop--;
    if (from < stop && *from == '#') from++;
    if (from < stop && *from == ' ') from++;
    if (from < stop && (stop[-1] >= 0x80 || (to == out && *from >= 0x80))) return -1;
    for (bool is_text = false; from < stop; from++) {
      is_text = is_text || !is_space(*from);
      if (to == out && !is_text) continue;
      *to++ = (char)*from;
      if (is_text) last = to;
    }
    if (to > out) *to++ = '\n';
    from = next;
  }
  return last - out;
}

static PyObject *documentation(const struct node_builder *builder, struct span span) {
  size_t size = span.end - span.start;
  const unsigned char *from = (const unsigned char *)builder->text + span.start;
  char *out = malloc(size + 1);
  if (out == NULL) return PyErr_NoMemory();
  Py_ssize_t written = write_documentation(out, from, from + size);
  PyObject *text = written < 0 ? make(builder, MAKE_DOCUMENTATION, 1, text_of(builder, span))
                               : PyUnicode_FromStringAndSize(out, written);
  free(out);
  return text;
}

static PyObject *metadata(const struct node_builder *builder, const struct plain_node *node) {
  PyObject *place =
      make(builder, MAKE_LOCATION, 2, PyLong_FromSize_t(node->line), PyLong_FromSize_t(node->column));
  bool is_documented = node->documentation.end != 0;
  if (!is_documented && node->annotations == 0) return make(builder, MAKE_METADATA, 1, place);
  PyObject *text = is_documented ? documentation(builder, node->documentation) : word("");
  if (node->annotations == 0) return make(builder, MAKE_METADATA, 2, place, text);
  return make(builder, MAKE_METADATA, 3, place, text, list_of(builder, node->annotations));
}

/** The text of an expression on one line. */
static PyObject *line_of(const struct node_builder *builder, struct span span) {
  size_t size = span.end - span.start;
  const unsigned char *from = (const unsigned char *)builder->text + span.start;
  char *out = malloc(size + 1);
  if (out == NULL) return PyErr_NoMemory();
  out[0] = '\0';
  size_t written = 0;
  bool is_ascii = true;
  for (size_t place = 0; place < size; place++) {
    is_ascii = is_ascii && from[place] < 0x80;
    if (!is_space(from[place])) {
      out[written++] = (char)from[place];
    } else if (written > 0 && out[written - 1] != ' ') {
      out[written++] = ' ';
    }
  }
  PyObject *line = PyUnicode_FromStringAndSize(out, (Py_ssize_t)written);
  free(out);
  if (is_ascii || line == NULL || PyErr_Occurred() != NULL) return line;
  // There is white space that is not ASCII.
  PyObject *blank = word(" ");
  PyObject *words = PyObject_CallMethod(line, "split", NULL);
  PyObject *joined = blank == NULL || words == NULL ? NULL : PyUnicode_Join(blank, words);
  Py_XDECREF(blank);
  Py_XDECREF(words);
  Py_DECREF(line);
  return joined;
}

static PyObject *token(const struct node_builder *builder, const struct plain_node *node) {
  PyObject *name = text_of(builder, node->text);
  if (node->prefix.end == 0 || name == NULL) return name;
  PyObject *module = module_of(builder, node);
  PyObject *full = module == NULL ? NULL : PyUnicode_FromFormat("%U:%U", module, name);
  Py_XDECREF(module);
  Py_DECREF(name);
  return full;
}

static PyObject *array(const struct node_builder *builder, const struct plain_node *node) {
  PyObject *length = node->parts[1] != 0    ? build_node(builder, node->parts[1])
                     : node->text.end != 0 ? text_of(builder, node->text)
                                           : none();
  return make(builder, PLAIN_ARRAY, 2, build_node(builder, node->parts[0]), length);
}

static PyObject *nil(const struct node_builder *builder) {
  PyObject *known = PyTuple_GetItem(builder->makers, PLAIN_NIL);
  return known == NULL ? NULL : Py_NewRef(known);
}

static PyObject *type_or_nil(const struct node_builder *builder, size_t number) {
  return number == 0 ? nil(builder) : build_node(builder, number);
}

static PyObject *parameter(const struct node_builder *builder, const struct plain_node *node) {
  const char *kind = (node->marks & MARK_INCLUDED) != 0 ? "included"
                     : (node->marks & MARK_REST) != 0   ? "rest"
                     : node->parts[1] != 0              ? "defaultable"
                                                        : "required";
  return make(builder, PLAIN_PARAMETER, 6, word(kind), name_of(builder, node->text),
              build_node(builder, node->parts[0]), optional(builder, node->parts[1]), truth(node, MARK_INFERRED),
              metadata(builder, node));
}

static PyObject *segment(const struct node_builder *builder, const struct plain_node *node) {
  const char *kind = node->parts[0] == 0 ? "name" : (node->marks & MARK_REST) != 0 ? "rest" : "parameter";
  return make(builder, PLAIN_SEGMENT, 3, word(kind), name_of(builder, node->text), optional(builder, node->parts[0]));
}

static const char *visibility(const struct plain_node *node) {
  return (node->marks & MARK_PUBLIC) != 0 ? "public" : (node->marks & MARK_PRIVATE) != 0 ? "private" : "module";
}

static PyObject *body(const struct node_builder *builder, const struct plain_node *node) {
  struct span span = node->body;
  if (span.end == 0) return none();
  PyObject *text = PyBytes_FromStringAndSize(builder->text + span.start, (Py_ssize_t)(span.end - span.start));
  bool is_doubtful = (node->marks & MARK_DOUBTFUL) != 0;
  if (text != NULL && is_doubtful && PyList_Append(builder->doubtful, text) < 0) Py_CLEAR(text);
  return text;
}

static PyObject *method(const struct node_builder *builder, const struct plain_node *node) {
  size_t length = node->text.end - node->text.start;
  bool is_init = length == 4 && memcmp(builder->text + node->text.start, "init", 4) == 0;
  bool is_remote = (node->marks & MARK_REMOTE) != 0;
  bool is_resource = (node->marks & MARK_RESOURCE) != 0;
  const char *kind = is_remote ? "remote" : is_resource ? "resource" : is_init ? "init" : "normal";
  return make(builder, PLAIN_METHOD, 8, name_of(builder, node->text), word(kind),
              word(is_remote || is_resource ? "public" : visibility(node)),
              qualifiers(builder, node, MARK_ISOLATED | MARK_TRANSACTIONAL), list_of(builder, node->parts[1]),
              build_node(builder, node->parts[0]), body(builder, node), metadata(builder, node));
}

static PyObject *build_type(const struct node_builder *builder, const struct plain_node *node) {
  const size_t *parts = node->parts;
  switch (node->kind) {
    case PLAIN_BUILTIN:
      return named_type(builder, node);
    case PLAIN_NIL:
      return nil(builder);
    case PLAIN_SINGLETON:
      return make(builder, PLAIN_SINGLETON, 1, text_of(builder, node->text));
    case PLAIN_REFERENCE:
      return reference(builder, node);
    case PLAIN_ARRAY:
      return array(builder, node);
    case PLAIN_OPTIONAL:
    case PLAIN_DISTINCT:
      return make(builder, node->kind, 1, build_node(builder, parts[0]));
    case PLAIN_UNION:
    case PLAIN_INTERSECTION:
      return make(builder, node->kind, 1, list_of(builder, parts[0]));
    case PLAIN_PARAMETERIZED:
      return make(builder, node->kind, 2, text_of(builder, node->text), build_node(builder, parts[0]));
    case PLAIN_STREAM:
      return make(builder, node->kind, 2, build_node(builder, parts[0]), type_or_nil(builder, parts[1]));
    case PLAIN_TABLE:
      return make(builder, node->kind, 3, build_node(builder, parts[0]), optional(builder, parts[1]),
                  (node->marks & MARK_KEYED) != 0 ? list_of(builder, parts[2]) : none());
    case PLAIN_TUPLE:
      return make(builder, node->kind, 2, list_of(builder, parts[0]), optional(builder, parts[1]));
    case PLAIN_RECORD:
      return make(builder, node->kind, 4, list_of(builder, parts[0]), list_of(builder, parts[1]),
                  truth(node, MARK_CLOSED), optional(builder, parts[2]));
    case PLAIN_FUNCTION_TYPE:
      return make(builder, node->kind, 2,
                  qualifiers(builder, node, MARK_ISOLATED | MARK_TRANSACTIONAL | MARK_CLIENT | MARK_SERVICE),
                  build_node(builder, parts[0]));
    default:  // PLAIN_OBJECT
      return make(builder, PLAIN_OBJECT, 4,
                  qualifiers(builder, node, MARK_ISOLATED | MARK_TRANSACTIONAL | MARK_CLIENT | MARK_SERVICE),
                  list_of(builder, parts[0]), list_of(builder, parts[1]), list_of(builder, parts[2]));
  }
}

static PyObject *build_part(const struct node_builder *builder, const struct plain_node *node) {
  const size_t *parts = node->parts;
  switch (node->kind) {
    case PLAIN_TOKEN:
      return token(builder, node);
    case PLAIN_EXPRESSION:
      return make(builder, node->kind, 2, list_of(builder, parts[0]), line_of(builder, node->text));
    case PLAIN_ANNOTATION:
      return make(builder, node->kind, 2, build_node(builder, parts[0]), optional(builder, parts[1]));
    case PLAIN_FIELD:
      return make(builder, node->kind, 6, name_of(builder, node->text), build_node(builder, parts[0]),
                  truth(node, MARK_OPTIONAL), truth(node, MARK_READONLY), optional(builder, parts[1]),
                  metadata(builder, node));
    case PLAIN_PARAMETER:
      return parameter(builder, node);
    case PLAIN_SIGNATURE:
      return make(builder, node->kind, 3, list_of(builder, parts[0]), type_or_nil(builder, parts[1]),
                  list_of(builder, parts[2]));
    case PLAIN_SEGMENT:
      return segment(builder, node);
    case PLAIN_OBJECT_FIELD:
      return make(builder, node->kind, 6, name_of(builder, node->text), build_node(builder, parts[0]),
                  word(visibility(node)), truth(node, MARK_FINAL), optional(builder, parts[1]),
                  metadata(builder, node));
    case PLAIN_METHOD:
      return method(builder, node);
    default:  // PLAIN_ENUM_MEMBER
      return make(builder, PLAIN_ENUM_MEMBER, 3, name_of(builder, node->text), optional(builder, parts[0]),
                  metadata(builder, node));
  }
}

static PyObject *build_declaration(const struct node_builder *builder, const struct plain_node *node) {
  const size_t *parts = node->parts;
  PyObject *name = name_of(builder, node->text);
  PyObject *public = truth(node, MARK_PUBLIC);
  switch (node->kind) {
    case PLAIN_FUNCTION:
      return make(builder, node->kind, 6, name, public, qualifiers(builder, node, MARK_ISOLATED | MARK_TRANSACTIONAL),
                  build_node(builder, parts[0]), body(builder, node), metadata(builder, node));
    case PLAIN_ALIAS:
      return make(builder, node->kind, 4, name, public, build_node(builder, parts[0]), metadata(builder, node));
    case PLAIN_CLASS:
      return make(builder, node->kind, 5, name, public,
                  qualifiers(builder, node, MARK_DISTINCT | MARK_READONLY | MARK_TRANSACTIONAL),
                  build_node(builder, parts[0]), metadata(builder, node));
    case PLAIN_ENUM:
      return make(builder, node->kind, 4, name, public, list_of(builder, parts[0]), metadata(builder, node));
    case PLAIN_CONSTANT:
      return make(builder, node->kind, 5, name, public, optional(builder, parts[0]), build_node(builder, parts[1]),
                  metadata(builder, node));
    default:  // PLAIN_VARIABLE
      return make(builder, PLAIN_VARIABLE, 7, name, public,
                  qualifiers(builder, node, MARK_FINAL | MARK_CONFIGURABLE), optional(builder, parts[0]),
                  optional(builder, parts[1]), truth(node, MARK_REQUIRED), metadata(builder, node));
  }
}

PyObject *build_node(const struct node_builder *builder, size_t number) {
  const struct plain_node *node = &builder->nodes[number];
  if (node->kind <= PLAIN_OBJECT) return build_type(builder, node);
  bool is_declaration = node->kind >= PLAIN_FUNCTION && node->kind <= PLAIN_VARIABLE;
  return is_declaration ? build_declaration(builder, node) : build_part(builder, node);
}
