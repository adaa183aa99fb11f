/** The language, for `Parser.setLanguage` of node-tree-sitter. */
declare const ballerina: {
  language: unknown;
  /** What nodes there are, as `src/node-types.json` lists them. */
  nodeTypeInfo: object[];
};

export = ballerina;
