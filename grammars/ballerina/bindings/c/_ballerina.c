/** The language as a Python module, for the stable interface of Python 3.11 and later. */

#include "plain_nodes.h"

#include <stdlib.h>
#include <string.h>

#include "declarations.h"
#include "words.h"

typedef struct TSLanguage TSLanguage;

const TSLanguage *tree_sitter_ballerina(void);

static PyObject *language(PyObject *module, PyObject *arguments) {
  (void)module;
  (void)arguments;
  return PyCapsule_New((void *)tree_sitter_ballerina(), "tree_sitter.Language", NULL);
}

/** The names of the nodes that declarations would be, by their kind; empty where only a parser tells. */
static const char *const KINDS[] = {
    [DECLARED_OTHERWISE] = "",
    [DECLARED_IMPORT] = "",
    [DECLARED_FUNCTION] = "function_definition",
    [DECLARED_TYPE] = "type_definition",
    [DECLARED_CLASS] = "class_definition",
    [DECLARED_ENUM] = "enum_declaration",
    [DECLARED_CONSTANT] = "constant_declaration",
};
enum { KIND_COUNT = sizeof KINDS / sizeof *KINDS };

/** Append to a list what is owned here; false with an exception set if there is no such thing, or no room. */
static bool append(PyObject *list, PyObject *value) {
  bool appended = value != NULL && PyList_Append(list, value) == 0;
  Py_XDECREF(value);
  return appended;
}

/** Set an entry of a tuple to what is owned here; false with an exception set if there is no such thing. */
static bool set(PyObject *row, Py_ssize_t entry, PyObject *value) {
  return value != NULL && PyTuple_SetItem(row, entry, value) == 0;
}

static PyObject *row_of(const char *text, const struct declaration *found, PyObject *kind) {
  PyObject *row = PyTuple_New(6);
  if (row == NULL) return NULL;
  bool has_name = found->kind != DECLARED_OTHERWISE;
  Py_ssize_t name_size = has_name ? (Py_ssize_t)(found->name_end - found->name_start) : 0;
  if (set(row, 0, PyUnicode_FromStringAndSize(text + found->name_start, name_size)) &&
      set(row, 1, Py_NewRef(kind)) && set(row, 2, PyBool_FromLong(found->is_public)) &&
      set(row, 3, PyLong_FromSize_t(found->line)) &&
      set(row, 4, PyBytes_FromStringAndSize(text + found->start, (Py_ssize_t)(found->end - found->start))) &&
      set(row, 5, PyLong_FromSize_t(found->column))) {
    return row;
  }
  Py_DECREF(row);
  return NULL;
}

static bool collect(const char *text, size_t size, PyObject *const kinds[], PyObject *lists[3], bool *is_regular) {
  PyObject *rows = lists[0];
  PyObject *imports = lists[1];
  PyObject *others = lists[2];
  struct declaration_scan scan;
  struct declaration found;
  enum scan_result result;
  begin_declarations(&scan, text, size);
  while ((result = next_declaration(&scan, &found)) == SCAN_FOUND) {
    if (found.kind == DECLARED_IMPORT) {
      if (!append(imports, PyBytes_FromStringAndSize(text + found.start, (Py_ssize_t)(found.end - found.start)))) {
        return false;
      }
      continue;
    }
    if (found.kind == DECLARED_OTHERWISE && !append(others, PyLong_FromSsize_t(PyList_Size(rows)))) return false;
    if (!append(rows, row_of(text, &found, kinds[found.kind]))) return false;
  }
  *is_regular = result == SCAN_END;
  return true;
}

