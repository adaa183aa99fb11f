/** The language as a Python module, for the stable interface of Python 3.11 and later. */

#define Py_LIMITED_API 0x030B0000
#include <Python.h>

typedef struct TSLanguage TSLanguage;

const TSLanguage *tree_sitter_ballerina(void);

static PyObject *language(PyObject *module, PyObject *arguments) {
  (void)module;
  (void)arguments;
  return PyCapsule_New((void *)tree_sitter_ballerina(), "tree_sitter.Language", NULL);
}

static PyMethodDef methods[] = {
    {"language", language, METH_NOARGS, "Give the language in the capsule that tree_sitter.Language takes."},
    {NULL, NULL, 0, NULL},
};

static struct PyModuleDef definition = {
    .m_base = PyModuleDef_HEAD_INIT,
    .m_name = "_ballerina",
    .m_size = 0,
    .m_methods = methods,
};

PyMODINIT_FUNC PyInit__ballerina(void) { return PyModule_Create(&definition); }
