/** The language as a Python module, for the stable interface of Python 3.11 and later. */

#define Py_LIMITED_API 0x030B0000
#define PY_SSIZE_T_CLEAN
#include <Python.h>

#include <string.h>

#include "declarations.h"
#include "plain_declarations.h"

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

/** The text of a part, empty where there is none. */
static PyObject *text_of(const char *text, struct span span) {
  return PyUnicode_FromStringAndSize(text + span.start, span.end == 0 ? 0 : (Py_ssize_t)(span.end - span.start));
}

static PyObject *part_row(const char *text, const struct plain_part *part) {
  long marks = part->is_readonly | part->is_optional << 1 | part->is_included << 2 | part->is_rest << 3;
  PyObject *row = PyTuple_New(7);
  if (row == NULL) return NULL;
  if (set(row, 0, PyLong_FromLong(marks)) && set(row, 1, text_of(text, part->documentation)) &&
      set(row, 2, text_of(text, part->type)) && set(row, 3, text_of(text, part->name)) &&
      set(row, 4, text_of(text, part->value)) && set(row, 5, PyLong_FromSize_t(part->row)) &&
      set(row, 6, PyLong_FromSize_t(part->column))) {
    return row;
  }
  Py_DECREF(row);
  return NULL;
}

/** Where the parts of a plain declaration are collected. */
struct part_list {
  const char *text;
  PyObject *parts;
};

static bool add_part(void *receiver, const struct plain_part *part) {
  struct part_list *list = receiver;
  return append(list->parts, part_row(list->text, part));
}

static PyObject *plain_row(const char *text, const struct plain_declaration *found, PyObject *parts) {
  static const char *const forms[] = {
      [PLAIN_RECORD] = "record", [PLAIN_ALIAS] = "alias", [PLAIN_CONSTANT] = "constant", [PLAIN_FUNCTION] = "function"};
  PyObject *row = PyTuple_New(7);
  if (row == NULL) return NULL;
  if (set(row, 0, PyUnicode_InternFromString(forms[found->form])) && set(row, 1, PyBool_FromLong(found->is_public)) &&
      set(row, 2, PyBool_FromLong(found->is_isolated)) && set(row, 3, PyBool_FromLong(found->is_closed)) &&
      set(row, 4, part_row(text, &found->head)) && set(row, 5, Py_NewRef(parts)) &&
      set(row, 6, PyLong_FromSize_t(found->body))) {
    return row;
  }
  Py_DECREF(row);
  return NULL;
}

static PyObject *plain_declaration(PyObject *module, PyObject *content) {
  (void)module;
  char *text;
  Py_ssize_t size;
  if (PyBytes_AsStringAndSize(content, &text, &size) < 0) return NULL;
  if (memchr(text, '\0', (size_t)size) != NULL || memchr(text, '\r', (size_t)size) != NULL) Py_RETURN_NONE;
  struct part_list list = {.text = text, .parts = PyList_New(0)};
  if (list.parts == NULL) return NULL;
  struct plain_declaration found;
  PyObject *answer = NULL;
  if (read_plain_declaration(text, (size_t)size, &found, add_part, &list)) {
    answer = plain_row(text, &found, list.parts);
  } else if (PyErr_Occurred() == NULL) {
    answer = Py_NewRef(Py_None);
  }
  Py_DECREF(list.parts);
  return answer;
}

static PyMethodDef methods[] = {
    {"language", language, METH_NOARGS, "Give the language in the capsule that tree_sitter.Language takes."},
    {"declarations", declarations, METH_O,
     "Give what a text in UTF-8 declares whose lines end at LF, by its tokens: a row for each declaration (name, kind,\n"
     "whether it is public, line, text, column), the texts of the imports, and the numbers of the rows whose name and\n"
     "kind take a parser to tell. None for a text that is not known to parse."},
    {"plain_declaration", plain_declaration, METH_O,
     "Give the parts of a text in UTF-8 that is one plain declaration, or None: its form, whether it is public,\n"
     "isolated, closed, its head, its fields or parameters, and where the body of a function begins, which was not\n"
     "looked into. The head and each part: marks (1 readonly, 2 optional, 4 included, 8 rest), documentation, type, name,\n"
     "value, row and column, counted from 0. What is not there is empty."},
    {NULL, NULL, 0, NULL},
};

static struct PyModuleDef definition = {
    .m_base = PyModuleDef_HEAD_INIT,
    .m_name = "_ballerina",
    .m_size = 0,
    .m_methods = methods,
};

PyMODINIT_FUNC PyInit__ballerina(void) { return PyModule_Create(&definition); }
