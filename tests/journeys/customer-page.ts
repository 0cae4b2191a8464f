import type { BrowserContext, Locator, Page } from 'playwright-core';

/** The customer's page, driven by the words on its buttons: what a person reads is what a test presses. */
export class CustomerPage {
  constructor(readonly page: Page) {}

  static async open(context: BrowserContext, link: string): Promise<CustomerPage> {
    const page = await context.newPage();
    await page.goto(link);
    return new CustomerPage(page);
  }

  async press(name: string | RegExp): Promise<void> {
    await this.page.getByRole('button', { name, exact: typeof name === 'string' }).click();
  }

  async reads(text: string | RegExp): Promise<void> {
    await this.shows(this.page.getByText(text).filter({ visible: true }).first());
  }

  async heading(name: string | RegExp, withinMs = 30_000): Promise<void> {
    await this.shows(this.page.getByRole('heading', { name }).first(), withinMs);
  }

  /** Waits, and when it was in vain says what there was instead. */
  private async shows(wanted: Locator, withinMs = 30_000): Promise<void> {
    await wanted.waitFor({ timeout: withinMs }).catch(async (error: Error) => {
      throw new Error(`${error.message}\nThe page says: ${await this.page.locator('body').innerText()}`);
    });
  }

  /** From the welcome to the running recording. */
  async startRecording(): Promise<void> {
    await this.press('Start');
    await this.heading('Get ready');
    await this.press('Choose what to share');
    await this.stoppable();
  }

  /** Waits until it records. */
  async stoppable(): Promise<void> {
    await this.shows(this.page.getByRole('button', { name: 'Stop', exact: true }));
  }

  /** Once there is something to stop: the page says so itself while a busy machine has not given anything yet. */
  async stopRecording(): Promise<void> {
    await this.page.getByText('Starting to record…').waitFor({ state: 'detached' });
    await this.press('Stop');
    await this.heading('Watch it, then send it');
  }

  async send(): Promise<void> {
    await this.press(/^Send to /);
    await this.heading(/has received your recording/);
  }

  /** Lets real time pass on the page's own clock, which is what is being recorded. A hidden page has timers only. */
  async record(seconds: number): Promise<void> {
    await this.page.waitForFunction(
      ([from, length]) => performance.now() - from! >= length! * 1000,
      [await this.page.evaluate(() => performance.now()), seconds] as const,
      { polling: 100, timeout: seconds * 1000 + 60_000 },
    );
  }
}
