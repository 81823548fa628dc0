/** The CommonJS transform: an ESM-only package is one more name in the pattern below. */
const esmOnly =
  '(@nestjs|file-type|strtok3|token-types|uint8array-extras|@tokenizer|@borewit|es-toolkit|cookie|content-disposition|postal-mime|@seriousme)/'

// The AWS SDK would say in every test process which Node it will want in 2027.
process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = 'true'

export default {
  testEnvironment: 'node',
  roots: ['<rootDir>/apps', '<rootDir>/libs', '<rootDir>/tools', '<rootDir>/test'],
  testMatch: ['**/*.spec.ts'],
  transform: {
    '^.+\\.[cm]?[jt]s$': [
      '@swc/jest',
      {
        jsc: {
          target: 'es2022',
          parser: { syntax: 'typescript', decorators: true },
          transform: { legacyDecorator: true, decoratorMetadata: true, useDefineForClassFields: false },
        },
        module: { type: 'commonjs' },
        sourceMaps: 'inline',
      },
    ],
  },
  transformIgnorePatterns: [`/node_modules/(?!${esmOnly})`],
  moduleNameMapper: {
    '^(\\.{1,2}/.*)\\.js$': ['$1.js', '$1'],
    '^#(core|tenancy|leads|exports|client)$': '<rootDir>/libs/$1/src/index.ts',
  },
  reporters: ['default', '<rootDir>/test/runner/summary-reporter.mjs'],
  testTimeout: 30_000,
  // Two files at a time: each starts servers of its own.
  maxWorkers: 2,
  // Jest keeps something of every file: without a limit a process ends with 2 GB and walks them with every collection.
  workerIdleMemoryLimit: '1GB',
}
