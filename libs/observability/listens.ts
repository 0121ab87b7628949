import { connect } from 'node:net';

/** Whether something takes connections at this address, asked for at most so many milliseconds. */
export const listens = (host: string, port: number, timeout: number): Promise<boolean> =>
  new Promise((done) => {
    const socket = connect({ host, port, timeout });
    const end = (up: boolean) => {
      socket.destroy();
      done(up);
    };
    socket
      .once('connect', () => end(true))
      .once('error', () => end(false))
      .once('timeout', () => end(false));
  });
