import { createHash } from 'node:crypto'
import { crc32 } from 'node:zlib'
import { S3Error } from './errors.js'

export interface Digest {
  update(bytes: Buffer): void
  /** Big-endian bytes in base64, the notation of S3's headers. */
  base64(): string
}

/** Headers that name an algorithm or a mode and carry no checksum. */
const aboutChecksums = ['x-amz-checksum-algorithm', 'x-amz-checksum-mode', 'x-amz-checksum-type']

export function isChecksumHeader(name: string): boolean {
  return name.startsWith('x-amz-checksum-') && !aboutChecksums.includes(name)
}

/**
 * @param header such as `x-amz-checksum-crc32`
 * @throws S3Error NotImplemented, because bytes must not be stored with a checksum that nobody checked
 */
export function digestFor(header: string): Digest {
  switch (header) {
    case 'x-amz-checksum-crc32':
      return new Crc32()
    case 'x-amz-checksum-sha1':
      return hashDigest('sha1')
    case 'x-amz-checksum-sha256':
      return hashDigest('sha256')
    default:
      throw new S3Error('NotImplemented', `The checksum ${header} is not implemented`, { Header: header })
  }
}

export function hashDigest(algorithm: 'md5' | 'sha1' | 'sha256'): Digest {
  const hash = createHash(algorithm)
  return { update: (bytes) => void hash.update(bytes), base64: () => hash.digest('base64') }
}

class Crc32 implements Digest {
  private value = 0

  update(bytes: Buffer): void {
    this.value = crc32(bytes, this.value)
  }

  base64(): string {
    const bytes = Buffer.alloc(4)
    bytes.writeUInt32BE(this.value)
    return bytes.toString('base64')
  }
}
