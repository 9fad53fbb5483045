// A real Kith, started for the journeys: every role in one process, a private database, photos on a disk of its own.
import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { expect } from '@playwright/test';

const BINARY = process.env.KITH_BIN ?? fileURLToPath(new URL('../../target/quick/kith', import.meta.url));
/** A cold start makes a database; on a busy machine that takes a while. */
const START_MS = 90_000;
const STOP_MS = 20_000;

interface InboxItem {
  to: string;
  code: string | null;
}

export class Kith {
  private constructor(
    readonly url: string,
    readonly stop: () => Promise<void>,
  ) {}

  /** Passkeys belong to a name: `hostName` is what the browsers call it, where that matters. */
  static async start(hostName = '127.0.0.1'): Promise<Kith> {
    if (!existsSync(BINARY)) throw new Error(`${BINARY} is not there: build it first, or name it in KITH_BIN`);
    const directory = await mkdtemp(join(tmpdir(), 'kith-e2e-'));
    const port = await freePort();
    const child = spawn(BINARY, ['serve', '--all'], {
      env: {
        ...withoutSettings(process.env),
        KITH_DATA_DIR: directory,
        KITH_HTTP__ADDRESS: `127.0.0.1:${port}`,
        KITH_PUBLIC_URL: `http://${hostName}:${port}`,
        KITH_OPS__ADDRESS: `127.0.0.1:${await freePort()}`,
        KITH_ENVIRONMENT: 'development',
        KITH_LIMITS__PROFILE: 'relaxed',
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const output: string[] = [];
    createInterface({ input: child.stderr! }).on('line', (line) => output.push(line));
    const url = await readyAt(child, output).catch(async (error: unknown) => {
      child.kill('SIGKILL');
      await rm(directory, { recursive: true, force: true });
      throw error;
    });
    return new Kith(url, () => stop(child, directory, output));
  }

  /** How many messages went to a number. */
  async messages(phoneNumber: string): Promise<number> {
    return (await this.inbox(phoneNumber)).length;
  }

  private async inbox(phoneNumber: string): Promise<InboxItem[]> {
    const answer = await fetch(`${this.url}/dev/inbox?phone_number=${encodeURIComponent(phoneNumber)}`);
    return ((await answer.json()) as { items: InboxItem[] }).items;
  }

  /** The newest code that was mailed to an address. */
  async mailedCode(address: string): Promise<string> {
    let newest: string | undefined;
    await expect(async () => {
      const mails = (await (await fetch(`${this.url}/dev/mails`)).json()) as { to: string; code: string }[];
      newest = mails.find((mail) => mail.to === address)?.code;
      expect(newest, `a code for ${address}`).toBeDefined();
    }).toPass({ timeout: 10_000 });
    return newest!;
  }

  /** The newest code sent to a number, other than one already used. */
  async code(phoneNumber: string, used: string | null = null): Promise<string> {
    let newest: string | null = null;
    await expect(async () => {
      const items = await this.inbox(phoneNumber);
      newest = items.find((item) => item.code !== null)?.code ?? null;
      expect(newest, `a code for ${phoneNumber}`).not.toBeNull();
      expect(newest).not.toBe(used);
    }).toPass({ timeout: 10_000 });
    return newest!;
  }
}

/** The settings of whoever runs the journeys are not the instance's, and `KITH_BIN` is none at all. */
function withoutSettings(environment: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(environment).filter(([name]) => !name.startsWith('KITH_')));
}

async function stop(child: ChildProcess, directory: string, output: string[]): Promise<void> {
  const ended = new Promise<number | null>((resolve) => child.once('exit', resolve));
  child.kill('SIGINT');
  const timer = setTimeout(() => child.kill('SIGKILL'), STOP_MS);
  const code = await ended;
  clearTimeout(timer);
  await rm(directory, { recursive: true, force: true });
  if (code !== 0) throw new Error(`kith did not stop cleanly (exit ${code}):\n${output.slice(-20).join('\n')}`);
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() =>
        address && typeof address === 'object' ? resolve(address.port) : reject(new Error('no port')),
      );
    });
  });
}

function readyAt(child: ChildProcess, output: string[]): Promise<string> {
  return new Promise((resolve, reject) => {
    const fail = (why: string) => reject(new Error(`${why}:\n${output.slice(-30).join('\n')}`));
    const timer = setTimeout(() => fail('kith was not ready in time'), START_MS);
    child.once('exit', (code) => fail(`kith ended with ${code}`));
    child.once('error', reject);
    createInterface({ input: child.stdout! }).on('line', (line) => {
      const url = /^kith is ready at (\S+)/.exec(line)?.[1];
      if (!url) return;
      clearTimeout(timer);
      resolve(url.replace(/\/$/, ''));
    });
  });
}
