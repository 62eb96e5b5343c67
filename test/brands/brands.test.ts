// Brands: what may be set, and which one a request is shown.
import { brandAt, brandsOf, mount, presentBrand } from '../../server/brands';
import { addBrand, changeBrand, removeBrand } from '../../server/brands/put-brand';
import type { BrandSettings } from '../../protocol';
import { brandOf, originOf } from '../../server/help-centre/visit';
import { helpPorts } from '../../server/app/help-ports';
import { linkColour } from '../../server/help-centre/page';
import { contrast } from '../../widget/frame/colour';
import { openHouse, refusal, type House } from '../access/house';

let house: House;
const queue = 'a'.repeat(24);
const ports = { queueExists: async (_ctx: unknown, id: string) => id === queue };
const settings = (change: Partial<BrandSettings>): BrandSettings => ({ key: 'acme', name: 'Acme', colour: '#336699', logoId: null, hosts: [], locale: 'en', queueId: '', chatQueueId: '', ...change });
const add = (change: Partial<BrandSettings>) => addBrand(house.ctx, house.system, { settings: settings(change), ports });
const picture = async (type: string, size: number, owner = { kind: 'pending', id: 'b'.repeat(24) }): Promise<string> => (await house.ctx.blobs.put({ companyId: house.ctx.companyId, owner, name: 'logo', type, content: Buffer.alloc(size, 1) }))._id;

beforeAll(async () => { house = await openHouse(); }, 60_000);
afterAll(() => house.stop());

test('a brand is found by its host, then by its key; hosts and keys are never shared', async () => {
  const acme = await add({ hosts: ['help.acme.example'] });
  const other = await add({ key: 'other', name: 'Other', queueId: queue });
  expect((await brandAt(house.ctx.companyId, { host: 'HELP.acme.example', key: 'other' }))?._id).toBe(acme._id);
  expect((await brandAt(house.ctx.companyId, { host: 'elsewhere.example', key: 'other' }))?._id).toBe(other._id);
  expect(await brandAt(house.ctx.companyId, { host: 'elsewhere.example' })).toBe(null);
  expect(await refusal(add({ key: 'third', hosts: ['help.acme.example'] }))).toBe('already-exists');
  expect(await refusal(add({}))).toBe('already-exists');
  expect(await refusal(add({ key: 'fourth', queueId: 'c'.repeat(24) }))).toBe('unknown-queue');
  expect(await refusal(add({ key: 'fourth', chatQueueId: 'c'.repeat(24) }))).toBe('unknown-queue');
  expect(await refusal(changeBrand(house.ctx, house.system, { id: other._id, change: { key: 'acme' }, ports }))).toBe('already-exists');
  await changeBrand(house.ctx, house.system, { id: other._id, change: { name: 'Another' }, ports });
  expect((await brandsOf(house.ctx.companyId)).map((brand) => brand.name)).toEqual(['Acme', 'Another']);
  await removeBrand(house.ctx, house.system, other._id);
  expect(await refusal(removeBrand(house.ctx, house.system, other._id))).toBe('not-found');
  expect(mount(ports).routes).toHaveLength(5);
});

test('a logo is a small picture that was just uploaded; the one before it goes', async () => {
  const [logoId, later] = [await picture('image/png', 100), await picture('image/png', 100)];
  const brand = await add({ key: 'logo', name: 'Logo', logoId });
  expect([presentBrand(brand).logoUrl, (await house.ctx.blobs.info(house.ctx.companyId, logoId))?.owner.kind]).toEqual([`/files/${logoId}`, 'brand']);
  const change = (id: string) => changeBrand(house.ctx, house.system, { id: brand._id, change: { logoId: id }, ports });
  await change(later);
  expect(await house.ctx.blobs.info(house.ctx.companyId, logoId)).toBe(null);
  expect(await refusal(change(await picture('image/png', 100, { kind: 'ticket', id: queue })))).toBe('bad-input');
  expect(await refusal(change(await picture('image/svg+xml', 100)))).toBe('file-type-refused');
  expect(await refusal(change(await picture('image/png', 257 * 1024)))).toBe('file-too-large');
});

test('the help centre shows the face of the host it was asked at, and writes addresses of that host only', async () => {
  const asking = (host: string, cookie?: string) => ({ hostname: host, protocol: 'https', headers: { host: `${host}:8443`, cookie } }) as never;
  const at = async (host: string, cookie?: string) => { const brand = await brandOf(house.ctx, helpPorts, asking(host, cookie)); return [brand.name, originOf(house.ctx, brand, asking(host))]; };
  expect(await at('help.acme.example')).toEqual(['Acme', 'https://help.acme.example:8443']);
  expect(await at('evil.example', 'tl_brand=logo')).toEqual(['Logo', 'https://help.example.com']);
  expect((await at('evil.example'))[1]).toBe('https://help.example.com');
});

test('links of the help centre wear the brand\'s colour, moved as far as it must be to be read on light and on dark paper', () => {
  expect([linkColour('#7c2d12', 'light'), linkColour('#5cc7bb', 'dark')]).toEqual(['#7c2d12', '#5cc7bb']);
  const colours = ['#ffffff', '#000000', '#ffd400', '#7c2d12', '#0f766e', '#1e3a8a', '#ff00ff', '#808080'];
  expect(colours.filter((colour) => contrast(linkColour(colour, 'light'), '#f4f6f8') < 4.5 || contrast(linkColour(colour, 'dark'), '#1d2125') < 4.5)).toEqual([]);
});
