// What the console has to stand, item by item of the checklist, in a real browser against a real server: one server for all of it. The items
// stand in the files imported here and run in this order. SOAK=1 adds the whole matrix of axe.
import { closeHall, hall, openHall } from './checklist/hall';
import './checklist/looks';
import './checklist/keys';
import './checklist/work';
import './checklist/truth';
import './checklist/signs';
import './checklist/states';
import './checklist/forms';
import './checklist/lists';
import './checklist/long';
import './checklist/board';
import './checklist/speed';
import './checklist/matrix';

beforeAll(openHall, 180_000);
afterAll(closeHall, 60_000);

it('no page reported a fault', () => expect([hall.ana, hall.maria].map(({ faults }) => faults.filter((fault) => !/\b(409|422|500)\b|ERR_|WebSocket/.test(fault)))).toEqual([[], []]));
