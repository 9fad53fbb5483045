// A device that keeps passkeys, in software: Chromium's virtual authenticator, asked over its debugging protocol.
import type { CDPSession, Page } from '@playwright/test';

export class Authenticator {
  private constructor(
    private readonly session: CDPSession,
    private readonly id: string,
  ) {}

  /** Puts a device with a fingerprint reader into the hands of whoever looks at a page. Its owner holds still until asked. */
  static async of(page: Page): Promise<Authenticator> {
    const session = await page.context().newCDPSession(page);
    await session.send('WebAuthn.enable', { enableUI: false });
    const { authenticatorId } = await session.send('WebAuthn.addVirtualAuthenticator', {
      options: {
        protocol: 'ctap2',
        transport: 'internal',
        hasResidentKey: true,
        hasUserVerification: true,
        isUserVerified: true,
        automaticPresenceSimulation: false,
      },
    });
    return new Authenticator(session, authenticatorId);
  }

  /** The finger is on the reader while this runs. */
  async touchedWhile(job: () => Promise<void>): Promise<void> {
    const touch = (enabled: boolean) =>
      this.session.send('WebAuthn.setAutomaticPresenceSimulation', { authenticatorId: this.id, enabled });
    await touch(true);
    try {
      await job();
    } finally {
      await touch(false);
    }
  }

  /** How many passkeys it keeps. */
  async count(): Promise<number> {
    const { credentials } = await this.session.send('WebAuthn.getCredentials', { authenticatorId: this.id });
    return credentials.length;
  }
}
