// What the journeys are told with: a running Kith and people who do things in browsers of their own.
import { test as base } from '@playwright/test';
import { Kith } from './kith';
import { Person, type PhoneNumber } from './person';

interface Story {
  /** A new person with a number of their own, not signed in yet. */
  newcomer: (name: string) => Promise<Person>;
  /** A person who has signed up already. */
  member: (name: string) => Promise<Person>;
}

interface Server {
  /** What the browsers call the server. */
  hostName: string;
  kith: Kith;
}

/** Numbers set aside for fiction (555-0100 to 555-0199 of each area), each used once. */
const AREAS = ['212', '213', '312', '404', '415', '503', '512', '617'];
let used = 0;
export function nextNumber(): PhoneNumber {
  const area = AREAS[Math.floor(used / 100) % AREAS.length]!;
  const line = String(100 + (used % 100)).padStart(4, '0');
  used += 1;
  return { national: `(${area}) 555-${line}`, international: `+1${area}555${line}` };
}

export const test = base.extend<Story, Server>({
  hostName: ['127.0.0.1', { option: true, scope: 'worker' }],
  kith: [
    async ({ hostName }, use) => {
      const kith = await Kith.start(hostName);
      await use(kith);
      await kith.stop();
    },
    { scope: 'worker', timeout: 120_000 },
  ],
  newcomer: async ({ kith, browser, contextOptions }, use) => {
    const people: Person[] = [];
    await use(async (name) => {
      const context = await browser.newContext({ ...contextOptions, baseURL: kith.url });
      const person = new Person(name, nextNumber(), kith, browser, context, await context.newPage());
      people.push(person);
      return person;
    });
    for (const person of people) person.wasFine();
    for (const person of people) await person.leaves();
  },
  member: async ({ newcomer }, use) => {
    await use(async (name) => {
      const person = await newcomer(name);
      await person.signsUp();
      return person;
    });
  },
});

export { expect } from '@playwright/test';
