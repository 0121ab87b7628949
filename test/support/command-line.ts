import { execFile } from 'node:child_process';
import { TEST_PAYLOAD_KEYS } from './payload-keys.js';

const CLI = 'dist/apps/cli/src/main.js';

export interface Ended {
  code: number;
  out: string;
  err: string;
}

/** The command line as it is delivered, in a process of its own (needs the build, which `npm test` makes first). */
export class CommandLine {
  constructor(private readonly databaseUrl: string) {}

  run(args: readonly string[], environment: Record<string, string> = {}): Promise<Ended> {
    const settings = {
      DATABASE_URL: this.databaseUrl,
      TEMPORAL_ADDRESS: process.env['TEST_TEMPORAL_ADDRESS'] ?? '',
      PAYLOAD_KEYS: TEST_PAYLOAD_KEYS,
      SMTP_URL: 'smtp://127.0.0.1:9', // where nothing listens, whatever else runs on this machine
    };
    const env = { PATH: process.env['PATH'], ...settings, ...environment };
    return new Promise((done) => {
      execFile(process.execPath, [CLI, ...args], { env }, (error, out, err) =>
        done({ code: error ? Number(error.code) : 0, out, err }),
      );
    });
  }

  /** One line of JSON, and nothing beside it. */
  async json(...args: string[]) {
    const { code, out, err } = await this.run([...args, '--json']);
    expect({ args, code, err: code > 1 ? err : '' }).toEqual({ args, code: expect.any(Number), err: '' });
    expect(out.trimEnd().split('\n')).toHaveLength(1);
    return { code, data: JSON.parse(out) };
  }
}
