import type { Page, Response, Route } from '@playwright/test';
import { rotatedPhoto } from '../support/photo';
import type { Person } from '../support/person';
import { expect, test } from '../support/story';

const PARTS = '**/v1/uploads/*/bytes?*';
const PART_BYTES = 512 * 1024;
/** Comments of a JPEG, so that a quick picture is as long as that of a good camera: each at most 65,533 bytes. */
const PADDING = 75;

async function largePhoto(page: Page): Promise<Buffer> {
  const photo = await rotatedPhoto(page, 1600, 1200);
  const comment = (filler: number) => {
    const segment = Buffer.alloc(65_535, filler);
    segment.writeUInt16BE(0xfffe, 0);
    segment.writeUInt16BE(65_533, 2);
    return segment;
  };
  const padding = Array.from({ length: PADDING }, (_, index) => comment(1 + (index % 200)));
  return Buffer.concat([photo.subarray(0, 2), ...padding, photo.subarray(2)]);
}

async function chooses(person: Person, buffer: Buffer): Promise<void> {
  const chooser = person.page.waitForEvent('filechooser');
  await person.page.getByText('Choose a photo').click();
  await (await chooser).setFiles({ name: 'IMG_0001.jpg', mimeType: 'image/jpeg', buffer });
}

/** What of a photo arrived at the store, and a cut of the network in the part after `partsUntilCut`. */
class WeakNetwork {
  readonly arrived: { part: number; bytes: number }[] = [];
  announced = 0;
  #begun = 0;

  constructor(
    private readonly page: Page,
    private readonly partsUntilCut: number,
  ) {}

  async start(): Promise<void> {
    await this.page.route(PARTS, async (route) => {
      if (this.#begun++ === this.partsUntilCut) {
        await this.page.context().setOffline(true);
        await route.abort('connectionreset');
      } else await route.fallback();
    });
    this.page.on('response', (response) => this.#note(response));
  }

  #note(response: Response): void {
    const request = response.request();
    const url = new URL(request.url());
    if (request.method() === 'POST' && url.pathname === '/v1/uploads') this.announced++;
    if (request.method() !== 'PUT' || response.status() !== 200) return;
    // The signed length, and no other, is what the server has taken when it says so.
    const bytes = Number(url.searchParams.get('length'));
    this.arrived.push({ part: Number(/\.(\d+)\/bytes$/.exec(url.pathname)?.[1] ?? 0), bytes });
  }

  back(): Promise<void> {
    return this.page.context().setOffline(false);
  }

  /** Every part arrived once, in order: none was sent again for the sake of another. */
  expectsEachOnce(length: number): void {
    const parts = Math.ceil(length / PART_BYTES);
    expect(this.arrived.map(({ part }) => part)).toEqual(Array.from({ length: parts }, (_, index) => index + 1));
    expect(this.arrived.reduce((sum, { bytes }) => sum + bytes, 0)).toBe(length);
  }
}

test('a photo cut off in the middle goes on with the bytes that are missing', async ({ member }) => {
  const ana = await member('Ana');
  const network = new WeakNetwork(ana.page, 6);
  await network.start();
  await ana.opens('/new');
  const photo = await largePhoto(ana.page);
  expect(photo.length).toBeGreaterThan(4 * 1024 * 1024);
  await chooses(ana, photo);
  await ana.page.getByLabel('Caption').fill('Through the tunnel');
  await expect(ana.page.getByText('Waiting for the connection…')).toBeVisible();
  expect(network.arrived.length).toBe(6);
  const bar = ana.page.getByRole('progressbar', { name: 'Upload' });
  const progress = () => bar.evaluate((element: HTMLProgressElement) => element.value);
  const before = await progress();
  expect(before).toBeGreaterThanOrEqual((6 * PART_BYTES) / photo.length);

  await network.back();
  await expect(ana.page.getByText('Your photo has been sent')).toBeVisible();
  network.expectsEachOnce(photo.length);
  await ana.page.getByRole('button', { name: 'Post', exact: true }).click();
  await ana.sees('Through the tunnel');
});

test('the same photo chosen again after a reload goes on where it was', async ({ member }) => {
  const ana = await member('Ana');
  const network = new WeakNetwork(ana.page, 4);
  await network.start();
  await ana.opens('/new');
  const photo = await largePhoto(ana.page);
  await chooses(ana, photo);
  await expect(ana.page.getByText('Waiting for the connection…')).toBeVisible();
  expect(network.arrived.length).toBe(4);

  const nothing = (route: Route) => route.abort('connectionreset');
  await ana.page.route(PARTS, nothing);
  await network.back();
  await ana.page.reload();
  await ana.page.unroute(PARTS, nothing);
  await chooses(ana, photo);
  await expect(ana.page.getByText('Your photo has been sent')).toBeVisible();
  network.expectsEachOnce(photo.length);
  expect(network.announced).toBe(2);
});
