// Ports are fixed and checked before anything starts: a busy one is named with its holder, never silently replaced.
import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { createServer } from 'node:net';
import { liveCommand } from './processes.js';
import { Problem } from './terminal.js';

/** @param {Array<{ variable: string, port: number, purpose: string }>} wanted */
export async function requireFree(wanted) {
  const refused = [];
  for (const { variable, port, purpose } of wanted) {
    const error = await listenError(port);
    if (error === 'EACCES')
      refused.push(`Port ${port} (${purpose}, ${variable}) needs more rights than this user has.`);
    else if (error) refused.push(`Port ${port} (${purpose}, ${variable}) is in use${holder(port)}.`);
  }
  if (!refused.length) return;
  const names = wanted
    .map(({ variable }) => variable)
    .filter((name) => refused.some((line) => line.includes(`${name})`)));
  throw new Problem(
    refused.join('\n'),
    `stop what listens there, or choose other ports, for example ${names.map((name) => `${name}=…`).join(' ')} npm start`,
  );
}

/** Both addresses: a listener on one alone would not refuse us on the other. */
async function listenError(port) {
  return (await tryListen(port, '127.0.0.1')) ?? (await tryListen(port));
}

function tryListen(port, host) {
  return new Promise((done) => {
    const server = createServer();
    server.once('error', ({ code }) => done(code));
    server.listen({ port, host }, () => server.close(() => done(undefined)));
  });
}

/** ` by process 123 (node server.js)`, as far as it can be found out. */
function holder(port) {
  const pid = holderByProc(port) ?? holderByLsof(port);
  if (!pid) return ' (by a process of another user)';
  const command = liveCommand(pid);
  return ` by process ${pid} (${command.length > 80 ? `${command.slice(0, 79)}…` : command})`;
}

function holderByProc(port) {
  try {
    const sockets = new Set(['tcp', 'tcp6'].flatMap((table) => listeningInodes(table, port)));
    return readdirSync('/proc').find((pid) => /^\d+$/.test(pid) && holds(pid, sockets));
  } catch {
    return undefined;
  }
}

/** Lines of /proc/net/tcp: `sl local_address rem_address st … inode`; state 0A is LISTEN. */
function listeningInodes(table, port) {
  const hexPort = `:${port.toString(16).toUpperCase().padStart(4, '0')}`;
  return readFileSync(`/proc/net/${table}`, 'utf8')
    .split('\n')
    .map((line) => line.trim().split(/\s+/))
    .filter(([, local, , state]) => state === '0A' && local.endsWith(hexPort))
    .map((fields) => `socket:[${fields[9]}]`);
}

function holds(pid, sockets) {
  try {
    return readdirSync(`/proc/${pid}/fd`).some((fd) => sockets.has(linkOf(`/proc/${pid}/fd/${fd}`)));
  } catch {
    return false;
  }
}

function linkOf(path) {
  try {
    return readlinkSync(path);
  } catch {
    return '';
  }
}

function holderByLsof(port) {
  try {
    const options = { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] };
    return execFileSync('lsof', ['-nP', '-t', `-iTCP:${port}`, '-sTCP:LISTEN'], options).split('\n')[0] || undefined;
  } catch {
    return undefined;
  }
}
