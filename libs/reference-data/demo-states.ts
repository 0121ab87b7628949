import type { Weekday } from '#libs/domain/calendar/calendar.js';

/** Invented States with ISO user-assigned codes: a demonstration never names a real one. */
export interface DemoState {
  code: string;
  name: string;
  language: string;
  timezone: string;
  region: string;
  weekend: Weekday[] | null;
}

const state = (
  code: string,
  name: string,
  language: string,
  timezone: string,
  region: string,
  weekend: Weekday[] | null = null,
): DemoState => ({
  code,
  name,
  language,
  timezone,
  region,
  weekend,
});

export const DEMO_STATES: DemoState[] = [
  state('QMA', 'Aurelia', 'fr', 'Africa/Lome', 'African Group'),
  state('QMB', 'Bravia', 'en', 'Africa/Lusaka', 'African Group'),
  state('QMD', 'Dunya', 'ar', 'Asia/Baghdad', 'Asia-Pacific Group', ['fri', 'sat']),
  state('QME', 'Esmeria', 'es', 'America/Bogota', 'GRULAC'),
  state('QMF', 'Fenmark', 'en', 'Europe/Riga', 'Eastern European Group'),
  state('QMG', 'Gorland', 'ru', 'Asia/Bishkek', 'Asia-Pacific Group'),
  state('QMH', 'Hanshui', 'zh', 'Asia/Shanghai', 'Asia-Pacific Group'),
  state('QMI', 'Ilha Clara', 'pt', 'Africa/Maputo', 'African Group'),
  state('QMJ', 'Jadira', 'ar', 'Africa/Tunis', 'African Group'),
  state('QMK', 'Kaimoana', 'en', 'Pacific/Tongatapu', 'Asia-Pacific Group'),
  state('QML', 'Lavinia', 'es', 'America/La_Paz', 'GRULAC'),
  state('QMX', 'Helvia', 'fr', 'Europe/Zurich', 'WEOG'),
  state('QMY', 'Zelandia', 'en', 'Pacific/Auckland', 'WEOG'),
];
