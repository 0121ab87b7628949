// Writes what CI reads: how each spec file ended, and `N passed, N failed` with what was skipped. A file that does not
// even load counts as one failure. With TEST_RERUN=1 the files that ran take the place of their first results, and
// those that failed before and pass now are named as flaky.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { relative } from 'node:path';

const RESULTS = '.cache/test-results.json';

export default class SummaryReporter {
  onRunComplete(_contexts, { testResults }) {
    const before = process.env.TEST_RERUN === '1' ? JSON.parse(readFileSync(RESULTS, 'utf8')) : {};
    const now = Object.fromEntries(testResults.map((result) => [relative('.', result.testFilePath), counts(result)]));
    const files = { ...before, ...now };
    for (const [file, { failed }] of Object.entries(before)) {
      if (failed > 0 && files[file].failed === 0) files[file].flaky = true;
    }
    mkdirSync('.cache', { recursive: true });
    writeFileSync(RESULTS, JSON.stringify(files));
    writeFileSync(
      '.cache/test-failures',
      names(files, ({ failed }) => failed > 0),
    );
    writeFileSync(
      '.cache/test-flaky',
      names(files, ({ flaky }) => flaky),
    );
    writeFileSync('.cache/test-summary', `${summary(Object.values(files))}\n`);
  }
}

const counts = ({ numPassingTests, numFailingTests, numPendingTests, numTodoTests, testExecError }) => ({
  passed: numPassingTests,
  failed: numFailingTests + (testExecError && numFailingTests === 0 ? 1 : 0),
  skipped: numPendingTests + numTodoTests,
});

const names = (files, which) =>
  Object.keys(files)
    .filter((file) => which(files[file]))
    .map((file) => `${file}\n`)
    .join('');

function summary(files) {
  const sum = (key) => files.reduce((total, file) => total + file[key], 0);
  const skipped = sum('skipped');
  return `${sum('passed')} passed, ${sum('failed')} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`;
}
