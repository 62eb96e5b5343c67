import { fail } from '../errors';
import { compare } from '../bson/compare';
import { calculate, isNumeric } from '../bson/numbers';
import { show } from '../bson/show';
import type { Operation } from '../bson/numbers';
import { Raw, T, isDoc, typeNames, typeOf } from '../bson/value';
import type { Maybe, Value } from '../bson/value';
import { arrayChange } from './array-operators';
import { identical } from './paths';
import type { Change } from './paths';

function numeric(operator: string, op: Operation, [operand, path]: [Value, string]): Change {
  const verb = operator === '$inc' ? 'increment' : 'multiply';
  if (!isNumeric(operand)) fail(14, `Cannot ${verb} with non-numeric argument: {${path}: ${show(operand)}}`);
  return (old, root) => {
    if (old === undefined) return operator === '$inc' ? operand : calculate('*', [operand, 0]);
    if (!isNumeric(old)) {
      fail(14, `Cannot apply ${operator} to a value of non-numeric type. {_id: ${show(root.get('_id'))}} has the field '${path.split('.').at(-1)}' of non-numeric type ${typeNames[typeOf(old)]}`);
    }
    return calculate(op, [old, operand], 'fail') ?? fail(2, `Failed to apply ${operator} operations to current value (${show(old)}) for document {_id: ${show(root.get('_id'))}}`);
  };
}

let counter = 0;

function now(operand: Value): Value {
  if (isDoc(operand)) for (const name of operand.keys()) if (name !== '$type') fail(2, `Unrecognized $currentDate option: ${name}`);
  const type = isDoc(operand) ? operand.get('$type') : operand === true ? 'date' : undefined;
  if (type === 'date' || operand === false) return new Date();
  if (type !== 'timestamp') fail(2, `The '$type' string field is required to be 'date' or 'timestamp'`);
  const bytes = Buffer.alloc(8);
  bytes.writeUInt32LE(++counter >>> 0, 0);
  bytes.writeUInt32LE(Math.floor(Date.now() / 1000), 4);
  return new Raw(T.timestamp, bytes);
}

/** The change one operator makes at one path. */
export function changeOf(operator: string, operand: Value, path: string): Change {
  switch (operator) {
    case '$set': case '$setOnInsert': return (old) => (identical(old, operand) ? old : operand);
    case '$unset': return () => undefined;
    case '$inc': return numeric(operator, '+', [operand, path]);
    case '$mul': return numeric(operator, '*', [operand, path]);
    case '$min': return (old) => (old === undefined || compare(operand, old) < 0 ? operand : old);
    case '$max': return (old) => (old === undefined || compare(operand, old) > 0 ? operand : old);
    case '$currentDate': {
      if (operand !== true && operand !== false && !isDoc(operand)) fail(2, `${typeNames[typeOf(operand)]} is not valid type for $currentDate. Please use a boolean ('true') or a $type expression`);
      now(operand);
      return () => now(operand);
    }
    case '$bit': return fail(238, '$bit is not supported by this store');
    default:
      return arrayChange(operator, operand, path)
        ?? fail(9, `Unknown modifier: ${operator}. Expected a valid update modifier or pipeline-style update specified as an array`);
  }
}
