import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { crc32, inflateRawSync } from 'node:zlib'
import { isHere, itWhen } from '../../../../../test/support/when.js'
import { collect } from '../testing/render.js'
import { centralDirectory, dataDescriptor, localHeader, type ZipEntry } from './records.js'
import { ZipWriter } from './zip-writer.js'

const GB = 2 ** 30

async function* pieces(count: number, size: number): AsyncGenerator<Buffer> {
  for (let i = 0; i < count; i++) yield await Promise.resolve(Buffer.alloc(size, `piece ${i} `))
}

async function* zipOf(files: Record<string, AsyncIterable<Buffer>>): AsyncGenerator<Buffer> {
  const zip = new ZipWriter()
  for (const [name, content] of Object.entries(files)) yield* zip.file(name, () => content)
  yield zip.end()
}

describe('ZipWriter', () => {
  it('deflates in pieces that follow one another in order', async () => {
    const zip = await collect(zipOf({ 'a.txt': pieces(20, 10_000) }))
    const content = await collect(pieces(20, 10_000))
    const dataAt = localHeader('a.txt').length
    expect(inflateRawSync(zip.subarray(dataAt)).equals(content)).toBe(true)
    expect(zip.includes(dataDescriptor(entryOf(zip, content, dataAt)))).toBe(true)
  })

  const withUnzip = itWhen(isHere('unzip'), 'no unzip here: apt-get install unzip')
  withUnzip('is taken by unzip', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'leadferry-zip-'))
    try {
      const path = join(folder, 'test.zip')
      writeFileSync(
        path,
        await collect(
          zipOf({ 'a.txt': pieces(20, 10_000), 'é/ü.txt': pieces(1, 5), 'empty.txt': pieces(0, 0) }),
        ),
      )
      expect(execFileSync('unzip', ['-t', path]).toString()).toContain('No errors detected')
    } finally {
      rmSync(folder, { recursive: true })
    }
  })
})

describe('zip64', () => {
  const small: ZipEntry = { name: 'a', offset: 0, crc: 7, compressedSize: 10, size: 20 }

  it('leaves no mark where nothing needs it', () => {
    const end = centralDirectory([small], 100)
    expect(end.includes(signature(0x06064b50))).toBe(false)
    expect(end.length).toBe(46 + 1 + 22)
    expect(dataDescriptor(small).length).toBe(16)
  })

  it('holds sizes beyond 4 GB', () => {
    const large = { ...small, compressedSize: 5 * GB, size: 6 * GB }
    const directory = centralDirectory([large], 5 * GB + 100)
    expect(directory.readUInt16LE(4)).toBe(45)
    expect(directory.readUInt32LE(20)).toBe(0xffff_ffff)
    expect(directory.readUInt32LE(24)).toBe(0xffff_ffff)
    // The extra field follows the name: id 1, 16 bytes, uncompressed before compressed.
    expect(directory.readUInt16LE(47)).toBe(1)
    expect(directory.readUInt16LE(49)).toBe(16)
    expect(directory.readBigUInt64LE(51)).toBe(BigInt(6 * GB))
    expect(directory.readBigUInt64LE(59)).toBe(BigInt(5 * GB))
    const zip64End = directory.indexOf(signature(0x06064b50))
    expect(directory.readBigUInt64LE(zip64End + 48)).toBe(BigInt(5 * GB + 100))
    const locator = directory.indexOf(signature(0x07064b50))
    expect(directory.readBigUInt64LE(locator + 8)).toBe(BigInt(5 * GB + 100 + zip64End))
    expect(dataDescriptor(large).length).toBe(24)
  })

  it('holds only what does not fit', () => {
    const directory = centralDirectory([{ ...small, offset: 5 * GB }], 5 * GB + 100)
    expect(directory.readUInt32LE(20)).toBe(10)
    expect(directory.readUInt16LE(49)).toBe(8)
    expect(directory.readBigUInt64LE(51)).toBe(BigInt(5 * GB))
  })

  it('counts entries beyond 65,534', () => {
    const directory = centralDirectory(
      Array.from({ length: 65_535 }, () => small),
      100,
    )
    const zip64End = directory.indexOf(signature(0x06064b50))
    expect(directory.readBigUInt64LE(zip64End + 32)).toBe(65_535n)
  })
})

function entryOf(zip: Buffer, content: Buffer, dataAt: number): ZipEntry {
  const descriptorAt = zip.indexOf(signature(0x08074b50))
  return {
    name: 'a.txt',
    offset: 0,
    crc: crc32(content),
    compressedSize: descriptorAt - dataAt,
    size: content.length,
  }
}

function signature(value: number): Buffer {
  const bytes = Buffer.alloc(4)
  bytes.writeUInt32LE(value)
  return bytes
}
