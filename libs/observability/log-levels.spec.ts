import { nestLevels, temporalLevel } from './log-levels.js';

describe('LOG_LEVEL', () => {
  it.each([
    ['silent', false, 'ERROR'],
    ['fatal', ['fatal'], 'ERROR'],
    ['warn', ['fatal', 'error', 'warn'], 'WARN'],
    ['info', ['fatal', 'error', 'warn', 'log'], 'INFO'],
    ['trace', ['fatal', 'error', 'warn', 'log', 'debug', 'verbose'], 'TRACE'],
  ] as const)('%s writes that and everything graver', (level, nest, temporal) => {
    expect(nestLevels(level)).toEqual(nest);
    expect(temporalLevel(level)).toBe(temporal);
  });
});
