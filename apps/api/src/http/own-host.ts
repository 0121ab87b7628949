import { isIP } from 'node:net';
import { HttpException } from '@nestjs/common';
import type { NextFunction, Response } from 'express';
import type { Config } from '#libs/config/config.js';
import type { OurRequest } from '../identity/request.js';

const LOOPBACK = ['localhost', '127.0.0.1', '[::1]'];
/** Asked by programs that watch the processes, each at its own address. */
const WATCHED = ['/livez', '/readyz', '/metrics'];

/** The host of an address without its port, in small letters: `[::1]:4800` → `[::1]`. */
const nameOf = (host: string): string => host.toLowerCase().replace(/:\d*$/, '');
const isNumber = (name: string): boolean => isIP(name.replace(/^\[(.*)\]$/, '$1')) !== 0;

/**
 * Refuses requests that were meant for another host: links and pages of ours are of `PUBLIC_URL` alone, and a name that
 * somebody points at this machine (DNS rebinding) gets nothing. A trial is also reached by the number of its machine.
 */
export function onlyOwnHost({ publicUrl, deployment }: Pick<Config, 'publicUrl' | 'deployment'>) {
  const ours = [...LOOPBACK, new URL(publicUrl).hostname];
  return (request: OurRequest, _: Response, next: NextFunction): void => {
    const name = nameOf(request.headers.host ?? '');
    if (ours.includes(name) || (deployment === 'trial' && isNumber(name)) || WATCHED.includes(request.path))
      return next();
    next(
      new HttpException(
        {
          type: '/problems/misdirected',
          title: 'Not at this address',
          detail: `This service answers at ${new URL(publicUrl).origin}.`,
        },
        421,
      ),
    );
  };
}
