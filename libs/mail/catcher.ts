import { simpleParser } from 'mailparser';
import type { AddressObject } from 'mailparser';
import { SMTPServer } from 'smtp-server';
import { DataSource } from 'typeorm';
import { productNow } from '#libs/case-store/product-time.js';
import { CaughtMail } from '#libs/database/entities/caught-mail.entity.js';
import { databaseOptions } from '#libs/database/options.js';

export interface Catcher {
  url: string;
  close(): Promise<void>;
}

const TRY_LATER = 451;

/** The trial's mail server: keeps every message for the inbox page, sends nothing on. A message is accepted once it is stored. */
export async function startCatcher({ port, databaseUrl }: { port: number; databaseUrl: string }): Promise<Catcher> {
  let connected: Promise<DataSource> | undefined;
  const database = () =>
    (connected ??= connect(databaseUrl).catch((error: unknown) => {
      connected = undefined;
      throw error;
    }));
  const server = new SMTPServer({
    disabledCommands: ['AUTH', 'STARTTLS'],
    logger: false,
    onData(stream, _session, done) {
      simpleParser(stream)
        .then(async (mail) => {
          const { manager } = await database();
          await manager.insert(CaughtMail, {
            messageId: mail.messageId ?? '',
            from: textOf(mail.from),
            to: addressesOf(mail.to),
            subject: mail.subject ?? '',
            text: mail.text ?? '',
            html: typeof mail.html === 'string' ? mail.html : '',
            headers: Object.fromEntries(
              mail.headerLines.map(({ key, line }) => [key, line.slice(line.indexOf(':') + 1).trim()]),
            ),
            // By the clock of the demonstration, so that a mail stands beside the day that it speaks of.
            receivedAt: new Date(await productNow(manager)),
          });
        })
        .then(
          () => done(),
          () =>
            done(Object.assign(new Error('The message could not be stored; try later.'), { responseCode: TRY_LATER })),
        );
    },
  });
  server.on('error', () => undefined);
  await new Promise<void>((ready, fail) => {
    server.server.once('error', fail);
    server.listen(port, '127.0.0.1', () => ready());
  });
  return {
    url: `smtp://127.0.0.1:${(server.server.address() as { port: number }).port}`,
    close: async () => {
      await new Promise<void>((closed) => server.close(() => closed()));
      await (await connected?.catch(() => undefined))?.destroy();
    },
  };
}

const connect = (url: string): Promise<DataSource> => new DataSource(databaseOptions(url, 2)).initialize();
const list = (addresses: AddressObject | AddressObject[] | undefined): AddressObject[] =>
  addresses ? [addresses].flat() : [];
const textOf = (addresses: AddressObject | undefined): string =>
  list(addresses)
    .map(({ text }) => text)
    .join(', ');
const addressesOf = (addresses: AddressObject | AddressObject[] | undefined): string[] =>
  list(addresses).flatMap(({ value }) => value.flatMap(({ address }) => (address ? [address.toLowerCase()] : [])));
