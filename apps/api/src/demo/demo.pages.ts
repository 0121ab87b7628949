import { Body, Controller, Post, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { Response } from 'express';
import { answering } from '../cases/case-problems.js';
import { ownPath } from '../identity/own-path.js';
import { DemoClock } from './demo-clock.js';

const DAY_MS = 86_400_000;
const STEPS = ['1', '3', '10'];

/** The buttons of the demonstration's bar. */
@ApiExcludeController()
@Controller('demo/clock')
export class DemoPages {
  constructor(private readonly clock: DemoClock) {}

  @Post()
  async advance(@Body() { days, next }: Record<'days' | 'next', unknown>, @Res() response: Response) {
    if (STEPS.some((step) => step === days)) await answering(() => this.clock.advance(Number(days) * DAY_MS));
    response.redirect(303, ownPath(next));
  }
}
