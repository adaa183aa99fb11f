// The language as a Node module: an external value, tagged so that node-tree-sitter knows what it holds.

#include <napi.h>

typedef struct TSLanguage TSLanguage;

extern "C" TSLanguage *tree_sitter_ballerina();

// The tag that node-tree-sitter looks for.
const napi_type_tag LANGUAGE_TAG = {0x8AF2E5212AD58ABF, 0xD5006CAD83ABBA16};

static Napi::Object Init(Napi::Env env, Napi::Object exports) {
  auto language = Napi::External<TSLanguage>::New(env, tree_sitter_ballerina());
  language.TypeTag(&LANGUAGE_TAG);
  exports["language"] = language;
  return exports;
}

NODE_API_MODULE(tree_sitter_ballerina_binding, Init)
