import type { NestExpressApplication } from '@nestjs/platform-express';

const HEADERS_MS = 15_000;
const REQUEST_MS = 60_000;
const IDLE_MS = 5_000;
const MOST_HEADERS = 100;

/** How long a client may take to say what it wants: a connection that trickles is closed, so that few cannot hold all. */
export function limitSlowClients(app: NestExpressApplication): void {
  const server = app.getHttpServer();
  server.headersTimeout = HEADERS_MS;
  server.requestTimeout = REQUEST_MS;
  server.keepAliveTimeout = IDLE_MS;
  server.maxHeadersCount = MOST_HEADERS;
}
