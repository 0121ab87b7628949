import js from '@eslint/js';
import { defineConfig, globalIgnores } from 'eslint/config';
import globals from 'globals';
import tseslint from 'typescript-eslint';

const SPECS = ['**/*.spec.ts', '**/*.e2e-spec.ts', 'test/**/*.ts'];

/** Imports of a folder: `only` is an allow-list (a negative look-ahead), `never` a deny-list. */
const boundary = (folder, message, { only, never = [], typesOnly = [] }) => ({
  files: [`${folder}/**/*.ts`],
  ignores: SPECS,
  rules: {
    '@typescript-eslint/no-restricted-imports': [
      'error',
      {
        patterns: [
          ...typesOnly.map((regex) => ({ regex, message, allowTypeImports: true })),
          ...(only
            ? [{ regex: `^(?!${[...only, ...typesOnly].map((regex) => regex.replace('^', '')).join('|')})`, message }]
            : []),
          ...never.map((regex) => ({ regex, message })),
        ],
      },
    ],
  },
});

const DOMAIN = {
  only: ['^\\.\\.?/', '^#libs/domain/'],
  typesOnly: ['^#libs/contracts/'],
  never: ['(^|/)(apps|workflows|activities)/'],
};

export default defineConfig(
  globalIgnores(['dist', 'coverage', '.cache', '.action48']),
  js.configs.recommended,
  {
    files: ['**/*.ts'],
    extends: [tseslint.configs.recommendedTypeChecked],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      '@typescript-eslint/switch-exhaustiveness-check': 'error',
      'max-lines': ['error', 250],
      'max-lines-per-function': ['error', 60],
    },
  },
  { files: ['**/*.js'], languageOptions: { globals: globals.node } },

  boundary(
    'workflows',
    'Replayed code: only @temporalio/workflow, #libs/contracts, relative files; activities as types.',
    {
      only: ['^@temporalio/workflow$', '^#libs/contracts/', '^\\.\\.?/'],
      typesOnly: ['^#activities/'],
    },
  ),
  boundary('libs/contracts', 'Contracts depend on @temporalio/workflow only.', {
    only: ['^@temporalio/workflow$', '^\\./'],
  }),
  boundary('activities', 'Activities never reach up into apps or workflows, nor for HTTP.', {
    never: ['^#workflows/', '(^|/)apps/', '^@nestjs/platform-express', '^express'],
  }),
  boundary('libs/!(contracts)', 'libs sit below apps, workflows and activities.', {
    never: ['^#(workflows|activities)/', '(^|/)(apps|workflows|activities)/'],
  }),
  boundary(
    'libs/domain',
    'The domain is pure: only relative files, #libs/domain, and types of #libs/contracts.',
    DOMAIN,
  ),
  boundary('libs/domain/calendar', 'The calendar is pure; luxon is for it alone.', {
    ...DOMAIN,
    only: [...DOMAIN.only, '^luxon$'],
  }),
  boundary('apps/api', 'The API talks to workflows through #libs/contracts and @temporalio/client.', {
    never: ['^#(workflows|activities)/', '^@temporalio/(worker|activity|workflow)', '/worker/src/'],
  }),
  boundary('apps/worker', 'The worker loads workflows as a bundle and never the API.', {
    never: ['^#workflows/', '/api/src/', '^@nestjs/platform-express'],
  }),
  {
    files: SPECS,
    rules: {
      'max-lines-per-function': 'off',
      '@typescript-eslint/require-await': 'off',
      '@typescript-eslint/no-unsafe-argument': 'off',
      '@typescript-eslint/no-unsafe-assignment': 'off',
      '@typescript-eslint/no-unsafe-call': 'off',
      '@typescript-eslint/no-unsafe-member-access': 'off',
      '@typescript-eslint/no-unsafe-return': 'off',
    },
  },
);
