import { Module } from '@nestjs/common';
import { ForecastController } from './forecast.controller.js';
import { ForecastPages } from './forecast.pages.js';

/** What will be late if nobody acts. */
@Module({ controllers: [ForecastController, ForecastPages] })
export class ForecastModule {}
