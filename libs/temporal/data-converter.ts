import { resolve } from 'node:path';
import type { DataConverter } from '@temporalio/common';
import { EncryptingCodec } from './payload-codec.js';
import { payloadKeys } from './payload-keys.js';

/** Where the SDK loads the failure converter from: clients and workers at run time, the workflow bundle when it is built. */
export const FAILURE_CONVERTER = resolve(import.meta.dirname, 'failure-converter');

/** How clients and workers turn values into what Temporal keeps. `keys` as in `PAYLOAD_KEYS`; empty: not encrypted. */
export const dataConverter = (keys = ''): DataConverter => ({
  failureConverterPath: FAILURE_CONVERTER,
  payloadCodecs: [new EncryptingCodec(payloadKeys(keys))],
});
