import { Module } from '@nestjs/common';
import { DemoClock } from './demo-clock.js';
import { DemoController } from './demo.controller.js';
import { DemoPages } from './demo.pages.js';

/** Only in trial deployments. */
@Module({ controllers: [DemoController, DemoPages], providers: [DemoClock] })
export class DemoModule {}
