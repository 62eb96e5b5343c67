// The browser of the set-up starts, shows text, and applies what a site forbids.
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { launchChromium } from '../support/chromium';

test('starts, and keeps to a content policy', async () => {
  const server = createServer((_, res) => {
    res.writeHead(200, { 'content-type': 'text/html; charset=utf-8', 'content-security-policy': "script-src 'none'" });
    res.end('<title>Ω</title><p id="p">plain</p><script>document.title = "run"</script>');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const browser = await launchChromium();
  try {
    const page = await browser.newPage();
    await page.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
    expect(await page.title()).toBe('Ω');
    const box = await page.locator('#p').boundingBox();
    expect(box?.height).toBeGreaterThan(5);
  } finally {
    await browser.close();
    server.close();
  }
});
