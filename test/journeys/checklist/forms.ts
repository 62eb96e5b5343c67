// What forms ask for and how they say what is missing, and what fingers are spared.
import { clientId, hall, mail, seat } from './hall';

it('a form that cannot be sent says why under its field, in the reader\'s language, and not in the browser\'s bubble', async () => {
  const { page, context } = await seat('jonas');
  await page.goto(`${hall.line.baseUrl}/settings/widget`);
  const greeting = page.getByRole('textbox', { name: 'Greeting' });
  await greeting.fill('');
  const save = page.locator('form').filter({ has: greeting }).getByRole('button', { name: 'Save' });
  await save.click();
  const said = () => greeting.evaluate((field) => [field.getAttribute('aria-invalid'), document.getElementById(field.getAttribute('aria-describedby') ?? '')?.textContent, document.activeElement === field]);
  expect(await said()).toEqual(['true', 'Fill this in.', true]);
  await greeting.fill('Hello');
  expect(await greeting.getAttribute('aria-invalid')).toBeNull();
  const colour = page.getByRole('textbox', { name: 'Colour' });
  const before = await colour.inputValue();
  await colour.fill('#12');
  expect(await page.getByText('Write it as # and six digits').isVisible()).toBe(true);
  await colour.press('Tab');
  await page.keyboard.press('Enter');
  expect([await page.locator('input[type=color]').count(), await colour.inputValue(), await page.locator('[aria-pressed=true]').getAttribute('aria-label')]).toEqual([0, '#0f766e', 'Teal']);
  await colour.fill(before);
  await context.close();
}, 60_000);

it('keys are shown where there is a keyboard, and not to fingers', async () => {
  const ticketId = await mail(`Fingers ${clientId()}`);
  const shown = async (look: object): Promise<number> => {
    const { page, context } = await seat('maria', look);
    await page.goto(`${hall.line.baseUrl}/inbox/all/${ticketId}`);
    await page.getByRole('button', { name: 'More actions' }).first().click();
    await page.getByRole('menu').waitFor();
    const count = await page.locator('kbd:visible').count();
    await context.close();
    return count;
  };
  expect([(await shown({})) > 0, await shown({ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true })]).toEqual([true, 0]);
}, 60_000);
