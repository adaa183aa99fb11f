/** The tree of a plain declaration as what semverdiff.syntax.nodes makes of it. */

#ifndef BALLERINA_PLAIN_NODES_H
#define BALLERINA_PLAIN_NODES_H

#define Py_LIMITED_API 0x030B0000
#define PY_SSIZE_T_CLEAN
#include <Python.h>

#include "plain_declarations.h"

/** What is called for nodes beside the classes of their kinds. */
enum maker { MAKE_METADATA = PLAIN_KIND_COUNT, MAKE_LOCATION, MAKE_DOCUMENTATION, MAKE_MODULE, MAKER_COUNT };

/**
 * What is needed to build nodes: a tuple of makers, those that are kept by name or number, what prefixes mean, and a list
 * for the doubtful bodies.
 */
struct node_builder {
  const char *text;
  const struct plain_node *nodes;
  PyObject *makers;
  PyObject *kept;
  PyObject *imports;
  PyObject *doubtful;
};

/** Build a node; NULL with an exception set if that fails. It calls itself for what is in it, which has few levels. */
PyObject *build_node(const struct node_builder *builder, size_t number);

#endif
