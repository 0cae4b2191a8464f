import globals from 'globals';
import svelte from 'eslint-plugin-svelte';
import ts from 'typescript-eslint';

const impure = [
  { name: 'process', message: 'The domain knows no environment.' },
  { name: 'crypto', message: 'Ids and randomness arrive as arguments.' },
];
const clocks = [
  {
    selector: 'CallExpression[callee.object.name="Date"][callee.property.name="now"]',
    message: 'Time arrives as an argument.',
  },
  { selector: 'NewExpression[callee.name="Date"][arguments.length=0]', message: 'Time arrives as an argument.' },
  {
    selector: 'MemberExpression[object.name="Math"][property.name="random"]',
    message: 'Randomness arrives as an argument.',
  },
];

/** Every event passes the seam that lifts and types it (`src/platform/streams/lift.ts`). */
const castEvents = [
  {
    selector: 'TSAsExpression > MemberExpression.expression[property.name="data"]',
    message: 'What an event says is typed by its stream: read it in a handler of handlersOf(), or by lift().',
  },
];

/** Only so is a query through the pool seen that is asked inside a transaction, and waits for those who wait for it. */
const unwatchedTransactions = [
  {
    selector: 'CallExpression[callee.property.name="transaction"][arguments.length=0]',
    message: 'Begin it by transaction() of the Database, which sees what is asked through the pool meanwhile.',
  },
];

export default ts.config(
  {
    ignores: [
      'dist',
      'data',
      'frontend/.svelte-kit',
      'frontend/build',
      'frontend/src/lib/api/schema.d.ts',
      'tests/architecture/violations',
    ],
  },
  ...ts.configs.recommended,
  ...svelte.configs.recommended,
  {
    languageOptions: { globals: { ...globals.node, ...globals.browser, ...globals.jest } },
    rules: {
      '@typescript-eslint/no-explicit-any': 'off',
      '@typescript-eslint/no-non-null-assertion': 'off',
      '@typescript-eslint/no-unused-vars': [
        'error',
        {
          argsIgnorePattern: '^_',
          varsIgnorePattern: '^_',
          destructuredArrayIgnorePattern: '^_',
          ignoreRestSiblings: true,
        },
      ],
      'no-console': 'error',
      eqeqeq: 'error',
      // The pages are served from the root of their origin, and dates are values here, never state.
      'svelte/no-navigation-without-resolve': 'off',
      'svelte/prefer-svelte-reactivity': 'off',
    },
  },
  { files: ['**/*.svelte', '**/*.svelte.ts'], languageOptions: { parserOptions: { parser: ts.parser } } },
  {
    files: ['modules/**/*.ts', 'src/**/*.ts', 'tests/architecture/violations/modules/**/*.ts'],
    ignores: ['src/platform/event-store/**'],
    rules: { 'no-restricted-syntax': ['error', ...castEvents, ...unwatchedTransactions] },
  },
  {
    files: ['modules/*/domain/**/*.ts', 'tests/architecture/violations/**/domain/**/*.ts'],
    rules: {
      'no-restricted-globals': ['error', ...impure],
      'no-restricted-syntax': ['error', ...clocks, ...castEvents, ...unwatchedTransactions],
    },
  },
  { files: ['tests/**', 'bench/**', 'scripts/**'], rules: { 'no-console': 'off' } },
);
