export * from './after.js';
export * from './delivery.js';
export * from './intake.js';
export * from './responders.js';
