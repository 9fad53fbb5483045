import { expect, test } from '../support/story';
import { QUARTERS, TRACES } from '../support/photo';

test('Ana posts a photo, Ben sees it arrive and comments, Ana sees that', async ({ member }) => {
  const ana = await member('Ana');
  const ben = await member('Ben');
  await ana.befriends(ben);
  await ana.readsNotices();
  await ben.opensFeed();

  await test.step('a photo held upright goes up, also when the connection drops', async () => {
    await ana.choosesPhoto(3000, 4000);
    await expect(ana.page.getByRole('radio', { name: 'All friends 1' })).toBeChecked();
    await ana.page.getByLabel('Caption').fill('First light');
    await ana.page.getByRole('button', { name: 'Post', exact: true }).click();
    await ana.sees('First light');
    await expect(ana.page.getByText('Making your photo ready')).toBeHidden();
  });

  await test.step('Ben sees it by itself, the right way up and in its colours', async () => {
    await ben.sees('First light');
    const picture = ben.post('First light').locator('img.loaded');
    const corners = await picture.evaluate(async (image: HTMLImageElement) => {
      const canvas = new OffscreenCanvas(100, 100);
      const paint = canvas.getContext('2d')!;
      paint.drawImage(image, 0, 0, 100, 100);
      const at = (x: number, y: number) => [...paint.getImageData(x, y, 1, 1).data.slice(0, 3)];
      const shape = image.naturalHeight > image.naturalWidth ? 'upright' : 'lying';
      return { shape, topLeft: at(20, 20), topRight: at(80, 20), bottomLeft: at(20, 80), bottomRight: at(80, 80) };
    });
    expect(corners.shape).toBe('upright');
    for (const [corner, colour] of Object.entries(QUARTERS)) {
      const seen = corners[corner as keyof typeof QUARTERS];
      colour.forEach((value, channel) =>
        expect(Math.abs(seen[channel]! - value), `${corner} ${seen.join()}`).toBeLessThan(60),
      );
    }
  });

  await test.step('no byte that is served says where or with what it was taken', async () => {
    const sources = await ben
      .post('First light')
      .locator('picture')
      .evaluate((picture) =>
        [...picture.querySelectorAll('source')].flatMap((source) =>
          source.srcset.split(', ').map((part) => part.split(' ')[0]!),
        ),
      );
    expect(sources.length).toBeGreaterThan(4);
    const types = new Set<string>();
    for (const source of sources) {
      const answer = await ben.page.request.get(source);
      expect(answer.status(), source).toBe(200);
      types.add(answer.headers()['content-type'] ?? '');
      const bytes = (await answer.body()).toString('latin1');
      for (const trace of TRACES) expect(bytes.includes(trace), `${trace} in ${source}`).toBe(false);
    }
    expect([...types].sort()).toEqual(['image/avif', 'image/jpeg', 'image/webp']);
  });

  await test.step('Ben comments; Ana sees the count, the notice and the words without doing anything', async () => {
    await ben.opensPost('First light');
    await ben.comments('Where is this?');
    await ana.seesCommentCount('First light', '1 comment');
    await ana.seesUnread(1);
    await ana.opensPost('First light');
    await ana.seesComment('Where is this?');
    await ana.comments('At the old mill');
    await ben.seesComment('At the old mill');
    await expect(ben.page.getByRole('heading', { name: '2 comments' })).toBeVisible();
  });

  await test.step('the notice leads to the comment and is read then', async () => {
    await ana.page.getByRole('link', { name: /^Notifications/ }).click();
    const notice = ana.page.getByRole('main').getByRole('link').filter({ hasText: 'Ben' }).first();
    await expect(notice).toContainText('New');
    await notice.click();
    await ana.seesComment('Where is this?');
    await ana.seesUnread(0);
  });

  await test.step('words change and go on both screens', async () => {
    const row = ben.page.getByRole('listitem').filter({ hasText: 'Where is this?' });
    await row.getByLabel('More about this comment').click();
    await row.getByRole('button', { name: 'Edit' }).click();
    await ben.page.getByLabel('Edit your comment').fill('Where was this?');
    await ben.page.getByRole('button', { name: 'Save' }).click();
    await ana.seesComment('Where was this?');
    const theirs = ana.page.getByRole('listitem').filter({ hasText: 'Where was this?' });
    await theirs.getByLabel('More about this comment').click();
    await theirs.getByRole('button', { name: 'Delete' }).click();
    await expect(ben.page.getByText('Where was this?')).toHaveCount(0);
    await expect(ben.page.getByRole('heading', { name: '1 comment', exact: true })).toBeVisible();
  });

  await test.step('a deleted post leaves at once and comes back by undo', async () => {
    await ben.opensFeed();
    await ana.page.getByLabel('More about this post').click();
    await ana.page.getByRole('button', { name: 'Delete' }).first().click();
    await ben.seesNot('First light');
    await ana.page.getByRole('button', { name: 'Undo' }).click();
    await ben.sees('First light');
    await ana.sees('First light');
  });
});

test('a cut connection loses neither the photo nor the words', async ({ member }) => {
  const ana = await member('Ana');
  let cuts = 2;
  await ana.page.route('**/*', async (route) => {
    if (route.request().method() === 'PUT' && cuts-- > 0) await route.abort('connectionreset');
    else await route.fallback();
  });
  await ana.choosesPhoto(1600, 1200);
  await ana.page.getByLabel('Caption').fill('Against the wind');
  await ana.page.getByRole('link', { name: /^Friends/ }).click();
  await ana.page.getByRole('link', { name: 'Post a photo' }).click();
  await expect(ana.page.getByLabel('Caption')).toHaveValue('Against the wind');
  await ana.page.getByRole('button', { name: 'Post', exact: true }).click();
  await ana.sees('Against the wind');
  expect(cuts).toBeLessThan(0);
});

test('a file that is no photo is refused in words, and nothing typed is lost', async ({ member }) => {
  const ana = await member('Ana');
  await ana.opens('/new');
  await ana.page.getByLabel('Caption').fill('My best one');
  const chooser = ana.page.waitForEvent('filechooser');
  await ana.page.getByText('Choose a photo').click();
  await (
    await chooser
  ).setFiles({ name: 'notes.jpg', mimeType: 'image/jpeg', buffer: Buffer.from('not a photo at all') });
  await expect(ana.page.getByText('not a photo that Kith can read')).toBeVisible();
  await expect(ana.page.getByLabel('Caption')).toHaveValue('My best one');

  await test.step('a photo that is broken inside is refused by the server, and the words are kept', async () => {
    const again = ana.page.waitForEvent('filechooser');
    await ana.page.getByText('Choose another').click();
    const broken = Buffer.concat([Buffer.from([0xff, 0xd8, 0xff, 0xe0]), Buffer.alloc(5_000, 7)]);
    await (await again).setFiles({ name: 'broken.jpg', mimeType: 'image/jpeg', buffer: broken });
    await ana.page.getByRole('button', { name: 'Post', exact: true }).click();
    await expect(
      ana.page.getByText('Your photo was not posted').or(ana.page.getByText(/could not be read/)),
    ).toBeVisible();
    // On the card of the failed post, or still in the form if the server knew before it was posted.
    const card = ana.page.getByText('“My best one”');
    const form = ana.page.getByLabel('Caption');
    await expect(card.or(form)).toBeVisible();
    if (await form.isVisible()) await expect(form).toHaveValue('My best one');
  });
});
