/**
 * A named place at which a test may kill this process, as a power cut would (`CRASH_AT=name`). Never in production.
 */
export function crashPoint(name: string): void {
  if (process.env['CRASH_AT'] === name && process.env['DEPLOYMENT'] !== 'production')
    process.kill(process.pid, 'SIGKILL');
}
