/** Everything, node_modules included, is compiled to CommonJS: Jest on Node 20 cannot require() ESM. */
const swc = (sourceMaps) => ({
  sourceMaps,
  module: { type: 'commonjs' },
  jsc: {
    target: 'es2022',
    keepClassNames: true,
    parser: { syntax: 'typescript', decorators: true },
    transform: { legacyDecorator: true, decoratorMetadata: true, useDefineForClassFields: false },
  },
});

/** @type {import('jest').Config} */
const shared = {
  testEnvironment: 'node',
  cacheDirectory: '<rootDir>/.cache/jest',
  roots: ['apps', 'workflows', 'activities', 'libs', 'test', 'bench'].map((folder) => `<rootDir>/${folder}`),
  moduleNameMapper: {
    '^#(activities|workflows|libs)/(.*)\\.js$': '<rootDir>/$1/$2.ts',
    '^#(activities|workflows|libs)/(.*)$': '<rootDir>/$1/$2',
    '^(\\.{1,2}/.*)\\.js$': '$1',
  },
  transform: {
    '\\.ts$': ['@swc/jest', swc('inline')],
    '/(?:node_modules|test/support)/.+\\.m?js$': ['@swc/jest', swc(false)],
  },
  transformIgnorePatterns: ['/node_modules/(?:@temporalio/core-bridge|@swc)/'],
};

/** @type {import('jest').Config} */
export default {
  maxWorkers: 2,
  // What spec files leave behind adds up: near the limit of its heap a worker stands still for seconds, and connections break.
  workerIdleMemoryLimit: '2GB',
  // A hung test must end; how long a busy machine takes for one says nothing about the product.
  testTimeout: 60_000,
  reporters: ['default', '<rootDir>/test/support/summary-reporter.js'],
  coverageProvider: 'v8',
  collectCoverageFrom: ['{apps,workflows,activities,libs}/**/*.ts', '!**/*.spec.ts', '!**/main.ts'],
  projects: [
    { ...shared, displayName: 'unit', testRegex: '\\.spec\\.ts$' },
    {
      ...shared,
      displayName: 'e2e',
      testRegex: '\\.e2e-spec\\.ts$',
      globalSetup: '<rootDir>/test/support/global-setup.js',
      globalTeardown: '<rootDir>/test/support/global-teardown.js',
    },
  ],
};