static PyObject *declarations(PyObject *module, PyObject *content) {
  (void)module;
  char *text;
  Py_ssize_t size;
  if (PyBytes_AsStringAndSize(content, &text, &size) < 0) return NULL;
  if (memchr(text, '\0', (size_t)size) != NULL) Py_RETURN_NONE;
  PyObject *kinds[KIND_COUNT] = {NULL};
  PyObject *lists[3] = {PyList_New(0), PyList_New(0), PyList_New(0)};
  PyObject *answer = NULL;
  bool made = lists[0] != NULL && lists[1] != NULL && lists[2] != NULL;
  bool is_regular = false;
  for (int kind = 0; made && kind < KIND_COUNT; kind++) {
    kinds[kind] = PyUnicode_InternFromString(KINDS[kind]);
    made = kinds[kind] != NULL;
  }
  if (made && collect(text, (size_t)size, kinds, lists, &is_regular)) {
    answer = is_regular ? PyTuple_Pack(3, lists[0], lists[1], lists[2]) : Py_NewRef(Py_None);
  }
  for (int kind = 0; kind < KIND_COUNT; kind++) Py_XDECREF(kinds[kind]);
  for (int one = 0; one < 3; one++) Py_XDECREF(lists[one]);
  return answer;
}

/** A node, and the bodies in it that the parser must be asked for. */
static PyObject *pair_of(struct node_builder *builder, size_t found) {
  PyObject *pair = PyTuple_New(2);
  builder->doubtful = PyList_New(0);
  bool made = pair != NULL && builder->doubtful != NULL && set(pair, 0, build_node(builder, found));
  made = made && set(pair, 1, Py_NewRef(builder->doubtful));
  Py_XDECREF(builder->doubtful);
  if (!made) Py_CLEAR(pair);
  return pair;
}

static PyObject *plain_declaration(PyObject *module, PyObject *arguments) {
  (void)module;
  PyObject *content;
  Py_ssize_t line;
  Py_ssize_t column;
  struct node_builder builder;
  if (!PyArg_ParseTuple(arguments, "SnnOO!O!", &content, &line, &column, &builder.imports, &PyTuple_Type,
                        &builder.makers, &PyDict_Type, &builder.kept)) {
    return NULL;
  }
  char *text;
  Py_ssize_t size;
  if (PyBytes_AsStringAndSize(content, &text, &size) < 0) return NULL;
  if (memchr(text, '\0', (size_t)size) != NULL || memchr(text, '\r', (size_t)size) != NULL) Py_RETURN_NONE;
  PyObject *decoded = PyUnicode_DecodeUTF8(text, size, NULL);
  if (decoded == NULL) {
    if (!PyErr_ExceptionMatches(PyExc_UnicodeDecodeError)) return NULL;
    PyErr_Clear();
    Py_RETURN_NONE;
  }
  Py_DECREF(decoded);
  struct plain_tree tree = {.nodes = NULL};
  size_t found = read_plain_declaration(text, (size_t)size, (size_t)line, (size_t)column, &tree);
  builder.text = text;
  builder.nodes = tree.nodes;
  PyObject *answer = found == 0 ? Py_NewRef(Py_None) : pair_of(&builder, found);
  free_plain_tree(&tree);
  return answer;
}

static const char *const WANTED = "semverdiff.wanted_names";

/** Names that are looked for in any number of texts. `texts` counts those that were looked through. */
struct wanted_names {
  struct wanted_words words;
  PyObject *kept;
  size_t texts;
};

static void free_names(struct wanted_names *names) {
  Py_XDECREF(names->kept);
  free(names->words.words);
  free(names);
}

static void free_capsule(PyObject *capsule) { free_names(PyCapsule_GetPointer(capsule, WANTED)); }

/** Take the names of a tuple, which keeps their bytes; false with an exception set if they cannot be taken. */
static bool take_names(PyObject *names, struct wanted_names *wanted) {
  Py_ssize_t count = PyTuple_Size(names);
  wanted->kept = Py_NewRef(names);
  wanted->words.count = (size_t)count;
  wanted->words.words = calloc((size_t)count + 1, sizeof *wanted->words.words);
  if (wanted->words.words == NULL) return PyErr_NoMemory() != NULL;
  for (Py_ssize_t number = 0; number < count; number++) {
    struct wanted_word *word = &wanted->words.words[number];
    char *text;
    Py_ssize_t size;
    if (PyBytes_AsStringAndSize(PyTuple_GetItem(names, number), &text, &size) < 0) return false;
    word->text = text;
    word->size = (size_t)size;
    word->number = (size_t)number;
  }
  prepare_words(&wanted->words);
  return true;
}

