import { createKeep } from '../../widget/frame/keep';
import type { Shelf } from '../../widget/frame/keep';

/** The browser's storage as a page sees it. */
function shelf(first: Record<string, string> = {}): Shelf & { all(): Record<string, string> } {
  const map = new Map(Object.entries(first));
  return {
    getItem: (name) => map.get(name) ?? null,
    setItem: (name, value) => void map.set(name, value),
    removeItem: (name) => void map.delete(name),
    key: (n) => [...map.keys()][n] ?? null,
    get length() { return map.size; },
    all: () => Object.fromEntries(map),
  };
}

describe('what the widget keeps in the browser', () => {
  it('writes nothing before the visitor agrees, and what was collected afterwards', () => {
    const place = shelf();
    const keep = createKeep('trunkline:host', () => place, false);
    keep.set('token', 'secret');
    expect(place.all()).toEqual({});
    expect(keep.get('token')).toBe('secret');
    keep.allow(true);
    expect(place.all()).toEqual({ 'trunkline:host:token': 'secret' });
  });

  it('forgets everything of its own, and nothing else, when the visitor no longer agrees', () => {
    const place = shelf({ theirs: 'stays' });
    const keep = createKeep('trunkline:host', () => place, true);
    keep.set('token', 'secret');
    keep.set('out:1', '{}');
    keep.allow(false);
    expect(place.all()).toEqual({ theirs: 'stays' });
    expect(keep.get('token')).toBeNull();
  });

  it('works without storage for as long as the page lives', () => {
    const refused = createKeep('trunkline:host', () => { throw new Error('SecurityError'); }, true);
    refused.set('token', 'secret');
    expect(refused.get('token')).toBe('secret');
    const full = createKeep('trunkline:host', () => ({ ...shelf(), setItem: () => { throw new Error('QuotaExceededError'); } }), true);
    full.set('out:1', 'a');
    expect(full.get('out:1')).toBe('a');
    expect(full.names('out:')).toEqual(['out:1']);
  });

  it('lists names of earlier visits below a prefix once', () => {
    const keep = createKeep('trunkline:host', () => shelf({ 'trunkline:host:out:a': '1', 'trunkline:other:out:b': '2', x: '3' }), true);
    keep.set('out:c', '4');
    expect(keep.names('out:').sort()).toEqual(['out:a', 'out:c']);
  });
});
