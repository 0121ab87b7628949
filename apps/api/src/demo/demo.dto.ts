import { ApiProperty } from '@nestjs/swagger';
import { Matches } from 'class-validator';

const DAY_MS = 86_400_000;
const HOUR_MS = 3_600_000;

export class AdvanceDto {
  @ApiProperty({ example: 'P3D', description: 'ISO 8601 duration in days and hours' })
  @Matches(/^P(?=\d|T\d)(\d{1,3}D)?(T\d{1,3}H)?$/, {
    message: 'advance must be a duration in days or hours, such as P3D or PT12H',
  })
  advance: string;
}

/** Milliseconds of an accepted duration. */
export function durationMs(duration: string): number {
  const [, days = '0', , hours = '0'] = /^P(?:(\d+)D)?(T(\d+)H)?$/.exec(duration) ?? [];
  return Number(days) * DAY_MS + Number(hours) * HOUR_MS;
}
