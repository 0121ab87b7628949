import { Client, Connection } from '@temporalio/client';
import { dataConverter } from './data-converter.js';

export interface TemporalPlace {
  temporalAddress: string;
  temporalNamespace: string;
  /** Where the case workers listen; a deployment that shares a namespace names its own. */
  temporalTaskQueue?: string;
  /** As in `PAYLOAD_KEYS`: what Temporal keeps is encrypted with the first. */
  payloadKeys?: string;
}

/** A client that connects at its first call and again by itself, so that the process starts while Temporal is away. */
export function temporalClient({ temporalAddress, temporalNamespace, payloadKeys }: TemporalPlace): Client {
  return new Client({
    connection: Connection.lazy({ address: temporalAddress }),
    namespace: temporalNamespace,
    dataConverter: dataConverter(payloadKeys),
    // Else a workflow that somebody terminated would go on answering where it once stood.
    workflow: { queryRejectCondition: 'NOT_OPEN' },
  });
}
