#define Py_LIMITED_API 0x030B0000
#include <Python.h>
typedef struct TSLanguage TSLanguage;
const TSLanguage *tree_sitter_ballerina(void);
static PyObject *language(PyObject *s, PyObject *a){(void)s;(void)a;return PyCapsule_New((void*)tree_sitter_ballerina(),"tree_sitter.Language",NULL);}
static PyMethodDef m[]={{"language",language,METH_NOARGS,""},{0}};
static struct PyModuleDef d={PyModuleDef_HEAD_INIT,"_ballerina",NULL,0,m,0,0,0,0};
PyMODINIT_FUNC PyInit__ballerina(void){return PyModule_Create(&d);}
