import { fail } from '../errors';
import { int32At, sizeAt } from './decode';
import { T } from './value';

const MAX_DEPTH = 180;

function checkText(bytes: Buffer, at: number, end: number): void {
  const length = at + 4 <= end ? int32At(bytes, at) : 0;
  if (length < 1 || at + 4 + length > end || bytes[at + 3 + length] !== 0) fail(22, 'a string has a wrong length');
}

function checkValue(bytes: Buffer, type: number, place: { at: number; end: number; depth: number }): number {
  const { at, end, depth } = place;
  if (type === T.object || type === T.array) return walk(bytes, at, { end, depth: depth + 1 });
  if (type === T.regex) {
    const middle = bytes.indexOf(0, at);
    const last = middle < 0 ? -1 : bytes.indexOf(0, middle + 1);
    if (last < 0 || last >= end) fail(22, 'a regular expression does not end');
    return last + 1;
  }
  if (type === T.string || type === T.code || type === T.symbol || type === T.pointer) checkText(bytes, at, end);
  else if ((type === T.binary || type === T.scoped) && (at + 4 > end || int32At(bytes, at) < 0)) fail(22, 'a value has a wrong length');
  else if (type === T.scoped) {
    checkText(bytes, at + 4, end);
    const scope = at + 8 + int32At(bytes, at + 4);
    if (walk(bytes, scope, { end, depth: depth + 1 }) !== at + int32At(bytes, at)) fail(22, 'a scope has a wrong length');
  }
  const size = sizeAt(bytes, type, at);
  if (size < 0 || at + size > end) fail(22, 'a value is longer than its document');
  return at + size;
}

function walk(bytes: Buffer, start: number, limits: { end: number; depth: number }): number {
  if (limits.depth > MAX_DEPTH) fail(15, 'the document is nested too deeply');
  const size = start + 5 <= limits.end ? int32At(bytes, start) : 0;
  const end = start + size;
  if (size < 5 || end > limits.end || bytes[end - 1] !== 0) fail(22, 'a document has a wrong length');
  let at = start + 4;
  while (at < end - 1) {
    const type = bytes[at]!;
    while (at < end && bytes[++at] !== 0);
    if (at >= end - 1 && type !== T.null) {
      if (at >= end) fail(22, 'a field name does not end');
    }
    at = checkValue(bytes, type, { at: at + 1, end: end - 1, depth: limits.depth });
  }
  if (at !== end - 1) fail(22, 'a document does not end where it says');
  return end;
}

/** Refuses bytes that are not one whole, well-formed BSON document starting at `at`; answers where it ends. */
export function validate(bytes: Buffer, at = 0, end = bytes.length): number {
  return walk(bytes, at, { end, depth: 0 });
}
