import type { Payload, SerializationContext } from '@temporalio/common';
import { defaultPayloadConverter } from '@temporalio/common';
import { testKey } from '../../test/support/payload-keys.js';
import { EncryptingCodec, PayloadKeyMissing, PayloadTampered } from './payload-codec.js';
import { payloadKeys } from './payload-keys.js';

const of = (workflowId: string, namespace = 'default'): SerializationContext => ({
  type: 'workflow',
  namespace,
  workflowId,
});
const codec = (...ids: string[]) => new EncryptingCodec(payloadKeys(ids.map(testKey).join(',')));
const plain = (value: unknown): Payload => defaultPayloadConverter.toPayload<unknown>(value);
const value = (payload: Payload | undefined): unknown => defaultPayloadConverter.fromPayload(payload as Payload);

describe('an encrypted payload', () => {
  it('gives back what went in, and shows nothing of it', async () => {
    const [sealed] = await codec('a').encode([plain({ words: 'Kwame Banda' })], of('case/1'));
    expect(Buffer.from(sealed?.data ?? []).toString('latin1')).not.toContain('Banda');
    expect(Buffer.from(sealed?.metadata?.['encryption-key-id'] ?? []).toString()).toBe('a');
    expect(value((await codec('a').decode([sealed as Payload], of('case/1')))[0])).toEqual({ words: 'Kwame Banda' });
  });

  it('is never twice the same', async () => {
    const [one, two] = await codec('a').encode([plain('same'), plain('same')], of('case/1'));
    expect(one?.data).not.toEqual(two?.data);
  });

  it('carries nothing as well as something', async () => {
    const sealed = await codec('a').encode([plain(undefined), plain(null), plain('')], of('case/1'));
    expect((await codec('a').decode(sealed, of('case/1'))).map(value)).toEqual([undefined, null, '']);
  });

  it('is read by an activity of the same workflow', async () => {
    const sealed = await codec('a').encode([plain(1)], of('case/1'));
    const activity = {
      type: 'activity',
      namespace: 'default',
      workflowId: 'case/1',
      activityId: '7',
      isLocal: true,
    } as const;
    expect(value((await codec('a').decode(sealed, activity))[0])).toBe(1);
  });

  it.each([
    ['another workflow', of('case/2')],
    ['another namespace', of('case/1', 'other')],
    ['no workflow at all', undefined],
  ])('does not decrypt for %s', async (_name, context) => {
    const sealed = await codec('a').encode([plain(1)], of('case/1'));
    await expect(codec('a').decode(sealed, context)).rejects.toThrow(PayloadTampered);
  });

  it('does not decrypt under another key id, nor with one bit changed anywhere', async () => {
    const [sealed] = (await codec('a', 'b').encode([plain('text')], of('case/1'))) as [Payload];
    const renamed = { ...sealed, metadata: { ...sealed.metadata, 'encryption-key-id': Buffer.from('b') } };
    await expect(codec('a', 'b').decode([renamed], of('case/1'))).rejects.toThrow(PayloadTampered);
    const length = sealed.data?.length ?? 0;
    for (let index = 0; index < length; index += 1) {
      const data = Uint8Array.from(sealed.data ?? []);
      data[index] = (data[index] ?? 0) ^ 1;
      await expect(codec('a').decode([{ ...sealed, data }], of('case/1'))).rejects.toThrow(PayloadTampered);
    }
    const cut = { ...sealed, data: sealed.data?.subarray(0, 9) ?? null };
    await expect(codec('a').decode([cut], of('case/1'))).rejects.toThrow(PayloadTampered);
  });

  it('that no workflow was named for belongs to none', async () => {
    const sealed = await codec('a').encode([plain('The task could not be read.')]);
    expect(value((await codec('a').decode(sealed))[0])).toBe('The task could not be read.');
    await expect(codec('a').decode(sealed, of('case/1'))).rejects.toThrow(PayloadTampered);
  });

  it('passes from one run of a schedule to the next, and to its definition', async () => {
    const sealed = await codec('a').encode([plain(1)], of('schedule/reconcile-2026-11-28T01:00:00Z'));
    for (const id of ['schedule/reconcile', 'schedule/reconcile-2026-11-28T01:10:00Z'])
      expect(value((await codec('a').decode(sealed, of(id)))[0])).toBe(1);
    await expect(codec('a').decode(sealed, of('schedule/retention'))).rejects.toThrow(PayloadTampered);
  });

  it('names the key that is missing', async () => {
    const sealed = await codec('a').encode([plain(1)], of('case/1'));
    await expect(codec('b').decode(sealed, of('case/1'))).rejects.toThrow(PayloadKeyMissing);
    await expect(codec('b').decode(sealed, of('case/1'))).rejects.toThrow('the key "a"');
    await expect(new EncryptingCodec(null).decode(sealed, of('case/1'))).rejects.toThrow('the key "a"');
  });

  it('is read with any of the keys, and written with the first', async () => {
    const sealed = await codec('a').encode([plain(1)], of('case/1'));
    expect(value((await codec('b', 'a').decode(sealed, of('case/1')))[0])).toBe(1);
    const [later] = await codec('b', 'a').encode([plain(1)], of('case/1'));
    expect(Buffer.from(later?.metadata?.['encryption-key-id'] ?? []).toString()).toBe('b');
  });
});

describe('a payload from before encryption', () => {
  it('is read as it is', async () => {
    expect(value((await codec('a').decode([plain({ caseId: '1' })], of('case/1')))[0])).toEqual({ caseId: '1' });
  });
});

describe('payload keys', () => {
  it.each([
    ['without a key', 'a', 'id:base64'],
    ['of too few bytes', 'a:AAAA', 'id:base64'],
    ['with one id twice', `${testKey('a')},${testKey('a')}`, 'stands twice'],
    ['that are not random', `a:${'A'.repeat(43)}=`, 'not random'],
    ['with one key twice', `${testKey('a')},${testKey('a').replace('a:', 'b:')}`, 'the same as an earlier one'],
  ])('%s are refused, and not shown', (_name, text, reason) => {
    expect(() => payloadKeys(text)).toThrow(reason);
    expect(() => payloadKeys(text)).not.toThrow(/[A-Za-z0-9+/]{43}=/);
  });

  it('may be left out', () => {
    expect(payloadKeys('')).toBeNull();
  });
});
