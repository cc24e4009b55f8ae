// Headless Chromium with a page that must not log errors or warnings.
import { chromium } from 'playwright-core';

const OPTIONS = {
  executablePath: '/usr/bin/chromium',
  args: [
    '--headless',
    '--no-sandbox',
    '--disable-gpu',
    '--disable-quic',
    '--no-first-run',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
  ],
};

/**
 * Opens an address, waits until the page has set `window.ready`, and runs `work` with the page. Errors and warnings of the page
 * fail, unless they are expected.
 */
export async function inChromium(address, work, { mayComplain = false } = {}) {
  const browser = await chromium.launch(OPTIONS);
  try {
    const page = await browser.newPage();
    const complaints = [];
    page.on('console', (message) => ['error', 'warning'].includes(message.type()) && complaints.push(message.text()));
    page.on('pageerror', (error) => complaints.push(String(error)));
    await page.goto(address);
    await page
      .waitForFunction(() => window.ready !== undefined, undefined, { timeout: 30_000 })
      .catch((error) => {
        throw new Error(`the page is not ready: ${complaints.join('; ') || error.message}`);
      });
    const result = await work(page);
    if (complaints.length > 0 && !mayComplain) throw new Error(complaints.join('; '));
    return result;
  } finally {
    await browser.close();
  }
}
