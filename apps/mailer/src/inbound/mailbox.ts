import { setTimeout as sleep } from 'node:timers/promises';
import { ImapFlow } from 'imapflow';
import type { Reception } from '#libs/inbound/reception.js';
import { jittered } from '#libs/mail/back-off.js';
import { toldError } from '#libs/observability/told-error.js';

const LARGEST_BYTES = 25 * 1024 * 1024;
const BATCH = 20;
const FIRST_PAUSE_MS = 1_000;
const LONGEST_PAUSE_MS = 5 * 60_000;
/** A server that says nothing of new mail is asked after so long. */
const LOOK_EVERY_MS = 60_000;
const SILENCE_MS = 5 * 60_000;
/** A server that has fallen silent is not waited for longer than this when we stop. */
const GRACE_MS = 10_000;

/** Where a mailbox is and what is done with what has been read. */
export interface MailboxPlace {
  /** `imaps://user:password@host[:port][/folder]` */
  url: string;
  doneFolder: string;
}

/**
 * Empties a mailbox: what is unseen is stored, and only then marked as seen and moved away. A message that is fetched again, because
 * the line broke in between or the server numbered its messages anew (UIDVALIDITY), is known by its fingerprint.
 */
export class Mailbox {
  private readonly stopped = new AbortController();
  private running: Promise<void> = Promise.resolve();
  private client: ImapFlow | null = null;
  /** Cuts the wait short when the server says that something has arrived. */
  private wake: () => void = () => undefined;

  constructor(
    private readonly place: MailboxPlace,
    private readonly reception: Reception,
    private readonly warn: (text: string) => void,
    private readonly lookEveryMs = LOOK_EVERY_MS,
  ) {}

  start(): void {
    this.running = this.loop();
  }

  /** The message in hand is stored first. */
  async stop(): Promise<void> {
    this.stopped.abort();
    this.wake();
    await Promise.race([this.running, sleep(GRACE_MS, undefined, { ref: false })]);
    this.client?.close();
    await this.running;
  }

  /** Connects again for ever, later each time it fails. */
  private async loop(): Promise<void> {
    for (let pause = FIRST_PAUSE_MS; !this.isStopping; pause = Math.min(LONGEST_PAUSE_MS, pause * 2)) {
      try {
        await this.visit(() => (pause = FIRST_PAUSE_MS));
      } catch (error) {
        if (!this.isStopping) this.warn(`the mailbox cannot be read: ${toldError(error)}`);
      }
      this.client?.close();
      this.client = null;
      await this.rest(jittered(pause));
    }
  }

  /** One connection, for as long as it lasts. */
  private async visit(connected: () => void): Promise<void> {
    const { options, folder } = optionsOf(this.place.url);
    const client = new ImapFlow(options);
    this.client = client;
    client.on('error', () => this.wake());
    client.on('close', () => this.wake());
    client.on('exists', () => this.wake());
    await client.connect();
    if (!(await client.list()).some(({ path }) => path === this.place.doneFolder))
      await client.mailboxCreate(this.place.doneFolder);
    await client.mailboxOpen(folder);
    connected();
    while (!this.isStopping && client.usable) {
      const arrived = new Promise<void>((wake) => (this.wake = wake));
      await this.empty(client);
      if (!this.isStopping && client.usable) await Promise.race([arrived, this.rest(this.lookEveryMs)]);
    }
    if (client.usable) await client.logout();
  }

  private async empty(client: ImapFlow): Promise<void> {
    const unseen = (await client.search({ seen: false }, { uid: true })) || [];
    for (const uid of unseen.slice(0, BATCH)) {
      if (this.isStopping) return;
      await this.takeOne(client, String(uid));
    }
    if (unseen.length > BATCH) await this.empty(client);
  }

  private async takeOne(client: ImapFlow, uid: string): Promise<void> {
    const found = await client.fetchOne(uid, { size: true }, { uid: true });
    if (!found) return;
    if ((found.size ?? 0) > LARGEST_BYTES) {
      // Left where it is for a person, and out of the way of the others.
      this.warn(`a message of ${found.size} bytes is too large to be taken and stays in the mailbox`);
      await client.messageFlagsAdd(uid, ['\\Seen', '\\Flagged'], { uid: true });
      return;
    }
    const message = await client.fetchOne(uid, { source: true }, { uid: true });
    if (!message || !message.source) return;
    await this.reception.take(message.source, { from: null, to: [] });
    await client.messageFlagsAdd(uid, ['\\Seen'], { uid: true });
    await client.messageMove(uid, this.place.doneFolder, { uid: true });
  }

  private get isStopping(): boolean {
    return this.stopped.signal.aborted;
  }

  private async rest(ms: number): Promise<void> {
    await sleep(ms, undefined, { signal: this.stopped.signal }).catch(() => undefined);
  }
}

function optionsOf(url: string) {
  const { protocol, hostname, port, username, password, pathname } = new URL(url);
  const secure = protocol === 'imaps:';
  const options = {
    host: hostname.replace(/^\[|\]$/g, ''),
    port: Number(port) || (secure ? 993 : 143),
    secure,
    auth: { user: decodeURIComponent(username), pass: decodeURIComponent(password) },
    logger: false as const,
    socketTimeout: SILENCE_MS,
  };
  return { options, folder: decodeURIComponent(pathname.slice(1)) || 'INBOX' };
}
