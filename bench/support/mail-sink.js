// A mail server of its own, in a process of its own, that takes everything at once and remembers who sent what. The usual
// test server waits 100 ms at every connection, which would be measured instead.
import { createServer } from 'node:net';

/** By ledger key: when each copy was taken (epoch ms). */
const taken = new Map();

const answer = (line) => {
  if (/^DATA/i.test(line)) return '354 go on';
  return /^QUIT/i.test(line) ? '221 bye' : '250 ok';
};

function note(message) {
  const key = /^X-Action48-Ledger: (\S+)/im.exec(message)?.[1] ?? '';
  taken.set(key, [...(taken.get(key) ?? []), Date.now()]);
}

const server = createServer((socket) => {
  let [rest, body] = ['', null];
  socket.on('error', () => undefined);
  socket.write('220 sink\r\n');
  socket.on('data', (chunk) => {
    rest += chunk.toString('latin1');
    for (;;) {
      const end = body === null ? rest.indexOf('\r\n') : rest.indexOf('\r\n.\r\n');
      if (end < 0) return;
      const text = rest.slice(0, end);
      rest = rest.slice(end + (body === null ? 2 : 5));
      if (body !== null) note(text);
      body = body === null && /^DATA/i.test(text) ? '' : null;
      socket.write(`${body === null && text.includes('\r\n') ? '250 taken' : answer(text)}\r\n`);
    }
  });
});

process.on('message', ({ ask, key }) => {
  const copies = [...taken.values()];
  if (ask === 'counts') process.send({ keys: taken.size, twice: copies.filter(({ length }) => length > 1).length });
  else if (ask === 'times') process.send({ of: taken.get(key) ?? [], last: Math.max(0, ...copies.flat()) });
  if (ask === 'counts') taken.clear();
});
process.on('disconnect', () => process.exit(0));
server.listen(0, '127.0.0.1', () => process.send({ port: server.address().port }));
