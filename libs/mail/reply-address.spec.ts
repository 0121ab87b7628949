import { randomBytes, randomUUID } from 'node:crypto';
import { isOurs, readAddress, signedAddress } from './reply-address.js';
import type { AddressClaim } from './reply-address.js';

const KEY = randomBytes(32).toString('base64');
const PLACE = { domain: 'in.example.test', secretsKey: KEY };
const row = () => ({ id: randomUUID(), recipient: 'legal@example.test', caseId: randomUUID() });

describe('an address that replies go to', () => {
  it('names the row of the ledger, in any case of its letters, and fits before the @', () => {
    for (let n = 0; n < 200; n += 1) {
      const mail = row();
      const address = signedAddress('reply', mail, PLACE);
      expect(address).toMatch(/^reply\+[0-9a-v]{42}@in\.example\.test$/);
      for (const written of [address, address.toUpperCase()])
        expect(isOurs(readAddress(written) as AddressClaim, mail, KEY)).toBe(true);
    }
    expect(signedAddress('bounces', row(), PLACE).split('@')[0]?.length).toBeLessThanOrEqual(64);
  });

  it('is not taken for another mail, recipient, case or use, nor under another key', () => {
    const mail = row();
    const claim = readAddress(signedAddress('reply', mail, PLACE)) as AddressClaim;
    const others: [AddressClaim, typeof mail, string][] = [
      [claim, { ...mail, id: randomUUID() }, KEY],
      [claim, { ...mail, recipient: 'other@example.test' }, KEY],
      [claim, { ...mail, caseId: randomUUID() }, KEY],
      [{ ...claim, use: 'bounces' }, mail, KEY],
      [claim, mail, randomBytes(32).toString('base64')],
    ];
    expect(others.map((one) => isOurs(...one))).toEqual(others.map(() => false));
  });

  it('is worth nothing when a single sign of it is changed', () => {
    const mail = row();
    const address = signedAddress('reply', mail, PLACE);
    for (let at = 'reply+'.length; at < address.indexOf('@'); at += 1) {
      const changed = address.slice(0, at) + (address[at] === '7' ? '8' : '7') + address.slice(at + 1);
      const claim = readAddress(changed);
      expect(claim !== null && isOurs(claim, mail, KEY)).toBe(false);
    }
  });

  it.each(['', 'reply@x.test', 'reply+@x.test', `reply+${'w'.repeat(42)}@x.test`, `reply+${'v'.repeat(42)}@x.test`])(
    'is not read out of anything else: %s',
    (address) => expect(readAddress(address)).toBeNull(),
  );
});
