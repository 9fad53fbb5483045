// One person in one browser. Verbs do what a person does, through the page only; what they see is asserted by waiting for it.
import { type Browser, type BrowserContext, expect, type Locator, type Page } from '@playwright/test';
import type { Kith } from './kith';
import { rotatedPhoto } from './photo';
import { addressBook } from './vcard';

export interface PhoneNumber {
  national: string;
  international: string;
}

/**
 * Refused and cut-off requests are part of the stories. The last is the tracer of these tests, which fetches anew what it could not record; the
 * client itself fetches no such address.
 */
const EXPECTED = /Failed to load resource|WebSocket connection to|Connecting to 'blob:/;

export class Person {
  readonly username: string;
  userId = '';
  #lastCode: string | null = null;
  /** What the pages complained about; anything but what is expected is a defect. */
  readonly complaints: string[] = [];

  constructor(
    readonly name: string,
    public number: PhoneNumber,
    readonly kith: Kith,
    readonly browser: Browser,
    public context: BrowserContext,
    public page: Page,
  ) {
    this.username = `${name.toLowerCase().replace(/[^a-z]/g, '')}${number.international.slice(-7)}`;
    this.watch(page);
  }

  watch(page: Page): void {
    page.on('pageerror', (error) => this.complaints.push(`${this.name}: ${error.stack ?? error.message}`));
    page.on('console', (message) => {
      if (message.type() === 'error' && !EXPECTED.test(message.text())) {
        this.complaints.push(`${this.name}: ${message.text()}`);
      }
    });
  }

  wasFine(): void {
    expect(this.complaints).toEqual([]);
  }

  async leaves(): Promise<void> {
    await this.context.close();
  }

  // Signing in

  async asksForCode(page: Page = this.page): Promise<void> {
    await page.goto(this.kith.url);
    await page.getByLabel('Country or region').selectOption('US');
    await page.getByLabel('Your mobile number').fill(this.number.national);
    await page.getByRole('button', { name: 'Continue', exact: true }).click();
    await expect(page.getByLabel(/The code we sent/)).toBeVisible();
  }

  async newestCode(number: PhoneNumber = this.number): Promise<string> {
    this.#lastCode = await this.kith.code(number.international, this.#lastCode);
    return this.#lastCode;
  }

  async typesCode(code: string, page: Page = this.page): Promise<void> {
    await page.getByLabel(/The code we sent/).fill(code);
  }

  async signsIn(page: Page = this.page): Promise<void> {
    await this.asksForCode(page);
    await this.typesCode(await this.newestCode(), page);
  }

  async signsOut(): Promise<void> {
    await this.opens('/sessions');
    await this.page.getByRole('button', { name: 'Sign out here' }).click();
    await expect(this.page.getByLabel('Your mobile number')).toBeVisible();
  }

  /** The question whether it is still the same person. */
  question(page: Page = this.page): Locator {
    return page.getByRole('dialog', { name: 'Show that it is you' });
  }

  /** Answers that question with a code; what was begun goes on by itself. */
  async showsByCode(): Promise<void> {
    const question = this.question();
    await question.getByRole('button', { name: /^Send a code to/ }).click();
    await question.getByLabel(/The code we sent/).fill(await this.newestCode());
    await expect(question).toBeHidden();
  }

  async isSignedIn(page: Page = this.page): Promise<void> {
    await expect(page.getByRole('heading', { name: 'Photos' })).toBeAttached();
  }

  async choosesName(): Promise<void> {
    await this.page.getByLabel('Your name').fill(this.name);
    await this.page.getByLabel('Username').fill(this.username);
    await this.page.getByRole('button', { name: 'Continue' }).click();
    await expect(this.page.getByRole('heading', { name: 'Friends', exact: true })).toBeVisible();
    const me = (await (await this.page.request.get('/v1/me')).json()) as { user_id: string };
    this.userId = me.user_id;
  }

  async signsUp(): Promise<void> {
    await this.signsIn();
    await this.choosesName();
  }

  // Moving about

