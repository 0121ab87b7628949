import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import type { Payload, PayloadCodec, SerializationContext } from '@temporalio/common';
import protobuf from 'protobufjs';
import type { PayloadKeys } from './payload-keys.js';

const CIPHER = 'aes-256-gcm';
const NONCE_BYTES = 12;
const TAG_BYTES = 16;
const ENCRYPTED = 'binary/encrypted';

/** `temporal.api.common.v1.Payload`, as far as a payload of ours goes. */
const PlainPayload = new protobuf.Type('Payload')
  .add(new protobuf.MapField('metadata', 1, 'string', 'bytes'))
  .add(new protobuf.Field('data', 2, 'bytes'));

/** Something was encrypted with a key that this process has not been given. Nothing is lost: the key brings it back. */
export class PayloadKeyMissing extends Error {
  override name = 'PayloadKeyMissing';

  constructor(readonly keyId: string) {
    super(
      `Encrypted with the key "${keyId}", which PAYLOAD_KEYS does not hold. Add it after the first key, and start again.`,
    );
  }
}

/** The ciphertext, its key id or the workflow it belongs to is not what it was. */
export class PayloadTampered extends Error {
  override name = 'PayloadTampered';
}

/**
 * Encrypts what Temporal keeps, bound to namespace, workflow and key id: a payload that somebody moves to another
 * workflow does not decrypt there (docs/adr/0008). Payloads from before encryption are read as they are.
 */
export class EncryptingCodec implements PayloadCodec {
  constructor(private readonly keys: PayloadKeys | null) {}

  encode(payloads: Payload[], context?: SerializationContext): Promise<Payload[]> {
    const { keys } = this;
    return settled(() => (keys ? payloads.map((payload) => seal(payload, keys, context)) : payloads));
  }

  /** @throws PayloadKeyMissing · PayloadTampered */
  decode(payloads: Payload[], context?: SerializationContext): Promise<Payload[]> {
    const isEncrypted = ({ metadata }: Payload) => textOf(metadata?.['encoding']) === ENCRYPTED;
    return settled(() => payloads.map((one) => (isEncrypted(one) ? open(one, this.keys, context) : one)));
  }
}

/** What fails, fails as a promise does. */
const settled = <T>(work: () => T): Promise<T> => new Promise((done) => done(work()));

function seal(payload: Payload, { first, byId }: PayloadKeys, context: SerializationContext | undefined): Payload {
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv(CIPHER, byId.get(first)!, nonce, { authTagLength: TAG_BYTES });
  cipher.setAAD(boundTo(first, context));
  const plain = PlainPayload.encode({
    metadata: payload.metadata ?? {},
    data: payload.data ?? new Uint8Array(),
  }).finish();
  const data = Buffer.concat([nonce, cipher.update(plain), cipher.final(), cipher.getAuthTag()]);
  return { metadata: { encoding: Buffer.from(ENCRYPTED), 'encryption-key-id': Buffer.from(first) }, data };
}

function open(payload: Payload, keys: PayloadKeys | null, context: SerializationContext | undefined): Payload {
  const keyId = textOf(payload.metadata?.['encryption-key-id']);
  const key = keys?.byId.get(keyId);
  if (!key) throw new PayloadKeyMissing(keyId);
  const data = Buffer.from(payload.data ?? []);
  try {
    const decipher = createDecipheriv(CIPHER, key, data.subarray(0, NONCE_BYTES), { authTagLength: TAG_BYTES });
    decipher.setAAD(boundTo(keyId, context));
    decipher.setAuthTag(data.subarray(-TAG_BYTES));
    const plain = Buffer.concat([decipher.update(data.subarray(NONCE_BYTES, -TAG_BYTES)), decipher.final()]);
    const { metadata, data: content } = PlainPayload.decode(plain) as unknown as Payload;
    return { metadata: { ...metadata }, data: content };
  } catch {
    throw new PayloadTampered(`A payload does not belong to ${workflowOf(context)}, or was changed.`);
  }
}

/** What a payload is bound to: any difference, and it does not decrypt. */
const boundTo = (keyId: string, context: SerializationContext | undefined): Buffer =>
  Buffer.from(JSON.stringify(['action48/payload/1', context?.namespace ?? null, workflowOf(context), keyId]));

/** The server names each run of a schedule after the schedule and the instant; what it hands on is bound to the former. */
const SCHEDULED_AT = /-\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/;

/**
 * Null where the SDK does not say: in the failure that a worker reports of a task which it could not even read. Nothing that
 * belongs to a workflow decrypts there, and the other way round.
 */
const workflowOf = (context: SerializationContext | undefined): string | null =>
  context?.workflowId?.replace(SCHEDULED_AT, '') ?? null;

const textOf = (bytes: Uint8Array | null | undefined): string => Buffer.from(bytes ?? []).toString();
