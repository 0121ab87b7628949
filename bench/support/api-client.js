// A plain HTTP client with connections kept open: as little work as possible beside what is measured.
import { Agent, request } from 'node:http';

export class ApiClient {
  #agent = new Agent({ keepAlive: true, maxSockets: 256 });
  #headers = {};
  #keys = 0;

  constructor(url) {
    this.url = url;
  }

  async signIn(mailbox) {
    const body = { email: `${mailbox}@demo.action48.test`, password: 'action48-demo' };
    const { token } = await this.send('POST', '/api/v1/sessions', body);
    this.#headers = { authorization: `Bearer ${token}` };
  }

  /** A step of a case under a key of its own. */
  step(reference, verb, body) {
    const key = `bench-${(this.#keys += 1)}`;
    return this.send('POST', `/api/v1/cases/${reference}/${verb}`, body, { 'idempotency-key': key });
  }

  /** @returns the JSON of the answer @throws when it is not a success */
  send(method, path, body, headers = {}) {
    const text = JSON.stringify(body);
    const options = {
      method,
      agent: this.#agent,
      headers: { 'content-type': 'application/json', ...this.#headers, ...headers },
    };
    return new Promise((done, fail) => {
      const outgoing = request(this.url + path, options, (answer) => {
        const chunks = [];
        answer.on('data', (chunk) => chunks.push(chunk));
        answer.on('error', fail);
        answer.on('end', () => {
          const received = Buffer.concat(chunks).toString();
          if (answer.statusCode < 300) done(JSON.parse(received));
          else fail(new Error(`${method} ${path.split('/').at(-1)}: ${answer.statusCode} ${received.slice(0, 200)}`));
        });
      });
      outgoing.on('error', fail);
      outgoing.end(text);
    });
  }

  close() {
    this.#agent.destroy();
  }
}
