import { crc32, inflateRawSync } from 'node:zlib'

/** Bytes of the records of a zip file that are read here (PKWARE's APPNOTE.TXT, sections 4.3.7, 4.3.12 and 4.3.16). */
const END_BYTES = 22
const CENTRAL_BYTES = 46
const LOCAL_BYTES = 30

/**
 * The files of a small zip file by name, found as readers find them: from the directory at its end.
 *
 * @throws Error where a signature or a checksum is not what it must be
 */
export function unzip(zip: Buffer): Record<string, Buffer> {
  const end = zip.length - END_BYTES
  expectSignature(zip, end, 0x06054b50)
  const files: Record<string, Buffer> = {}
  let at = zip.readUInt32LE(end + 16)
  for (let left = zip.readUInt16LE(end + 10); left > 0; left--) {
    expectSignature(zip, at, 0x02014b50)
    const nameEnd = at + CENTRAL_BYTES + zip.readUInt16LE(at + 28)
    const name = zip.toString('utf8', at + CENTRAL_BYTES, nameEnd)
    const local = zip.readUInt32LE(at + 42)
    expectSignature(zip, local, 0x04034b50)
    const dataAt = local + LOCAL_BYTES + zip.readUInt16LE(local + 26) + zip.readUInt16LE(local + 28)
    const content = inflateRawSync(zip.subarray(dataAt, dataAt + zip.readUInt32LE(at + 20)))
    if (crc32(content) !== zip.readUInt32LE(at + 16)) throw new Error(`the checksum of ${name} is wrong`)
    files[name] = content
    at = nameEnd + zip.readUInt16LE(at + 30) + zip.readUInt16LE(at + 32)
  }
  return files
}

function expectSignature(zip: Buffer, at: number, signature: number): void {
  if (zip.readUInt32LE(at) !== signature) throw new Error(`no record ${signature.toString(16)} at ${at}`)
}
