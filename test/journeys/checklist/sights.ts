// How the items of the checklist look at pages: sizes, direction, and when a page stands still.
import type { Page } from 'playwright-core';

export const sizes = { '1366': { width: 1366, height: 768 }, '1920': { width: 1920, height: 1080 }, '320': { width: 320, height: 640 } };

/** The console from right to left, after the next load. */
export const rtl = (page: Page): Promise<void> => page.evaluate(() => {
  const kept = JSON.parse(localStorage.getItem('trunkline.preferences') ?? '{"state":{},"version":0}') as { state: object };
  localStorage.setItem('trunkline.preferences', JSON.stringify({ ...kept, state: { ...kept.state, language: 'en-XB' } }));
});

/** Waits until nothing loads or moves. */
export async function settle(page: Page): Promise<void> {
  await page.waitForFunction(() => !document.querySelector('main [role=status] .animate-appear'));
  await page.waitForFunction(() => document.getAnimations().every((each) => each.playState !== 'running'));
}
