import { crc32, deflateRawSync } from 'node:zlib';

/** A file of an archive. */
export interface ZipFile {
  path: string;
  content: Buffer;
}

const utf8Names = 0x0800;
const deflated = 8;
const version = 20;
const longVersion = 45;
const mostShort = 0xffff;
// MS-DOS time of 1 January 1980: the same content gives the same archive.
const day = 0x21;

/** A zip archive of less than 4 GB, file by file; names are UTF-8. */
export async function* zip(files: AsyncIterable<ZipFile>): AsyncGenerator<Buffer> {
  const entries: Buffer[] = [];
  let at = 0;
  for await (const { path, content } of files) {
    const name = Buffer.from(path);
    const packed = deflateRawSync(content);
    const facts = Buffer.alloc(26);
    facts.writeUInt16LE(version, 0);
    facts.writeUInt16LE(utf8Names, 2);
    facts.writeUInt16LE(deflated, 4);
    facts.writeUInt16LE(day, 8);
    facts.writeUInt32LE(crc32(content), 10);
    facts.writeUInt32LE(packed.length, 14);
    facts.writeUInt32LE(content.length, 18);
    facts.writeUInt16LE(name.length, 22);
    yield Buffer.concat([Buffer.from('PK\x03\x04', 'latin1'), facts, name, packed]);
    const place = Buffer.alloc(14);
    place.writeUInt32LE(at, 10);
    entries.push(Buffer.concat([Buffer.from('PK\x01\x02', 'latin1'), Buffer.from([version, 0]), facts, place, name]));
    at += 30 + name.length + packed.length;
  }
  const directory = Buffer.concat(entries);
  yield Buffer.concat([directory, ...(entries.length < mostShort ? [] : [longEnd(entries.length, directory.length, at)]), shortEnd(Math.min(entries.length, mostShort), directory.length, at)]);
}

function shortEnd(count: number, size: number, at: number): Buffer {
  const end = Buffer.alloc(18);
  end.writeUInt16LE(count, 4);
  end.writeUInt16LE(count, 6);
  end.writeUInt32LE(size, 8);
  end.writeUInt32LE(at, 12);
  return Buffer.concat([Buffer.from('PK\x05\x06', 'latin1'), end]);
}

// More than 65,534 files: their number stands in a longer record (Zip64) before the short one.
function longEnd(count: number, size: number, at: number): Buffer {
  const end = Buffer.alloc(52);
  end.writeBigUInt64LE(44n, 0);
  end.writeUInt16LE(longVersion, 8);
  end.writeUInt16LE(longVersion, 10);
  end.writeBigUInt64LE(BigInt(count), 20);
  end.writeBigUInt64LE(BigInt(count), 28);
  end.writeBigUInt64LE(BigInt(size), 36);
  end.writeBigUInt64LE(BigInt(at), 44);
  const place = Buffer.alloc(16);
  place.writeBigUInt64LE(BigInt(at + size), 4);
  place.writeUInt32LE(1, 12);
  return Buffer.concat([Buffer.from('PK\x06\x06', 'latin1'), end, Buffer.from('PK\x06\x07', 'latin1'), place]);
}
