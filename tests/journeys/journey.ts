import { openBrowser, openClock, type Browser } from '../support/browser.js';
import { WholeApp, type TestWorkspace } from '../support/whole-app.js';
import { CustomerPage } from './customer-page.js';
import { Workplace } from './workplace.js';

/** A running product, a workspace in it, and one person's browser with something to show. */
export class Journey extends Workplace {
  private constructor(
    app: WholeApp,
    workspace: TestWorkspace,
    public browser: Browser,
  ) {
    super(app, workspace);
  }

  static async begin(
    browserArgs: readonly string[],
    settings: Readonly<Record<string, string>> = {},
    { open = openBrowser, show = openClock } = {},
  ): Promise<Journey> {
    const { app, workspace } = await Workplace.open(settings);
    try {
      const browser = await open(browserArgs);
      await show(browser.context);
      return new Journey(app, workspace, browser);
    } catch (error) {
      await app.stop(); // a server left behind would speak on into the tests that follow
      throw error;
    }
  }

  override async end(): Promise<void> {
    await this.browser.close();
    await super.end();
  }

  async customer(request: object = {}): Promise<CustomerPage> {
    return CustomerPage.open(this.browser.context, await this.askForRecording(request));
  }
}