static PyObject *wanted(PyObject *module, PyObject *names) {
  (void)module;
  if (!PyTuple_Check(names)) return PyErr_Format(PyExc_TypeError, "names have to be a tuple");
  struct wanted_names *taken = calloc(1, sizeof *taken);
  if (taken == NULL) return PyErr_NoMemory();
  PyObject *capsule = take_names(names, taken) ? PyCapsule_New(taken, WANTED, free_capsule) : NULL;
  if (capsule == NULL) free_names(taken);
  return capsule;
}

/** Append the names that a text has, each once, with the number of the text. */
static bool append_names(PyObject *found, struct wanted_names *names, const char *at, const char *end, Py_ssize_t text) {
  names->texts++;
  for (struct wanted_word *word; (word = next_word(&names->words, &at, end)) != NULL;) {
    if (word->seen == names->texts) continue;
    word->seen = names->texts;
    PyObject *row = PyTuple_New(2);
    if (row == NULL || !set(row, 0, PyLong_FromSsize_t(text)) || !set(row, 1, PyLong_FromSize_t(word->number))) {
      Py_XDECREF(row);
      return false;
    }
    if (!append(found, row)) return false;
  }
  return true;
}

static bool append_mentions(PyObject *found, struct wanted_names *names, PyObject *texts) {
  Py_ssize_t count = PyList_Size(texts);
  for (Py_ssize_t number = 0; number < count; number++) {
    char *text;
    Py_ssize_t size;
    if (PyBytes_AsStringAndSize(PyList_GetItem(texts, number), &text, &size) < 0) return false;
    if (!append_names(found, names, text, text + size, number)) return false;
  }
  return true;
}

static PyObject *mentions(PyObject *module, PyObject *arguments) {
  (void)module;
  PyObject *texts;
  PyObject *capsule;
  if (!PyArg_ParseTuple(arguments, "O!O", &PyList_Type, &texts, &capsule)) return NULL;
  if (!PyCapsule_IsValid(capsule, WANTED)) return PyErr_Format(PyExc_TypeError, "these are no wanted names");
  PyObject *found = PyList_New(0);
  if (found != NULL && !append_mentions(found, PyCapsule_GetPointer(capsule, WANTED), texts)) Py_CLEAR(found);
  return found;
}

static PyMethodDef methods[] = {
    {"language", language, METH_NOARGS, "Give the language in the capsule that tree_sitter.Language takes."},
    {"declarations", declarations, METH_O,
     "Give what a text in UTF-8 declares whose lines end at LF, by its tokens: a row for each declaration (name, kind,\n"
     "whether it is public, line, text, column), the texts of the imports, and the numbers of the rows whose name and\n"
     "kind take a parser to tell. None for a text that is not known to parse."},
    {"plain_declaration", plain_declaration, METH_VARARGS,
     "Give the node of a text in UTF-8 that is one plain declaration, with a list of the bodies in it that may not parse;\n"
     "or None. The text begins on a line, behind so many columns of it. What follows are the imports of its file, what\n"
     "makes nodes (a tuple by the kinds of plain_declarations.h), and a dictionary for those that are made once."},
    {"wanted", wanted, METH_O, "Give a tuple of names as what `mentions` takes, for any number of texts."},
    {"mentions", mentions, METH_VARARGS,
     "Give which wanted names the texts of a list have as words: rows of the number of the text and that of the name, in\n"
     "the order of the texts, each once."},
    {NULL, NULL, 0, NULL},
};

static struct PyModuleDef definition = {
    .m_base = PyModuleDef_HEAD_INIT,
    .m_name = "_ballerina",
    .m_size = 0,
    .m_methods = methods,
};

PyMODINIT_FUNC PyInit__ballerina(void) { return PyModule_Create(&definition); }
