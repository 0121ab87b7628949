import { createHash } from 'node:crypto';

/** A key for tests, as `PAYLOAD_KEYS` names it; the same id always means the same key. */
export const testKey = (id: string): string => `${id}:${createHash('sha256').update(id).digest('base64')}`;

/** What the systems of tests encrypt with. */
export const TEST_PAYLOAD_KEYS = testKey('test');
