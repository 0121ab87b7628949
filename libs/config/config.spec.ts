import { randomBytes } from 'node:crypto';
import { TEST_PAYLOAD_KEYS } from '../../test/support/payload-keys.js';
import { ConfigError, loadConfig } from './config.js';

const KEY = randomBytes(32).toString('base64');
const DATABASE_URL = 'postgres://a@b/c';
const load = (env: Record<string, string>) => loadConfig({ DATABASE_URL, PAYLOAD_KEYS: TEST_PAYLOAD_KEYS, ...env });

describe('the settings', () => {
  it.each([
    ['none', {}],
    ['an empty one', { SECRETS_KEY: '' }],
    ['the one of the trial', { SECRETS_KEY: load({}).secretsKey }],
    ['one that is too short', { SECRETS_KEY: randomBytes(16).toString('base64') }],
  ])('want a key of its own in production: %s is refused', (_, env) => {
    expect(() => load({ ...env, DEPLOYMENT: 'production' })).toThrow(ConfigError);
    expect(() => load({ ...env, DEPLOYMENT: 'production' })).toThrow('SECRETS_KEY');
  });

  it('have one for a trial, and take any of 32 bytes', () => {
    expect(Buffer.from(load({}).secretsKey, 'base64')).toHaveLength(32);
    expect(load({ DEPLOYMENT: 'production', SECRETS_KEY: KEY }).secretsKey).toBe(KEY);
  });

  it('let a trial hand out what no scanner has looked through, and not production, which names clamd or has files wait', () => {
    const production = { DEPLOYMENT: 'production', SECRETS_KEY: KEY };
    expect(load({ SCANNER_ADDRESS: 'none' }).scannerAddress).toBe('none');
    const unscanned = () => load({ ...production, SCANNER_ADDRESS: 'none' });
    expect(unscanned).toThrow(ConfigError);
    expect(unscanned).toThrow(/ {2}SCANNER_ADDRESS: .*the address of clamd \(host:port or unix:\/path\)/);
    for (const address of ['', 'clamav:3310', 'unix:/run/clamav/clamd.ctl'])
      expect(load({ ...production, SCANNER_ADDRESS: address }).scannerAddress).toBe(address);
  });

  it('demand a second factor of staff in production, not in a trial, unless they say otherwise', () => {
    const production = { DEPLOYMENT: 'production', SECRETS_KEY: KEY };
    expect(load({}).staffSecondFactor).toBe('optional');
    expect(load(production).staffSecondFactor).toBe('required');
    expect(load({ ...production, STAFF_SECOND_FACTOR: 'optional' }).staffSecondFactor).toBe('optional');
  });
});