  private nav(label: string | RegExp): Locator {
    return this.page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: label });
  }

  async opensFeed(): Promise<void> {
    await this.nav('Photos').click();
    await expect(this.page.getByRole('heading', { name: 'Photos' })).toBeAttached();
  }

  async opens(path: string): Promise<void> {
    await this.page.goto(path);
  }

  async opensPost(caption: string): Promise<void> {
    await this.post(caption)
      .getByRole('link', { name: /comment/i })
      .click();
    await expect(this.page.getByRole('heading', { name: /comments?$/ })).toBeVisible();
  }

  // Friends

  async asks(other: Person): Promise<void> {
    await this.nav(/^Friends/).click();
    await this.page.getByLabel('Add by username').fill(other.username);
    await this.page.getByRole('button', { name: 'Add', exact: true }).click();
    await expect(
      this.page.getByText(new RegExp(`You asked ${other.name}|You and ${other.name} are friends`)),
    ).toBeVisible();
  }

  async accepts(other: Person): Promise<void> {
    await this.nav(/^Friends/).click();
    const request = this.page.getByRole('listitem').filter({ hasText: other.name });
    await request.getByRole('button', { name: 'Accept' }).click();
    await expect(request.getByRole('button', { name: 'Accept' })).toBeHidden();
    await expect(this.page.getByRole('heading', { name: /^\d+ friends?$/ })).toBeVisible();
  }

  async befriends(other: Person): Promise<void> {
    await this.asks(other);
    await other.accepts(this);
  }

  async unfriends(other: Person): Promise<void> {
    await this.nav(/^Friends/).click();
    const friend = this.page.getByRole('listitem').filter({ hasText: other.name });
    await friend.getByLabel(`More about ${other.name}`).click();
    await friend.getByRole('button', { name: 'Unfriend' }).click();
    await friend.getByRole('group').getByRole('button', { name: 'Unfriend' }).click();
    await expect(friend).toBeHidden();
  }

  async importsAddressBook(entries: { name: string; number: string }[]): Promise<void> {
    await this.opens('/contacts');
    await this.page.getByLabel('Numbers without a country code are from').selectOption('US');
    const chooser = this.page.waitForEvent('filechooser');
    await this.page.getByText('Choose an address book').click();
    await (await chooser).setFiles({ name: 'contacts.vcf', mimeType: 'text/vcard', buffer: addressBook(entries) });
    await expect(this.page.getByText(/contacts? (was|were)/)).toBeVisible();
  }

  // Photos

  async choosesPhoto(width = 1200, height = 1600): Promise<void> {
    await this.nav('Post a photo').click();
    const buffer = await rotatedPhoto(this.page, width, height);
    const chooser = this.page.waitForEvent('filechooser');
    await this.page.getByText('Choose a photo').click();
    await (await chooser).setFiles({ name: 'IMG_0001.jpg', mimeType: 'image/jpeg', buffer });
    await expect(this.page.getByRole('img', { name: 'The chosen one' })).toBeVisible();
    await expect(this.page.getByRole('progressbar', { name: 'Upload' })).toBeVisible();
  }

  /** The box that puts a friend on the list of those who see a post. */
  audienceBox(friend: Person): Locator {
    const list = this.page.getByRole('group', { name: 'Who sees it' });
    return list.getByRole('checkbox', { name: friend.username });
  }

  async choosesAudience(people: Person[]): Promise<void> {
    await this.page.getByRole('radio', { name: /^Chosen friends/ }).check();
    for (const person of people) await this.audienceBox(person).check();
  }

  /** Posts what was chosen; ends on the feed with the photo there. */
  async posts(caption: string, audience: Person[] | 'all friends' = 'all friends'): Promise<void> {
    await this.choosesPhoto();
    await this.page.getByLabel('Caption').fill(caption);
    if (audience !== 'all friends') await this.choosesAudience(audience);
    await this.page.getByRole('button', { name: 'Post', exact: true }).click();
    await this.sees(caption);
  }

  /** A post on the screen, by its caption. */
  post(caption: string): Locator {
    return this.page.getByRole('article').filter({ hasText: caption });
  }

  /** The post and its picture, not only the placeholder. */
  async sees(caption: string): Promise<void> {
    const picture = this.post(caption).locator('img.loaded');
    await expect(picture).toBeVisible();
    await expect.poll(() => picture.evaluate((image: HTMLImageElement) => image.naturalWidth)).toBeGreaterThan(0);
  }

  async seesNot(caption: string): Promise<void> {
    await expect(this.post(caption)).toHaveCount(0);
  }

  /** Where a post on the feed lives: its id and the address of a picture. */
  async traceOf(caption: string): Promise<{ path: string; image: string }> {
    const post = this.post(caption);
    const path = await post.getByRole('link', { name: /comment/i }).getAttribute('href');
    const image = await post.locator('img.loaded').evaluate((element: HTMLImageElement) => element.currentSrc);
    return { path: path!, image };
  }

  /** What the server answers this person's browser for an address. */
  async statusOf(address: string): Promise<number> {
    return (await this.page.request.get(address)).status();
  }

  // Comments

  async comments(words: string): Promise<void> {
    await this.page.getByLabel('Write a comment').fill(words);
    await this.page.getByRole('button', { name: 'Send' }).click();
    await expect(this.page.getByRole('listitem').filter({ hasText: words })).toBeVisible();
    await expect(this.page.getByLabel('Write a comment')).toHaveValue('');
  }

  async seesComment(words: string): Promise<void> {
    await expect(this.page.getByRole('listitem').filter({ hasText: words })).toBeVisible();
  }

  async seesCommentCount(caption: string, words: string): Promise<void> {
    await expect(this.post(caption).getByRole('link', { name: words, exact: true })).toBeVisible();
  }

  async readsNotices(): Promise<void> {
    await this.nav(/^Notifications/).click();
    await expect(this.page.getByRole('heading', { name: 'Notifications' })).toBeVisible();
    await this.seesUnread(0);
  }

  async seesUnread(count: number): Promise<void> {
    const bell = this.nav(/^Notifications/);
    if (count === 0) await expect(bell).toHaveAccessibleName('Notifications');
    else await expect(bell).toHaveAccessibleName(`Notifications ${count} new`);
  }
}
