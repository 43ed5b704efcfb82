// Lets the Kafka client read and write what producers compress with Snappy, LZ4 and Zstandard; gzip it knows itself.
import kafkajs from 'kafkajs';
import { compressFrame, decompressFrame } from 'lz4-napi';
import { compress as compressSnappy, uncompress as uncompressSnappy } from 'snappy';
import * as zlib from 'node:zlib';

interface Codec {
  compress(encoder: { buffer: Buffer }): Promise<Buffer>;
  decompress(buffer: Buffer): Promise<Buffer>;
}

/** A batch that grows beyond this is no batch of a broker: it would only exhaust the memory. */
const largest = 512 * 1_048_576;

/** What Java's Snappy streams begin with, before two numbers of their version. Source: xerial/snappy-java, SnappyCodec. */
const xerial = Buffer.from([0x82, 0x53, 0x4e, 0x41, 0x50, 0x50, 0x59, 0]);
const xerialHeader = xerial.length + 8;

/** Java producers write blocks behind a header, each with its length; others write one raw block. */
export const snappy: Codec = {
  compress: async ({ buffer }) => {
    const block = await compressSnappy(buffer);
    const header = Buffer.alloc(xerialHeader + 4);
    xerial.copy(header);
    header.writeInt32BE(1, 8);
    header.writeInt32BE(1, 12);
    header.writeInt32BE(block.length, xerialHeader);
    return Buffer.concat([header, block]);
  },
  async decompress(buffer) {
    if (!buffer.subarray(0, xerial.length).equals(xerial)) return Buffer.from(await uncompressSnappy(buffer, { asBuffer: true }));
    const parts: Buffer[] = [];
    for (let at = xerialHeader; at < buffer.length;) {
      const length = at + 4 <= buffer.length ? buffer.readInt32BE(at) : -1;
      if (length < 0 || at + 4 + length > buffer.length) throw new Error('A Snappy batch ends within a block');
      parts.push(Buffer.from(await uncompressSnappy(buffer.subarray(at + 4, at + 4 + length), { asBuffer: true })));
      at += 4 + length;
    }
    return Buffer.concat(parts);
  },
};

/** Frames, as Kafka writes them since 0.10. */
export const lz4: Codec = {
  compress: ({ buffer }) => compressFrame(buffer),
  decompress: (buffer) => decompressFrame(buffer),
};

type Zstd = (buffer: Buffer, options: { maxOutputLength?: number }, done: (error: Error | null, result: Buffer) => void) => void;

/** The runtime's own; @throws a reason that names it where the runtime has none. */
export const zstd: Codec = {
  compress: ({ buffer }) => withZstd('zstdCompress', buffer, {}),
  decompress: (buffer) => withZstd('zstdDecompress', buffer, { maxOutputLength: largest }),
};

function withZstd(name: 'zstdCompress' | 'zstdDecompress', buffer: Buffer, options: { maxOutputLength?: number }): Promise<Buffer> {
  const work = (zlib as unknown as Record<string, Zstd | undefined>)[name];
  if (!work)
    return Promise.reject(
      new Error(
        `Zstandard batches need Node.js 22.15 or newer; this is ${process.version}. Run a newer one, or let producers and the topic compress otherwise`,
      ),
    );
  return new Promise((done, failed) => work(buffer, options, (error, result) => (error ? failed(error) : done(result))));
}

/** For all clients of this process; doing it again changes nothing. */
export function knowCodecs(): void {
  const { CompressionCodecs, CompressionTypes } = kafkajs;
  CompressionCodecs[CompressionTypes.Snappy] = () => snappy;
  CompressionCodecs[CompressionTypes.LZ4] = () => lz4;
  CompressionCodecs[CompressionTypes.ZSTD] = () => zstd;
}
