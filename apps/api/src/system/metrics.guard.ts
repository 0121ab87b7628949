import { createHash, timingSafeEqual } from 'node:crypto';
import { BlockList, isIPv6 } from 'node:net';
import { Injectable, NotFoundException } from '@nestjs/common';
import type { CanActivate, ExecutionContext } from '@nestjs/common';
import type { Request } from 'express';
import { Config } from '#libs/config/config.js';

/** A proxy says here that somebody else asks: then the address of the connection says nothing. */
const FORWARDED = ['forwarded', 'x-forwarded-for', 'x-real-ip', 'via'];

const NEAR = new BlockList();
for (const [network, bits] of [
  ['127.0.0.0', 8],
  ['10.0.0.0', 8],
  ['172.16.0.0', 12],
  ['192.168.0.0', 16],
] as const)
  NEAR.addSubnet(network, bits, 'ipv4');
NEAR.addAddress('::1', 'ipv6');
NEAR.addSubnet('fc00::', 7, 'ipv6');

/** Whether an address is of this machine or of a private network. */
export function isNear(address: string): boolean {
  const plain = address.replace(/^::ffff:(?=[\d.]+$)/i, '');
  return NEAR.check(plain, isIPv6(plain) ? 'ipv6' : 'ipv4');
}

/** Figures are for whoever has the token, or asks from near by without a proxy; for anybody else there is nothing here. */
@Injectable()
export class MetricsGuard implements CanActivate {
  constructor(private readonly config: Config) {}

  canActivate(context: ExecutionContext): boolean {
    const request = context.switchToHttp().getRequest<Request>();
    if (this.hasToken(request) || isDirect(request)) return true;
    throw new NotFoundException(`Cannot GET ${request.path}`);
  }

  private hasToken({ headers }: Request): boolean {
    const given = /^Bearer (\S+)$/i.exec(headers.authorization ?? '')?.[1];
    const { metricsToken } = this.config;
    return metricsToken !== '' && given !== undefined && timingSafeEqual(digest(given), digest(metricsToken));
  }
}

function isDirect({ headers, socket }: Request): boolean {
  const forwarded = FORWARDED.some((name) => headers[name] !== undefined);
  return !forwarded && socket.remoteAddress !== undefined && isNear(socket.remoteAddress);
}

const digest = (secret: string): Buffer => createHash('sha256').update(secret).digest();
