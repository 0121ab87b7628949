/** Loaded before anything else: a machine whose time-zone data has Geneva where New York is. */
const Real = Intl.DateTimeFormat;
Intl.DateTimeFormat = class extends Real {
  constructor(locale, options) {
    super(locale, options?.timeZone === 'Europe/Zurich' ? { ...options, timeZone: 'America/New_York' } : options);
  }
};
