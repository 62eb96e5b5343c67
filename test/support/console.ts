// The agent console in a real browser, driven as a person would: by labels, roles and the few test ids it carries.
import type { Browser, BrowserContext, BrowserContextOptions, Page } from 'playwright-core';

/** A console somebody sits at, in a browser profile of its own. */
export interface Seat {
  page: Page;
  context: BrowserContext;
  /** Everything that went wrong in the page: exceptions and console errors. */
  faults: string[];
}

/** Opens the console and logs in through its form. */
export async function sitDown(browser: Browser, baseUrl: string, login: { email: string; password: string; look?: BrowserContextOptions }): Promise<Seat> {
  const seat = await openSeat(browser, baseUrl, login.look);
  await fillLogIn(seat.page, login);
  await seat.page.locator('nav').first().waitFor();
  return seat;
}

/** A fresh profile with the console's first page. */
export async function openSeat(browser: Browser, baseUrl: string, look: BrowserContextOptions = {}): Promise<Seat> {
  const context = await browser.newContext({ viewport: { width: 1366, height: 768 }, locale: 'en', ...look });
  context.setDefaultTimeout(20_000);
  const page = await context.newPage();
  const faults: string[] = [];
  page.on('pageerror', (error) => void faults.push(error.message));
  // Asking who one is before logging in is answered with 401, and the browser says so.
  page.on('console', (line) => { if (line.type() === 'error' && !/\b401\b/.test(line.text())) faults.push(line.text()); });
  await page.goto(baseUrl);
  return { page, context, faults };
}

/** Types into the log-in form and sends it. */
export async function fillLogIn(page: Page, { email, password }: { email: string; password: string }): Promise<void> {
  const form = page.getByTestId('login-form');
  await form.locator('[name=email]').fill(email);
  await form.locator('[name=password]').fill(password);
  await form.getByRole('button').click();
}

/** Chooses "available", the first entry of the agent's own switch, and waits until the desk shows it. */
export async function becomeAvailable(page: Page): Promise<void> {
  await page.locator('[data-testid=state-switch]:visible').first().click();
  await page.getByRole('menu').locator('[role^=menuitem]').first().click();
  await page.locator('[data-testid=state-switch][data-state-name=available]:visible').first().waitFor();
}

/** Takes the first offer on the screen and answers the ticket it opened. */
export async function acceptOffer(page: Page): Promise<string> {
  await page.getByTestId('offer-accept').first().click();
  await page.waitForURL(/\/inbox\/mine\/[0-9a-f]{24}/);
  await page.getByTestId('timeline').waitFor();
  return /[0-9a-f]{24}/.exec(page.url())?.[0] ?? '';
}

/** Writes a reply on the open ticket and sends it. */
export async function reply(page: Page, text: string): Promise<void> {
  const composer = page.getByTestId('composer');
  await composer.click();
  await composer.fill(text);
  await page.getByTestId('composer-send').click();
}

/** Waits until the open ticket shows a message with this text. */
export async function seesMessage(page: Page, text: string): Promise<void> {
  await page.getByTestId('timeline').getByTestId('message').filter({ hasText: text }).first().waitFor();
}
