import { OptionDefaults } from 'typedoc';

/** @type {Partial<import('typedoc').TypeDocOptions>} */
export default {
  name: 'costage',
  plugin: ['./plugin.mjs'],
  entryPoints: ['sdk', 'server', 'compat', 'react', 'ui', 'embed'].map((name) => `src/packages/${name}.ts`),
  projectDocuments: ['../../../docs/guides/*.md'],
  tsconfig: 'tsconfig.json',
  readme: 'index.md',
  out: '../../../build/docs',
  cleanOutputDir: true,
  disableSources: true,
  githubPages: false,
  excludeInternal: true,
  excludePrivate: true,
  excludeExternals: true,
  // What openapi-typescript writes.
  blockTags: [...OptionDefaults.blockTags, '@description', '@enum', '@constant'],
  highlightLanguages: [...OptionDefaults.highlightLanguages, 'jsx'],
  treatWarningsAsErrors: true,
  validation: { notExported: true, invalidLink: true, invalidPath: true, rewrittenLink: true, notDocumented: false },
};
