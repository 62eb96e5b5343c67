/** MongoDB's own error codes, as far as this store gives them. */
const codeNames: Record<number, string> = {
  1: 'InternalError', 2: 'BadValue', 8: 'UnknownError', 9: 'FailedToParse', 14: 'TypeMismatch', 20: 'IllegalOperation', 22: 'InvalidBSON',
  26: 'NamespaceNotFound', 27: 'IndexNotFound', 28: 'PathNotViable', 40: 'ConflictingUpdateOperators', 43: 'CursorNotFound', 48: 'NamespaceExists',
  50: 'MaxTimeMSExpired', 52: 'DollarPrefixedFieldName', 53: 'InvalidIdField', 54: 'NotSingleValueField', 56: 'EmptyFieldName', 59: 'CommandNotFound',
  66: 'ImmutableField', 67: 'CannotCreateIndex', 68: 'IndexAlreadyExists', 72: 'InvalidOptions', 73: 'InvalidNamespace', 85: 'IndexOptionsConflict',
  86: 'IndexKeySpecsConflict', 96: 'OperationFailed', 111: 'NotExactValueField', 115: 'CommandNotSupported', 121: 'DocumentValidationFailure', 160: 'ViewDepthLimitExceeded',
  168: 'InvalidPipelineOperator', 171: 'CannotIndexParallelArrays', 175: 'QueryPlanKilled', 197: 'InvalidIndexSpecificationOption', 237: 'CursorKilled', 238: 'NotImplemented',
  291: 'NoQueryExecutionPlans', 292: 'QueryExceededMemoryLimitNoDiskUseAllowed', 10334: 'BSONObjectTooLarge', 11000: 'DuplicateKey',
  14031: 'OutOfDiskSpace', 31082: 'SearchNotEnabled', 51091: 'Location51091',
};

/** An error that is answered to the client with a code, as MongoDB does. */
export class StoreError extends Error {
  constructor(readonly code: number, message: string, readonly extra: Record<string, unknown> = {}) {
    super(message);
  }

  get codeName(): string {
    return codeNames[this.code] ?? `Location${this.code}`;
  }
}

/** Refuses: throws the error with MongoDB's code and a sentence. */
export function fail(code: number, message: string): never {
  throw new StoreError(code, message);
}

/** A full disk and a read-only folder get a sentence of their own; whatever else is not ours is an internal error. */
export function asStoreError(error: unknown): StoreError {
  if (error instanceof StoreError) return error;
  const text = error instanceof Error ? error.message : String(error);
  if (/no space|ENOSPC|MDB_MAP_FULL|disk quota|file too large/i.test(text)) return new StoreError(14031, `the disk is full: ${text}`);
  // LMDB says so too when a write was cut short, as the last one on a full disk is.
  if (/Input\/output/i.test(text)) return new StoreError(14031, `the disk is full or failing: ${text}`);
  if (/read-only|EROFS|permission denied|EACCES|EPERM|ENOTDIR/i.test(text)) return new StoreError(96, `the data folder cannot be written: ${text}`);
  if (error instanceof RangeError && /call stack/.test(text)) return new StoreError(15, 'the request is nested too deeply');
  return new StoreError(1, text);
}
